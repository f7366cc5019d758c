"""Every way in which a rule file can be wrong: one file in ``bad/`` each, and the exact words it draws."""

from __future__ import annotations

import ast
import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import communitycheck.standards
from communitycheck.errors import CommunityCheckError, RuleFileError
from communitycheck.messages import Lang
from communitycheck.messages.standards import files, language, lint, rules
from communitycheck.products.rulebook.linting.lint_report import finding_line
from communitycheck.resources import data_dir
from communitycheck.standards import RuleBook, load_rule_book
from communitycheck.standards.files.yaml_file import MAX_DEPTH, parse_yaml
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.run import lint_files
from communitycheck.system.limits import limit
from each import each

BAD = Path(__file__).parent / "bad"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((BAD / "expected.yaml").read_text("utf-8"))
AS_OF = date(2026, 1, 1)
OF_STANDARDS = {code for room in (files, language, lint, rules) for code in room.MESSAGES}

# Codes that no single file in bad/ can draw, and why.
ELSEWHERE = {
    "rule-file-missing": "the path is wrong",
    "rule-file-unreadable": "the path is a folder",
    "rule-file-too-large": "written by its own test",
    "rule-file-no-file": "a pipe, in tests/cli/test_limits.py",
    "rule-file-date-quotes": "of files of waivers alone, in tests/planning/waivers",
    "rules-dir-missing": "the folder's path is wrong",
    "standard-unknown": "asked for by name",
    "standard-id-twice": "of two files, in test_layering.py",
    "lint-weaker-table": "in test_weaker_tables.py",
    "lint-pairs-left": "takes thousands of rules, in test_lint_many.py",
    "lint-related-left": "takes thousands of pairs, in test_lint_many.py",
    "reform-empty": "a file of `whatif --reform`, in tests/products/whatif",
    "expression-list-place": "the parser lets a list stand after in alone; a second line of defence",
}


# This one takes the place of a standard that others extend.
ALONE = "lint-standard-replaced"
BOOK = load_rule_book([data_dir("rules")])


def _files(name: str) -> list[Path]:
    return [BAD / f"{name}.yaml", *sorted(BAD.glob(f"{name}+*.yaml"))]


@pytest.fixture(scope="module")
def drawn() -> dict[str, list[LintFinding]]:
    """What linting every bad file draws, by the name of the case; all at once, as each has an id of its own."""
    together = [path for name in EXPECTED if name != ALONE for path in _files(name)]
    found = [f for files in (together, _files(ALONE)) for f in lint_files([data_dir("rules")], files, as_of=AS_OF)[0]]
    by_case: dict[str, list[LintFinding]] = {name: [] for name in EXPECTED}
    for finding in found:
        name = Path(finding.file).name
        by_case[name.removesuffix(".yaml").partition("+")[0]].append(dataclasses.replace(finding, file=name))
    return by_case


@each("name", EXPECTED)
def test_what_a_bad_file_draws(name: str, drawn: dict[str, list[LintFinding]]) -> None:
    findings = drawn[name]
    assert [f.code for f in findings] == EXPECTED[name]["codes"]
    languages: tuple[Lang, ...] = ("zh", "en")
    for lang in languages:
        lines = [finding_line(f, lang) for f in findings]
        lines = [line.replace(str(data_dir("rules")), "{rules}").replace(f"{BAD}/", "") for line in lines]
        assert lines == EXPECTED[name][lang]


@each("name", [n for n in EXPECTED if not EXPECTED[n]["codes"][0].startswith("lint-")])
def test_loading_stops_at_the_same_fault(name: str, drawn: dict[str, list[LintFinding]]) -> None:
    book = RuleBook(BOOK.dictionary, dict(BOOK.files))
    with pytest.raises(RuleFileError) as caught:
        for standard in [book.add_file(path) for path in _files(name)]:
            book.standard(standard)
    faults = {(f.code, f.file, f.line, f.key) for f in drawn[name]}
    assert (caught.value.code, Path(caught.value.file).name, caught.value.line, caught.value.key) in faults


def test_every_bad_file_is_listed() -> None:
    assert {p.stem.partition("+")[0] for p in BAD.glob("*.yaml")} - {"expected"} == set(EXPECTED)


def test_every_code_that_loading_and_linting_use_has_a_bad_file() -> None:
    used = set()
    for path in Path(communitycheck.standards.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and node.value in OF_STANDARDS:
                used.add(node.value)
    shown = {code for expected in EXPECTED.values() for code in expected["codes"]}
    assert used - shown == set(ELSEWHERE)


def test_a_file_that_is_missing_a_folder_or_too_large(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_text("# " + "x" * limit("settings"), encoding="utf-8")
    codes = [f.code for f in lint_files([data_dir("rules")], [tmp_path / "no.yaml", large])[0]]
    assert codes == ["rule-file-too-large", "rule-file-missing"]
    with pytest.raises(RuleFileError, match="cannot be read"):
        load_rule_book([data_dir("rules")], [tmp_path])
    with pytest.raises(RuleFileError, match="no such rules folder"):
        lint_files([tmp_path / "none"])


def test_an_unknown_standard_names_the_nearest() -> None:
    with pytest.raises(CommunityCheckError, match="the nearest is 'shenyang-2023'"):
        load_rule_book([data_dir("rules")]).standard("shenyang-2033")


FORMULAS = {
    "10,000 terms": " + ".join(["1"] * 10_000),
    "10,000 brackets": "(" * 10_000 + "1" + ")" * 10_000,
    "10,000 minus signs": "-" * 10_000 + "1",
    "900 nots": "not " * 900 + "has_facility",
    "nested calls": "min(" * 500 + "1" + ")" * 500,
    "a long string": '"' + "x" * 10_000 + '"',
    "a long list": "households in [" + ", ".join(["1"] * 3_000) + "]",
}


@pytest.mark.parametrize("key", ["indicator", "where", "at_least"])
def test_a_monstrous_formula_is_refused(key: str, tmp_path: Path) -> None:
    rules = []
    for i, formula in enumerate(FORMULAS.values()):
        keys = {"indicator": "facility_area", "at_least": "400", key: formula}
        body = "\n".join(f"    {k}: '{v}'" for k, v in keys.items())
        rules.append(f"  - id: R{i}\n    title: t\n    clause: c\n    applies_to: community\n{body}\n")
    path = tmp_path / "monster.yaml"
    head = "standard: monster\ntitle: t\nsource: {document: d}\njurisdiction: {code: '000000', name: n}\nrules:\n"
    path.write_text(head + "".join(rules), encoding="utf-8")
    found = lint_files([data_dir("rules")], [path])[0]
    assert {f.code for f in found} == {"expression-too-long", "expression-too-deep"}
    assert [f.key for f in found] == [f"R{i}.{key}" for i in range(len(FORMULAS))]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 50_000,
        "- " * 50_000 + "x",
        "\n".join(" " * i + "a:" for i in range(1_000)),
    ],
    ids=["lists", "mappings", "dashes", "blocks"],
)
def test_a_deeply_nested_file_is_refused(text: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        parse_yaml(text.encode(), "deep.yaml")
    assert caught.value.code == "rule-file-depth"
    assert caught.value.line is not None


def test_a_key_that_is_no_plain_text_is_refused_however_deep() -> None:
    with pytest.raises(RuleFileError) as caught:
        parse_yaml(("? " * 9_000).encode(), "deep.yaml")
    assert (caught.value.code, caught.value.line) == ("rule-file-key", 1)


def test_how_deep_a_file_may_go() -> None:
    assert parse_yaml(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, "a.yaml").data
    with pytest.raises(RuleFileError) as caught:
        parse_yaml(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "a.yaml")
    assert caught.value.code == "rule-file-depth"
