"""The report on the records that were read one by one, completed by the counts of all others.

For the others a few copies of records stand in the table, one for those of each place of which the same became: they
lie where their records do, and count for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from msgspec import Struct

from communitycheck.model.report import STRAYS, Report, stray_notices
from communitycheck.model.result import Outcome, Reason, Records, RuleResult
from communitycheck.model.table import Column, Floats, Ints, Table
from communitycheck.products.sql.engine.verdicts import PlaceCounts, RecordStanding

_MISSED = (Outcome.FAIL, Outcome.NOT_DUE)
_REASONS = {Outcome.PASS: Reason.MET, Outcome.NOT_APPLICABLE: Reason.OUT_OF_SCOPE}
# What marks a stand-in for what became of its records, where no verdict of theirs counts there.
_MARKS = {RecordStanding.ANSWERED: Outcome.PASS, RecordStanding.OPEN: Outcome.NO_DATA}


class StandIns(Struct, frozen=True):
    """The copies behind the records of a table.

    Attributes:
        begin: where they begin. records: how many records each stands for, along them.
        at: place and standing -> its row.
    """

    begin: int
    records: npt.NDArray[np.int64]
    at: Mapping[tuple[int, RecordStanding], int]


class Counted(NamedTuple):
    """A verdict that counts for several: the position of one of them in its result, or the row of a stand-in.

    ``short``, ``add`` and ``least`` are means, where they are not those of that verdict itself.
    """

    row: int
    position: int
    outcome: Outcome
    number: int
    short: float | None = None
    add: float | None = None
    least: float | None = None


def with_stand_ins(table: Table, firsts: Mapping[int, int], counts: PlaceCounts) -> tuple[Table, StandIns]:
    """The table with copies of the first record of each place for those that are not in it.

    Args:
        firsts: the row of the first record of each place, in the file.
    """
    begin = len(table)
    told = sorted(counts.records.items())
    copied = [int(np.searchsorted(table.row_of, firsts[place] + 1)) for (place, _), _ in told]
    at = {key: begin + k for k, (key, _) in enumerate(told)}
    if copied:
        table = taken(table, np.concatenate([np.arange(begin), np.array(copied)]))
    return table, StandIns(begin, np.array([n for _, n in told], np.int64), at)


def taken(table: Table, rows: npt.NDArray[Any]) -> Table:
    """Some records of a table, in that order."""
    columns = {key: _taken(column, rows) for key, column in table.columns.items()}
    return replace(table, columns=columns, sheet_of=table.sheet_of[rows], row_of=table.row_of[rows])


def _taken(column: Column, rows: npt.NDArray[Any]) -> Column:
    low = None if column.lo is None else column.lo[rows]
    return Column(
        column.field,
        low,
        low if column.hi is column.lo or column.hi is None else column.hi[rows],
        text=None if column.text is None else column.text.take(pa.array(rows)),
        state=None if column.state is None else column.state[rows],
        truth=column.truth,
        half_step=None if column.half_step is None else column.half_step[rows],
        refused=None if column.refused is None else column.refused.take(pa.array(rows)),
    )


def rows_in(records: Records) -> Ints:
    """The rows of the table, for each of the records."""
    return np.arange(len(records), dtype=np.int32) if records.index is None else records.index


def complete(report: Report, stand_ins: StandIns, counts: PlaceCounts, untold: frozenset[str]) -> None:
    """Let the stand-ins count for the records that are not in the table, and each of these for itself."""
    tell_of_records(report, stand_ins, 1, untold)
    for result in report.results:
        if isinstance(result.subjects, Records):
            own = rows_in(result.subjects)
            own = own[own < stand_ins.begin]
            kept = [Counted(row, k, Outcome(int(result.outcome[k])), 1) for k, row in enumerate(own.tolist())]
            told = counts.verdicts.get((result.rule.standard, result.rule.id), [])
            rebuild(result, [*kept, *stood_for(told, stand_ins)])


def tell_of_records(report: Report, stand_ins: StandIns, each: int, untold: frozenset[str]) -> None:
    """Say how many records the rows of the report's table stand for: ``each`` of those in it, and the stand-ins."""
    for table in {id(records.table): records.table for records in report.records}.values():
        table.stands_for = np.concatenate([np.full(stand_ins.begin, each, np.int64), stand_ins.records])
        table.untold = untold
    if report.stray:
        told = [notice for notice in report.notices if notice.code != STRAYS]
        report.notices = [*told, *stray_notices(report.stray)]


def stood_for(told: list[tuple[int, RecordStanding, Outcome, int]], stand_ins: StandIns) -> Iterator[Counted]:
    """The verdicts that pass or do not apply, on the stand-ins of their records."""
    summed: dict[tuple[int, Outcome], int] = {}
    for place, kind, outcome, n in told:
        if outcome in _REASONS:
            key = stand_ins.at[place, kind], outcome
            summed[key] = summed.get(key, 0) + n
    for (row, outcome), n in sorted(summed.items()):
        yield Counted(row, -1, outcome, n)


def marked(result: RuleResult, stand_ins: StandIns) -> Iterator[Counted]:
    """What marks the stand-ins that a rule has looked at for what became of their records."""
    assert isinstance(result.subjects, Records)
    own = set(rows_in(result.subjects).tolist())
    for (_, kind), row in stand_ins.at.items():
        if row in own and kind in _MARKS:
            yield Counted(row, -1, _MARKS[kind], 0)


def rebuild(result: RuleResult, verdicts: list[Counted]) -> None:
    """Give the result these verdicts in the place of its own, in the order of their rows."""
    records = result.subjects
    assert isinstance(records, Records)
    verdicts = sorted(verdicts, key=lambda one: one.row)
    old = np.array([one.position for one in verdicts], np.int64)
    known = old >= 0
    short, add = result.short_and_add(np.arange(len(result), dtype=np.int32))
    outcome = np.array([one.outcome for one in verdicts], np.uint8)
    reasons = np.array([_REASONS.get(one.outcome, Reason.MISSING) for one in verdicts], np.uint8)

    def along(values: Floats, means: list[float | None]) -> Floats:
        found = np.full(len(verdicts), np.nan)
        found[known] = values[old[known]]
        for k, mean in enumerate(means):
            if mean is not None:
                found[k] = mean
        return found

    short, add = along(short, [one.short for one in verdicts]), along(add, [one.add for one in verdicts])
    if result.add_least is not None:
        stated = np.full(len(result), np.nan)
        stated[result.missed] = result.add_least
        result.add_least = along(stated, [one.least for one in verdicts])
    missed = np.flatnonzero(np.isin(outcome, _MISSED)).astype(np.int32)
    nothing: list[float | None] = []
    for name in ("observed_lo", "observed_hi", "required_lo", "required_hi"):
        setattr(result, name, along(getattr(result, name), nothing))
    reasons[known] = result.reason[old[known]]
    new = {int(at): k for k, at in enumerate(old.tolist()) if at >= 0}
    for name in result.__struct_fields__:
        by_place = getattr(result, name)
        if isinstance(by_place, dict) and all(isinstance(key, int) for key in by_place):
            setattr(result, name, {new[key]: value for key, value in by_place.items() if key in new})
    result.subjects = Records(records.table, np.array([one.row for one in verdicts], np.int32))
    result.outcome, result.reason, result.missed = outcome, reasons, missed
    result.shortfall, result.add = short[missed], None if result.add is None else add[missed]
    result.add_least = None if result.add_least is None else result.add_least[missed]
    result.stands_for = np.array([one.number for one in verdicts], np.int64)
