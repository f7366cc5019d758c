"""Tables changed by seed: no row or figure is lost, no record set aside, whatever hands have done to them."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from fuzz.tables import CHANGES, Sheet, broken_laws, read, sheets


@cache
def tables() -> list[Sheet]:
    return sheets()


def broken(seeds: range, folder: Path) -> list[str]:
    found = []
    for seed in seeds:
        rng = random.Random(seed)
        sheet = rng.choice(tables())
        if not sheet.letters:
            sheet.letters = next(iter(read(sheet, folder, rng).rows.values()), "")
        change = rng.choice(CHANGES)(sheet, rng)
        if change is not None:
            laws = broken_laws(change, read(change.sheet, folder, rng))
            found += [f"{seed}: {sheet.name}: {change.what}: {law}" for law in laws]
    return found


def test_some_changes(tmp_path: Path) -> None:
    found = broken(range(40), tmp_path)
    assert found == [], "\n".join(found)


@pytest.mark.slow
def test_many_changes(tmp_path: Path) -> None:
    found = broken(range(1000, 4000), tmp_path)
    assert found == [], "\n".join(found)
