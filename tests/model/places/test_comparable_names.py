"""The form in which names are compared: the cases of names.yaml."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
import yaml

from communitycheck.model.places.comparable_names import comparable, other_forms, unified
from communitycheck.model.table import Column

NAMES: dict[str, list[list[str]]] = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("names", NAMES["same"], ids=lambda names: names[0])
def test_spellings_of_one_name(names: list[str]) -> None:
    assert len(set(map(comparable, names))) == 1


@pytest.mark.parametrize("names", NAMES["different"], ids=lambda names: names[0])
def test_names_of_different_places(names: list[str]) -> None:
    assert len(set(map(comparable, names))) == len(names)


def test_only_texts_that_may_have_another_form_are_looked_at() -> None:
    texts = pa.array(["（a", None, "甲(1)社区", "乙）", "丙 丁"])
    assert [part if isinstance(part, list) else part.tolist() for part in other_forms(texts)] == [
        [0, 3, 4],
        ["(a", "乙)", "丙丁"],
    ]
    assert [len(part) for part in other_forms(texts[1:3])] == [0, 0]
    assert other_forms(texts[2:])[0].tolist() == [1, 2]
    assert [len(part) for part in other_forms(pa.array([], pa.string()))] == [0, 0]


def test_codes_of_one_name_become_one_and_the_first_spelling_is_shown() -> None:
    coded = Column("street", text=pa.array(["甲街道", "乙（北）街道", None, "乙(北)街道"])).coded()
    spellings: dict[str, str] = {}
    found = unified(coded, spellings)
    assert (found.codes.tolist(), found.names) == ([0, 1, -1, 1], ["甲街道", "乙（北）街道"])
    other = Column("street", text=pa.array(["乙(北)街道"])).coded()
    assert unified(other, spellings).names == ["乙（北）街道"]
