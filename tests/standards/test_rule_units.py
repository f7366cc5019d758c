"""The units of a rule: what is read as it is meant, and what is refused with the spelling that says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.errors import RuleFileError
from communitycheck.messages import Lang, say
from communitycheck.model.expression import Binary, Number, show, show_evaluated
from communitycheck.model.standard import Rule, Standard
from communitycheck.resources import data_dir
from communitycheck.standards import RuleBook, load_rule_book
from each import each

HOME = Path(__file__).parent / "units"
BOOK = load_rule_book([data_dir("rules")])
HEAD: dict[str, Any] = yaml.safe_load((HOME / "standard.yaml").read_text("utf-8"))
RIGHT: list[dict[str, Any]] = yaml.safe_load((HOME / "right.yaml").read_text("utf-8"))
WRONG: list[dict[str, Any]] = yaml.safe_load((HOME / "wrong.yaml").read_text("utf-8"))
DOUBTFUL: list[dict[str, Any]] = yaml.safe_load((HOME / "doubtful.yaml").read_text("utf-8"))
COMPARED = ("at_least", "at_most", "equals", "between")
KEYS = ("indicator", "where", *COMPARED, "plausible", "tolerance")


def _name(case: dict[str, Any]) -> str:
    limit = next(case[key] for key in COMPARED if key in case)
    return f"{case['indicator']} | {limit} {case.get('stated', '')}".strip()


def _load(case: dict[str, Any], folder: Path) -> tuple[Standard, Rule]:
    rule = {"id": "R1", "title": "示例", "clause": "一", "applies_to": "community"}
    rule |= {key: case[key] for key in KEYS if key in case}
    if "stated" in case:
        rule["unit"] = case["stated"]
    if "by_level" in case:
        rule["by"] = case["by_level"]
    file = folder / "units.yaml"
    file.write_text(yaml.safe_dump({**HEAD, "rules": [rule]}, allow_unicode=True), "utf-8")
    book = RuleBook(BOOK.dictionary, dict(BOOK.files))
    standard = book.standard(book.add_file(file))
    return standard, standard.rules[0]


@each("case", RIGHT, ids=_name)
def test_what_is_meant_is_read(case: dict[str, Any], tmp_path: Path) -> None:
    standard, rule = _load(case, tmp_path)
    assert rule.threshold is not None and rule.indicator is not None
    limit = rule.threshold.limits[0].value
    assert rule.unit == case["unit"]
    if "limit" in case:
        assert isinstance(limit, Number) and limit.value == pytest.approx(case["limit"], rel=1e-9)
    if "shown" in case:
        assert show_evaluated(limit) == case["shown"]
    if "upper" in case:
        assert isinstance(rule.threshold.upper, Number) and rule.threshold.upper.value == case["upper"]
    if "parameter" in case:
        assert standard.parameters[show(limit)].values[-1][1] == case["parameter"]
    if "by" in case:
        assert isinstance(rule.indicator, Binary) and rule.indicator.op == "*"
        assert isinstance(rule.indicator.right, Number) and rule.indicator.right.value == case["by"]
        assert show(rule.indicator.left) == case["indicator"] or case["indicator"].startswith("own_dense")
    else:
        assert show_evaluated(rule.indicator) == case.get("measured", case["indicator"])
    if "measured" in case:  # the factor between units is no part of what people are shown
        assert show(rule.indicator) == case["indicator"]


@each("case", WRONG, ids=_name)
def test_what_would_mean_something_else_is_refused(case: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(RuleFileError) as caught:
        _load(case, tmp_path)
    assert caught.value.code == case["code"]
    assert caught.value.line is not None and (caught.value.key or "").startswith("R1")
    languages: tuple[Lang, ...] = ("zh", "en")
    for lang in languages:
        text = say(caught.value.code, lang, **caught.value.values)
        assert case["says"] in text, text


@each("case", WRONG, ids=_name)
def test_what_its_message_leads_to_loads(case: dict[str, Any], tmp_path: Path) -> None:
    _load({**case, **case["instead"]}, tmp_path)


@each("case", DOUBTFUL, ids=lambda case: f"{case.get('where', '')} | {_name(case)}")
def test_what_loads_but_is_better_written_otherwise(case: dict[str, Any], tmp_path: Path) -> None:
    _, rule = _load(case, tmp_path)
    wanted = case.get("code", "lint-say-unit")
    said = [(key, say(code, "en", **{"rule": "", **values})) for code, key, values in rule.remarks if code == wanted]
    assert len(said) == len(rule.remarks)
    assert [key for key, _ in said][:1] == ([case["key"]] if case["says"] else [])
    assert all(case["says"] in text for _, text in said[:1])
