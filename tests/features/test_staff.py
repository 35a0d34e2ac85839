"""Accounts: who gets in, who does not, and what an invitation is good for."""

import pytest

from contest.permissions import Role
from tests.conftest import Browser
from tests.making import PASSWORD


def test_an_administrator_signs_in_and_sees_the_desk(browser_for):
    desk = browser_for(Role.ADMINISTRATOR).get("/desk")
    assert desk.status == 200
    assert "Bàn làm việc" in desk.text


def test_a_wrong_password_is_refused_without_saying_which_part_was_wrong(visitor, make):
    member = make.staff()
    for email in (member.email, "khong-co@example.vn"):
        answer = visitor.post("/sign-in", email=email, password="sai mat khau roi")
        assert answer.status == 422
        assert "Thư điện tử hoặc mật khẩu chưa đúng" in answer.text


def test_after_ten_wrong_passwords_the_right_one_waits_a_quarter_of_an_hour(visitor, make, at):
    member = make.staff()
    for _ in range(10):
        visitor.post("/sign-in", email=member.email, password="sai mat khau roi")
    refused = visitor.post("/sign-in", email=member.email, password=PASSWORD)
    assert (refused.status, "Hãy đợi 15 phút" in refused.text) == (429, True)
    at(minutes=16)
    assert visitor.post("/sign-in", email=member.email, password=PASSWORD).status == 302


def test_signing_in_leads_back_to_the_page_asked_for_but_never_off_the_site(visitor, make):
    member = make.staff()
    answer = visitor.get("/desk/staff")
    assert answer.location == "/sign-in?next=/desk/staff"
    for wanted, got in (
        ("/desk/staff", "/desk/staff"),
        ("//evil.example", "/desk"),
        ("https://e.x", "/desk"),
    ):
        answer = visitor.post(f"/sign-in?next={wanted}", email=member.email, password=PASSWORD)
        assert answer.location == got


def test_an_invitation_makes_an_account_once(browser_for, app):
    administrator = browser_for(Role.ADMINISTRATOR)
    page = administrator.post("/desk/staff", name="Lê Thị Bình", email="Binh@Example.vn", role="organiser")
    path = page.text.partition("http://hoithi.test")[2].partition("<")[0]
    guest = Browser(app.test_client())
    assert "Chào Lê Thị Bình" in guest.get(path).text
    short = guest.post(path, password="ngắn", again="ngắn")
    assert "Cần từ 10 đến 200 ký tự" in short.text
    assert guest.post(path, password=PASSWORD, again=PASSWORD).location == "/desk"
    assert guest.get("/desk").status == 200
    again = guest.get(path)
    assert (again.status, "đã dùng rồi hoặc đã hết hạn" in again.text) == (404, True)


def test_an_invitation_ends_after_seven_days(browser_for, visitor, at):
    page = browser_for(Role.ADMINISTRATOR).post(
        "/desk/staff", name="Lê Thị Bình", email="binh@example.vn", role="viewer"
    )
    path = page.text.partition("http://hoithi.test")[2].partition("<")[0]
    at(days=7, seconds=1)
    assert visitor.get(path).status == 404


def test_a_coordinator_needs_a_unit_and_nobody_else_has_one(browser_for, make):
    make.unit("Phường Sen Hồng", code="P07")
    administrator = browser_for(Role.ADMINISTRATOR)
    without = administrator.post("/desk/staff", name="A", email="a@example.vn", role="coordinator", unit="")
    assert "Đầu mối đơn vị cần đúng một đơn vị" in without.text
    unknown = administrator.post(
        "/desk/staff", name="A", email="a@example.vn", role="coordinator", unit="xa la"
    )
    assert "Không có đơn vị nào tên giống" in unknown.text
    done = administrator.post(
        "/desk/staff", name="A", email="a@example.vn", role="coordinator", unit="sen hong"
    )
    assert "Đã tạo lời mời" in done.text


def test_changing_the_password_ends_every_other_session(browser_for, app, make):
    member = make.staff(Role.ORGANISER)
    first, second = Browser(app.test_client()), Browser(app.test_client())
    for browser in (first, second):
        browser.post("/sign-in", email=member.email, password=PASSWORD)
    wrong = first.post(
        "/desk/password", old="khong phai", password="mot cau khac han", again="mot cau khac han"
    )
    assert "Mật khẩu đang dùng chưa đúng" in wrong.text
    first.post("/desk/password", old=PASSWORD, password="mot cau khac han", again="mot cau khac han")
    assert first.get("/desk").status == 200
    assert second.get("/desk").status == 302


def test_a_closed_account_is_signed_out_and_stays_out_until_reopened(browser_for, app, make):
    member = make.staff(Role.ORGANISER)
    theirs = Browser(app.test_client())
    theirs.post("/sign-in", email=member.email, password=PASSWORD)
    administrator = browser_for(Role.ADMINISTRATOR)
    administrator.post(f"/desk/staff/{member.id}/close", page="/desk/staff")
    assert theirs.get("/desk").status == 302
    assert theirs.post("/sign-in", email=member.email, password=PASSWORD).status == 422
    administrator.post(f"/desk/staff/{member.id}/reopen", page="/desk/staff")
    assert theirs.post("/sign-in", email=member.email, password=PASSWORD).status == 302


def test_a_new_password_link_replaces_a_forgotten_password(browser_for, visitor, make):
    member = make.staff(Role.AUTHOR)
    page = browser_for(Role.ADMINISTRATOR).post(f"/desk/staff/{member.id}/password-link", page="/desk/staff")
    path = page.text.partition("http://hoithi.test")[2].partition("<")[0]
    visitor.post(path, password="mot cau moi hon", again="mot cau moi hon")
    visitor.post("/sign-out", page="/desk")
    assert visitor.post("/sign-in", email=member.email, password="mot cau moi hon").status == 302


def test_the_history_names_who_invited_whom(browser_for):
    administrator = browser_for(Role.ADMINISTRATOR)
    administrator.post("/desk/staff", name="Lê Thị Bình", email="binh@example.vn", role="viewer")
    words = administrator.get("/desk/history").words()
    assert "Mời tài khoản mới Lê Thị Bình binh@example.vn · viewer" in words
    assert "Lê Thị Bình" not in administrator.get("/desk/history?act=bank:").words()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_only_administrators_manage_accounts_and_read_the_history(browser_for, role):
    browser = browser_for(role)
    wanted = 200 if role is Role.ADMINISTRATOR else 403
    assert [browser.get(path).status for path in ("/desk/staff", "/desk/history")] == [wanted, wanted]


def test_an_administrator_adds_the_first_account_on_the_command_line(app, visitor):
    result = app.test_cli_runner().invoke(
        args=["staff", "add", "Nguyễn Ánh", "anh@example.vn", "--role", "administrator"]
    )
    path = result.output.partition("http://hoithi.test")[2].strip()
    assert visitor.post(path, password=PASSWORD, again=PASSWORD).location == "/desk"
    twice = app.test_cli_runner().invoke(
        args=["staff", "add", "Nguyễn Ánh", "anh@example.vn", "--role", "administrator"]
    )
    assert (twice.exit_code, "Đã có tài khoản" in twice.output) == (1, True)


def test_a_form_left_open_for_hours_still_works(visitor, make, at):
    member = make.staff()
    visitor.get("/sign-in")
    at(hours=5)
    assert visitor.post("/sign-in", email=member.email, password=PASSWORD).status == 302
