"""``whatif``: no change is what ``check`` says, a change is what ``check`` would say, and wrong input is told."""

from __future__ import annotations

import csv
import io
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from msgspec.structs import replace

from communitycheck.check import check
from communitycheck.cli.run import run
from communitycheck.model.result import Outcome
from communitycheck.planning.compare.changes import VerdictChange
from communitycheck.products.whatif.front import FoundWhatIf, render_whatif, whatif
from communitycheck.reporting.formats.html.steps import StepCurve, draw_steps
from paths import ROOT
from planning.plans import AS_OF, random_rows, standard, write

SIDED = (int(Outcome.PASS), int(Outcome.FAIL))
SCHEMA = json.loads((ROOT / "src/communitycheck/products/whatif/whatif-1.json").read_text("utf-8"))
RULES: list[dict[str, Any]] = [
    {"where": 'community_type == "urban"', "indicator": "facility_area", "at_least": "400 m2"},
    {"indicator": "facility_area / households", "at_least": "per_household", "lever": "facility_area"},
    {"indicator": "service_staff", "at_least": "households / 300"},
    {"indicator": "outdoor_area", "between": [120, 800]},
    {"indicator": "party_volunteers / party_members", "at_least": "13%"},
    {"indicator": "share(meets('S-1'))", "by": "county", "at_least": "60%"},
    {"indicator": "service_windows >= 1", "is": True},
    {"manual": "现场查看"},
]
MORE: dict[str, Any] = {"parameters": {"per_household": {"value": 30, "unit": "m2/100 households"}}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("whatif")
    standard(made, RULES, **MORE)
    rows = random_rows(random.Random(5), 30)
    for k in (3, 9):
        rows[k]["facility_area"] = ""
    write(made, rows)
    return made


def asked(folder: Path, *changes: tuple[str, str], **more: Any) -> FoundWhatIf:
    return whatif(folder / "return.csv", list(changes), [folder / "plan.yaml"], as_of=AS_OF, **more)  # type: ignore[arg-type]


def outcomes(folder: Path, rules: Path) -> dict[str, dict[Outcome, int]]:
    return {one.rule.id: one.counts() for one in check(folder / "return.csv", [rules], as_of=AS_OF).results}


def test_no_change_is_what_check_says(folder: Path) -> None:
    found = asked(folder, ("set", "S-1=400 m2"), ("parameter", "per_household=30"))
    told = outcomes(folder, folder / "plan.yaml")
    assert {one.rule.id for one in found.effects} == {"S-1"}
    for one in found.effects:
        assert one.before.counts()[Outcome.PASS] == one.after.counts()[Outcome.PASS] == told["S-1"][Outcome.PASS]
        assert one.before.counts()[Outcome.FAIL] == one.after.counts()[Outcome.FAIL] == told["S-1"][Outcome.FAIL]
        assert not one.changed


@pytest.mark.parametrize(
    ("changes", "rules", "parameter"),
    [
        ([("set", "S-1=600")], {0: {"at_least": "600 m2"}}, 30),
        ([("set", "s-1@plan=0.05 公顷")], {0: {"at_least": "500 m2"}}, 30),
        ([("set", "S-5=15%")], {4: {"at_least": "15%"}}, 30),
        ([("set", "S-5=15")], {4: {"at_least": "15%"}}, 30),
        ([("set", "S-2=40 m2/100户")], {1: {"at_least": "40 m2/100 households"}}, 30),
        ([("parameter", "per_household=45")], {}, 45),
        ([("parameter", "per_household=0.45 m2/household")], {}, 45),
        ([("set", "S-1=600"), ("set", "S-1=300"), ("set", "S-5=20%")],
         {0: {"at_least": "300 m2"}, 4: {"at_least": "20%"}}, 30),
    ],
)  # fmt: skip
def test_a_change_is_what_check_would_say(
    folder: Path, changes: list[tuple[str, str]], rules: dict[int, dict[str, Any]], parameter: int, tmp_path: Path
) -> None:
    """The share of a group that rests on a changed rule changes with it."""
    found = asked(folder, *changes)
    more = {"parameters": {"per_household": {"value": parameter, "unit": "m2/100 households"}}}
    changed = standard(tmp_path, [{**rule, **rules.get(k, {})} for k, rule in enumerate(RULES)], **more)
    was, now = outcomes(folder, folder / "plan.yaml"), outcomes(folder, changed)
    differing = {rule for rule in was if was[rule] != now[rule]}
    assert differing <= {one.rule.id for one in found.effects}
    assert ("S-6" in {one.rule.id for one in found.effects}) == (0 in rules)
    for one in found.effects:
        for judged, told in ((one.before, was), (one.after, now)):
            counts = judged.counts()
            seen = (Outcome.PASS, Outcome.FAIL, Outcome.NO_DATA)
            assert [counts[o] for o in seen] == [told[one.rule.id][o] for o in seen]
        both = np.isin(one.before.outcome, SIDED) & np.isin(one.after.outcome, SIDED)
        newly = both & (one.before.outcome != one.after.outcome)
        assert newly.sum() == one.count(VerdictChange.NEWLY_FAILING) + one.count(VerdictChange.FIXED)


def test_reforms_chain_in_the_order_given(folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(
        "title: 修订稿\noverride:\n  S-1: {at_least: 700 m2}\n  S-4:\n    between: [100, 900]\n    severity: advisory\n"
        "parameters:\n  per_household: {value: 20, unit: m2/100户}\n",
        "utf-8",
    )
    words = [str(folder / "return.csv"), "-s", str(folder / "plan.yaml"), "--as-of", "2023-12-31", "--format", "json",
             "--lang", "zh"]  # fmt: skip

    def limits(*changes: str) -> dict[str, str]:
        assert run(["whatif", *words, *changes]) == 0
        return {one["rule"]: one["after"]["limit"] for one in json.loads(capsys.readouterr().out)["rules"]}

    assert limits("--set", "S-1=500", "--reform", str(draft))["S-1"] == "≥ 700 ㎡"
    assert limits("--reform", str(draft), "--set", "S-1=500")["S-1"] == "≥ 500 ㎡"
    every = limits("--reform", str(draft))
    assert every["S-4"] == "100～900 ㎡" and set(every) == {"S-1", "S-2", "S-4", "S-6"}


def test_what_is_inherited(tmp_path: Path) -> None:
    """Those who extend a standard take over what they do not set themselves, and of a draft without a standard each
    layer is changed that sets the limit."""
    area, homes = {"indicator": "facility_area", "at_least": "400 m2"}, {"indicator": "households", "at_least": 9}
    standard(tmp_path, [area, homes])
    city = {
        "standard": "city", "title": "市", "source": {"document": "市"}, "extends": "plan",
        "jurisdiction": {"code": "210100", "name": "沈阳市"}, "override": {"S-1": {"at_least": "500 m2"}},
    }  # fmt: skip
    (tmp_path / "city.yaml").write_text(json.dumps(city), "utf-8")
    path = write(tmp_path, random_rows(random.Random(1), 6))

    def after(change: str, rule: str) -> set[str]:
        found = whatif(path, [("set", change)], [tmp_path / "plan.yaml", tmp_path / "city.yaml"], region="沈阳市")
        return {f"{o.rule.standard} {o.rule.threshold.limits[0].value.value:g}"  # type: ignore[union-attr]
                for o in found.effects if o.rule.id == rule}  # fmt: skip

    assert after("S-1=600", "S-1") <= {"plan 600", "city 600"}
    assert after("S-1@plan=600", "S-1") <= {"plan 600", "city 500"}
    assert after("S-2=12", "S-2") <= {"plan 12", "city 12"}


def test_the_formats_agree(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["whatif", str(folder / "return.csv"), "-s", str(folder / "plan.yaml")]
    words += ["--set", "S-1=900", "--set", "S-5=50"]

    def told(format: str, *more: str) -> str:
        assert run([*words, *more, "--format", format, "--as-of", "2023-12-31", "--lang", "en"]) == 0
        return capsys.readouterr().out

    found = json.loads(told("json"))
    assert not list(Draft202012Validator(SCHEMA).iter_errors(found))
    rows = list(csv.DictReader(io.StringIO(told("csv"))))
    assert [(r["rule"], r["subject"]) for r in rows] == [(s["rule"], s["subject"]["name"]) for s in found["subjects"]]
    by_rule = Counter((s["rule"], s["change"]) for s in found["subjects"])
    for rule in found["rules"]:
        assert {change: n for change, n in rule["changes"].items() if n} == {
            change: n for (one, change), n in by_rule.items() if one == rule["rule"]
        }
        county = [one for one in found["regions"] if one["rule"] == rule["rule"] and one["level"] == "county"]
        if county:
            for when in ("before", "after"):
                assert sum(one["passed"][when] for one in county) == rule[when]["outcomes"]["pass"]
            assert sum(one["newly_failing"] for one in county) == rule["changes"]["newly_failing"]
    for format in ("text", "markdown"):
        assert found["answer"][0][:40] in " ".join(told(format).replace("\n    ", " ").split())
    assert "--level" in json.dumps(found["run"]["changes"]) or "第1街道" in told("text", "--level", "street")
    steps = json.loads(told("json", "--set", "S-5=10..20", "--rate", "50%"))
    assert not list(Draft202012Validator(SCHEMA).iter_errors(steps))
    assert steps["curves"][0]["low"] == 0.1 and steps["curves"][0]["now"] == 0.13


def test_what_it_takes(folder: Path, tmp_path: Path) -> None:
    """By hand: what everybody lacks of 400 and of 600 m², those who left a blank apart."""
    costs = tmp_path / "costs.yaml"
    costs.write_text("costs:\n  - {lever: facility_area, method: 新建, price: 2000 yuan/m2}\n", "utf-8")
    (one,) = asked(folder, ("set", "S-1=600"), costs=str(costs)).levers
    records = csv.DictReader((folder / "return.csv").open(encoding="utf-8"))
    areas = [(r["综合服务设施面积(㎡)"], r["社区类型"]) for r in records]
    known = [float(area) for area, kind in areas if area and kind == "城市"]
    for held, limit in ((one.before, 400), (one.after, 600)):
        assert held.least == pytest.approx(sum(max(0.0, limit - area) for area in known))
        assert held.open == sum(1 for area, kind in areas if not area and kind == "城市")
    assert one.cost_more == pytest.approx(2000 * one.more)


def test_what_is_not_held_side_by_side_is_told(folder: Path, tmp_path: Path) -> None:
    """A rule that would judge counties in place of communities; a share that hangs on the limit of a span."""
    draft = tmp_path / "draft.yaml"
    draft.write_text("override:\n  S-3: {indicator: sum(service_staff), by: county, at_least: 90 persons}\n", "utf-8")
    told = "".join(render_whatif(asked(folder, ("reform", str(draft))), "json", "en"))
    assert "S-3 示例 would judge other subjects than today" in told
    told = "".join(render_whatif(asked(folder, ("set", "S-1=..")), "json", "en"))
    assert "Not shown here is S-6 示例" in told


def test_files(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["whatif", str(folder / "return.csv"), "-s", str(folder / "plan.yaml"), "--lang", "en"]
    page, picture, book = (tmp_path / f"out.{suffix}" for suffix in ("html", "svg", "xlsx"))
    outputs = [word for one in (page, picture, book) for word in ("-o", str(one))]
    assert run([*words, "--set", "S-1=100..900", *outputs]) == 0
    drawn = etree.fromstring(picture.read_bytes())
    assert drawn.tag.endswith("svg") and "≥ 400 m²" in picture.read_text("utf-8")
    assert "<svg" in page.read_text("utf-8")
    steps = pd.read_excel(book, "curve", header=2, engine="calamine").iloc[:, :4].dropna()
    with_steps = json.loads(_told(capsys, *words, "--set", "S-1=100..900", "--format", "json"))["curves"][0]["steps"]
    assert steps.to_numpy().tolist() == with_steps
    assert run([*words, "--set", "S-5=50", "-o", str(tmp_path / "two.xlsx")]) == 0
    changing = json.loads(_told(capsys, *words, "--set", "S-5=50", "--format", "json"))["subjects"]
    assert len(pd.read_excel(tmp_path / "two.xlsx", "who changes side", engine="calamine")) == len(changing) > 0
    both = ["-o", str(tmp_path / "none.xlsx"), "-o", str(tmp_path / "none.svg")]
    assert run([*words, "--set", "S-1=600", *both]) == 2  # before anything is written
    assert "no curve" in capsys.readouterr().err and not (tmp_path / "none.xlsx").exists()


def test_a_png_is_the_picture_at_twice_its_size(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["whatif", str(folder / "return.csv"), "-s", str(folder / "plan.yaml"), "--lang", "en", "--set"]
    pictures = [tmp_path / "one.png", tmp_path / "other.png"]
    pytest.importorskip("resvg_py")
    for span, picture in zip(("S-1=100..900", "S-1=300..500"), pictures, strict=True):
        assert run([*words, span, "-o", str(picture), "-o", str(picture.with_suffix(".svg"))]) == 0
    one, other = (picture.read_bytes() for picture in pictures)
    drawn = etree.fromstring(pictures[0].with_suffix(".svg").read_bytes())
    assert one[:8] == b"\x89PNG\r\n\x1a\n" and one != other
    assert [int.from_bytes(one[at : at + 4]) for at in (16, 20)] == [2 * int(drawn.get(s)) for s in ("width", "height")]
    assert run([*words, "S-1=600", "-o", str(tmp_path / "none.png")]) == 2
    assert "no curve" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    assert run([*words, "S-1=100..900", "-o", str(tmp_path / "none.png")]) == 2
    told = capsys.readouterr().err
    assert "communitycheck[png]" in told and len(told.splitlines()) == 1 and not (tmp_path / "none.png").exists()


def test_names_that_look_like_formulas_stand_in_the_workbook_as_they_are(tmp_path: Path) -> None:
    rows = random_rows(random.Random(1), 3)
    for row, name in zip(rows, ("+1+1", "=SUM(A1)", "@x"), strict=True):
        row |= {"name": name, "facility_area": 410}
    path, rules = write(tmp_path, rows), standard(tmp_path, [{"indicator": "facility_area", "at_least": "400 m2"}])
    words = ["whatif", str(path), "-s", str(rules), "--lang", "en", "--set", "S-1=600", "-o", str(tmp_path / "w.xlsx")]
    assert run(words) == 0
    book = openpyxl.load_workbook(tmp_path / "w.xlsx")
    cells = [cell for row in book["who changes side"].iter_rows() for cell in row]
    assert {cell.value for cell in cells} >= {"+1+1", "=SUM(A1)", "@x"}
    assert {cell.data_type for cell in cells} <= {"s", "n"}  # none is a formula


def _told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    run([*words])
    return capsys.readouterr().out


def test_the_picture_is_the_step_function() -> None:
    """Its corners, by hand: three limits, two of them with somebody unknown."""
    steps = StepCurve("t", [10, 20, 30], [1, 0.5, 0], [1, 0.75, 0], True, [(10, "10"), (30, "30")], (20, "20"), "band")
    drawn = draw_steps(steps)
    # From just above the first limit on it is as at the second: half of the height, then the ground.
    assert 'd="M56 52L56 171L376 171L376 290L696 290"' in drawn
    lower = draw_steps(replace(steps, upper=False))
    assert 'd="M56 52L376 52L376 171L696 171L696 290"' in lower


WRONG = {
    "S-9=600": ("no rule 'S-9'", "S-"),
    "S-1": ("NAME=VALUE", ""),
    "S-1=600 persons": ("measures something else", "m2"),
    "S-1=a lot": ("no number", ""),
    "S-1=600 sqmm": ("unknown unit", ""),
    "S-1=1,200": ("more than one number", "1200"),
    "S-3=4": ("households / 300", "override: {S-3: {at_least: …}}"),
    "S-4=200": ("between", "override: {S-4: {between: …}}"),
    "S-5=0.2": ("20%", "0.2%"),
    "S-7=1": ("is: true", "override"),
    "S-8=1": ("by hand", ""),
    "S-4=100..200": ("between", ""),
    "S-1=-5": ("never below zero", "S-1"),
    "S-1=-5..400": ("never below zero", "S-1"),
    "S-1=500..300": ("500 m2", "300 m2"),
}


@pytest.mark.parametrize("given", WRONG)
def test_wrong_limits_are_told_in_one_line(given: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["whatif", str(folder / "return.csv"), "-s", str(folder / "plan.yaml"), "--set", given, "--lang", "en"]
    assert run(words) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and all(part in said for part in WRONG[given])


def refused(folder: Path, *words: str) -> Iterator[str]:
    run(["whatif", str(folder / "return.csv"), "-s", str(folder / "plan.yaml"), "--lang", "en", *words])
    yield from words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "nothing is to be changed"),
        (["--parameter", "per_houshold=4"], "'per_household'"),
        (["--parameter", "per_household=4 m2"], "m2/100 households"),
        (["--set", "S-1=600", "--rate", "90%"], "span"),
        (["--set", "S-1=..", "--rate", "90"], "percentage"),
        (["--set", "S-1=..", "--set", "S-5=.."], "take them one by one"),
        (["--set", "S-1=600", "--select", "S-2"], "--select"),
    ],
)
def test_wrong_options(words: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    list(refused(folder, *words))
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("override: {}\n", "", "nothing"),
        ("override:\n  S-11: {at_least: 600 m2}\n", ":2", "S-1"),
        ("override:\n  S-1:\n    at_leest: 600 m2\n", ":3", "at_least"),
        ("override:\n  S-1:\n    at_least: 600 persons\n", ":3", "persons"),
        ("parameters:\n  per_hous: {value: 4}\n", ":2", "per_household"),
        ("extends: plann\noverride:\n  S-1: {at_least: 600 m2}\n", ":1", "plan"),
        ("standard: x\noverride:\n  S-1: {at_least: 600 m2}\n", ":1", "standard"),
    ],
)
def test_wrong_files_of_reforms(
    text: str, line: str, said: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(text, "utf-8")
    list(refused(folder, "--reform", str(draft)))
    told = capsys.readouterr().err
    assert f"draft.yaml{line}" in told and said in told


def test_long_lists_are_cut(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["whatif", str(folder / "return.csv"), "-s", str(folder / "plan.yaml"), "--set", "S-2=1", "--lang", "en"]
    for change, more in (("S-2=1", "more; --details"), ("S-5=..", "more limits")):
        run([*words, "--set", change])
        assert more in capsys.readouterr().out
        run([*words, "--set", change, "--details"])
        assert more not in capsys.readouterr().out
