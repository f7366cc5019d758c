"""Figures that stand beside their names, in a form for one subject: no table, and no sheet without known columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from communitycheck.patterns import pattern
from communitycheck.returns.columns.headers.header import parse_header
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.meaning.match import candidates
from communitycheck.returns.grid import Grid
from communitycheck.returns.layout.cell_kinds import Kind, kind_of

# A form is no longer.
LONGEST = 200

_IN_ONE = pattern(r"([^:：]{2,20})[:：]\s*(\S{1,12})")


def states_known_figures(grid: Grid, rows: Sequence[int], names: FieldNames) -> bool:
    """Right of a cell with the name of a figure that rules ask for, or behind it in the cell (户数：1000), stands a
    figure."""
    return any(_names_a_figure(label, names) for label in _labels(grid, rows))


def are_labels(grid: Grid, rows: Sequence[int], names: FieldNames) -> bool:
    """Most of what figures stand behind are names of figures, as in a form: the one word 图书室 among the kinds of a
    list makes none."""
    told = [_names_a_figure(label, names) for label in _labels(grid, rows)]
    return any(told) and sum(told) * 2 >= len(told)


def _labels(grid: Grid, rows: Sequence[int]) -> Iterator[str]:
    """The texts that a figure stands right of or behind, in a sheet that is no longer than a form."""
    if len(rows) > LONGEST:
        return
    for row in rows:
        cells = [text for text in grid.row(row) if text and text.strip()]
        in_one = [(found[1], found[2]) for text in cells if (found := _IN_ONE.fullmatch(text.strip()))]
        for name, value in (*pairwise(cells), *in_one):
            if kind_of(value) is Kind.VALUE and kind_of(name) is Kind.TEXT:
                yield name


def _names_a_figure(text: str, names: FieldNames) -> bool:
    found = [c for c in candidates(parse_header(text), names) if c.confidence == 1.0]
    return any(names.fields[c.key].role is None and not names.fields[c.key].personal for c in found)
