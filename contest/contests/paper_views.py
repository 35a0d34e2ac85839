"""The numbered papers of a round as files to print."""

from flask import Response, request

from contest import clock
from contest.contests import paper_actions, paper_queries, printing, queries
from contest.database import write_transaction
from contest.permissions import Permission
from contest.web.access import current_actor, requires


@requires(Permission.CONTEST_EDIT)
def paper_pdf(round_id: int) -> Response:
    """Papers `first` to `last` as one PDF; `key=1` adds the keys, `columns=2` and `sides=2` say how to print."""
    now, actor = clock.now(), current_actor()
    round_ = queries.round_for_staff(round_id)
    papers = queries.papers_count(round_id)
    first, last = request.args.get("first", 1, int), request.args.get("last", papers, int)
    paper_actions.check_range(first, last, papers)
    with_key = request.args.get("key") == "1"
    questions = {
        number: paper_queries.printed(round_id, number, with_key) for number in range(first, last + 1)
    }
    content = printing.as_pdf(
        queries.contest_of(round_),
        round_,
        questions,
        with_key=with_key,
        columns=2 if request.args.get("columns") == "2" else 1,
        two_sided=request.args.get("sides") == "2",
    )
    if with_key:
        with write_transaction():
            paper_actions.note_keys_printed(queries.round_for_staff(round_id), first, last, now, actor)
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="de-{first}-{last}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
