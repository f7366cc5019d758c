"""What a file that is over a limit is refused with, and the limits that are the same for every format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from communitycheck.errors import ReturnError, UsageError
from communitycheck.returns.grid import Grid
from communitycheck.system.limits import TABLE, OverLimit, held, in_force, limit, limit_value, refuse_more

# What a message about a limit advises has to help with that kind of input: a workbook can be saved anew, an archive
# be unpacked, a table of Arrow be written by the program that made it, of a database one table be read. The rest is
# the same for all.
InputKind = Literal["workbook", "archive", "arrow", "database"]
_OWN_CODES = ("too-large", "took-too-long")


def code_for(code: str, kind: InputKind) -> str:
    """The message for what is over a limit, in the words for that kind of input."""
    if kind == "database" and code == "unreadable-file":
        return "database-unreadable"
    return f"{kind}-{code}" if kind != "workbook" and code in _OWN_CODES else code


def refusal_of(over: OverLimit, path: str, kind: InputKind = "workbook") -> ReturnError:
    """The error for a file."""
    code = code_for(over.code, kind)
    if over.name == "seconds":
        return ReturnError(code, path=path, seconds=over.most)
    return ReturnError(code, path=path, **over.values)


@contextmanager
def limits(**wanted: int | str) -> Iterator[None]:
    """Other limits for what is read inside: ``with limits(memory="8GB", columns=5000): …``; the rest stay.

    Raises:
        UsageError: no limit is called so, or what it is given is no number.
    """
    try:
        those = {**in_force(), **{name: limit_value(name, value) for name, value in wanted.items()}}
    except ValueError as wrong:
        known = ", ".join(one.name for one in TABLE)
        raise UsageError("option-limit", option="limits", value=str(wrong), near="", known=known) from None
    with held(those):
        yield


@contextmanager
def limits_of(path: str, kind: InputKind = "workbook") -> Iterator[None]:
    """Inside, what is over a limit is the refusal of that file."""
    try:
        yield
    except OverLimit as over:
        raise refusal_of(over, path, kind) from None


def refuse_excess(grids: Sequence[Grid], path: str) -> None:
    """Hold what was read of a file against the limits of sheets, columns, rows and cells, before anybody looks into it.

    Raises:
        ReturnError: ``too-many-sheets``, ``too-many-columns``, ``too-many-rows``,
            ``too-many-cells``.
    """
    with limits_of(path):
        refuse_more("sheets", len(grids))
        refuse_more("cells", sum(len(grid.columns) * grid.n_rows for grid in grids))
        for grid in grids:
            refuse_more("rows", grid.n_rows)
            if len(grid.columns) > limit("columns"):  # a stray cell far to the right makes no wide table
                refuse_more("columns", sum(column.null_count < len(column) for column in grid.columns))
