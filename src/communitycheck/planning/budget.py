"""What a budget is best spent on: chosen under one objective, proved where that can be proved, and judged again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

import numpy as np
from msgspec import Struct, field

from communitycheck.checking.evaluation.evaluate import truth
from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import Call
from communitycheck.model.result import Outcome, Records
from communitycheck.model.rule import Rule
from communitycheck.model.table import Bools, Bytes, Floats, Ints, State, Table, among
from communitycheck.planning.again import with_additions
from communitycheck.planning.costs import Costs
from communitycheck.planning.knapsack import Wholes, best_within, greedily
from communitycheck.planning.needs import GroupNeed, LeverNeed, NeedKind, Needs
from communitycheck.planning.offers import Budget, Offers, offers_of_groups, offers_of_levers
from communitycheck.planning.together import broken

Objective = Literal["most-communities", "most-people", "worst-first", "share-target"]
OBJECTIVES: tuple[Objective, ...] = get_args(Objective)


class GroupPlan(Struct, eq=False):
    """A group whose share is to reach its limit: how many more it takes, what the cheapest of them cost (None where
    they are too few), and whether it then passes."""

    need: GroupNeed
    wanted: int
    price: float | None
    reached: bool = False


class BudgetPlan(Struct, eq=False):
    """What is chosen.

    Attributes:
        levers: what the budget pays for.
        chosen: along the offers.
        people: along the offers, how many live there (NaN: not known), in the unit of ``people_field``; None where the
            objective does not ask.
        bound: no choice reaches more people than this.
        elsewhere: chosen subjects that miss another limit all the same, which it does not pay for, or is not for.
        after: (standard, rule) -> how many others it passed before, subjects and groups, that it would not.
    """

    budget: Budget
    objective: Objective
    levers: list[LeverNeed]
    offers: Offers
    chosen: Bools
    people: Floats | None = None
    people_field: Field | None = None
    bound: int | None = None
    groups: list[GroupPlan] = field(default_factory=list)
    elsewhere: int = 0
    after: dict[tuple[str, str], int] = field(default_factory=dict)

    def cost(self, which: Bools) -> float:
        """What some offers cost, in the unit of the budget."""
        return int(self.offers.prices[which].sum()) / self.budget.steps

    @property
    def spent(self) -> float:
        return self.cost(self.chosen)

    @property
    def rest(self) -> float:
        return round(self.budget.amount - self.spent, 4)

    @property
    def reached(self) -> int:
        """How many live where it is spent, as far as that is known."""
        return 0 if self.people is None else int(np.nansum(self.people[self.chosen]))

    @property
    def people_unknown(self) -> int:
        """Of how many offers nobody knows how many live there; they are not chosen for the people."""
        return 0 if self.people is None else int(np.isnan(self.people).sum())

    def gives(self, need: LeverNeed) -> Floats:
        """Along a need, what its subjects are given of the lever."""
        given = self.offers.given(self.chosen).get(need.table, {})
        return given[need.lever.key][need.rows] if need.lever.key in given else np.zeros(len(need))

    @property
    def exact(self) -> bool:
        """Whether no other choice does better by the objective."""
        return self.bound is None or self.bound == self.reached

    def worst_first(self) -> Ints:
        """The order of the offers from the one that has least of what it needs."""
        order = np.lexsort((self.offers.rows, -self.offers.prices, self.offers.attained))
        return order.astype(np.int32)


def levers_paid(needs: Needs, budget: Budget, costs: Costs) -> list[LeverNeed]:
    """The levers that a budget pays for."""
    return [one for one in needs.levers if budget.price(one.lever.key, costs) is not None]


def plan_of_levers(
    runs: Sequence[StandardRun], needs: Needs, costs: Costs, budget: Budget, objective: Objective,
    dictionary: Dictionary,
) -> BudgetPlan:  # fmt: skip
    """Bring subjects over the limits that they miss for want of what the budget pays for."""
    paid = levers_paid(needs, budget, costs)
    offers = offers_of_levers(runs, paid, budget, costs)
    plan = BudgetPlan(budget, objective, paid, offers, np.zeros(len(offers), bool))

    def choose() -> None:
        match objective:
            case "most-people":
                _most_people(plan, dictionary)
            case "worst-first":
                order = plan.worst_first()
                plan.chosen = np.zeros(len(plan.offers), bool)
                plan.chosen[order[greedily(plan.offers.prices[order], budget.limit)]] = True
            case _:
                plan.chosen = cheapest_first(plan.offers.prices, budget.limit)

    plan.elsewhere = _elsewhere(plan, needs, _choose_proved(plan, runs, choose))
    return plan


def _choose_proved(
    plan: BudgetPlan, runs: Sequence[StandardRun], choose: Callable[[], None]
) -> Mapping[tuple[str, str], Bytes]:
    """Choose, and judge again with all of it in place; whoever misses something even so is left out of a new choice.

    Returns what the rules that look at it say then."""
    while True:
        choose()
        if not plan.chosen.any():
            plan.after = {}
            return {}
        found = broken(runs, plan.offers.given(plan.chosen), plan.offers.asked)
        wrong = plan.chosen & (plan.offers.marked(found.failing) | plan.offers.marked(found.losing))
        plan.after = found.lost
        if not wrong.any():
            return found.after
        plan.offers = plan.offers.where(~wrong, "beside")


def plan_of_shares(
    runs: Sequence[StandardRun], needs: Needs, costs: Costs, budget: Budget, groups: Sequence[GroupNeed]
) -> BudgetPlan:
    """Bring groups that share no member to the share that they miss, as many as the budget reaches; what is left goes
    to the cheapest members of the others."""
    offers = _meeting(runs, groups, offers_of_groups(runs, groups, budget, costs))
    plan = BudgetPlan(budget, "share-target", levers_paid(needs, budget, costs), offers, np.zeros(len(offers), bool))
    after = _choose_proved(plan, runs, lambda: _reach_shares(plan, groups))
    plan.elsewhere = _elsewhere(plan, needs, after)
    _judge_groups(plan, runs)
    return plan


def _reach_shares(plan: BudgetPlan, groups: Sequence[GroupNeed]) -> None:
    offers, budget = plan.offers, plan.budget
    assert offers.group is not None
    plan.chosen, plan.groups = np.zeros(len(offers), bool), []
    order = np.lexsort((offers.rows, offers.prices, offers.group))
    starts = np.searchsorted(offers.group[order], np.arange(len(groups) + 1))
    found: list[tuple[int, int]] = []
    for g, need in enumerate(groups):
        mine, known = order[starts[g] : starts[g + 1]], bool(np.isfinite(need.most))
        wanted = int(need.most) if known else 0
        price = int(offers.prices[mine[:wanted]].sum()) if known and len(mine) >= wanted else None
        plan.groups.append(GroupPlan(need, wanted, None if price is None else price / budget.steps))
        if price is not None:
            found.append((price, g))
    left = budget.limit
    for price, g in sorted(found):
        if price > left:
            break
        plan.chosen[order[starts[g] : starts[g] + plan.groups[g].wanted]] = True
        left -= price
    others = np.flatnonzero(~np.isin(offers.group, offers.group[plan.chosen]))
    plan.chosen[others[cheapest_first(offers.prices[others], left)]] = True


def cheapest_first(prices: Wholes, limit: int) -> Bools:
    """The cheapest as long as they fit: no other choice has more of them, since each is one price."""
    order = np.argsort(prices, kind="stable")
    chosen = np.zeros(len(prices), bool)
    chosen[order[: int(np.searchsorted(np.cumsum(prices[order]), limit, side="right"))]] = True
    return chosen


def people_field(dictionary: Dictionary, table: Table) -> Field | None:
    """The field that says how many live there: in persons, else in households."""
    held = [one for one in dictionary.fields.values() if one.residents == "all" and one.key in table.columns]
    return min(held, key=lambda one: one.unit != "persons", default=None)


def _most_people(plan: BudgetPlan, dictionary: Dictionary) -> None:
    offers = plan.offers
    plan.people = np.full(len(offers), np.nan)
    for k, table in enumerate(offers.tables):
        mine, plan.people_field = offers.table_of == k, people_field(dictionary, table)
        column = None if plan.people_field is None else table.columns[plan.people_field.key]
        if column is None or column.lo is None:
            continue
        rows = offers.rows[mine]
        known = np.isfinite(column.lo[rows])
        if column.state is not None:
            known &= column.state[rows] == int(State.KNOWN)
        plan.people[mine] = np.where(known, column.lo[rows], np.nan)
    best = best_within(offers.prices, np.nan_to_num(plan.people).astype(np.int64), plan.budget.limit)
    plan.chosen, plan.bound = best.taken, best.bound


def _elsewhere(plan: BudgetPlan, needs: Needs, after: Mapping[tuple[str, str], Bytes]) -> int:
    """How many of the chosen miss another limit all the same.

    Args:
        after: what rules that look at what is added to say with all of it in place.
    """
    other = {table: np.zeros(len(table), bool) for table in plan.offers.tables}
    missed: list[tuple[Table, Rule, Ints]] = [
        (one.table, part.rule, part.rows[part.kind != int(NeedKind.OPEN)]) for one in needs.levers for part in one.parts
    ]
    for left in needs.unclosed:
        subjects = left.result.subjects
        if isinstance(subjects, Records):
            missed.append((subjects.table, left.result.rule, subjects.rows(left.result.missed.astype(np.int32))))
    for table, rule, rows in missed:
        if table in other:
            then = after.get((rule.standard, rule.id))
            other[table][rows if then is None else rows[among(then[rows], Outcome.FAIL, Outcome.NOT_DUE)]] = True
    return sum(int(other[table][rows].sum()) for table, rows in plan.offers.of_table(plan.chosen).items())


def _meeting(runs: Sequence[StandardRun], groups: Sequence[GroupNeed], offers: Offers) -> Offers:
    """Those of the offers with which a member meets the condition of its group."""
    if not groups or not len(offers):
        return offers
    rule = groups[0].result.rule
    kept = np.zeros(len(offers), bool)
    for run in with_additions(runs, offers.given(np.ones(len(offers), bool))):
        if run.standard.id != rule.standard:
            continue
        run.judged(run.rules[rule.id])  # and those that its condition names
        governed = run.governed[rule.applies_to]
        folded = run.folded(rule).indicator
        assert isinstance(folded, Call)
        met = truth(folded.arguments[0], governed.context()).yes
        rows = governed.records.rows(np.flatnonzero(np.broadcast_to(met, len(governed))).astype(np.int32))
        kept = np.isin(offers.rows, rows)
        governed.look_again()
    return offers.where(kept, "helpless")


def _judge_groups(plan: BudgetPlan, runs: Sequence[StandardRun]) -> None:
    """Note which groups pass with what is chosen in place."""
    if not plan.groups:
        return
    rule = plan.groups[0].need.result.rule
    for run in with_additions(runs, plan.offers.given(plan.chosen)):
        if run.standard.id == rule.standard:
            outcome = run.judged(run.rules[rule.id]).outcome
            for one in plan.groups:
                one.reached = int(outcome[one.need.i]) == Outcome.PASS
        for mine in run.governed.values():
            mine.look_again()


__all__ = [
    "OBJECTIVES", "BudgetPlan", "GroupPlan", "Objective", "cheapest_first", "levers_paid", "people_field",
    "plan_of_levers", "plan_of_shares",
]  # fmt: skip
