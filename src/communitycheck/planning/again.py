"""Everything judged again with all additions in place: whether each subject then passes, and who passes no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from communitycheck.checking.contradictions import refuse_impossible
from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.standard_run import StandardRun
from communitycheck.checking.trial import derive_again
from communitycheck.model.expression import names_in, rules_in
from communitycheck.model.result import Outcome, Records
from communitycheck.model.rule import Rule
from communitycheck.model.table import Bools, Bytes, Column, Floats, Table, among
from communitycheck.planning.needs import LeverNeed, NeedKind


def judge_again(runs: Sequence[StandardRun], levers: Sequence[LeverNeed]) -> dict[tuple[str, str], int]:
    """Add to each subject what it needs, judge, and note in ``levers`` whose rules then pass.

    Returns (standard, rule) -> how many subjects passed before and would not.
    """
    no_more: dict[tuple[str, str], int] = {}
    outcomes: dict[tuple[str, str], Bytes] = {}
    for one in judged_later(runs, additions(levers)):
        key = one.rule.standard, one.rule.id
        if one.lost.any():
            no_more[key] = int(one.lost.sum())
        outcomes[key] = one.after
    for lever in levers:
        _note(lever, outcomes)
    return no_more


class JudgedLater(NamedTuple):
    """One rule before and after: on single records along the rows of their table, on groups along these."""

    rule: Rule
    table: Table | None
    before: Bytes
    after: Bytes

    @property
    def lost(self) -> Bools:
        """The rows that passed and do so no more."""
        return among(self.before, Outcome.PASS) & ~among(self.after, Outcome.PASS, Outcome.NOT_APPLICABLE)


def judged_later(
    runs: Sequence[StandardRun], added: Mapping[Table, Mapping[str, Floats]], *, groups: bool = False
) -> Iterator[JudgedLater]:
    """Every rule on single records, and where wanted on groups, that looks at what is added to, judged with it in
    place."""
    later = with_additions(runs, added)
    changed = {key for of_table in added.values() for key in of_table}
    for before, after in zip(runs, later, strict=True):
        for rule in before.standard.rules:
            mine = before.governed.get(rule.applies_to)
            if (rule.by and not groups) or mine is None or fields_read(rule, before).isdisjoint(changed):
                continue
            old, new = before.judged(rule), after.judged(after.rules[rule.id])
            if len(old) != len(new) or not new.checked:  # columns are missing
                continue
            if rule.by:
                yield JudgedLater(rule, None, old.outcome, new.outcome)
                continue
            rows, n = mine.records.rows(np.arange(len(mine), dtype=np.int32)), len(mine.table)
            spread = [np.full(n, Outcome.NOT_APPLICABLE, np.uint8) for _ in range(2)]
            spread[0][rows], spread[1][rows] = old.outcome, new.outcome
            yield JudgedLater(rule, mine.table, *spread)
    for mine in (mine for run in later for mine in run.governed.values()):
        mine.look_again()  # a context and its records know each other, and would wait for the collector


def additions(levers: Sequence[LeverNeed]) -> dict[Table, dict[str, Floats]]:
    """Table -> lever -> what is added to each of its rows: so much that whatever the rest is, it passes."""
    found: dict[Table, dict[str, Floats]] = {}
    for one in levers:
        amounts = np.zeros(len(one.table))
        sure = one.short & np.isfinite(one.most)
        amounts[one.rows[sure]] = one.most[sure]
        found.setdefault(one.table, {})[one.lever.key] = amounts
    return found


def with_additions(runs: Sequence[StandardRun], added: Mapping[Table, Mapping[str, Floats]]) -> list[StandardRun]:
    """The same runs over tables whose figures are larger by what is added."""
    later = []
    for run in runs:
        governed = {kind: _raised(mine, added.get(mine.table, {})) for kind, mine in run.governed.items()}
        again = StandardRun(run.standard, governed, run.dictionary, run.as_of)
        # What whoever fails even so would need nobody asks, and the search for it is most of the work.
        again.rules = {rule.id: replace(rule, lever=None) for rule in run.standard.rules}
        later.append(again)
    refuse_impossible(later)
    return later


def _raised(mine: GovernedRecords, amounts: Mapping[str, Floats]) -> GovernedRecords:
    old = mine.table
    table = Table(old.about, dict(old.columns), old.sheets, old.sheet_of, old.row_of, old.regions)
    figures = {key: _more(old.columns[key], amount) for key, amount in amounts.items() if key in old.columns}
    table.columns |= figures
    derive_again(table, figures, mine, np.arange(len(old), dtype=np.int32))
    records = Records(table, mine.records.index)
    return GovernedRecords(
        mine.standard, mine.dictionary, records, mine.out_of_jurisdiction, mine.as_of, mine.more_local
    )


def _more(column: Column, amount: Floats) -> Column:
    assert column.lo is not None and column.hi is not None
    low = column.lo + amount
    high = low if column.hi is column.lo else column.hi + amount
    return Column(column.field, low, high, state=column.state, half_step=column.half_step, borrowed=column.borrowed)


def _note(one: LeverNeed, outcomes: dict[tuple[str, str], Bytes]) -> None:
    """Which subjects do not pass even so."""
    for part in one.parts:
        after = outcomes.get((part.rule.standard, part.rule.id))
        if after is not None:
            asked = part.rows[part.kind != int(NeedKind.OPEN)]  # those as well that no amount of it helps
            stuck = asked[~among(after[asked], Outcome.PASS)]
            one.passes[np.searchsorted(one.rows, stuck)] = False


def fields_read(rule: Rule, run: StandardRun) -> set[str]:
    """The fields that what the rule says hangs on, itself or by the rules that it names."""
    nodes = rule.expressions
    found = set(run.dictionary.behind({name for node in nodes for name in names_in(node)}))
    for other in {i for node in nodes for i in rules_in(node)}:
        if other in run.rules:
            found |= fields_read(run.rules[other], run)
    return found
