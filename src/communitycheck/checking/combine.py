"""The tables of all returns as one table for each kind of subject, with derived fields worked out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.evaluation.evaluate import evaluate
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import names_in, unanswerable
from communitycheck.model.expression.values import Num, Tru, settled
from communitycheck.model.subjects import Records
from communitycheck.model.table import Column, State, Table, among
from communitycheck.model.views.joined import Joined, join_tables
from communitycheck.model.views.table_parts import TablePart


def combine(tables: Iterable[Table | TablePart], dictionary: Dictionary) -> Joined:
    """One table for each entity, as ``join_tables`` makes it; what is yes or no by the dictionary is so in it."""
    joined = join_tables(tables)
    for table in joined.by_entity.values():
        for key, column in table.columns.items():
            field = dictionary.fields.get(key)
            column.truth = field is not None and field.type == "truth"
    return joined


def add_derived(
    table: Table, dictionary: Dictionary, wanted: Iterable[str], as_of: date, trail: tuple[str, ...] = ()
) -> None:
    """Work out the ``wanted`` fields that have no column, from other fields that may be derived themselves."""
    for key in wanted:
        field = dictionary.fields.get(key)
        if field is None or field.derived is None or key in trail:
            continue
        add_derived(table, dictionary, names_in(field.derived), as_of, (*trail, key))
        if unanswerable(field.derived, set(table.columns)):
            continue
        existing = table.columns.get(key)
        if existing is not None and (existing.state is None or not among(existing.state, State.ABSENT).any()):
            continue
        value = evaluate(field.derived, RecordContext(Records(table), {}, as_of))
        derived = _derived(key, value)
        _mark_absent(derived, [table.columns.get(name) for name in names_in(field.derived)])
        table.columns[key] = _merged(existing, derived)


def _derived(key: str, value: object) -> Column:
    if isinstance(value, Tru):
        low = np.where(value.yes, 1.0, np.where(value.no, 0.0, np.nan))
        return Column(key, low, low, state=_blank_where(np.isnan(low)), truth=True)
    if isinstance(value, Num):
        value = settled(value)
        nothing = np.isnan(value.lo) if value.na is None else np.isnan(value.lo) | (value.na > 0)
        return Column(key, value.lo, value.hi, state=_blank_where(nothing))
    raise TypeError(f"derived field {key} is text")


def _mark_absent(derived: Column, sources: list[Column | None]) -> None:
    """What has no value because a sheet lacks the column that it is derived from is not there, and no blank cell."""
    state = derived.state
    for source in sources:
        if state is not None and source is not None and source.state is not None:
            state[(state == State.BLANK) & among(source.state, State.ABSENT)] = State.ABSENT


def _blank_where(blank: np.ndarray) -> np.ndarray | None:
    return np.where(blank, np.uint8(State.BLANK), np.uint8(State.KNOWN)) if blank.any() else None


def _merged(existing: Column | None, derived: Column) -> Column:
    if existing is None:
        return derived
    assert existing.state is not None and existing.lo is not None and existing.hi is not None
    assert derived.lo is not None and derived.hi is not None
    absent = among(existing.state, State.ABSENT)
    low = np.where(absent, derived.lo, existing.lo)
    exact = existing.hi is existing.lo and derived.hi is derived.lo
    high = low if exact else np.where(absent, derived.hi, existing.hi)
    below = np.zeros(len(low), np.uint8) if derived.state is None else derived.state
    state = np.where(absent, below, existing.state)
    return Column(
        existing.field,
        low,
        high,
        state=state,
        truth=derived.truth,
        half_step=existing.half_step,
        borrowed=existing.borrowed,
    )
