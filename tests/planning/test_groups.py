"""How many more a share needs, which are the cheapest, and what a sum lacks in all."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from communitycheck.model.result import Outcome
from communitycheck.planning.needs import GroupNeed
from planning.plans import RULES, judged, needs, random_rows, standard, write

AREA = {"indicator": "facility_area", "at_least": "400 m2", "lever": "facility_area"}
SHARE = {"by": "county", "indicator": 'share(meets("S-1"))', "at_least": "90%", "unit": "ratio"}


def county(one: GroupNeed) -> str:
    return one.result.subjects.subject(one.i).name


@pytest.mark.parametrize("seed", range(4))
def test_the_cheapest_of_a_share(seed: int, tmp_path: Path) -> None:
    rows = random_rows(random.Random(seed), 70)
    rules = standard(tmp_path, [AREA, SHARE])
    found = needs(write(tmp_path, rows), rules).groups
    assert found
    raised = [dict(row) for row in rows]
    for one in found:
        mine = [row for row in rows if row["county"] == county(one)]
        passed = sum(row["facility_area"] >= 400 for row in mine)
        assert (one.counted, one.met) == (len(mine), passed)
        assert one.least == one.most == -(-9 * len(mine) // 10) - passed
        picked = one.candidates
        assert picked is not None and picked.order == "amount"
        lacking = sorted(400 - row["facility_area"] for row in mine if row["facility_area"] < 400)
        amounts = picked.lacking["facility_area"].tolist()
        assert amounts == pytest.approx(lacking)
        for row, amount in zip(picked.rows[: int(one.most)].tolist(), amounts, strict=False):
            raised[row]["facility_area"] = round(rows[row]["facility_area"] + amount, 2)
    result = judged(write(tmp_path, raised), rules)[0].results[1]
    assert set(result.outcome.tolist()) == {Outcome.PASS}
    for one in found:  # one of them less
        assert one.candidates is not None
        last = int(one.candidates.rows[int(one.most) - 1])
        raised[last]["facility_area"] = rows[last]["facility_area"]
    result = judged(write(tmp_path, raised), rules)[0].results[1]
    assert {i for i, o in enumerate(result.outcome.tolist()) if o == Outcome.FAIL} == {one.i for one in found}


@pytest.mark.parametrize("seed", range(4))
def test_blanks_lie_between_the_ends(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    rows = random_rows(rng, 70)
    told: list[dict[str, Any]] = [{**row, "facility_area": "" if rng.random() < 0.2 else row["facility_area"]}
                                  for row in rows]  # fmt: skip
    share = {**SHARE, "indicator": "share(facility_area >= 400)", "lever": "facility_area", "at_least": "70%"}
    rules = standard(tmp_path, [share])
    supposed = {county(one): one for one in needs(write(tmp_path, told), rules).groups}
    real = {county(one): one for one in needs(write(tmp_path, rows), rules).groups}
    assert set(real) <= set(supposed)
    for name, one in supposed.items():
        need = real[name].most if name in real else 0.0
        assert one.least <= need <= one.most, (name, one.least, need, one.most)
        assert one.candidates is not None and one.candidates.order == "amount"


def test_what_sums_lack(tmp_path: Path) -> None:
    rows = random_rows(random.Random(9), 40)
    rule = {"by": "county", "indicator": "sum(service_staff) / sum(households)", "at_least": "4 persons/100 households",
            "lever": "service_staff"}  # fmt: skip
    rules = standard(tmp_path, [rule])
    found = needs(write(tmp_path, rows), rules).groups
    assert len(found) == 3
    for less in (0, 1):
        raised = [dict(row) for row in rows]
        for one in found:
            assert one.least == one.most == int(one.most) and one.unit == "persons"
            first = next(row for row in raised if row["county"] == county(one))
            first["service_staff"] += int(one.most) - less
        outcomes = set(judged(write(tmp_path, raised), rules)[0].results[0].outcome.tolist())
        assert outcomes == {Outcome.FAIL if less else Outcome.PASS}


def test_which_lack_the_fewest_levers(tmp_path: Path) -> None:
    rows = random_rows(random.Random(2), 30)
    rules = standard(tmp_path, [AREA, RULES[6] | {"indicator": "service_windows"},
                                {**SHARE, "indicator": 'share(meets("S-1", "S-2"))', "at_least": "100%"}])  # fmt: skip
    for one in needs(write(tmp_path, rows), rules).groups:
        assert one.candidates is not None and one.candidates.order == "levers"
        lacking = [
            (rows[i]["facility_area"] < 400) + (rows[i]["service_windows"] < max(1, -(-rows[i]["population"] // 5000)))
            for i in one.candidates.rows.tolist()
        ]
        assert lacking == sorted(lacking) and len(lacking) == one.most
