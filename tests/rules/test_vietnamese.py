"""Vietnamese text as people type it: cleaned, searched, sorted, compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules import vietnamese, vietnamese_legacy
from contest.rules.vietnamese_legacy import Legacy


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("Đa\u0301p a\u0301n", "Đáp án"),
        ("ê\u0301", "ế"),
        ("e\u0301\u0302", "ế"),
        ("a\u0323\u0302", "ậ"),
        ("a\u0341", "á"),
        ("Ðáp án", "Đáp án"),
        ("Ɖ ð ɖ", "Đ đ đ"),
        ("x\u00a0y\u2009z", "x y z"),
        ("\ufeffmột\u200b hai\u00ad", "một hai"),
        ("А. В", "A. B"),
        ("Ж. Вода", "Ж. Вода"),
        ("Ａ．：", "A.:"),
        ("“x” – y", "“x” – y"),
        ("NQ\u2011CP", "NQ-CP"),
        ("  a \t b\n", "a b"),
        ("x\u0007y", "xy"),
        ("plain", "plain"),
    ],
)
def test_text_is_cleaned_at_the_door(typed, clean):
    assert vietnamese.clean(typed) == clean


def test_composing_keeps_tabs_and_lines():
    assert vietnamese.nfc("A\tB\nĐ\u000b") == "A\tB\nĐ\n"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Ủy ban Đống Đa", "uy ban dong da"), ("“Số” – 1", '"so" - 1'), ("ƯỠ ợ", "uo o"), ("中", "")],
)
def test_searching_ignores_accents(text, folded):
    assert vietnamese.fold(text) == folded


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("UBND P. An Phú", "uy ban nhan dan phuong an phu"),
        ("Ủy ban nhân dân phường An Phú", "uy ban nhan dan phuong an phu"),
        ("HĐND TP. Huế", "hoi dong nhan dan thanh pho hue"),
        ("CCHC, TTHC", "cai cach hanh chinh thu tuc hanh chinh"),
        ("P", "p"),
        ("Vitamin P.", "vitamin p"),
    ],
)
def test_searching_writes_short_forms_out(text, key):
    assert vietnamese.search_key(text) == key


def test_the_alphabet_is_vietnamese():
    words = ["x", "đa", "da", "dz", "âm", "ăn", "az", "an", "ê", "e", "ơ", "ô", "o", "ư", "u", "10", "z", "w"]
    order = ["10", "an", "az", "ăn", "âm", "da", "dz", "đa", "e", "ê", "o", "ô", "ơ", "u", "ư", "w", "x", "z"]
    assert sorted(words, key=vietnamese.sort_key) == order


def test_tones_decide_only_between_equal_letters():
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma", "mab"], key=vietnamese.sort_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ", "mab",
    ]  # fmt: skip
    assert sorted(["Hoà Bình", "Hòa An", "hoa"], key=vietnamese.sort_key) == ["hoa", "Hòa An", "Hoà Bình"]


@given(st.text())
def test_a_sort_key_holds_only_digits_and_small_letters(text):
    key = vietnamese.sort_key(text)
    assert set(key) <= set("0123456789abcdefghijklmnopqrstuvwxyz")
    assert vietnamese.sort_key(unicodedata.normalize("NFD", text)) == vietnamese.sort_key(
        unicodedata.normalize("NFC", text)
    )


def test_people_are_listed_by_given_name_then_middle_then_family():
    people = ["Trần Văn Ân", "Nguyễn Thị An", "Lê Văn An", "Đỗ Thị An", "Dương Thị An", "Anh", ""]
    assert sorted(people, key=vietnamese.name_sort_key) == [
        "", "Dương Thị An", "Đỗ Thị An", "Nguyễn Thị An", "Lê Văn An", "Anh", "Trần Văn Ân",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "name"),
    [("nguyễn  THỊ hoà ", "Nguyễn Thị Hoà"), ("h'hen niê", "H'Hen Niê"), ("Y-MOAN ênuôl", "Y-Moan Ênuôl")],
)
def test_names_are_tidied(typed, name):
    assert vietnamese.tidy_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "placed"),
    [
        ("hoà", "hòa"),
        ("Thuý", "Thúy"),
        ("UỶ BAN", "ỦY BAN"),
        ("khoẻ", "khỏe"),
        ("qúy", "quý"),
        ("quỷ", "quỷ"),
        ("quà", "quà"),
        ("gìa", "già"),
        ("gì", "gì"),
        ("gìn", "gìn"),
        ("giếng", "giếng"),
        ("mià", "mìa"),
        ("toàn", "toàn"),
        ("tòan", "toàn"),
        ("ngoaì", "ngoài"),
        ("khuỷu", "khuỷu"),
        ("thuở", "thuở"),
        ("đươ\u0323c", "được"),
        ("muá", "múa"),
        ("café", "café"),
        ("résumé", "résumé"),
        ("ma", "ma"),
    ],
)
def test_the_tone_stands_where_it_traditionally_does(typed, placed):
    assert vietnamese.tone_placement(typed) == placed


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy\u0300\u0301\u0303\u0309\u0323 ", max_size=20))
def test_placing_the_tone_twice_changes_nothing_more(text):
    once = vietnamese.tone_placement(text)
    assert vietnamese.tone_placement(once) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND", "Uỷ ban nhân dân"),
        ("ubnd xã", "Ủy ban nhân dân  xã."),
        ("Hòa Bình", "Hoà bình"),
        ("76/NQ-CP", "76 / NQ – CP"),
        ("“Một cửa”", "một cửa"),
        ("cán bộ, công chức", "cán bộ công chức"),
        ("3,14", "3,14."),
        ("P. An Phú", "phường An Phú"),
    ],
)
def test_answers_that_mean_the_same_are_equal(one, other):
    assert vietnamese.answer_key(one) == vietnamese.answer_key(other)


@pytest.mark.parametrize(("one", "other"), [("ma", "má"), ("3,14", "314"), ("X.", "xã"), ("10", "1 0")])
def test_answers_that_differ_are_not_equal(one, other):
    assert vietnamese.answer_key(one) != vietnamese.answer_key(other)


@pytest.mark.parametrize(
    ("font", "legacy", "capitals"),
    [
        (".VnTime", Legacy.TCVN3, False),
        (".VnTimeH", Legacy.TCVN3, True),
        (".vnArial", Legacy.TCVN3, False),
        ("VNI-Times", Legacy.VNI, False),
        ("VNI-ZapH", Legacy.VNI, False),
        ("Times New Roman", None, False),
        ("", None, False),
    ],
)
def test_a_font_name_tells_its_encoding(font, legacy, capitals):
    assert vietnamese_legacy.legacy_of_font(font) is legacy
    assert vietnamese_legacy.is_capital_font(font) is capitals


def test_capitals_come_from_the_font_in_tcvn3_and_from_the_letters_in_vni():
    assert vietnamese_legacy.decode_tcvn3("thñ tôc §¶ng", capitals=True) == "THỦ TỤC ĐẢNG"
    assert vietnamese_legacy.decode_vni("THUÛ TUÏC ÑÖÔÏC") == "THỦ TỤC ĐƯỢC"
    assert vietnamese_legacy.decode_vni("thuû", capitals=True) == "THỦ"


@pytest.mark.parametrize(
    ("text", "legacy"),
    [
        ("T¹i n¬i tiÕp nhËn", Legacy.TCVN3),
        ("Taïi nôi tieáp nhaän", Legacy.VNI),
        ("Tại nơi tiếp nhận", None),
        ("Các bà và cô", None),
        ("plain", None),
        ("© 2026 café", None),
    ],
)
def test_an_encoding_is_guessed_by_what_reads_as_vietnamese(text, legacy):
    assert vietnamese_legacy.guess_legacy(text) is legacy


def test_lines_of_one_document_share_one_encoding():
    lines = ["T¹i n¬i tiÕp nhËn", "Tại đâu", "", "b¸o", "các bà"]
    assert vietnamese_legacy.legacy_of_lines(lines) == [Legacy.TCVN3, None, None, Legacy.TCVN3, None]
    assert vietnamese_legacy.legacy_of_lines(["một", "hai"]) == [None, None]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Thủ tục", ""),
        ("Kết quả háº£o hạng", "háº£o"),
        ("cÃ¢u", "cÃ¢u"),
        ("th? t?c h?nh ch?nh", "t?c"),
        ("Ai? Đâu?", ""),
        ("?y ban nh?n dân xã", "?y"),
        ("C?I CÁCH H?NH CHÍNH", "C?I"),
        ("Ở đâu?Hãy chọn. Vì sao?Hãy giải thích.", ""),
        ("Xem http://a.vn/b?c=d&e?f và x?y=z", ""),
        ("mất ch\ufffd", "ch\ufffd"),
        ("C©u hái T¹i ®©u", "C©u"),
    ],
)
def test_garbled_words_are_noticed(text, part):
    assert vietnamese_legacy.mojibake_part(text) == part
    assert vietnamese_legacy.looks_like_mojibake(text) is bool(part)


def test_one_lost_letter_is_only_a_doubt():
    assert vietnamese_legacy.mojibake_part("Cải c?ch hành chính") == ""
    assert vietnamese_legacy.one_lost_letter("Cải c?ch hành chính") == "c?ch"
    assert vietnamese_legacy.one_lost_letter("C?i c?ch") == ""
