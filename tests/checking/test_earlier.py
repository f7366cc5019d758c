"""The record of the same subject one period before, against a plain search through all records."""

from __future__ import annotations

import random
from datetime import date

import numpy as np
import pytest

from communitycheck.checking.repeated.earlier import EndAndLength, Periods, earlier_records
from communitycheck.checking.repeated.identity import Unpaired
from communitycheck.checking.table_of_records import table_from_records
from communitycheck.resources import data_dir
from communitycheck.standards.dictionary import load_dictionary
from each import each

DICTIONARY = load_dictionary(data_dir("rules") / "dictionary.yaml")
CODES = [f"21010200100{k}" for k in range(1, 8)]


def plain(records: list[dict[str, str | None]]) -> list[int | str]:
    """For each record the position of the one before, or why there is none; one by one."""
    found: list[int | str] = []
    for record in records:
        year = record["period"]
        if year is None:
            found.append("undated")
            continue
        there = [k for k, other in enumerate(records) if other["period"] == str(int(year) - 1)]
        here = [k for k, other in enumerate(records) if other["period"] == year]
        if not there:
            found.append("no-return")
            continue
        code = record["region_code"]
        if code and any(records[k]["region_code"] == code for k in there):
            ones = [k for k in there if records[k]["region_code"] == code]
            mine = [k for k in here if records[k]["region_code"] == code]
            found.append(ones[0] if len(ones) == len(mine) == 1 else "several")
            continue
        ones = [k for k in there if records[k]["community"] == record["community"]]
        mine = [k for k in here if records[k]["community"] == record["community"]]
        if not ones or (code and any(records[k]["region_code"] for k in ones)):
            found.append("unlisted")
        elif len(ones) > 1 or len(mine) > 1:
            found.append("several")
        else:
            by_code = {r["region_code"] for r in records if r["period"] == year and r["region_code"]}
            found.append("unlisted" if records[ones[0]]["region_code"] in by_code else ones[0])
    return found


@each("seed", range(150))
def test_as_a_plain_search_finds_it(seed: int) -> None:
    source = random.Random(seed)
    coded = source.choice([0.0, 1.0])
    records: list[dict[str, str | None]] = []
    for year in ("2021", "2022", "2024"):
        for k in range(7):
            if source.random() < 0.8:
                name = f"第{source.choice([k, k, k, 1])}社区"
                code = CODES[source.choice([k, k, k, 2])] if source.random() < coded else None
                records.append({"period": year, "community": name, "region_code": code})
    source.shuffle(records)
    table = table_from_records(records, DICTIONARY, "community")
    earlier = earlier_records(table, None)
    found = [
        row if row >= 0 else Unpaired(why).word
        for row, why in zip(earlier.rows.tolist(), earlier.why.tolist(), strict=True)
    ]
    assert found == plain(records)


def _end(day: str, months: int) -> EndAndLength:
    last = date.fromisoformat(day)
    return EndAndLength(12 * last.year + last.month - 1, months)


@pytest.mark.parametrize(
    ("own", "others", "before"),
    [
        (("2023-12-31", 12), [("2022-12-31", 12)], "2022-12-31"),
        (("2023-12-31", 12), [("2022-12-31", 0)], "2022-12-31"),  # 截至2022年12月31日
        (("2023-12-31", 12), [("2021-12-31", 12)], None),
        (("2023-12-31", 12), [("2022-12-31", 6)], None),  # the second half of a year is no year
        (("2023-12-31", 6), [("2023-06-30", 6), ("2022-12-31", 6)], "2023-06-30"),
        (("2023-06-30", 6), [("2022-06-30", 6)], None),
        (("2023-03-31", 3), [("2022-12-31", 3), ("2022-12-31", 12)], "2022-12-31"),
        (("2023-01-31", 1), [("2022-12-31", 1)], "2022-12-31"),
        (("2023-06-30", 0), [("2022-06-30", 0), ("2021-06-30", 0)], "2022-06-30"),
        (("2023-06-30", 0), [("2022-12-31", 12)], None),  # a year is no half
        (("2023-06-30", 0), [("2023-01-31", 0)], None),  # five months
    ],
)
def test_the_period_before(own: tuple[str, int], others: list[tuple[str, int]], before: str | None) -> None:
    periods = Periods(np.zeros(0, np.int32), (_end(*own), *(_end(*other) for other in others)))
    numbers, day = periods.before(0)
    assert [periods.all[k].last.isoformat() for k in numbers] == ([before] if before else [])
    assert before is None or day.isoformat() == before


@pytest.mark.parametrize(
    ("records", "rows"),
    [
        ([{"street": "一街道"}, {"street": "二街道"}], [1, 0]),  # of one name in two streets
        ([{"street": "一街道"}, {"street": None}], [1, -1]),  # of which street the second is nobody knows
    ],
)
def test_namesakes(records: list[dict[str, str | None]], rows: list[int]) -> None:
    named = {"community": "红旗社区"}
    first = [{**named, "street": s, "period": "2022"} for s in ("二街道", "一街道")]
    table = table_from_records([*first, *({**named, **r, "period": "2023"} for r in records)], DICTIONARY, "community")
    table.regions["street"] = table.columns["street"].coded()  # as the judge places them
    assert earlier_records(table, None).rows.tolist()[2:] == rows
