"""All rules that ask a subject for one lever, taken together: the largest of their amounts."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.dictionary import Field
from communitycheck.model.table import Ints, Table
from communitycheck.planning.needs import LeverNeed, NeedKind, RuleNeed


def joint_needs(parts: Iterable[tuple[StandardRun, RuleNeed]]) -> list[LeverNeed]:
    """The needs of single rules by table and lever, in the order in which they come."""
    found: dict[tuple[Table, str], tuple[Field, list[RuleNeed]]] = {}
    again: dict[Table, Ints] = {}
    for run, part in parts:
        key, governed = part.rule.mended_by, run.governed[part.rule.applies_to]
        found.setdefault((governed.table, key), (run.dictionary.fields[key], []))[1].append(part)
        if governed.table not in again:
            again[governed.table] = _again(governed)
    return [_joint(table, lever, mine, again[table]) for (table, _), (lever, mine) in found.items()]


def _joint(table: Table, lever: Field, parts: list[RuleNeed], again: Ints) -> LeverNeed:
    asked, place = np.zeros(len(table), bool), np.zeros(len(table), np.int32)
    for part in parts:
        asked[part.rows] = True
    rows = np.flatnonzero(asked).astype(np.int32)
    n = len(rows)
    place[rows] = np.arange(n, dtype=np.int32)
    least, most, deciding = np.zeros(n), np.zeros(n), np.zeros(n, np.int32)
    missed, blocked = np.zeros(n, bool), np.zeros(n, bool)
    for k, part in enumerate(parts):
        at = place[part.rows]
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


def _again(governed: GovernedRecords) -> Ints:
    """The rows of subjects that another row stands for."""
    once = governed.once()
    if once is None:
        return np.zeros(0, np.int32)
    return governed.records.rows(governed.inside_jurisdiction()[once.pairs.same])
