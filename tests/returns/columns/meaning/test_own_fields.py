"""Below a header that names a field of the dictionary and one of the standard in use, the standard's own is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

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


ZONE = Field("zone", Text("片区", "Zone"), "category", values={"inner": ("城区",), "outer": ("郊区",)})


@pytest.mark.parametrize("heading", ["地区", "街道", "单位名称", "县区", "乡镇"])
@pytest.mark.parametrize("type_", ["category", "text"])
def test_a_heading_of_places_over_the_values_of_an_own_field(heading: str, type_: str, tmp_path: Path) -> None:
    own = replace(ZONE, type=type_, aliases=(heading,), values=ZONE.values if type_ == "category" else {})
    path = tmp_path / "r.csv"
    path.write_text(f"社区名称,{heading},户数\n甲社区,城区,900\n乙社区,郊区,800\n", encoding="utf-8")
    sheet = read_return(path, DICTIONARY.with_own({own.key: own}, {})).sheets[0]
    assert [column.field for column in sheet.columns if column.column == "B"] == ["zone"]


def test_places_below_it_are_no_values_of_a_category(tmp_path: Path) -> None:
    own = replace(ZONE, aliases=("街道",))
    path = tmp_path / "r.csv"
    path.write_text("社区名称,街道,户数\n甲社区,南湖街道,900\n乙社区,北湖街道,800\n", encoding="utf-8")
    sheet = read_return(path, DICTIONARY.with_own({own.key: own}, {})).sheets[0]
    assert [column.field for column in sheet.columns if column.column == "B"] == ["street"]
