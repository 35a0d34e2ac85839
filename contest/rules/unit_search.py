"""Finding a unit by what people call it: short forms, old names, with or without "Ủy ban nhân dân" before it."""

from collections.abc import Iterable, Sequence

from contest.rules import vietnamese

# Short forms of units beside those of vietnamese.ALIASES; some stand for more than one thing.
_LONG_FORMS = {
    "p": ("phường",),
    "x": ("xã",),
    "q": ("quận",),
    "h": ("huyện",),
    "đk": ("đặc khu",),
    "tx": ("thị xã",),
    "tt": ("thị trấn", "trung tâm"),
    "ttr": ("thị trấn",),
    "đtn": ("đoàn thanh niên",),
    "lđlđ": ("liên đoàn lao động",),
    "cđcs": ("công đoàn cơ sở",),
    "hlhpn": ("hội liên hiệp phụ nữ",),
    "hnd": ("hội nông dân",),
    "ccb": ("cựu chiến binh",),
    "mn": ("mầm non",),
    "th": ("tiểu học",),
    "thcs": ("trung học cơ sở",),
    "thpt": ("trung học phổ thông",),
    "gdđt": ("giáo dục và đào tạo",),
    "khcn": ("khoa học và công nghệ",),
    "tttt": ("thông tin và truyền thông",),
    "tnmt": ("tài nguyên và môi trường",),
    "nnmt": ("nông nghiệp và môi trường",),
    "vhttdl": ("văn hóa thể thao và du lịch",),
    "bv": ("bệnh viện",),
    "vp": ("văn phòng",),
    "ca": ("công an",),
    "bhxh": ("bảo hiểm xã hội",),
    "hcc": ("hành chính công",),
}
SHORT_FORMS: dict[str, tuple[str, ...]] = {
    vietnamese.fold(short): tuple(map(vietnamese.fold, long)) for short, long in _LONG_FORMS.items()
}

# Said before the name of a place as often as not.
BODY = "uy ban nhan dan"

# The words to be found, each as the forms of which one is enough.
Reading = tuple[tuple[str, ...], ...]


def stored_key(name: str, code: str, others: Iterable[str] = ()) -> str:
    """What is searched in: the name and code, then each other name, folded, short forms spelled out as well.

    "TT. Hòa Bình" with the old name "Xã Hòa" gives "thi tran hoa binh t01 | xa hoa".
    """
    return " | ".join(_spelled_out(text) for text in (f"{name} {code}", *others))


def _spelled_out(text: str) -> str:
    key = vietnamese.search_key(text)
    words = key.split()
    # A short form may be an initial: what it could stand for is added behind, never put in its place.
    long = [form for word in words[:-1] for form in SHORT_FORMS.get(word, ())]
    return " ".join([key, *long])


def readings(text: str) -> tuple[Reading, ...]:
    """How a text may be meant, the closest first; none for a text without a letter or digit.

    "UBND P. Sen" means a unit with all of these words, or one with "phường" and "sen" alone.
    """
    key = vietnamese.search_key(text)
    shorter = " ".join(key.replace(BODY, " ").split())
    keys = [key] if shorter in (key, "") else [key, shorter]
    return tuple(_reading(each.split()) for each in keys if each)


def _reading(words: Sequence[str]) -> Reading:
    return tuple(_forms(word, place == len(words)) for place, word in enumerate(words, start=1))


def _forms(word: str, last: bool) -> tuple[str, ...]:
    long = SHORT_FORMS.get(word, ())
    if len(word) == 1 and long and not last:
        return long
    return (word, *long)


def matches(key: str, text: str) -> bool:
    """Whether a unit with this stored key may be meant; a text without letters means every unit."""
    wanted = readings(text)
    return not wanted or any(
        all(any(form in key for form in forms) for forms in reading) for reading in wanted
    )


def known_as(name: str, code: str, others: Sequence[str], text: str) -> str:
    """The other name by which a unit was found; "" where its own name and code suffice."""
    if matches(stored_key(name, code), text):
        return ""
    return next((other for other in others if matches(stored_key(other, ""), text)), "")
