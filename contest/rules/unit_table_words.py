"""The words by which columns of a table of units and kinds of units are known, however people write them."""

from collections.abc import Mapping
from enum import StrEnum


class Column(StrEnum):
    """What a column of the table holds."""

    CODE = "code"
    NAME = "name"
    PARENT = "parent"
    KIND = "kind"
    BLOCK = "block"
    OFFICIALS = "officials"
    YOUTH = "youth"
    RESIDENTS = "residents"
    OLD_NAMES = "old_names"
    ALIASES = "aliases"
    CLOSED_FROM = "closed_from"
    SUCCESSORS = "successors"
    BASIS = "basis"


# Folded beginnings of headers, the more exact ones first: "ma cap tren" is a parent before it is a code.
HEADERS: tuple[tuple[Column, tuple[str, ...]], ...] = (
    (Column.OLD_NAMES, ("ten cu", "ten truoc", "ten truoc day", "old names", "old name")),
    (Column.ALIASES, ("ten goi khac", "ten khac", "ten thuong goi", "aliases", "alias")),
    (
        Column.SUCCESSORS,
        (
            "ma don vi ke tiep",
            "don vi ke tiep",
            "ma ke tiep",
            "ke tiep",
            "nhap vao",
            "sap nhap vao",
            "chia vao",
            "ma don vi nhan",
            "ma don vi moi",
            "successors",
            "successor",
        ),
    ),
    (Column.BASIS, ("can cu", "nghi quyet", "quyet dinh", "basis")),
    (Column.CLOSED_FROM, ("dong tu ngay", "dong tu", "ngay dong", "het hieu luc", "closed from")),
    (
        Column.PARENT,
        (
            "ma cap tren",
            "ma don vi cap tren",
            "don vi cap tren",
            "cap tren",
            "truc thuoc",
            "parent",
            "ma cha",
            "ma don vi cha",
            "don vi cha",
            "cha",
            "ma don vi truc thuoc",
            "thuoc don vi",
            "thuoc",
        ),
    ),
    (Column.CODE, ("ma don vi", "ma", "code")),
    (Column.OFFICIALS, ("so can bo", "can bo", "bien che", "cbcc", "officials")),
    (Column.YOUTH, ("so doan vien", "doan vien", "youth")),
    (Column.RESIDENTS, ("dan so", "nguoi dan", "dan so truong thanh", "residents", "adults")),
    (Column.NAME, ("ten don vi", "ten", "don vi", "name")),
    (Column.KIND, ("loai", "cap", "kind", "type")),
    (Column.BLOCK, ("khoi", "bang", "block")),
)

# Headings of columns that every table has and nobody expects to be read.
OF_NO_USE = frozenset({"stt", "tt", "so tt", "ghi chu", "no", "#"})

# Folded words that people write for a kind, as kind → words; the code itself ("commune") counts too.
KIND_WORDS: Mapping[str, tuple[str, ...]] = {
    "ministry": ("bo", "bo nganh", "bo co quan ngang bo", "co quan trung uong"),
    "province": ("tinh", "thanh pho", "tinh thanh pho", "thanh pho truc thuoc trung uong"),
    "department": ("so", "so ban nganh", "ban", "nganh", "van phong", "thanh tra"),
    "commune": ("xa", "phuong", "xa phuong", "xa phuong dac khu", "cap xa", "thi tran"),
    "special_zone": ("dac khu",),
    "hamlet": ("thon", "to dan pho", "thon to dan pho", "ap", "ban lang", "khu pho"),
    "party_cell": ("chi bo", "dang bo co so"),
    "party": ("dang", "co quan dang", "ban dang"),
    "youth_union": ("doan", "doan thanh nien", "tinh doan"),
    "women_union": ("phu nu", "hoi phu nu", "hoi lien hiep phu nu"),
    "trade_union": ("cong doan", "lien doan lao dong"),
    "union_cell": ("to cong doan", "cong doan bo phan"),
    "fatherland_front": ("mat tran", "mat tran to quoc"),
    "school": ("truong", "truong hoc"),
    "public_service": ("su nghiep", "don vi su nghiep", "benh vien", "trung tam"),
    "enterprise": ("doanh nghiep", "cong ty"),
    "armed_forces": ("luc luong vu trang", "cong an", "quan doi", "quan su"),
    "office": ("phong", "khoa", "to", "phong khoa to", "phong ban"),
    "branch": ("chi doan", "chi hoi", "chi doan chi hoi", "chi doan chi hoi to"),
    "other": ("khac", "other", ""),
}
KINDS = {word: kind for kind, words in KIND_WORDS.items() for word in words} | {
    kind.replace("_", " "): kind for kind in KIND_WORDS
}
