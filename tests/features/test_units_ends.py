"""A table says which units went into others: shown first, taken in with names and numbers, exported, and again nothing."""

from datetime import date

import pytest

from contest.permissions import Role
from contest.units import change_queries, queries
from tests.features.test_units_changes import numbers
from tests.features.test_units_tables import file_at, send, take_in, xlsx

HEADER = [
    *("Mã", "Tên đơn vị", "Mã cấp trên", "Loại", "Số cán bộ"),
    *("Tên cũ", "Đóng từ ngày", "Mã đơn vị kế tiếp", "Căn cứ"),
]
DAY = date(2026, 10, 1)


def line(code, name, officials="", old="", closed="", into="", basis="", parent="T00", kind="Xã"):
    return [code, name, parent, kind, officials, old, closed, into, basis]


TOP = line("T00", "Tỉnh An Bình", parent="", kind="Tỉnh")
BEFORE = [
    TOP,
    line("P01", "Phường Sen Hồng", 50),
    line("P02", "Phường Trúc Lâm", 30),
    line("H01", "Trường Kim Đồng", parent="P01", kind="Trường"),
]
MERGED = [
    TOP,
    line("P01", "Phường Sen Hồng", 50, closed="01/10/2026", into="P02", basis="Nghị quyết 12"),
    *BEFORE[2:],
]


@pytest.fixture
def organiser(browser_for):
    return browser_for(Role.ORGANISER)


def preview(browser, rows):
    return browser.get(send(browser, xlsx([HEADER, *rows])).location).words()


def again(browser, rows):
    return "giống hệt cây đơn vị hiện có" in preview(browser, rows)


def test_a_merger_in_a_table_is_shown_with_its_numbers_first(organiser, app):
    take_in(organiser, xlsx([HEADER, *BEFORE]))
    words = preview(organiser, MERGED)
    assert "Phường Sen Hồng P01 Tình trạng đang dùng đóng từ 01/10/2026" in words
    assert "Phường Sen Hồng P01 Đơn vị kế tiếp – P02" in words
    assert "Trường Kim Đồng H01 Mã cấp trên P01 P02" in words
    assert "Phường Trúc Lâm Cán bộ, công chức, viên chức có mặt 05/10/2026 30 80" in words
    with app.app_context():
        assert queries.by_code("P01").closed_at is None


def test_a_merger_in_a_table_does_what_the_merger_of_a_unit_does(organiser, app):
    take_in(organiser, xlsx([HEADER, *BEFORE]))
    take_in(organiser, xlsx([HEADER, *MERGED]))
    with app.app_context():
        assert (numbers("P02"), numbers("P01")) == ({"officials": 80}, {})
        assert queries.by_code("H01").path.startswith(queries.by_code("P02").path)
        assert [unit.code for unit in queries.matching("sen hong")] == ["P02"]
        (went,) = change_queries.of_unit(queries.by_code("P01").id)
        assert (went.change.basis, went.change.effective_on) == ("Nghị quyết 12", DAY)
        assert change_queries.successors_on(DAY) == {queries.by_code("P01").id: queries.by_code("P02").id}
        assert queries.by_code("P01").heir_path == queries.by_code("P02").path


def test_the_same_table_again_changes_nothing_though_the_number_has_grown(organiser, at):
    take_in(organiser, xlsx([HEADER, *BEFORE]))
    at(minutes=10)
    take_in(organiser, xlsx([HEADER, *MERGED]))
    at(minutes=20)
    assert again(organiser, MERGED)
    take_in(organiser, xlsx([HEADER, TOP, line("P02", "Phường Trúc Lâm", 77)]))
    assert "có mặt 77 30" in preview(organiser, MERGED)


def test_a_number_said_for_the_time_after_the_merger_holds(organiser, app):
    take_in(organiser, xlsx([HEADER, *BEFORE]))
    after = [*MERGED[:2], line("P02", "Phường Trúc Lâm", 76), *MERGED[3:]]
    take_in(organiser, xlsx([HEADER, *after]))
    with app.app_context():
        assert numbers("P02") == {"officials": 76}
    assert again(organiser, after)


def test_an_export_with_mergers_comes_back_without_a_change(organiser, app):
    take_in(organiser, xlsx([HEADER, *BEFORE]))
    take_in(organiser, xlsx([HEADER, *MERGED]))
    file = file_at(organiser, "/desk/units/don-vi.xlsx")
    assert "giống hệt cây đơn vị hiện có" in organiser.get(send(organiser, file).location).words()
    with app.app_context():
        (name,) = queries.names_of({queries.by_code("P02").id}).popitem()[1]
        assert (name.name, name.valid_until, name.borne_by) == (
            "Phường Sen Hồng",
            DAY,
            queries.by_code("P01").id,
        )


def test_units_of_former_times_come_with_what_they_went_into(organiser, app):
    rows = [
        TOP,
        line("X1", "Xã Đông", closed="01/07/2025", into="X2", old="Làng Đông"),
        line("X2", "Xã Tây", closed="01/09/2026", into="P02 70% +; P03 30%"),
        line("P02", "Phường Trúc Lâm", 30),
        line("P03", "Phường Mai", 20),
    ]
    take_in(organiser, xlsx([HEADER, *rows]))
    with app.app_context():
        assert {unit.code for unit in queries.matching("xa dong")} == {"P02", "P03"}
        assert {unit.code for unit in queries.matching("lang dong")} == {"P02", "P03"}
        assert numbers("P02") == {"officials": 30}
        heir = queries.by_code("P02")
        assert {queries.by_code(code).heir_path for code in ("X1", "X2")} == {heir.path}
    assert again(organiser, rows)
    words = organiser.get(f"/desk/units/{heir.id}").words()
    assert "Chia tách từ ngày 01/09/2026: nhận từ Xã Tây" in words


def test_a_split_in_a_table_shares_the_headcount_out(organiser, app, at):
    before = [TOP, line("X1", "Xã Đông", 101), line("P02", "Phường Trúc Lâm", 30)]
    take_in(organiser, xlsx([HEADER, *before]))
    at(minutes=10)
    split = [
        TOP,
        line("X1", "Xã Đông", 101, closed="01/10/2026", into="P02 50%; P03 50%"),
        before[2],
        line("P03", "Phường Mai"),
    ]
    assert "Phường Mai Cán bộ, công chức, viên chức có mặt 05/10/2026 – 50" in preview(organiser, split)
    take_in(organiser, xlsx([HEADER, *split]))
    with app.app_context():
        assert (numbers("P02"), numbers("P03")) == ({"officials": 81}, {"officials": 50})
        assert change_queries.successors_on(DAY) == {}
    assert again(organiser, split)


def test_another_successor_is_shown_and_written_down_without_touching_numbers(organiser, app):
    take_in(organiser, xlsx([HEADER, *BEFORE, line("P03", "Phường Mai", 20)]))
    take_in(organiser, xlsx([HEADER, *MERGED]))
    other = [TOP, line("P01", "Phường Sen Hồng", 50, closed="01/10/2026", into="P03", basis="Nghị quyết 12")]
    words = preview(organiser, other)
    assert "Phường Sen Hồng P01 Đơn vị kế tiếp P02 P03" in words
    assert "số người của đơn vị kế tiếp không tự thay đổi" in words
    take_in(organiser, xlsx([HEADER, *other]))
    with app.app_context():
        assert (numbers("P02"), numbers("P03")) == ({"officials": 80}, {"officials": 20})
        assert [unit.code for unit in queries.matching("sen hong")] == ["P03"]
    assert again(organiser, other)


def test_a_unit_named_as_in_use_again_went_nowhere(organiser, app):
    take_in(organiser, xlsx([HEADER, *BEFORE]))
    take_in(organiser, xlsx([HEADER, *MERGED]))
    take_in(organiser, xlsx([HEADER, BEFORE[0], BEFORE[1]]))
    with app.app_context():
        assert change_queries.heirs() == []
        assert queries.by_code("P01").closed_at is None and queries.by_code("P01").heir_path is None


def test_a_later_day_is_taken_over_where_nothing_else_is_said(organiser, app):
    take_in(organiser, xlsx([HEADER, *BEFORE]))
    take_in(organiser, xlsx([HEADER, *MERGED]))
    take_in(organiser, xlsx([HEADER, TOP, line("P01", "Phường Sen Hồng", closed="02/10/2026")]))
    with app.app_context():
        assert [one.effective_on for one in change_queries.heirs()] == [date(2026, 10, 2)]


def test_what_the_tree_does_not_allow_is_held_back_with_its_reason(organiser, app):
    take_in(organiser, xlsx([HEADER, *BEFORE]))
    closing = [TOP, line("P01", "Phường Sen Hồng", closed="01/10/2026"), line("P03", "Phường Mai")]
    words = preview(organiser, closing)
    assert "Còn đơn vị trực thuộc “Trường Kim Đồng” không có trong tệp" in words
    below = [TOP, line("P01", "Phường Sen Hồng", closed="01/10/2026", into="H01")]
    assert "mã H01 là chính nó hoặc nằm dưới nó" in preview(organiser, below)
    take_in(organiser, xlsx([HEADER, *closing]))
    with app.app_context():
        assert queries.by_code("P01").closed_at is None
        assert queries.by_code("P03").name == "Phường Mai"
