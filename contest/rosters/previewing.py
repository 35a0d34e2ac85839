"""What a read file would do, before anything is written: counts, and the lines of one kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contest.contests.models import Contest
from contest.database import db
from contest.paging import Page, page_of
from contest.rosters import queries
from contest.rosters.models import DraftState, RosterDraft, RosterRemark, RosterRow, RosterUpload
from contest.units import queries as units
from contest.units.models import Unit

# Beside the states of lines: good ones to look at, and people the file does not name.
LOOK, MISSING = "look", "missing"


@dataclass(frozen=True)
class Preview:
    """A page of the lines of one kind (`show`). `before`: rows as they stand, by id."""

    upload: RosterUpload
    contest: Contest
    unit: Unit
    counts: Mapping[str, int]
    show: str
    page: Page[Any]
    before: Mapping[int, RosterRow]
    units: Mapping[int, Unit]
    remarks: Mapping[int, list[RosterRemark]]

    @property
    def good(self) -> int:
        """How many lines taking in would write."""
        return self.counts[DraftState.NEW] + self.counts[DraftState.CHANGED]


def preview(upload: RosterUpload, asked: Mapping[str, str]) -> Preview:
    """What the page shows; without a kind in the address the one that needs a look most."""
    counts = queries.draft_counts(upload.id)
    counts |= {LOOK: _total(queries.remarked(upload.id)), MISSING: _total(queries.missing(upload))}
    order = (DraftState.FAULTY, DraftState.CHANGED, DraftState.NEW, LOOK, MISSING, DraftState.SAME)
    first = next((kind for kind in order if counts[kind]), DraftState.SAME)
    show = asked.get("show", "") if asked.get("show") in counts else first
    page: Page[Any]
    if show == MISSING:
        page = page_of(queries.missing(upload), asked.get("page"))
    elif show == LOOK:
        page = page_of(queries.remarked(upload.id), asked.get("page"))
    else:
        page = page_of(queries.drafts(upload.id, show), asked.get("page"))
    drafts = [one for one in page.rows if isinstance(one, RosterDraft)]
    before = queries.by_ids({one.row_id for one in drafts if one.row_id})
    unit_ids = {one.unit_id for one in page.rows} | {one.unit_id for one in before.values()}
    return Preview(
        upload,
        db.session.get_one(Contest, upload.contest_id),
        units.by_id(upload.unit_id),
        counts,
        show,
        page,
        before,
        units.by_ids(unit_ids),
        queries.remarks(upload.id, {one.number for one in drafts}),
    )


def _total(statement: Any) -> int:
    return page_of(statement, None, size=1).total
