"""Tables of a standard: a number by class, by range, or by several keys one after another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Union

from msgspec import Struct

from communitycheck.model.text import Text

# A number with the day from which it applies, oldest first.
DatedNumbers = tuple[tuple[date | None, float], ...]


class ByText(Struct, frozen=True):
    """A row for each text that the key may have."""

    rows: tuple[tuple[str, Entry], ...]


class ByNumber(Struct, frozen=True):
    """Ranges of a number, from the lowest up: ``entries[i]`` ends at ``edges[i]``, where the next begins.

    Attributes:
        edges: where a range ends, and whether the end belongs to it (``up_to``) or to the next one (``below``).
        entries: one more than there are edges; the last is None where the last range has an end.
        dimension: what the edges measure; None where they state no unit, and are in that of the key.
    """

    edges: tuple[tuple[float, bool], ...]
    entries: tuple[Entry, ...]
    dimension: str | None = None


# What stands in a row: a number (no number at all where the table lays none down), or the rows of the next key; None
# beyond the end of the last range.
Entry = Union[DatedNumbers, ByText, ByNumber, None]  # noqa: UP007 - recursive alias


class LookupTable(Struct, frozen=True):
    """One table of a standard.

    Attributes:
        unit: canonical unit of its numbers; ``dimension`` likewise.
        declared: the unit that the file states for them, ``factor`` of the canonical one; none where they differ.
        layer: id of the standard that set this version of it.
    """

    name: str
    rows: ByText | ByNumber
    unit: str = ""
    dimension: str | None = None
    clause: str = ""
    note: Text = Text()
    layer: str = ""
    declared: str = ""
    factor: float = 1.0


def in_force(numbers: DatedNumbers, day: date) -> float | None:
    """The number in force on ``day``; None before the first."""
    current = None
    for start, value in numbers:
        if start is None or start <= day:
            current = value
    return current


def below(entry: Entry) -> tuple[Entry, ...]:
    """What stands in the rows of the next key; nothing behind the last key."""
    match entry:
        case ByText(rows):
            return tuple(one for _, one in rows)
        case ByNumber(_, entries):
            return entries
        case _:
            return ()


def numbers_of(entry: Entry) -> Iterator[float]:
    """Every number of a table."""
    if isinstance(entry, tuple):
        yield from (value for _, value in entry)
    for one in below(entry):
        yield from numbers_of(one)


def first_days(entry: Entry) -> Iterator[date]:
    """The day of the first number of each row that has none before."""
    if isinstance(entry, tuple) and entry and entry[0][0] is not None:
        yield entry[0][0]
    for one in below(entry):
        yield from first_days(one)


def depth(entry: Entry) -> int:
    """How many keys it takes at most."""
    return 1 + max(map(depth, below(entry))) if isinstance(entry, ByText | ByNumber) else 0


def levels(entry: Entry, key: int) -> Iterator[ByText | ByNumber]:
    """The rows of the key at that place, counted from 0."""
    if isinstance(entry, ByText | ByNumber):
        if key == 0:
            yield entry
        for one in below(entry) if key else ():
            yield from levels(one, key - 1)
