"""Why verdicts could not be given."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct, field

from communitycheck.model.address import Address
from communitycheck.model.report import Report
from communitycheck.model.result import MEMBER_CELL, MEMBER_REPEATED, NONE_BELOW, Outcome, Reason, Records, RuleResult
from communitycheck.model.table import Bools, Ints, State, among

TROUBLES = (
    State.BLANK, State.UNREADABLE, State.IMPOSSIBLE, State.CONTRADICTED, State.DOUBTED, State.UNLISTED, State.EXEMPT,
)  # fmt: skip


class Cause(Struct):
    """Why verdicts could not be given: ``code`` is a cell's state or a reason, ``key`` the field to blame, if any."""

    code: str
    key: str
    standard: str
    count: int = 0
    rules: list[str] = field(default_factory=list)
    at: Address | None = None
    cells: tuple[str, ...] = ()


def causes(report: Report) -> list[Cause]:
    """Why verdicts could not be given, the most frequent first; counts sum to all no_data and error verdicts."""
    found: dict[tuple[str, str, str], Cause] = {}
    for result in report.results:
        for code, key, places in blamed(result):
            if not result.number_of(places):
                continue
            standard = result.rule.standard if key else ""
            cause = found.setdefault((code, key, standard), Cause(code, key, standard))
            if not cause.count:
                cause.at, cause.cells = result.subjects.at(int(places[0]), (key,) if key else result.fields)
            cause.count += result.number_of(places)
            if result.rule.id not in cause.rules:
                cause.rules.append(result.rule.id)
    return sorted(found.values(), key=lambda c: -c.count)


def blamed(result: RuleResult) -> Iterator[tuple[str, str, Ints]]:
    """(cause, field, positions), each undecided verdict in exactly one: the first cell in trouble is to blame."""
    undecided = among(result.outcome, Outcome.NO_DATA, Outcome.ERROR)
    if not undecided.any():
        return
    records = result.subjects
    for number in np.unique(result.reason[undecided]).tolist():
        left = np.flatnonzero(undecided & (result.reason == number)).astype(np.int32)
        reason = Reason(number)
        for (code, key), places in _below(result, left).items():
            yield code, key, np.array(places, np.int32)
            left = left[~np.isin(left, places)]
        if reason in (Reason.MISSING, Reason.SCOPE_UNKNOWN) and isinstance(records, Records):
            for state, key in [(s, k) for k in result.fields for s in TROUBLES] + [
                (State.ABSENT, k) for k in result.fields
            ]:
                hit = _in_state(records, key, state, left)
                if hit.any():
                    yield state.name.lower(), key, left[hit]
                    left = left[~hit]
        if len(left):
            yield reason.code.removeprefix("reason-"), "", left


def _below(result: RuleResult, places: Ints) -> dict[tuple[str, str], list[int]]:
    """The places of which records below them say why: none are listed, or a cell of theirs gives no value."""
    found: dict[tuple[str, str], list[int]] = {}
    for place in places.tolist() if result.untold and isinstance(result.subjects, Records) else ():
        for told in result.untold.get(place, ())[:1]:
            if told.code == NONE_BELOW:
                found.setdefault((told.code, ""), []).append(place)
            elif told.code == MEMBER_REPEATED:
                found.setdefault((Reason.REPEATS_UNDECIDED.code.removeprefix("reason-"), ""), []).append(place)
            elif told.code == MEMBER_CELL:
                found.setdefault((told.state.name.lower(), told.key), []).append(place)
    return found


def _in_state(records: Records, key: str, state: State, places: Ints) -> Bools:
    column = records.table.columns.get(key)
    if column is None:
        return np.full(len(places), state is State.ABSENT)
    if column.state is None:
        return np.zeros(len(places), dtype=bool)
    return among(column.state[records.rows(places)], state)
