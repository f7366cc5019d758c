"""What it takes to bring each subject over its limits, in the unit of a budget: the list that a budget chooses from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from communitycheck.model.dictionary import Field
from communitycheck.model.table import Bools, Floats, Ints, Table
from communitycheck.planning.costs import Costs
from communitycheck.planning.knapsack import Wholes
from communitycheck.planning.needs import GroupNeed, LeverNeed, NeedKind
from communitycheck.planning.of_rule import stated

# Table -> lever -> what each of its rows is given where it is chosen.
Amounts = Mapping[Table, Mapping[str, Floats]]


@dataclass(frozen=True, slots=True)
class Budget:
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

    def prices(self, amounts: Floats, price: float) -> Wholes:
        return np.round(amounts * price * self.steps).astype(np.int64)


@dataclass(slots=True, eq=False)
class Offers:
    """Subjects with what each takes, one behind the other.

    Attributes:
        table_of, rows: where offer ``i`` stands; ``tables`` are numbered.
        prices: in the smallest steps of the budget.
        attained: the part of what a subject needs that it has, of its worst lever.
        amounts: what it is given of each lever; ``fields`` are the levers.
        group: which group it is counted in, where groups are to reach a share.
        without: how many subjects miss a limit and are not offered, by reason.
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

    def __len__(self) -> int:
        return len(self.rows)

    def of_table(self, chosen: Bools) -> dict[Table, Ints]:
        """The rows of those that are chosen, by table."""
        return {table: self.rows[chosen & (self.table_of == k)] for k, table in enumerate(self.tables)}


def offers_of_levers(levers: Sequence[LeverNeed], budget: Budget, costs: Costs) -> Offers:
    """Every subject that misses a limit for want of the levers that the budget pays for, and passes with enough of
    them: what is missing at most is what it takes."""
    tables = list(dict.fromkeys(one.table for one in levers))
    parts = [_of_table(table, [one for one in levers if one.table is table], budget, costs) for table in tables]
    without: dict[str, int] = {}
    for part in parts:
        for why, n in part.without.items():
            without[why] = without.get(why, 0) + n
    return Offers(
        tables,
        np.repeat(np.arange(len(parts)), [len(part) for part in parts]).astype(np.int32),
        _joined([part.rows for part in parts], np.int32),
        _joined([part.prices for part in parts], np.int64),
        _joined([part.attained for part in parts], np.float64),
        {table: part.amounts[table] for table, part in zip(tables, parts, strict=True)},
        {one.lever.key: one.lever for one in levers},
        None,
        {why: n for why, n in without.items() if n},
    )


def _of_table(table: Table, levers: list[LeverNeed], budget: Budget, costs: Costs) -> Offers:
    n = len(table)
    prices, attained = np.zeros(n, np.int64), np.ones(n)
    asked, helpless, endless = np.zeros(n, bool), np.zeros(n, bool), np.zeros(n, bool)
    amounts: dict[str, Floats] = {}
    for one in levers:
        price = budget.price(one.lever.key, costs)
        assert price is not None
        mine, none = one.short & ~one.again, (one.kind == int(NeedKind.NONE)) & ~one.again
        bounded = np.isfinite(one.most)
        asked[one.rows[mine | none]] = True
        helpless[one.rows[none | (mine & (one.blocked | (bounded & ~one.passes)))]] = True
        endless[one.rows[mine & ~bounded]] = True
        rows, most = one.rows[mine & bounded], one.most[mine & bounded]
        amounts[one.lever.key] = np.zeros(n)
        amounts[one.lever.key][rows] = most
        prices[rows] += budget.prices(most, price)
        now = np.maximum(stated(table, one.lever, rows)[0], 0.0)
        attained[rows] = np.minimum(attained[rows], now / (now + most))
    offered = np.flatnonzero(asked & ~helpless & ~endless).astype(np.int32)
    without = {"helpless": int(helpless.sum()), "endless": int((endless & ~helpless).sum())}
    return Offers(
        [table], np.zeros(len(offered), np.int32), offered, prices[offered], attained[offered], {table: amounts},
        {}, None, without,
    )  # fmt: skip


def offers_of_groups(groups: Sequence[GroupNeed], budget: Budget, costs: Costs) -> Offers:
    """Every member of the groups that can be brought to meet their condition with what the budget pays for."""
    found = [one.candidates for one in groups]
    tables = list(dict.fromkeys(one.table for one in found if one is not None))
    fields = {key: lever for one in found if one is not None for key, lever in one.fields.items()}
    amounts: dict[Table, dict[str, Floats]] = {table: {} for table in tables}
    numbers, rows, prices, attained, group = [], [], [], [], []
    without = 0
    for g, one in enumerate(found):
        if one is None:
            continue
        given = {lever: budget.price(lever, costs) for lever in one.lacking}
        whole, part = np.zeros(len(one.rows), np.int64), np.ones(len(one.rows))
        fine = np.full(len(one.rows), bool(one.lacking))
        some = np.zeros(len(one.rows), bool)
        for lever, lacking in one.lacking.items():
            price, wanted = given[lever], lacking > 0  # nothing is known to be missing where it is NaN
            fine &= np.isfinite(lacking) & (~wanted | (price is not None))
            if price is not None:
                whole[fine] += budget.prices(lacking[fine], price)
            some |= wanted
            now = np.maximum(stated(one.table, one.fields[lever], one.rows)[0], 0.0)
            with np.errstate(invalid="ignore"):
                part = np.where(fine & wanted, np.minimum(part, now / (now + lacking)), part)
            held = amounts[one.table].setdefault(lever, np.zeros(len(one.table)))
            held[one.rows[fine]] = lacking[fine]
        fine &= some
        without += int((~fine).sum())
        rows.append(one.rows[fine])
        prices.append(whole[fine])
        attained.append(part[fine])
        group.append(np.full(int(fine.sum()), g, np.int32))
        numbers.append(np.full(int(fine.sum()), tables.index(one.table), np.int32))
    return Offers(
        tables, _joined(numbers, np.int32), _joined(rows, np.int32), _joined(prices, np.int64),
        _joined(attained, np.float64), amounts, fields, _joined(group, np.int32),
        {"helpless": without} if without else {},
    )  # fmt: skip


def _joined(parts: Sequence[npt.NDArray[Any]], kind: type) -> npt.NDArray[Any]:
    return np.concatenate(parts).astype(kind) if parts else np.zeros(0, kind)


__all__ = ["Amounts", "Budget", "Offers", "offers_of_groups", "offers_of_levers"]
