"""What people declare is understood in whatever way they type it, and nothing else is guessed."""

import pytest

from contest.rules import declared


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nguyễn  THỊ hoà", "Nguyễn Thị Hoà"),
        ("h'hen niê", "H'Hen Niê"),
        ("  trần văn-an ", "Trần Văn-An"),
        ("Ðặng Thị Na", "Đặng Thị Na"),
        ("Nguye\u0302\u0303n A", "Nguyễn A"),
        ("An", None),
        ("", None),
        ("0912345678 An", None),
        ("An <b>", None),
        ("- An", None),
        ("an " * 60, None),
    ],
)
def test_a_name_has_two_words_of_letters_and_capitals_where_they_belong(typed, meant):
    assert declared.full_name(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0912345678", "0912345678"),
        ("0912 345 678", "0912345678"),
        ("0912.345-678", "0912345678"),
        ("(091) 2345678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("+84 0912 345 678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("912345678", "0912345678"),
        ("842345678", "0842345678"),
        ("+84842345678", "0842345678"),
        ("024 3825 1234", "02438251234"),
        ("84 24 3825 1234", "02438251234"),
        ("24 3825 1234", "02438251234"),
        ("０９１２３４５６７８", "0912345678"),
        ("0412345678", None),
        ("091234567", None),
        ("09123456789", None),
        ("+1 912 345 6789", None),
        ("091234567a", None),
        ("٠٩١٢٣٤٥٦٧٨", None),
        ("", None),
    ],
)
def test_a_phone_number_is_mended_but_never_invented(typed, meant):
    assert declared.phone(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nv 001", "NV001"),
        ("007", "007"),
        ("CB/12-3.a", "CB/12-3.A"),
        ("", None),
        ("---", None),
        ("=1+1", None),
        ("X" * 41, None),
    ],
)
def test_a_staff_code_is_upper_case_without_spaces_and_keeps_its_zeros(typed, meant):
    assert declared.staff_code(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1962", 1962),
        (" 1962 ", 1962),
        ("15/08/1962", 1962),
        ("5-8-1962", 1962),
        ("5.8.1962", 1962),
        ("2026", 2026),
        ("29/2/1964", 1964),
        ("62", None),
        ("15/08/62", None),
        ("2027", None),
        ("1899", None),
        ("31/4/1962", None),
        ("0/4/1962", None),
        ("4/13/1962", None),
        ("", None),
        ("năm 1962", None),
    ],
)
def test_a_birth_year_may_come_as_a_whole_date(typed, meant):
    assert declared.birth_year(typed, 2026) == meant


@pytest.mark.parametrize(
    ("phone", "code", "code_first", "key"),
    [
        ("0912345678", None, False, "phone:0912345678"),
        ("0912345678", "NV-001", False, "phone:0912345678"),
        ("0912345678", "NV-001", True, "code:NV001"),
        ("0912345678", None, True, "phone:0912345678"),
        (None, "NĐ/001", False, "code:ND001"),
        (None, None, False, None),
        (None, None, True, None),
    ],
)
def test_the_same_phone_or_code_is_the_same_entrant(phone, code, code_first, key):
    assert declared.identity(phone, code, code_first=code_first) == key


@pytest.mark.parametrize(
    ("typed", "length", "meant"),
    [
        ("k7m 3qx", 6, "K7M3QX"),
        ("h7km-2qxp", 8, "H7KM2QXP"),
        ("H7KM\u00a02QXP", 8, "H7KM2QXP"),
        ("đ7m3qx", 6, "D7M3QX"),
        ("đ7m3q", 6, "DD7M3Q"),
        ("k7ư3qx", 6, "K7W3QX"),
        ("k7mè3", 6, "K7MEF3"),
        ("k7mễ", 6, "K7MEEX"),
        ("k7mă3", 6, "K7MAW3"),
        ("k7", 6, "K7"),
        ("", 6, ""),
    ],
)
def test_a_code_is_read_through_what_a_vietnamese_keyboard_makes_of_it(typed, length, meant):
    assert declared.code(typed, length) == meant
