"""The demo is made once, whole, and found again at the second start."""

import pytest

from contest.permissions import Role


@pytest.mark.slow
@pytest.mark.one_database
def test_the_demo_is_a_contest_with_results_an_open_round_and_one_to_come(app, visitor, browser_for):
    runner = app.test_cli_runner()
    made = runner.invoke(args=["demo", "fill"])
    assert made.exit_code == 0, made.output
    assert "password for all" in made.output
    home = visitor.get("/").words()
    assert "tỉnh An Bình năm 2026" in home
    page = visitor.get("/contests/tim-hieu-cchc-an-binh").words()
    assert all(state in page for state in ("Đã đóng", "Đang mở", "Sắp mở"))
    banks = browser_for(Role.ORGANISER).get("/desk/banks").words()
    assert "270" in banks
    handed_over = browser_for(Role.ORGANISER).get("/desk/corrections").words()
    assert all(state in handed_over for state in ("Đã chuyển", "Chờ đơn vị kia nhận", "Không nhận"))
    doubled = browser_for(Role.ORGANISER)
    assert "Xem hai bên" in doubled.get("/desk/duplicates/1").words()
    assert "đã gộp" in doubled.get("/desk/duplicates/1?show=settled").words()
    # A ward that took a township in is found by its name.
    assert "tên cũ, tên khác: Thị trấn Sen" in doubled.get("/desk/units?q=tt sen").words()

    again = runner.invoke(args=["demo", "fill"])
    assert again.exit_code == 0
    assert "Filling" not in again.output
