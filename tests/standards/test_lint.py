"""What linting finds in rules that load, and that it is silent where nothing is wrong."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.cli.run import run
from communitycheck.resources import data_dir
from communitycheck.standards import load_rule_book
from communitycheck.standards.lint.run import lint, lint_files
from each import each

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "lint_cases.yaml").read_text("utf-8"))
BAD = Path(__file__).parent / "bad"
AS_OF = date(2026, 1, 1)
PERIODS = {"lint-due-past", "lint-horizon-past", "lint-in-force-past"}


def _write(path: Path, body: dict[str, Any]) -> Path:
    rules = [{"title": "规则", "clause": "a", "applies_to": "community", **r} for r in body.get("rules", [])]
    whole = {
        "standard": path.stem,
        "title": "标准",
        "source": {"document": "文件"},
        "jurisdiction": {"code": "210100", "name": "沈阳市"},
        **{k: v for k, v in body.items() if k not in ("name", "findings", "rules")},
        "rules": rules,
    }
    path.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What each case draws; all are linted at once, as each is a standard of its own."""
    folder = tmp_path_factory.mktemp("cases")
    paths = {str(_write(folder / f"case-{i:02}.yaml", case)): str(case["name"]) for i, case in enumerate(CASES)}
    by_case: dict[str, list[str]] = {name: [] for name in paths.values()}
    for finding in lint_files([data_dir("rules")], [Path(p) for p in paths], as_of=AS_OF)[0]:
        by_case[paths[finding.file]].append(f"{finding.key} {finding.code}")
    return by_case


@each("case", CASES, ids=lambda c: str(c["name"]))
def test_case(case: dict[str, Any], drawn: dict[str, list[str]]) -> None:
    assert drawn[str(case["name"])] == case["findings"]


def test_the_built_in_book_has_no_errors_and_no_warnings() -> None:
    found, files = lint_files([data_dir("rules")], as_of=AS_OF)
    assert [f for f in found if f.level != "info"] == []
    assert {f.code for f in found} <= PERIODS
    assert "lint-horizon-past" in {f.code for f in found if "panzhihua" in f.file}
    assert len(files) == len(list(data_dir("rules").glob("*.yaml")))


def test_a_plan_has_not_ended_on_its_last_day() -> None:
    book = load_rule_book([data_dir("rules")])
    codes = [f.code for f in lint(book, ["panzhihua-2018"], as_of=date(2020, 12, 31))]
    assert "lint-horizon-past" not in codes
    assert "lint-horizon-past" in [f.code for f in lint(book, ["panzhihua-2018"], as_of=date(2021, 1, 1))]


def test_linting_leaves_the_book_as_it_was() -> None:
    book = load_rule_book([data_dir("rules")])
    before = book.all()
    lint(book, book.ids(), as_of=AS_OF)
    assert book.faults is None
    assert all(a is b for a, b in zip(before, book.all(), strict=True))


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("standard: [", encoding="utf-8")
    _write(tmp_path / "b.yaml", {"rules": [{"id": "R1", "indicator": "open_hours_per_day", "at_least": "25 h"}]})
    found, files = lint_files([data_dir("rules")], [tmp_path], as_of=AS_OF)
    assert [(Path(f.file).name, f.code) for f in found] == [
        ("a.yaml", "rule-file-syntax"),
        ("b.yaml", "lint-never-met"),
    ]
    assert [Path(f).name for f in files] == ["a.yaml", "b.yaml"]


def test_a_rules_folder_brings_its_own_fields(tmp_path: Path) -> None:
    field = {"label": "自有面积", "type": "decimal", "unit": "m2", "range": [0, 500], "aliases": ["自有面积"]}
    (tmp_path / "dictionary.yaml").write_text(
        yaml.safe_dump({"fields": {"own_area": field}}, allow_unicode=True), encoding="utf-8"
    )
    _write(tmp_path / "own.yaml", {"rules": [{"id": "R1", "indicator": "own_area", "at_least": "600 m2"}]})
    found, _ = lint_files([data_dir("rules"), tmp_path], [tmp_path / "own.yaml"], as_of=AS_OF)
    assert [(f.key, f.code) for f in found] == [("R1.at_least", "lint-never-met")]


def test_a_broken_dictionary_is_told_by_line(tmp_path: Path) -> None:
    path = tmp_path / "dictionary.yaml"
    path.write_text("fields:\n  own:\n    label: x\n    type: decimel\n", encoding="utf-8")
    found, _ = lint_files([data_dir("rules")], [path], as_of=AS_OF)
    assert [(f.line, f.key, f.code) for f in found] == [(4, "fields.own.type", "rule-file-choice-near")]


@pytest.mark.parametrize(
    ("name", "strict", "code"),
    [
        ("lint-horizon-past", True, 0),
        ("lint-implied", False, 0),
        ("lint-implied", True, 1),
        ("lint-contradiction", False, 2),
        ("rule-file-tab", True, 2),
    ],
)
def test_exit_codes(name: str, strict: bool, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(BAD / f"{name}.yaml")
    assert run(["rules", "lint", path, *(["--strict"] if strict else []), "--lang", "en"]) == code
    assert capsys.readouterr().out.endswith("\n")


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(BAD / "lint-implied.yaml")
    code = run(["rules", "lint", path, "--strict", "--format", "json", "--lang", "zh", "--as-of", "2026-01-01"])
    report = json.loads(capsys.readouterr().out)
    assert report["schema"] == "communitycheck-lint/1"
    assert report["files"] == [path]
    (finding,) = report["findings"]
    assert (finding["file"], finding["line"], finding["key"]) == (path, 12, "R2")
    assert (finding["code"], finding["level"]) == ("lint-implied", "warning")
    assert "多余" in finding["message"]
    assert finding["values"]["other"] == "R1"
    assert report["summary"] == {"errors": 0, "warnings": 1, "infos": 0, "exit_code": code}
    assert code == 1


def test_a_region_without_a_code_is_not_looked_up(tmp_path: Path) -> None:
    (tmp_path / "shire.yaml").write_text(
        "standard: shire\ntitle: Shire\nsource: {document: x}\njurisdiction: {name: Shire}\nrules:\n"
        "  - {id: S-1, title: Area, clause: '1', applies_to: community, severity: mandatory,\n"
        "     indicator: facility_area, at_least: 400 m2}\n",
        "utf-8",
    )
    assert run(["rules", "lint", str(tmp_path / "shire.yaml"), "--strict"]) == 0
