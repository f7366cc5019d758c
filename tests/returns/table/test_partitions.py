"""Folders that say something of all files in them: ``year=2023/city=攀枝花市/part-0.parquet``."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from communitycheck.check import check
from communitycheck.model.report import Report
from communitycheck.returns.table.partitions import folder_pairs

ROWS = {"社区名称": ["甲社区", "乙社区"], "社区类型": ["城市", "城市"], "综合服务设施面积": [412.0, 380.0]}


def put(folder: Path, inside: str, **columns: list[object]) -> Path:
    place = folder / inside
    place.parent.mkdir(parents=True, exist_ok=True)
    table = pa.table({**ROWS, **columns})
    if place.suffix == ".csv":
        place.write_text(
            "\n".join([",".join(table.column_names), *(",".join(map(str, row.values())) for row in table.to_pylist())])
        )
    else:
        pq.write_table(table, place)
    return folder


def told(report: Report) -> dict[str, object]:
    return {n.code: n.values["folder"] for n in report.notices if n.code.startswith("partition")}


@pytest.mark.parametrize("end", ["csv", "parquet"])
def test_folders_give_the_place_and_the_period(end: str, tmp_path: Path) -> None:
    report = check(put(tmp_path, f"year=2023/city=沈阳市/county=和平区/part-0.{end}"))
    assert report.as_of == date(2023, 12, 31) and report.as_of_from == "return"
    subjects = [v.subject for v in report.verdicts() if v.subject.name == "甲社区"]
    assert subjects and {s.region[-2:] for s in subjects} == {("沈阳市", "和平区")}
    assert told(report) == {"partition-of-period": "year=2023", "partition-used": "county=和平区"}
    assert not report.unread


@pytest.mark.parametrize(
    ("folders", "last"),
    [
        ("year=2023", date(2023, 12, 31)),
        ("year=2023/month=06", date(2023, 6, 30)),
        ("年份=2023/月份=6", date(2023, 6, 30)),
        ("year=2023/quarter=2", date(2023, 6, 30)),
        ("date=2023-06-30", date(2023, 6, 30)),
        ("dt=20230630", date(2023, 6, 30)),
        ("报告期=2023", date(2023, 12, 31)),
        ("year=2023/month=2/day=28", date(2023, 2, 28)),
    ],
)
def test_a_period_in_parts(folders: str, last: date, tmp_path: Path) -> None:
    (sheet,) = check(put(tmp_path, f"{folders}/a.parquet"), region="沈阳市").returns[0].sheets
    assert sheet.period == last


def test_what_names_nothing_is_told(tmp_path: Path) -> None:
    report = check(put(tmp_path, "batch=7/社区类型=月球/a.parquet", 社区类型=["城市", "城市"]), region="沈阳市")
    assert told(report) == {"partition-unknown": "batch=7", "partition-unread": "社区类型=月球"}


def test_what_the_file_says_otherwise_is_told_and_the_file_is_believed(tmp_path: Path) -> None:
    put(tmp_path, "year=2022/county=沈河区/a.parquet", 县区=["和平区", "沈河区"], 报告期=["2023年", "2023年"])
    report = check(tmp_path, region="沈阳市")
    assert told(report) == {"partition-period": "year=2022", "partition-differs": "county=沈河区"}
    (differs,) = [n for n in report.notices if n.code == "partition-differs"]
    assert (differs.text, differs.values["count"], differs.at.cell) == ("甲社区", 1, "D2")
    assert {v.subject.region[-1] for v in report.verdicts() if v.subject.name == "甲社区"} == {"和平区"}


@pytest.mark.parametrize("city", ["沈阳", "沈阳市", "%E6%B2%88%E9%98%B3%E5%B8%82"])
def test_what_the_file_says_as_well_is_no_contradiction(city: str, tmp_path: Path) -> None:
    report = check(put(tmp_path, f"city={city}/a.parquet", 市=["沈阳市", None]), region="沈阳市")
    assert told(report) == {"partition-used": f"city={'沈阳' if city == '沈阳' else '沈阳市'}"}


def test_the_same_bytes_in_two_folders_are_two_returns(tmp_path: Path) -> None:
    for county in ("和平区", "沈河区"):
        put(tmp_path, f"county={county}/a.parquet")
    report = check(tmp_path, region="沈阳市")
    assert len(report.returns) == 2 and not [n for n in report.notices if n.code.startswith("same-")]


def test_in_an_archive(tmp_path: Path) -> None:
    put(tmp_path, "county=和平区/a.parquet")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "county=和平区" / "a.parquet", "county=和平区/a.parquet")
    assert told(check(tmp_path / "all.zip", region="沈阳市")) == {"partition-used": "county=和平区"}


@pytest.mark.parametrize(
    ("path", "pairs"),
    [
        ("a/b.csv", ()),
        ("year=2023.csv", ()),
        ("=x/a.csv", ()),
        ("a = b/a.csv", ()),
        ("x=/a.csv", ()),
        ("k=__HIVE_DEFAULT_PARTITION__/a.csv", ()),
        ("k=1/k=2/a.csv", (("k", "2"),)),
        ("k=a%2Fb/a.csv", (("k", "a/b"),)),
        ("C:\\in\\year=2023\\a.csv", (("year", "2023"),)),
        ("postgresql://h/x=1/db", ()),
        ("k=a=b/a.csv", (("k", "a=b"),)),
    ],
)
def test_ordinary_folders_say_nothing(path: str, pairs: tuple[tuple[str, str], ...]) -> None:
    assert folder_pairs(path) == pairs
