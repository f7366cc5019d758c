"""What old formats hold is read as it is: texts of every code page, numbers that no day has, errors in any language."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from xlwt.CompoundDoc import XlsDoc

from communitycheck.errors import ReturnError
from communitycheck.returns.files.open import Opened, open_file

DAYS = 16  # the style that shows a number as a day


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def label(row: int, column: int, text: bytes) -> bytes:
    return record(0x204, struct.pack("<HHHH", row, column, 15, len(text)) + text)


def rich(row: int, column: int, text: bytes) -> bytes:
    """A text whose first characters are bold."""
    runs = bytes([2, 0, 1, 2, 2])
    return record(0xD6, struct.pack("<HHHH", row, column, 15, len(text)) + text + runs)


def number(row: int, column: int, value: float, style: int = 15) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def old_book(path: Path, cells: list[bytes], codepage: int | None = 1252) -> Path:
    """A workbook of Excel 5.0/95 with one sheet."""

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHH", 0x500, kind, 0x0DBB, 0x7CC))

    def style(code: int) -> bytes:
        return record(0xE0, struct.pack("<8H", 0, code, 0xFFF5, 0x20, 0, 0, 0, 0))

    font = record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + bytes([5]) + b"Arial")
    head = begin(5)
    if codepage is not None:
        head += record(0x42, struct.pack("<H", codepage))
    head += font * 5 + record(0x41E, struct.pack("<HB", 164, 10) + b"yyyy-mm-dd") + style(0) * 16 + style(164)
    sheet = struct.pack("<IHB", len(head) + 16, 0, 1) + b"S"
    head += record(0x85, sheet) + record(0x0A, b"")
    body = begin(0x10) + record(0x200, struct.pack("<5H", 0, 9, 0, 5, 0)) + b"".join(cells) + record(0x0A, b"")
    XlsDoc().save(str(path), head + body)
    return path


def column(opened: Opened, place: int) -> list[str | None]:
    found: list[str | None] = opened.grids[0].columns[place].to_pylist()
    return found


WESTERN = ["• caf", "O’Brien – x", "Señor Müller", "“áéíóú”", "5 € · ½", "Área"]
CHINESE = ["幸福社区", "•社区", "面积（㎡）", "朱镕基路", "“引号”", "甲"]


@pytest.mark.parametrize("first", ["name", "Área", "• x"])
def test_western_texts_of_every_kind(first: str, tmp_path: Path) -> None:
    cells = [label(0, 0, first.encode("cp1252")), label(0, 1, b"area")]
    for k, text in enumerate(WESTERN, 1):
        cells += [(rich if k % 2 else label)(k, 0, text.encode("cp1252")), number(k, 1, 5)]
    opened = open_file(old_book(tmp_path / "a.xls", cells))
    assert column(opened, 0) == [first, *WESTERN]
    assert opened.encoding == "cp1252" and not opened.notices


@pytest.mark.parametrize("codepage", [1252, None, 936, 10000])
@pytest.mark.parametrize("first", ["name", "社区名称"])
def test_chinese_texts_whatever_the_file_claims(first: str, codepage: int | None, tmp_path: Path) -> None:
    texts = [text for text in CHINESE if "•" not in text]
    cells = [label(0, 0, first.encode("gbk")), label(0, 1, b"area")]
    for k, text in enumerate(texts, 1):
        cells += [(rich if k % 2 else label)(k, 0, text.encode("gbk")), number(k, 1, 5)]
    opened = open_file(old_book(tmp_path / "a.xls", cells, codepage))
    assert column(opened, 0) == [first, *texts]
    assert not opened.notices


def test_a_text_that_fits_no_encoding_is_told_with_its_cell(tmp_path: Path) -> None:
    cells = [label(0, 0, "社区名称".encode("gbk")), label(0, 1, "面积".encode("gbk"))]
    cells += [label(1, 0, "幸福社区".encode("gbk")), number(1, 1, 400)]
    cells += [label(2, 0, "平安社区".encode("gbk") + b"\xff\x95"), number(2, 1, 380)]
    opened = open_file(old_book(tmp_path / "a.xls", cells))
    assert column(opened, 1) == ["面积", "400", "380"]
    (said,) = opened.notices
    assert said.code == "encoding-doubtful" and said.values["cells"] == "A3"


ROWS = "社区名称,面积\n幸福社区,400\n"
SPOILT = {
    "a stray byte in UTF-8": (ROWS.encode() + b"\xe5\xb9\xb3\xff\xe5\xae\x89,380\n", "A3"),
    "a stray byte in GBK": (ROWS.encode("gbk") + "平安".encode("gbk") + b"\xff,380\n", "A3"),
    "a character of which half is lost": (ROWS.encode() + "平安".encode()[:-1] + b",380\n", "A3"),
    "in the last cell": (ROWS.encode() + "平安社区,".encode() + b"3\x80\n", "B3"),
    "three of them": (ROWS.encode() * 9 + b"\xff\xe5\xae\x89,3\n\xfe\xe5\xae\x89,3\n\xff\xe5\xae\x89,3\n", "A21"),
    "in a long file": (ROWS.encode() * 900 + b"\xff\xe5\xae\x89,3\n", "A1801"),
}
MIXED = {
    "GBK below UTF-8": ROWS.encode() * 4 + "平安社区,380\n和平社区,390\n".encode("gbk"),
    "UTF-8 below GBK": ROWS.encode("gbk") * 40 + "平安社区,380\n".encode(),
    "one row of UTF-8 amid GBK": ROWS.encode("gbk") + "平安社区,380\n".encode() + "和平社区,390\n".encode("gbk"),
    "half a pair of UTF-16": ("\ufeff" + ROWS).encode("utf-16-le") + b"\x00\xd8" + ",1\n".encode("utf-16-le"),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_so_is_one_of_a_text_file(kind: str, tmp_path: Path) -> None:
    data, cell = SPOILT[kind]
    file = tmp_path / "a.csv"
    file.write_bytes(data)
    said = [one for one in open_file(file).notices if one.code == "encoding-doubtful"]
    assert [cell in one.values["cells"] for one in said] == [True]


@pytest.mark.parametrize("kind", MIXED)
def test_a_mixture_is_refused_as_one(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(MIXED[kind])
    with pytest.raises(ReturnError, match="mixes encodings"):
        open_file(file)


FILLING = "".join(f"第{number}社区,{number}\n" for number in range(120_000))  # over the size read at once
LATER = {
    "one line": (["和平区滨湖社区,380\n"], "120003"),
    "lines here and there": (["南湖街道文化社区,1\n", "x,1\n", "北市街道皇寺社区,2\n"], "120003, 120005"),
    "many": (["和平区滨湖社区,380\n"] * 9, "120003, 120004, 120005, …"),
    "the last, without an end": (["和平区滨湖社区,380"], "120003"),
}


@pytest.mark.parametrize("kind", LATER)
def test_what_was_joined_far_down_is_refused_with_its_lines(kind: str, tmp_path: Path) -> None:
    lines, named = LATER[kind]
    file = tmp_path / "a.csv"
    file.write_bytes(("社区名称,户数\n甲社区,1\n" + FILLING).encode("gbk") + "".join(lines).encode())
    with pytest.raises(ReturnError) as caught:
        open_file(file)
    assert (caught.value.code, caught.value.values["lines"]) == ("mixed-encodings", named)


def test_names_in_gbk_that_might_be_utf_8_are_read(tmp_path: Path) -> None:
    """Three characters of GBK whose six bytes are two of UTF-8 as well: 浜屻€ and the like happen."""
    twins = "二三".encode().decode("gbk")
    assert len(twins) == 3
    file = tmp_path / "a.csv"
    file.write_bytes(("社区名称,户数\n" + FILLING + f"{twins},7\n").encode("gbk"))
    assert column(open_file(file), 0)[-1] == twins


@pytest.mark.parametrize(
    ("value", "shown"),
    [(-5, "-5"), (-10.25, "-10.25"), (-0.5, "-0.5"), (-1, "-1"), (-99999, "-99999"), (-2.5e6, "-2500000"),
     (45291, "2023-12-31")],
)  # fmt: skip
def test_a_number_before_the_first_day_stays_one(value: float, shown: str, tmp_path: Path) -> None:
    cells = [label(0, 0, b"name"), label(0, 1, b"area"), label(1, 0, b"x"), number(1, 1, value, DAYS)]
    assert column(open_file(old_book(tmp_path / "a.xls", cells)), 1) == ["area", shown]
