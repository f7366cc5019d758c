"""No English message counts "1 rows": every one is filled in with ones and read."""

from __future__ import annotations

import re

import pytest

from communitycheck.messages import catalogue, filled, say
from each import each

# What follows a name, not a number: "mandatory clauses", "rule LN-01 judges", "the field area contradicts".
# fmt: off
DOES = {
    "adds", "applies", "as", "becomes", "begins", "belongs", "cites", "clauses", "contradicts", "does", "exempts",
    "exists", "fails", "gives", "goes", "has", "holds", "is", "judges", "lacks", "less", "lies", "lists", "makes",
    "means", "needs", "passes", "picks", "runs", "says", "scores", "stands", "states", "stays", "takes", "this",
    "was",
}
# fmt: on
WORDS = re.compile(r"\w+")
COUNTED = re.compile(r"(?<![\w.,])1 (?:(?:more|other|further|repeated|blank|hidden|unread|marked) )*([a-z]+s)\b")
DISAGREES = re.compile(r"(?<![\w.,])1 (?:more |blank )?(?!clauses)[a-z]+ (are|were|have|differ)\b")


@each("code", sorted(catalogue()))
def test_one_of_a_thing_is_not_many(code: str) -> None:
    template = catalogue()[code][1]
    text = filled(template, dict.fromkeys(WORDS.findall(template), 1))
    assert not [word for word in COUNTED.findall(text) if word not in DOES], text
    assert not DISAGREES.findall(text), text


@pytest.mark.parametrize(
    ("rows", "text"), [(1, "1 row is hidden; hidden rows count like the others"), (2, "2 rows are hidden")]
)
def test_the_number_chooses_the_word(rows: int, text: str) -> None:
    assert say("hidden-rows", "en", rows=rows).startswith(text)


def test_a_figure_of_one_is_one_however_it_is_held() -> None:
    assert filled("{hours:g} {{hours:hour|hours}}", {"hours": 1.0}) == "1 hour"
