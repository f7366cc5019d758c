"""Tables with columns for several years are read as one table for each of them. See ``by_year.yaml``."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl.utils import range_boundaries

from communitycheck.model.returns import YEARS_IN_QUESTION, Return
from communitycheck.model.table import Column
from communitycheck.returns.columns.mapping.mapping import Mapping
from communitycheck.returns.columns.mapping.mapping_file import load_mapping, mapping_text
from communitycheck.returns.files.open import Opened
from communitycheck.returns.grid import grid_of_rows
from communitycheck.returns.read import build
from communitycheck.standards import load_dictionary
from paths import RULES

DICTIONARY = load_dictionary(RULES / "dictionary.yaml")
CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "by_year.yaml").read_text("utf-8"))


def read(case: dict[str, Any], mapping: Mapping | None = None) -> Return:
    lines = [[text.strip() or None for text in line.split("|")] for line in case["sheet"].rstrip("\n").split("\n")]
    grid = grid_of_rows(f"{case.get('file', 'a')}.xlsx", case.get("name", "Sheet1"), lines)
    for written in case.get("merged", []):
        c1, r1, c2, r2 = range_boundaries(written)
        assert c1 and r1 and c2 and r2
        grid.merged.append((r1 - 1, c1 - 1, r2 - 1, c2 - 1))
    return build(Opened(grid.path, "", "xlsx", grids=[grid]), DICTIONARY, mapping, told=[])


def values(column: Column) -> list[Any]:
    if column.lo is None:
        return column.text.to_pylist()
    return [None if math.isnan(number) else number for number in column.lo.tolist()]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_years(case: dict[str, Any]) -> None:
    got = read(case)
    told = [notice.code for notice in got.notices if notice.level == "warning"]
    if "years" not in case:
        assert len(got.sheets) == 1 and not got.sheets[0].further_year
        assert case.get("refused") in (None, *told)
        asked = [f"{one.code}@{one.at.cell}" for one in got.notices if one.code in YEARS_IN_QUESTION]
        assert asked == case.get("asked", [])
        assert not ("refused" in case and got.tables)
        return
    found = {
        table.sheets[0].period.year: {key: values(table.columns[key]) for key in case["years"].get(year, {})}
        for table in got.tables
        if table.sheets[0].period is not None and (year := table.sheets[0].period.year)
    }
    assert found == case["years"]
    assert told == case.get("notices", [])
    rows = sum(sum(sheet.row_counts.values()) for sheet in got.sheets)
    assert rows == len(case["sheet"].rstrip("\n").split("\n"))  # each row is counted once, not once for each year


def test_a_cell_keeps_its_address() -> None:
    got = read(next(case for case in CASES if case["case"].startswith("a year in front")))
    assert [table.sheets[0].cell_of("households", int(table.row_of[1])) for table in got.tables] == ["C3", "E3"]


def test_a_mapping_says_what_the_years_hold(tmp_path: Path) -> None:
    case = next(case for case in CASES if case["case"].startswith("nothing says"))
    columns = {"B": {"header": "2021年", "field": "households"}, "C": {"header": "2020年", "field": "households"}}
    path = tmp_path / "mapping.yaml"
    path.write_text(json.dumps({"tables": [{"sheet": "Sheet1", "columns": columns}]}), "utf-8")
    got = read(case, load_mapping(path, DICTIONARY))
    found = [(str(table.sheets[0].period), values(table.columns["households"])) for table in got.tables]
    assert found == [("2021-12-31", [1200, 700]), ("2020-12-31", [1100, 650])]


def mapped(case_name: str, tmp_path: Path, columns: dict[str, str | None]) -> Return:
    """A case read with a mapping: column -> field."""
    case = next(case for case in CASES if case["case"].startswith(case_name))
    header = next(line for line in case["sheet"].split("\n") if line.startswith("社区名称")).split("|")
    entries = {at: {"header": header[ord(at) - ord("A")], "field": field} for at, field in columns.items()}
    path = tmp_path / "mapping.yaml"
    path.write_text(json.dumps({"tables": [{"sheet": "Sheet1", "columns": entries}]}), "utf-8")
    return read(case, load_mapping(path, DICTIONARY))


# What a mapping says -> what is asked all the same, and of how many years the tables are.
ANSWERS: list[tuple[str, dict[str, str | None], list[str], int]] = [
    ("a figure of no year", {"C": None, "D": None}, [], 1),
    ("a figure of no year", {"C": None}, ["figures-of-no-year"], 1),
    ("a figure of no year", {"B": None, "C": "population", "D": "population"}, [], 2),
    ("a figure of no year", {"B": "households"}, ["figures-of-no-year"], 1),
    ("years without an indicator beside", dict.fromkeys("CDE"), [], 1),
    ("years without an indicator beside", {"C": None}, ["years-aside"], 1),
    ("years without an indicator beside", {"B": None, **dict.fromkeys("CDE", "facility_area")}, [], 3),
    ("years of a known indicator beside", {"B": None}, [], 2),
]


@pytest.mark.parametrize(("case", "columns", "asked", "tables"), ANSWERS)
def test_a_mapping_answers(
    case: str, columns: dict[str, str | None], asked: list[str], tables: int, tmp_path: Path
) -> None:
    got = mapped(case, tmp_path, columns)
    assert [one.code for one in got.notices if one.code in YEARS_IN_QUESTION] == asked
    assert len(got.tables) == tables


def test_an_unedited_mapping_answers_nothing(tmp_path: Path) -> None:
    for case in (one for one in CASES if "asked" in one):
        path = tmp_path / "mapping.yaml"
        path.write_text(mapping_text([read(case)]), "utf-8")
        got = read(case, load_mapping(path, DICTIONARY))
        assert {one.code for one in got.notices if one.code in YEARS_IN_QUESTION}, case["case"]
