"""Which choices keep their place when choices are shuffled."""

import unicodedata

import pytest

from contest.rules.choice_text import is_pinned_text, pinned_choices, refers_to_letters

LETTERED = [
    "Cả A và B",
    "cả a và b",
    "Cả A, B và C",
    "Cả A, B, C đều đúng.",
    "A và B đúng",
    "A và B",
    "B, C",
    "Cả ABC",
    "Đáp án A và C",
    "Phương án A hoặc B",
    "Cả hai đáp án A và B đều sai",
    "Chỉ A đúng",
    "Câu B sai",
    "Cả 3 đáp án A, B, C",
]
ABOUT_THE_OTHERS = [
    "Tất cả các phương án trên",
    "Tất cả các phương án trên đều đúng",
    "Tất cả đều đúng",
    "Tất cả đều sai.",
    "Cả 3 phương án trên",
    "Cả ba đáp án trên đều đúng",
    "Cả hai đều đúng",
    "Cả 02 trường hợp",
    "Cả ba hình thức nêu trên",
    "Tất cả các cơ quan nêu trên",
    "Tất cả những nội dung trên đây",
    "Không có phương án nào đúng",
    "Không phương án nào ở trên đúng",
    "Không có đáp án đúng",
    "KHÔNG CÓ CÂU NÀO ĐÚNG",
    "Các đáp án trên đều sai",
    "Các trường hợp trên đều không đúng",
    "Đáp án khác",
    "Một phương án khác",
    "Ý kiến khác",
    "TẤT CẢ ÐỀU ÐÚNG",
]
PLAIN = [
    "",
    "Có",
    "Không",
    "Không đúng",
    "Đúng",
    "Sai",
    "A",
    "Nhóm A và nhóm B",
    "Vitamin A và D",
    "Ủy ban nhân dân cấp xã",
    "Tất cả công dân Việt Nam",
    "Các bộ, cơ quan ngang bộ",
    "5 ngày làm việc",
    "Ba năm",
    "Nộp hồ sơ trên Cổng dịch vụ công quốc gia",
    "Tất cả hồ sơ nộp trên Cổng dịch vụ công",
    "Không quá 15 phút",
    "Trường hợp bất khả kháng",
    "25.980",
]


@pytest.mark.parametrize("text", LETTERED)
def test_a_choice_that_names_letters_is_known(text: str) -> None:
    assert refers_to_letters(text)
    assert is_pinned_text(text)


@pytest.mark.parametrize("text", ABOUT_THE_OTHERS)
def test_a_choice_about_all_or_none_of_the_others_is_pinned_and_names_no_letter(text: str) -> None:
    assert is_pinned_text(text)
    assert is_pinned_text(unicodedata.normalize("NFD", text))
    assert not refers_to_letters(text)


@pytest.mark.parametrize("text", PLAIN)
def test_a_choice_that_stands_for_itself_may_move(text: str) -> None:
    assert not is_pinned_text(text)
    assert not refers_to_letters(text)


@pytest.mark.parametrize(
    ("texts", "pinned"),
    [
        (["Một", "Hai", "Ba", "Bốn"], set()),
        (["10 ngày", "15 ngày", "20 ngày", "Tất cả đều sai"], {3}),
        (["10 ngày", "15 ngày", "Cả A và B", "20 ngày"], {0, 1, 2, 3}),
        (["Tỉnh", "Xã", "Cả hai cấp trên", "Không có phương án nào đúng"], {2, 3}),
    ],
)
def test_one_choice_that_names_letters_pins_the_whole_question(texts: list[str], pinned: set[int]) -> None:
    assert pinned_choices(texts) == pinned
