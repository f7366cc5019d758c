"""Reports of an earlier run that lie among the returns are no returns."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from batch.folder import community_csv
from communitycheck.api import mark_up, write, write_template
from communitycheck.check import check
from communitycheck.messages import LANGS, Lang
from communitycheck.own_list import LIST, OLD_LIST, OLD_SCHEMA, SCHEMA, digest_of
from communitycheck.reporting.own_folder import OwnFolder
from communitycheck.returns.files.find import find_files, look_for_files


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


def test_what_the_list_names_is_passed_over_only_as_we_wrote_it(tmp_path: Path) -> None:
    """A return that somebody put under the name of a report is read; a report that was edited in Excel is still one."""
    community_csv(tmp_path / "a.csv", "东区", 2)
    report = check(tmp_path / "a.csv", ["liaoning-2021"])
    for name in ("r.csv", "r.xlsx", "s.xlsx"):
        write(report, tmp_path / name, "zh")
    assert names(tmp_path) == ["a.csv"]
    community_csv(tmp_path / "r.csv", "西区", 2)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    book.active["A1"] = "已阅"
    book.save(tmp_path / "r.xlsx")
    with xlsxwriter.Workbook(tmp_path / "s.xlsx") as other:
        other.add_worksheet("社区").write_row(0, 0, ["社区名称", "户数"])
    assert names(tmp_path) == ["a.csv", "r.csv", "s.xlsx"]


def test_a_template_that_was_filled_in_is_a_return(tmp_path: Path) -> None:
    write_template(tmp_path / "blank.xlsx", ["liaoning-2021"], "zh")
    assert names(tmp_path) == ["blank.xlsx"]


STRANGERS = [
    (LIST, {"schema": SCHEMA, "reports": {"{name}": "{digest}"}, "marked": {}, "forms": {}}),
    (LIST, {"schema": SCHEMA, "reports": {}, "marked": {"{name}": "{digest}"}, "forms": {}}),
    (LIST, {"schema": SCHEMA, "reports": {}, "marked": {}, "forms": {"{name}": "{digest}"}}),
    (OLD_LIST, {"schema": OLD_SCHEMA, "reports": ["{name}"], "marked": []}),
    (OLD_LIST, {"schema": OLD_SCHEMA, "reports": [], "marked": ["{name}"]}),
    (OLD_LIST, {"schema": OLD_SCHEMA, "reports": "{name}", "marked": {}}),
]


@pytest.mark.parametrize(("list_", "content"), STRANGERS)
@pytest.mark.parametrize("name", ["b.csv", "b.xlsx", "b.dat", "b"])
def test_no_list_hides_a_return(name: str, list_: str, content: dict[str, Any], tmp_path: Path) -> None:
    """It may have come with the returns: what reads as one is read, by its folder, a larger one, or a pattern."""
    inner = tmp_path / "in"
    inner.mkdir()
    community_csv(inner / "a.csv", "东区", 2)
    community_csv(inner / name, "西区", 2)
    if name.endswith(".xlsx"):
        with xlsxwriter.Workbook(inner / name) as book:
            book.add_worksheet("社区").write_row(0, 0, ["社区名称", "户数"])
    for place, path in ((inner, name), (tmp_path, f"in/{name}")):
        text = json.dumps(content).replace("{name}", path).replace("{digest}", digest_of(inner / name))
        (place / list_).write_text(text, "utf-8")
        for given in (inner, tmp_path, inner / "*", tmp_path / "**" / "*"):
            assert sorted(names(given)) == sorted(["a.csv", name]), given
        (place / list_).unlink()


def test_a_copy_that_is_passed_over_is_told(tmp_path: Path) -> None:
    """Beyond the folder of its list it would count its return twice; whether it was mended, a run cannot say."""
    community_csv(tmp_path / "a.csv", "东区", 2)
    report = check(tmp_path / "a.csv", ["liaoning-2021"])
    mark_up(report, tmp_path / "back", "zh")
    (copy,) = (tmp_path / "back").glob("*.xlsx")
    found, errors, besides = look_for_files([tmp_path])
    assert ([Path(file.path).name for file in found], errors, besides.passed) == (["a.csv"], [], [str(copy)])
    assert names(tmp_path / "back") == [copy.name]


def test_what_a_killed_run_noted_is_passed_over(tmp_path: Path) -> None:
    community_csv(tmp_path / "a.csv", "东区", 2)
    with OwnFolder(tmp_path) as folder:
        folder.write(tmp_path / "page.html", ["<!doctype html><table></table>"])
        assert names(tmp_path / "*") == ["a.csv"]  # it is in the journal alone
    assert names(tmp_path / "*") == ["a.csv"]
