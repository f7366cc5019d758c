"""Figures that stand beside their names, in a form for one subject: no table, and no sheet without known columns."""

from __future__ import annotations

from collections.abc import Sequence
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
    if len(rows) > LONGEST:
        return False
    for row in rows:
        cells = [text for text in grid.row(row) if text and text.strip()]
        in_one = [(found[1], found[2]) for text in cells if (found := _IN_ONE.fullmatch(text.strip()))]
        for name, value in (*pairwise(cells), *in_one):
            if kind_of(value) is Kind.VALUE and kind_of(name) is Kind.TEXT and _names_a_figure(name, names):
                return True
    return False


def _names_a_figure(text: str, names: FieldNames) -> bool:
    found = [c for c in candidates(parse_header(text), names) if c.confidence == 1.0]
    return any(names.fields[c.key].role is None and not names.fields[c.key].personal for c in found)
