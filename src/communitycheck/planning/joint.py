"""All rules that ask a subject for one lever, taken together: the largest of their amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from communitycheck.checking.repeated.same_subject import same_subjects
from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.dictionary import Field
from communitycheck.model.table import Ints, Table
from communitycheck.planning.needs import LeverNeed, NeedKind, RuleNeed


def joint_needs(
    parts: Iterable[tuple[StandardRun, RuleNeed]], rule_tables: Mapping[tuple[str, str], Table]
) -> list[LeverNeed]:
    """The needs of single rules by table and lever, in the order in which they come.

    Args:
        rule_tables: standard and kind of subject -> the table that its rules judge.
    """
    found: dict[tuple[Table, str], tuple[Field, list[RuleNeed]]] = {}
    for run, part in parts:
        key = part.rule.mended_by
        table = rule_tables[run.standard.id, part.rule.applies_to]
        found.setdefault((table, key), (run.dictionary.fields[key], []))[1].append(part)
    again = {table: _again(table) for table, _ in found}
    return [_joint(table, lever, mine, again[table]) for (table, _), (lever, mine) in found.items()]


def _joint(table: Table, lever: Field, parts: list[RuleNeed], again: Ints) -> LeverNeed:
    rows = np.unique(np.concatenate([part.rows for part in parts])).astype(np.int32)
    n = len(rows)
    least, most, deciding = np.zeros(n), np.zeros(n), np.zeros(n, np.int32)
    missed, blocked = np.zeros(n, bool), np.zeros(n, bool)
    for k, part in enumerate(parts):
        at = np.searchsorted(rows, part.rows)
        none, open_ = (part.kind == int(kind) for kind in (NeedKind.NONE, NeedKind.OPEN))
        blocked[at[none]] = True
        missed[at[~open_ & ~none]] = True
        amount, sure = np.where(none, 0.0, part.most), np.where(none, 0.0, part.least)
        deciding[at] = np.where(amount > most[at], k, deciding[at])
        most[at], least[at] = np.maximum(most[at], amount), np.maximum(least[at], sure)
    kind = np.full(n, NeedKind.OPEN, np.uint8)
    kind[missed] = np.where(least[missed] == most[missed], NeedKind.EXACT, NeedKind.BOUNDED)
    kind[blocked & ~missed] = NeedKind.NONE
    return LeverNeed(
        lever, table, rows, least, most, kind, deciding, parts, np.isin(rows, again), blocked, np.ones(n, bool)
    )


def _again(table: Table) -> Ints:
    """The rows of subjects that another row stands for."""
    same = same_subjects(table, np.arange(len(table), dtype=np.int32))
    return np.zeros(0, np.int32) if same is None else same.same.astype(np.int32)


def tables_of(runs: Sequence[StandardRun]) -> dict[tuple[str, str], Table]:
    return {(run.standard.id, kind): mine.table for run in runs for kind, mine in run.governed.items()}
