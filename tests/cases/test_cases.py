"""Returns that were read wrongly once, and their kin: what is right was written down before they were run.

The cases are data (``data/*.yaml``). One that is marked ``open`` is not yet right; it fails where it has become so,
that the mark may go. ``python -m pytest tests/cases -m slow`` tries thousands of siblings of each.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.answers import answer
from cases.expected import differences
from cases.make import written
from cases.variants import sibling, suits

DATA = Path(__file__).parent / "data"
CASES: list[dict[str, Any]] = [
    one for file in sorted(DATA.glob("*.yaml")) for one in yaml.safe_load(file.read_text("utf-8"))
]
SETTLED = [case for case in CASES if not case.get("open") and suits(case)]
# So many of the siblings below are not right yet.
WRONG_SIBLINGS = 0


def wrong(case: dict[str, Any], folder: Path) -> list[str]:
    options = {"standards": ["liaoning-2021"], **case.get("options", {})}
    return differences(case["right"], answer(written(case, folder), **options))


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
    found = wrong_siblings(range(24), tmp_path, each=24)
    assert len(found) <= WRONG_SIBLINGS, "\n".join(found)


@pytest.mark.slow
def test_many_siblings(tmp_path: Path) -> None:
    found = wrong_siblings(range(1000, 1040), tmp_path, each=1)
    assert found == [], "\n".join(found)
