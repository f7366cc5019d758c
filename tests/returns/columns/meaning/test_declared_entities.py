"""Tables of what a standard declares: its own words tell what the records are, and what they only stand beside."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communitycheck.model.dictionary import Field
from communitycheck.model.entity import Entity
from communitycheck.model.returns import Return
from communitycheck.model.text import Text
from communitycheck.returns.files.open import Opened
from communitycheck.returns.grid import grid_of_rows
from communitycheck.returns.read import build
from communitycheck.standards import load_dictionary
from paths import RULES

REGIONS = ("community", "street", "county", "city", "province")
HALL = Entity("hall", Text("文化馆", "arts hall"), Text("文化馆", "arts halls"), "hall", "", REGIONS, "thing")
SCHOOLS = Text("老年学校", "school"), Text("老年学校", "schools")
SCHOOL = Entity("school", *SCHOOLS, "school", "school_no", REGIONS, "thing")
DICTIONARY = load_dictionary(RULES / "dictionary.yaml").with_fields(
    {
        "hall": Field("hall", Text("文化馆名称"), "text", aliases=("文化馆", "arts hall"), role="name"),
        "school": Field("school", Text("学校名称", "School name"), "text", aliases=("老年学校", "school"), role="name"),
        "school_no": Field("school_no", Text("学校代码", "School number"), "code", aliases=("school number",)),
        "stage": Field("stage", Text("舞台面积", "Stage"), "decimal", unit="m2", dimension="area", entities=("hall",)),
        "pupils": Field("pupils", Text("在读学员", "Pupils"), "int", unit="persons", entities=("school",)),
    },
    {"hall": HALL, "school": SCHOOL},
)


def read(rows: list[list[str]], sheet: str = "表1") -> Return:
    return build(Opened("a.xlsx", "", "xlsx", grids=[grid_of_rows("a.xlsx", sheet, rows)]), DICTIONARY)


def rows(header: str, line: Callable[[int], str], n: int = 6) -> list[list[str]]:
    return [header.split("|"), *(line(i).split("|") for i in range(n))]


CITIES = "甲乙丙丁戊己"
CASES = {
    "a column of its own": (rows("县区|文化馆|舞台面积", lambda i: f"和平区|{CITIES[i]}馆|{i + 40}"), "hall"),
    "in English": (rows("School name|County|Pupils", lambda i: f"School {CITIES[i]}|Camden|{i + 40}"), "school"),
    "several in a community": (
        rows("社区名称|文化馆名称|舞台面积", lambda i: f"{CITIES[i // 2]}社区|{i}号馆|{i + 40}"),
        "hall",
    ),
    "one in each community, by its figures": (
        rows("社区名称|文化馆名称|舞台面积", lambda i: f"{CITIES[i]}社区|{i}号馆|{i + 40}"),
        "hall",
    ),
    "communities with the hall that serves them": (
        rows("社区名称|文化馆名称|户数", lambda i: f"{CITIES[i]}社区|{i // 3}号馆|{i + 400}"),
        "community",
    ),
    "communities with a hall each, by their figures": (
        rows("社区名称|文化馆名称|社区类型|综合服务设施面积", lambda i: f"{CITIES[i]}社区|{i}号馆|城市|{i + 400}"),
        "community",
    ),
    "by what the names end in": (rows("名称|县区|舞台面积", lambda i: f"{CITIES[i]}文化馆|和平区|{i + 40}"), "hall"),
    "schools named in halls": (
        rows("学校名称|文化馆|在读学员", lambda i: f"{CITIES[i]}校|{i // 2}号馆|{i + 40}"),
        "school",
    ),
    "whether there is one": (
        rows("社区名称|文化馆|户数", lambda i: f"{CITIES[i]}社区|{'有无'[i % 2]}|{i + 400}"),
        "community",
    ),
    "how many there are": (rows("社区名称|文化馆|户数", lambda i: f"{CITIES[i]}社区|{i % 2}|{i + 400}"), "community"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_the_records_are(case: str) -> None:
    table, entity = CASES[case]
    assert [(one.entity, len(one)) for one in read(table).tables] == [(entity, 6)]


@pytest.mark.parametrize(("sheet", "entity"), [("文化馆", ["hall"]), ("Arts halls", ["hall"]), ("情况", [])])
def test_names_that_say_nothing_are_what_the_title_says(sheet: str, entity: list[str]) -> None:
    table = rows("名称|舞台面积", lambda i: f"{CITIES[i]}苑东路{i}号|{i + 40}")
    assert [one.entity for one in read(table, sheet).tables] == entity


def test_a_tie_without_figures_of_either_is_told_by_nothing() -> None:
    """Two kinds that do not lie in each other, as many of each, and a figure that both may have."""
    table = rows("学校名称|文化馆名称|户数", lambda i: f"{CITIES[i]}校|{i}号馆|{i + 40}")
    one = read(table)
    assert not one.tables and [s.unread_rows for s in one.sheets] == [[2, 3, 4, 5, 6, 7]]


def test_two_sheets_of_two_kinds_are_both_read() -> None:
    grids = [
        grid_of_rows("a.xlsx", "馆", rows("县区|文化馆|舞台面积", lambda i: f"和平区|{CITIES[i]}馆|{i + 40}")),
        grid_of_rows("a.xlsx", "社区", rows("县区|社区名称|户数", lambda i: f"和平区|{CITIES[i]}社区|{i + 400}")),
    ]
    assert [table.entity for table in build(Opened("a.xlsx", "", "xlsx", grids=grids), DICTIONARY).tables] == [
        "hall",
        "community",
    ]
