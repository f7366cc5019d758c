"""Every subject with what it needs of one lever, the nearest to the line first, fetched by the column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from communitycheck.model.address import Address
from communitycheck.model.result import end_as_written
from communitycheck.model.rule import Rule
from communitycheck.model.subjects import Records, Subject
from communitycheck.model.table import Ints, combinations
from communitycheck.planning.needs import LeverNeed, NeedKind, NoAmount, RuleNeed

CHUNK = 2048
KINDS = tuple(NeedKind)


class NeedLine(Struct, frozen=True):
    """One subject and one lever.

    Attributes:
        now: what the lever is; None where nobody knows, two ends where bounds alone are known.
        rules: those that ask for it; ``deciding`` asks for most.
        blocked_by: those that no amount helps, and why.
        passes: whether, with all additions in place, each rule that was missed passes; None where nothing is added.
        counted: False for one that another record of the same subject is added up for.
    """

    subject: Subject
    at: Address | None
    cell: str
    kind: NeedKind
    least: float
    most: float
    now: tuple[float, float] | None
    rules: tuple[Rule, ...]
    deciding: Rule
    blocked_by: tuple[tuple[Rule, NoAmount], ...]
    passes: bool | None
    counted: bool


def need_lines(need: LeverNeed, places: Ints | None = None) -> Iterator[NeedLine]:
    """The lines at ``places``, by default all, the nearest to the line first."""
    order = need.nearest_first() if places is None else places
    rules = _rules(need)
    for start in range(0, len(order), CHUNK):
        yield from _chunk(need, order[start : start + CHUNK], rules)


def _chunk(need: LeverNeed, order: Ints, rules: tuple[Ints, list[tuple[int, ...]]]) -> Iterator[NeedLine]:
    rows, lever = need.rows[order], need.lever.key
    seen = Records(need.table).with_cells(rows, (lever,))
    column, codes = need.table.columns.get(lever), rules[0][order].tolist()
    nothing = np.full(len(rows), np.nan)
    low, high = (nothing, nothing) if column is None or column.lo is None or column.hi is None else (
        column.lo[rows], column.hi[rows]
    )  # fmt: skip
    stated = zip(low.tolist(), high.tolist(), strict=True)
    figures = (need.kind, need.least, need.most, need.deciding, need.passes, need.again, need.blocked)
    columns = [values[order].tolist() for values in figures]
    for one, (now, then), code, row, (kind, least, most, deciding, passes, again, blocked) in zip(
        seen, stated, codes, rows.tolist(), zip(*columns, strict=True), strict=True
    ):
        asking = tuple(need.parts[k] for k in rules[1][code])
        yield NeedLine(
            one.subject,
            one.at,
            one.cells[0] if one.cells else "",
            KINDS[kind],
            least,
            most,
            None if now != now or one.troubled else _ends(now, then),
            tuple(part.rule for part in asking),
            need.parts[deciding].rule,
            tuple(_blocking(asking, row)) if blocked else (),
            bool(passes) if kind < NeedKind.OPEN and most < np.inf else None,
            not again,
        )


def _ends(low: float, high: float) -> tuple[float, float]:
    return (low, high) if low == high else (end_as_written(low), end_as_written(high))


def _blocking(asking: Sequence[RuleNeed], row: int) -> Iterator[tuple[Rule, NoAmount]]:
    for part in asking:
        i = int(np.searchsorted(part.rows, row))
        if part.kind[i] == int(NeedKind.NONE):
            yield part.rule, NoAmount(int(part.why[i]))


def _rules(need: LeverNeed) -> tuple[Ints, list[tuple[int, ...]]]:
    """For each line the number of the set of rules that ask, and the sets."""
    asked = np.zeros((len(need.parts), len(need)), np.int32)
    for k, part in enumerate(need.parts):
        asked[k, np.searchsorted(need.rows, part.rows)] = 1
    first, numbers = combinations(((one, 2) for one in asked), len(need))
    return numbers.astype(np.int32), [tuple(np.flatnonzero(asked[:, k]).tolist()) for k in first.tolist()]
