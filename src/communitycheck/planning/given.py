"""The needs as a budget answers them: with the subjects that it gives a lever that they lack nothing of today."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.dictionary import Field
from communitycheck.model.rule import Rule
from communitycheck.model.table import Ints, Table
from communitycheck.planning.budget import BudgetPlan
from communitycheck.planning.needs import LeverNeed, NeedKind, RuleNeed
from communitycheck.planning.of_rule import lever_of


def with_given(runs: Sequence[StandardRun], levers: list[LeverNeed], plan: BudgetPlan | None) -> list[LeverNeed]:
    """The needs, and among the rows of each those that lack it once another lever is added to (``LATER``)."""
    if plan is None:
        return levers
    given = plan.offers.given(plan.chosen)
    by_key = {(one.table, one.lever.key): one for one in levers}
    found = dict(by_key)
    for table, amounts in given.items():
        for key, amount in amounts.items():
            old = by_key.get((table, key))
            rows = np.flatnonzero(amount > 0).astype(np.int32)
            if old is not None:
                rows = np.setdiff1d(rows, old.rows).astype(np.int32)
            rules = list(_closed_by(key, table, runs))
            if len(rows) and rules:
                found[table, key] = _with(old or _nobody(table, plan.offers.fields[key]), rows, rules)
    return list(found.values())


def _closed_by(key: str, table: Table, runs: Sequence[StandardRun]) -> list[Rule]:
    """The rules on the records of the table whose fails the lever closes."""
    return [
        rule
        for run in runs
        for rule in run.standard.rules
        if (mine := run.governed.get(rule.applies_to)) is not None and mine.table is table
        and (lever := lever_of(rule, run)) is not None and lever.key == key
    ]  # fmt: skip


def _nobody(table: Table, lever: Field) -> LeverNeed:
    rows, none, flags = np.zeros(0, np.int32), np.zeros(0), np.zeros(0, bool)
    return LeverNeed(lever, table, rows, none, none, np.zeros(0, np.uint8), rows, [], flags, flags, flags)


def _with(need: LeverNeed, rows: Ints, rules: Sequence[Rule]) -> LeverNeed:
    n, zeros = len(rows), np.zeros(len(rows))
    kind, flags = np.full(n, NeedKind.LATER, np.uint8), np.zeros(n, bool)
    parts = [RuleNeed(rule, rows, zeros, zeros, kind, np.zeros(n, np.uint8)) for rule in rules]
    every = np.concatenate([need.rows, rows])
    order = np.argsort(every, kind="stable")
    return replace(
        need,
        rows=every[order],
        least=np.concatenate([need.least, zeros])[order],
        most=np.concatenate([need.most, zeros])[order],
        kind=np.concatenate([need.kind, kind])[order],
        deciding=np.concatenate([need.deciding, np.full(n, len(need.parts), np.int32)])[order],
        parts=[*need.parts, *parts],
        again=np.concatenate([need.again, flags])[order],
        blocked=np.concatenate([need.blocked, flags])[order],
        passes=np.concatenate([need.passes, ~flags])[order],
    )
