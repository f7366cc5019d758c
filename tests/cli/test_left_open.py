"""What was not read or asked is said by every command that answers from returns, with the exit code 3."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communitycheck.cli.run import run

RULES = """
standard: st
title: 试
source: {document: 文件}
jurisdiction: {code: "210200", name: 大连市}
in_force: {from: 2020-01-01}
horizon: 2025-12-31
rules:
  - {id: T-1, title: 占比, clause: 一, applies_to: community, by: city, severity: expected,
     indicator: share(facility_area >= 400 m2), at_least: 80%}
  - {id: T-2, title: 面积, clause: 二, applies_to: community, severity: mandatory,
     indicator: facility_area, at_least: 400 m2, lever: facility_area}
"""
YEARS = "大连市中山区社区历年情况\n社区名称,年份,综合服务设施面积（㎡）\n"
FORM = "大连市中山区台账（{}年）\n社区名称,户数,{}\n"
RETURNS = {
    # the last row is of no year
    "rows": YEARS + "海滨社区,2022,390\n海滨社区,2023,410\n港湾社区,2022,420\n港湾社区,2023,430\n港湾社区,,350\n",
    "column": FORM.format(2023, "综合服务面积（㎡）") + "海滨社区,900,600\n港湾社区,900,500\n",
    "whole": FORM.format(2023, "综合服务设施面积（㎡）") + "海滨社区,900,600\n港湾社区,900,500\n",
}
COMMANDS = {
    "gap": ["gap"],
    "whatif": ["whatif", "--set", "T-2=405"],
    "baseline": ["baseline", "write", "-o", "held.json"],
    "trend": ["trend"],
}
NAMED = {"rows": "rows.csv row 7", "column": "column C"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("st.yaml").write_text(RULES, "utf-8")
    for name, text in RETURNS.items():
        Path(f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = run([*words, "--standard", "st.yaml", "--lang", "en"])
    return code, " ".join("".join(capsys.readouterr()).split())


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("what", NAMED)
@pytest.mark.usefixtures("here")
def test_what_was_not_read_or_asked_is_named(what: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, *COMMANDS[command], f"{what}.csv")
    assert code == 3 and NAMED[what] in text and "incomplete" in text


@pytest.mark.parametrize("command", ["gap", "whatif", "baseline"])
@pytest.mark.usefixtures("here")
def test_nothing_is_said_where_all_was_read(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, *COMMANDS[command], "whole.csv")
    assert code == 0 and "incomplete" not in text


@pytest.mark.usefixtures("here")
def test_a_row_of_no_year_stands_in_the_json_of_a_trend(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["trend", "rows.csv", "-s", "st.yaml", "--format", "json"]) == 3
    told = json.loads(capsys.readouterr().out)["run"]
    assert told["records_without_period"] == {"rows.csv": 1} and told["incomplete"] == {"unread_rows": 1}


@pytest.mark.usefixtures("here")
def test_a_column_to_confirm_makes_nobody_gone(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "compare", "whole.csv", "column.csv", "--select", "T-2")
    assert code == 3 and "column C" in text and "Subjects that are gone" not in text and "No longer checked" in text


# Earlier and later return -> what the update says of the fails held, and how many entries stay.
UPDATES = {
    "unread": (
        "海滨社区,2022,350\n港湾社区,2022,380\n葵英社区,2022,500\n",
        "海滨社区,,300\n港湾社区,2023,380\n桃源社区,2022,500\n葵英社区,2023,500\n",
        ["--drop-unlisted"], "took nothing out", 3, 2,
    ),
    "unanswered": (
        "海滨社区,2022,350\n", "海滨社区,2023,\n港湾社区,2023,500\n", [], "its subject has no answer now", 0, 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UPDATES)
@pytest.mark.usefixtures("here")
def test_what_nobody_knows_stays_in_a_baseline(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    earlier, later, options, words, code, stay = UPDATES[case]
    for name, rows in (("earlier", earlier), ("later", later)):
        Path(f"{name}.csv").write_text(YEARS + rows, "utf-8")
    assert said(capsys, "baseline", "write", "earlier.csv", "-o", "held.json")[0] == 0
    found = said(capsys, "baseline", "update", "later.csv", "--baseline", "held.json", "--select", "T-2", *options)
    assert found[0] == code and words in found[1], found
    assert sum(one["rule"] == "T-2" for one in json.loads(Path("held.json").read_text("utf-8"))["fails"]) == stay


@pytest.mark.parametrize("more", [[], ["--accept"]])
@pytest.mark.usefixtures("here")
def test_a_baseline_holds_no_fail_that_it_cannot_find_again(
    more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    head = FORM.format(2022, "综合服务设施面积（㎡）")
    Path("none.csv").write_text(head + "港湾社区,900,500\n", "utf-8")
    Path("twice.csv").write_text(head + "和平社区,900,380\n和平社区,900,420\n", "utf-8")
    said(capsys, "baseline", "write", "none.csv" if more else "twice.csv", "-o", "held.json", "--select", "T-2")
    if more:
        said(capsys, "baseline", "update", "twice.csv", "--baseline", "held.json", "--select", "T-2", *more)
    assert json.loads(Path("held.json").read_text("utf-8"))["fails"] == []


@pytest.mark.usefixtures("here")
def test_a_fail_of_a_new_subject_is_no_rule_without_fail(capsys: pytest.CaptureFixture[str]) -> None:
    head = "综合服务设施面积（㎡）"
    Path("a.csv").write_text(FORM.format(2022, head) + "海滨社区,900,450\n", "utf-8")
    Path("b.csv").write_text(FORM.format(2023, head) + "海滨社区,900,450\n乙社区,900,300\n", "utf-8")
    text = said(capsys, "compare", "a.csv", "b.csv", "--select", "T-2")[1]
    assert "Failing, not listed before (1" in text and "no change and no fail" not in text
    run(["compare", "a.csv", "b.csv", "-s", "st.yaml", "--select", "T-2", "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert told["rules"][0]["failing_come"] == 1 and not told["run"]["in_reverse"]
    assert [one["subject"]["name"] for one in told["failing_come"]] == ["乙社区"]
    assert "In reverse order" in said(capsys, "compare", "b.csv", "a.csv")[1]


@pytest.mark.usefixtures("here")
def test_a_limit_that_no_amount_reaches_is_not_said_to_take_less(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.csv").write_text(FORM.format(2022, "综合服务设施面积（㎡）") + "海滨社区,900,380\n", "utf-8")
    text = said(capsys, "whatif", "a.csv", "--set", "T-2=60000")[1]
    assert "is enough for 1" in text and "less than today" not in text
