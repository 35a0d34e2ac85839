"""Tables that become cards on a phone keep their words and know their headings."""

import pytest
from markupsafe import Markup

from contest.web.stacked import stacked

TABLE = Markup(
    "<thead><tr><th scope='col'>Đợt</th><th scope='col'><a href='?sort=1'>Đóng  lúc</a></th>"
    "<th scope='col'>Người &amp; lượt</th></tr></thead>"
    "<tbody>\n<tr><th scope='row'>Đợt 1</th><td class='long'>17:30<br><b>hôm nay</b></td><td></td></tr>"
    "<tr class='last'><th scope='row'>Đợt 2</th><td>8:00</td><td>3</td></tr></tbody>"
)


def test_each_cell_says_its_columns_heading():
    rows = stacked(TABLE).partition("<tbody>")[2]
    assert rows.count('data-label="Đóng lúc"') == 2
    assert rows.count('data-label="Người &amp; lượt"') == 1, "an empty cell needs no heading"
    assert '<td class=\'long\' role="cell" data-label="Đóng lúc">17:30<br><b>hôm nay</b></td>' in rows
    assert "<tr role=\"row\" class='last'>" in rows


def test_nothing_of_the_table_is_lost():
    assert Markup(stacked(TABLE)).striptags() == TABLE.striptags()


@pytest.mark.parametrize(
    "table",
    [
        Markup("<tbody><tr><td>ô</td></tr></tbody>"),
        Markup("<thead><tr><th colspan='2'>A</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>"),
        Markup("<thead><tr><th>A</th></tr><tr><th>B</th></tr></thead><tbody><tr><td>1</td></tr></tbody>"),
    ],
    ids=["no head", "spanning", "two rows of headings"],
)
def test_what_cannot_be_stacked_stays_as_it_is(table):
    assert stacked(table) == table
