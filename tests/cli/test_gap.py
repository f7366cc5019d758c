"""``gap`` on the command line: its formats agree, and its JSON keeps to its schema."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from communitycheck import api
from communitycheck.cli.run import run
from communitycheck.messages import LANGS, Lang
from communitycheck.standards import choose
from paths import ROOT, SAMPLES
from planning.plans import random_rows, standard, write
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


def budget_of(path: str, **options: Any) -> tuple[dict[str, Any], Callable[..., str]]:
    """The JSON of a budget, and what renders the same in other formats."""
    found = api.gap([path], **options)

    def shown(format: str, lang: Lang) -> str:
        return "".join(api.render_gap(found, format, lang))

    told: dict[str, Any] = json.loads(shown("json", "en"))
    assert not list(Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).iter_errors(told))
    return told, shown


@pytest.mark.parametrize("objective", ["most-communities", "most-people", "worst-first"])
def test_the_formats_tell_the_same_budget(objective: str) -> None:
    found, shown = budget_of(str(SAMPLES / "shenyang_2023.xlsx"), budget="20000 m2", objective=objective)
    budget, chosen, left = found["budget"], found["chosen"], found["left"]
    assert (budget["lever"], budget["objective"], budget["exact"]) == ("facility_area", objective, True)
    assert budget["spent"] == pytest.approx(sum(one["cost"] for one in chosen)) and budget["spent"] <= 20000
    assert (budget["chosen"], budget["left"]) == (len(chosen), len(left))
    rows = list(csv.DictReader(io.StringIO(shown("csv", "en"))))
    given = {(row["region"], row["subject"]): float(row["in the budget"]) for row in rows if row["in the budget"]}
    assert given == {
        ("/".join(one["subject"]["region"]), one["subject"]["name"]): one["add"][0]["amount"] for one in chosen
    }
    if objective == "most-people":
        assert budget["people"]["reached"] == sum(one["people"] for one in chosen)
    for lang in LANGS:
        page = shown("text", lang)
        assert f"{budget['spent']:,.1f}" in page and f"{len(left):,}" in page


def test_the_share_that_a_budget_reaches(tmp_path: Path) -> None:
    prices = tmp_path / "costs.yaml"
    prices.write_text(
        "costs:\n  - {lever: facility_area, method: 新建, price: 3500 yuan/m2}\n"
        "  - {lever: station_area, method: 新建, price: 2000 yuan/m2}\n", "utf-8",
    )  # fmt: skip
    found, _ = budget_of(
        str(SAMPLES / "panzhihua_2020.xlsx"), costs=prices, objective="share-target:PZ-02", budget="10万元"
    )
    (one,) = found["budget"]["groups"]
    assert (one["rule"], one["more_needed"], one["reached"]) == ("PZ-02", 21, False)


WRONG = [
    (["--budget", "20000"], "facility_area=20000 m2; service_windows=20000 items"),
    (["--budget", "3,000,000 yuan"], "3000000 yuan"),
    (["--budget", "300万元"], "--costs"),
    (["--budget", "300 persons"], "facility_area=300 m2"),
    (["--budget", "outdoor_area=300 m2"], "facility_area=300 m2"),
    (["--budget", "much"], "5000 m2"),
    (["--budget", "-5 m2"], "5000 m2"),
    (["--objective", "worst-first"], "--budget"),
    (["--budget", "300 m2", "--objective", "most-peple"], "most-people"),
    (["--budget", "300 m2", "--objective", "worst-first:S-1"], "share-target:RULE"),
    (["--budget", "300 m2", "--objective", "share-target"], "share-target"),
    (["--budget", "300 m2", "--objective", "share-target:S-9"], "S-9"),
]
TWO = [
    {"indicator": "facility_area", "at_least": "400 m2", "lever": "facility_area"},
    {"indicator": "service_windows", "at_least": 9, "lever": "service_windows"},
]


@pytest.mark.parametrize(("words", "remedy"), WRONG)
def test_a_budget_that_is_not_clear(
    words: list[str], remedy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, rules = write(tmp_path, random_rows(random.Random(1), 12)), standard(tmp_path, TWO)
    for lang in LANGS:
        assert run(["gap", str(path), "--standard", str(rules), *words, "--lang", lang]) == 2
        caught = capsys.readouterr()
        assert remedy in caught.err and "{" not in caught.err and not caught.out


def test_money_without_a_price_for_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, rules = write(tmp_path, random_rows(random.Random(1), 12)), standard(tmp_path, TWO)
    prices = tmp_path / "costs.yaml"
    prices.write_text("costs:\n  - {lever: outdoor_area, method: 新建, price: 100 yuan/m2}\n", "utf-8")
    words = ["gap", str(path), "--standard", str(rules), "--costs", str(prices), "--budget", "1000 yuan"]
    for lang in LANGS:
        assert run([*words, "--lang", lang]) == 2
        caught = capsys.readouterr()
        assert "facility_area, service_windows" in caught.err and not caught.out


@pytest.mark.parametrize("lever", ["facility_area", "综合服务设施面积", "社区用房面积"])
def test_a_lever_by_its_name(lever: str, tmp_path: Path) -> None:
    path, rules = write(tmp_path, random_rows(random.Random(1), 12)), standard(tmp_path, TWO)
    assert budget_of(str(path), standards=[rules], budget=f"{lever}=300")[0]["budget"]["lever"] == "facility_area"


def test_most_people_takes_somebody_to_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bare.csv"
    path.write_text(
        "县区,社区名称,社区类型,综合服务设施面积\n和平区,甲社区,城市,100\n和平区,乙社区,城市,390\n", "utf-8"
    )
    words = ["gap", str(path), "--standard", "liaoning-2021", "--budget", "50 m2", "--lang", "en"]
    assert run([*words, "--objective", "most-people"]) == 2
    assert "households, population" in capsys.readouterr().err
    assert run(words) == 0
    assert "of 1 community, of 2 communities that" in capsys.readouterr().out


def test_streets_and_their_communities_are_not_added(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who lives in a street lives in one of its communities."""
    usual = {"title": "示例", "clause": "一", "severity": "mandatory", "lever": "facility_area", "at_least": "400 m2"}
    rules = [{"id": f"K-{k}", "applies_to": k, "indicator": "facility_area", **usual} for k in ("community", "street")]
    body = {"standard": "kinds", "title": "示例", "source": {"document": "文件"}, "rules": rules,
            "jurisdiction": {"code": "000000", "name": "全国"}}  # fmt: skip
    (tmp_path / "kinds.yaml").write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    head = "县区,街道,{}常住人口,综合服务设施面积\n"
    (tmp_path / "a.csv").write_text(head.format("社区名称,") + "和平区,南湖街道,甲社区,900,100\n", "utf-8")
    (tmp_path / "b.csv").write_text(head.format("") + "和平区,南湖街道,9000,100\n", "utf-8")
    paths = [str(tmp_path / name) for name in ("a.csv", "b.csv")]
    words = ["gap", *paths, "--standard", str(tmp_path / "kinds.yaml"), "--budget", "400 m2", "--lang", "en"]
    assert run([*words, "--objective", "most-people"]) == 2
    assert "community, street" in capsys.readouterr().err
    assert run(words) == 0
    assert "of 1 community, of 1 community, 1 street that" in capsys.readouterr().out


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
