"""Finding units by what people call them, as a table of what is typed and what it finds."""

import pytest

from contest.rules.unit_search import known_as, matches, readings, stored_key

UNITS = {
    "T": stored_key("Ủy ban nhân dân tỉnh An Bình", "T00"),
    "P": stored_key("Phường Sen Hồng", "P07", ["Thị trấn Sen", "Xã Hồng Vân"]),
    "5": stored_key("P. 5", "P05"),
    "TT": stored_key("TT Phục vụ hành chính công", "S01"),
    "D": stored_key("ĐTN phường Sen Hồng", "D07"),
    "K": stored_key("Đặc khu Côn Sơn", "K01"),
    "N": stored_key("Sở Nông nghiệp và Môi trường", "S06", ["Sở Tài nguyên và Môi trường"]),
    "THPT": stored_key("Trường THPT Kim Đồng", "H01"),
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sen hồng", "PD"),
        ("P. Sen Hồng", "PD"),
        ("P sen hong", "PD"),
        ("UBND phường Sen Hồng", "PD"),
        ("Ủy ban nhân dân phường Sen Hồng", "PD"),
        ("UBND tỉnh", "T"),
        ("ubnd", "T"),
        ("TT. Sen", "P"),
        ("thi tran sen", "P"),
        ("TT sen", "P"),
        ("X. Hồng Vân", "P"),
        ("phường 5", "5"),
        ("P5", ""),
        ("trung tam phuc vu", ["TT"]),
        ("TT phục vụ HCC", ["TT"]),
        ("đoàn thanh niên sen hồng", "D"),
        ("ĐTN Sen Hồng", "D"),
        ("đk côn sơn", "K"),
        ("trung học phổ thông kim đồng", ["THPT"]),
        ("THPT Kim Đồng", ["THPT"]),
        ("sở NNMT", "N"),
        ("So TNMT", "N"),
        ("p07", "P"),
        ("không có", ""),
    ],
)
def test_a_unit_is_found_by_what_people_call_it(typed, found):
    assert [unit for unit, key in UNITS.items() if matches(key, typed)] == list(found)


def test_what_has_no_letters_means_nothing_in_particular():
    assert readings(" %_ ") == ()
    assert matches(UNITS["P"], "")


@pytest.mark.parametrize(
    ("typed", "was"),
    [("sen hong", ""), ("thi tran sen", "Thị trấn Sen"), ("hong van", "Xã Hồng Vân"), ("p07", "")],
)
def test_the_name_that_was_found_is_said_when_it_is_not_the_present_one(typed, was):
    assert known_as("Phường Sen Hồng", "P07", ["Thị trấn Sen", "Xã Hồng Vân"], typed) == was
