"""The shapes of verdicts: those of one shape say the same but for a name, a place and the digits of numbers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from communitycheck.model.baseline import BaselineState
from communitycheck.model.result import Reason, Records, RuleResult
from communitycheck.model.table import Bools, Bytes, Floats, Ints, State, Table, among
from communitycheck.reporting.lines.numbers import differences
from communitycheck.reporting.words.numbers import PERCENT
from communitycheck.reporting.words.sentences import Wording

# So many ways to order the columns of a rule, and so many columns with their states, can be numbered in 64 bits.
_ORDERS, _FIELDS, _STATES = 100, 10, len(State)
_JUDGED = [int(Reason.MET), int(Reason.MISSED)]
ALONE = -1  # the shape of what is to be written by itself

Shapes = npt.NDArray[np.int64]


class VerdictNumbers(Struct, frozen=True):
    """The numbers of some verdicts, NaN where there is none, and which of them are printed as percentages."""

    observed: Floats
    required: Floats
    missing: Floats
    add: Floats
    percent: bool
    add_percent: bool

    @classmethod
    def of(cls, result: RuleResult, places: Ints, wording: Wording) -> VerdictNumbers:
        observed, required = result.observed_lo[places], result.required_lo[places]
        short, add = result.short_and_add(places)
        unit, add_unit = result.rule.unit, result.add_unit
        if not add_unit:
            add_unit = wording.unit_of(result.rule.lever or "", result.rule.standard)
        return cls(observed, required, differences(short, required), add, unit == PERCENT, add_unit == PERCENT)

    def at(self, some: slice | npt.NDArray[np.signedinteger]) -> VerdictNumbers:
        parts = self.observed[some], self.required[some], self.missing[some], self.add[some]
        return VerdictNumbers(*parts, self.percent, self.add_percent)

    def printed(self) -> Iterator[Floats]:
        """How large each is in print."""
        for values in (self.observed, self.required, self.missing):
            yield np.abs(values) * (100 if self.percent else 1)
        yield np.abs(self.add) * (100 if self.add_percent else 1)


def shapes(result: RuleResult, places: Ints, numbers: VerdictNumbers) -> Shapes:
    """The number of the shape of each verdict at ``places``, ``ALONE`` for groups, ranges, items and what is waived."""
    alone = np.full(len(places), ALONE)
    records, limits, truth = result.subjects, result.rule.threshold, result.kind == "truth"
    if result.rule.message is not None or result.rule.advice is not None:
        return alone  # words of its own may name the subject
    if not isinstance(records, Records) or len(result.fields) > _FIELDS or limits is None:
        return alone
    if not truth and (result.kind != "number" or limits.comparison.form != "limit"):
        return alone
    rows, reason = records.rows(places), result.reason[places]
    order, alike = _orders(records.table, rows, result.fields)
    shape = result.outcome[places].astype(np.int64) * 64 + reason
    if result.baseline is not None:
        shape = shape * len(BaselineState) + result.baseline[places]
    for value in (numbers.observed, numbers.required):
        shape = shape * 3 + (np.where(np.isnan(value), 2, value > 0) if truth else np.isfinite(value))
    for value in (numbers.missing, numbers.add):
        shape = shape * 3 + np.where(np.isnan(value), 2, value < 0)
        alike &= ~np.isinf(value)
    for size in numbers.printed():  # one alone, or with thousands marks; what may be rounded to either is left out
        shape = shape * 3 + np.where(size == 1, 1, np.where(size >= 1000, 2, 0))
        alike &= ~((size >= 999.9) & (size < 1000)) & ~((size > 0.99) & (size < 1.01) & (size != 1))
    shape = (shape * _ORDERS + order) * _STATES**_FIELDS + _states(records.table, rows, result.fields, reason)
    alike &= _same(numbers.observed, result.observed_hi[places]) & _same(numbers.required, result.required_hi[places])
    told = (result.waived, result.items_missing, result.unlisted, result.over_nothing, result.twins, result.untold)
    alike &= ~np.isin(places, [place for one in told for place in one])
    alike &= ~_told_apart(records.table, rows, result.fields)
    if result.asks_form:  # a fail quotes its cell
        alike &= ~among(reason, Reason.MISSED)
    return np.where(alike, shape, alone)


def _orders(table: Table, rows: Ints, fields: tuple[str, ...]) -> tuple[Ints, Bools]:
    """How the sheet of each record orders the columns, and whether its cells are letters with the number of its row."""
    sheets = table.sheet_of[rows]
    if any(column.borrowed for key in fields if (column := table.columns.get(key)) is not None):
        return sheets * 0, np.zeros(len(sheets), bool)
    known: dict[tuple[str | None, ...], int] = {}
    orders, straight = np.zeros(len(table.sheets), np.int32), np.zeros(len(table.sheets), bool)
    for n in np.unique(sheets).tolist():
        order = tuple(table.sheets[n].column_of(key) for key in fields)
        orders[n] = known.setdefault(order, len(known))
        plain = not table.sheets[n].transposed and table.sheets[n].row_keys is None
        straight[n] = plain and orders[n] < _ORDERS
    return orders[sheets], straight[sheets]


def _states(table: Table, rows: Ints, fields: tuple[str, ...], reason: Bytes) -> Shapes:
    """The states of the rule's cells as one number; they are said only where they kept it from judging."""
    undecided = np.flatnonzero(~np.isin(reason, _JUDGED))
    states, some = np.zeros(len(rows), np.int64), np.zeros(len(undecided), np.int64)
    for key in fields:
        column = table.columns.get(key)
        here = State.ABSENT if column is None else 0 if column.state is None else column.state[rows[undecided]]
        some = some * _STATES + here
    states[undecided] = some
    return states


def _told_apart(table: Table, rows: Ints, fields: tuple[str, ...]) -> Bools:
    """Where a remark of its own, or what else it contradicts, says why a cell gives no value."""
    found = np.zeros(len(rows), bool)
    for key in fields:
        column = table.columns.get(key)
        if column is not None and column.state is not None:
            found |= among(column.state[rows], State.DOUBTED, State.CONTRADICTED)
    return found


def _same(low: Floats, high: Floats) -> Bools:
    same: Bools = (low == high) | (np.isnan(low) & np.isnan(high))
    return same
