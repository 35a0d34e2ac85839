"""The files of a frozen report, made beside the event loop: thousands of lines must not stop the phones of a round."""

from collections.abc import Callable

from gevent import get_hub
from gevent.monkey import is_module_patched

from contest.reports import snapshot_paper, snapshot_tables
from contest.reports.snapshot_queries import Frozen
from contest.web import official_docx, official_pdf

FILES: dict[str, Callable[[Frozen], bytes]] = {
    "docx": lambda frozen: official_docx.docx(snapshot_paper.paper(frozen)),
    "pdf": lambda frozen: official_pdf.pdf(snapshot_paper.paper(frozen)),
    "xlsx": snapshot_tables.as_workbook,
    "csv": snapshot_tables.as_csv,
}


def file(frozen: Frozen, kind: str) -> bytes:
    """One of FILES, from rows that have been read already."""
    if is_module_patched("threading"):
        return bytes(get_hub().threadpool.apply(FILES[kind], (frozen,)))
    return FILES[kind](frozen)
