"""Below a header that names a field of the dictionary and one of the standard in use, the standard's own is meant."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from communitycheck.model.dictionary import Field
from communitycheck.model.text import Text
from communitycheck.resources import data_dir
from communitycheck.returns import read_return
from communitycheck.standards.dictionary import load_dictionary

DICTIONARY = load_dictionary(data_dir("rules") / "dictionary.yaml")
FOUNDED = Field("founded", Text("建馆日期", "Founded"), "date", aliases=("成立时间",))
HOMES = Field("homes", Text("住户", "Homes"), "int", aliases=("户数",), unit="households", dimension="households")


@pytest.mark.parametrize(
    ("own", "header", "read"),
    [
        (FOUNDED, "成立时间", {"founded", "established_date"}),
        (HOMES, "户数", {"homes", "households"}),
        (replace(HOMES, type="text", unit="", dimension=None), "户数", {"homes"}),  # another kind of thing
        (replace(HOMES, entities=("street",)), "户数", {"households"}),  # of which these records have none
        (HOMES, "住户", {"homes"}),
    ],
)
def test_the_standards_own_field_is_meant(own: Field, header: str, read: set[str], tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    cells = ["2019-01-01", "2020-02-03"] if own.type == "date" else ["900", "800"]
    path.write_text(f"县区,社区名称,{header}\n和平区,甲社区,{cells[0]}\n和平区,乙社区,{cells[1]}\n", encoding="utf-8")
    sheet = read_return(path, DICTIONARY.with_own({own.key: own}, {})).sheets[0]
    assert {column.field for column in sheet.columns if column.column == "C"} == read
