"""What calamine leaves out of a sheet, whatever the format."""

from __future__ import annotations

from msgspec import Struct, field

from communitycheck.returns.files.formats.reader_service import Place


class FactsBesideValues(Struct):
    """What a second look at the file tells of a sheet.

    Attributes:
        shown: error cells with the text that they show.
        worded: numbers with the format that writes words to them.
        hidden_rows: first and last of each run.

    Of the rest see ``Grid``.
    """

    name: str
    shown: list[tuple[int, int, str]] = field(default_factory=list)
    worded: list[tuple[int, int, str]] = field(default_factory=list)
    uncached: list[Place] = field(default_factory=list)
    percent: list[Place] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[Place] = field(default_factory=list)
    hidden_columns: list[Place] = field(default_factory=list)
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    struck: list[Place] = field(default_factory=list)

    def hide_rows(self, first: int, count: int) -> None:
        _extend(self.hidden_rows, first, count)

    def hide_columns(self, first: int, count: int) -> None:
        _extend(self.hidden_columns, first, count)


def _extend(runs: list[Place], first: int, count: int) -> None:
    """Add a run; neighbours become one."""
    if runs and runs[-1][1] == first - 1:
        runs[-1] = (runs[-1][0], first + count - 1)
    else:
        runs.append((first, first + count - 1))
