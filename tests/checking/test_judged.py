"""Which records are judged where returns of several periods are given."""

from __future__ import annotations

from datetime import date

import pytest

from communitycheck.checking.repeated.earlier import EndAndLength
from communitycheck.checking.repeated.judged import latest_records
from communitycheck.checking.table_of_records import RecordValue, table_from_records
from communitycheck.model.table import Coded, Table
from communitycheck.resources import data_dir
from communitycheck.standards.dictionary import load_dictionary

DICTIONARY = load_dictionary(data_dir("rules") / "dictionary.yaml")
TODAY = date(2025, 6, 1)
FIELDS = ("community", "period", "county", "street", "region_code")


def table_of(*records: tuple[str | None, ...], entity: str = "community") -> Table:
    """Records of name, period, county, street and code, their regions as they are placed before judging."""
    cells: list[dict[str, RecordValue]] = [dict(zip(FIELDS, one, strict=False)) for one in records]
    table = table_from_records(cells, DICTIONARY, entity)
    for level in ("county", "street"):
        column = table.columns.get(level)
        if column is not None:
            coded = column.coded()
            table.regions[level] = Coded(coded.codes, coded.names)
    return table


def fates(table: Table, until: date | None = None) -> str:
    """For each record j (judged), a (again in a later return), n (not reported again) or l (later than ``until``)."""
    found = latest_records(table, TODAY, until)
    if found is None:
        return "j" * len(table)
    kinds = zip(found.judged.tolist(), found.successor.tolist(), found.unreported.tolist(), strict=True)
    return "".join("j" if one else "a" if after >= 0 else "n" if left >= 0 else "l" for one, after, left in kinds)


A, B = "210202001001", "210202001002"
# The records, as name, period, county, street, code (- for nothing), and what becomes of each.
CASES: dict[str, tuple[str, str]] = {
    "one period": ("甲 2023 东区; 乙 2023 东区", "jj"),
    "two of one": ("甲 2023 东区; 甲 2024 东区", "aj"),
    "three of one, not in order": ("甲 2024 东区; 甲 2022 东区; 甲 2023 东区", "jaa"),
    "a year between is missing": ("甲 2021 东区; 甲 2024 东区", "aj"),
    "gone": ("甲 2023 东区; 乙 2023 东区; 甲 2024 东区", "anj"),
    "another county": ("甲 2023 东区; 乙 2023 西区; 甲 2024 东区", "ajj"),
    "a county of which the later return has nothing, beside two that it has": (
        "甲 2023 东区; 乙 2023 西区; 丙 2023 南区; 甲 2024 东区; 乙 2024 西区",
        "aajjj",
    ),
    "a return of another place alone": ("甲 2023 东区; 乙 2024 西区", "jj"),
    "nothing that is the same": ("甲 2023 东区; 乙 2024 东区", "jj"),
    "another street of which no later return is": ("甲 2023 东区 一街; 乙 2023 东区 二街; 甲 2024 东区 一街", "ajj"),
    "renamed, with its code": ("甲 2023 东区 一街 A; 新甲 2024 东区 一街 A", "aj"),
    "renamed without": ("甲 2023 东区; 乙 2023 东区; 新甲 2024 东区; 乙 2024 东区", "najj"),
    "of one name, with codes that differ": (
        "甲 2023 东区 一街 A; 乙 2023 东区 一街; 甲 2024 东区 一街 B; 乙 2024 东区 一街",
        "jajj",
    ),
    "twice in the later": ("甲 2023 东区; 乙 2023 东区; 甲 2024 东区; 甲 2024 东区; 乙 2024 东区", "jajjj"),
    "twice in the earlier": ("甲 2023 东区; 甲 2023 东区; 甲 2024 东区", "jjj"),
    "of which county the later one is nobody knows": ("甲 2023 东区; 乙 2023 东区; 甲 2024; 乙 2024 东区", "jajj"),
    "without a period": ("甲 - 东区; 甲 2024 东区", "jj"),
    "of no place at all": ("甲 2023; 乙 2023; 甲 2024", "anj"),
    "a half of the year": ("甲 2024-H1 东区; 甲 2024 东区", "jj"),
    "a half of the year before": ("甲 2023-H1 东区; 甲 2024 东区", "aj"),
    "two months": ("甲 2024-02 东区; 甲 2024-03 东区", "aj"),
    "a month after the year": ("甲 2024-01 东区; 甲 2023 东区", "ja"),
    "a day within the year": ("甲 2023-06-30 东区; 甲 2023 东区", "jj"),
    "two days": ("甲 2023-06-30 东区; 甲 2023-12-31 东区", "aj"),
    "a year that has not begun": ("甲 2024 东区; 甲 2042 东区", "jj"),
    "without a name": ("- 2023 东区; 甲 2023 东区; 甲 2024 东区", "jaj"),
}


@pytest.mark.parametrize("case", CASES)
def test_which_are_judged(case: str) -> None:
    text, right = CASES[case]
    words = [
        [None if word == "-" else {"A": A, "B": B}.get(word, word) for word in one.split()] for one in text.split(";")
    ]
    records = [tuple(one) for one in words]
    assert fates(table_of(*records)) == right
    assert fates(table_of(*reversed(records))) == right[::-1]


def test_as_of_an_earlier_period() -> None:
    table = table_of(("甲", "2022", "东区"), ("乙", "2022", "东区"), ("甲", "2023", "东区"), ("甲", "2024", "东区"))
    assert fates(table) == "anaj"
    assert fates(table, date(2023, 12, 31)) == "anjl"
    assert fates(table, date(2022, 12, 31)) == "jjll"


def test_periods_that_are_subjects_are_all_judged() -> None:
    records: list[dict[str, RecordValue]] = [{"period": "2022"}, {"period": "2023"}]
    assert latest_records(table_from_records(records, DICTIONARY, "period"), TODAY) is None


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ((2023, 12, 12), ("2023年", "2023")),
        ((2023, 12, 0), ("2023年末", "the end of 2023")),
        ((2023, 6, 0), ("2023年6月底", "the end of 2023-06")),
        ((2023, 6, 1), ("2023年6月", "2023-06")),
        ((2023, 6, 6), ("2023年1月至2023年6月", "2023-01 to 2023-06")),
        ((2023, 6, 12), ("2022年7月至2023年6月", "2022-07 to 2023-06")),
    ],
)
def test_the_words_for_a_period(period: tuple[int, int, int], words: tuple[str, str]) -> None:
    year, month, months = period
    said = EndAndLength(12 * year + month - 1, months).words
    assert (said.zh, said.en) == words
