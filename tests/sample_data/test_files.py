"""The sample returns are what their maker makes, say that they are synthetic, and hold what their README promises."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from paths import SAMPLES

WORKBOOKS = ("panzhihua_2020.xlsx", "shenyang_2023.xlsx")
PUBLISHED = "published_figures.xlsx"
CSV = "shenyang_liaoning_mixed.csv"
SYNTHETIC = "合成示例数据，非真实数据"

Cells = dict[str, list[tuple[Any, ...]]]


@cache
def cells(path: Path) -> Cells:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.fixture(scope="module")
def panzhihua() -> Cells:
    return cells(SAMPLES / "panzhihua_2020.xlsx")


@pytest.fixture(scope="module")
def shenyang() -> Cells:
    return cells(SAMPLES / "shenyang_2023.xlsx")


def records(sheet: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Records of a sheet by header; a record is a row with a 12-digit region code in one of the first two cells."""
    first = next(i for i, row in enumerate(sheet) if is_record(row))
    header = [lower or upper for upper, lower in zip(sheet[first - 2], sheet[first - 1], strict=True)]
    if sum(cell is not None for cell in sheet[first - 2]) < 5:  # a title line: the header has one row
        header = list(sheet[first - 1])
    return [dict(zip(header, row, strict=True)) for row in sheet if is_record(row)]


def is_record(row: tuple[Any, ...]) -> bool:
    return any(isinstance(cell, str) and len(cell) == 12 and cell.isdigit() for cell in row[:2])


def test_the_maker_makes_them_again(tmp_path: Path) -> None:
    for run in ("one", "two"):
        maker = [sys.executable, str(SAMPLES / "make.py"), "--out", str(tmp_path / run)]
        subprocess.run(maker, check=True, capture_output=True)
    for name in (*WORKBOOKS, PUBLISHED, CSV):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    for name in (*WORKBOOKS, PUBLISHED):
        made = tmp_path / "one" / name
        # Another version of the library that writes them may pack the same cells into other bytes.
        assert made.read_bytes() == (SAMPLES / name).read_bytes() or cells(made) == cells(SAMPLES / name)
    assert (SAMPLES / CSV).read_bytes() == (tmp_path / "one" / CSV).read_bytes()


def test_they_are_small() -> None:
    assert sum((SAMPLES / name).stat().st_size for name in (*WORKBOOKS, PUBLISHED, CSV)) < 1_000_000


@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_sheet_says_that_it_is_synthetic(name: str) -> None:
    for sheet in cells(SAMPLES / name).values():
        assert SYNTHETIC in str(sheet[0][0])


def test_the_csv_is_gb18030_and_says_that_it_is_synthetic() -> None:
    raw = (SAMPLES / CSV).read_bytes()
    assert SYNTHETIC in raw.decode("gb18030").splitlines()[0]
    for encoding in ("utf-8", "gbk"):
        with pytest.raises(UnicodeDecodeError):
            raw.decode(encoding)


def test_panzhihua_counts(panzhihua: Cells) -> None:
    communities = records(panzhihua["社区（村）"])
    assert Counter(r["类型"] for r in communities) == {"城市社区": 132, "农村社区": 170, "建制村": 179}
    assert sum(r["农村社区试点"] == "是" for r in communities) == 37
    streets = Counter(r["乡级类型"] == "街道" for r in records(panzhihua["街道（乡镇）"]))
    assert streets == {True: 16, False: 44}
    (city,) = records(panzhihua["市"])
    assert city["城市社区数（个）"] == 132


def test_panzhihua_codes_are_unique_and_of_the_five_counties(panzhihua: Cells) -> None:
    codes = [r["行政区划代码"] for r in records(panzhihua["社区（村）"])]
    assert len(set(codes)) == len(codes) == 481
    assert {code[:6] for code in codes} == {"510402", "510403", "510411", "510421", "510422"}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("社区服务站面积（平方米）", 400),
        ("社区服务站面积（平方米）", 399.9),
        ("综合服务设施面积（㎡）", "待核实"),
        ("综合服务设施面积（㎡）", "约三百"),
        ("综合服务设施面积（㎡）", "300-400"),
        ("综合服务设施面积（㎡）", "=#REF!"),
        ("综合服务设施面积（㎡）", "=#DIV/0!"),
        ("综合服务设施面积（㎡）", -350),
        ("综合服务设施面积（㎡）", "无"),
        ("户数（户）", 1333),
        ("户数（户）", 1334),
        ("常住人口（人）", 5000),
        ("常住人口（人）", 5001),
        ("常住人口（人）", None),
        ("党员数（人）", 0),
        ("驻区单位数（个）", 0),
    ],
)
def test_panzhihua_holds_the_case(panzhihua: Cells, header: str, value: object) -> None:
    cases = [r[header] for r in records(panzhihua["社区（村）"]) if str(r["备注"]).startswith("示例")]
    assert value in cases


def test_panzhihua_has_two_communities_of_one_name(panzhihua: Cells) -> None:
    same = [r for r in records(panzhihua["社区（村）"]) if r["社区（村）名称"] == "幸福社区"]
    assert len({r["街道（乡镇）"] for r in same}) == 2


def test_shenyang_adds_up_to_what_the_city_published(shenyang: Cells) -> None:
    urban, rural = records(shenyang["城市社区"]), records(shenyang["农村社区"])
    assert (len(urban), len(rural), len(records(shenyang["乡街"]))) == (1153, 1527, 179)
    totals = {
        "基础网格数（个）": 15101,
        "网格党支部（个）": 8255,
        "党小组（个）": 14289,
        "党员中心户（户）": 26909,
    }
    for header, total in totals.items():
        assert sum(r[header] for r in urban) == total
    assert sum(r["治理网格数（个）"] for r in rural) == sum(r["网格员数（名）"] for r in rural) == 10724
    organisations = {"社区社会组织数（家）": 12996, "其中：登记": 140, "其中：备案": 12856}
    for header, total in organisations.items():
        assert sum(r[header] for r in urban + rural) == total
    assert sum(r["社区养老服务站"] == "有" for r in urban) == 967
    assert len({r["行政区划代码"] for r in urban + rural}) == 2680
