"""How an item of QTI 2.x or 3.0 says which response is right: its declarations and its rules of marking."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto

from lxml import etree

from contest.banks.formats.numbers import number
from contest.banks.formats.xml_tree import all_text, child, children, descendants, local

# Comparisons of the response with the declared right one.
COMPARISONS = frozenset({"match", "equal", "stringMatch"})
BRANCHES = frozenset({"responseIf", "responseElseIf", "responseElse"})


class Marking(Enum):
    """Where the right response is written."""

    CORRECT = auto()  # in correctResponse
    MAPPED = auto()  # in the mapping, as a number of points for each response
    OWN = auto()  # in rules that only a QTI engine follows


@dataclass(frozen=True)
class Declaration:
    """A declared response. `points`: None where the mapping has something that is no number."""

    cardinality: str
    base_type: str
    correct: tuple[str, ...] = ()
    points: dict[str, Decimal | None] = field(default_factory=dict)
    highest: Decimal | None = None
    otherwise: Decimal = Decimal(0)
    case_matters: bool = False

    def weights(self) -> dict[str, Decimal | None]:
        """What each mapped response earns, in per cent of the most that can be earned."""
        found = [points for points in self.points.values() if points is not None and points > 0]
        most = max(found, default=Decimal(0)) if self.cardinality == "single" else sum(found, Decimal(0))
        full = self.highest if self.highest is not None and self.highest > 0 else most
        return {
            key: None if points is None or not full else points * 100 / full
            for key, points in self.points.items()
        }


def declarations(item: etree._Element) -> dict[str, Declaration]:
    """The declared responses of an item by their identifiers."""
    return {each.get("identifier", ""): _declaration(each) for each in children(item, "responseDeclaration")}


def _declaration(element: etree._Element) -> Declaration:
    correct = child(element, "correctResponse")
    mapping = child(element, "mapping")
    values = () if correct is None else tuple(all_text(value).strip() for value in children(correct, "value"))
    cardinality, base_type = element.get("cardinality", "single"), element.get("baseType", "identifier")
    if mapping is None:
        return Declaration(cardinality, base_type, values)
    entries = list(children(mapping, "mapEntry"))
    return Declaration(
        cardinality,
        base_type,
        values,
        {entry.get("mapKey", "").strip(): number(entry.get("mappedValue", "")) for entry in entries},
        number(mapping.get("upperBound", "")),
        number(mapping.get("defaultValue", "0")) or Decimal(0),
        any(entry.get("caseSensitive") == "true" for entry in entries),
    )


def marking(item: etree._Element, declared: Declaration) -> Marking:
    """Which of its declarations an item is marked by."""
    processing = child(item, "responseProcessing")
    if processing is None:
        return Marking.CORRECT if declared.correct or not declared.points else Marking.MAPPED
    template = processing.get("template", "").rpartition("/")[2].removesuffix(".xml")
    if template:
        return {"match_correct": Marking.CORRECT, "map_response": Marking.MAPPED}.get(template, Marking.OWN)
    found = set(_rules(processing))
    if Marking.OWN in found or len(found) > 1:
        return Marking.OWN
    return next(iter(found), Marking.CORRECT)


def tolerance(item: etree._Element) -> str | None:
    """How far off a number may be ("0.5"), "" when not at all, None when that differs from side to side."""
    equal = next(descendants(item, "equal"), None)
    if equal is None or equal.get("toleranceMode", "exact") == "exact":
        return ""
    sides = set(equal.get("tolerance", "").split())
    absolute = equal.get("toleranceMode") == "absolute"
    return sides.pop() if absolute and len(sides) == 1 else None


def _rules(processing: etree._Element) -> Iterator[Marking]:
    """What each rule that gives points goes by."""
    for rule in descendants(processing, "setOutcomeValue"):
        if "SCORE" not in rule.get("identifier", "").upper():
            continue
        names = {local(each) for each in rule.iter()}
        if "mapResponse" in names:
            yield Marking.MAPPED
        elif _gives_points(rule):
            yield Marking.CORRECT if names <= _PLAIN and _asks_for_the_right_one(rule) else Marking.OWN


# What a rule that simply gives points is made of.
_PLAIN = frozenset({"setOutcomeValue", "baseValue", "sum", "variable"})


def _gives_points(rule: etree._Element) -> bool:
    values = [number(all_text(value)) for value in descendants(rule, "baseValue")]
    return any(value != 0 for value in values) or not values


def _asks_for_the_right_one(rule: etree._Element) -> bool:
    """Whether the innermost condition compares with the right response and outer ones only with nothing."""
    branches = [each for each in rule.iterancestors() if local(each) in BRANCHES]
    if not branches or local(branches[0]) == "responseElse":
        return False
    return _is_comparison(branches[0][0]) and all(map(_is_harmless, branches[1:]))


def _is_comparison(condition: etree._Element) -> bool:
    sides = {local(side) for side in condition}
    return local(condition) in COMPARISONS and sides == {"variable", "correct"}


def _is_harmless(branch: etree._Element) -> bool:
    """Whether a branch is taken by whoever has answered at all."""
    if local(branch) == "responseElse":
        return True
    return local(branch[0]) == "not" and [local(each) for each in branch[0]] == ["isNull"]
