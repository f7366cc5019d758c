"""Figures that changed unlike those of others between two returns: the bounds by hand, and who is asked about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from check.workbook import book
from communitycheck.check import check
from communitycheck.checking.repeated.implausible import slips, unlike_others
from communitycheck.messages import LANGS
from communitycheck.reporting.words.sentences import Wording

# Ratios 0.96 to 1.04 around a median of 1, all of size 400: effects of -0.83 to 0.83 (root of size is near 20).
STEADY = [(400.0, 400.0 + 4 * k) for k in range(-4, 5) if k]


def asked(pairs: list[tuple[float, float]]) -> list[int]:
    then, now = np.array(pairs).T
    return [int(k) for k in np.flatnonzero(unlike_others(then, now))]


def bounds(pairs: list[tuple[float, float]]) -> list[int]:
    """The definition, written out once more: s, E, quartiles, C = 20, U = 0.5, and a change above 30 %."""
    ratios = [now / then for then, now in pairs]
    m = sorted(ratios)[len(ratios) // 2] if len(ratios) % 2 else sum(sorted(ratios)[len(ratios) // 2 - 1 :][:2]) / 2
    effects = [(r / m - 1 if r >= m else 1 - m / r) * max(pair) ** 0.5 for r, pair in zip(ratios, pairs, strict=True)]
    quarters = [np.quantile(effects, q) for q in (0.25, 0.5, 0.75)]
    low = quarters[1] - 20 * max(quarters[1] - quarters[0], abs(0.05 * quarters[1]))
    high = quarters[1] + 20 * max(quarters[2] - quarters[1], abs(0.05 * quarters[1]))
    return [
        k for k, (e, r) in enumerate(zip(effects, ratios, strict=True)) if abs(r - 1) > 0.3 and not low <= e <= high
    ]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ([(400, 408), (400, 392)], []),
        ([(400, 408), (400, 1000)], [9]),  # 1.5 x root of 1000 = 47, far above 20 quartile distances of some 0.6
        ([(400, 408), (4, 8)], []),  # as large a change of a small subject: 1 x root of 8 = 2.8
        ([(400, 408), (400, 200)], [9]),
    ],
)
def test_who_changed_unlike_the_others(more: list[tuple[float, float]], found: list[int]) -> None:
    assert asked(STEADY + more) == bounds(STEADY + more) == found


def test_few_changes_say_nothing_of_each_other() -> None:
    assert asked([*STEADY[:3], (400, 1000)]) == []


@pytest.mark.parametrize(
    ("then", "now", "times"),
    [(70, 707, 10), (707, 70, -10), (3, 30, 0), (400, 40_800, 100), (1_000, 666_667, 2_000 / 3), (500, 650, 0),
     (5_000, 0.5, -10_000), (120, 1_400, 0)],
)  # fmt: skip
def test_ratios_of_units_that_are_taken_for_each_other(then: float, now: float, times: float) -> None:
    assert slips(np.array([float(then)]), np.array([float(now)])).tolist() == [times]


def test_check_asks_about_both_cells_and_judges_what_stands_there(tmp_path: Path) -> None:
    header = ["区县", "街道", "社区名称", "社区类型", "综合服务设施面积"]
    places = [*STEADY, (400, 402), (400, 1000), (70, 707), (0, 500), (430, 430)]
    files = [
        book(
            tmp_path / f"{year}.xlsx",
            社区=[[f"{year}年社区情况表"], header,
                 *(["铁东区", "一街道", f"{name}社区", "城市社区", pair[k]]
                   for name, pair in zip("甲乙丙丁戊己庚辛壬癸子丑寅", places, strict=True))],
        )
        for k, year in enumerate((2023, 2024))
    ]  # fmt: skip
    report = check(files, [], region="鞍山市")
    told = {n.at.cell: n for n in report.notices if n.code in ("changed-unlike-others", "unit-slip-since")}
    assert {cell: n.code for cell, n in told.items()} == {"E12": "changed-unlike-others", "E13": "unit-slip-since"}
    for notice in told.values():
        assert notice.at.path == str(files[1])
        for lang in LANGS:
            sentence = Wording.of(report, lang).notice(notice)
            assert f"{files[0]}[社区]!{notice.at.cell}" in sentence
    without = check([files[1]], [], region="鞍山市")
    assert [r.counts() for r in report.results if r.rule.id == "LN-01"] == [
        r.counts() for r in without.results if r.rule.id == "LN-01"
    ]
