"""What one cell says."""

from __future__ import annotations

import math
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from communitycheck.model.table import State

NAN = math.nan
INF = math.inf


class Cell(Struct, frozen=True):
    """The reading of one cell.

    Numbers and truths stand in ``lo`` and ``hi`` (equal unless the cell is a bound), words in ``text``. ``note`` is a
    message code where something has to be said about the reading, ``values`` what that message prints.
    """

    lo: float = NAN
    hi: float = NAN
    state: State = State.KNOWN
    note: str = ""
    text: str | None = None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        return self.state is State.KNOWN

    def noted(self, note: str, **values: Any) -> Cell:
        """The same reading with a note, unless it has one already."""
        return self if self.note else replace(self, note=note, values=values)


BLANK = Cell(state=State.BLANK)
EXEMPT = Cell(state=State.EXEMPT)
UNREADABLE = Cell(state=State.UNREADABLE, note="unreadable-value")
NO_RANGE = Cell(state=State.UNREADABLE, note="range-value")
ERROR_CELL = Cell(state=State.UNREADABLE, note="error-value")
IMPOSSIBLE = Cell(state=State.IMPOSSIBLE, note="impossible-value")


def number(value: float) -> Cell:
    return Cell(value, value)


def bound(lo: float, hi: float) -> Cell:
    return Cell(lo, hi, note="bound-value", values={"lo": lo, "hi": float(f"{hi:.8g}")})


def at_least(lo: float) -> Cell:
    return Cell(lo, INF, note="at-least-value", values={"lo": lo})


def word(text: str) -> Cell:
    return Cell(text=text)


def unreadable(note: str, **values: Any) -> Cell:
    return Cell(state=State.UNREADABLE, note=note, values=values)
