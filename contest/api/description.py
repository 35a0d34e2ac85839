"""The OpenAPI description of the interface, built from one table of paths and one of shapes."""

from typing import Any

from contest.participation.seen_as import View
from contest.results.models import SheetState
from contest.units.models import HeadcountKind

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_PHASE: Schema = {"type": "string", "enum": ["before", "open", "closed"]}
_TOKEN: Schema = {
    "type": "http",
    "scheme": "bearer",
    "description": "Made by an administrator; covers a unit with all below it, or every unit.",
}
_MAY_BE: Schema = {"type": "null"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, _MAY_BE]}


def _object(**fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _list(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _paged(row: str, **more: Schema) -> Schema:
    rows = _list({"$ref": f"#/components/schemas/{row}"})
    one = {"type": "integer", "minimum": 1}
    return _object(**more, page=one, pages=one, total=_COUNT, rows=rows)


_RATE: dict[str, Schema] = {
    "headcount": _or_null(_COUNT),
    "percent": _or_null({"type": "number", "minimum": 0, "maximum": 100}),
    "over": {
        "type": "boolean",
        "description": "More took part than there are: to be checked; percent is null.",
    },
}
_KIND: Schema = {"type": "string", "enum": [kind.value for kind in HeadcountKind]}
_RATES: dict[str, Schema] = {
    "kind_of_rate": _KIND | {"description": "Of which headcount the main rate is."},
    **_RATE,
    "rates": _list(_object(kind=_KIND, people=_COUNT, **_RATE))
    | {"description": "The main rate and those beside it, each of its own people over its own headcount."},
}
_VERIFIED: Schema = _or_null(_object(people=_COUNT, **_RATE)) | {
    "description": "People known by the staff lists of units, and the main rate of them alone; null where nobody is."
}
_TALLY: dict[str, Schema] = {"people": _COUNT, "attempts": _COUNT}
_NAMED: dict[str, Schema] = {"code": _TEXT, "name": _TEXT}

SHAPES: dict[str, Schema] = {
    "Error": _object(error=_TEXT),
    "Contest": _object(**_NAMED, organiser=_TEXT, phase=_PHASE, rounds=_list(_TEXT)),
    "Contests": _paged("Contest"),
    "Round": _object(
        **_NAMED,
        contest=_TEXT,
        number=_COUNT,
        opens_at=_MOMENT,
        closes_at=_MOMENT,
        minutes=_COUNT,
        phase=_PHASE,
    ),
    "Rounds": _paged("Round"),
    "Unit": _object(**_NAMED, kind=_TEXT, parent=_or_null(_TEXT), closed={"type": "boolean"}),
    "Units": _paged("Unit"),
    "UnitNumbers": _object(**_NAMED, kind=_TEXT, **_TALLY, **_RATES, verified=_VERIFIED),
    "BlockNumbers": _object(**_NAMED, **_TALLY, tenths={"type": "integer", "minimum": 0, "maximum": 1000}),
    "Participation": _paged(
        "UnitNumbers",
        contest=_TEXT,
        round=_or_null(_TEXT),
        unit=_or_null(_TEXT),
        counted_at=_or_null(_MOMENT),
        **_TALLY,
        **_RATES,
        verified=_VERIFIED,
        units=_object(all=_COUNT, took_part=_COUNT, everybody=_COUNT, nobody=_COUNT, over=_COUNT),
        blocks=_list({"$ref": "#/components/schemas/BlockNumbers"}),
    ),
    "Standing": _object(
        block=_TEXT,
        position=_COUNT,
        rank=_or_null(_COUNT),
        name=_TEXT,
        unit=_TEXT,
        score=_COUNT,
        out_of=_COUNT,
        duration_seconds=_COUNT,
        handed_in_at=_MOMENT,
    ),
    "Standings": _paged("Standing", round=_TEXT, version=_COUNT, published_at=_MOMENT, rule=_TEXT),
    "AnyStandings": _paged(
        "Standing",
        state={"type": "string", "enum": [state.value for state in SheetState]},
        round=_TEXT,
        version=_COUNT,
        published_at=_or_null(_MOMENT),
        rule=_TEXT,
    ),
    "UnitInFull": _object(
        **_NAMED,
        kind=_TEXT,
        parent=_or_null(_TEXT),
        closed={"type": "boolean"},
        **_TALLY,
        **_RATES,
        direct=_object(**_TALLY),
        blocks=_list(_object(code=_TEXT, **_TALLY)),
    ),
    "UnitsInFull": _paged("UnitInFull", contest=_TEXT, round=_or_null(_TEXT), counted_at=_or_null(_MOMENT)),
}

MOST_PAGES = 100_000
_ASKED: dict[str, Schema] = {
    "page": {"type": "integer", "minimum": 1, "maximum": MOST_PAGES},
    "q": {"type": "string", "maxLength": 200},
    "unit": {"type": "string", "maxLength": 40},
    "block": {"type": "string", "maxLength": 40},
    # Of which headcount the main rate is to be, and whether units are those of today.
    "of": _KIND,
    "as": {"type": "string", "enum": [view.value for view in View]},
}

NUMBERS = ("unit", "block", "of", "as", "page")

# Path, summary, what it answers, and what may be asked for in the query.
PATHS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("/contests", "Published contests, newest first", "Contests", ("page",)),
    ("/contests/{code}", "One contest", "Contest", ()),
    ("/contests/{code}/participation", "Numbers over all rounds", "Participation", NUMBERS),
    ("/rounds", "Published rounds", "Rounds", ("page",)),
    ("/rounds/{code}", "One round", "Round", ()),
    ("/rounds/{code}/participation", "Numbers of a round", "Participation", NUMBERS),
    ("/rounds/{code}/standings", "The newest published standings", "Standings", ("block", "page")),
    ("/units", "Units, found with or without accents", "Units", ("q", "page")),
)

# The same, for programs with a token.
TOKEN_PATHS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "/staff/contests/{code}/units",
        "Every unit over all rounds",
        "UnitsInFull",
        ("unit", "of", "as", "page"),
    ),
    ("/staff/rounds/{code}/units", "Every unit in a round", "UnitsInFull", ("unit", "of", "as", "page")),
    ("/staff/rounds/{code}/standings", "The newest standings, published or not", "AnyStandings", ("page",)),
)


def openapi(server: str) -> dict[str, Any]:
    """The whole description, for the installation at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Hội Thi",
            "version": "1",
            "description": "Read-only public numbers of contests. Moments are UTC; people and attempts are "
            "never the same count: a person counts once, every attempt counts.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": f"{server}/api/v1"}],
        "paths": {
            path: {"get": _operation(path, summary, shape, asked)} for path, summary, shape, asked in PATHS
        }
        | {
            path: {"get": _for_token(_operation(path, summary, shape, asked))}
            for path, summary, shape, asked in TOKEN_PATHS
        },
        "components": {"schemas": SHAPES, "securitySchemes": {"token": _TOKEN}},
    }


def _operation(path: str, summary: str, shape: str, asked: tuple[str, ...]) -> dict[str, Any]:
    code = {"name": "code", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 40}}
    parameters = [code] if "{code}" in path else []
    parameters += [{"name": name, "in": "query", "required": False, "schema": _ASKED[name]} for name in asked]
    answers = {"200": _answer("As asked", shape), "400": _answer("The query cannot be read", "Error")}
    if parameters:
        answers["404"] = _answer("There is no such thing, or nothing is published yet", "Error")
    return {"summary": summary, "parameters": parameters, "responses": answers}


def _for_token(operation: dict[str, Any]) -> dict[str, Any]:
    answers = operation["responses"] | {
        "401": _answer("No token, or one that works no more", "Error"),
        "403": _answer("The token does not cover this", "Error"),
    }
    return operation | {"security": [{"token": []}], "responses": answers}


def _answer(words: str, shape: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{shape}"}
    return {"description": words, "content": {"application/json": {"schema": schema}}}
