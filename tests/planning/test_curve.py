"""The curve over a span of limits: the same as judging at each of them, and in between."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from communitycheck.check import check
from communitycheck.model.result import Outcome
from communitycheck.planning.whatif.curve import LimitCurve
from communitycheck.products.whatif.front import whatif
from planning.plans import AS_OF, random_rows, standard, write

RULES: list[dict[str, Any]] = [
    {"indicator": "facility_area", "at_least": "400 m2"},
    {"indicator": "facility_area", "more_than": "400 m2", "where": 'community_type == "urban"'},
    {"indicator": "outdoor_area / households", "at_most": "5 m2/100 households"},
    {"indicator": "service_windows", "less_than": "4"},
    {"indicator": "party_volunteers / party_members", "at_least": "13%", "due": "2030-12-31"},
    {"indicator": "share(facility_area >= 400 m2)", "by": ["county", "city"], "at_least": "60%"},
    {"indicator": "sum(outdoor_area) / sum(households)", "by": "county", "at_most": "5 m2/100 households"},
]


def messy_rows(rng: random.Random, n: int, blanks: float) -> list[dict[str, Any]]:
    """Records with blanks, and figures of which an end alone is known."""
    rows = random_rows(rng, n)
    for row in rows:
        for key in ("facility_area", "outdoor_area", "households", "party_members"):
            if rng.random() < blanks:
                bounds = ["", f"{rng.randrange(1, 9)}00余", f"≥{rng.randrange(50, 900)}"]
                row[key] = rng.choice(bounds) if key != "party_members" else ""
    return rows


def counts(path: Path, rules: Path) -> dict[str, tuple[int, int, int]]:
    """Rule -> how many pass, miss and are not known."""
    found = {}
    for result in check(path, [rules], as_of=AS_OF).results:
        by = result.counts()
        found[result.rule.id] = by[Outcome.PASS], by[Outcome.FAIL] + by[Outcome.NOT_DUE], by[Outcome.NO_DATA]
    return found


def curve(path: Path, rules: Path, span: str = "S-1=..") -> LimitCurve:
    (found,) = whatif(path, [("set", span)], [rules], as_of=AS_OF).curves
    return found.curve


@pytest.mark.parametrize("number", range(len(RULES)))
@pytest.mark.parametrize("seed", [1, 2])
def test_it_is_as_judging_at_every_limit(number: int, seed: int, tmp_path: Path) -> None:
    rule = RULES[number]
    path = write(tmp_path, messy_rows(random.Random(100 * seed + number), 14, 0.06 if "by" in rule else 0.2))
    found = curve(path, standard(tmp_path, [rule]))
    assert len(found) > 2
    key = found.comparison.key
    unit = rule[key].lstrip("0123456789. ")
    held = {"%": 100.0}.get(unit, 1.0)
    between = (found.limits[1:] + found.limits[:-1]) / 2
    if rule["indicator"] == "service_windows":  # of which there is no half
        between = np.ceil(between)
    said = [found.sayable(k) for k in range(len(found))]  # written as people write it, each is still its own line
    limits = np.concatenate([found.limits, between, [found.limits[0] - 1, found.limits[-1] + 1], said])
    again = standard(tmp_path, [{**rule, key: f"{limit * held:.15f} {unit}".replace(" %", "%")} for limit in limits])
    judged = counts(path, again)
    rows = list(zip(found.passed.tolist(), found.missed.tolist(), found.unknown.tolist(), strict=True))
    n = len(found)
    assert [judged[f"S-{k + 1}"] for k in range(n)] == rows
    # In between it is as at the stricter limit where a value at the limit passes, else as at the milder one.
    upper = found.is_up == found.comparison.met_at_limit
    assert [judged[f"S-{k + 1}"] for k in range(n, 2 * n - 1)] == (rows[1:] if upper else rows[:-1])
    if rule["indicator"] != "service_windows":
        assert [judged[f"S-{k + 1}"] for k in range(2 * n + 1, 3 * n + 1)] == rows
    # Monotone: a stricter limit never lets anybody pass who did not.
    order = 1 if found.is_up else -1
    assert (np.diff(found.passed)[::order] * order <= 0).all() and (np.diff(found.missed) * order >= 0).all()


def test_the_limit_for_a_rate(tmp_path: Path) -> None:
    rows = random_rows(random.Random(7), 20)
    for k, row in enumerate(rows):
        row["facility_area"] = 100 + 10 * k
    rows[0]["facility_area"] = rows[1]["facility_area"] = ""
    found = curve(write(tmp_path, rows), standard(tmp_path, [{"indicator": "facility_area", "at_least": "400 m2"}]))
    # 18 are known, 120 to 290 m2: 90 % of them are 17; of all 20 they are 18, and with the unknown two 16 will do.
    assert found.strictest(0.9) == 130
    assert found.strictest(0.9, unknown="miss") == 120
    assert found.strictest(0.9, unknown="pass") == 140
    assert found.strictest(1.0, unknown="miss") is None
    assert found.strictest(1.0) == 120


def test_an_end_that_is_not_reached_is_shown_as_it_is_meant(tmp_path: Path) -> None:
    """300余 may be anything under 400: at 400 it misses, and just under it nobody knows."""
    rows = random_rows(random.Random(7), 4)
    for row, area in zip(rows, ["300余", 395, 400, 360], strict=True):
        row["facility_area"] = area
    path = write(tmp_path, rows)
    found = curve(path, standard(tmp_path, [{"indicator": "facility_area", "at_least": "400 m2"}]))
    columns = (found.written, found.open, found.passed, found.missed)
    steps = list(zip(*(one.tolist() for one in columns), strict=True))
    assert steps == [(300, False, 4, 0), (360, False, 3, 0), (395, False, 2, 1), (400, True, 1, 2), (400, False, 1, 3)]
    assert (found.strictest(0.3), found.strictest(0.25)) == (399, 400)
    over = curve(path, standard(tmp_path, [{"indicator": "facility_area", "at_most": "400 m2"}]))
    assert over.written.tolist() == over.limits.tolist() == [300, 360, 395, 400] and not over.open.any()


def test_a_span_shows_its_ends_and_the_limit_of_today(tmp_path: Path) -> None:
    rows = random_rows(random.Random(3), 10)
    for k, row in enumerate(rows):
        row["facility_area"] = 100 * k + 50
    rules = standard(tmp_path, [{"indicator": "facility_area", "at_least": "400 m2"}])
    (found,) = whatif(write(tmp_path, rows), [("set", "S-1=300..600 m2")], [rules], as_of=AS_OF).curves
    inside = found.curve.within(found.low, found.high)
    assert found.curve.limits[inside].tolist() == [300, 350, 400, 450, 550, 600]
    assert found.curve.passed[inside].tolist() == [7, 7, 6, 6, 5, 4]
    assert found.now == 400
