"""``rules test``: exit codes and what is said, in both languages; a case file at fault is named by line and key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.cli.run import run
from communitycheck.messages import LANGS, Lang
from each import each

FILES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "case_files.yaml").read_text("utf-8"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a command is run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _written(folder: Path, one: dict[str, Any]) -> str:
    """The case file: a line for each case, so that lines can be told apart."""
    if "file" in one:
        text = json.dumps(one["file"], ensure_ascii=False)
    else:
        cases = [json.dumps({"rule": "LN-01", **case}, ensure_ascii=False) for case in one["cases"]]
        text = "\n".join(["standard: liaoning-2021", "as_of: 2022-12-31", "cases:", *(f"  - {c}" for c in cases), ""])
    (folder / "cases.yaml").write_text(text, "utf-8")
    return "cases.yaml"


@pytest.mark.parametrize("lang", LANGS)
@each("one", FILES, ids=lambda one: str(one["name"]))
def test_a_case_file(one: dict[str, Any], lang: Lang, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["rules", "test", _written(folder, one), "--lang", lang])
    said = capsys.readouterr()
    assert (code, one[lang] in said.out + said.err) == (one["code"], True), said
    if code == 2:
        assert said.out == "" and said.err.count("\n") == 1
    else:
        assert said.err == "" and said.out.endswith("\n")


@pytest.mark.parametrize("lang", LANGS)
def test_json_tells_each_case(lang: Lang, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = [f for f in FILES if f["name"] in ("one of two fails", "a record without the field")]
    cases = [case for one in chosen for case in one["cases"]]
    assert run(["rules", "test", _written(folder, {"cases": cases}), "--format", "json", "--lang", lang]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["schema"] == "communitycheck-cases/1"
    assert [(c["name"], c["passed"], c["expected"], c["found"], c["line"]) for c in told["cases"]] == [
        ("恰好", True, ["pass"], ["pass"], 4),
        ("差一点", False, ["pass"], ["fail"], 5),
        ("缺列", False, ["no_data"], [], 6),
    ]
    assert chosen[1][lang].partition(" ")[2] in told["cases"][2]["error"] != told["cases"][0]["error"] == ""
    assert told["lacking"]["liaoning-2021"]["LN-01"] == ["fail", "missing", "out-of-scope"]


def test_the_cases_beside_the_rules_of_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file named, those beside the built-in rules and those of ``--rules-dir``; here the last one fails."""
    own = {
        "standard": "own-county",
        "title": "某县标准",
        "source": {"document": "某县文件"},
        "jurisdiction": {"code": "210123", "name": "康平县"},
        "rules": [{
            "id": "OWN-01", "title": "面积", "clause": "一", "applies_to": "community", "indicator": "facility_area",
            "at_least": "450 m2", "severity": "mandatory",
        }],
    }  # fmt: skip
    (folder / "own" / "cases").mkdir(parents=True)
    (folder / "own" / "own-county.yaml").write_text(json.dumps(own, ensure_ascii=False), "utf-8")
    case = {"rule": "OWN-01", "name": "够了", "records": [{"facility_area": 449}], "outcome": "pass"}
    (folder / "own" / "cases" / "own-county.yaml").write_text(
        json.dumps({"standard": "own-county", "cases": [case]}, ensure_ascii=False), "utf-8"
    )
    assert run(["rules", "test", "--rules-dir", "own", "--lang", "zh"]) == 1
    said = capsys.readouterr().out
    assert "own-county：1 条规则，1 个用例，通过 0 个" in said
    assert said.count("未通过") == 1 and "panzhihua-2018：" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none.yaml"], {"zh": "none.yaml: 找不到文件", "en": "none.yaml: no such file"}),
        (["--format", "xml"], {"zh": "可选：text, json", "en": "choices: text, json"}),
        (["--rules-dir", "none"], {"zh": "找不到规则文件夹", "en": "no such rules folder"}),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_wrong_usage(
    arguments: list[str], words: dict[str, str], lang: Lang, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rules", "test", *arguments, "--lang", lang]) == 2
    said = capsys.readouterr()
    assert said.out == "" and words[lang] in said.err


OWN = """\
standard: own
title: {zh: 某市标准, en: The standard of a city}
source: {document: 某文件}
jurisdiction: {code: "210100", name: 沈阳市}
rules:
  - {id: A, title: 面积, clause: 一, applies_to: community, indicator: facility_area, at_least: 400 m2}
  - {id: B, title: 户数, clause: 二, applies_to: community, indicator: households, at_least: 100}
"""
CASES = """\
standard: own   # beside it
cases:
  # a comment that stays
  - rule: A
    records: [{facility_area: 395}]
    outcome: pass   # so far
    shortfall: 0
  - {rule: A, name: two, records: [{facility_area: 400}, {facility_area: 1}], outcome: pass}
  - {rule: A, name: 按名, records: [{community: 甲, facility_area: 1}], outcomes: {甲: pass}}
"""
FOUND = CASES.replace("outcome: pass   #", "outcome: fail   #").replace("shortfall: 0", "shortfall: 5")
FOUND = FOUND.replace("{facility_area: 1}], outcome: pass}", "{facility_area: 1}], outcomes: [pass, fail]}")


@pytest.mark.parametrize("place", [".", "cases"])
def test_the_standard_is_found_beside_its_cases(place: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / place).mkdir(exist_ok=True)
    (folder / "own.yaml").write_text(OWN, "utf-8")
    (folder / place / "x.yaml").write_text(CASES, "utf-8")
    assert run(["rules", "test", f"{place}/x.yaml", "--lang", "en"]) == 1
    told = capsys.readouterr().out
    assert "expected pass (shortfall 0), found fail (shortfall 5, observed 395, required 400, in m2)" in told
    assert "own: 1 rule has no case at all: B" in told
    (folder / "own.yaml").rename(folder / "far.yml")
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / place / "x.yaml").rename(folder / "deep" / "er" / "x.yaml")
    assert run(["rules", "test", "deep/er/x.yaml", "--lang", "en"]) == 2
    capsys.readouterr()
    assert run(["rules", "test", "deep/er/x.yaml", "--standard", "far.yml", "--lang", "en"]) == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_was_found_is_shown_and_then_written(
    newline: str, mark: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "own.yaml").write_text(OWN, "utf-8")
    before = (mark + CASES.replace("\n", newline)).encode()
    (folder / "x.yaml").write_bytes(before)
    assert run(["rules", "test", "x.yaml", "--diff", "--lang", "en"]) == 1
    shown = capsys.readouterr().out
    assert "+    outcome: fail   # so far" in shown
    assert "x.yaml:9 A: what was found has no place" in shown
    assert (folder / "x.yaml").read_bytes() == before
    assert run(["rules", "test", "x.yaml", "--update", "--lang", "en"]) == 1
    assert (folder / "x.yaml").read_bytes() == (mark + FOUND.replace("\n", newline)).encode()
    capsys.readouterr()
    assert run(["rules", "test", "x.yaml", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [c["passed"] for c in told["cases"]] == [True, True, False]
    assert told["without_cases"] == {"own": ["B"]}
    assert (told["cases"][2]["observed"], told["cases"][2]["required"]) == ([1.0, 1.0], [400.0, 400.0])
