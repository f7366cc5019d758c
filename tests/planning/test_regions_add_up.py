"""A street's needs add up to its county's, those to the city's; blanks stay apart."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from communitycheck.model.places.regions import RegionIndex
from communitycheck.planning.needs import NeedKind
from communitycheck.planning.regions import levels_of, region_needs, whole_need
from planning.plans import needs, random_rows, standard, write


@pytest.mark.parametrize("seed", range(4))
def test_sums(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    rows = random_rows(rng, 120)
    for row in rows:
        if rng.random() < 0.2:
            row[rng.choice(["facility_area", "households", "outdoor_area", "service_staff"])] = ""
    index = RegionIndex()
    for one in needs(write(tmp_path, rows), standard(tmp_path)).levers:
        whole, levels = whole_need(one), levels_of(one)
        assert levels == ["province", "city", "county", "street"]
        assert (whole.short, whole.open) == (int(one.short.sum()), int(one.open.sum()))
        for level in levels:
            regions = region_needs(one, level, index)
            for name in ("short", "open", "none", "unbounded"):
                assert sum(getattr(r, name) for r in regions) == getattr(whole, name)
            for name in ("least", "most"):
                assert sum(getattr(r, name) for r in regions) == pytest.approx(getattr(whole, name), abs=1e-6)
            for region in regions:
                within = {"province": (), "city": (), "county": ("county",), "street": ("county", "street")}[level]
                names = region.path[len(region.path) - len(within) :]
                at = [tuple(row[key] for key in within) == names for row in rows]
                mine = np.array(at)[one.rows]
                assert region.short == int((one.short & mine).sum())
                exact = mine & (one.kind == int(NeedKind.EXACT))
                bounded = mine & (one.kind == int(NeedKind.BOUNDED))
                assert region.least == pytest.approx(float(one.least[exact | bounded].sum()), abs=1e-6)


def test_who_stands_there_twice_is_added_up_once(tmp_path: Path) -> None:
    rows = random_rows(random.Random(7), 6)
    for row in rows:
        row["facility_area"] = 100
    again = [dict(row) for row in rows[:2]]
    rules = standard(tmp_path, [{"indicator": "facility_area", "at_least": "350 m2", "lever": "facility_area"}])
    (one,) = needs(write(tmp_path, [*rows, *again]), rules).levers
    assert len(one) == 8 and one.again.sum() == 2
    assert whole_need(one).least == whole_need(one).most == 6 * 250
