"""Sets a contest up through the organiser's pages, as a test needs it."""

from tests.conftest import Browser

BASICS = {
    "name": "Tìm hiểu cải cách hành chính năm 2026",
    "label": "cuoc_thi",
    "organiser": "Ủy ban nhân dân tỉnh An Bình",
    "introduction": "",
    "personal_data_until": "30/06/2027",
    "code": "",
    "birth_year": "no",
    "phone": "required",
    "staff_code": "no",
    "unit": "required",
    "block": "required",
    "ranking": "score",
    "rank_style": "skip",
    "blocks": "Cán bộ, công chức, viên chức\nNgười dân",
}
ROUND = {
    "name": "Tuần 1",
    "opens_at": "12/10/2026 08:00",
    "closes_at": "18/10/2026 24:00",
    "questions": "5",
    "minutes": "10",
    "attempts_allowed": "2",
    "counting": "best",
    "prediction": "all_right_people",
    "late_start": "cut",
    "blank_rule": "wrong",
    "shuffle_choices": "y",
    "papers_wanted": "6",
}


def new_contest(organiser: Browser, **changed: str) -> str:
    """Create a contest; gives its address on the desk."""
    answer = organiser.post("/desk/contests/new", **(BASICS | changed))
    assert answer.status == 302, answer.words()
    return answer.location.removesuffix("/rounds")


def new_round(organiser: Browser, contest: str, bank_id: int, **changed: str) -> str:
    """Add a round; gives its address on the desk."""
    fields = ROUND | {"bank_id": str(bank_id)} | changed
    answer = organiser.post(f"{contest}/rounds/new", **fields)
    assert answer.status == 302, answer.words()
    return answer.location.removesuffix("/recipe")


def with_rules(organiser: Browser, contest: str) -> None:
    """Take the generated rules as they are."""
    page = organiser.get(f"{contest}/rules").text
    text = page.partition('name="text"')[2].partition(">")[2].partition("</textarea>")[0]
    assert organiser.post(f"{contest}/rules", text=text).status == 302


def ready(organiser: Browser, bank_id: int, **changed: str) -> tuple[str, str]:
    """A contest with one round and its rules, not yet published; gives both addresses on the desk."""
    contest = new_contest(organiser)
    round_ = new_round(organiser, contest, bank_id, **changed)
    with_rules(organiser, contest)
    return contest, round_
