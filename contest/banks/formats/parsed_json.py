"""A parsed bank as JSON and back, without loss: how the parsing child hands over what it read."""

import json
from base64 import b64decode, b64encode
from typing import Any

from contest.rules.parsed import (
    Fault,
    FaultKind,
    ParsedBank,
    ParsedChoice,
    ParsedPicture,
    ParsedQuestion,
    Severity,
)


def bank_to_json(bank: ParsedBank) -> str:
    """The whole bank as one line of JSON."""
    return json.dumps(bank, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    return b64encode(value).decode() if isinstance(value, bytes) else vars(value)


def bank_from_json(text: str | bytes) -> ParsedBank:
    """The bank that `bank_to_json` wrote; ValueError, KeyError or TypeError for anything else."""
    stored = json.loads(text)
    questions = tuple(map(_question, stored["questions"]))
    return ParsedBank(stored["format"], questions, tuple(map(_fault, stored["faults"])))


def _question(stored: dict[str, Any]) -> ParsedQuestion:
    choices = tuple(ParsedChoice(**choice) for choice in stored["choices"])
    faults = tuple(map(_fault, stored["faults"]))
    picture = _picture(stored["picture"])
    rebuilt = {"choices": choices, "faults": faults, "picture": picture, "tags": tuple(stored["tags"])}
    return ParsedQuestion(**stored | rebuilt)


def _picture(stored: dict[str, Any] | None) -> ParsedPicture | None:
    return ParsedPicture(**{**stored, "content": b64decode(stored["content"])}) if stored else None


def _fault(stored: dict[str, Any]) -> Fault:
    values = tuple((name, value) for name, value in stored["values"])
    return Fault(FaultKind(stored["kind"]), Severity(stored["severity"]), stored["place"], values)
