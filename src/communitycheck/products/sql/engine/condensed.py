"""The report on the records that were read one by one, completed by the counts of all others.

For the others a few copies of records stand in the table, one for those of each place that some rule has come to an
answer about and one for the rest: they lie where their records do, and count for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from communitycheck.model.report import STRAYS, Report, stray_notices
from communitycheck.model.result import Outcome, Reason, Records, RuleResult
from communitycheck.model.table import Column, Table
from communitycheck.products.sql.engine.verdicts import SilentCounts

_REASONS = {int(Outcome.PASS): Reason.MET, int(Outcome.NOT_APPLICABLE): Reason.OUT_OF_SCOPE}
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StandIns:
    """The copies behind the records of a table.

    Attributes:
        begin: where they begin. records: how many records each stands for, along them.
        at: place and whether its records are answered -> its row.
    """

    begin: int
    records: Counts
    at: Mapping[tuple[int, bool], int]


def with_stand_ins(table: Table, firsts: Mapping[int, int], counts: SilentCounts) -> tuple[Table, StandIns]:
    """The table with a copy of the first record of each place for those that are not in it.

    Args:
        firsts: the row of the first record of each place, in the file.
    """
    begin = len(table)
    at: dict[tuple[int, bool], int] = {}
    records: list[int] = []
    copied: list[int] = []
    for place, n in counts.records.items():
        answered = counts.answered.get(place, 0)
        for kind, count in ((True, answered), (False, n - answered)):
            if count:
                at[place, kind] = begin + len(copied)
                copied.append(int(np.searchsorted(table.row_of, firsts[place] + 1)))
                records.append(count)
    if copied:
        table = _taken(table, np.concatenate([np.arange(begin), np.array(copied)]))
    return table, StandIns(begin, np.array(records, np.int64), at)


def _taken(table: Table, rows: npt.NDArray[Any]) -> Table:
    """Some records of a table, in that order."""
    columns = {key: _taken_column(column, rows) for key, column in table.columns.items()}
    return replace(table, columns=columns, sheet_of=table.sheet_of[rows], row_of=table.row_of[rows])


def _taken_column(column: Column, rows: npt.NDArray[Any]) -> Column:
    def picked(values: Any) -> Any:
        return None if values is None else values[rows]

    low = picked(column.lo)
    return Column(
        column.field,
        low,
        low if column.hi is column.lo else picked(column.hi),
        text=None if column.text is None else column.text.take(pa.array(rows)),
        state=picked(column.state),
        truth=column.truth,
        half_step=picked(column.half_step),
        refused=None if column.refused is None else column.refused.take(pa.array(rows)),
    )


def complete(report: Report, stand_ins: StandIns, counts: SilentCounts, untold: frozenset[str]) -> None:
    """Let the stand-ins count for their records, in the records of the report and in its results."""
    for table in {id(records.table): records.table for records in report.records}.values():
        table.stands_for = np.concatenate([np.ones(stand_ins.begin, np.int64), stand_ins.records])
        table.untold = untold
    for result in report.results:
        silent = counts.verdicts.get((result.rule.standard, result.rule.id))
        if isinstance(result.subjects, Records):
            _complete(result, stand_ins, silent or [])
    if report.stray:
        told = [notice for notice in report.notices if notice.code != STRAYS]
        report.notices = [*told, *stray_notices(report.stray)]


def _complete(result: RuleResult, stand_ins: StandIns, silent: list[tuple[int, bool, int, int]]) -> None:
    """The result without the verdicts on the stand-ins, and with those that they stand for."""
    records = result.subjects
    assert isinstance(records, Records)
    rows = np.arange(len(records), dtype=np.int32) if records.index is None else records.index
    kept = int(np.searchsorted(rows, stand_ins.begin))
    missed = int(np.searchsorted(result.missed, kept))
    summed: dict[tuple[int, int], int] = {}
    for place, answered, outcome, n in silent:
        key = stand_ins.at[place, answered], outcome
        summed[key] = summed.get(key, 0) + n
    added = sorted(summed)
    result.subjects = Records(records.table, np.concatenate([rows[:kept], _ints([row for row, _ in added])]))
    result.outcome = np.concatenate([result.outcome[:kept], np.array([o for _, o in added], np.uint8)])
    reasons = np.array([_REASONS[outcome] for _, outcome in added], np.uint8)
    result.reason = np.concatenate([result.reason[:kept], reasons])
    nothing = np.full(len(added), np.nan)
    for name in ("observed_lo", "observed_hi", "required_lo", "required_hi"):
        setattr(result, name, np.concatenate([getattr(result, name)[:kept], nothing]))
    result.stands_for = np.concatenate([np.ones(kept, np.int64), np.array([summed[key] for key in added], np.int64)])
    result.missed, result.shortfall = result.missed[:missed], result.shortfall[:missed]
    result.add = None if result.add is None else result.add[:missed]
    result.add_least = None if result.add_least is None else result.add_least[:missed]
    for one in fields(result):
        kept_by_place = getattr(result, one.name)
        if isinstance(kept_by_place, dict):
            setattr(result, one.name, {k: value for k, value in kept_by_place.items() if not _beyond(k, kept)})


def _beyond(key: object, kept: int) -> bool:
    return isinstance(key, int) and key >= kept


def _ints(values: list[int]) -> npt.NDArray[np.int32]:
    return np.array(values, np.int32)
