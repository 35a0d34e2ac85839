"""By which headcount units are measured, in words."""

import pytest

from contest.rules.main_rate import in_words


@pytest.mark.parametrize(
    ("others", "union", "commune", "language", "words"),
    [
        ("officials", "officials", "officials", "vi", "Tỷ lệ của các đơn vị tính trên số cán bộ, công chức, viên chức."),
        (
            "officials",
            "youth",
            "residents",
            "vi",
            "Tỷ lệ của các đơn vị tính trên số cán bộ, công chức, viên chức; của tổ chức đoàn trên số đoàn viên; "
            "của xã, phường, đặc khu, thôn trên dân số trưởng thành.",
        ),
        ("youth", "youth", "residents", "en", "Rates of units are over union members; those of communes, wards, special "
         "zones and villages over adult residents."),
        ("officials", "youth", "officials", "en", "Rates of units are over officials; those of union bodies over union "
         "members."),
    ],
)  # fmt: skip
def test_the_rule_names_only_what_differs(others, union, commune, language, words):
    assert in_words(others, union, commune, language) == words
