"""Histograms of an indicator about its limit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from communitycheck.check import check
from communitycheck.reporting.totals.distribution import BINS, Distribution, distribution

HEAD = "县区,社区名称,社区类型,户数,综合服务设施面积\n"


def of(tmp_path: Path, rule: str, rows: list[tuple[str, float, float]]) -> Distribution | None:
    """The distribution of one rule over communities of these kinds, households and areas."""
    lines = [f"和平区,{k}号社区,{kind},{households},{area}" for k, (kind, households, area) in enumerate(rows)]
    (tmp_path / "a.csv").write_text(HEAD + "\n".join(lines), encoding="utf-8")
    report = check([tmp_path / "a.csv"], standards=["liaoning-2021"], as_of=date(2021, 12, 31), select=[rule])
    (result,) = (one for one in report.results if one.rule.id == rule)
    return distribution(result)


def test_the_limit_parts_those_that_fail_from_those_that_pass(tmp_path: Path) -> None:
    areas = [120, 250, 399, 400, 400.5, 520, 640, 700, 810, 399.9]
    found = of(tmp_path, "LN-01", [("城市社区", 900, area) for area in areas])
    assert found is not None and not found.relative and found.limit == 400
    assert (found.n, sum(found.failed), sum(found.passed)) == (10, 4, 6)
    # No bin has some of both: an edge lies at the limit, and what equals it passes.
    assert not any(p and f for p, f in zip(found.passed, found.failed, strict=True))
    at = (found.limit - found.low) / (found.high - found.low) * len(found.passed)
    assert all(k < at for k, n in enumerate(found.failed) if n)
    assert all(k >= round(at) for k, n in enumerate(found.passed) if n)


def test_one_far_off_does_not_stretch_the_axis(tmp_path: Path) -> None:
    found = of(tmp_path, "LN-01", [("城市社区", 900, 300 + k) for k in range(200)] + [("城市社区", 900, 9_000)])
    assert found is not None and found.high < 1000 and found.above and not found.below
    assert found.n == 201 and len(found.passed) <= BINS + 2 and found.low >= 0


@pytest.mark.parametrize("rows", [[("城市社区", 900, 300)] * 3, [("城市社区", 900, 400)] * 30])
def test_too_few_or_all_alike_are_not_drawn(tmp_path: Path, rows: list[tuple[str, float, float]]) -> None:
    assert of(tmp_path, "LN-01", rows) is None
