"""What YAML makes of a slip of the pen is never taken silently, and what the message quotes stands in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck import api
from communitycheck.errors import RuleFileError

FILE = """
standard: own
title: {zh: 示例, en: Example}
source: {document: 示例, issuer: 示例, date: 2018-01-01}
jurisdiction: {code: "210000", name: 辽宁省}
in_force: {from: 2018-01-01}
rules:
  - id: ID
    title: {zh: 示例, en: Example}
    clause: CLAUSE
    applies_to: community
    indicator: facility_area
    at_least: LIMIT
    severity: mandatory
"""


def load(folder: Path, **parts: str) -> object:
    text = FILE
    for key, value in {"id": "O-01", "clause": "一", "limit": "400 m2", **parts}.items():
        text = text.replace(key.upper(), value)
    path = folder / "own.yaml"
    path.write_text(text, "utf-8")
    return api.load_standard(path)


@pytest.mark.parametrize("word", ["NO", "no", "Yes", "ON", "off", "true", "null", "~"])
def test_words_that_are_no_text_are_quoted_as_written(word: str, tmp_path: Path) -> None:
    with pytest.raises(RuleFileError) as error:
        load(tmp_path, id=word)
    assert word in str(error.value).split(": ", 1)[1]


@pytest.mark.parametrize("number", ["1.10", "2.0", "3.50", "010", "1e3", "0o17", "1_0"])
def test_numbers_of_clauses_keep_their_digits(number: str, tmp_path: Path) -> None:
    try:
        load(tmp_path, clause=number)
    except RuleFileError as error:
        assert number in str(error), str(error)
    else:
        assert load(tmp_path, clause=number).rules[0].clause == number  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "limit", ["1,5 m2", '"1,5 m2"', "1'500 m2", "１,5 m2", "1 500 m2", "4OO m2", "1.500,00 m2", "400 0 m2"]
)
def test_figures_that_read_two_ways_are_refused(limit: str, tmp_path: Path) -> None:
    with pytest.raises(RuleFileError):
        load(tmp_path, limit=limit if limit.startswith('"') else f'"{limit}"')
