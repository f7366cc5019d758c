"""Waivers where other commands show fails: ``explain`` names the entry, ``gap`` counts what is waived in no amount."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from communitycheck import api
from communitycheck.messages import LANGS, Lang
from paths import ROOT
from planning.waivers.cases import own_standard

RULES: list[dict[str, Any]] = [
    {"id": "W-1", "indicator": "facility_area", "at_least": "400 m2"},
    {"id": "W-2", "indicator": "facility_area / households", "at_least": "30 m2/100 households",
     "lever": "facility_area"},
    {"id": "W-3", "by": ["county"], "indicator": "sum(service_windows)", "at_least": 10, "lever": "service_windows"},
    {"id": "W-4", "indicator": "has_legal_adviser", "is": True},
]  # fmt: skip
ROWS = """县区,社区名称,户数,综合服务设施面积(㎡),综合服务窗口数,是否有法律顾问
和平区,甲社区,1000,360,3,否
和平区,乙社区,1500,380,3,是
沈河区,丙社区,1000,390,2,否
"""
PRODUCTS = ROOT / "src/communitycheck/products"


def waivers(folder: Path, *entries: Mapping[str, Any]) -> Path:
    usual = {"reason": "新址在建", "approver": "市民政局", "until": "2024-05-31"}
    path = folder / "w.yaml"
    path.write_text(json.dumps({"waivers": [{**usual, **one} for one in entries]}, ensure_ascii=False), "utf-8")
    return path


def of(rule: str, name: str, **more: Any) -> dict[str, Any]:
    region = {"name": name, "region": "和平区"} if "社区" in name else {"name": name, "region": ""}
    return {"rule": rule, "subject": region, **more}


def gap(folder: Path, *entries: Mapping[str, Any], **more: Any) -> api.FoundGap:
    (folder / "r.csv").write_text(ROWS, "utf-8")
    file = waivers(folder, *entries) if entries else None
    return api.gap([folder / "r.csv"], [own_standard(folder, RULES)], waivers=file, as_of=date(2023, 6, 30), **more)


def as_json(found: api.FoundGap) -> dict[str, Any]:
    held: dict[str, Any] = json.loads("".join(api.render_gap(found, "json", "zh")))
    schema = json.loads((PRODUCTS / "gap/gap-1.json").read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(held)] == []
    return held


def area(held: Mapping[str, Any]) -> dict[str, float]:
    """What each needs of facility_area."""
    return {s["subject"]["name"]: s["at_least"] for s in held["subjects"] if s["lever"] == "facility_area"}


# waived -> what each then needs of facility_area, what is listed apart: 乙 lacks 20 m2 by one rule and 70 by the other.
CASES: list[tuple[list[dict[str, Any]], dict[str, float], list[float | None]]] = [
    ([], {"甲社区": 40, "乙社区": 70, "丙社区": 10}, []),
    ([of("W-1", "甲社区")], {"乙社区": 70, "丙社区": 10}, [40]),
    ([of("W-2", "乙社区")], {"甲社区": 40, "乙社区": 20, "丙社区": 10}, [70]),
    ([of("W-1", "乙社区")], {"甲社区": 40, "乙社区": 70, "丙社区": 10}, [20]),
    ([of("W-4", "甲社区")], {"甲社区": 40, "乙社区": 70, "丙社区": 10}, [None]),
    ([of("W-1", "甲社区", until="2023-01-31")], {"甲社区": 40, "乙社区": 70, "丙社区": 10}, []),
]


@pytest.mark.parametrize(("entries", "needs", "apart"), CASES, ids=lambda one: json.dumps(one, ensure_ascii=False)[:40])
def test_what_is_waived_is_in_no_amount(
    entries: list[dict[str, Any]], needs: dict[str, float], apart: list[float | None], tmp_path: Path
) -> None:
    held = as_json(gap(tmp_path, *entries))
    assert area(held) == needs and [one["at_least"] for one in held["waived"]] == apart
    (lever,) = (one for one in held["levers"] if one["lever"] == "facility_area")
    assert lever["at_least"] == sum(needs.values())
    closed = sum(one["subjects"] for one in held["not_closed"] if one["rule"] == "W-4")
    assert closed == 2 - sum(one["rule"] == "W-4" for one in held["waived"])


def test_a_waived_region_is_listed_apart(tmp_path: Path) -> None:
    assert [one["subject"]["name"] for one in as_json(gap(tmp_path))["groups"]] == ["和平区", "沈河区"]
    held = as_json(gap(tmp_path, {"rule": "W-3", "subject": {"pattern": "和平*"}}))
    assert [one["subject"]["name"] for one in held["groups"]] == ["沈河区"]
    assert [(one["subject"]["name"], one["at_least"]) for one in held["waived"]] == [("和平区", 4.0)]
    assert all(one["rule"] != "W-3" for one in held["not_closed"])


def test_a_budget_gives_nothing_to_what_is_waived(tmp_path: Path) -> None:
    held = as_json(gap(tmp_path, of("W-1", "甲社区"), budget="1000 m2"))
    assert {one["subject"]["name"] for one in held["chosen"]} == {"乙社区", "丙社区"}


@pytest.mark.parametrize("lang", LANGS)
def test_every_format_of_gap_lists_it(tmp_path: Path, lang: Lang) -> None:
    found = gap(tmp_path, of("W-1", "甲社区"))
    for format in ("text", "html", "markdown"):
        page = "".join(api.render_gap(found, format, lang))
        assert "甲社区" in page and "2024-05-31" in page
    *_, last = csv.reader(io.StringIO("".join(api.render_gap(found, "csv", lang))))
    assert "甲社区" in last and "40" not in last
    (tmp_path / "out").mkdir()
    api.write_gap(found, tmp_path / "out" / "g.xlsx", lang)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "g.xlsx")["已豁免" if lang == "zh" else "Waived"]
    assert any("甲社区" in row for row in sheet.iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("until", "said", "key"),
    [("2024-05-31", "line 1 (和平区/甲社区): active, to 2024-05-31", "waiver"),
     ("2023-01-31", "line 1 (和平区/甲社区): expired, to 2023-01-31; 新址在建 (市民政局", "lapsed_waiver")],
)  # fmt: skip
def test_explain_names_the_entry(until: str, said: str, key: str, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(ROWS, "utf-8")
    found = api.explain(
        [tmp_path / "r.csv"], "W-1", "甲社区", standards=[own_standard(tmp_path, RULES)], as_of=date(2023, 6, 30),
        waivers=waivers(tmp_path, of("W-1", "甲社区", until=until)),
    )  # fmt: skip
    text = " ".join("".join(api.render_explanation(found, "text", "en", width=200)).split())
    assert f"w.yaml, {said}" in text and ("fail (waived)" in text) is (key == "waiver")
    held = json.loads("".join(api.render_explanation(found, "json", "en")))
    schema = json.loads((PRODUCTS / "explain/explain-1.json").read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(held)] == []
    verdict = held["explanations"][0]["verdict"]
    assert verdict[key]["expires"] == until and [k for k in ("waiver", "lapsed_waiver") if verdict[k]] == [key]
