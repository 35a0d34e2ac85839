"""The filters of a bank's list as an address carries them."""

from collections.abc import Mapping

from flask import request

from contest.banks.question_queries import Filters


def filters(values: Mapping[str, str] | None = None) -> Filters:
    """What the address or the form asks for; `values`: only what these say."""
    said = request.values if values is None else values
    asked = {name: said.get(name, "") for name in ("topic", "level", "state", "tag")}
    return Filters(search=said.get("q", ""), **asked)


def given(asked: Filters) -> dict[str, str]:
    """The same filters for an address; those not asked for are left out."""
    picked = {"q": asked.search, "topic": asked.topic, "level": asked.level}
    return {name: said for name, said in (picked | {"state": asked.state, "tag": asked.tag}).items() if said}
