"""Every page of the program with an example address, and who opens it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Flask

from contest.permissions import Role

STRANGER, WINNER, AT_WORK, UNNAMED = "stranger", "winner", "at work", "unnamed"
AT_TABLE, SEATED = "at a volunteer's table", "seated at a volunteer's table"


@dataclass(frozen=True)
class Visit:
    """One address as one person opens it. `status` where a page is a refusal on purpose.

    `send`: the page is the answer to a form that stands at this address, sent with these fields changed;
    `to` is what the form's own address ends in, where that is another than the page's.
    """

    who: str
    endpoint: str
    values: Mapping[str, object] = field(default_factory=dict)
    status: int = 200
    send: Mapping[str, str] | None = None
    to: str = ""

    def path(self, app: Flask) -> str:
        """The address without the site."""
        return app.url_map.bind("localhost").build(self.endpoint, dict(self.values))


@dataclass(frozen=True)
class Site:
    """What the example addresses name: ids, codes and tokens of a small contest."""

    contest_id: int
    contest_code: str
    past: tuple[int, str]
    open: tuple[int, str]
    coming: tuple[int, str]
    draft_id: int
    bank_id: int
    question_id: int
    import_id: int
    doubtful_id: int
    event_id: int
    table: str
    reading_id: int
    reading_file: str
    practice_id: int
    practice_picture: str
    door: tuple[int, str]
    unit_id: int
    unit_import_id: int
    unit_job_id: int
    award_id: int
    invitation: str
    job_id: int
    picture: str
    call_id: int
    count_id: int
    evidence_id: int
    snapshot_id: int
    winner_id: int
    at_work_id: int
    entry_id: int
    handed_in: str
    under_way: str
    carried: str
    just_handed_in: str
    # A round whose people answer first, one of them, and what they handed in.
    answer_first: str
    unnamed_id: int
    unnamed_paper: str
    roster_upload_id: int = 0
    roster_job_id: int = 0
    roster_pass: str = ""
    duplicate_pair_id: int = 0


def public_pages(site: Site) -> list[Visit]:
    """What anybody may open."""
    closed, running, to_come = ({"code": code} for _id, code in (site.past, site.open, site.coming))
    contest = {"code": site.contest_code}
    return [
        Visit(STRANGER, "contests.home"),
        Visit(STRANGER, "contests.page", contest),
        Visit(STRANGER, "contests.rules", contest),
        Visit(STRANGER, "awards.public_page", contest),
        *(Visit(STRANGER, "attempts.round_page", code) for code in (closed, running, to_come)),
        Visit(WINNER, "attempts.round_page", closed),
        Visit(WINNER, "attempts.round_page", running),
        Visit(AT_WORK, "attempts.round_page", running),
        Visit(STRANGER, "events.door", {"code": "222222"}, status=404),
        Visit(STRANGER, "events.door", {"code": site.door[1]}),
        Visit(STRANGER, "people.enter", running),
        Visit(STRANGER, "people.enter", {"code": site.answer_first}),
        Visit(STRANGER, "learning.reading", contest),
        Visit(STRANGER, "learning.page", {"page_id": site.reading_id}),
        Visit(STRANGER, "learning.practice", contest),
        Visit(STRANGER, "learning.begin", {"set_id": site.practice_id}),
        *(
            Visit(
                STRANGER, "learning.question", {"set_id": site.practice_id, "seed": "mot", "number": number}
            )
            for number in (1, 2, 99)
        ),
        Visit(STRANGER, "assist.home", {"token": site.table}),
        Visit(AT_TABLE, "assist.home", {"token": site.table}),
        Visit(AT_TABLE, "assist.person", {"token": site.table}),
        Visit(SEATED, "assist.welcome", {"token": site.table}),
        Visit(STRANGER, "people.resume"),
        Visit(STRANGER, "people.mine", status=401),
        Visit(STRANGER, "rosters_public.open", {"token": site.roster_pass}),
        Visit(STRANGER, "results.sheet", closed),
        Visit(STRANGER, "results.sheet", running, status=404),
        *(Visit(STRANGER, "participation.public_page", code) for code in (closed, running, to_come)),
        Visit(STRANGER, "participation.public_page", closed | {"unit": "EVERY"}),
        Visit(STRANGER, "participation.contest_page", contest | {"with": ["EVERY1", "EVERY2"]}),
        Visit(STRANGER, "participation.frame", closed),
        Visit(STRANGER, "participation.contest_frame", contest),
        Visit(STRANGER, "staff.sign_in"),
        Visit(STRANGER, "staff.invitation", {"secret": site.invitation}),
    ]


def participants_pages(site: Site) -> list[Visit]:
    """What belongs to somebody who takes part."""
    return [
        Visit(AT_WORK, "attempts.paper", {"token": site.under_way}),
        Visit(AT_WORK, "attempts.paper", {"token": site.under_way, "q": 2}),
        Visit(AT_WORK, "attempts.review", {"token": site.under_way}),
        *(Visit(who, "handover.page", {"secret": site.carried}) for who in (AT_WORK, STRANGER)),
        Visit(STRANGER, "handover.page", {"secret": "never-offered"}, status=404),
        Visit(WINNER, "attempts.receipt", {"token": site.handed_in}),
        Visit(WINNER, "attempts.receipt", {"token": site.just_handed_in}),
        Visit(WINNER, "results.my_paper", {"token": site.handed_in}),
        Visit(WINNER, "results.my_paper", {"token": site.just_handed_in}, status=409),
        Visit(UNNAMED, "attempts.receipt", {"token": site.unnamed_paper}),
        Visit(UNNAMED, "claims.declare", {"code": site.answer_first}),
        Visit(UNNAMED, "people.mine"),
        Visit(WINNER, "people.mine"),
        Visit(WINNER, "people.correct", {"entry_id": site.entry_id}),
    ]


def desk_pages(site: Site) -> list[Visit]:
    """What the organiser opens, who may open nearly everything."""
    contest, bank = {"contest_id": site.contest_id}, {"bank_id": site.bank_id}
    draft, closed, running = ({"round_id": number} for number in (site.draft_id, site.past[0], site.open[0]))
    asked: list[tuple[str, Mapping[str, object]]] = [
        ("contests_desk.index", {}),
        ("contests_desk.create", {}),
        *((f"contests_desk.{name}", contest) for name in ("show", "edit", "rounds", "add_round", "rules")),
        ("contests_desk.edit_round", draft),
        ("contests_desk.edit_round", running),
        ("contests_desk.recipe", draft),
        ("attempts_desk.round_clock", running),
        ("attempts_desk.round_clock", running | {"q": "nguyen"}),
        ("contests_desk.paper", running | {"number": 1}),
        ("banks.index", {}),
        ("banks.create", {}),
        *(
            (f"banks.{name}", bank)
            for name in (
                "page",
                "rename",
                "aged",
                "sorting.page",
                "exports.choose",
                "drafts.upload",
                "questions.create",
            )
        ),
        *((f"banks.questions.{name}", {"question_id": site.question_id}) for name in ("page", "edit")),
        *(
            ("banks.drafts.page", {"import_id": site.import_id, "show": show})
            for show in ("doubtful", "ready")
        ),
        ("banks.drafts.mend", {"draft_id": site.doubtful_id}),
        ("banks.reading.page", {"job_id": site.job_id}),
        ("events_desk.index", {}),
        ("events_desk.round", closed),
        ("events_desk.round", running),
        ("events_desk.add", running),
        *((f"events_desk.{name}", {"event_id": site.event_id}) for name in ("event", "edit")),
        ("tables_desk.index", {"event_id": site.event_id}),
        ("learning_desk.index", contest),
        ("learning_desk.add_page", contest),
        ("learning_desk.edit_page", {"page_id": site.reading_id}),
        ("learning_desk.edit_set", {"set_id": site.practice_id}),
        ("people_desk.index", {}),
        ("people_desk.entry", {"entry_id": site.entry_id}),
        ("rosters.index", {}),
        ("rosters.show", contest),
        ("rosters.show", contest | {"q": "khong co"}),
        ("rosters.pairs", contest),
        ("rosters.pairs", contest | {"show": "settled"}),
        ("rosters.files.upload", contest),
        *(
            ("rosters.files.page", {"upload_id": site.roster_upload_id, "show": show})
            for show in ("faulty", "changed", "look")
        ),
        ("rosters.files.work", {"job_id": site.roster_job_id}),
        ("results_desk.index", {}),
        ("results_desk.sheet", closed),
        ("results_desk.sheet", running),
        ("results_desk.questions", closed),
        ("results_desk.look", closed),
        ("results_desk.look", running),
        ("results_desk.question", {"question_id": site.question_id}),
        ("participation_desk.index", {}),
        ("participation_desk.round", closed),
        *((f"targets.{name}", contest) for name in ("edit", "progress")),
        ("awards.index", contest),
        ("awards.sheet", {"sheet_id": site.award_id}),
        ("participation_desk.contest", contest),
        ("units.index", {}),
        ("units.index", {"q": "khong co"}),
        ("duplicates.overview", {}),
        ("duplicates.index", contest),
        ("duplicates.index", contest | {"show": "settled"}),
        ("duplicates.pair", {"pair_id": site.duplicate_pair_id}),
        ("corrections.index", {}),
        ("corrections.move", {"entry_id": site.entry_id}),
        ("reports.index", {}),
        ("reports.ask", {}),
        ("reports.edit", {"call_id": site.call_id}),
        ("reports.call", {"call_id": site.call_id}),
        ("reports.call", {"call_id": site.call_id, "show": "missing"}),
        ("reports.snapshots.show", {"snapshot_id": site.snapshot_id}),
        ("reports.snapshots.letterhead", {}),
        ("reports.reminders.show", {"call_id": site.call_id}),
        ("reports.unit.show", {"call_id": site.call_id, "unit_id": site.unit_id}),
        ("units.page", {"unit_id": site.unit_id}),
        ("units.edit", {"unit_id": site.unit_id}),
        ("units.add", {}),
        *((f"units.changes.{name}", {"unit_id": site.unit_id}) for name in ("move", "names")),
        *(
            ("units.changes.change", {"unit_id": site.unit_id, "kind": kind})
            for kind in ("rename", "merge", "split", "close")
        ),
        ("units.tables.upload", {}),
        ("units.tables.preview", {"import_id": site.unit_import_id}),
        ("units.tables.work", {"job_id": site.unit_job_id}),
        ("staff.password", {}),
    ]
    return [Visit(Role.ORGANISER, endpoint, values) for endpoint, values in asked]


def other_desk_pages(site: Site) -> list[Visit]:
    """What the other roles see otherwise than the organiser."""
    contest, closed = {"contest_id": site.contest_id}, {"round_id": site.past[0]}
    return [
        *(Visit(role, "desk.home") for role in Role),
        *(
            Visit(Role.ADMINISTRATOR, endpoint)
            for endpoint in ("staff.index", "history.index", "api_desk.index")
        ),
        *(
            Visit(Role.COORDINATOR, endpoint)
            for endpoint in ("units.index", "people_desk.index", "reports.index")
        ),
        Visit(Role.COORDINATOR, "reports.unit.show", {"call_id": site.call_id, "unit_id": site.unit_id}),
        Visit(Role.COORDINATOR, "participation_desk.round", closed),
        Visit(Role.COORDINATOR, "participation_desk.absent.page", contest),
        Visit(Role.COORDINATOR, "participation_desk.absent.printed", contest),
        Visit(Role.REVIEWER, "banks.questions.page", {"question_id": site.question_id}),
        Visit(Role.VIEWER, "contests_desk.show", contest),
        Visit(Role.AUTHOR, "staff.index", status=403),
    ]


def answers(site: Site) -> list[Visit]:
    """Pages that only a sent form brings: previews, codes shown once, refusals with what was typed."""
    running, draft = {"round_id": site.open[0]}, {"round_id": site.draft_id}
    unit, entry = {"unit_id": site.unit_id}, {"entry_id": site.entry_id}
    practice = {"set_id": site.practice_id, "seed": "mot", "number": 2}
    extra = {"whom": "unit", "unit": "EVERY1", "reason": "Mất điện ở hội trường"}
    change = {"basis": "Nghị quyết 12/NQ-HĐND", "name": "Phường Sen Hồng Thượng", "into": "EVERY2"}
    organiser: list[tuple[str, Mapping[str, object], int, Mapping[str, str], str]] = [
        ("attempts_desk.round_clock", running, 200, extra, "/clock/extra"),
        ("attempts_desk.round_clock", running, 422, {"reason": ""}, "/clock/pause"),
        *(
            ("units.changes.change", unit | {"kind": kind}, 200, change, "")
            for kind in ("rename", "merge", "close")
        ),
        ("units.changes.move", unit, 422, {"parent": "không có đơn vị này"}, ""),
        ("units.add", {}, 422, {"name": ""}, ""),
        ("contests_desk.edit_round", draft, 422, {"minutes": "-1"}, ""),
        ("contests_desk.create", {}, 422, {"name": ""}, ""),
        ("corrections.move", entry, 422, {"unit": "không có đơn vị này", "reason": "Nhầm"}, ""),
        ("banks.questions.edit", {"question_id": site.question_id}, 422, {"text": ""}, ""),
        ("reports.ask", {}, 422, {"name": ""}, ""),
        ("people_desk.entry", entry, 200, {}, "/code"),
    ]
    return [
        Visit(STRANGER, "learning.question", practice, 422, send={}),
        Visit(STRANGER, "learning.question", practice, send={"go": "show"}, to="/2"),
        Visit(STRANGER, "people.resume", status=422, send={"code": "AAAA"}),
        Visit(STRANGER, "people.enter", {"code": site.open[1]}, 422, send={"name": ""}),
        Visit(STRANGER, "staff.sign_in", status=422, send={"email": "ai@example.vn"}),
        Visit(AT_WORK, "attempts.review", {"token": site.under_way}, send={}, to="/hand-in"),
        Visit(
            AT_WORK, "attempts.review", {"token": site.under_way}, send={"prediction": "120"}, to="/hand-in"
        ),
        Visit(AT_WORK, "people.mine", send={}, to="/me/code"),
        *(
            Visit(Role.ORGANISER, where, named, status, sent, to)
            for where, named, status, sent, to in organiser
        ),
        Visit(Role.ADMINISTRATOR, "staff.index", send={}, to="/password-link"),
    ]


# What is looked at together.
PARTS: dict[str, Callable[[Site], list[Visit]]] = {
    "public": public_pages,
    "participants": participants_pages,
    "desk": desk_pages,
    "other desks": other_desk_pages,
    "answers": answers,
}


def pages(site: Site) -> list[Visit]:
    """Everything that is a page."""
    return [visit for part in PARTS.values() for visit in part(site)]


def downloads(site: Site) -> list[Visit]:
    """What is not a page: files, pictures, answers to scripts."""
    closed, running = {"round_id": site.past[0]}, {"round_id": site.open[0]}
    door = {"door_id": site.door[0]}
    board: list[tuple[str, Mapping[str, object]]] = [
        ("banks.drafts.file", {"import_id": site.import_id}),
        ("banks.template", {"name": "mau-ngan-hang-cau-hoi.docx"}),
        ("banks.template", {"name": "mau-ngan-hang-cau-hoi.xlsx"}),
        ("contests.picture", {"token": site.picture}),
        ("contests_desk.paper_pdf", running),
        ("events_desk.all_unit_posters", running),
        *(("events_desk.door_code", door | {"kind": kind}) for kind in ("svg", "png")),
        ("events_desk.door_poster", door),
        ("events_desk.round_code", running | {"kind": "svg"}),
        ("events_desk.round_poster", running),
        *(("participation_desk.download", closed | {"kind": kind}) for kind in ("xlsx", "csv")),
        ("reports.reminders.download", {"call_id": site.call_id}),
        *(("reports.snapshots.results", closed | {"kind": kind}) for kind in ("docx", "pdf")),
        ("reports.snapshots.file", {"snapshot_id": site.snapshot_id, "kind": "docx"}),
        ("participation_desk.contest_download", {"contest_id": site.contest_id, "kind": "csv"}),
        (
            "reports.unit.proof",
            {
                "call_id": site.call_id,
                "unit_id": site.unit_id,
                "count_id": site.count_id,
                "evidence_id": site.evidence_id,
            },
        ),
        ("targets.download", {"contest_id": site.contest_id}),
        ("rosters.files.template", {}),
        ("rosters.files.download", {"contest_id": site.contest_id}),
        ("awards.download_sheet", {"sheet_id": site.award_id}),
        ("units.tables.download", {}),
        ("units.tables.template", {}),
        ("targets.download", {"contest_id": site.contest_id}),
        *(
            ("units.tables.ready_made", {"name": "34-tinh-thanh-pho", "kind": kind})
            for kind in ("xlsx", "csv")
        ),
    ]
    public = ("results.download", "participation.download")
    contest = {"code": site.contest_code}
    return [
        *(Visit(Role.ORGANISER, endpoint, values) for endpoint, values in board),
        *(
            Visit(STRANGER, one, {"code": site.past[1], "kind": kind})
            for one in public
            for kind in ("xlsx", "csv")
        ),
        Visit(STRANGER, "learning.file", {"token": site.reading_file}),
        Visit(STRANGER, "learning.picture", {"set_id": site.practice_id, "token": site.practice_picture}),
        Visit(STRANGER, "awards.download", {"code": site.contest_code}),
        *(Visit(STRANGER, f"api.{name}") for name in ("openapi", "all_contests", "rounds", "all_units")),
        *(Visit(STRANGER, f"api.{name}", contest) for name in ("contest", "contest_participation")),
        *(
            Visit(STRANGER, f"api.{name}", {"code": site.past[1]})
            for name in ("round_", "participation", "standings")
        ),
        # Whoever holds no token is told so.
        Visit(STRANGER, "api_tokens.contest_units", contest, status=401),
        *(
            Visit(STRANGER, f"api_tokens.{name}", {"code": site.past[1]}, status=401)
            for name in ("round_units", "draft_standings")
        ),
        Visit(STRANGER, "participation.contest_download", contest | {"kind": "xlsx"}),
        Visit(STRANGER, "participation.chart", {"code": site.past[1], "name": "bands", "kind": "png"}),
        Visit(STRANGER, "participation.contest_chart", contest | {"name": "days", "kind": "svg"}),
        Visit(WINNER, "people.own_data"),
        Visit(Role.COORDINATOR, "participation_desk.absent.download", {"contest_id": site.contest_id}),
        Visit(AT_WORK, "attempts.state", {"token": site.under_way}),
        Visit(STRANGER, "attempts.opening", {"code": site.coming[1]}),
        Visit(STRANGER, "cards.contest", {"code": site.contest_code}),
        *(Visit(STRANGER, "cards.round_", {"code": site.past[1], "of": of}) for of in ("card", "results")),
        Visit(STRANGER, "units.suggest", {"q": "sen"}),
    ]
