"""``gap`` on the command line: its formats agree, and its JSON keeps to its schema."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from communitycheck.cli.run import run
from communitycheck.standards import choose
from paths import ROOT, SAMPLES
from tool import tool

SCHEMA = ROOT / "src/communitycheck/products/gap/gap-1.json"


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    run(["gap", *words])
    return capsys.readouterr().out


@pytest.mark.parametrize("sample", ["shenyang_2023.xlsx", "panzhihua_2020.xlsx"])
def test_the_formats_agree(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(SAMPLES / sample)
    found: dict[str, Any] = json.loads(told(capsys, path, "--format", "json"))
    schema = json.loads(SCHEMA.read_text("utf-8"))
    assert not list(Draft202012Validator(schema).iter_errors(found))
    rows = list(csv.DictReader(io.StringIO(told(capsys, path, "--format", "csv", "--lang", "en"))))
    assert [(row["subject"], row["at least"]) for row in rows] == [
        (one["subject"]["name"], "" if one["kind"] == "none" else f"{one['at_least']:g}") for one in found["subjects"]
    ]
    for lever in found["levers"]:
        mine = [s for s in found["subjects"] if s["lever"] == lever["lever"] and s["entity"] == lever["entity"]]
        assert lever["at_least"] == pytest.approx(sum(s["at_least"] or 0 for s in mine if s["counted"]), abs=1e-6)
        for level in {r["level"] for r in found["regions"]}:
            of_level = [r for r in found["regions"] if (r["level"], r["lever"], r["entity"]) == (
                level, lever["lever"], lever["entity"])]  # fmt: skip
            if of_level:
                assert sum(r["at_least"] for r in of_level) == pytest.approx(lever["at_least"], abs=1e-6)
                assert sum(r["short"] for r in of_level) == lever["short"]
    text, page = (told(capsys, path, "--format", name, "--lang", "zh") for name in ("text", "markdown"))
    assert "补缺测算" in text and page.startswith("# 补缺测算")


def test_costs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prices = tmp_path / "costs.yaml"
    rent = "{lever: facility_area, method: 租赁, price: 200 元/㎡, running: 9 元/㎡/年}"
    prices.write_text(f"costs:\n  - {rent}\n", "utf-8")
    path = str(SAMPLES / "shenyang_2023.xlsx")
    found: dict[str, Any] = json.loads(told(capsys, path, "--costs", str(prices), "--format", "json"))
    schema = json.loads(SCHEMA.read_text("utf-8"))
    assert not list(Draft202012Validator(schema).iter_errors(found))
    area, meetings = found["levers"]
    assert meetings["cost"] is None and meetings["methods"] == []
    assert area["cost"]["at_least"] == pytest.approx(200 * area["at_least"])
    assert area["methods"][0]["running_cost"]["at_least"] == pytest.approx(9 * area["at_least"])
    rows = csv.DictReader(io.StringIO(told(capsys, path, "--costs", str(prices), "--format", "csv", "--lang", "en")))
    assert [row["cost at least"] for row in rows] == [
        "" if one["cost"] is None else f"{one['cost']['at_least']:.12g}" for one in found["subjects"]
    ]
    assert all(one["cost"]["at_least"] == round(one["cost"]["at_least"], 2) for one in found["subjects"] if one["cost"])
    page = told(capsys, path, "--costs", str(prices), "--lang", "zh")
    assert "没有单价、未计入费用：" in page and "租赁" in page
    assert run(["gap", path, "--costs", str(tmp_path / "none.yaml")]) == 2


def test_the_rule_book_is_opened_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    prices, opened = tmp_path / "costs.yaml", []
    prices.write_text("costs:\n  - {lever: facility_area, method: 租赁, price: 200 元/㎡}\n", "utf-8")
    load = choose.load_rule_book

    def counted(*given: Any) -> Any:
        opened.append(given)
        return load(*given)

    monkeypatch.setattr(choose, "load_rule_book", counted)
    told(capsys, str(SAMPLES / "shenyang_2023.xlsx"), "--costs", str(prices), "--format", "csv")
    assert len(opened) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_exit_code_is_told_that_the_command_does_not_give(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = told(capsys, str(SAMPLES / "shenyang_2023.xlsx"), "--lang", lang)
    assert "退出码" not in page and "exit code" not in page


def test_every_level_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(SAMPLES / "shenyang_2023.xlsx")
    assert "by street" in told(capsys, path, "--level", "street", "--lang", "en")
    assert run(["gap", path, "--level", "village"]) == 2
    assert "--level" in capsys.readouterr().err


def test_the_published_schema_is_current() -> None:
    path, text = tool("schemas").gap_schema()
    assert path.name == SCHEMA.name and text == SCHEMA.read_text("utf-8")


def test_nothing_to_add_and_nothing_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "good.csv"
    good.write_text("县区,社区名称,社区类型,综合服务设施面积\n和平区,甲社区,城市,900\n", "utf-8")
    assert run(["gap", str(good), "--standard", "liaoning-2021", "--lang", "en"]) == 0
    assert "There is no gap" in capsys.readouterr().out
    assert run(["gap", str(tmp_path / "none.csv")]) == 2
