"""Parquet and Arrow files: the names of the columns are row 1, the values stand below as a person would write them."""

from __future__ import annotations

import datetime as dt
import io
import json
import warnings
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import csv, feather

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.errors import ReturnError
from communitycheck.returns.files.open import open_file
from paths import SAMPLES

SAMPLE = SAMPLES / "shenyang_liaoning_mixed.csv"
# Its title stands above the header, where such a file has nothing.
TITLES = 1
DAY = dt.date(2023, 6, 30)


def as_parquet(table: pa.Table, file: Path) -> None:
    pq.write_table(table, file)


def as_arrow(table: pa.Table, file: Path) -> None:
    with pa.ipc.new_file(str(file), table.schema) as writer:
        writer.write_table(table)


def as_feather(table: pa.Table, file: Path) -> None:
    feather.write_feather(table, file)


WRITERS: dict[str, Callable[[pa.Table, Path], None]] = {
    "parquet": as_parquet, "arrow": as_arrow, "feather": as_feather
}  # fmt: skip
writers = pytest.mark.parametrize("suffix", WRITERS)


def column(values: Any, folder: Path, suffix: str = "arrow") -> list[str | None]:
    """What becomes of a column."""
    file = folder / f"a.{suffix}"
    WRITERS[suffix](pa.table({"名称": pa.array(["甲"] * len(values)), "值": values}), file)
    (grid,) = open_file(file).grids
    assert grid.row(0) == ["名称", "值"] and grid.texts(0)[1:] == ["甲"] * len(values)
    return grid.texts(1)[1:]


VALUES: dict[str, tuple[Any, list[str | None]]] = {
    "int8": (pa.array([1, None, -3], pa.int8()), ["1", None, "-3"]),
    "int64": (pa.array([2**53 + 1, 0, 7]), ["9007199254740993", "0", "7"]),
    "float64": (pa.array([0.1 + 0.2, 400.0, None, float("nan"), 1e-7]), [
        "0.30000000000000004", "400", None, None, "0.0000001",
    ]),
    "whole floats": (pa.array([400.0, 1e15, None]), ["400", "1000000000000000", None]),
    "float32": (pa.array([0.1, 63.58], pa.float32()), ["0.1", "63.58"]),
    "infinite": (pa.array([float("inf"), 1.5]), ["inf", "1.5"]),
    "decimal": (pa.array([Decimal("12.30"), Decimal("0.00"), None]), ["12.30", "0.00", None]),
    "tiny decimal": (pa.array([Decimal("0.00000001"), Decimal("0E-8")]), ["0.00000001", "0.00000000"]),
    "bool": (pa.array([True, False, None]), ["true", "false", None]),
    "text": (pa.array(["约三百", "", " ", " a ", None]), ["约三百", None, None, " a ", None]),
    "large text": (pa.array(["甲", None], pa.large_string()), ["甲", None]),
    "dictionary": (pa.array(["甲", "乙", None, "甲"]).dictionary_encode(), ["甲", "乙", None, "甲"]),
    "numbers in a dictionary": (pa.array([3, 3, None]).dictionary_encode(), ["3", "3", None]),
    "text as bytes": (pa.array(["城市社区".encode(), None], pa.binary()), ["城市社区", None]),
    "nothing": (pa.nulls(2), [None, None]),
    "date": (pa.array([dt.date(2020, 12, 31), None]), ["2020-12-31", None]),
    "date64": (pa.array([dt.date(2020, 12, 31)], pa.date64()), ["2020-12-31"]),
    "moment": (pa.array([dt.datetime(2020, 12, 31, 8, 30), dt.datetime(2020, 12, 31)]), [
        "2020-12-31 08:30:00", "2020-12-31",
    ]),
    "moment in nanoseconds": (pa.array([1609403400123456789, None], pa.timestamp("ns")), ["2020-12-31 08:30:00", None]),
    "moment in a zone": (pa.array([1609374600], pa.timestamp("s", "Asia/Shanghai")), ["2020-12-31 08:30:00"]),
    "time": (pa.array([dt.time(8, 30), None]), ["08:30:00", None]),
    "duration": (pa.array([dt.timedelta(hours=26), None, dt.timedelta(hours=26)]), ["26:00:00", None, "26:00:00"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", VALUES)
def test_values_are_written_as_a_person_would(kind: str, tmp_path: Path) -> None:
    values, expected = VALUES[kind]
    assert column(values, tmp_path) == expected


@pytest.mark.parametrize("kind", sorted(set(VALUES) - {"date64", "duration", "nothing"}))
def test_parquet_says_the_same(kind: str, tmp_path: Path) -> None:
    values, expected = VALUES[kind]
    assert column(values, tmp_path, "parquet") == expected


@writers
@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (pa.array([[1, 2], None]), "<list>"), (pa.array([["甲、乙"], None]), "<list>"),
        (pa.array([["甲", None], None]), "<list>"), (pa.array([{"a": 1}, None]), "<struct>"),
        (pa.array([b"\xff\xfe", None], pa.binary()), "<binary>"),
        (pa.array([0, None], pa.timestamp("s", "Mars/Phobos")), "<timestamp>"),
    ],
    ids=["list", "words of several", "words and nothing", "struct", "bytes", "unknown zone"],
)  # fmt: skip
def test_what_no_cell_can_hold_is_told_by_its_kind(suffix: str, values: pa.Array, shown: str, tmp_path: Path) -> None:
    """Who needs the column is told of its cells; who does not reads the rest."""
    assert column(values, tmp_path, suffix) == [shown, None]


@writers
def test_a_list_of_words_is_written_as_people_write_one(suffix: str, tmp_path: Path) -> None:
    lists = pa.array([["智能监控", "智能门禁"], ["甲"], [], None, ["乙", "丙"]])
    assert column(lists, tmp_path, suffix) == ["智能监控、智能门禁", "甲", None, None, "乙、丙"]
    assert column(lists.slice(4), tmp_path, suffix) == ["乙、丙"]


# --- as returns


def sample() -> pa.Table:
    """A return, its figures as numbers."""
    return csv.read_csv(SAMPLE, csv.ReadOptions(skip_rows=TITLES, encoding="gb18030"))


def verdicts(path: Path, **options: Any) -> list[tuple[Any, ...]]:
    """The verdicts, without what says which file they are of."""
    report = json.loads("".join(render(check(path, as_of=DAY, **options), "json", "zh", all_verdicts=True)))
    return [(v["rule"], v["subject"], v["outcome"], v["observed"], v["at"]["row"]) for v in report["verdicts"]]


@writers
def test_a_return_is_judged_as_its_csv_is(suffix: str, tmp_path: Path) -> None:
    WRITERS[suffix](sample(), tmp_path / f"a.{suffix}")
    found = verdicts(tmp_path / f"a.{suffix}")
    assert [(*v, row + TITLES) for *v, row in found] == verdicts(SAMPLE) and len(found) > 20
    assert {row for *_, row in found} >= {2, 3}


@writers
def test_the_content_decides_not_the_suffix(suffix: str, tmp_path: Path) -> None:
    WRITERS[suffix](sample(), tmp_path / "a.xlsx")
    opened = open_file(tmp_path / "a.xlsx")
    assert opened.format == ("parquet" if suffix == "parquet" else "arrow")
    assert opened.encoding is None and opened.grids[0].n_rows == sample().num_rows + 1


def test_in_folders_and_archives_by_several_processes_and_from_the_cache(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for suffix, write in WRITERS.items():
        write(sample(), folder / f"{suffix}.{suffix}")
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        for suffix in WRITERS:
            archive.write(folder / f"{suffix}.{suffix}", f"区/{suffix}.{suffix}")
    (folder / "bad.parquet").write_bytes((folder / "parquet.parquet").read_bytes()[:-200])

    def judged(**options: Any) -> str:
        return "".join(render(check(folder, as_of=DAY, **options), "json", "zh", all_verdicts=True))

    plain = judged(jobs=1)
    report = json.loads(plain)
    assert len(report["run"]["returns"]) == 1  # of six that hold the same tables
    assert [(Path(e["path"]).name, e["code"]) for e in report["unread"]] == [("bad.parquet", "truncated")]
    assert judged(jobs=2) == plain
    assert judged(jobs=2, cache=tmp_path / "cache") == plain == judged(jobs=1, cache=tmp_path / "cache")


# --- what is broken, locked or a bomb


def spoilt(suffix: str, folder: Path) -> list[bytes]:
    file = folder / f"whole.{suffix}"
    WRITERS[suffix](sample(), file)
    data = file.read_bytes()
    middle = len(data) // 2
    return [
        data[:12], data[: len(data) // 3], data[:-1], data[:middle] + bytes(400) + data[middle + 400 :],
        data[:-40] + bytes(20) + data[-20:], data[:100] + b"\xff" * 200 + data[300:],
    ]  # fmt: skip


@writers
def test_what_is_damaged_ends_in_one_error_or_a_grid(suffix: str, tmp_path: Path) -> None:
    codes = []
    for data in spoilt(suffix, tmp_path):
        file = tmp_path / f"a.{suffix}"
        file.write_bytes(data)
        try:
            open_file(file)
        except ReturnError as trouble:
            codes.append(trouble.code)
    assert codes[:3] == ["truncated"] * 3
    assert set(codes) <= {"truncated", "arrow-too-large", "too-many-columns", "no-cells"}


def test_few_bytes_that_stand_for_very_many_rows(tmp_path: Path) -> None:
    sink = io.BytesIO()
    part = pa.table({"a": pa.array([7]).take(pa.array([0] * 1_000_000))})
    with pq.ParquetWriter(sink, part.schema, compression="zstd") as writer:
        for _ in range(40):
            writer.write_table(part)
    file = tmp_path / "bomb.parquet"
    file.write_bytes(sink.getvalue())
    assert len(sink.getvalue()) < 200_000
    with pytest.raises(ReturnError) as caught:
        open_file(file)
    assert caught.value.code == "arrow-too-large"


def test_text_that_swells(tmp_path: Path) -> None:
    table = pa.table({"a": pa.array(["字" * 10_000]).take(pa.array([0] * 9_000))})
    as_parquet(table, tmp_path / "a.parquet")
    with pytest.raises(ReturnError) as caught:
        open_file(tmp_path / "a.parquet")
    assert caught.value.code == "arrow-too-large"


def test_an_encrypted_file_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PARE" + (90).to_bytes(4, "little") + bytes(90) + b"PARE")
    with pytest.raises(ReturnError) as caught:
        open_file(tmp_path / "a.parquet")
    assert caught.value.code == "password-protected"


@writers
def test_no_rows_and_no_columns(suffix: str, tmp_path: Path) -> None:
    WRITERS[suffix](sample().slice(0, 0), tmp_path / f"rows.{suffix}")
    WRITERS[suffix](pa.table({}), tmp_path / f"columns.{suffix}")
    assert open_file(tmp_path / f"rows.{suffix}").grids[0].n_rows == 1
    found = {Path(e.path).stem: e.code for e in check(tmp_path, as_of=DAY).unread}
    assert found == {"rows": "no-records", "columns": "no-cells"}


def test_more_columns_than_a_spreadsheet_has(tmp_path: Path) -> None:
    as_arrow(pa.table({f"c{i}": pa.nulls(1, pa.int8()) for i in range(16_385)}), tmp_path / "a.arrow")
    with pytest.raises(ReturnError) as caught:
        open_file(tmp_path / "a.arrow")
    assert caught.value.code == "too-many-columns"


@pytest.mark.parametrize(
    "rows", [50_000, *(pytest.param(n, marks=pytest.mark.slow) for n in (30_000, 70_000, 120_000))]
)
def test_no_size_of_an_honest_file_is_taken_for_a_bomb(rows: int, tmp_path: Path) -> None:
    """Arrow's allocators reserve a gigabyte where they can, which a limit of memory counts as used."""
    figures = np.random.default_rng(rows).random(rows)
    as_parquet(pa.table({f"值{k}": figures + k for k in range(12)}), tmp_path / "a.parquet")
    (grid,) = open_file(tmp_path / "a.parquet").grids
    assert (grid.n_rows, grid.n_columns) == (rows + 1, 12)


def test_arrow_without_an_index_at_its_end(tmp_path: Path) -> None:
    table = pa.table({"名称": ["甲", "乙"], "值": [400.0, 350.5]})
    with pa.ipc.new_stream(str(tmp_path / "a.arrow"), table.schema) as writer:
        writer.write_table(table)
    (grid,) = open_file(tmp_path / "a.arrow").grids
    assert grid.rows(0, 2) == [["名称", "值"], ["甲", "400"], ["乙", "350.5"]]


@pytest.mark.parametrize("start", [b"PAR1", b"PAR1PAR1"])
def test_a_parquet_file_of_which_little_came(start: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(start)
    with pytest.raises(ReturnError) as caught:
        open_file(tmp_path / "a.parquet")
    assert caught.value.code == "truncated"


def test_the_first_feather(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        feather.write_feather(pa.table({"名称": ["甲"], "户数": [3]}), tmp_path / "a.feather", version=1)
    assert open_file(tmp_path / "a.feather").grids[0].head(2) == [["名称", "户数"], ["甲", "3"]]


def test_texts_that_begin_like_such_a_file_stay_texts(tmp_path: Path) -> None:
    for text in ("PAR1,户数\n甲,3\n", "ARROW1,户数\n甲,3\n", "FEA1,b\n1,2\n"):
        (tmp_path / "a.csv").write_text(text, encoding="utf-8")
        assert open_file(tmp_path / "a.csv").format == "csv"


def test_many_rows_are_read_by_the_column(tmp_path: Path) -> None:
    table = pa.concat_tables([sample()] * 2_000)
    as_parquet(table, tmp_path / "a.parquet")
    grid = open_file(tmp_path / "a.parquet").grids[0]
    assert grid.n_rows == table.num_rows + 1 > 20_000
    assert grid.cell(grid.n_rows - 1, 2) == str(table.column(2)[-1].as_py())
