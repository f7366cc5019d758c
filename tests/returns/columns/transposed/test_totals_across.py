"""Columns of totals in a table whose subjects stand side by side are held against the subjects."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.check import check

TWO = ["指标", "甲社区", "乙社区", "小计", "丙社区", "丁社区", "小计", "合计"]
KINDS = ["社区类型", "城市", "城市", "", "城市", "城市", "", ""]


def told(tmp_path: Path, *rows: list[object]) -> list[tuple[str, str, str]]:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    report = check(path, standards=["liaoning-2021"])
    assert {"column-set-aside"}.isdisjoint(n.code for n in report.notices)
    return [(n.at.cell or "", n.values["stated"], n.values["summed"]) for n in report.notices
            if n.code == "total-differs"]  # fmt: skip


@pytest.mark.parametrize(
    ("areas", "wrong"),
    [
        ([450, 650, 1100, 500, 400, 900, 2000], []),
        ([450, 650, 1300, 500, 400, 900, 2000], [("D3", "1300", "1100")]),
        ([450, 650, 1100, 500, 400, 950, 2000], [("G3", "950", "900")]),
        ([450, 650, 1100, 500, 400, 900, 2500], [("H3", "2500", "2000")]),
    ],
)
def test_totals_and_subtotals(areas: list[int], wrong: list[object], tmp_path: Path) -> None:
    households = [1000, 900, 1900, 800, 700, 1500, 3400]
    found = told(tmp_path, TWO, KINDS, ["综合服务设施面积", *areas], ["总户数", *households])
    assert found == wrong


def test_a_total_in_front(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        ["指标", "总计", "甲社区", "乙社区", "丙社区"],
        ["综合服务设施面积", 1700, 450, 650, 500],
        ["总户数", 2700, 1000, 900, 800],
    )
    assert found == [("B2", "1700", "1600")]


def test_rates_are_no_sums(tmp_path: Path) -> None:
    rows = [["综合服务设施面积", 450, 650, 1100], ["总户数", 1000, 1000, 2000], ["每百户综合服务设施面积", 45, 65, 55]]
    assert told(tmp_path, ["指标", "甲社区", "乙社区", "合计"], *rows) == []
