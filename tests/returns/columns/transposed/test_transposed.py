"""Tables that lie on their side and forms: what the names of the fields tell about a layout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cases.make import Book, write_openpyxl
from communitycheck.errors import ReturnError
from communitycheck.model.table import State
from communitycheck.returns import read_return
from communitycheck.standards import load_dictionary
from paths import RULES

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")


def read(text: str, folder: Path) -> Any:
    file = folder / "a.csv"
    file.write_text(text, encoding="utf-8")
    return read_return(file, DICTIONARY)


# Name -> (text, header rows, field -> what is read).
TURNED: dict[str, tuple[str, list[int], dict[str, list[Any]]]] = {
    "kinds in words below the names": (
        "社区名称,幸福社区,和平社区,光明社区\n社区类型,城市社区,城市社区,农村社区\n户数,2300,1800,900\n常住人口,6900,5400,2100\n",
        [1],
        {"community": ["幸福社区", "和平社区", "光明社区"], "community_type": ["urban", "urban", "rural"],
         "households": [2300, 1800, 900]},
    ),
    "two rows of words, a column of units": (
        "某区台账,,,\n指标,单位,幸福社区,和平社区\n所属街道,—,东街道,西街道\n社区类型,,城市社区,农村社区\n户数,户,2300,1800\n"
        "常住人口,人,6900,5400\n",
        [2],
        {"community": ["幸福社区", "和平社区"], "street": ["东街道", "西街道"], "population": [6900, 5400]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TURNED)
def test_turned(case: str, tmp_path: Path) -> None:
    text, header, wanted = TURNED[case]
    got = read(text, tmp_path)
    (table,) = got.tables
    found = {}
    for key in wanted:
        column = table.columns[key]
        found[key] = column.text.to_pylist() if column.lo is None else column.lo.tolist()
    assert found == wanted
    assert got.sheets[0].header_rows == header
    assert [n.code for n in got.notices] == []
    assert [c.header for c in got.sheets[0].across] == text.split("\n")[header[0] - 1].split(",")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("社区名称,,所属街道,\n负责人,,联系电话,\n户数,,常住人口,\n综合服务设施面积,,备注,\n", "form-without-data"),
        ("社区名称,幸福社区,所属街道,和平街道\n负责人,张三,联系电话,123\n户数,1200,常住人口,3500\n", "form-with-data"),
    ],
)
def test_a_form_is_no_table(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(ReturnError) as raised:
        read(f"社区情况登记表,,,\n{text}", tmp_path)
    assert raised.value.code == code


def test_words_merged_over_several_columns_are_said_of_each_and_figures_of_none(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["指标", "单位", "幸福社区", "和平社区", "光明社区"],
        ["所属街道", None, "东街道", None, "西街道"],
        ["社区类型", None, "城市社区", "城市社区", "城市社区"],
        ["户数", "户", 2300, None, 1800],
        ["常住人口", "人", 6900, 5400, 2100],
    ]
    write_openpyxl(tmp_path / "a.xlsx", Book({"S": rows}, {"S": ["C2:D2", "C4:D4"]}))
    found = read_return(tmp_path / "a.xlsx", DICTIONARY)
    (table,) = found.tables
    assert table.columns["street"].text is not None and table.columns["households"].lo is not None
    assert table.columns["street"].text.to_pylist() == ["东街道", "东街道", "西街道"]
    assert [table.columns["households"].state_at(i) for i in range(3)] == [
        State.UNREADABLE,
        State.UNREADABLE,
        State.KNOWN,
    ]
    assert [n.code for n in found.notices] == ["merged-figure"] * 2
