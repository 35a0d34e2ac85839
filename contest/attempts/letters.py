"""Answers as the phone sends them (the letters this paper shows) and as they are stored (bank positions)."""

from contest.attempts.paper_queries import ShownQuestion
from contest.rules import grading


def stored(question: ShownQuestion, sent: str) -> str:
    """ "B" or "A,C" as a response of `rules.grading`; typed answers are tidied. ValueError if impossible.

    Phones never learn bank positions: in a bank whose first choice is always right they would be the key.
    """
    if not question.choices:
        response = grading.validate_response(question.kind, 0, sent)
        if not response.isprintable():
            raise ValueError("a typed answer has no control characters")
        return response
    places = {choice.label: str(choice.place) for choice in question.choices}
    letters = [letter.strip() for letter in sent.split(",") if letter.strip()]
    if any(letter not in places for letter in letters):
        raise ValueError("the paper shows no such choice")
    response = ",".join(places[letter] for letter in letters)
    return grading.validate_response(question.kind, len(places), response)


def sent(question: ShownQuestion, response: str) -> str:
    """The letters this paper shows for a stored response, in their order: "1,3" may be "A,D"."""
    if not question.choices or not response:
        return response
    chosen = set(response.split(","))
    return ",".join(choice.label for choice in question.choices if str(choice.place) in chosen)
