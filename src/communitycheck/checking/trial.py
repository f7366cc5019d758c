"""Records judged again with some of their figures changed, by the very judge that gave the verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from msgspec import Struct, field

from communitycheck.checking.combine import add_derived
from communitycheck.checking.evaluation.evaluate import evaluate
from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.judge import judge
from communitycheck.model.expression import Call, names_in
from communitycheck.model.expression.values import Num, Value, taken
from communitycheck.model.result import Records, RuleResult
from communitycheck.model.standard import Rule
from communitycheck.model.table import Bools, Column, Ints, State, Table

# Field -> a figure, or the text, for each trial.
Figures = Mapping[str, Any]


class Trial(Struct, frozen=True):
    """The records at ``places`` among the governed under ``rule``, whose parameters are worked in.

    What the records below them come to stays as it is, and is worked out once. What is derived from a changed figure is
    derived anew.
    """

    rule: Rule
    governed: GovernedRecords
    places: Ints
    _known: dict[Call, Num] = field(default_factory=dict)
    _columns: dict[int, dict[str, Column]] = field(default_factory=dict)  # as they are, each so many times

    @classmethod
    def of_one(cls, rule: Rule, governed: GovernedRecords, i: int) -> Trial:
        return cls(rule, governed, np.array([i], np.int32))

    def judged(self, figures: Figures | None = None, times: int = 1) -> RuleResult:
        """Each record so many times, each time with its own of the ``figures``; what is left out stays as it is."""
        few = self.copies(figures or {}, times)
        result = judge(self.rule, few)
        few.look_again()  # the two know each other, and would wait for the collector
        return result

    def not_exact(self) -> Bools:
        """Which of the records lack a figure that the rule reads, or state it within bounds."""
        found = np.zeros(len(self.places), bool)
        for column in self._as_they_are(self.governed.records.rows(self.places), 1).values():
            if column.state is not None:
                found |= column.state != State.KNOWN
            if column.lo is not None:
                found |= np.isnan(column.lo) if column.hi is column.lo else ~(column.lo == column.hi)
        return found

    def copies(self, figures: Figures, times: int = 1) -> GovernedRecords:
        """Governed records: each record so many times."""
        old, own, places = self.governed.table, self.governed.dictionary, np.repeat(self.places, times)
        rows, n = self.governed.records.rows(places), len(places)
        columns = dict(self._as_they_are(rows, times))
        columns |= {k: _column(k, values, n, old.columns.get(k)) for k, values in figures.items()}
        sheets = [old.sheets[int(old.sheet_of[row])] for row in rows[:1].tolist()]  # no trial looks at another sheet
        table = Table(old.about, columns, sheets, np.zeros(n, np.int32), old.row_of[rows])
        derive_again(table, figures, self.governed, rows)
        few = GovernedRecords(
            self.governed.standard,
            own,
            Records(table),
            self.governed.out_of_jurisdiction[places],
            self.governed.as_of,
            [],
            {rule: outcome[places] for rule, outcome in self.governed.outcomes.items()},
            {rule: exempt[places] for rule, exempt in self.governed.exempt.items()},
        )
        few.held = lambda call: self._held(call, figures, places)
        few.recompute = lambda rule: lambda call: taken(self._below(call), places)
        return few

    def _as_they_are(self, rows: Ints, times: int) -> dict[str, Column]:
        """The columns that the rule reads, copied once."""
        if times not in self._columns:
            old = self.governed.table.columns
            nodes = self.rule.expressions
            names = self.governed.dictionary.behind(name for node in nodes for name in names_in(node))
            self._columns[times] = {k: _picked(old[k], rows) for k in names if k in old}
        return self._columns[times]

    def _held(self, call: Call, figures: Figures, places: Ints) -> Value:
        """What a call that looks at other records says, as it was judged; with another figure of its own that the
        record is held against them by, nobody knows."""
        changed = call.function not in ("previous", "above") and not {*names_in(call)}.isdisjoint(figures)
        value = evaluate(call, self.governed.context().picked(places))
        return taken(value, np.full(len(places), -1, np.int32)) if changed else value

    def _below(self, call: Call) -> Num:
        if call not in self._known:
            assert self.governed.recompute is not None
            value = self.governed.recompute(self.rule)(call)
            assert isinstance(value, Num)
            self._known[call] = value
        return self._known[call]


def derive_again(table: Table, figures: Figures, governed: GovernedRecords, rows: Ints) -> None:
    """Work out anew what is derived from the ``figures`` in the ``rows`` of the governed table that ``table`` holds;
    what a return states itself stays."""
    dictionary = governed.dictionary
    behind = [
        key for key in table.columns if key not in figures and not figures.keys().isdisjoint(dictionary.behind([key]))
    ]
    if not behind:
        return
    kinds, kind_of = governed.sheet_fields()
    for key in behind:
        stated: Bools = np.array([key in kind for kind in kinds], bool)[kind_of][governed.table.sheet_of[rows]]
        column = table.columns.pop(key)
        if stated.any() and column.lo is not None:
            state = np.zeros(len(rows), np.uint8) if column.state is None else column.state.copy()
            state[~stated] = State.ABSENT
            kept = Column(key, column.lo, column.hi, state=state, truth=column.truth, half_step=column.half_step)
            table.columns[key] = kept
    add_derived(table, dictionary, behind, governed.as_of)


def _picked(column: Column, rows: Ints) -> Column:
    state = None if column.state is None else column.state[rows]
    if column.text is not None:
        refused = None if column.refused is None else column.refused.take(pa.array(rows))
        return Column(column.field, text=column.text.take(pa.array(rows)), state=state, refused=refused)
    assert column.lo is not None and column.hi is not None
    low = column.lo[rows]
    high = low if column.hi is column.lo else column.hi[rows]
    steps = None if column.half_step is None else column.half_step[rows]
    return Column(
        column.field,
        low,
        low if high is low or np.array_equal(low, high, equal_nan=True) else high,
        state=state,
        truth=column.truth,
        half_step=steps,
    )


def _column(key: str, values: Any, n: int, old: Column | None) -> Column:
    if isinstance(values, Column):
        return values
    if isinstance(values, list):
        return Column(key, text=pa.array(values, pa.string()), state=np.zeros(n, np.uint8))
    low = np.broadcast_to(np.asarray(values, np.float64), n)
    steps = None
    if old is not None and old.half_step is not None:
        steps = np.full(n, np.nan)
    state = np.where(np.isnan(low), np.uint8(State.BLANK), np.uint8(State.KNOWN))
    return Column(key, low, low, state=state, truth=old is not None and old.truth, half_step=steps)
