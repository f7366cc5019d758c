"""Standards and random returns for the tests of planning."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from communitycheck.check import check
from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.report import Report
from communitycheck.planning.find_needs import find_needs
from communitycheck.planning.needs import LeverNeed, Needs

AS_OF = date(2023, 12, 31)
COLUMNS = {
    "county": "县区",
    "street": "街道",
    "name": "社区名称",
    "type": "社区类型",
    "households": "户数",
    "population": "常住人口",
    "facility_area": "综合服务设施面积(㎡)",
    "outdoor_area": "室外活动场地面积(㎡)",
    "service_windows": "综合服务窗口数",
    "service_staff": "服务人员数",
    "party_members": "党员数",
    "party_volunteers": "党员志愿者人数",
}
RULES: list[dict[str, Any]] = [
    {"where": 'community_type == "urban"', "indicator": "facility_area", "at_least": "400 m2"},
    {"where": 'community_type == "rural"', "indicator": "facility_area", "more_than": "350 m2"},
    {"indicator": "facility_area / households", "at_least": "30 m2/100 households", "lever": "facility_area"},
    {"indicator": "min(facility_area, 0.8 * facility_area + 70)", "at_least": "390 m2", "lever": "facility_area"},
    {"indicator": "outdoor_area", "between": [120, 800], "lever": "outdoor_area"},
    {"indicator": "outdoor_area / (outdoor_area + facility_area)", "at_least": "20%", "lever": "outdoor_area"},
    {"indicator": "service_windows", "at_least": "max(1, ceil(population / 5000))", "lever": "service_windows"},
    {"indicator": "service_staff", "at_least": "households / 300", "lever": "service_staff"},
    {"indicator": "party_volunteers / party_members", "at_least": "13%", "lever": "party_volunteers"},
]


def standard(folder: Path, rules: Sequence[Mapping[str, Any]] = RULES, **more: Any) -> Path:
    """A standard of these rules, S-1, S-2..."""
    usual = {"title": "示例", "clause": "一", "applies_to": "community", "severity": "mandatory"}
    body = {
        "standard": "plan", "title": "示例标准", "source": {"document": "文件"},
        "jurisdiction": {"code": "000000", "name": "全国"},
        "rules": [{"id": f"S-{n}", **usual, **rule} for n, rule in enumerate(rules, 1)], **more,
    }  # fmt: skip
    path = folder / "plan.yaml"
    path.write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    return path


def random_rows(rng: random.Random, n: int) -> list[dict[str, Any]]:
    """Records of which every figure is known."""
    rows = []
    for k in range(n):
        members = rng.randrange(1, 200)
        rows.append({
            "county": rng.choice(["和平区", "沈河区", "铁西区"]), "street": f"第{rng.randrange(1, 4)}街道",
            "name": f"第{k + 1}社区", "type": rng.choice(["城市", "农村"]),
            "households": rng.randrange(100, 4000), "population": rng.randrange(300, 26000),
            "facility_area": rng.choice([0, rng.randrange(0, 1200), round(rng.uniform(1, 900), 1), 399.99, 400, 350]),
            "outdoor_area": rng.choice([0, rng.randrange(0, 900), round(rng.uniform(1, 300), 2)]),
            "service_windows": rng.randrange(0, 7), "service_staff": rng.randrange(0, 20),
            "party_members": members, "party_volunteers": rng.randrange(0, members + 1),
        })  # fmt: skip
    return rows


def write(folder: Path, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = tuple(COLUMNS)) -> Path:
    lines = [",".join(COLUMNS[key] for key in columns), *(",".join(str(row[key]) for key in columns) for row in rows)]
    path = folder / "return.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def judged(path: Path, rules: Path) -> tuple[Report, list[StandardRun]]:
    runs: list[StandardRun] = []
    return check(path, [rules], as_of=AS_OF, on_standard=runs.append), runs


def needs(path: Path, rules: Path) -> Needs:
    return find_needs(*judged(path, rules))


def amounts(one: LeverNeed) -> dict[int, tuple[float, float]]:
    """Row of the table -> at least and at most how much."""
    return {int(row): (float(a), float(b)) for row, a, b in zip(one.rows, one.least, one.most, strict=True)}
