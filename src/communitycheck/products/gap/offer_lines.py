"""Every subject that a budget could be spent on, with what it is given and what that takes, fetched by the column."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from communitycheck.model.address import Address
from communitycheck.model.dictionary import Field
from communitycheck.model.subjects import Records, Subject, SubjectCells
from communitycheck.model.table import Ints
from communitycheck.planning.budget import BudgetPlan

CHUNK = 2048


class OfferLine(Struct, frozen=True):
    """One subject: ``price`` in the unit of the budget, ``attained`` the part of its need that it has, ``people`` None
    where that is not asked or not known."""

    subject: Subject
    at: Address | None
    adds: tuple[tuple[Field, float], ...]
    price: float
    attained: float
    people: int | None
    chosen: bool


def offer_lines(plan: BudgetPlan, order: Ints) -> Iterator[OfferLine]:
    """The offers at the places of ``order``."""
    for start in range(0, len(order), CHUNK):
        yield from _chunk(plan, order[start : start + CHUNK])


def _chunk(plan: BudgetPlan, order: Ints) -> Iterator[OfferLine]:
    offers = plan.offers
    seen: dict[int, SubjectCells] = {}
    for k, table in enumerate(offers.tables):
        mine = order[offers.table_of[order] == k]
        seen |= zip(mine.tolist(), Records(table).with_cells(offers.rows[mine], ()), strict=True)
    for i in order.tolist():
        table, row = offers.tables[offers.table_of[i]], offers.rows[i]
        adds = tuple(
            (offers.fields[key], float(amount[row])) for key, amount in offers.amounts[table].items() if amount[row]
        )
        people = None if plan.people is None or np.isnan(plan.people[i]) else int(plan.people[i])
        price = int(offers.prices[i]) / plan.budget.steps
        one = seen[i]
        yield OfferLine(
            one.subject, one.at, adds, price, float(offers.attained[i]), people, bool(plan.chosen[i])
        )  # fmt: skip


def chosen_first(plan: BudgetPlan) -> tuple[Ints, Ints]:
    """The places of those that are chosen, the cheapest first (for the worst off: these first), and of those that are
    left, the worst off first."""
    worst = plan.worst_first()
    left = worst[~plan.chosen[worst]]
    if plan.objective == "worst-first":
        return worst[plan.chosen[worst]], left
    cheap = np.argsort(plan.offers.prices, kind="stable").astype(np.int32)
    return cheap[plan.chosen[cheap]], left
