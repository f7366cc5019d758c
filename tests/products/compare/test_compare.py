"""``compare`` of returns and of reports: what changed, why, and that nothing hangs on rows, sheets and files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from communitycheck import api
from communitycheck.cli.run import run
from communitycheck.errors import RuleFileError, UsageError
from communitycheck.products.compare.formats import render_changes, write_changes
from communitycheck.products.compare.front import compare
from paths import ROOT

SCHEMA = json.loads((ROOT / "src/communitycheck/products/compare/compare-1.json").read_text("utf-8"))
HEADER = ("县区", "街道", "社区名称", "区划代码", "综合服务设施面积(㎡)", "党员数", "党员志愿者人数")
Row = tuple[str, str, str, str, Any, Any, Any]
BEFORE: list[Row] = [
    ("望奎区", "东河街道", "一号社区", "370503001001", 450, 50, 10),  # passes both times
    ("望奎区", "东河街道", "二号社区", "370503001002", 450, 50, 10),  # fails newly
    ("望奎区", "东河街道", "三号社区", "370503001003", 300, 50, 10),  # fixed
    ("望奎区", "东河街道", "四号社区", "370503001004", 300, 50, 10),  # better
    ("望奎区", "东河街道", "五号社区", "370503001005", 300, 50, 10),  # worse
    ("望奎区", "东河街道", "六号社区", "370503001006", 300, 50, 10),  # as bad as before
    ("望奎区", "东河街道", "七号社区", "370503001007", 300, 50, 10),  # no longer checked
    ("望奎区", "东河街道", "八号社区", "370503001008", "", 50, 10),  # newly checked
]
AREAS = [480, 350, 420, 380, 250, 300, "", 500]
AFTER: list[Row] = [(*row[:4], area, *row[5:]) for row, area in zip(BEFORE, AREAS, strict=True)]
CHANGES = ["newly_failing", "fixed", "still_failing", "still_failing", "still_failing", "no_longer_checked",
           "newly_checked"]  # fmt: skip


def standard(folder: Path, area: int = 400, name: str = "own") -> Path:
    body = {
        "standard": "own", "title": "示例标准", "source": {"document": "文件"},
        "jurisdiction": {"code": "000000", "name": "全国"},
        "rules": [
            {"id": "OW-1", "title": "面积", "clause": "一", "applies_to": "community", "severity": "mandatory",
             "indicator": "facility_area", "at_least": f"{area} m2"},
            {"id": "OW-2", "title": "志愿者", "clause": "二", "applies_to": "community", "severity": "mandatory",
             "indicator": "party_volunteers / party_members", "at_least": "13%"},
        ],
    }  # fmt: skip
    path = folder / f"{name}.yaml"
    path.write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    return path


def table(path: Path, rows: Sequence[Row], *, sheet: str = "Sheet1", skipped: int = 0) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for _ in range(skipped):
        page.append(["某区社区综合服务设施情况表"])
    page.append(HEADER)
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def told(before: Path, after: Path, rules: Path, **more: Any) -> dict[str, Any]:
    found = compare(before, after, [rules], as_of=date(2023, 12, 31), before_as_of=date(2022, 12, 31), **more)
    held: dict[str, Any] = json.loads("".join(render_changes(found, "json", "zh")))
    assert not list(Draft202012Validator(SCHEMA).iter_errors(held))
    return held


def of_rule(held: dict[str, Any], rule: str = "OW-1") -> list[dict[str, Any]]:
    return [one for one in held["changes"] if one["rule"] == rule]


def test_what_became_of_each(tmp_path: Path) -> None:
    rules = standard(tmp_path)
    held = told(table(tmp_path / "a.xlsx", BEFORE), table(tmp_path / "b.xlsx", AFTER), rules)
    assert [one["change"] for one in held["changes"]] == CHANGES
    assert [one["trend"] for one in held["changes"]] == [None, None, "better", "worse", "same", None, None]
    assert {one["cause"] for one in held["changes"]} == {"data", None}
    assert held["run"]["exit_code"] == 0 and held["run"]["comparable"]
    (rule, quiet) = held["rules"]
    assert (rule["newly_failing"], rule["fixed"], rule["better"], rule["worse"]) == (1, 1, 1, 1)
    assert not any(quiet[word] for word in set(CHANGES))


def test_rows_sheets_and_files_do_not_matter(tmp_path: Path) -> None:
    rules = standard(tmp_path)
    before = table(tmp_path / "a.xlsx", BEFORE)
    plain = told(before, table(tmp_path / "b.xlsx", AFTER), rules)
    moved = told(before, table(tmp_path / "别的名字.xlsx", AFTER[::-1], sheet="改名", skipped=2), rules)
    by_name = {one["subject"]["name"]: one for one in plain["changes"]}
    assert by_name == {one["subject"]["name"]: one for one in moved["changes"]}
    same = told(before, table(tmp_path / "c.xlsx", BEFORE[::-1], sheet="改名", skipped=1), rules)
    assert {one["change"] for one in same["changes"]} == {"still_failing"}
    assert {one["trend"] for one in same["changes"]} == {"same"}


def test_a_swap_of_two_fails_is_seen(tmp_path: Path) -> None:
    rules = standard(tmp_path)
    swapped = [*BEFORE]
    swapped[0], swapped[2] = ((*BEFORE[0][:4], 300, 50, 10), (*BEFORE[2][:4], 450, 50, 10))
    held = told(table(tmp_path / "a.xlsx", BEFORE), table(tmp_path / "b.xlsx", swapped), rules)
    found = {one["subject"]["name"]: one["change"] for one in held["changes"]}
    assert (found["一号社区"], found["三号社区"]) == ("newly_failing", "fixed")


def test_rules_and_figures_are_told_apart(tmp_path: Path) -> None:
    """The limit rises from 400 to 460: who stood at 450 fails by the rules, who fell to 350 by the figures."""
    old, new = standard(tmp_path), standard(tmp_path, 460, "new")
    after = table(tmp_path / "b.xlsx", [(*BEFORE[0][:4], 450, 50, 10), *AFTER[1:]])
    held = told(table(tmp_path / "a.xlsx", BEFORE), after, new, before_standards=[old])
    assert held["run"]["judged_between"]
    causes = {one["subject"]["name"]: (one["change"], one["cause"]) for one in of_rule(held)}
    assert causes["一号社区"] == ("newly_failing", "rules")
    assert causes["二号社区"] == ("newly_failing", "data")
    # 300 -> 420 meets the earlier limit, and misses the later one: better by the figures, and missed by the rules
    assert causes["三号社区"] == ("still_failing", "both")
    assert causes["六号社区"] == ("still_failing", "rules")  # 100 short, now 160
    assert [one["rule_changed"] for one in held["rules"]] == [True, False]


def report(path: Path, source: Path, rules: Path, day: date, *, whole: bool = True) -> Path:
    found = api.check([source], [rules], as_of=day)
    path.write_text("".join(api.render(found, "json", "zh", all_verdicts=whole)), "utf-8")
    return path


def test_reports_say_what_returns_say(tmp_path: Path) -> None:
    rules = standard(tmp_path)
    before, after = table(tmp_path / "a.xlsx", BEFORE), table(tmp_path / "b.xlsx", AFTER)
    one = report(tmp_path / "a.json", before, rules, date(2022, 12, 31))
    other = report(tmp_path / "b.json", after, rules, date(2023, 12, 31))
    plain = told(before, after, rules)
    laid_out = tmp_path / "c.json"
    laid_out.write_text(json.dumps(json.loads(other.read_text("utf-8")), indent=1), "utf-8")
    for pair in ((one, other), (one, after), (before, other), (one, laid_out)):
        held = told(*pair, rules)
        assert held["changes"] == plain["changes"]
        assert [(x["before"], x["matched"]) for x in held["subjects"]] == [
            (x["before"], x["matched"]) for x in plain["subjects"]
        ]


def test_a_rule_that_changed_between_two_reports(tmp_path: Path) -> None:
    old, new = standard(tmp_path), standard(tmp_path, 460, "new")
    before, after = table(tmp_path / "a.xlsx", BEFORE), table(tmp_path / "b.xlsx", [BEFORE[0], *AFTER[1:]])
    held = told(
        report(tmp_path / "a.json", before, old, date(2022, 12, 31)),
        report(tmp_path / "b.json", after, new, date(2023, 12, 31)), new,
    )  # fmt: skip
    causes = {one["subject"]["name"]: one["cause"] for one in of_rule(held)}
    assert (causes["一号社区"], causes["二号社区"]) == ("rules", "untold")


def test_a_report_of_what_did_not_pass(tmp_path: Path) -> None:
    """Of whom it does not list nobody knows: no fixes and nobody gone are made up."""
    rules = standard(tmp_path)
    before, after = table(tmp_path / "a.xlsx", BEFORE), table(tmp_path / "b.xlsx", AFTER)
    part = report(tmp_path / "b.json", after, rules, date(2023, 12, 31), whole=False)
    held = told(before, part, rules)
    assert held["run"]["after"]["only_what_did_not_pass"]
    found = {one["subject"]["name"]: one["change"] for one in held["changes"]}
    assert "三号社区" not in found or found["三号社区"] == "no_longer_listed"
    assert "fixed" not in found.values()
    page = "".join(render_changes(compare(before, part, [rules]), "text", "en"))
    assert "--all-verdicts" in page


def test_above_two_percent_nothing_is_comparable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = standard(tmp_path)
    before, after = table(tmp_path / "a.xlsx", BEFORE), table(tmp_path / "b.xlsx", AFTER[1:])
    held = told(before, after, rules)
    assert [one["subject"]["name"] for one in held["gone"]] == ["一号社区"]
    assert not held["run"]["comparable"] and not any(rule["comparable"] for rule in held["rules"])
    assert run(["compare", str(before), str(after), "--standard", str(rules), "--lang", "en"]) == 3
    assert capsys.readouterr().out.count("not comparable") > 3


def test_renames(tmp_path: Path) -> None:
    rules = standard(tmp_path)
    later: list[Row] = [("望奎区", "东河街道", "朝阳社区", "370503001099", *AFTER[0][4:]), *AFTER[1:]]
    before, after = table(tmp_path / "a.xlsx", BEFORE), table(tmp_path / "b.xlsx", later)
    assert told(before, after, rules)["run"]["exit_code"] == 3
    said = tmp_path / "renames.yaml"
    said.write_text("renames:\n  - {from: 一号社区, to: {name: 朝阳社区, region: 望奎区}, date: 2023-03-01}\n", "utf-8")
    held = told(before, after, rules, renames=said)
    assert held["run"]["comparable"] and [one["by"] for one in held["renamed"]] == ["declared"]


def test_who_is_merged_or_split_is_listed_with_its_fails(tmp_path: Path) -> None:
    row = BEFORE[0]
    name = row[2]
    parts: list[Row] = [
        (*row[:2], f"{name[:-2]}{part}社区", f"37050300109{n}", 10, *row[5:]) for n, part in enumerate("东西")
    ]
    before = table(tmp_path / "a.xlsx", BEFORE)
    after = table(tmp_path / "b.xlsx", [*parts, *(one for one in AFTER if one[2] != name)])
    said = tmp_path / "renames.yaml"
    to = [one[2] for one in parts]
    body = {"renames": [{"from": name, "to": to, "date": "2023-03-01", "kind": "split"}]}
    said.write_text(json.dumps(body, ensure_ascii=False).replace('"2023-03-01"', "2023-03-01"), "utf-8")
    held = told(before, after, standard(tmp_path), renames=said)
    lists = {key: [(one["subject"]["name"], one["failed"]) for one in held[key]] for key in (
        "gone", "come", "merged_or_split", "made_of_others"
    )}  # fmt: skip
    assert lists["made_of_others"] == [(one, 1) for one in to]
    assert [one for one, _ in lists["merged_or_split"]] == [name]
    assert not {name, *to} & {one for key in ("gone", "come") for one, _ in lists[key]}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("renames:\n  - {from: a, to: b}\n", "date"),
        ("renames:\n  - {from: a, to: [b, c], date: 2023-01-01}\n", "renames[0].kind"),
        ("renames:\n  - {from: {code: 1, name: b}, to: c, date: 2023-01-01}\n", "renames[0].from"),
        ("renames:\n  - {from: a, to: b, date: 2023-02-30}\n", "renames[0].date"),
        ("renames:\n  - {from: a, to: b, too: c, date: 2023-02-01}\n", "renames[0].too"),
    ],
)
def test_wrong_renames(text: str, key: str, tmp_path: Path) -> None:
    said = tmp_path / "renames.yaml"
    said.write_text(text, "utf-8")
    with pytest.raises(RuleFileError) as error:
        compare(tmp_path / "no.xlsx", tmp_path / "no.xlsx", renames=said)
    assert key in str(error.value) and str(said) in str(error.value)


def test_a_report_that_was_cut_short(tmp_path: Path) -> None:
    whole = report(tmp_path / "a.json", table(tmp_path / "a.xlsx", BEFORE), standard(tmp_path), date(2022, 12, 31))
    text = whole.read_text("utf-8")
    whole.write_text(text[: text.rindex('"notices"') - 300], "utf-8")
    with pytest.raises(UsageError):
        compare(whole, whole)


@pytest.mark.parametrize("text", ["{", '{"schema": "other/1"}', '{"schema": "communitycheck-report/1", "run": {}}'])
def test_no_report(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError):
        compare(path, path)


def test_what_cannot_be_read_is_not_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = standard(tmp_path)
    after = table(tmp_path / "b.xlsx", AFTER)
    assert run(["compare", str(tmp_path / "a.xlsx"), str(after), "--standard", str(rules), "--lang", "en"]) == 2
    found = capsys.readouterr()
    assert not found.out and "a.xlsx" in found.err


def test_every_format_tells_the_same_changes(tmp_path: Path) -> None:
    rules = standard(tmp_path)
    later = [*AFTER[1:], ("望奎区", "东河街道", "九号社区", "370503001009", 100, 50, 10)]
    found = compare(table(tmp_path / "a.xlsx", BEFORE), table(tmp_path / "b.xlsx", later), [rules])
    held = json.loads("".join(render_changes(found, "json", "zh")))
    listed = [*held["changes"], *held["gone"], *held["come"]]
    names = [one["subject"]["name"] for one in listed]
    rows = list(csv.DictReader(io.StringIO("".join(render_changes(found, "csv", "zh")))))
    assert [row["对象"] for row in rows] == names
    assert [row["现在实际值"] for row in rows if row["规则"] == "OW-1"] == [
        "" if one["after"]["observed"] is None else f"{one['after']['observed']:g}" for one in of_rule(held)
    ]
    (tmp_path / "out").mkdir()
    write_changes(found, tmp_path / "out" / "c.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "out" / "c.xlsx")
    sheet = book["逐项变化"]
    assert [sheet.cell(row, 9).value for row in range(2, sheet.max_row + 1)] == names
    assert sheet.cell(2, 16).value == 350 and "九号社区" in str([c.value for r in book["对象增减"] for c in r])
    page = "".join(render_changes(found, "html", "zh"))
    moved = [one["subject"]["name"] for one in listed if one.get("trend") != "same"]
    assert all(name in page for name in moved) and "不可比" in page and "<script" not in page
    assert "".join(render_changes(found, "markdown", "en")).startswith("# What changed")
