"""Parts of a paper's page that are the same for many people: rendered once per process, for a hall opens it at once."""

from flask import get_template_attribute
from markupsafe import Markup

from contest.attempts import paper_queries
from contest.attempts.paper_queries import Kept
from contest.attempts.queries import GivenAnswer

NOT_GIVEN = GivenAnswer(0, "", 0, False)


def dots(last: int, given: dict[int, GivenAnswer], current: int = 0) -> list[dict[str, object]]:
    """The strip of questions."""
    return [
        {
            "number": number,
            "answered": bool(given.get(number, NOT_GIVEN).response),
            "flagged": given.get(number, NOT_GIVEN).flagged,
            "current": number == current,
        }
        for number in range(1, last + 1)
    ]


def _unanswered(key: tuple[int, str]) -> tuple[Markup, ...]:
    question = get_template_attribute("attempts/question_macro.html", "question")
    return tuple(question(one) for one in paper_queries.content(key[0]).questions)


def _sentences(_language: str) -> Markup:
    said: Markup = get_template_attribute("attempts/script_data.html", "sentences")()
    return said


def _untouched_strip(key: tuple[int, int, str]) -> Markup:
    last, current, _language = key
    strip: Markup = get_template_attribute("components.html", "question_strip")(
        dots(last, {}, current), name="go"
    )
    return strip


# Every question of a paper (its id, a language) with nothing answered, question 1 first.
unanswered: Kept[tuple[int, str], tuple[Markup, ...]] = Kept(_unanswered, most=1000)
# What the script on the phone says, as attributes.
sentences: Kept[str, Markup] = Kept(_sentences, most=10)
# The strip before anything was answered: so many questions, the one in view, a language.
untouched_strip: Kept[tuple[int, int, str], Markup] = Kept(_untouched_strip, most=1000)
