"""Standards on top of standards: what is inherited, what is overridden, and which layer set it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from communitycheck.errors import RuleFileError, UsageError
from communitycheck.model.expression import Number, show
from communitycheck.model.standard import Rule, Standard
from communitycheck.resources import data_dir
from communitycheck.standards import RuleBook, load_dictionary, load_rule_book
from paths import ROOT

DICTIONARY = load_dictionary(data_dir("rules") / "dictionary.yaml")
HEAD = "standard: {id}\ntitle: 标准\nsource: {{document: 文件}}\njurisdiction: {{code: '{code}', name: 某地}}\n"
PROVINCE = (
    HEAD.format(id="p", code="210000")
    + """
parameters:
  minimum: {value: 300 m2, clause: 一}
  band: {value: [{value: 10%, from: 2020-01-01}, {value: 20%, from: 2024-01-01}], clause: 一}
fields:
  own_area: {label: 自有面积, type: decimal, unit: m2, aliases: [自有面积]}
rules:
  - id: P1
    title: {zh: 一, en: one}
    clause: 一
    applies_to: community
    where: community_type == "urban"
    indicator: facility_area
    at_least: [{value: 350 m2, from: 2016-01-01, clause: 旧}, {value: 400 m2, from: 2021-06-08, clause: 新}]
    lever: facility_area
    severity: mandatory
  - {id: P2, title: 二, clause: 二, applies_to: community, indicator: outdoor_area, at_least: minimum}
  - {id: P3, title: 三, clause: 三, applies_to: community, indicator: own_area, at_least: 100 m2}
  - {id: P4, title: 四, clause: 四, applies_to: community, manual: 现场查看}
"""
)
CITY = (
    HEAD.format(id="c", code="210100")
    + """
extends: p
parameters:
  minimum: {value: 500 m2, clause: 市一}
override:
  P1: {at_least: 600 m2, clause: 市二}
  P4: {indicator: has_facility, is: true}
rules:
  - {id: C1, title: 五, clause: 五, applies_to: community, indicator: own_area, at_most: 900 m2}
"""
)
COUNTY = (
    HEAD.format(id="d", code="210102")
    + """
extends: c
override:
  P1: {where: households > 100}
  C1: {manual: 县里查看}
"""
)


def _load(folder: Path, **files: str) -> dict[str, Standard]:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    # The dictionary alone, without the standards that lie beside it.
    book = RuleBook(DICTIONARY)
    for name in files:
        book.add_file(folder / f"{name}.yaml")
    return {name: book.standard(name) for name in files}


@pytest.fixture
def layers(tmp_path: Path) -> dict[str, Standard]:
    return _load(tmp_path, p=PROVINCE, c=CITY, d=COUNTY)


def _rule(standard: Standard, rule_id: str) -> Rule:
    return next(r for r in standard.rules if r.id == rule_id)


def _limit(standard: Standard, rule_id: str, day: date) -> object:
    threshold = _rule(standard, rule_id).threshold
    assert threshold is not None
    limit = threshold.at(day)
    return None if limit is None else limit.value


def test_rules_come_along_in_order(layers: dict[str, Standard]) -> None:
    assert [r.id for r in layers["p"].rules] == ["P1", "P2", "P3", "P4"]
    assert [r.id for r in layers["d"].rules] == ["P1", "P2", "P3", "P4", "C1"]
    assert layers["d"].lineage == ("c", "p")
    assert {r.standard for r in layers["d"].rules} == {"d"}


def test_each_rule_says_which_layer_set_it(layers: dict[str, Standard]) -> None:
    assert {r.id: r.layer for r in layers["d"].rules} == {"P1": "d", "P2": "p", "P3": "p", "P4": "c", "C1": "d"}


def test_an_override_changes_what_it_names_and_keeps_the_rest(layers: dict[str, Standard]) -> None:
    rule = _rule(layers["c"], "P1")
    assert (rule.clause, rule.severity, rule.lever) == ("市二", "mandatory", "facility_area")
    assert rule.where is not None and show(rule.where) == 'community_type == "urban"'
    assert rule.title.en == "one"
    deeper = _rule(layers["d"], "P1")
    assert deeper.where is not None and show(deeper.where) == "households > 100"
    assert deeper.clause == "市二"


def test_a_new_comparison_replaces_the_dated_one_whole(layers: dict[str, Standard]) -> None:
    for day in (date(2017, 1, 1), date(2025, 1, 1)):
        assert _limit(layers["c"], "P1", day) == _limit(layers["d"], "P1", day) == Number(600.0, "area")


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2015, 12, 31), None), (date(2016, 1, 1), 350), (date(2021, 6, 7), 350), (date(2021, 6, 8), 400)],
)
def test_dated_thresholds(layers: dict[str, Standard], day: date, value: float | None) -> None:
    assert _limit(layers["p"], "P1", day) == (None if value is None else Number(float(value), "area"))


@pytest.mark.parametrize(
    ("day", "value"), [(date(2019, 12, 31), None), (date(2020, 1, 1), 0.1), (date(2024, 1, 1), 0.2)]
)
def test_dated_parameters(layers: dict[str, Standard], day: date, value: float | None) -> None:
    for standard in layers.values():
        assert standard.parameters["band"].at(day) == value


def test_a_parameter_set_below_serves_the_inherited_rule(layers: dict[str, Standard]) -> None:
    held = {name: (s.parameters["minimum"].values, s.parameters["minimum"].layer) for name, s in layers.items()}
    assert held == {"p": (((None, 300.0),), "p"), "c": (((None, 500.0),), "c"), "d": (((None, 500.0),), "c")}


def test_fields_of_its_own_come_along(layers: dict[str, Standard]) -> None:
    for standard in layers.values():
        assert list(standard.fields or {}) == ["own_area"]


def test_manual_and_automated_change_into_each_other(layers: dict[str, Standard]) -> None:
    assert _rule(layers["p"], "P4").manual is not None
    assert _rule(layers["c"], "P4").manual is None
    assert _rule(layers["c"], "P4").indicator is not None
    turned = _rule(layers["d"], "C1")
    assert turned.manual is not None and turned.threshold is None and turned.indicator is None


def test_dated_values_may_stand_in_any_order(tmp_path: Path) -> None:
    text = PROVINCE.replace(
        "[{value: 350 m2, from: 2016-01-01, clause: 旧}, {value: 400 m2, from: 2021-06-08, clause: 新}]",
        "[{value: 400 m2, from: 2021-06-08}, {value: 350 m2, from: 2016-01-01}, {value: 300 m2}]",
    )
    standard = _load(tmp_path, p=text)["p"]
    days = [date(2000, 1, 1), date(2016, 1, 1), date(2021, 6, 8)]
    assert [_limit(standard, "P1", d) for d in days] == [Number(v, "area") for v in (300.0, 350.0, 400.0)]


def test_a_later_folder_replaces_a_standard_of_the_same_id(tmp_path: Path) -> None:
    book = load_rule_book([data_dir("rules")])
    shenyang = [r.id for r in book.standard("shenyang-2023").rules]
    (tmp_path / "own.yaml").write_text(
        CITY.replace("standard: c", "standard: shenyang-2023").replace("extends: p", "").split("override:")[0],
        encoding="utf-8",
    )
    replaced = load_rule_book([data_dir("rules"), tmp_path]).standard("shenyang-2023")
    assert shenyang and not replaced.rules


def test_a_standard_that_extends_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError) as caught:
        _load(tmp_path, p=PROVINCE.replace("\nparameters", "extends: p\n\nparameters"))
    assert caught.value.code == "extends-circle"


@pytest.mark.parametrize(
    ("change", "code"),
    [("P9: {at_least: 3}", "override-unknown"), ("P1: {at_least: 3, at_most: 4}", "rule-two-thresholds")],
)
def test_what_an_override_cannot_do(change: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(RuleFileError) as caught:
        _load(tmp_path, p=PROVINCE, c=CITY.replace("P1: {at_least: 600 m2, clause: 市二}", change))
    assert caught.value.code == code
    assert caught.value.file.endswith("c.yaml")


def test_two_files_of_one_id_are_refused_by_name(tmp_path: Path) -> None:
    files = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for file in files:
        file.write_text((ROOT / "bench" / "eight_rules.yaml").read_text("utf-8"), "utf-8")
    with pytest.raises(UsageError, match=r"a\.yaml and .*b\.yaml are both called 'bench-eight'"):
        load_rule_book([data_dir("rules")], files)
    assert load_rule_book([data_dir("rules")], [files[0], files[0]]).standard("bench-eight").rules
