"""Verdicts held against an independent calculation of some fifty rules, over random returns.

``python tests/checking/test_independent.py 0 2000`` compares more of them, seed by seed.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from independent.returns import ANSWERS, NUMBERS, unknown, write_estates, write_return
from independent.rules import (
    ESTATES,
    PANZHIHUA,
    PANZHIHUA_GROUPS,
    SHENYANG,
    SHENYANG_GROUPS,
    WANGCHENG,
    Expected,
    GroupRule,
    Record,
    RecordRule,
    without_doubtful,
)

from communitycheck import check, render

PANZHIHUA_FIELDS = [
    "households", "population", "facility_area", "station_area", "outdoor_area", "graduate_staff", "social_workers",
    "party_members", "party_volunteers", "resident_volunteers", "registered_volunteers", "resident_units",
    "agreements", "social_orgs", "service_windows", "service_staff", "open_days_per_year",
    "family_guidance_sessions", "walk_minutes", "worker_trainings_county", "worker_trainings_street",
    "elders_home", "elders_served", "unified_name", "unified_vi", "state_asset", "free_use", "open_recruitment",
    "has_basic_services", "is_pilot_village", "has_childrens_home", "has_fitness_site",
]  # fmt: skip
BOOKS: dict[str, tuple[str, list[str], dict[str, RecordRule], dict[str, GroupRule], list[str]]] = {
    "panzhihua-2018": (
        "攀枝花市", ["东区", "西区", "仁和区", "米易县", "盐边县"], PANZHIHUA, PANZHIHUA_GROUPS,
        PANZHIHUA_FIELDS,
    ),
    "shenyang-2023": (
        "沈阳市",
        ["和平区", "沈河区", "大东区", "皇姑区", "铁西区", "苏家屯区", "浑南区", "沈北新区", "于洪区",
         "辽中区", "康平县", "法库县", "新民市"],
        SHENYANG, SHENYANG_GROUPS,
        ["households", "facility_area", "duties_transferred", "grids", "grid_workers", "deliberation_meetings",
         "five_mechanisms", "branches_seven_plus", "branches_seven_plus_grouped", "social_orgs",
         "social_orgs_registered", "social_orgs_filed", "elder_steward", "elder_corner",
         "elder_alliance", "has_family_doctor", "has_emblem"],
    ),
    "wangcheng-2021": (
        "长沙市", ["望城区"], WANGCHENG, {},
        ["households", "operating_budget", "startup_fund", "three_inventories", "is_new_community"],
    ),
    "estates": ("长沙市", ["望城区"], ESTATES, {}, []),
}  # fmt: skip
AS_OF = {
    "panzhihua-2018": [date(2020, 12, 30), date(2020, 12, 31), date(2023, 12, 31)],
    "shenyang-2023": [date(2023, 12, 31)],
    "wangcheng-2021": [date(2021, 12, 30), date(2022, 12, 31)],
    "estates": [date(2021, 12, 30), date(2021, 12, 31)],
}


def expected(records: Sequence[Record], book: str, as_of: date) -> Iterator[tuple[str, str, Expected]]:
    """(rule, name of the subject, what is right)."""
    city, counties, rules, groups, _ = BOOKS[book]
    sound = [without_doubtful(r, unknown) for r in records]
    for key, rule in rules.items():
        for record, cleared in zip(records, sound, strict=True):
            yield key, record.name, rule.expect(cleared, as_of)
    for key, group in groups.items():
        if "city" in group.levels:
            yield key, city, group.expect(sound, as_of)
        if "county" in group.levels:
            for county in counties:
                held = [r for r in sound if r.county == county]
                if held:
                    yield key, county, group.expect(held, as_of)


def differences(found: dict[str, Any], right: Expected) -> list[str]:
    wrong = []
    if found["outcome"] != right.outcome:
        return [f"outcome {found['outcome']}, right {right.outcome}"]
    if right.observed is not None and not close(found["observed"], right.observed):
        wrong.append(f"observed {found['observed']}, right {[float(x) for x in right.observed if x is not None]}")
    if right.required is not None and not near(found["required"], right.required):
        wrong.append(f"required {found['required']}, right {float(right.required)}")
    # Of a range that ends just below the limit nothing is missed that one could say.
    said = right.shortfall is not None and (right.shortfall > 1e-4 or not isinstance(found["observed"], list))
    if said and right.shortfall is not None and not near(found["shortfall"], right.shortfall):
        wrong.append(f"shortfall {found['shortfall']}, right {float(right.shortfall)}")
    lever = found["lever"]
    if right.lever is not None and (lever is None or not near(lever["add"], right.lever)):
        wrong.append(f"remedy {lever}, right {float(right.lever)}")
    if right.outcome == "pass" and (lever is not None or found["shortfall"]):
        wrong.append("a pass with something missing")
    return wrong


def near(found: float | None, right: Fraction) -> bool:
    return found is not None and abs(found - float(right)) <= 1e-6 * max(1.0, abs(float(right)))


def close(found: Any, right: tuple[Fraction, Fraction | None]) -> bool:
    if not isinstance(found, list):
        return right[0] == right[1] and near(found, right[0])
    # The ends that nobody stated are as wide as the dictionary lets them be: a trace above zero is zero.
    pairs = zip(found, right, strict=True)
    return all(r is None or f is None or abs(f - float(r)) <= 1e-4 * max(1.0, abs(float(r))) for f, r in pairs)


def compare(seed: int, folder: Path) -> tuple[int, list[str]]:
    """How many verdicts were compared, and what differs."""
    rng = random.Random(seed)
    book = rng.choice(list(BOOKS))
    city, counties, _, _, fields = BOOKS[book]
    if rng.random() < 0.5:
        fields = [f for f in fields if f != "station_area"]
    as_of = rng.choice(AS_OF[book])
    path = folder / f"{seed}.csv"
    estates = book == "estates"
    records = write_estates(path, rng) if estates else write_return(path, rng, city, counties, fields)
    report = check([path], ["wangcheng-2021" if estates else book], as_of=as_of)
    verdicts = {
        (v["rule"], v["subject"]["name"]): v
        for v in json.loads("".join(render(report, "json", "en", all_verdicts=True)))["verdicts"]
    }
    compared, wrong = 0, []
    for rule, name, right in expected(records, book, as_of):
        found = verdicts.get((rule, name))
        compared += 1
        if found is None:
            if right.outcome != "not_applicable":
                wrong.append(f"{seed} {book} {as_of} {rule} {name}: no verdict, right {right.outcome}")
            continue
        wrong.extend(f"{seed} {book} {as_of} {rule} {name}: {w} | {found['reason']}" for w in differences(found, right))
    return compared, wrong


@pytest.mark.parametrize("start", [0, *(pytest.param(k, marks=pytest.mark.slow) for k in range(10, 60, 10))])
def test_against_the_independent_calculation(start: int, tmp_path: Path) -> None:
    wrong = [w for seed in range(start, start + 10) for w in compare(seed, tmp_path)[1]]
    assert not wrong, "\n".join(wrong[:20])


def test_the_calculation_covers_forty_rules() -> None:
    assert sum(len(rules) + len(groups) for _, _, rules, groups, _ in BOOKS.values()) >= 40
    assert all(f in NUMBERS or f in ANSWERS for *_, fields in BOOKS.values() for f in fields)


if __name__ == "__main__":
    first, last = int(sys.argv[1]), int(sys.argv[2])
    total, by_rule = 0, Counter[str]()
    with tempfile.TemporaryDirectory() as held:
        for seed in range(first, last):
            compared, wrong = compare(seed, Path(held))
            total += compared
            for line in wrong:
                by_rule[line.split()[3]] += 1
                print(line)
    print(f"{total} verdicts compared, {sum(by_rule.values())} differ: {dict(by_rule)}")
