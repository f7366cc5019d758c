"""One record judged again with some of its figures changed, by the very judge that gave the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from communitycheck.checking.evaluation.evaluate import evaluate
from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.judge import judge
from communitycheck.model.expression import Call, names_in
from communitycheck.model.expression.values import Num, Value, taken
from communitycheck.model.result import Records, RuleResult
from communitycheck.model.standard import Rule
from communitycheck.model.table import Column, State, Table
from communitycheck.products.explain.worked import at

# Field -> a figure, or the text, for each trial.
Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Trial:
    """Record ``i`` of the governed under ``rule``, whose parameters are worked in.

    What the records below it come to stays as it is, and is worked out once.
    """

    rule: Rule
    governed: GovernedRecords
    i: int
    _known: dict[Call, tuple[float, float]] = field(default_factory=dict)

    @property
    def row(self) -> int:
        """The record's position in its table."""
        return self.governed.records.row(self.i)

    def judged(self, figures: Figures | None = None, n: int = 1) -> RuleResult:
        """``n`` copies of the record, each with its own of the ``figures``; what is left out stays as it is."""
        return judge(self.rule, self.copies(figures or {}, n))

    def copies(self, figures: Figures, n: int) -> GovernedRecords:
        """Governed records: ``n`` copies of the record."""
        old, row, i = self.governed.table, self.row, self.i
        names = dict.fromkeys(name for node in self.rule.expressions for name in names_in(node))
        columns = {k: _repeated(old.columns[k], row, n) for k in names if k in old.columns}
        columns |= {k: _column(k, values, n, old.columns.get(k)) for k, values in figures.items()}
        sheet = old.sheets[int(old.sheet_of[row])]
        table = Table(old.about, columns, [sheet], np.zeros(n, np.int32), np.full(n, old.row_of[row], np.int32))
        few = GovernedRecords(
            self.governed.standard,
            self.governed.dictionary,
            Records(table),
            np.full(n, self.governed.out_of_jurisdiction[i]),
            self.governed.as_of,
            [],
            {rule: np.full(n, outcome[i]) for rule, outcome in self.governed.outcomes.items()},
        )
        few.held = lambda call: self._held(call, figures, n)
        few.recompute = lambda rule: lambda call: self._below(call, n)
        return few

    def _held(self, call: Call, figures: Figures, n: int) -> Value:
        """What a call that looks at other records says, as it was judged; with another figure of its own that the
        record is held against them by, nobody knows."""
        one = self.governed.context().picked(np.array([self.i], np.int32))
        changed = call.function not in ("previous", "above") and not {*names_in(call)}.isdisjoint(figures)
        return taken(evaluate(call, one), np.full(n, -1 if changed else 0, np.int32))

    def _below(self, call: Call, n: int) -> Value:
        if call not in self._known:
            assert self.governed.recompute is not None
            value = self.governed.recompute(self.rule)(call)
            assert isinstance(value, Num)
            self._known[call] = float(at(value.lo, self.i)), float(at(value.hi, self.i))
        low, high = (np.full(n, end) for end in self._known[call])
        return Num(low, low) if self._known[call][0] == self._known[call][1] else Num(low, high)


def _repeated(column: Column, row: int, n: int) -> Column:
    state = None if column.state is None else np.full(n, column.state[row], np.uint8)
    if column.text is not None:
        return Column(column.field, text=pa.array([column.text[row].as_py()] * n, pa.string()), state=state)
    assert column.lo is not None and column.hi is not None
    low = np.full(n, column.lo[row])
    exact = column.hi is column.lo or column.hi[row] == column.lo[row]
    steps = None if column.half_step is None else np.full(n, column.half_step[row])
    return Column(
        column.field,
        low,
        low if exact else np.full(n, column.hi[row]),
        state=state,
        truth=column.truth,
        half_step=steps,
    )


def _column(key: str, values: Any, n: int, old: Column | None) -> Column:
    if isinstance(values, list):
        return Column(key, text=pa.array(values, pa.string()), state=np.zeros(n, np.uint8))
    low = np.broadcast_to(np.asarray(values, np.float64), n)
    steps = None
    if old is not None and old.half_step is not None:
        steps = np.full(n, np.nan)
    state = np.where(np.isnan(low), np.uint8(State.BLANK), np.uint8(State.KNOWN))
    return Column(key, low, low, state=state, truth=old is not None and old.truth, half_step=steps)
