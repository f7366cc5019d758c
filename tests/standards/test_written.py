"""What YAML takes for a number, a truth, a date or nothing is named in a fault as its author wrote it."""

from __future__ import annotations

import pytest

from communitycheck.errors import RuleFileError
from communitycheck.messages import say
from communitycheck.standards.files.faults import faults_of
from communitycheck.standards.files.schema import StandardIn
from communitycheck.standards.files.yaml_file import parse_yaml
from each import each

TEXT = {
    "standard": "own",
    "document": "某文件",
    "id": "R1",
    "title": "某规则",
    "clause": "二",
    "unit": "m2",
    "lever": "facility_area",
    "division": "和平区",
    "entry": "N1",
}
FILE = """\
standard: {standard}
title: 某标准
source: {{document: {document}}}
jurisdiction: {{code: "210100", name: 沈阳市, divisions: [{division}]}}
rules:
  - id: {id}
    title: {{zh: {title}, en: some rule}}
    clause: {clause}
    applies_to: community
    indicator: facility_area
    at_least: 400
    unit: {unit}
    lever: {lever}
    severity: expected
    entries: [{entry}]
"""


def _faults(**keys: str) -> list[RuleFileError]:
    return faults_of(parse_yaml(FILE.format(**{**TEXT, **keys}).encode(), "own.yaml"), StandardIn)[1]


def test_the_file_is_sound_as_it_stands() -> None:
    assert not _faults()


@each("key", TEXT)
@each(
    "written", ["NO", "yes", "On", "off", "FALSE", "2.50", "3.", "1.0e+3", "7", "-0", "2024-02-29", "+12"]
)
def test_the_author_is_told_what_stands_in_the_file(key: str, written: str) -> None:
    found = _faults(**{key: written})
    assert [(f.code, f.values["found"]) for f in found] == [("rule-file-quote", written)]
    assert f'"{written}"' in say(found[0].code, "zh", **found[0].values)


@pytest.mark.parametrize("key", ["standard", "document", "id", "division", "entry"])
@pytest.mark.parametrize("written", ["null", "~", "NULL"])
def test_a_name_that_yaml_takes_for_nothing(key: str, written: str) -> None:
    assert [(f.code, f.values["found"]) for f in _faults(**{key: written})] == [("rule-file-quote", written)]


@pytest.mark.parametrize("key", ["standard", "document", "id"])
def test_a_name_left_out(key: str) -> None:
    assert [f.code for f in _faults(**{key: ""})] == ["rule-file-nothing"]


@pytest.mark.parametrize("written", ["017", "0x1F", "0b11"])
def test_a_number_on_which_versions_of_yaml_differ_is_no_number(written: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        _faults(clause=written)
    assert (caught.value.code, caught.value.values["text"]) == ("rule-file-number", written)


@pytest.mark.parametrize("written", ["1e3", "0o17", "12:30", "1_000", "1.2.3", "y", "N", "一"])
def test_text_is_kept_as_it_is_written(written: str) -> None:
    data = parse_yaml(FILE.format(**{**TEXT, "clause": written}).encode(), "own.yaml").data
    assert StandardIn.model_validate(data).rules[0].clause == written


def test_a_list_is_called_a_list() -> None:
    (fault,) = _faults(clause="[NO, 1.10, 甲]")
    assert fault.code == "rule-file-form"
    assert "列表" in say(fault.code, "zh", **fault.values)


def test_a_choice_and_a_date_are_quoted_too() -> None:
    text = FILE.format(**TEXT).replace("severity: expected", "severity: ON\n    due: 1.10")
    choice, day = faults_of(parse_yaml(text.encode(), "own.yaml"), StandardIn)[1]
    assert (choice.code, choice.values["found"]) == ("rule-file-choice", "ON")
    assert (day.code, day.values["text"]) == ("rule-file-date", "1.10")


@pytest.mark.parametrize(
    ("written", "near"),
    [("2e3", "2000"), ("2_000", "2000"), ('"2 000"', "2000"), ('"2,5"', "2.5"), ('"2,000"', "2000")],
)
def test_a_number_is_told_how_it_is_written(written: str, near: str) -> None:
    fields = f"fields: {{benches: {{label: 长椅, type: int, range: [0, {written}]}}}}\n"
    found = faults_of(parse_yaml((FILE.format(**TEXT) + fields).encode(), "own.yaml"), StandardIn)[1]
    assert [(f.code, f.values["near"]) for f in found] == [("rule-file-number-near", near)]
