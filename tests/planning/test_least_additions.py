"""What a gap says is added to the return and checked again: each subject it covered passes, with one step less none."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from communitycheck.checking.missed.least import step_of
from communitycheck.model.dictionary import Field
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome
from communitycheck.planning.find_needs import find_needs
from communitycheck.planning.needs import NeedKind, NoAmount
from communitycheck.products.gap.lines import need_lines
from planning.plans import RULES, amounts, judged, needs, random_rows, standard, write

# How a figure of which bounds alone are known is written, and what it may be in truth.
WRITTEN = [("{n}余", 0, 9), ("不少于{n}", 0, 500), ("", 0, 0), ("不详", 0, 0)]


@pytest.mark.parametrize("seed", range(6))
def test_applied_and_checked_again(seed: int, tmp_path: Path) -> None:
    rows = random_rows(random.Random(seed), 80)
    rules = standard(tmp_path)
    found = needs(write(tmp_path, rows), rules)
    assert {one.lever.key for one in found.levers} == {
        "facility_area", "outdoor_area", "service_windows", "service_staff", "party_volunteers",
    }  # fmt: skip
    for one in found.levers:
        step, short = step_of(one.lever), one.short & ~one.blocked
        assert (one.least == one.most)[short].all() and not one.open.any()
        assert one.passes[short].all() or one.lever.key == "outdoor_area"  # its share hangs on the facilities' area
        for less in (0, 1):
            raised = [dict(row) for row in rows]
            for row, amount in zip(one.rows[short].tolist(), one.most[short].tolist(), strict=True):
                raised[row][one.lever.key] = round(raised[row][one.lever.key] + amount - less * step, 4)
            report, _ = judged(write(tmp_path, raised), rules)
            passed = np.ones((len(one.parts), len(rows)), bool)
            for k, part in enumerate(one.parts):
                result = next(r for r in report.results if r.rule.id == part.rule.id)
                passed[k, part.rows] = result.outcome[part.rows] == Outcome.PASS
            assert (passed.all(axis=0)[one.rows[short]] == (not less)).all(), one.lever.key
        blocked = one.rows[one.kind == int(NeedKind.NONE)]
        assert all(rows[row]["outdoor_area"] > 800 for row in blocked.tolist())


@pytest.mark.parametrize("seed", range(6))
def test_what_is_not_known_lies_between_the_ends(seed: int, tmp_path: Path) -> None:
    rng = random.Random(100 + seed)
    truths = random_rows(rng, 80)
    told: list[dict[str, Any]] = [dict(row) for row in truths]
    for true, row in zip(truths, told, strict=True):
        for key in ("households", "population", "facility_area", "outdoor_area", "service_windows", "service_staff"):
            if rng.random() < 0.15:
                written, least, most = rng.choice(WRITTEN)
                true[key] = int(true[key]) // 10 * 10
                true[key], row[key] = true[key] + rng.randint(least, most), written.format(n=true[key])
                if true[key] == 0 and key in ("households", "population"):
                    true[key] = 10
        if rng.random() < 0.1:
            row["type"] = ""
    rules = standard(tmp_path)
    supposed = needs(write(tmp_path, told), rules)
    real = needs(write(tmp_path, truths), rules)
    lacking = {one.lever.key: amounts(one) for one in real.levers}
    none = {one.lever.key: set(one.rows[one.blocked].tolist()) for one in real.levers}
    covered = {one.lever.key: amounts(one) for one in supposed.levers}
    for key, exact in lacking.items():
        for row in {*exact, *covered[key]} - none[key]:
            need, _ = exact.get(row, (0.0, 0.0))
            least, most = covered[key].get(row, (0.0, 0.0))
            assert least <= need <= most, (key, told[row], truths[row], need, least, most)
    kinds = np.concatenate([one.kind for one in supposed.levers])
    assert {NeedKind.EXACT, NeedKind.BOUNDED, NeedKind.OPEN} <= set(kinds.tolist())


def test_of_no_amount_the_reason_is_told(tmp_path: Path) -> None:
    rows = random_rows(random.Random(1), 3)
    for row, hours in zip(rows, (5, 6, 9), strict=True):
        row |= {"outdoor_area": 900, "service_windows": hours, "service_staff": 10, "population": 100}
    rules = standard(
        tmp_path,
        [
            {"indicator": "service_staff / (service_staff + 20)", "at_least": "100%", "lever": "service_staff"},
            {"indicator": "service_windows / 3000", "at_least": 9, "unit": "items", "lever": "service_windows"},
        ],
    )
    staff, windows = needs(write(tmp_path, rows), rules).levers
    for one, why in ((staff, NoAmount.NEVER), (windows, NoAmount.RANGE)):
        assert one.kind.tolist() == [NeedKind.NONE] * 3 and one.blocked.all() and not one.short.any()
        assert one.parts[0].why.tolist() == [why] * 3


def test_nobody_adds_residents(tmp_path: Path) -> None:
    rules = [{"indicator": "households", "at_least": "5000 households"}, RULES[2], RULES[0]]
    found = needs(write(tmp_path, random_rows(random.Random(2), 9)), standard(tmp_path, rules))
    assert [one.lever.key for one in found.levers] == ["facility_area"]
    assert [(one.result.rule.id, one.count) for one in found.unclosed] == [("S-1", 9)]


def test_exact_to_the_digit_where_it_is_linear(tmp_path: Path) -> None:
    rows = random_rows(random.Random(6), 2)
    for row, area in zip(rows, (12345.678, 30000), strict=True):
        row |= {"households": 99999, "facility_area": area}
    (one,) = needs(write(tmp_path, rows), standard(tmp_path, [RULES[2]])).levers
    assert amounts(one) == {0: (17654.022, 17654.022)}


def test_check_says_the_same(tmp_path: Path) -> None:
    """Of one rule alone the report and the gap give one amount, on a curve too."""
    rows = random_rows(random.Random(8), 60)
    curve = {"indicator": "max(facility_area, 2 * facility_area - 100)", "at_least": "390 m2", "lever": "facility_area"}
    for rule in (RULES[2], RULES[3], RULES[6], RULES[7], RULES[8], curve):
        path, rules = write(tmp_path, rows), standard(tmp_path, [rule])
        (result,) = judged(path, rules)[0].results
        (one,) = needs(path, rules).levers
        assert result.add is not None
        told = dict(zip(result.missed.tolist(), result.add.tolist(), strict=True))
        assert told.keys() == amounts(one).keys()
        for row, (_, most) in amounts(one).items():
            assert 0 <= most - told[row] < step_of(one.lever), (rule, rows[row])


def test_what_is_derived_follows_its_source(tmp_path: Path) -> None:
    rows = random_rows(random.Random(3), 30)
    rules = standard(tmp_path, [{"indicator": "station_area", "at_least": "500 m2", "lever": "facility_area"}])
    (one,) = needs(write(tmp_path, rows), rules).levers
    for row, (least, most) in amounts(one).items():
        assert least == most == pytest.approx(500 - rows[row]["facility_area"], abs=1e-9)
    assert one.passes.all() and len(one) == sum(row["facility_area"] < 500 for row in rows)


def test_two_levers_stay_two_lines(tmp_path: Path) -> None:
    rows = random_rows(random.Random(4), 5)
    for row in rows:
        row |= {"facility_area": 100, "service_windows": 0, "households": 400, "population": 6000, "type": "城市"}
    found = needs(write(tmp_path, rows), standard(tmp_path, [RULES[0], RULES[2], RULES[6]]))
    area, windows = found.levers
    assert area.most.tolist() == [300.0] * 5 and windows.most.tolist() == [2.0] * 5
    first = next(need_lines(area, np.array([0], np.int32)))
    assert [rule.id for rule in first.rules] == ["S-1", "S-2"]
    assert {area.parts[k].rule.id for k in area.deciding} == {"S-1"}


def test_what_then_does_not_pass_is_known(tmp_path: Path) -> None:
    rows = random_rows(random.Random(5), 4)
    for row in rows:
        row |= {"service_windows": 0, "service_staff": 1, "population": 6000}
    rules = [
        {"indicator": "service_windows", "at_least": 2, "unit": "items", "lever": "service_windows"},
        {"indicator": "service_staff", "at_least": "service_windows + 1", "unit": "persons", "lever": "service_staff"},
    ]
    found = needs(write(tmp_path, rows), standard(tmp_path, rules))
    (windows,) = found.levers
    assert windows.passes.all()
    assert found.after == {("plan", "S-2"): 4}


def test_what_a_rule_never_reached_asks_for_does_not_pass(tmp_path: Path) -> None:
    """Another rule is met with what is added to the same lever; the line is not."""
    rows = random_rows(random.Random(5), 3)
    for row, households in zip(rows, (60000, 300, 300), strict=True):
        row |= {"facility_area": 350, "households": households, "outdoor_area": 0}
    rows[1]["outdoor_area"] = 50
    rules = [
        {"indicator": "facility_area", "at_least": "400 m2", "lever": "facility_area"},
        {"indicator": "facility_area / households", "at_least": "1 m2/household", "lever": "facility_area"},
        {"indicator": "facility_area / (facility_area + outdoor_area)", "at_least": "100%", "lever": "facility_area"},
    ]
    (area,) = needs(write(tmp_path, rows), standard(tmp_path, rules)).levers
    assert area.most.tolist() == [50] * 3 and area.passes.tolist() == [False, False, True]
    assert [one.passes for one in need_lines(area, np.arange(3, dtype=np.int32))] == [False, False, True]


def test_a_rule_whose_columns_are_missing_is_left_out(tmp_path: Path) -> None:
    """Another rule reads the lever as well, but nobody could judge it."""
    rows = random_rows(random.Random(2), 6)
    rules = [{"indicator": "facility_area", "at_least": "400 m2", "lever": "facility_area"}, RULES[2]]
    path = write(tmp_path, rows, ["county", "street", "name", "type", "facility_area"])
    (found,) = needs(path, standard(tmp_path, rules)).levers
    assert [part.rule.id for part in found.parts] == ["S-1"] and found.passes.all()


@pytest.mark.parametrize("seed", range(4))
def test_a_check_sums_up_what_is_missing_for_certain_as_gap_does(seed: int, tmp_path: Path) -> None:
    rng = random.Random(300 + seed)
    rows: list[dict[str, Any]] = [dict(row) for row in random_rows(rng, 60)]
    for row in rows:
        for key in ("households", "facility_area", "service_windows", "service_staff", "party_volunteers"):
            if rng.random() < 0.3:
                row[key] = rng.choice(["{n}余", "约{n}", "不足{n}", "近{n}"]).format(n=int(row[key]) // 10 * 10 or 10)
    rules = standard(tmp_path, [rule for rule in RULES if "between" not in rule])
    report, runs = judged(write(tmp_path, rows), rules)
    parts = {part.rule.id: part for one in find_needs(report, runs).levers for part in one.parts}
    loose = 0
    for result in report.results:
        part = parts.get(result.rule.id)
        if part is None or result.least is None:
            continue
        missing = dict(zip(result.missed.tolist(), result.least.tolist(), strict=True))
        asked = part.kind != int(NeedKind.OPEN)
        step = step_of(one_field(report, result.rule.mended_by))
        for row, least, kind in zip(part.rows[asked], part.least[asked], part.kind[asked], strict=True):
            if kind != int(NeedKind.NONE):
                assert missing[int(row)] == pytest.approx(least, abs=step), (result.rule.id, rows[int(row)])
                loose += int(kind == int(NeedKind.BOUNDED))
    assert loose > 10


def one_field(report: Report, key: str) -> Field:
    return report.dictionary.fields[key]
