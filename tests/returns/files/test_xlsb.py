"""What an xlsb says of its cells besides their values; the files are put together record by record."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from communitycheck.returns.files.formats import workbook
from communitycheck.returns.files.open import open_file
from communitycheck.returns.grid import cell_name

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# Numbers of the cell styles in ``styles``.
PLAIN, PERCENT, OWN_PERCENT, LITERAL, STRUCK = range(5)


def record(kind: int, data: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = bytes([len(data)]) if len(data) < 0x80 else bytes([len(data) & 0x7F | 0x80, len(data) >> 7])
    return number + length + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0)) + b"".join(cells)


def cell(kind: int, column: int, value: bytes, style: int = PLAIN) -> bytes:
    return record(kind, struct.pack("<II", column, style) + value)


def figure(column: int, value: float, style: int = PLAIN) -> bytes:
    return cell(5, column, struct.pack("<d", value), style)


def text(column: int, value: str) -> bytes:
    return cell(6, column, wide(value))


def error(column: int, code: int) -> bytes:
    return cell(3, column, bytes([code]))


def calculated(column: int, value: float, style: int = PLAIN) -> bytes:
    return cell(9, column, struct.pack("<dHI", value, 0, 0) + struct.pack("<I", 0), style)


def failed(column: int, code: int) -> bytes:
    return cell(11, column, bytes([code]) + struct.pack("<HII", 0, 0, 0))


def styles() -> bytes:
    codes = {170: "0.0%;-0.0%", 171: '0"%"'}
    formats = [record(44, struct.pack("<H", number) + wide(code)) for number, code in codes.items()]
    shown = ((0, 0), (9, 0), (170, 0), (171, 0), (0, 1))
    cells = [record(47, struct.pack("<HHH", 0, number, font) + bytes(10)) for number, font in shown]
    fonts = [record(43, struct.pack("<HH", 220, grbit) + bytes(17)) for grbit in (0, 0x08)]
    # The styles that cells build on come first, and count for nothing.
    base = record(626) + record(47, struct.pack("<HH", 0xFFFF, 9) + bytes(12)) + record(627)
    return (
        record(278) + record(615, struct.pack("<I", len(formats))) + b"".join(formats) + record(616)
        + record(611) + b"".join(fonts) + record(612) + base
        + record(617, struct.pack("<I", len(cells))) + b"".join(cells) + record(618) + record(279)
    )  # fmt: skip


def xlsb(path: Path, *rows: bytes, columns: bytes = b"", merged: bytes = b"", end: bytes = b"",
         comments: bytes = b"") -> Path:  # fmt: skip
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("表"))
    book += record(144) + record(132)
    size = record(148, struct.pack("<IIII", 0, 9, 0, 9))
    sheet = record(129) + size + columns + record(145) + b"".join(rows) + record(146) + merged + record(130) + end
    kinds = (("rId1", "worksheet", "worksheets/sheet1.bin"), ("rId2", "styles", "styles.bin"))
    relations = "".join(f'<Relationship Id="{i}" Type="{_RELATIONS}/{kind}" Target="{to}"/>' for i, kind, to in kinds)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>')
        archive.writestr("xl/styles.bin", styles())
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        if comments:
            own = f'<Relationship Id="rId1" Type="{_RELATIONS}/comments" Target="../comments1.bin"/>'
            rels = f'<Relationships xmlns="{_PACKAGE}">{own}</Relationships>'
            archive.writestr("xl/worksheets/_rels/sheet1.bin.rels", rels)
            archive.writestr("xl/comments1.bin", comments)
    return path


def everything(path: Path) -> Path:
    return xlsb(
        path,
        row(0, text(0, "合并的标题")),
        row(1, text(0, "甲"), figure(1, 0.95, PERCENT), error(2, 0x07), figure(3, 95)),
        row(2, text(0, "乙"), calculated(1, 0.5, OWN_PERCENT), failed(2, 0x2A), figure(3, 80, LITERAL), hidden=True),
        row(4, text(0, "丙"), figure(1, 3), error(2, 0x17), error(4, 0x1D)),
        columns=record(390) + record(60, struct.pack("<IIIIH", 3, 4, 2000, 0, 1)) + record(391),
        merged=record(177) + record(176, struct.pack("<IIII", 0, 0, 0, 3)) + record(178),
    )


@pytest.mark.parametrize("size", ["small", "large"])
def test_everything_that_the_file_says(size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if size == "large":
        monkeypatch.setattr(workbook, "LARGE", 0)
    found = open_file(everything(tmp_path / "a.xlsb"))
    grid = found.grids[0]
    assert grid.rows(0, 4) == [
        ["合并的标题", None, None, None, None],
        ["甲", "0.95", "#DIV/0!", "95", None],
        ["乙", "0.5", "#N/A", "80%", None],
        [None, None, None, None, None],
        ["丙", "3", "#REF!", None, "#NAME?"],
    ]
    assert sorted(cell_name(*place) for place in grid.percent or ()) == ["B2", "B3"]
    assert grid.merged == [(0, 0, 0, 3)]
    assert grid.hidden_rows == [2]
    assert grid.hidden_columns == [(3, 4)]
    assert found.notices == []


def test_what_is_written_over_its_cells(tmp_path: Path) -> None:
    at = record(635, struct.pack("<IIIII", 0, 1, 1, 1, 1) + bytes(16))
    said = record(637, b"\0" + wide("尚未建成"))
    comments = record(628) + record(633) + at + said + record(636) + record(634) + record(629)
    rows = row(0, text(0, "甲"), figure(1, 3, STRUCK)), row(1, text(0, "乙"), figure(1, 4))
    grid = open_file(xlsb(tmp_path / "a.xlsb", *rows, comments=comments)).grids[0]
    assert grid.struck == {(0, 1)}
    assert grid.comments == {(1, 1): "尚未建成"}


def test_where_its_records_cannot_be_followed_that_is_said(tmp_path: Path) -> None:
    cut = record(176, bytes(40))[:-3]
    found = open_file(xlsb(tmp_path / "a.xlsb", row(0, text(0, "甲"), figure(1, 0.5, PERCENT)), end=cut))
    assert found.grids[0].rows(0, 0) == [["甲", "0.5"]]
    assert [notice.code for notice in found.notices] == ["values-only"]
