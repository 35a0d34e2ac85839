"""Where the files of a reading page are found."""

from flask import url_for

from contest.learning import page_queries
from contest.learning.page_text import Linked


def of_page(page_id: int) -> dict[str, Linked]:
    """The files of a page as its text may name them."""
    return {
        one.name: Linked(url_for("learning.file", token=one.token), one.width, one.height)
        for one in page_queries.files_of(page_id)
    }
