"""Levers that feed each other are added to together: what a budget counts as closed passes, and nothing less does."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from communitycheck.model.result import Outcome
from communitycheck.model.text import Text
from communitycheck.planning.budget import BudgetPlan, plan_of_levers, plan_of_shares
from communitycheck.planning.costs import Costs, Price
from communitycheck.planning.find_needs import find_needs
from communitycheck.planning.offers import Budget
from planning.plans import judged, random_rows, standard, write

WINDOWS = {"indicator": "service_windows", "at_least": 3, "lever": "service_windows"}
AREA = {"indicator": "facility_area / service_windows", "at_least": "25 m2/item", "lever": "facility_area"}
STAFF = {"indicator": "service_staff", "at_least": "service_windows + 1", "lever": "service_staff"}
RATIO = {"indicator": "service_windows / service_staff", "at_least": "0.5 items/person", "lever": "service_windows"}
ROOMS = {"indicator": "facility_area", "at_least": "100 m2", "lever": "facility_area"}
BOTH = {"indicator": "facility_area + outdoor_area", "at_least": "300 m2", "lever": "outdoor_area"}
SHARE = {"by": "county", "indicator": "share(service_windows >= 3)", "at_least": "75%", "lever": "service_windows"}
NAMED = {"by": "county", "indicator": 'share(meets("S-1"))', "at_least": "75%"}
PRICES = {"service_windows": 5000, "service_staff": 2000, "facility_area": 3000, "outdoor_area": 500}
FED = [WINDOWS, AREA, STAFF]


def costs(*levers: str) -> Costs:
    return Costs(tuple(Price(one, Text("购置", "purchase"), PRICES[one]) for one in levers or PRICES))


def homes(*figures: tuple[int, int, float]) -> list[dict[str, Any]]:
    """Records of so many windows and staff, and so much area."""
    rows = random_rows(random.Random(0), len(figures))
    for row, (windows, staff, area) in zip(rows, figures, strict=True):
        row |= {"county": "和平区", "service_windows": windows, "service_staff": staff}
        row |= {"facility_area": area, "outdoor_area": 80}
    return rows


def planned(folder: Path, rows: list[dict[str, Any]], rules: list[dict[str, Any]], budget: Budget, costs: Costs) -> Any:
    report, runs = judged(write(folder, rows), standard(folder, rules))
    needs = find_needs(report, runs)
    if "by" in rules[-1]:
        return plan_of_shares(runs, needs, costs, budget, needs.groups)
    return plan_of_levers(runs, needs, costs, budget, "most-communities", runs[0].dictionary)


def given(plan: BudgetPlan) -> dict[int, dict[str, float]]:
    """What each offer is given, by its row."""
    (table,) = plan.offers.tables
    return {
        row: {key: float(amount[row]) for key, amount in plan.offers.amounts[table].items() if amount[row]}
        for row in plan.offers.rows.tolist()
    }


def holds(folder: Path, rows: list[dict[str, Any]], rules: list[dict[str, Any]]) -> list[bool]:
    """Whether each record meets every rule, read and judged anew."""
    results = judged(write(folder, rows), standard(folder, rules))[0].results
    return [all(int(one.outcome[n]) == Outcome.PASS for one in results) for n in range(len(rows))]


def with_more(row: dict[str, Any], more: dict[str, float]) -> dict[str, Any]:
    return row | {key: round(row[key] + amount, 4) for key, amount in more.items()}


# Windows, staff and area; the rules; what has a price; what is given, or why nothing is.
CASES: list[tuple[tuple[int, int, float], list[dict[str, Any]], tuple[str, ...], dict[str, float] | str]] = [
    ((2, 4, 50), FED, (), {"service_windows": 1, "facility_area": 25}),  # the area is enough today
    ((2, 4, 44), FED, (), {"service_windows": 1, "facility_area": 31}),  # and here it is not
    ((1, 1, 10), FED, (), {"service_windows": 2, "service_staff": 3, "facility_area": 65}),
    ((3, 3, 75), FED, (), {"service_staff": 1}),
    ((2, 4, 50), FED, ("service_windows", "service_staff"), "loses"),
    ((2, 4, 44), FED, ("service_windows", "service_staff"), {"service_windows": 1}),  # a limit that it misses today
    ((2, 4, 90), FED, ("service_windows", "service_staff"), {"service_windows": 1}),
    ((2, 2, 50), [*FED, RATIO], (), {"service_windows": 1, "service_staff": 2, "facility_area": 25}),
    ((3, 4, 60), [ROOMS, BOTH], (), {"facility_area": 40, "outdoor_area": 120}),  # what is built counts there as well
]


@pytest.mark.parametrize(("figures", "rules", "levers", "expected"), CASES)
def test_what_is_given(
    figures: tuple[int, int, float], rules: list[dict[str, Any]], levers: tuple[str, ...],
    expected: dict[str, float] | str, tmp_path: Path,
) -> None:  # fmt: skip
    plan = planned(tmp_path, homes(figures), rules, Budget(1e6, "yuan"), costs(*levers))
    if isinstance(expected, str):
        assert (len(plan.offers), plan.offers.without) == (0, {expected: 1})
    else:
        assert given(plan) == {0: expected} and plan.chosen.tolist() == [True]
        assert plan.spent == sum(PRICES[key] * amount for key, amount in expected.items())


@pytest.mark.parametrize("rules", [FED, [*FED, RATIO], [ROOMS, BOTH]])
def test_no_less_does_it(rules: list[dict[str, Any]], tmp_path: Path) -> None:
    """Against every smaller addition, each read and judged anew."""
    rng = random.Random(len(rules))
    rows = homes(*((rng.randrange(1, 5), rng.randrange(1, 7), rng.choice([25, 60, 75, 140])) for _ in range(8)))
    plan = planned(tmp_path, rows, rules, Budget(1e7, "yuan"), costs())
    offered = given(plan)
    assert len(offered) >= 5 and set(offered) == {n for n, fine in enumerate(holds(tmp_path, rows, rules)) if not fine}
    tried, least = [], []
    for n, more in offered.items():
        steps = {key: 5 if key.endswith("area") else 1 for key in more}
        for amounts in product(*(range(0, int(amount) + 1, steps[key]) for key, amount in more.items())):
            tried.append(with_more(rows[n], dict(zip(more, amounts, strict=True))))
            least.append(amounts == tuple(more.values()))
    assert holds(tmp_path, tried, rules) == least


@pytest.mark.parametrize("rule", [SHARE, NAMED])
def test_members_of_a_share_keep_what_they_meet(rule: dict[str, Any], tmp_path: Path) -> None:
    rows = homes((2, 4, 50), (2, 4, 90), (3, 4, 75), (1, 4, 30))
    plan = planned(tmp_path, rows, [*FED, rule], Budget(90_000, "yuan"), costs())
    assert {n: given(plan)[n] for n in (0, 1)} == {
        0: {"service_windows": 1, "facility_area": 25}, 1: {"service_windows": 1},
    }  # fmt: skip
    assert plan.offers.rows[plan.chosen].tolist() == [0, 1] and plan.spent == 85_000
    assert [one.reached for one in plan.groups] == [True] and plan.elsewhere == 0


def test_members_of_a_share_that_miss_other_limits_are_told(tmp_path: Path) -> None:
    """With what it is given the first misses its area, as today; the second would meet all."""
    rows = homes((2, 4, 40), (2, 4, 90), (3, 4, 75), (3, 4, 75))
    plan = planned(tmp_path, rows, [*FED, {**SHARE, "at_least": "100%"}], Budget(10_000, "yuan"), costs())
    assert plan.offers.rows[plan.chosen].tolist() == [0, 1] and plan.elsewhere == 1


def test_groups_that_pass_no_more_are_told(tmp_path: Path) -> None:
    mean = {"by": "county", "indicator": "sum(service_staff) / sum(service_windows)", "at_least": "2 persons/item"}
    plan = planned(tmp_path, homes((2, 4, 90)), [mean, WINDOWS], Budget(5000, "yuan"), costs("service_windows"))
    assert plan.after == {("plan", "S-1"): 1} and plan.chosen.tolist() == [True]
