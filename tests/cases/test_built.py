"""Returns of any size whose every row is known before they are read: small and large, in each format, read alike."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cases.answers import answer
from cases.built import Plan, built
from cases.make import Book, write_csv, write_ods, write_openpyxl, write_xls, write_xlsxwriter

WRITERS = {"csv": write_csv, "xlsx": write_openpyxl, "xlsxwriter": write_xlsxwriter, "xls": write_xls, "ods": write_ods}


def wrong(seed: int, size: int, folder: Path) -> list[str]:
    rng = random.Random(seed)
    plan = Plan.drawn(rng, size)
    made = built(rng, plan)
    kind = rng.choice(list(WRITERS) if size < 500 else ["csv", "xlsx"])
    path = folder / f"return.{kind.removesuffix('writer')}"
    WRITERS[kind](path, Book({"S": made.rows}))
    got = answer(path, standards=["liaoning-2021"])
    found = []
    letters = next(iter(got.rows.values()), "")
    if letters != made.letters:
        at = next((i for i, (a, b) in enumerate(zip(letters, made.letters, strict=False)) if a != b), len(letters))
        found.append(f"row {at + 1}: {letters[at : at + 9]} instead of {made.letters[at : at + 9]} {made.rows[at]}")
    if [record["name"] for record in got.records] != made.names:
        found.append(f"{len(got.records)} records of {len(made.names)}")
    if [record.get("facility_area") for record in got.records] != made.areas:
        found.append("areas differ")
    told = sorted(set(got.notices.get("total-differs", [])))
    if told != sorted(made.wrong) and None not in made.areas:
        found.append(f"totals told wrong: {told} instead of {made.wrong}")
    return [f"{seed}, {size} records, {kind}, {plan}: {line}" for line in found]


@pytest.mark.parametrize("size", [3, 8, 30, 120])
def test_some(size: int, tmp_path: Path) -> None:
    found = [line for seed in range(8) for line in wrong(seed, size, tmp_path)]
    assert found == [], "\n".join(found)


def test_large(tmp_path: Path) -> None:
    found = [line for seed in range(2) for line in wrong(seed, 6000, tmp_path)]
    assert found == [], "\n".join(found)


@pytest.mark.slow
def test_many(tmp_path: Path) -> None:
    found = [line for seed in range(100, 1600) for line in wrong(seed, (4, 9, 25, 60, 300)[seed % 5], tmp_path)]
    assert found == [], "\n".join(found)
