"""What became of the records that were read: how many were judged, and why the others were not."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Records, RuleResult
from communitycheck.model.table import Bools, Ints, Table, among

JUDGED = (Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE)
UNDECIDED = (Outcome.NO_DATA, Outcome.ERROR)


class RecordTally(Struct, frozen=True):
    """``read`` is the sum of ``judged`` and of all that is ``left``, by reason. Records of subjects that a return of a
    later period reports again are none of them.

    ``not-reported-again``: a later return of its place does not report it.
    ``no-jurisdiction``: no standard judges it, for where it lies. ``no-data``: all that was asked of it is missing.
    ``not-applicable``: it is in no rule's scope. ``no-rule``: no rule that could be checked is about its kind.
    """

    read: int
    judged: int
    left: dict[str, int]


def record_tally(report: Report) -> RecordTally:
    """Each record in one place: judged where a rule came to an answer about it, or about its region."""
    tables = list(dict.fromkeys(records.table for records in report.records))
    answered, open_, seen, stray, left_out = (_Marks(tables) for _ in range(5))
    for result in report.results:
        if isinstance(result.subjects, Records):
            answered.add(result.subjects, among(result.outcome, *JUDGED))
            open_.add(result.subjects, among(result.outcome, *UNDECIDED))
            seen.add(result.subjects)
        elif result.is_group and len(result):
            for records in _members(report, result):
                (answered if among(result.outcome, *JUDGED).any() else open_).add(records)
    for records in report.stray:
        stray.add(records)
    for one in report.past:
        if not one.again:
            left_out.add(one.records)
    read = report.subjects
    judged = answered.count(report)
    left = {}
    reasons = {"not-reported-again": left_out, "no-jurisdiction": stray, "no-data": open_, "not-applicable": seen}
    for reason, marks in reasons.items():
        before = answered.count(report)
        answered.join(marks)
        left[reason] = answered.count(report) - before
    left["no-rule"] = read - answered.count(report)
    return RecordTally(read, judged, {reason: n for reason, n in left.items() if n})


def _members(report: Report, result: RuleResult) -> list[Records]:
    governed = report.governed.get(result.rule.standard, [])
    return [records for records in governed if records.table.entity == result.rule.applies_to]


class _Marks:
    """A mark for each record of some tables."""

    def __init__(self, tables: list[Table]) -> None:
        self._of = {table: np.zeros(len(table), dtype=bool) for table in tables}

    def add(self, records: Records, marks: Bools | bool = True) -> None:
        own = self._of.get(records.table)
        if own is not None:
            own[slice(None) if records.index is None else records.index] |= marks

    def join(self, other: _Marks) -> None:
        for table, marks in other._of.items():
            self._of[table] |= marks

    def count(self, report: Report) -> int:
        """How many records of the report have the mark."""
        return sum(Records(r.table, _rows(r)[self._of[r.table][_rows(r)]]).count for r in report.records)


def _rows(records: Records) -> Ints:
    return np.arange(len(records.table), dtype=np.int32) if records.index is None else records.index
