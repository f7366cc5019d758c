"""SQLite files: each table a sheet, its values as they would stand in a CSV file; and those that mean harm."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from communitycheck.check import check
from communitycheck.errors import ReturnError
from communitycheck.returns.files.find import look_for_files
from communitycheck.returns.files.open import Opened, open_file
from communitycheck.returns.files.over_limit import limits
from returns.databases.table_writers import as_sqlite, judged, sample, sqlite_file

COMMUNITIES = (
    "CREATE TABLE communities (code TEXT PRIMARY KEY, 社区名称 TEXT, 综合服务设施面积)",
    "INSERT INTO communities VALUES ('510402001002', '乙社区', 380), ('510402001001', '甲社区', '412.5')",
)


def opened(tmp_path: Path, *statements: str, sheets: tuple[str, ...] = ()) -> Opened:
    return open_file(sqlite_file(tmp_path / "a.sqlite", *statements), sheets=sheets)


def test_the_names_are_row_1_and_rows_stand_in_the_order_of_their_keys(tmp_path: Path) -> None:
    found = opened(tmp_path, *COMMUNITIES)
    (grid,) = found.grids
    assert (found.format, grid.sheet) == ("sqlite", "communities")
    assert grid.rows(0, 2) == [
        ["code", "社区名称", "综合服务设施面积"], ["510402001001", "甲社区", "412.5"], ["510402001002", "乙社区", "380"]
    ]  # fmt: skip
    assert grid.row_keys is not None
    assert grid.row_keys.to_pylist() == [None, "code=510402001001", "code=510402001002"]
    assert grid.address(1, 2) == "综合服务设施面积"


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (("1", "2.50", "NULL"), ["1", "2.5", None]), (("1.0", "3.0"), ["1", "3"]), (("'2.50'", "'  '"), ["2.50", None]),
        (("1", "'约三百'", "2.25"), ["1", "约三百", "2.25"]), (("x'ffd8ff'", "NULL"), ["<blob>", None]),
        (("1e300", "'a'"), ["1e+300", "a"]), (("'true'", "''"), ["true", None]), (("9223372036854775807",),) * 1
        + (["9223372036854775807"],),
    ],
)  # fmt: skip
def test_values_are_written_as_a_person_would(values: tuple[str, ...], shown: list[Any], tmp_path: Path) -> None:
    rows = ", ".join(f"('甲', {value})" for value in values)
    (grid,) = opened(tmp_path, "CREATE TABLE t (name, v)", f"INSERT INTO t VALUES {rows}").grids
    assert grid.texts(1)[1:] == shown


def test_a_key_of_several_columns_and_one_that_names_a_person(tmp_path: Path) -> None:
    found = opened(
        tmp_path,
        "CREATE TABLE a (year, code, v, PRIMARY KEY (code, year)) WITHOUT ROWID",
        "INSERT INTO a VALUES (2022, '1', 1), (2023, '1', 2)",
        "CREATE TABLE b (rowid, v)",
        "INSERT INTO b VALUES (7, 1)",
    )
    assert [grid.row_keys.to_pylist()[1:] for grid in found.grids if grid.row_keys] == [
        ["code=1, year=2022", "code=1, year=2023"], ["_rowid_=1"]
    ]  # fmt: skip
    holders = sqlite_file(
        tmp_path / "b.sqlite",
        "CREATE TABLE c (id TEXT PRIMARY KEY, 社区名称, 综合服务设施面积)",
        "INSERT INTO c VALUES ('510402199001011234', '甲社区', '见附件')",
    )
    report = check(str(holders), region="510400")
    assert "1990" not in "".join(str(notice.at) for notice in report.notices)
    assert [notice.at.key for notice in report.notices if notice.code == "unreadable-value"] == ["#1"]


def test_tables_are_read_and_views_are_told(tmp_path: Path) -> None:
    file = sqlite_file(tmp_path / "a.sqlite", *COMMUNITIES, "CREATE VIEW v AS SELECT * FROM communities")
    report = check(str(file), region="510400")
    assert [(sheet.name, sheet.not_read) for sheet in report.returns[0].sheets] == [("v", "view"), ("communities", "")]
    assert [notice.values["names"].en for notice in report.notices if notice.code == "views-not-read"] == ["v"]
    (grid,) = open_file(file, sheets=("v",)).grids
    assert (grid.sheet, grid.row_keys[1].as_py() if grid.row_keys is not None else "") == ("v", "#1")


def test_a_file_of_views_alone_is_read(tmp_path: Path) -> None:
    (grid,) = opened(tmp_path, "CREATE VIEW v AS SELECT '甲社区' AS 社区名称, 3 AS 户数").grids
    assert grid.rows(0, 1) == [["社区名称", "户数"], ["甲社区", "3"]]


@pytest.mark.parametrize("name", ['a"b', "a; DROP TABLE x", "select", "1", "a'b", "表 一", "a]b`c"])
def test_no_name_is_an_order(name: str, tmp_path: Path) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    found = opened(
        tmp_path, "CREATE TABLE x (a)", f"CREATE TABLE {quoted} ({quoted}, b)", f"INSERT INTO {quoted} VALUES (1, 2)",
        sheets=(name,),
    )  # fmt: skip
    assert [(grid.sheet, grid.row(0)[0]) for grid in found.grids] == [(name, name)]
    assert found.left_out == [("x", "not-chosen")]


# --- in folders


@pytest.mark.parametrize("name", ["a.sqlite", "a.sqlite3", "a.db", "a"])
def test_in_a_folder_the_content_tells(name: str, tmp_path: Path) -> None:
    as_sqlite(sample(), tmp_path / name)
    assert [Path(one.path).name for one in look_for_files([tmp_path])[0]] == [name]
    assert len(judged(tmp_path).returns) == 1


def test_what_programs_keep_in_a_folder_is_passed_over_and_told(tmp_path: Path) -> None:
    sqlite_file(tmp_path / "thumbnails.db", "CREATE TABLE thumbs (path, size)", "INSERT INTO thumbs VALUES ('x', 1)")
    as_sqlite(sample(), tmp_path / "a.sqlite")
    report = judged(tmp_path)
    assert not report.unread
    assert [n.values["names"] for n in report.notices if n.code == "files-passed-over"] == ["thumbnails.db"]


def test_a_member_of_an_archive(tmp_path: Path) -> None:
    as_sqlite(sample(), tmp_path / "a.sqlite")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "a.sqlite", "区/a.sqlite")
    assert len(judged(tmp_path / "all.zip").returns) == 1


# --- what is broken, unfinished or means harm


def code_of(file: Path, *asked: str, **most: int | str) -> str:
    with pytest.raises(ReturnError) as caught, limits(**most):
        open_file(file, sheets=asked)
    return caught.value.code


@pytest.mark.parametrize("cut", [100, 1500, 4096, 9000])
def test_a_file_that_is_cut_short(cut: int, tmp_path: Path) -> None:
    as_sqlite(sample(), tmp_path / "a.sqlite")
    data = (tmp_path / "a.sqlite").read_bytes()
    (tmp_path / "b.sqlite").write_bytes(data[: min(cut, len(data) - 100)])
    assert code_of(tmp_path / "b.sqlite") in ("truncated", "table-unreadable")


def test_a_file_with_a_page_of_something_else_gives_no_half_table(tmp_path: Path) -> None:
    rows = ", ".join(f"({n}, '社区{n}')" for n in range(5000))
    file = sqlite_file(tmp_path / "a.sqlite", "CREATE TABLE t (n, s)", f"INSERT INTO t VALUES {rows}")
    data = bytearray(file.read_bytes())
    data[8 * 4096 : 9 * 4096] = b"\xa5" * 4096
    (tmp_path / "b.sqlite").write_bytes(data)
    assert code_of(tmp_path / "b.sqlite") == "truncated"


def test_changes_that_have_not_come_to_the_file_are_not_missed(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE communities (code, name)")
    connection.commit()
    with pytest.raises(ReturnError) as caught:
        open_file(file)
    assert (caught.value.code, caught.value.values["beside"]) == ("database-unfinished", "a.sqlite-wal")
    connection.execute("INSERT INTO communities VALUES (1, '甲')")
    connection.commit()
    connection.close()  # which brings them there
    (grid,) = open_file(file).grids
    assert grid.row(1) == ["1", "甲"] and not Path(f"{file}-shm").exists()


def test_a_journal_that_is_to_be_rolled_back(tmp_path: Path) -> None:
    file = sqlite_file(tmp_path / "a.sqlite", *COMMUNITIES)
    journal = tmp_path / "a.sqlite-journal"
    journal.write_bytes(b"\0" * 512)  # one that is over
    assert len(open_file(file).grids) == 1
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 504)
    assert code_of(file) == "database-unfinished"


def test_nothing_is_written_beside_it(tmp_path: Path) -> None:
    file = sqlite_file(tmp_path / "a.sqlite", *COMMUNITIES)
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    os.chmod(file, 0o444)  # noqa: PTH101
    open_file(file)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert os.listdir(tmp_path) == ["a.sqlite"]  # noqa: PTH208


def test_a_view_that_never_ends_is_given_up(tmp_path: Path) -> None:
    endless = "CREATE VIEW v AS WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r"
    file = sqlite_file(tmp_path / "a.sqlite", *COMMUNITIES, endless)
    assert len(open_file(file).grids) == 1
    assert code_of(file, "v", seconds=1) == "database-took-too-long"


@pytest.mark.parametrize(
    ("view", "most", "code"),
    [
        ("SELECT n, n FROM r LIMIT 20000", {"rows": 10_000}, "too-many-rows"),
        ("SELECT n, n FROM r LIMIT 20000", {"cells": 10_000}, "too-many-cells"),
        ("SELECT 1 AS a, zeroblob(300000000) AS b", {}, "truncated"),
        ("SELECT 1 AS a, printf('%.*c', 3000000, 'x') AS b", {}, "line-too-long"),
        ("SELECT * FROM nowhere", {}, "table-unreadable"),
        ("SELECT load_extension('x') AS a, 1 AS b", {}, "table-unreadable"),
        ("SELECT * FROM v", {}, "table-unreadable"),
    ],
)
def test_a_view_that_asks_for_too_much(view: str, most: dict[str, int], code: str, tmp_path: Path) -> None:
    body = f"WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) {view}" if " r " in view else view
    file = sqlite_file(tmp_path / "a.sqlite", "CREATE TABLE t (a, b)", f"CREATE VIEW v AS {body}")
    assert code_of(file, "v", **most) == code


def test_very_many_tables(tmp_path: Path) -> None:
    file = sqlite_file(tmp_path / "a.sqlite", *(f"CREATE TABLE t{n} (a, b)" for n in range(30)))
    assert code_of(file, sheets=20) == "too-many-sheets"


def test_texts_of_another_encoding_are_told(tmp_path: Path) -> None:
    words = "甲社区".encode("gb18030").hex()
    found = opened(tmp_path, "CREATE TABLE t (a, b)", f"INSERT INTO t VALUES (1, CAST(x'{words}' AS TEXT))")
    assert [notice.code for notice in found.notices] == ["encoding-doubtful"]


def test_the_tables_that_an_index_of_texts_keeps_are_none(tmp_path: Path) -> None:
    try:
        found = opened(tmp_path, *COMMUNITIES, "CREATE VIRTUAL TABLE words USING fts5(t)")
    except sqlite3.OperationalError:
        pytest.skip("this SQLite has no fts5")
    assert [grid.sheet for grid in found.grids] == ["communities"] and ("words", "view") in found.left_out
