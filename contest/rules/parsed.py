"""The shape every reader of a question file gives back: a bank, its questions, their choices and faults."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from contest.rules.fault_sentences import SENTENCES


class Severity(StrEnum):
    """An error holds a question back until somebody mends it; a warning only asks for a look."""

    ERROR = "error"
    WARNING = "warning"


class FaultKind(StrEnum):
    """What can be wrong with a question or with a file as it was read."""

    NO_KEY = "no_key"
    KEY_BEYOND_CHOICES = "key_beyond_choices"
    KEY_UNREAD = "key_unread"
    KEY_AMBIGUOUS = "key_ambiguous"
    SEVERAL_KEYS = "several_keys"
    KEYS_CONFLICT = "keys_conflict"
    ALL_EMPHASISED = "all_emphasised"
    PARTLY_EMPHASISED = "partly_emphasised"
    NO_CHOICES = "no_choices"
    ONE_CHOICE = "one_choice"
    EQUAL_CHOICES = "equal_choices"
    EMPTY_CHOICE = "empty_choice"
    LABEL_ORDER = "label_order"
    NUMBERING_GAP = "numbering_gap"
    NUMBERING_REPEAT = "numbering_repeat"
    UNLABELLED_LINE = "unlabelled_line"
    SWALLOWED_LABEL = "swallowed_label"
    SWALLOWED_QUESTION = "swallowed_question"
    KEY_WITHOUT_QUESTION = "key_without_question"
    KEY_LINES_UNREAD = "key_lines_unread"
    MOJIBAKE = "mojibake"
    ABOLISHED_UNIT = "abolished_unit"
    REPEALED_SOURCE = "repealed_source"
    NEAR_DUPLICATE = "near_duplicate"
    EMPTY_TEXT = "empty_text"
    UNSUPPORTED_KIND = "unsupported_kind"
    BAD_NUMBER = "bad_number"
    DATE_CELL = "date_cell"
    FORMULA_ERROR = "formula_error"
    HIDDEN_TEXT = "hidden_text"
    LOST_OBJECT = "lost_object"
    TRACKED_CHANGES = "tracked_changes"
    NOTHING_FOUND = "nothing_found"
    TOO_LONG = "too_long"
    WEIGHTS_UNCLEAR = "weights_unclear"
    UNESCAPED_SIGN = "unescaped_sign"
    OWN_MARKING = "own_marking"
    BROKEN_MARKUP = "broken_markup"
    SETTING_LOST = "setting_lost"
    FILE_NOTE = "file_note"


WARNING_KINDS = frozenset(
    {
        FaultKind.NUMBERING_GAP,
        FaultKind.NUMBERING_REPEAT,
        FaultKind.KEY_WITHOUT_QUESTION,
        FaultKind.KEY_LINES_UNREAD,
        FaultKind.ABOLISHED_UNIT,
        FaultKind.REPEALED_SOURCE,
        FaultKind.NEAR_DUPLICATE,
        FaultKind.HIDDEN_TEXT,
        FaultKind.TRACKED_CHANGES,
        FaultKind.TOO_LONG,
        FaultKind.SETTING_LOST,
        FaultKind.FILE_NOTE,
    }
)


@dataclass(frozen=True)
class Fault:
    """One thing a person should look at; `values` fill the gaps of the sentence."""

    kind: FaultKind
    severity: Severity
    place: str
    values: tuple[tuple[str, str], ...] = ()

    def message(self, language: str = "vi") -> str:
        """A sentence saying what is wrong and what to do next, in "vi" or "en"."""
        return fault_message(self.kind, language, **dict(self.values))


def fault(kind: FaultKind, place: str, severity: Severity | None = None, /, **values: str) -> Fault:
    """A fault of this kind, with the kind's usual severity unless another is given."""
    usual = Severity.WARNING if kind in WARNING_KINDS else Severity.ERROR
    return Fault(kind, severity or usual, place, tuple(values.items()))


def fault_message(kind: FaultKind, language: str = "vi", /, **values: str) -> str:
    """The sentence for a kind of fault; a value nobody gave shows as "…"."""
    vietnamese, english = SENTENCES[kind.value]
    template = english if language == "en" else vietnamese
    return template.format_map(_Gaps(values))


class _Gaps(dict[str, str]):
    """Values of a sentence, "…" where one is missing."""

    def __missing__(self, key: str) -> str:
        return "…"


@dataclass(frozen=True)
class ParsedChoice:
    """A choice as read; label is the upper-case letter shown before it ("A").

    match: in a matching, what belongs to `text`; a choice with `match` alone is on offer and belongs to none.
    tolerance: of a number, how far an answer may be off ("0,5"), "" when it must be exact.
    """

    label: str
    text: str
    right: bool
    match: str = ""
    tolerance: str = ""


@dataclass(frozen=True)
class ParsedPicture:
    """A picture as it stood in the file: its bytes, what kind they are ("image/png"), its size in pixels."""

    media_type: str
    width: int
    height: int
    content: bytes

    @property
    def mark(self) -> str:
        """What tells it from other pictures without its bytes; equal for equal pictures."""
        return picture_mark(self.width, self.height, len(self.content))


def picture_mark(width: int, height: int, size: int) -> str:
    """The mark of a picture, its size in bytes."""
    return f"{width}×{height}:{size}"


@dataclass(frozen=True)
class ParsedQuestion:
    """A question as read. Fields the file does not say are "" (or empty).

    kind: "single", "multiple", "true_false", "short_text", "number", "ordering" or "matching".
    choices: of a short text, the answers that are accepted; of a number, the number with a decimal comma
    ("3,14"); of an ordering, the things in their right order; of a matching, the pairs. All these are right.
    number: the number as written in the file. place: where in the file, for a person to find it.
    source: the raw lines it was read from, joined by line breaks.
    partial: whether a part of the right choices earns a part of the mark.
    picture: the one shown with it. tags: words to find it by.
    """

    number: str
    place: str
    kind: str
    text: str
    choices: tuple[ParsedChoice, ...] = ()
    topic: str = ""
    level: str = ""
    citation: str = ""
    explanation: str = ""
    source: str = ""
    faults: tuple[Fault, ...] = ()
    partial: bool = False
    picture: ParsedPicture | None = None
    tags: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether nothing holds this question back."""
        return all(fault.severity is not Severity.ERROR for fault in self.faults)


@dataclass(frozen=True)
class ParsedBank:
    """Everything read from one file; `faults` are those of the file as a whole."""

    format: str
    questions: tuple[ParsedQuestion, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def found(self) -> int:
        """How many questions were found."""
        return len(self.questions)

    @property
    def ready(self) -> int:
        """How many questions have no error."""
        return sum(question.ready for question in self.questions)

    @property
    def doubtful(self) -> int:
        """How many questions wait for somebody to mend them."""
        return self.found - self.ready

    def as_json(self) -> dict[str, object]:
        """The bank as plain dictionaries and lists, ready for json.dumps."""
        return {
            "format": self.format,
            "found": self.found,
            "ready": self.ready,
            "doubtful": self.doubtful,
            "faults": [_fault_json(fault) for fault in self.faults],
            "questions": [_question_json(question) for question in self.questions],
        }


def _fault_json(fault: Fault) -> Mapping[str, str]:
    return {
        "kind": fault.kind.value,
        "severity": fault.severity.value,
        "place": fault.place,
        "message": fault.message(),
    }


def _question_json(question: ParsedQuestion) -> Mapping[str, object]:
    """What few questions have is named only where there is any; a picture is told of, not printed."""
    more: dict[str, object] = {"partial": True} if question.partial else {}
    if question.tags:
        more["tags"] = list(question.tags)
    if question.picture:
        names = ("media_type", "width", "height")
        more["picture"] = {name: getattr(question.picture, name) for name in names}
    return {
        "number": question.number,
        "place": question.place,
        "kind": question.kind,
        "text": question.text,
        "choices": [_choice_json(choice) for choice in question.choices],
        "topic": question.topic,
        "level": question.level,
        "citation": question.citation,
        "explanation": question.explanation,
        "faults": [_fault_json(fault) for fault in question.faults],
    } | more


def _choice_json(choice: ParsedChoice) -> Mapping[str, object]:
    """What belongs to few kinds is named only where there is any."""
    more = {"match": choice.match, "tolerance": choice.tolerance}
    plain = {"label": choice.label, "text": choice.text, "right": choice.right}
    return plain | {name: value for name, value in more.items() if value}
