"""A county is one area, in however many ways its tables name it."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Reason, Records, RuleResult
from communitycheck.model.returns import Sheet
from communitycheck.model.table import Table
from communitycheck.reporting.totals.areas import Areas
from entities import ENTITIES
from reporting.sample_report import coded, rule, sample_report

CITY = {"city": ["甲市", "甲市"], "county": ["东区", "西区"]}
# What a second table states of its two records, and the areas that there are then.
CASES: list[tuple[str, dict[str, list[str]], list[tuple[str, ...]]]] = [
    ("the same", CITY, [("甲市", "东区"), ("甲市", "西区")]),
    ("no city", {"county": ["东区", "西区"]}, [("甲市", "东区"), ("甲市", "西区")]),
    ("a blank city", {"city": ["", "甲市"], "county": ["东区", "西区"]}, [("甲市", "东区"), ("甲市", "西区")]),
    ("a blank province", {"province": ["", ""], **CITY}, [("甲市", "东区"), ("甲市", "西区")]),
    ("a province", {"province": ["乙省", ""], **CITY}, [("乙省", "甲市", "东区"), ("乙省", "甲市", "西区")]),
    ("another city", {"city": ["丙市", "丙市"], "county": ["东区", "西区"]}, []),
    ("a blank county", {"city": ["甲市", "甲市"], "county": ["", "东区"]}, [("甲市", "东区"), ("甲市", "西区"), ("",)]),
]


def failing(entity: str, stated: dict[str, list[str]]) -> RuleResult:
    regions = {level: coded(names) for level, names in stated.items()}
    places = np.arange(2, dtype=np.int32)
    table = Table(ENTITIES[entity], {}, [Sheet("a.csv", "a", entity)], np.zeros(2, np.int32), places, regions)
    numbers, codes = np.ones(2), np.full(2, Outcome.FAIL, np.uint8)
    met = np.full(2, Reason.MISSED, np.uint8)
    one = replace(rule("R-1", "s", "规则", "rule"), applies_to=entity)
    return RuleResult(one, Records(table), codes, met, numbers, numbers, numbers, numbers, places, numbers)


@pytest.mark.parametrize(("stated", "paths"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_areas_of_two_tables(stated: dict[str, list[str]], paths: list[tuple[str, ...]]) -> None:
    report: Report = replace(sample_report(), results=[failing("community", CITY), failing("street", stated)])
    areas = Areas(report)
    if not paths:
        assert areas.level == "city" and len(areas) == 2
        return
    found = areas.pick(10)
    assert areas.level == "county" and [a.path for a in found] == paths
    assert sum(a.failed for a in found) == areas.total.failed == 4
    assert sum(a.subjects for a in found) == areas.total.subjects == 4
    rest = areas.total.less(found[:1])
    assert (rest.failed, rest.to_mend) == (4 - found[0].failed, 4 - found[0].to_mend)
