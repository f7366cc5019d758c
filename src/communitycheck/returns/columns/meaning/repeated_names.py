"""Columns that name the same subjects anew, as wide tables do on each sheet of paper, slips of the pen aside."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise

from communitycheck.returns.columns.meaning.raw_columns import RawColumn
from communitycheck.returns.layout.cell_kinds import plain, printed

# In so large a share of the rows the names are the same, letter for letter; in fewer rows there is nothing to go by.
_MOSTLY = 0.9
_ENOUGH = 10
# So alike are two spellings of one name.
_ALIKE = 0.66

Slip = tuple[str, str]


def repeats_names(columns: list[RawColumn]) -> bool:
    """Whether the columns have one header and name one subject in each row, slips aside."""
    if len({printed(column.text) for column in columns}) > 1:
        return False
    return all(slips(first, second) is not None for first, second in pairwise(columns))


def slips(first: RawColumn, second: RawColumn) -> list[Slip] | None:
    """The names that the columns write differently; None where they are not the same subjects row by row.

    A name that stands in another row of the other column is no slip: it is another subject.
    """
    ones, others = ([plain(text) for text in column.cells.to_pylist()] for column in (first, second))
    pairs = [pair for pair in zip(ones, others, strict=True) if any(pair)]
    differ = [pair for pair in pairs if pair[0] != pair[1]]
    if len(pairs) < _ENOUGH or len(differ) > (1 - _MOSTLY) * len(pairs):
        return None
    known, there = set(ones), set(others)
    if all(_is_slip(one, other) and one not in there and other not in known for one, other in differ):
        return differ
    return None


def _is_slip(one: str, other: str) -> bool:
    return bool(one and other) and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
