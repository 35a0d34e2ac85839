"""The filters of a bank's list as an address carries them."""

from flask import request

from contest.banks.question_queries import Filters


def filters() -> Filters:
    """What the address or the form asks for."""
    asked = {name: request.values.get(name, "") for name in ("topic", "level", "state", "tag")}
    return Filters(search=request.values.get("q", ""), **asked)


def given(asked: Filters) -> dict[str, str]:
    """The same filters for an address; those not asked for are empty."""
    picked = {"q": asked.search, "topic": asked.topic, "level": asked.level}
    return {**picked, "state": asked.state, "tag": asked.tag}
