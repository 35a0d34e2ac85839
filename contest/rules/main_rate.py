"""By which headcount a unit is measured first, in words, as printed under tables and with awards. Pure."""

_OVER = {
    "vi": {
        "officials": "số cán bộ, công chức, viên chức",
        "youth": "số đoàn viên",
        "residents": "dân số trưởng thành",
    },
    "en": {"officials": "officials", "youth": "union members", "residents": "adult residents"},
}
_SAID = {
    "vi": (
        "Tỷ lệ của các đơn vị tính trên {}",
        "của tổ chức đoàn trên {}",
        "của xã, phường, đặc khu, thôn trên {}",
    ),
    "en": (
        "Rates of units are over {}",
        "those of union bodies over {}",
        "those of communes, wards, special zones and villages over {}",
    ),
}


def in_words(others: str, union: str, commune: str, language: str = "vi") -> str:
    """The rule from what it says of three sorts of units, each in a word of units.models.HeadcountKind."""
    over, (all_units, of_union, of_commune) = _OVER[language], _SAID[language]
    said = [all_units.format(over[others])]
    if union != others:
        said.append(of_union.format(over[union]))
    if commune != others:
        said.append(of_commune.format(over[commune]))
    return "; ".join(said) + "."
