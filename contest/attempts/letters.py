"""Answers as the phone sends them (the letters this paper shows) and as they are stored (bank positions)."""

from contest.attempts.paper_queries import ShownQuestion
from contest.rules import grading
from contest.rules.grading import Kind


def stored(question: ShownQuestion, sent: str) -> str:
    """ "B", "A,C" or "1-B,2-A" as a response of `rules.grading`; typed answers are tidied. ValueError if impossible.

    Phones never learn bank positions: in a bank whose first choice is always right they would be the key.
    """
    if not question.choices:
        response = grading.validate_response(question.kind, 0, sent)
        if not response.isprintable():
            raise ValueError("a typed answer has no control characters")
        return response
    parts = [part.strip() for part in sent.split(",") if part.strip()]
    place = _pair_place if question.kind is Kind.MATCHING else _choice_place
    response = ",".join(place(question, part) for part in parts)
    every = [choice.place for choice in (*question.choices, *question.lefts)]
    count = len(every) if question.kind is Kind.ORDERING else max(every) + 1
    return grading.validate_response(question.kind, count, response)


def _choice_place(question: ShownQuestion, letter: str) -> str:
    for choice in question.choices:
        if choice.label == letter:
            return str(choice.place)
    raise ValueError("the paper shows no such choice")


def _pair_place(question: ShownQuestion, pair: str) -> str:
    number, _, letter = pair.partition("-")
    for left in question.lefts:
        if left.label == number:
            return f"{left.place}-{_choice_place(question, letter)}"
    raise ValueError("the paper shows nothing to match under this number")


def sent(question: ShownQuestion, response: str) -> str:
    """The letters this paper shows for a stored response: "1,3" may be "A,D", "0-1" may be "1-C".

    Letters stand in the order of the paper, those of an ordering in the order that was given.
    """
    if not question.choices or not response:
        return response
    label = {str(choice.place): choice.label for choice in question.choices}
    if question.kind is Kind.ORDERING:
        return ",".join(label[place] for place in response.split(","))
    if question.kind is Kind.MATCHING:
        given = dict(pair.split("-") for pair in response.split(","))
        lefts = [left for left in question.lefts if str(left.place) in given]
        return ",".join(f"{left.label}-{label[given[str(left.place)]]}" for left in lefts)
    chosen = set(response.split(","))
    return ",".join(choice.label for choice in question.choices if str(choice.place) in chosen)
