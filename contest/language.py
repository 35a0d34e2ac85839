"""Sentences for people: written once in Vietnamese, turned into their language only when shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """A Vietnamese sentence with its values, still untranslated.

    Actions and rules know nothing of the reader's language, so they say what they mean with this;
    `contest.web.translations.shown` puts it into the reader's words.
    """

    source: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.source % self.values if self.values else self.source


def _(source: str, **values: object) -> Text:
    """Mark a sentence for translation; `%(name)s` in it is filled from the values."""
    return Text(source, values)
