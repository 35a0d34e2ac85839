"""What people declare is understood in whatever way they type it, and nothing else is guessed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from contest.rules import declared
from contest.rules.declared import Known

TODAY = date(2026, 10, 5)


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
    ("phone", "code", "known", "key"),
    [
        ("0912345678", None, Known.PHONE_FIRST, "phone:0912345678"),
        ("0912345678", "NV-001", Known.PHONE_FIRST, "phone:0912345678"),
        ("0912345678", "NV-001", Known.CODE_FIRST, "code:NV001"),
        ("0912345678", None, Known.CODE_FIRST, "phone:0912345678"),
        (None, "NĐ/001", Known.PHONE_FIRST, "code:ND001"),
        (None, None, Known.PHONE_FIRST, None),
        (None, None, Known.CODE_FIRST, None),
        ("0912345678", "NV-001", Known.PHONE_ONLY, "phone:0912345678"),
        (None, "NV-001", Known.PHONE_ONLY, None),
        ("0912345678", "NV-001", Known.CODE_ONLY, "code:NV001"),
        ("0912345678", None, Known.CODE_ONLY, None),
    ],
)
def test_the_same_phone_or_code_is_the_same_entrant(phone, code, known, key):
    assert declared.identity(phone, code, known) == key


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("05/08/1962", date(1962, 8, 5)),
        ("5/8/1962", date(1962, 8, 5)),
        ("5-8-1962", date(1962, 8, 5)),
        ("5.8.1962", date(1962, 8, 5)),
        (" 5 8 1962 ", date(1962, 8, 5)),
        ("05081962", date(1962, 8, 5)),
        ("29/2/1964", date(1964, 2, 29)),
        ("5/10/2026", date(2026, 10, 5)),
        ("6/10/2026", None),
        ("29/2/1963", None),
        ("8/13/1962", None),
        ("31/4/1962", None),
        ("05/08/62", None),
        ("1962", None),
        ("1962-08-05", None),
        ("1/1/1899", None),
        ("0/0/1962", None),
        ("", None),
    ],
)
def test_a_birth_date_is_day_month_year_and_a_real_day(typed, meant):
    assert declared.birth_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("born", "least", "old_enough"),
    [
        (date(2012, 10, 5), 14, True),
        (date(2012, 10, 6), 14, False),
        (date(2012, 9, 30), 14, True),
        (2012, 14, True),
        (2013, 14, False),
        (date(1940, 1, 1), 14, True),
        (date(2020, 1, 1), None, True),
        (None, 14, True),
    ],
)
def test_somebody_is_old_enough_on_their_birthday_or_in_their_year(born, least, old_enough):
    assert declared.is_old_enough(born, least, TODAY) == old_enough


def test_who_was_born_on_29_february_is_a_year_older_on_1_march():
    assert not declared.is_old_enough(date(2012, 2, 29), 14, date(2026, 2, 28))
    assert declared.is_old_enough(date(2012, 2, 29), 14, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  12  ngõ 3, phường Sen Hồng ", "12 ngõ 3, phường Sen Hồng"),
        ("thôn Đông", "thôn Đông"),
        ("123", None),
        ("", None),
        ("a" * 201, None),
        ("thôn \x00 Đông", "thôn Đông"),
    ],
)
def test_an_address_is_one_line_with_letters(typed, meant):
    assert declared.address(typed) == meant


def test_declaring_stays_possible_until_half_an_hour_after_the_last_paper():
    closes = datetime(2026, 10, 5, tzinfo=UTC)
    assert declared.declare_until(closes, 0) == closes + timedelta(minutes=30)
    assert declared.declare_until(closes, 20) == closes + timedelta(minutes=50)


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
