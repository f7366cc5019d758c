"""A budget is spent as well as it can be: as all choices tried one by one, on small returns with blanks and bounds."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from communitycheck.model.result import Outcome
from communitycheck.model.text import Text
from communitycheck.planning.budget import BudgetPlan, Objective, people_field, plan_of_levers, plan_of_shares
from communitycheck.planning.costs import Costs, Price
from communitycheck.planning.find_needs import find_needs
from communitycheck.planning.offers import Budget
from planning.plans import judged, random_rows, standard, write

RULES: list[dict[str, Any]] = [
    {"indicator": "facility_area", "at_least": "400 m2", "lever": "facility_area"},
    {"indicator": "facility_area / households", "at_least": "30 m2/100 households", "lever": "facility_area"},
    {"indicator": "service_windows", "at_least": 3},
    {"indicator": "outdoor_area / (outdoor_area + facility_area)", "at_least": "20%", "lever": "outdoor_area"},
    {"indicator": "party_volunteers / party_members", "at_least": "13%"},  # no lever
]
COSTS = Costs((
    Price("facility_area", Text("租赁", "rented"), 200.0),
    Price("facility_area", Text("新建", "built"), 3500.0),
    Price("service_windows", Text("新设", "set up"), 4000.0),
))  # fmt: skip


def small(rng: random.Random, n: int) -> list[dict[str, Any]]:
    rows = random_rows(rng, n)
    for row in rows:
        row["households"] = rng.randrange(100, 2500)
        if rng.random() < 0.15:
            row[rng.choice(["facility_area", "population", "households", "service_windows"])] = ""
    return rows


def choices(plan: BudgetPlan) -> list[np.ndarray]:  # type: ignore[type-arg]
    """Every choice that the budget pays for."""
    n = len(plan.offers)
    every = [list(c) for k in range(n + 1) for c in combinations(range(n), k)]
    found = []
    for one in every:
        mask = np.zeros(n, bool)
        mask[one] = True
        if plan.offers.prices[mask].sum() <= plan.budget.limit:
            found.append(mask)
    return found


def worth(plan: BudgetPlan, mask: np.ndarray) -> Any:  # type: ignore[type-arg]
    match plan.objective:
        case "most-communities":
            return int(mask.sum())
        case "most-people":
            assert plan.people is not None
            return int(np.nansum(plan.people[mask]))
        case _:  # the worst off is worth more than all behind it
            return mask[plan.worst_first()].tolist()


@pytest.mark.parametrize("objective", ["most-communities", "most-people", "worst-first"])
@pytest.mark.parametrize("seed", range(4))
def test_no_other_choice_does_better(seed: int, objective: Objective, tmp_path: Path) -> None:
    rng = random.Random(seed)
    report, runs = judged(write(tmp_path, small(rng, 16)), standard(tmp_path, RULES))
    needs = find_needs(report, runs)
    for budget in (
        Budget(rng.randrange(200, 2500), "m2", "facility_area"),
        Budget(rng.randrange(20, 300) * 1000, "yuan"),
    ):
        plan = plan_of_levers(runs, needs, COSTS, budget, objective, runs[0].dictionary)
        assert 0 < len(plan.offers) <= 16
        assert plan.offers.prices[plan.chosen].sum() <= budget.limit
        assert plan.exact
        assert worth(plan, plan.chosen) == max(worth(plan, mask) for mask in choices(plan))


@pytest.mark.parametrize("seed", range(3))
def test_whom_it_goes_to_passes_and_costs_what_it_says(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    rows, rules = small(rng, 40), standard(tmp_path, RULES)
    report, runs = judged(write(tmp_path, rows), rules)
    plan = plan_of_levers(
        runs, find_needs(report, runs), COSTS, Budget(150_000, "yuan"), "most-communities", runs[0].dictionary
    )
    raised, cost = [dict(row) for row in rows], 0.0
    ((table, chosen),) = plan.offers.of_table(plan.chosen).items()
    assert len(chosen)
    prices = {"facility_area": 200, "service_windows": 4000}  # the cheapest method
    for row in chosen.tolist():
        for lever, amounts in plan.offers.amounts[table].items():
            if amounts[row]:
                raised[row][lever] = round(rows[row][lever] + float(amounts[row]), 2)
                cost += float(amounts[row]) * prices[lever]
    assert plan.spent == pytest.approx(cost) and plan.spent + plan.rest == 150_000
    results = judged(write(tmp_path, raised), rules)[0].results
    for result in results[:3]:
        assert not (result.outcome[chosen] == int(Outcome.FAIL)).any(), result.rule.id
    misses = [result.outcome[chosen] == int(Outcome.FAIL) for result in judged(write(tmp_path, rows), rules)[0].results]
    assert plan.elsewhere == int((misses[3] | misses[4]).sum())


SHARE = {"by": "county", "indicator": 'share(meets("S-1", "S-3"))', "at_least": "80%"}


@pytest.mark.parametrize("seed", range(4))
def test_as_many_shares_are_reached_as_can_be(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    rows = random_rows(rng, 14)
    rules = standard(tmp_path, [*RULES, SHARE])
    report, runs = judged(write(tmp_path, rows), rules)
    needs = find_needs(report, runs)
    groups = [one for one in needs.groups if one.result.rule.id == "S-6"]
    plan = plan_of_shares(runs, needs, COSTS, Budget(rng.randrange(20, 300) * 1000, "yuan"), groups)
    assert plan.offers.group is not None and plan.spent <= plan.budget.amount

    def reached(mask: np.ndarray) -> int:  # type: ignore[type-arg]
        assert plan.offers.group is not None
        numbers = np.bincount(plan.offers.group[mask], minlength=len(groups))
        return int((numbers >= [one.wanted for one in plan.groups]).sum())

    best = max(reached(mask) for mask in choices(plan))
    assert reached(plan.chosen) == best == sum(one.reached for one in plan.groups)
    raised = [dict(row) for row in rows]
    for table, chosen in plan.offers.of_table(plan.chosen).items():
        for row in chosen.tolist():
            for lever, amounts in plan.offers.amounts[table].items():
                raised[row][lever] = round(rows[row][lever] + float(amounts[row]), 2)
    result = judged(write(tmp_path, raised), rules)[0].results[5]
    assert [int(result.outcome[one.need.i]) == Outcome.PASS for one in plan.groups] == [
        one.reached for one in plan.groups
    ]


def test_who_is_not_offered_is_told(tmp_path: Path) -> None:
    rows = random_rows(random.Random(1), 6)
    for row in rows:
        row |= {"households": 100, "facility_area": 500, "outdoor_area": 300, "service_windows": 5}
    rows[0]["facility_area"] = 100
    rows[1] |= {"facility_area": 100, "households": ""}  # nobody knows how much it needs
    rows[2] |= {"facility_area": 100, "population": ""}
    report, runs = judged(write(tmp_path, rows), standard(tmp_path, RULES[:3]))
    needs, budget = find_needs(report, runs), Budget(10_000, "m2", "facility_area")
    plan = plan_of_levers(runs, needs, Costs(), budget, "most-people", runs[0].dictionary)
    assert plan.offers.without == {"endless": 1} and plan.people_unknown == 1
    assert plan.offers.rows[plan.chosen].tolist() == [0]
    field = people_field(runs[0].dictionary, plan.offers.tables[0])
    assert field is not None and field.key == "population"
