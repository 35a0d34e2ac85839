"""A bank goes out as a file and comes back as the same bank."""

import pytest

from contest.banks.formats.read import read_bank
from contest.banks.writing import FORMATS
from contest.permissions import Role

NAMES = {
    "xlsx": "a.xlsx",
    "docx": "a.docx",
    "gift": "a.txt",
    "aiken": "a.txt",
    "moodle": "a.xml",
    "qti": "a.zip",
}


@pytest.mark.parametrize("kind", FORMATS)
def test_a_bank_taken_out_reads_back_with_the_same_questions_and_keys(kind, make, browser_for):
    bank = make.bank(6)
    organiser = browser_for(Role.ORGANISER)
    page = f"/desk/banks/{bank.id}/export"
    answer = organiser.client.post(f"{page}/{kind}", data={"csrf_token": token(organiser.get(page).text)})
    assert answer.status_code == 200
    read = read_bank(answer.data, NAMES[kind])
    assert sorted(question.text for question in read.questions) == [f"Câu hỏi số {n}?" for n in range(1, 7)]
    for question in read.questions:
        number = int(question.text.split()[-1].strip("?"))
        assert [choice.right for choice in question.choices].index(True) == (number - 1) % 4


def test_the_history_says_who_took_the_keys_out(make, browser_for):
    bank = make.bank(3)
    administrator = browser_for(Role.ADMINISTRATOR)
    page = f"/desk/banks/{bank.id}/export"
    administrator.client.post(f"{page}/xlsx", data={"csrf_token": token(administrator.get(page).text)})
    assert "xlsx: 3 câu" in administrator.get("/desk/history").words()


def test_a_format_nobody_knows_is_not_found(make, browser_for):
    bank = make.bank(1)
    organiser = browser_for(Role.ORGANISER)
    assert (
        organiser.post(f"/desk/banks/{bank.id}/export/exe", page=f"/desk/banks/{bank.id}/export").status
        == 404
    )


def token(page: str) -> str:
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]
