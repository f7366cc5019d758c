"""The cases beside the rules: whole, well formed, and at least one of each kind for every rule."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import pytest

from communitycheck.model.standard import Rule
from communitycheck.resources import data_dir
from communitycheck.standards import RuleBook, load_rule_book
from communitycheck.standards.files.yaml_file import read_yaml
from each import each

BOOK: RuleBook = load_rule_book([data_dir("rules")])
OUTCOMES = {"pass", "fail", "not_due", "not_applicable", "no_data"}
CASE_KEYS = {"rule", "name", "records", "outcome", "outcomes", "shortfall", "parameters", "as_of"}
FILES = sorted((data_dir("rules") / "cases").glob("*.yaml"))
CASES: list[tuple[str, dict[str, Any]]] = [
    (data["standard"], case) for path in FILES for data in [read_yaml(path).data] for case in data["cases"]
]


def _rule(standard: str, rule_id: str) -> Rule:
    return next(r for r in BOOK.standard(standard).rules if r.id == rule_id)


def _outcomes(case: dict[str, Any]) -> list[str]:
    given = case.get("outcomes", case.get("outcome"))
    if isinstance(given, dict):
        return list(given.values())
    return given if isinstance(given, list) else [given]


def test_every_standard_has_its_cases() -> None:
    assert {path.stem for path in FILES} == set(BOOK.ids())


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_case_file_names_its_standard_and_day(path: Any) -> None:
    data = read_yaml(path).data
    assert set(data) == {"standard", "as_of", "cases"}
    assert data["standard"] == path.stem and isinstance(data["as_of"], date)


def test_cases_are_well_formed() -> None:
    for standard, case in CASES:
        where = f"{standard} {case.get('rule')}: {case.get('name')}"
        assert set(case) <= CASE_KEYS, where
        assert case["name"] and case["records"], where
        assert ("outcome" in case) != ("outcomes" in case), where
        assert set(_outcomes(case)) <= OUTCOMES, where
        rule = _rule(standard, case["rule"])
        dictionary = BOOK.dictionary.with_fields(BOOK.standard(standard).fields or {})
        assert set(case.get("parameters", {})) <= set(BOOK.standard(standard).parameters), where
        if isinstance(case.get("outcomes"), list):
            assert not rule.by and len(case["outcomes"]) == len(case["records"]), where
        if isinstance(case.get("outcomes"), dict):
            assert rule.by, where
        for record in case["records"]:
            for key, value in record.items():
                if key == "times":
                    continue
                field = dictionary.find(key)
                assert field is not None, f"{where}: {key}"
                assert not field.entities or rule.applies_to in field.entities, f"{where}: {key}"
                if field.type == "category" and value is not None:
                    assert value in field.values, f"{where}: {value}"


def test_no_two_cases_of_a_rule_share_a_name() -> None:
    seen: set[tuple[str, str, str]] = set()
    for standard, case in CASES:
        key = (standard, case["rule"], case["name"])
        assert key not in seen
        seen.add(key)


def _own_rules() -> list[tuple[str, Rule]]:
    return [(i, r) for i in BOOK.ids() for r in BOOK.standard(i).rules if r.layer == i and r.manual is None]


@each(("standard", "rule"), _own_rules(), ids=lambda x: x if isinstance(x, str) else x.id)
def test_every_rule_has_a_case_of_each_kind(standard: str, rule: Rule) -> None:
    found: dict[str, int] = defaultdict(int)
    for name, case in CASES:
        if name == standard and case["rule"] == rule.id:
            for outcome in _outcomes(case):
                found[outcome] += 1
    assert {"pass", "fail", "no_data"} <= set(found)
    if rule.where is not None:
        assert "not_applicable" in found
    if rule.due is not None and standard == "panzhihua-2018":
        assert "not_due" in found
