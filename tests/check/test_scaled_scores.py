"""In whatever units an assessment sheet states its quantities and fields are declared, the points are the same."""

from __future__ import annotations

import csv
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from check.test_scaled_returns import FIELDS, FIGURES, KINDS, LABELS, PLAIN, columns, quantities, standard
from communitycheck.check import check

ITEMS: list[dict[str, Any]] = [
    {"indicator": "desks / people", "deduct": 1, "per": "[0.001 things/people]"},
    {"indicator": "site / homes", "each": 1, "per": "[0.1 area/homes]"},
    {"indicator": "funds / people", "each": 1.5, "per": "[0.005 money/people]", "cap": 8},
    {"indicator": "site", "deduct": 1, "per": "[150 area]", "floor": 2},
    {"indicator": "rate", "deduct": 1, "per": "[1 provision]"},
    {"indicator": "max([0.004 things/people] - desks / people, [0 things/people])", "deduct": 2,
     "per": "[0.001 things/people]"},
    {"indicator": "part", "each": 1, "per": "[0.1 share]"},
    {"indicator": "lease", "each": 1, "per": "[0.5 span]"},
    {"indicator": "fee", "deduct": 1, "per": "[60000 cost]"},
    {"indicator": "desks / people", "tiers": [
        {"at_least": "[0.004 things/people]", "points": "full"}, {"at_least": "[0.001 things/people]", "points": 5},
        {"points": 1}]},
    {"indicator": "site / homes", "tiers": [
        {"below": "[0.3 area/homes]", "points": 2}, {"below": "[0.9 area/homes]", "points": 6}, {"points": "full"}]},
    {"indicator": "funds / people", "tiers": [
        {"more_than": "[0.02 money/people]", "points": "full"}, {"more_than": "0", "points": 4}, {"points": 0}]},
    {"indicator": "site / people", "points": "proportional", "at_least": "[0.4 area/people]", "none_below": "20%"},
    {"indicator": "people", "equals": "before", "tolerance": "[1000 people]"},
    {"indicator": "site / homes", "each": 1, "per": "[0.1 area/homes]",
     "plausible": ["[0.2 area/homes]", "[2 area/homes]"]},
    {"indicator": "funds", "where": "site / homes >= [0.4 area/homes]", "each": 1, "per": "[10 money]"},
]  # fmt: skip


def sheet(name: str, declared: dict[str, int], pick: Any) -> dict[str, Any]:
    def stated(value: Any, key: str = "") -> Any:
        if isinstance(value, list):
            return [stated(one, key) for one in value]
        if isinstance(value, dict):
            return {name: stated(one, name) for name, one in value.items()}
        found = quantities(value, pick)
        is_formula = key in ("indicator", "where")
        return found.replace(" per 1 ", "/") if isinstance(found, str) and not is_formula else found

    whole = standard(name, declared, pick)
    items = [{"id": f"I{at}", "title": "示例", "weight": 10, **stated(item)} for at, item in enumerate(ITEMS)]
    score = {"id": "s", "title": "表", "applies_to": "community", "not_applicable": "full", "items": items}
    return {**whole, "rules": [], "score": score}


def points(folder: Path, name: str, body: dict[str, Any], rows: list[list[str]]) -> list[list[tuple[float, float]]]:
    rules, file = folder / f"{name}.yaml", folder / f"{name}.csv"
    rules.write_text(yaml.safe_dump(body, allow_unicode=True), "utf-8")
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    (found,) = check([file], [rules], as_of=date(2024, 1, 1)).scores
    return [
        [(round(lo, 6), round(hi, 6)) for lo, hi in zip(one.lo.tolist(), one.hi.tolist(), strict=True)]
        for one in found.items
    ]


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 60))])
def test_scaling_units_never_changes_a_score(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    values = [{key: draw.choice(FIGURES[kind]) for key, kind in FIELDS.items()} for _ in range(6)]
    first = dict.fromkeys(FIELDS, 0)
    plain = points(tmp_path, "plain", sheet("plain", first, PLAIN), columns(draw, values, first, "declared"))
    declared = {key: draw.randrange(len(KINDS[kind])) for key, kind in FIELDS.items()}
    scaled = sheet("scaled", declared, lambda kind: draw.randrange(len(KINDS[kind])))
    found = points(tmp_path, "scaled", scaled, columns(draw, values, declared, "declared"))
    assert {at: (plain[at], found[at]) for at in range(len(ITEMS)) if plain[at] != found[at]} == {}


# One community of 1000 households, 2000 persons, 400 m2, 8 desks and 50,000 yuan.
COUNTED = [
    ("desks / people", "1 item/1000 persons", 4),
    ("desks / people", "10 items/10000 persons", 4),
    ("hall / homes", "10 m2/100 households", 4),
    ("hall / homes", "0.1 m2/household", 4),
    ("funds / people", "10 yuan/person", 2.5),
    ("funds / people", "10000 yuan/1000 persons", 2.5),
    ("hall", "0.01 ha", 4),
    ("desks / people * 1000", "1 item", 4),
]


@pytest.mark.parametrize(("indicator", "per", "points_due"), COUNTED)
def test_per_has_its_scale(indicator: str, per: str, points_due: float, tmp_path: Path) -> None:
    first = dict.fromkeys(FIELDS, 0)
    body = sheet("per", first, PLAIN)
    body["score"]["items"] = [{"id": "A", "title": "示例", "weight": 10, "indicator": indicator, "each": 1, "per": per}]
    used = {"people": 2000, "homes": 1000, "hall": 400, "desks": 8, "funds": 5}
    head = ["区县", "社区名称", *(LABELS[key] for key in used)]
    head[-1] += "（万元）"
    rows = [head, ["东区", "甲社区", *map(str, used.values())]]
    assert points(tmp_path, "per", body, rows) == [[(points_due, points_due)]]
