"""Large texts: those that are recoded first read as they do row by row, and what is over a limit is not read at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.errors import ReturnError
from communitycheck.returns.files.formats.text import delimited
from communitycheck.returns.files.open import Opened, open_file
from communitycheck.returns.files.over_limit import limits

TABLE = "县区,社区名称,户数,备注\n" + "".join(f"和平区,第{i}社区,{i},第{i}次\n" for i in range(45_000))
KINDS = {
    "utf-16": TABLE.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
    "utf-16-le": TABLE.encode("utf-16-le"),
    "utf-8": TABLE.replace("\n", "\r").encode(),
    "gb18030": TABLE.replace("\n", "\r").encode("gb18030"),
}


def content(opened: Opened) -> list[list[str | None]]:
    (grid,) = opened.grids
    return [column.to_pylist() for column in grid.columns]


@pytest.mark.parametrize("encoding", KINDS)
def test_what_is_recoded_reads_as_row_by_row(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(KINDS[encoding])
    with limits(irregular=1_000):  # none of it is read row by row
        at_once = open_file(file)
    monkeypatch.setattr(delimited, "LARGE", 1 << 40)
    by_rows = open_file(file)
    assert (content(at_once), at_once.encoding) == (content(by_rows), by_rows.encoding)
    assert at_once.encoding == encoding


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("社区名称,户数\n甲社区,12\n" + "甲" * 90_000, "line-too-long"),
        ("社区名称,户数\n" + "甲社区,12\n" * 150_000, "too-many-rows"),
        ("社区名称,户数\n" + "甲社区,12\n" * 99_000, "too-many-cells"),
        ("社区名称,户数\n" + "甲社区,12\n乙社区\n" * 40_000 + '"丙社区,1\n', "text-irregular"),
        (",".join(f"第{i}项" for i in range(60)) + "\n" + ",".join(map(str, range(60))) + "\n", "too-many-columns"),
    ],
)
def test_what_is_over_a_limit_says_which_and_how_it_is_raised(text: str, code: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text, "utf-8")
    with limits(line="64KB", rows=100_000, cells=190_000, irregular=50_000, columns=50), pytest.raises(
        ReturnError
    ) as caught:
        open_file(file)
    assert caught.value.code == code
    assert f"--limit {caught.value.values['limit']}=N" in str(caught.value)
    assert len(str(caught.value)) < 500


LONG_CELLS = {
    "quoted": ('社区名称,户数,备注\n甲社区,12,"{}"\n乙社区,13,短\n', "utf-8", 140_000),
    "bare": ("社区名称,户数,备注\n甲社区,12,{}\n乙社区,13,短\n", "utf-8", 140_000),
    "in the last row": ("社区名称,户数,备注\n乙社区,12,短\n甲社区,13,{}", "utf-8", 200_000),
    "of tabs": ("社区名称\t户数\t备注\n甲社区\t12\t{}\n乙社区\t13\t短\n", "utf-8", 140_000),
    "of semicolons": ("社区名称;户数;备注\n甲社区;12;{}\n乙社区;13;短\n", "utf-8", 140_000),
    "in GBK": ('社区名称,户数,备注\n甲社区,12,"{}"\n乙社区,13,短\n', "gb18030", 300_000),
    "in UTF-16": ("社区名称\t户数\t备注\n甲社区\t12\t{}\n乙社区\t13\t短\n", "utf-16", 300_000),
    "beside a quote alone": ('社区名称,户数,备注\n甲社区,12,{}\n乙社区,13,5" 管\n', "utf-8", 140_000),
    "in a page": ("<table><tr><td>社区名称<td>户数<td>备注<tr><td>甲社区<td>12<td>{}<tr><td>乙<td>13<td>短</table>",
                  "utf-8", 140_000),
}  # fmt: skip


@pytest.mark.parametrize("kind", LONG_CELLS)
def test_a_cell_longer_than_csv_readers_take_is_read(kind: str, tmp_path: Path) -> None:
    text, encoding, length = LONG_CELLS[kind]
    file = tmp_path / ("a.html" if "<table>" in text else "a.csv")
    file.write_bytes(text.format("长" * length).encode(encoding))
    (grid,) = open_file(file).grids
    assert grid.columns[1].to_pylist() == ["户数", "12", "13"]
    assert length in [len(cell or "") for cell in grid.columns[2].to_pylist()]
