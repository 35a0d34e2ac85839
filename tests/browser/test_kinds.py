"""Every kind of question on a phone: by touch, by keyboard, without a script."""

from itertools import count

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from contest.attempts.models import Answer, Attempt
from contest.banks import actions, pictures
from contest.banks.actions import NewQuestion
from contest.banks.models import Bank, QuestionState
from contest.contests import publishing
from contest.database import db
from contest.rules import drawing
from contest.rules.parsed import ParsedChoice, ParsedQuestion
from tests.browser.conftest import PHONE, Server
from tests.features.test_pictures import png

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.one_database]
serial = count(1)
STEPS = ("Tiếp nhận", "Thẩm định", "Trình ký", "Trả kết quả")
OFFICES = (("Khai sinh", "Ủy ban xã"), ("Căn cước", "Công an"), ("", "Tòa án"))
ASKED = {
    "ordering": tuple(ParsedChoice("", step, True) for step in STEPS),
    "matching": tuple(ParsedChoice("", left, bool(left), right) for left, right in OFFICES),
    "multiple": (
        ParsedChoice("", "Thể chế", True),
        ParsedChoice("", "Tài chính công", True),
        ParsedChoice("", "Thể thao", False),
    ),
    "number": (ParsedChoice("", "25980", True, tolerance="10"),),
    "short_text": (ParsedChoice("", "UBND xã", True),),
}


def sit(
    server: Server, context: BrowserContext, page: Page, with_picture: bool = False, whole: bool = False
) -> str:
    """Somebody in front of a paper with one question of each kind; gives the attempt's token."""
    bank = server.make.bank(questions=0)
    with server.make.writing():
        new = [
            NewQuestion(
                ParsedQuestion("", "", kind, f"Câu {kind}?", rows),
                picture_id=pictures.keep(png(), server.make.now, None) if with_picture else None,
            )
            for kind, rows in ASKED.items()
        ]
        actions.add_questions(bank.id, new, server.make.now, (None, "test"), QuestionState.APPROVED)
    with server.app.app_context():
        rows = publishing.banks.candidates(bank.id)
        candidates = publishing.settings_queries.candidates(rows)
        recipe = [drawing.RecipeLine(len(rows))]
        papers = drawing.draw_papers(candidates, recipe, 1, f"seed {next(serial)}", shuffle_choices=True)
        bank = db.session.get(Bank, bank.id)
    contest = server.make.contest(f"kinds-{next(serial)}")
    round_ = server.make.round(
        contest, bank, code=f"KI{next(serial):04d}", papers=0, papers_wanted=1, whole_paper=whole
    )
    with server.make.writing():
        publishing._store(round_, papers, {row.question_id: row.version_id for row in rows})
    context.add_cookies([server.device_cookie(server.make.entry(contest).person_id)])
    page.goto(f"{server.address}/rounds/{round_.code}")
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    page.wait_for_url("**/attempts/*")
    return page.url.rpartition("/")[2]


def go_to(page: Page, kind: str) -> None:
    """The question of a kind, wherever this paper has it."""
    for number in range(1, len(ASKED) + 1):
        page.locator(f".strip button[value='{number}']").click()
        expect(page.locator("[data-question] section")).to_be_visible()
        if page.locator("[data-question] section").get_attribute("data-kind") == kind:
            return
    raise AssertionError(kind)


def order_shown(page: Page) -> list[str]:
    return page.locator("[data-question] .ordering li > span:nth-child(2)").all_inner_texts()


def put_in_order(page: Page, press) -> None:
    """Bring each step to its place by its own upward arrow."""
    for place, step in enumerate(STEPS):
        while order_shown(page).index(step) > place:
            press(page.get_by_role("button", name=f"Đưa lên: {step}"))


def answer_all(page: Page, press) -> None:
    go_to(page, "ordering")
    put_in_order(page, press)
    assert order_shown(page) == list(STEPS)
    go_to(page, "matching")
    for left, right in OFFICES[:2]:
        select = page.get_by_label(left)
        label = next(text for text in select.locator("option").all_inner_texts() if right in text)
        select.select_option(label=label)
    go_to(page, "multiple")
    for text in ("Thể chế", "Tài chính công"):
        press(page.get_by_label(text))
    go_to(page, "number")
    page.locator("[data-question] input").fill("25.985")
    go_to(page, "short_text")
    page.locator("[data-question] input").fill("uỷ ban nhân dân xã")


def stored(server: Server, token: str) -> int:
    with server.app.app_context():
        attempt = db.session.query(Attempt).filter_by(token=token).one()
        return db.session.query(Answer).filter(Answer.attempt_id == attempt.id, Answer.response != "").count()


def score(server: Server, token: str) -> int | None:
    with server.app.app_context():
        return db.session.query(Attempt).filter_by(token=token).one().score


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Xem lại và nộp bài").click()
    page.wait_for_url("**/review")
    expect(page.get_by_text("Bạn đã trả lời tất cả các câu.")).to_be_visible()
    page.get_by_role("button", name="Nộp bài", exact=True).click()
    page.wait_for_url("**/receipt")


@pytest.mark.parametrize("how", ["touch", "keyboard"])
def test_every_kind_is_answered_on_a_phone_and_marked_right(server, phone_context, phone_page, how):
    token = sit(server, phone_context, phone_page)

    def by_keyboard(control) -> None:
        control.focus()
        phone_page.keyboard.press("Space")

    def by_touch(control) -> None:
        control.tap()

    answer_all(phone_page, by_touch if how == "touch" else by_keyboard)
    hand_in(phone_page)
    assert stored(server, token) == 5
    assert score(server, token) == 5


def test_what_was_put_in_order_and_matched_is_there_after_a_reload(server, phone_context, phone_page):
    sit(server, phone_context, phone_page)
    answer_all(phone_page, lambda control: control.tap())
    expect(phone_page.locator(".saved")).to_have_attribute("data-state", "saved")
    phone_page.reload()
    go_to(phone_page, "ordering")
    assert order_shown(phone_page) == list(STEPS)
    go_to(phone_page, "matching")
    assert phone_page.locator("[data-question] select").first.input_value() != ""


def test_an_order_that_is_right_as_it_stands_can_be_said_so(server, phone_context, phone_page):
    token = sit(server, phone_context, phone_page)
    go_to(phone_page, "ordering")
    assert stored(server, token) == 0
    phone_page.get_by_role("button", name="Thứ tự này đã đúng").tap()
    expect(phone_page.locator(".saved")).to_have_attribute("data-state", "saved")
    assert stored(server, token) == 1


def test_a_number_that_is_none_is_not_sent_and_the_last_good_one_stays(server, phone_context, phone_page):
    token = sit(server, phone_context, phone_page)
    go_to(phone_page, "number")
    typed = phone_page.locator("[data-question] input")
    typed.fill("25")
    expect(phone_page.locator(".saved")).to_have_attribute("data-state", "saved")
    typed.fill("vài")
    expect(phone_page.locator(".saved")).to_contain_text("Hãy ghi bằng chữ số")
    typed.fill("25,5")
    expect(phone_page.locator(".saved")).to_have_attribute("data-state", "saved")
    with server.app.app_context():
        attempt = db.session.query(Attempt).filter_by(token=token).one()
        assert db.session.query(Answer.response).filter_by(attempt_id=attempt.id).scalar() == "25,5"


def test_without_a_script_every_kind_is_a_form(server, chromium: Browser):
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    token = sit(server, context, page)
    go_to(page, "ordering")
    letters = dict(zip(order_shown(page), "ABCD", strict=True))
    for place, step in enumerate(STEPS, start=1):
        page.get_by_label(f"Vị trí {place}").select_option(letters[step])
    go_to(page, "matching")
    for left, right in OFFICES[:2]:
        select = page.get_by_label(left)
        label = next(text for text in select.locator("option").all_inner_texts() if right in text)
        select.select_option(label=label)
    go_to(page, "multiple")
    page.get_by_label("Thể chế").check()
    page.get_by_label("Tài chính công").check()
    go_to(page, "number")
    page.locator("[data-question] input").fill("25.985")
    go_to(page, "short_text")
    page.locator("[data-question] input").fill("UBND xã")
    hand_in(page)
    assert score(server, token) == 5
    context.close()


def test_a_picture_opens_over_the_paper_and_closes_where_it_was(server, phone_context, phone_page):
    sit(server, phone_context, phone_page, with_picture=True)
    picture = phone_page.locator("[data-question] .picture")
    assert picture.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 40
    picture.tap()
    expect(phone_page.get_by_role("dialog")).to_be_visible()
    phone_page.keyboard.press("Escape")
    expect(phone_page.get_by_role("dialog")).to_have_count(0)
    expect(picture).to_be_focused()


def answer_the_whole_paper(page: Page, press, moving: bool = True) -> None:
    """Every kind, wherever it stands on the page."""

    def of(kind: str):
        return page.locator(f"section[data-kind='{kind}']")

    if moving:
        for place, step in enumerate(STEPS):
            while (
                of("ordering").locator(".ordering li > span:nth-child(2)").all_inner_texts().index(step)
                > place
            ):
                press(page.get_by_role("button", name=f"Đưa lên: {step}"))
    else:
        steps = of("ordering").locator(".ordering li > span:nth-child(2)").all_inner_texts()
        for place, step in enumerate(STEPS, start=1):
            page.get_by_label(f"Vị trí {place}").select_option("ABCD"[steps.index(step)])
    for left, right in OFFICES[:2]:
        select = page.get_by_label(left)
        label = next(text for text in select.locator("option").all_inner_texts() if right in text)
        select.select_option(label=label)
    for text in ("Thể chế", "Tài chính công"):
        press(page.get_by_label(text))
    of("number").locator("input").fill("25.985")
    of("short_text").locator("input").fill("uỷ ban nhân dân xã")


@pytest.mark.parametrize("how", ["touch", "keyboard"])
def test_the_whole_paper_on_one_page_is_answered_and_marked_right(server, phone_context, phone_page, how):
    token = sit(server, phone_context, phone_page, whole=True, with_picture=True)

    def press(control) -> None:
        if how == "touch":
            control.tap()
        else:
            control.focus()
            phone_page.keyboard.press("Space")

    answer_the_whole_paper(phone_page, press)
    expect(phone_page.locator(".strip .answered")).to_have_count(5)
    phone_page.locator("button[value='flag:2']").tap()
    expect(phone_page.locator(".strip .flagged")).to_have_count(1)
    expect(phone_page.locator("section [data-one-state]").first).to_contain_text("đã lưu")
    phone_page.locator(".strip button[value='5']").tap()
    expect(phone_page.locator("#question-5 .question")).to_be_focused()
    expect(phone_page.locator("#question-5 section")).to_be_in_viewport()
    phone_page.locator("#question-5 .picture").tap()
    expect(phone_page.get_by_role("dialog")).to_be_visible()
    phone_page.keyboard.press("Escape")
    phone_page.reload()
    assert phone_page.locator("section[data-kind='number'] input").input_value() == "25.985"
    hand_in(phone_page)
    assert (stored(server, token), score(server, token)) == (5, 5)


def test_without_a_script_the_whole_paper_is_one_form(server, chromium: Browser):
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    token = sit(server, context, page, whole=True)
    answer_the_whole_paper(page, lambda control: control.check(), moving=False)
    page.locator("button[value='flag:3']").click()
    expect(page.locator("[data-flag-word='3']")).to_have_text("Bỏ dấu")
    assert page.url.endswith("q=3#question-3")
    page.get_by_role("button", name="Lưu câu trả lời").click()
    assert stored(server, token) == 5
    hand_in(page)
    assert score(server, token) == 5
    context.close()
