"""Reports of an earlier run that lie among the returns are no returns."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from batch.folder import community_csv
from communitycheck.api import write
from communitycheck.check import check
from communitycheck.messages import LANGS, Lang
from communitycheck.returns.files.find import find_files


def names(*paths: str | Path) -> list[str]:
    found, errors = find_files(paths)
    assert not errors
    return [Path(file).name for file in found]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".html", ".json", ".docx", ".md", ".txt"])
def test_a_report_among_the_returns(lang: Lang, suffix: str, tmp_path: Path) -> None:
    community_csv(tmp_path / "a.csv", "东区", 2)
    report = check(tmp_path / "a.csv", ["liaoning-2021"])
    write(report, tmp_path / f"上月{suffix}", lang=lang)
    assert names(tmp_path) == ["a.csv"]
    assert names(str(tmp_path / "*.csv")) == ["a.csv"]
    # A file that is named itself is read, whatever it is.
    assert names(tmp_path / f"上月{suffix}") == [f"上月{suffix}"]


def test_a_return_that_looks_like_a_report(tmp_path: Path) -> None:
    """Of the same day, with some of the sheets, or with some of the columns: a return all the same."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        for name in ("汇总", "规则", "来源"):
            book.add_worksheet(name).write_row(0, 0, ["社区名称", "户数"])
    (tmp_path / "b.csv").write_text("规则,名称,标准\n1,2,3\n", "utf-8")
    (tmp_path / "c.xlsx").write_bytes((tmp_path / "a.xlsx").read_bytes()[:300])
    openpyxl.Workbook().save(tmp_path / "d.xlsx")
    shutil.copy(tmp_path / "b.csv", tmp_path / "e.xlsx")
    assert names(tmp_path) == ["a.xlsx", "b.csv", "c.xlsx", "d.xlsx", "e.xlsx"]
