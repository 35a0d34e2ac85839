"""Numbered papers as a PDF to print, typeset beside the event loop so that no phone waits for them."""

from collections.abc import Mapping, Sequence
from functools import partial

from gevent import get_hub
from gevent.monkey import is_module_patched

from contest.banks import pictures
from contest.contests.models import Contest, Label, Round
from contest.contests.paper_queries import PrintedQuestion
from contest.contests.words import LABELS
from contest.rules.question_shape import CHOSEN
from contest.web import papers
from contest.web.papers import Choice, Heading, NumberedPaper, Picture, Question
from contest.web.translations import current_language, shown


def as_pdf(
    contest: Contest,
    round_: Round,
    questions: Mapping[int, Sequence[PrintedQuestion]],
    *,
    with_key: bool,
    columns: int,
    two_sided: bool,
) -> bytes:
    """One PDF of these papers, by number. ValueError if there is none."""
    heading = Heading(
        contest.organiser,
        str(shown(LABELS[Label(contest.label)])),
        contest.name,
        round_.name,
        round_.minutes,
        language="en" if current_language() == "en" else "vi",
    )
    tokens = {each.picture.token for printed in questions.values() for each in printed if each.picture}
    files = pictures.contents(tokens)
    numbered = [
        NumberedPaper(str(number), [_question(each, files) for each in printed])
        for number, printed in questions.items()
    ]
    typeset = partial(
        papers.papers, heading, numbered, with_key=with_key, columns=columns, two_sided=two_sided
    )
    return bytes(get_hub().threadpool.apply(typeset)) if is_module_patched("threading") else typeset()


def _question(printed: PrintedQuestion, files: Mapping[str, bytes]) -> Question:
    picture = printed.picture
    return Question(
        printed.text,
        [Choice(choice.label, choice.text) for choice in printed.choices],
        [Choice(str(number), text) for number, text in enumerate(printed.lefts, start=1)],
        printed.kind not in CHOSEN,
        printed.key,
        Picture(files[picture.token], max(picture.width, picture.height)) if picture else None,
    )
