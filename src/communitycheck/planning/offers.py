"""What it takes to bring each subject over its limits, in the unit of a budget: the list that a budget chooses from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field
from msgspec.structs import replace

from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.dictionary import Field
from communitycheck.model.expression import Call, rules_in
from communitycheck.model.table import Bools, Floats, Ints, Table
from communitycheck.planning.costs import Costs
from communitycheck.planning.knapsack import Wholes
from communitycheck.planning.needs import GroupNeed, LeverNeed, NeedKind
from communitycheck.planning.of_rule import stated
from communitycheck.planning.together import Added, Asked, added_together

# Table -> lever -> what each of its rows is given where it is chosen.
Amounts = Mapping[Table, Mapping[str, Floats]]


class Budget(Struct, frozen=True):
    """So much money, or so much of one ``lever`` (empty: money, for all levers that have a price)."""

    amount: float
    unit: str
    lever: str = ""

    @property
    def steps(self) -> int:
        """In how many parts the unit is counted: money to the hundredth, as it is paid."""
        return 10_000 if self.lever else 100

    @property
    def limit(self) -> int:
        return int(np.floor(round(self.amount * self.steps, 6)))

    def price(self, lever: str, costs: Costs) -> float | None:
        """What one unit of a lever takes of it; None where it does not pay for that."""
        if self.lever:
            return 1.0 if lever == self.lever else None
        return next((one.price for one in costs.of(lever)), None)

    def priced(self, runs: Sequence[StandardRun], costs: Costs) -> dict[str, float]:
        """What it pays for, whoever lacks it, with the price of one unit each."""
        known = {key for run in runs for key in run.dictionary.fields}
        held = {self.lever} if self.lever else {one.lever for one in costs.prices}
        found = {key: self.price(key, costs) for key in sorted(held & known)}
        return {key: price for key, price in found.items() if price is not None}

    def prices(self, amounts: Floats, price: float) -> Wholes:
        return np.round(amounts * price * self.steps).astype(np.int64)


class Offers(Struct, eq=False):
    """Subjects with what each takes, one behind the other.

    Attributes:
        table_of, rows: where offer ``i`` stands; ``tables`` are numbered.
        prices: in the smallest steps of the budget.
        attained: the part of what a subject needs that it has, of its worst lever.
        amounts: what it is given of each lever; ``fields`` are the levers.
        group: which group it is counted in, where groups are to reach a share.
        without: how many subjects miss a limit and are not offered, by reason.
        asked: what those that are chosen have to pass.
    """

    tables: list[Table]
    table_of: Ints
    rows: Ints
    prices: Wholes
    attained: Floats
    amounts: Amounts
    fields: Mapping[str, Field]
    group: Ints | None = None
    without: dict[str, int] = field(default_factory=dict)
    asked: Asked = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def of_table(self, chosen: Bools) -> dict[Table, Ints]:
        """The rows of those that are chosen, by table."""
        return {table: self.rows[chosen & (self.table_of == k)] for k, table in enumerate(self.tables)}

    def given(self, chosen: Bools) -> Added:
        """What is added to each row of each table where some are chosen."""
        found: Added = {}
        for table, rows in self.of_table(chosen).items():
            mask = np.zeros(len(table), bool)
            mask[rows] = True
            found[table] = {lever: np.where(mask, amount, 0.0) for lever, amount in self.amounts[table].items()}
        return found

    def where(self, which: Bools, why: str) -> Offers:
        """Some of them; the others are left out for that reason."""
        without = dict(self.without)
        if dropped := int((~which).sum()):
            without[why] = without.get(why, 0) + dropped
        return replace(
            self, table_of=self.table_of[which], rows=self.rows[which], prices=self.prices[which],
            attained=self.attained[which], group=None if self.group is None else self.group[which], without=without,
        )  # fmt: skip

    def marked(self, rows: Mapping[Table, Bools]) -> Bools:
        """Along the offers, whether their rows are among some."""
        found = np.zeros(len(self), bool)
        for k, table in enumerate(self.tables):
            mine = self.table_of == k
            if table in rows:
                found[mine] = rows[table][self.rows[mine]]
        return found

    def priced(self, budget: Budget, costs: Costs) -> Offers:
        """The same with what each takes, for all that it is given."""
        prices = np.zeros(len(self), np.int64)
        for k, table in enumerate(self.tables):
            mine = self.table_of == k
            for lever, amounts in self.amounts[table].items():
                price = budget.price(lever, costs)
                if price is not None:
                    prices[mine] += budget.prices(amounts[self.rows[mine]], price)
        return replace(self, prices=prices)


def offers_of_levers(
    runs: Sequence[StandardRun], levers: Sequence[LeverNeed], budget: Budget, costs: Costs
) -> Offers:
    """Every subject that misses a limit for want of the levers that the budget pays for, and passes with enough of
    them: what is missing at most is what it takes, of all levers together."""
    tables = list(dict.fromkeys(one.table for one in levers))
    lacks = {table: _Lacking.of(table, [one for one in levers if one.table is table]) for table in tables}
    asked: dict[tuple[str, str], Bools] = {}
    for one in levers:
        for part in one.parts:
            wanted = asked.setdefault((part.rule.standard, part.rule.id), np.zeros(len(one.table), bool))
            wanted[part.rows[part.kind != int(NeedKind.OPEN)]] = True
            wanted[part.rows[np.isin(part.rows, one.rows[one.short])]] = True
            wanted &= lacks[one.table].offered
    alone = {table: one.amounts for table, one in lacks.items()}
    found = added_together(runs, alone, asked, budget.priced(runs, costs))
    parts = []
    for table, lacking in lacks.items():
        stuck, losing = found.stuck[table], found.losing[table]
        offered = np.flatnonzero(lacking.offered & ~stuck).astype(np.int32)
        parts.append((offered, lacking.attained[offered]))
        lacking.without.update({"helpless": int((stuck & ~losing).sum()), "loses": int(losing.sum())})
    fields = {key: run.dictionary.fields[key] for run in runs for held in found.added.values() for key in held}
    rows = _joined([rows for rows, _ in parts], np.int32)
    table_of = np.repeat(np.arange(len(parts)), [len(rows) for rows, _ in parts]).astype(np.int32)
    offers = Offers(
        tables, table_of, rows, np.zeros(len(rows), np.int64), _joined([now for _, now in parts], np.float64),
        found.added, fields, None, _counted(lacking.without for lacking in lacks.values()), asked,
    )  # fmt: skip
    return offers.priced(budget, costs)


def _counted(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts:
        for why, n in part.items():
            found[why] = found.get(why, 0) + n
    return {why: n for why, n in found.items() if n}


class _Lacking(Struct, frozen=True, eq=False):
    """What the rows of a table lack of each lever by itself, which of them something may be given, and the part of
    what it needs that each has."""

    amounts: dict[str, Floats]
    offered: Bools
    attained: Floats
    without: dict[str, int]

    @classmethod
    def of(cls, table: Table, levers: Sequence[LeverNeed]) -> _Lacking:
        n = len(table)
        attained, asked, endless = np.ones(n), np.zeros(n, bool), np.zeros(n, bool)
        amounts: dict[str, Floats] = {}
        for one in levers:
            mine, none = one.short & ~one.again, (one.kind == int(NeedKind.NONE)) & ~one.again
            bounded = np.isfinite(one.most)
            asked[one.rows[mine | none]] = True
            endless[one.rows[mine & ~bounded]] = True
            rows, most = one.rows[mine & bounded], one.most[mine & bounded]
            amounts[one.lever.key] = np.zeros(n)
            amounts[one.lever.key][rows] = most
            now = np.maximum(stated(table, one.lever, rows)[0], 0.0)
            attained[rows] = np.minimum(attained[rows], now / (now + most))
        for amount in amounts.values():
            amount[endless] = 0.0
        return cls(amounts, asked & ~endless, attained, {"endless": int(endless.sum())})


def offers_of_groups(
    runs: Sequence[StandardRun], groups: Sequence[GroupNeed], budget: Budget, costs: Costs
) -> Offers:
    """Every member of the groups that can be brought to meet their condition with what the budget pays for, and meets
    all else that it meets today."""
    found = [one.candidates for one in groups]
    tables = list(dict.fromkeys(one.table for one in found if one is not None))
    fields = {key: lever for one in found if one is not None for key, lever in one.fields.items()}
    amounts: dict[Table, dict[str, Floats]] = {table: {} for table in tables}
    numbers, rows, attained, group = [], [], [], []
    asked: dict[tuple[str, str], Bools] = {}
    without = 0
    for g, one in enumerate(found):
        if one is None:
            continue
        part = np.ones(len(one.rows))
        fine = np.full(len(one.rows), bool(one.lacking))
        some = np.zeros(len(one.rows), bool)
        for lever, lacking in one.lacking.items():
            wanted = lacking > 0  # nothing is known to be missing where it is NaN
            fine &= np.isfinite(lacking) & (~wanted | (budget.price(lever, costs) is not None))
            some |= wanted
            now = np.maximum(stated(one.table, one.fields[lever], one.rows)[0], 0.0)
            with np.errstate(invalid="ignore"):
                part = np.where(fine & wanted, np.minimum(part, now / (now + lacking)), part)
        fine &= some
        for lever, lacking in one.lacking.items():
            held = amounts[one.table].setdefault(lever, np.zeros(len(one.table)))
            held[one.rows[fine]] = lacking[fine]
        for rule in _named(groups[g]):
            asked.setdefault(rule, np.zeros(len(one.table), bool))[one.rows[fine]] = True
        without += int((~fine).sum())
        rows.append(one.rows[fine])
        attained.append(part[fine])
        group.append(np.full(int(fine.sum()), g, np.int32))
        numbers.append(np.full(int(fine.sum()), tables.index(one.table), np.int32))
    whole = added_together(runs, amounts, asked, budget.priced(runs, costs), floor=not asked)
    fields |= {key: run.dictionary.fields[key] for run in runs for held in whole.added.values() for key in held}
    every = _joined(rows, np.int32)
    offers = Offers(
        tables, _joined(numbers, np.int32), every, np.zeros(len(every), np.int64), _joined(attained, np.float64),
        whole.added, fields, _joined(group, np.int32), {"helpless": without} if without else {}, asked,
    ).priced(budget, costs)  # fmt: skip
    losing = offers.marked(whole.losing)
    offers, stuck = offers.where(~losing, "loses"), offers.marked(whole.stuck)[~losing]
    return offers.where(~stuck, "helpless")


def _named(need: GroupNeed) -> Iterator[tuple[str, str]]:
    """The rules that the condition of a share names."""
    call = need.result.rule.indicator
    if isinstance(call, Call):
        for one in rules_in(call.arguments[0]):
            yield need.result.rule.standard, one


def _joined(parts: Sequence[npt.NDArray[Any]], kind: type) -> npt.NDArray[Any]:
    return np.concatenate(parts).astype(kind) if parts else np.zeros(0, kind)


__all__ = ["Amounts", "Budget", "Offers", "offers_of_groups", "offers_of_levers"]
