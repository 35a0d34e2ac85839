"""Fields of forms for days and moments: one typed line, no date picker."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from wtforms import StringField

from contest.contests.moments import read_day, read_moment, typed_closing, typed_day, typed_moment
from contest.rules import vietnamese


class DayField(StringField):  # type: ignore[misc]
    """31/12/2026 as a date; what was typed wrongly stays in the box."""

    def _value(self) -> str:
        return _as_typed(self, typed_day)

    def process_formdata(self, valuelist: list[Any]) -> None:
        sentence = _("Hãy nhập ngày theo dạng 31/12/2026.")
        self.data = _read(valuelist, read_day, sentence)


class MomentField(StringField):  # type: ignore[misc]
    """31/12/2026 08:00 as an aware moment in Vietnam's time; 24:00 is the end of the day."""

    def _value(self) -> str:
        return _as_typed(self, typed_moment)

    def process_formdata(self, valuelist: list[Any]) -> None:
        sentence = _("Hãy nhập ngày giờ theo dạng 31/12/2026 08:00; 24:00 là hết ngày.")
        self.data = _read(valuelist, read_moment, sentence)


class ClosingField(MomentField):
    """A moment at which something ends; midnight is shown as 24:00 of the day before."""

    def _value(self) -> str:
        return _as_typed(self, typed_closing)


def _as_typed(field: Any, write: Callable[[Any], str]) -> str:
    if field.raw_data:
        return str(field.raw_data[0])
    return write(field.data) if field.data else ""


def _read(valuelist: list[Any], read: Callable[[str], Any], sentence: str) -> Any:
    typed = vietnamese.clean(str(valuelist[0])) if valuelist else ""
    if not typed:
        return None
    try:
        return read(typed)
    except ValueError:
        raise ValueError(sentence) from None
