"""What records elsewhere do not say: those of the period before, those of the region above; and what only those of an
earlier period said."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.fields import above_of
from communitycheck.checking.repeated.identity import Unpaired
from communitycheck.checking.repeated.judged import LatestRecords
from communitycheck.model.expression import compared_in
from communitycheck.model.result import ONLY_EARLIER, RuleResult, Untold
from communitycheck.model.standard import Rule
from communitycheck.model.subjects import Records
from communitycheck.model.table import Ints, State, among


def compared_by(rule: Rule) -> tuple[str, ...]:
    """The fields whose value of the period before the rule asks for."""
    return tuple(dict.fromkeys(name for node in rule.expressions for name in compared_in(node)))


def untold(rule: Rule, context: RecordContext, places: Ints) -> dict[int, tuple[Untold, ...]]:
    """For the records at ``places`` the fields that no record elsewhere answers for them, and why."""
    found: dict[int, tuple[Untold, ...]] = {}
    for name in compared_by(rule):
        for place, told in _of_period_before(name, context, places):
            if told.cell or told.code not in {one.code for one in found.get(place, ())}:
                found[place] = (*found.get(place, ()), told)
    for name in above_of(rule):
        for place, told in _of_region_above(name, context, places):
            found[place] = (*found.get(place, ()), told)
    return found


def only_earlier(result: RuleResult, latest: LatestRecords, places: Ints) -> dict[int, tuple[Untold, ...]]:
    """For the records at ``places`` the fields of which their own sheet has no column, and where an earlier record of
    the subject has a value."""
    found: dict[int, tuple[Untold, ...]] = {}
    records = result.subjects
    assert isinstance(records, Records)
    table, rows = records.table, records.rows(places)
    for name in result.fields:
        column = table.columns.get(name)
        if column is None or column.state is None:
            continue
        open_ = np.flatnonzero(among(column.state[rows], State.ABSENT))
        before = latest.before(rows[open_])
        while len(open_):
            known = np.flatnonzero((before >= 0) & among(column.state[before], State.KNOWN))
            for i, row in zip(places[open_[known]].tolist(), before[known].tolist(), strict=True):
                day = latest.periods.all[int(latest.periods.of[row])].last.isoformat()
                found[i] = (*found.get(i, ()), Untold(name, ONLY_EARLIER, day, table.place_of(name, row)))
            further = np.flatnonzero((before >= 0) & ~among(column.state[before], State.KNOWN))
            open_, before = open_[further], latest.before(before[further])
    return found


def _of_period_before(name: str, context: RecordContext, places: Ints) -> Iterator[tuple[int, Untold]]:
    table, paired, rows = context.records.table, context.earlier(name), context.records.rows(places)
    for place, row in zip(places.tolist(), rows.tolist(), strict=True):
        before = int(paired.rows[row])
        if before < 0:
            code = f"earlier-{Unpaired(int(paired.why[row])).word}"
            yield place, Untold(name, code, paired.day(row))
        elif state := _state(context, name, before):
            yield place, Untold(name, "earlier-cell", paired.day(row), table.place_of(name, before), state)


def _of_region_above(name: str, context: RecordContext, places: Ints) -> Iterator[tuple[int, Untold]]:
    found = context.region_above(name)
    if found is None:
        return
    others, lies_in = found
    kind = others.records.table.entity
    for place in places.tolist():
        members = lies_in.of_record(place)
        rows = [others.records.row(k) for k in members]
        troubled = next(((row, state) for row in rows if (state := _state(others, name, row))), None)
        if troubled is not None:
            row, state = troubled
            yield place, Untold(name, "above-cell", kind, others.records.table.place_of(name, row), state)
        elif not rows:
            yield place, Untold(name, "above-unlisted", kind)
        elif len({_said(others, name, row) for row in rows}) > 1:
            yield place, Untold(name, "above-several", kind)


def _said(context: RecordContext, name: str, row: int) -> object:
    column = context.records.table.columns[name]
    if column.text is not None:
        return column.text[row].as_py()
    assert column.lo is not None and column.hi is not None
    return float(column.lo[row]), float(column.hi[row])


def _state(context: RecordContext, name: str, row: int) -> State:
    column = context.records.table.columns.get(name)
    return State.ABSENT if column is None else column.state_at(row)
