"""Returns that were read wrongly once, and their kin: what is right was written down before they were run.

The cases are data (``data/*.yaml``). One that is marked ``open`` is not yet right; it fails where it has become so,
that the mark may go. Cells have cases of their own in ``tests/returns/cells``.

``python -m pytest tests/cases -m slow`` tries thousands of siblings.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.answers import Answer, answer
from cases.expected import differences
from cases.make import book_of, written
from cases.variants import sibling, suits

DATA = Path(__file__).parent / "data"
CASES: list[dict[str, Any]] = [
    one for file in sorted(DATA.glob("*.yaml")) for one in yaml.safe_load(file.read_text("utf-8"))
]
SETTLED = [case for case in CASES if not case.get("open") and suits(case)]


def wrong(case: dict[str, Any], folder: Path) -> list[str]:
    options = {"standards": ["liaoning-2021"], **case.get("options", {})}
    got = answer(written(case, folder), **options)
    return differences(case["right"], got) + broken_laws(case, got)


def broken_laws(case: dict[str, Any], got: Answer) -> list[str]:
    """What every answer owes: each row counted once, and an incomplete one says in its head why."""
    found = []
    if "text" not in case:
        for name, rows in book_of(case).sheets.items():
            filled = sum(any(str(value or "").strip() for value in row) for row in rows)
            counts = got.counts.get(name) or (got.counts.get("") if len(got.counts) == 1 else None)
            if counts and sum(counts.values()) != filled:
                found.append(f"{filled} rows in {name}, {counts} told")
    if got.exit == 3 and "不完整：" not in got.head:
        found.append(f"incomplete without a reason: {got.head}")
    return found


def listed() -> list[Any]:
    still = pytest.mark.xfail(strict=True, reason="not yet right")
    return [pytest.param(case, id=case["case"], marks=[still] if case.get("open") else []) for case in CASES]


def test_each_case_has_a_name_of_its_own() -> None:
    names = [case["case"] for case in CASES]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("case", listed())
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    assert wrong(case, tmp_path) == []


def wrong_siblings(seeds: range, folder: Path, each: int) -> list[str]:
    """Siblings that are read wrongly; every ``each``-th case for a seed."""
    found = []
    for seed in seeds:
        for case in SETTLED[seed % each :: each]:
            one = sibling(case, seed)
            found += [f"{one['case']}: {line}" for line in wrong(one, folder)[:1]]
    return found


def test_some_siblings(tmp_path: Path) -> None:
    found = wrong_siblings(range(16), tmp_path, each=32)
    assert found == [], "\n".join(found)


@pytest.mark.slow
def test_many_siblings(tmp_path: Path) -> None:
    found = wrong_siblings(range(1000, 1040), tmp_path, each=1)
    assert found == [], "\n".join(found)
