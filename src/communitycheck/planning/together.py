"""Several levers added to at once, where what is added to one tells on the limits of another: more beds take more
rooms. What a subject is given then meets all that it is given for, and costs it no limit that it meets today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, islice, permutations

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.missed.least import FAR, least_addition, step_of
from communitycheck.checking.standard_run import StandardRun
from communitycheck.checking.trial import Trial
from communitycheck.model.dictionary import Field
from communitycheck.model.expression.values import unknown_numbers
from communitycheck.model.result import Outcome, RuleResult
from communitycheck.model.rule import Rule
from communitycheck.model.table import Bools, Bytes, Column, Floats, Ints, Table, among
from communitycheck.planning.again import fields_read, judged_later
from communitycheck.planning.of_rule import lever_of, stated

# (standard, rule) -> which rows of the table have to pass it.
Asked = Mapping[tuple[str, str], Bools]
Added = dict[Table, dict[str, Floats]]

_ROUNDS = 40  # in which the levers have to come to rest
_ORDERS = 24  # in which they are taken
_NOISE = 1e-9  # of an amount


class Together(Struct, frozen=True):
    """What each row of each table is given. ``stuck`` are the rows that something is added to and that do not pass all
    the same; of these ``losing`` meet what is asked, and miss a limit that they meet today."""

    added: Added
    stuck: dict[Table, Bools]
    losing: dict[Table, Bools]


def kept(before: Bytes, after: Bytes, asked: Bools) -> Bools:
    """Where a rule is met as it should be: what it missed passes where that is asked, and what it met, or did not know
    of, it does not miss."""
    fine = among(before, Outcome.PASS, Outcome.NOT_APPLICABLE)
    open_, missed = among(before, Outcome.NO_DATA), among(before, Outcome.FAIL, Outcome.NOT_DUE)
    misses = among(after, Outcome.FAIL, Outcome.NOT_DUE)
    stays = np.where(fine, among(after, Outcome.PASS, Outcome.NOT_APPLICABLE), (open_ & ~misses) | missed)
    found: Bools = np.where(asked & ~fine, among(after, Outcome.PASS), stays)
    return found


class Broken(Struct, frozen=True):
    """The rows that miss a limit that they are asked to meet (``failing``), and those that miss one that they met
    (``losing``), with additions in place; ``lost`` is (standard, rule) -> how many of others it passed before, records
    and groups, that it would not; ``after`` is what each rule then says of the rows of its table."""

    failing: dict[Table, Bools]
    losing: dict[Table, Bools]
    lost: dict[tuple[str, str], int]
    after: dict[tuple[str, str], Bytes]


def broken(runs: Sequence[StandardRun], added: Mapping[Table, Mapping[str, Floats]], asked: Asked) -> Broken:
    """What would be missed with the additions in place."""
    failing, losing = ({table: _some(table) for table in added} for _ in range(2))
    lost: dict[tuple[str, str], int] = {}
    after: dict[tuple[str, str], Bytes] = {}
    for one in judged_later(runs, added, groups=True):
        key, others = (one.rule.standard, one.rule.id), one.lost
        if one.table is not None and one.table in failing:
            after[key] = one.after
            wanted = asked.get(key, _some(one.table))
            wrong = ~kept(one.before, one.after, wanted)
            failing[one.table] |= wrong & wanted
            losing[one.table] |= wrong & ~wanted
            for amount in added[one.table].values():
                others = others & (amount == 0)
        if others.any():
            lost[key] = int(others.sum())
    return Broken(failing, losing, lost, after)


def added_together(
    runs: Sequence[StandardRun], alone: Added, asked: Asked, prices: Mapping[str, float], *, floor: bool = False
) -> Together:
    """What the rows that something is added to have to be given so that all of it holds at once.

    Args:
        alone: what each lever lacks by itself.
        prices: of the levers that can be added to.
        floor: no less than that is given.
    """
    given = {table: _some(table) for table in alone}
    for table, amounts in alone.items():
        for amount in amounts.values():
            given[table] |= amount > 0
    for rule, wanted in asked.items():
        for table in given:
            if len(wanted) == len(table) and any(_judges(run, rule, table) for run in runs):
                given[table] |= wanted
    before = broken(runs, alone, asked)
    failing, losing = before.failing, before.losing
    added: Added = {}
    stuck = dict[Table, Bools]()
    for table, amounts in alone.items():
        search = _JointSearch.of(table, runs, asked, prices)
        several = np.sum([amount > 0 for amount in amounts.values()], axis=0) > 1 if amounts else _some(table)
        looked_at = given[table] & (failing[table] | losing[table] | (several & search.is_coupled))
        rows = np.flatnonzero(looked_at).astype(np.int32)
        added[table] = {key: amount.copy() for key, amount in amounts.items()}
        stuck[table] = _some(table)
        if not len(rows):
            continue
        found, solved = search.solve(rows, amounts, floor=floor)
        for key, amount in found.items():
            added[table].setdefault(key, np.zeros(len(table)))[rows[solved]] = amount[solved]
        stuck[table][rows[~solved]] = True
    only_losing = {table: stuck[table] & losing[table] & ~failing[table] for table in stuck}
    return Together(added, stuck, only_losing)


def _some(table: Table) -> Bools:
    return np.zeros(len(table), bool)


def _judges(run: StandardRun, key: tuple[str, str], table: Table) -> bool:
    rule = run.rules.get(key[1])
    return (
        rule is not None and rule.standard == key[0] and rule.applies_to in run.governed
        and run.governed[rule.applies_to].table is table
    )  # fmt: skip


class _Watched(Struct, frozen=True, eq=False):
    """One rule of one standard along the rows of the table; ``place`` is where a row stands among the governed (-1:
    nowhere), ``lever`` what closes its fails, where that can be added to."""

    rule: Rule
    governed: GovernedRecords
    place: Ints
    before: Bytes
    asked: Bools
    lever: str
    reads: frozenset[str]

    def judged(self, rows: Ints, figures: Mapping[str, Column]) -> tuple[Bools, RuleResult]:
        """With these figures of the rows that it governs: which rows those are, and what it says of them."""
        mine = self.place[rows] >= 0
        trial = Trial(self.rule, self.governed, self.place[rows[mine]])
        return mine, trial.judged({key: _picked(one, mine) for key, one in figures.items() if key in self.reads})

    def holds(self, rows: Ints, figures: Mapping[str, Column]) -> Bools:
        found = np.ones(len(rows), bool)
        if (self.place[rows] >= 0).any():
            mine, result = self.judged(rows, figures)
            found[mine] = kept(self.before[rows[mine]], result.outcome, self.asked[rows[mine]])
        return found


class _JointSearch(Struct, frozen=True, eq=False):
    """Looks for the amounts of all levers with which the rules of a table hold together."""

    table: Table
    fields: Mapping[str, Field]
    watched: list[_Watched]
    prices: Mapping[str, float]

    @classmethod
    def of(cls, table: Table, runs: Sequence[StandardRun], asked: Asked, prices: Mapping[str, float]) -> _JointSearch:
        watched, fields = list[_Watched](), dict[str, Field]()
        for run in runs:
            for rule in run.standard.rules:
                mine = run.governed.get(rule.applies_to)
                if rule.by or mine is None or mine.table is not table:
                    continue
                reads = fields_read(rule, run) & prices.keys() & table.columns.keys()
                if not reads or not (result := run.judged(rule)).checked or rule.manual is not None:
                    continue
                at = mine.records.rows(np.arange(len(mine), dtype=np.int32))
                place, before = np.full(len(table), -1, np.int32), np.full(len(table), Outcome.NOT_APPLICABLE, np.uint8)
                place[at], before[at] = np.arange(len(mine), dtype=np.int32), result.outcome
                lever = lever_of(rule, run)
                key = "" if lever is None or lever.key not in reads else lever.key
                if lever is not None and key:
                    fields[key] = lever
                wanted = asked.get((rule.standard, rule.id), _some(table))
                folded = replace(run.folded(rule), lever=None)
                watched.append(_Watched(folded, mine, place, before, wanted, key, frozenset(reads)))
        return cls(table, fields, watched, prices)

    @property
    def is_coupled(self) -> bool:
        """Whether some rule looks at several levers."""
        return any(len(one.reads) > 1 for one in self.watched)

    def solve(self, rows: Ints, alone: Mapping[str, Floats], *, floor: bool) -> tuple[dict[str, Floats], Bools]:
        """Amounts for the rows, each lever's the least beside those of the others; and where all holds with them.

        From nothing on, each lever in turn is given the least with which its own rules hold beside what the others
        have, until nothing changes. Where more of one never lowers what another needs, no other amounts are less in
        any lever, whatever the order. Where it does, the order in which the levers are taken tells: where one and its
        reverse differ, the cheapest of all orders counts.
        """
        least = {key: np.zeros(len(rows)) for key in (*self.fields, *alone)}
        if floor:
            least |= {key: amount[rows] for key, amount in alone.items()}
        best = {key: amount.copy() for key, amount in least.items()}
        price, solved = np.full(len(rows), np.inf), np.zeros(len(rows), bool)
        left, first = np.arange(len(rows), dtype=np.int32), sorted(self.fields)
        others = (one for one in permutations(first) if list(one) not in (first, first[::-1]))
        for number, order in enumerate(chain([first, first[::-1]], islice(others, _ORDERS))):
            found = self._in_order(order, rows[left], {key: amount[left] for key, amount in least.items()})
            fine = self._all_hold(rows[left], found)
            cost = np.sum([self.prices[key] * amount for key, amount in found.items()], axis=0)
            same = solved[left] & fine & (cost == price[left])
            better = fine & (cost < price[left])
            at = left[better]
            for key, amount in found.items():
                best[key][at] = amount[better]
            price[at], solved[at] = cost[better], True
            if number:  # whom both ways lead to the same, others do as well
                left = left[~same] if number == 1 else left
            if not len(left) or len(first) < 2:
                break
        return best, solved

    def _in_order(self, order: Sequence[str], rows: Ints, least: Mapping[str, Floats]) -> dict[str, Floats]:
        found = {key: amount.copy() for key, amount in least.items()}
        moving = np.arange(len(rows), dtype=np.int32)
        for _ in range(_ROUNDS):
            before = {key: amount.copy() for key, amount in found.items()}
            for key in order:
                here = {k: amount[moving] for k, amount in found.items()}
                amounts = self._least(key, rows[moving], here)
                known = np.isfinite(amounts)
                at = moving[known]
                found[key][at] = np.maximum(amounts[known], least[key][at])
            changed = np.any([found[key] != before[key] for key in found], axis=0)
            moving = np.flatnonzero(changed).astype(np.int32)
            if not len(moving):
                break
        return found

    def _least(self, key: str, rows: Ints, found: Mapping[str, Floats]) -> Floats:
        """The least of one lever with which its rules hold; NaN where no amount does it."""
        mine = [one for one in self.watched if one.lever == key]
        field = self.fields[key]

        def passes(some: Ints, amounts: Floats) -> Bools:
            figures = self._figures(rows[some], {k: x[some] for k, x in found.items()} | {key: amounts})
            return self._hold(mine, rows[some], figures)

        every = np.arange(len(rows), dtype=np.int32)
        low, high, known = stated(self.table, field.of(self.table.entity), rows)
        fine = passes(every, np.zeros(len(rows)))
        left = every[~fine & known]
        amounts = np.where(fine, 0.0, np.nan)
        if not len(left):
            return amounts
        guess = self._guess(key, mine, rows[left], {k: amount[left] for k, amount in found.items()})
        own = field.of(self.table.entity)
        limit = np.inf if own.high is None else own.high
        far = np.maximum(FAR, 2 * np.nan_to_num(guess, nan=0.0, posinf=0.0, neginf=0.0))
        farthest = np.clip(limit - np.where(np.isfinite(high), high, low)[left], 0.0, far)

        def here(some: Ints, more: Floats) -> Bools:
            return passes(left[some], more)

        amounts[left] = least_addition(here, guess, step_of(field), farthest)
        return amounts

    def _guess(self, key: str, mine: Sequence[_Watched], rows: Ints, found: Mapping[str, Floats]) -> Floats:
        """How much it takes if each indicator goes on as with the first unit."""
        guess = np.full(len(rows), np.nan)
        ends = [self._figures(rows, {**found, key: np.full(len(rows), n)}) for n in (0.0, 1.0)]
        for one in mine:
            if not (one.place[rows] >= 0).any():
                continue
            (at, now), (_, then) = (one.judged(rows, figures) for figures in ends)
            with unknown_numbers():
                amount = (now.required_hi - now.observed_lo) / (then.observed_lo - now.observed_lo)
            guess[at] = np.fmax(guess[at], np.where(np.isfinite(amount), amount, np.nan))
        tidy = np.round(guess, 4)
        return np.where(np.abs(guess - tidy) <= _NOISE * np.maximum(tidy, 1.0), tidy, guess)

    def _figures(self, rows: Ints, found: Mapping[str, Floats]) -> dict[str, Column]:
        return {key: _raised(self.table.columns[key], rows, amount) for key, amount in found.items()}

    def _hold(self, rules: Sequence[_Watched], rows: Ints, figures: Mapping[str, Column]) -> Bools:
        found = np.ones(len(rows), bool)
        for one in rules:
            found &= one.holds(rows, figures)
        return found

    def _all_hold(self, rows: Ints, found: Mapping[str, Floats]) -> Bools:
        return self._hold(self.watched, rows, self._figures(rows, found))


def _raised(column: Column, rows: Ints, amount: Floats) -> Column:
    assert column.lo is not None and column.hi is not None
    low = column.lo[rows] + amount
    high = low if column.hi is column.lo else column.hi[rows] + amount
    state = None if column.state is None else column.state[rows]
    return Column(column.field, low, high, state=state)


def _picked(column: Column, which: Bools) -> Column:
    assert column.lo is not None and column.hi is not None
    low = column.lo[which]
    high = low if column.hi is column.lo else column.hi[which]
    return Column(column.field, low, high, state=None if column.state is None else column.state[which])


__all__ = ["Added", "Asked", "Broken", "Together", "added_together", "broken", "kept"]
