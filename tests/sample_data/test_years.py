"""Three years of one city: the shares and the stories that the page about the samples tells."""

from __future__ import annotations

import csv
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from paths import SAMPLES

YEARS = SAMPLES / "years"
FILES = ("panzhihua_2017.xlsx", "panzhihua_2018.xlsx", "panzhihua_2019.xlsx", "health_2019.csv", "renames.yaml")


@cache
def records(year: int, folder: Path = YEARS) -> list[dict[str, Any]]:
    """The communities of a year by header; the total row is none."""
    rows = list(openpyxl.load_workbook(folder / f"panzhihua_{year}.xlsx")["社区（村）"].iter_rows(values_only=True))
    return [dict(zip(map(str, rows[2]), row, strict=True)) for row in rows[3:] if row[0] != "合计"]


def names(year: int) -> set[str]:
    return {row["社区名称"] for row in records(year)}


def test_the_maker_makes_them_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SAMPLES / "make.py"), "--out", str(tmp_path)], check=True, capture_output=True)
    for year in (2017, 2018, 2019):
        assert records(year, tmp_path / "years") == records(year)
    for name in FILES[3:]:
        assert (tmp_path / "years" / name).read_bytes() == (YEARS / name).read_bytes()
    assert sorted(path.name for path in YEARS.iterdir()) == sorted(FILES)


def test_each_says_that_it_is_synthetic() -> None:
    for year in (2017, 2018, 2019):
        for sheet in openpyxl.load_workbook(YEARS / f"panzhihua_{year}.xlsx"):
            assert "合成示例数据，非真实数据" in str(sheet["A1"].value)
    for name in FILES[3:]:
        assert "合成示例数据，非真实数据" in (YEARS / name).read_text("utf-8-sig").splitlines()[0]


SHARES = {
    ("儿童之家", False): (44, 60, 74),
    ("公共服务综合信息平台", True): (50, 63, 73),
    ("养老服务设施", True): (30, 37, 44),
    ("是否有综合服务设施", True): (80, 91, 100),
}


@pytest.mark.parametrize(("header", "urban"), SHARES)
def test_what_share_has_something(header: str, urban: bool) -> None:
    found = []
    for year in (2017, 2018, 2019):
        some = [row for row in records(year) if not urban or row["社区类型"] == "城市社区"]
        found.append(round(100 * sum(row[header] == "有" for row in some) / len(some)))
    assert tuple(found) == SHARES[header, urban]


def test_who_takes_part() -> None:
    asked = {
        ("参与志愿服务居民数（人）", "常住人口（人）"): (27.0, 25.0, 22.0),
        ("注册志愿者（人）", "常住人口（人）"): (10.8, 12.4, 14.1),
        ("参与志愿服务党员数（人）", "党员数（人）"): (61.7, 67.5, 70.5),
    }
    for (part, whole), shares in asked.items():
        for year, share in zip((2017, 2018, 2019), shares, strict=True):
            rows = records(year)
            found = 100 * sum(row[part] for row in rows) / sum(row[whole] for row in rows)
            assert found == pytest.approx(share, abs=0.06)


def test_the_stories_of_single_communities() -> None:
    assert "行政区划代码" not in records(2017)[0] and all(row["行政区划代码"] for row in records(2018))
    assert (names(2017) - names(2018), names(2018) - names(2017)) == ({"望园社区"}, {"园社区", "安井村"})
    by_code = {row["行政区划代码"]: row for row in records(2019)}
    slips = [(row, by_code[row["行政区划代码"]]) for row in records(2018) if row["行政区划代码"] in by_code]
    changed = [(a["社区名称"], b["社区名称"]) for a, b in slips if a["社区名称"] != b["社区名称"]]
    assert changed == [("园社区", "望园社区")]
    tenfold = [(a, b) for a, b in slips if b["综合服务设施面积（㎡）"] == 10 * a["综合服务设施面积（㎡）"] > 0]
    assert [a["县（区）"] for a, _ in tenfold] == ["西区"]
    assert names(2018) - names(2019) == {"园社区", "白屏社区", "映源社区", "兰园社区", "兰关村"}
    assert names(2019) - names(2018) == {"望园社区", "桂坡社区", "银塘社区"}


def test_two_offices_disagree_on_three() -> None:
    lines = list(csv.DictReader((YEARS / "health_2019.csv").read_text("utf-8-sig").splitlines()[1:]))
    elder = {row["行政区划代码"]: row["养老服务设施"] for row in records(2019)}
    assert len(lines) == len(elder)
    assert sum(line["养老服务设施"] != elder[line["行政区划代码"]] for line in lines) == 3
