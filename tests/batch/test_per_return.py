"""``--output-dir``: a report for each return, and a manifest that accounts for every file of the batch."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from batch.folder import community_csv, make
from communitycheck.api import split_by_return
from communitycheck.check import check
from communitycheck.cli.run import run
from communitycheck.errors import UsageError, WriteError
from communitycheck.products.bundles.per_return import file_names

DAY = date(2023, 12, 31)


def manifest(folder: Path) -> list[dict[str, str]]:
    with (folder / "清单.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_file_is_accounted_for_and_the_parts_add_up(tmp_path: Path) -> None:
    folder, out = make(tmp_path / "in", 3), tmp_path / "out"
    community_csv(folder / "county_09.csv", "第0区")  # the very bytes of county_00.csv
    report = check(folder, as_of=DAY)
    written = split_by_return(report, out, "zh", kinds=["json", "xlsx"], all_verdicts=True).written
    assert sorted(p.name for p in written) == sorted(p.name for p in out.iterdir() if not p.name.startswith("."))
    rows = manifest(out)
    assert [f"{Path(row['文件']).name} {row['状态']} {row['原因代码']}".strip() for row in rows] == [
        "county_00.csv 已读", "county_01.csv 已读", "county_02.csv 已读", "county_09.csv 重复 same-file-twice",
        "cut.xlsx 拒收 truncated", "empty.csv 拒收 empty-file", "locked.xlsx 拒收 password-protected",
        "0.csv 已读", "1.csv 已读", "2.csv 已读", "3.csv 已读", "broken.xlsx 拒收 truncated",
    ]  # fmt: skip
    assert all(row["理由"] for row in rows if row["状态"] != "已读")
    assert sum(int(row["记录数"] or 0) for row in rows) == report.subjects == 7 * 13
    parts = [json.loads(p.read_text(encoding="utf-8")) for p in written if p.suffix == ".json"]
    assert sum(part["summary"]["subjects"] for part in parts) == report.subjects
    of_records = {r.rule.id for r in report.results if not r.rule.by and len(r)}
    for outcome in ("pass", "fail", "no_data"):
        whole = sum(
            v.outcome.word == outcome and v.rule.id in of_records for v in report.verdicts(all_outcomes=True)
        )
        told = sum(v["outcome"] == outcome and v["rule"] in of_records for part in parts for v in part["verdicts"])
        assert told == whole
    for part in parts:
        (one,) = part["run"]["returns"]
        assert {v["at"]["path"] for v in part["verdicts"] if v["at"]} == {one["path"]}


def test_names() -> None:
    assert file_names(["a/x.csv", "b/x.xlsx", "y.csv", "c/X.csv"]) == ["a-x", "b-x", "y", "c-X"]
    assert file_names(["a/x.csv", "a/x.xlsx"]) == ["a-x", "a-x (2)"]
    assert file_names(["z.zip/清单.csv", "con.csv", "z.zip/q:?.csv"], ["清单"]) == ["z.zip-清单", "_con", "q__"]


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = make(tmp_path / "in", 2), tmp_path / "out"
    arguments = ["check", str(folder), "--as-of", "2023-12-31", "--lang", "zh", "-q", "--output-dir", str(out)]
    assert run(arguments) == 2
    assert {p.suffix for p in out.iterdir() if not p.name.startswith(".")} == {".xlsx", ".csv"}
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    assert run([*arguments, "--jobs", "2"]) == 2
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before
    assert run([*arguments[:-1], str(folder)]) == 2
    assert "in" in capsys.readouterr().err
    assert run([*arguments[:-2], "--bundle", "xlsx"]) == 2
    assert "--output-dir" in capsys.readouterr().err


def test_a_report_never_takes_the_place_of_a_return(tmp_path: Path) -> None:
    file = community_csv(tmp_path / "a.csv", "和平区", 2)
    with pytest.raises(UsageError):
        split_by_return(check(file, as_of=DAY), tmp_path, "zh", kinds=["csv"])
    (tmp_path / "out").write_text("x")
    with pytest.raises(WriteError):
        split_by_return(check(file, as_of=DAY), tmp_path / "out", "zh")
