"""Traps that are large, or pretend to be: each is written to a file at a size, the full one and one for every day.

What they may end with is ``read``, or one of the codes of a refusal.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from fuzz.traps import BOOK, GOOD_CSV, HEADER, ODS_CELL, RECORD, TYPES, ods, xlsx, zipped

MB = 1 << 20
_BLOCK = 1 << 20


class Big(NamedTuple):
    """A trap: its name, suffix, what writes it at a size, the size it was met at, one for every day, and the codes with
    which it may end."""

    name: str
    suffix: str
    write: Callable[[Path, int], None]
    full: int
    small: int
    codes: tuple[str, ...]


def _repeated(piece: bytes, before: bytes = b"", after: bytes = b"") -> Callable[[Path, int], None]:
    """A file of so many bytes that says one thing over and over."""
    block = piece * max(1, _BLOCK // len(piece))

    def write(path: Path, size: int) -> None:
        with path.open("wb") as sink:
            sink.write(before)
            while sink.tell() + len(block) <= size:
                sink.write(block)
            sink.write(piece * max(0, (size - sink.tell()) // len(piece)))
            sink.write(after)

    return write


def holes(path: Path, size: int) -> None:
    """A file that takes no place on the disk and reads as NUL bytes."""
    with path.open("wb") as sink:
        sink.truncate(size)


def holes_after_text(path: Path, size: int) -> None:
    with path.open("wb") as sink:
        sink.write(GOOD_CSV * 4000)
        sink.truncate(size)


def unclosed(path: Path, size: int) -> None:
    """A table whose second record opens a quote that nobody closes."""
    _repeated("幸福社区,1200,3100\n".encode(), GOOD_CSV + '"乙社区,1200,3100\n'.encode())(path, size)


def unclosed_late(path: Path, size: int) -> None:
    line = "幸福社区,1200,3100\n".encode()
    _repeated(line, GOOD_CSV, '"乙社区,1200,3100\n'.encode() + line * 1000)(path, size)


def columns(known: bool) -> Callable[[Path, int], None]:
    names = ["户数", "常住人口", "党员数", "综合服务设施面积", "社区名称", "县区", "工作人员数", "驻区单位数"]

    def write(path: Path, size: int) -> None:
        heads = [names[i % len(names)] if known else f"栏{i}项" for i in range(size)]
        rows = [",".join(str(r * 7 + i) for i in range(size)) for r in range(5)]
        path.write_text("\n".join([",".join(heads), *rows]) + "\n", encoding="utf-8")

    return write


def wide_xlsx(known: bool) -> Callable[[Path, int], None]:
    def write(path: Path, size: int) -> None:
        import xlsxwriter

        names = ["户数", "常住人口", "党员数", "综合服务设施面积", "社区名称", "县区", "工作人员数", "驻区单位数"]
        with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            for i in range(size):
                sheet.write_string(0, i, names[i % len(names)] if known else f"栏{i}项")
            for r in range(1, 6):
                for i in range(size):
                    sheet.write_number(r, i, r * 7 + i)

    return write


def sheets(path: Path, size: int) -> None:
    """A workbook of so many sheets, a table on each."""
    one = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + HEADER + RECORD
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        named = "".join(f'<sheet name="表{i}" sheetId="{i}" r:id="rId{i}"/>' for i in range(1, size + 1))
        archive.writestr("xl/workbook.xml", BOOK.format(doctype="", sheets=named))
        links = "".join(
            f'<Relationship Id="rId{i}" Type="{kind}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, size + 1)
        )
        head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        archive.writestr("xl/_rels/workbook.xml.rels", head + links + "</Relationships>")
        for i in range(1, size + 1):
            archive.writestr(f"xl/worksheets/sheet{i}.xml", one + "</sheetData></worksheet>")


def wide_sheets(path: Path, size: int) -> None:
    """A workbook of so many sheets with 16,384 columns each."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        for _ in range(size):
            sheet = book.add_worksheet()
            for i in range(16_384):
                sheet.write_number(0, i, i)


def members(path: Path, size: int) -> None:
    path.write_bytes(zipped({f"{i}.csv": GOOD_CSV for i in range(size)}))


def nested_members(path: Path, size: int) -> None:
    """An archive of archives: so many returns in some kilobytes, since equal archives are packed to almost nothing."""
    inner = zipped({f"{i}.csv": GOOD_CSV for i in range(100)})
    path.write_bytes(zipped({"a.zip": zipped({f"{i}.zip": inner for i in range(max(1, size // 100))})}))


def nested_books(path: Path, size: int) -> None:
    """The same with workbooks that take long to read."""
    book = xlsx(HEADER + RECORD + "".join(f'<row r="{r}"/>' for r in range(3, 200_000)))
    inner = zipped({f"{i}.xlsx": book for i in range(10)})
    path.write_bytes(zipped({f"{i}.zip": inner for i in range(max(1, size // 10))}))


def zip_of_zeros(path: Path, size: int) -> None:
    book = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with book as archive, archive.open("a.csv", "w", force_zip64=True) as sink:
        for _ in range(size // _BLOCK):
            sink.write(bytes(_BLOCK))


def deep_folders(path: Path, size: int) -> None:
    """A member under very many folders."""
    path.write_bytes(zipped({"甲/" * size + "a.csv": GOOD_CSV}))


def merged(path: Path, size: int) -> None:
    ranges = "".join(f'<mergeCell ref="D{r}:E{r}"/>' for r in range(3, size + 3))
    path.write_bytes(xlsx(after=f"<mergeCells>{ranges}</mergeCells>"))


def comments(path: Path, size: int) -> None:
    """A sheet with a comment at each of very many cells."""
    listed = "".join(
        f'<comment ref="D{r}" authorId="0"><text><t>未统计</t></text></comment>' for r in range(2, size + 2)
    )
    body = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>a</author>'
        f"</authors><commentList>{listed}</commentList></comments>"
    )
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" '
        'Target="../comments1.xml"/></Relationships>'
    )
    parts = {"xl/comments1.xml": body.encode(), "xl/worksheets/_rels/sheet1.xml.rels": link.encode()}
    path.write_bytes(xlsx(more=parts))


def styles(path: Path, size: int) -> None:
    listed = '<xf numFmtId="10"/>' * size
    body = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<cellXfs count="{size}">{listed}</cellXfs></styleSheet>'
    )
    path.write_bytes(xlsx(more={"xl/styles.xml": body.encode()}))


def ods_columns(path: Path, size: int) -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1">'
    row = f'<table:table-row>{cell}<text:p>1</text:p></table:table-cell></table:table-row>'
    path.write_bytes(ods("<table:table-row>" + ODS_CELL.format("社区名称") * 3 + "</table:table-row>" + row * size))


def ods_rows(path: Path, size: int) -> None:
    row = f'<table:table-row table:number-rows-repeated="{size}">' + ODS_CELL.format("幸福社区") * 3
    head = "<table:table-row>" + ODS_CELL.format("社区名称") * 3 + "</table:table-row>"
    path.write_bytes(ods(head + row + "</table:table-row>"))


def nested_tables(path: Path, size: int) -> None:
    cell = "<table><tr><td>社区名称</td><td>户数</td></tr><tr><td>甲社区</td><td>{}</td></tr></table>"
    text = "1"
    for _ in range(size):
        text = cell.format(text)
    path.write_bytes(f"<html><body>{text}</body></html>".encode())


def many_tables(path: Path, size: int) -> None:
    cell = "<table><tr><td>社区名称</td><td>户数</td></tr><tr><td>甲社区</td><td>12</td></tr></table>"
    path.write_bytes(f"<html><body>{cell * size}</body></html>".encode())


def lying_parquet(path: Path, size: int) -> None:
    """A footer that says it is as long as the file claims to be, or longer."""
    path.write_bytes(b"PAR1" + b"\x00" * 64 + struct.pack("<I", size) + b"PAR1")


def repeating_parquet(path: Path, size: int) -> None:
    """One value so many times, in some kilobytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    column = pa.array(["幸福社区"]).take(pa.array([0] * min(size, 1_000_000)))
    many = pa.chunked_array([column] * max(1, size // len(column)))
    pq.write_table(pa.table({"社区名称": many, "户数": many, "常住人口": many}), path)


def uneven(path: Path, size: int) -> None:
    """Very many tiny rows, of different lengths."""
    with path.open("wb") as sink:
        sink.write(GOOD_CSV)
        lines = [b"a" + b",1" * (i % 7) + b"\n" for i in range(1000)]
        for _ in range(size // 1000):
            sink.write(b"".join(lines))


def utf16(path: Path, size: int) -> None:
    """An honest table as Excel's “Unicode text”."""
    line = "幸福社区\t1200\t3100\r\n"
    path.write_text("社区名称\t户数\t常住人口\r\n" + line * (size // (2 * len(line))), encoding="utf-16")


BIG: tuple[Big, ...] = (
    Big("one number", "csv", _repeated(b"7"), 500_000_000, 3_000_000, ("line-too-long",)),
    Big("one number below a header", "csv", _repeated(b"7", GOOD_CSV + b"a,"), 20_000_000, 3_000_000,
        ("line-too-long",)),
    Big("one figure a line", "csv", _repeated(b"7\n"), 500_000_000, 3_000_000, ("text-irregular",)),
    Big("a line without a comma", "csv", _repeated("字".encode(), GOOD_CSV), 100_000_000, 3_000_000,
        ("line-too-long",)),
    Big("a million columns", "csv", _repeated(b"1,"), 2_000_000, 200_000, ("line-too-long",)),
    Big("blank cells alone", "csv", _repeated(b",,,,,,,\n", b"a,b,c,d,e,f,g,h\n"), 500_000_000, 3_000_000,
        ("too-many-rows", "too-many-cells")),
    Big("an unclosed quote", "csv", unclosed, 90_000_000, 3_000_000, ("text-irregular", "read")),
    Big("an unclosed quote near the end", "csv", unclosed_late, 90_000_000, 3_000_000, ("text-irregular", "read")),
    Big("holes", "csv", holes, 2 << 30, 3_000_000, ("empty-file",)),
    Big("holes after text", "csv", holes_after_text, 2 << 30, 3_000_000, ("line-too-long",)),
    Big("uneven rows", "csv", uneven, 1_000_000, 20_000, ("text-irregular",)),
    Big("UTF-16", "txt", utf16, 60_000_000, 2_000_000, ("read",)),
    Big("lines that end in CR alone", "csv", _repeated(b"a,1,2\r", b"a,b,c\r"), 100_000_000, 2_000_000,
        ("too-many-rows", "too-many-cells")),
    Big("known headers", "csv", columns(True), 16_384, 400, ("too-many-columns",)),
    Big("unknown headers", "csv", columns(False), 16_384, 400, ("too-many-columns",)),
    Big("known headers in a workbook", "xlsx", wide_xlsx(True), 16_384, 400, ("too-many-columns",)),
    Big("unknown headers in a workbook", "xlsx", wide_xlsx(False), 16_384, 400, ("too-many-columns",)),
    Big("sheets", "xlsx", sheets, 5_000, 150, ("too-many-sheets",)),
    Big("wide sheets", "xlsx", wide_sheets, 300, 3, ("too-many-columns", "too-large")),
    Big("merged ranges", "xlsx", merged, 200_000, 10_000, ("read",)),
    Big("comments", "xlsx", comments, 1_000_000, 20_000, ("read",)),
    Big("styles", "xlsx", styles, 10_000_000, 100_000, ("read", "too-large")),
    Big("nested archives", "zip", nested_members, 10_000, 500, ("archive-took-too-long", "too-many-members", "read")),
    Big("nested archives of workbooks", "zip", nested_books, 300, 20, ("archive-took-too-long", "read")),
    Big("members", "zip", members, 100_000, 300, ("too-many-members",)),
    Big("zeros", "zip", zip_of_zeros, 10 << 30, 80 << 20, ("empty-file", "archive-too-large")),
    Big("folders", "zip", deep_folders, 16_000, 1_000, ("read",)),
    Big("ods columns", "ods", ods_columns, 1_000, 3, ("too-many-columns", "too-many-cells", "too-large")),
    Big("ods rows", "ods", ods_rows, 1_048_575, 20_000, ("read", "took-too-long", "too-large")),
    Big("nested tables", "html", nested_tables, 5_000, 100, ("read",)),
    Big("many tables", "html", many_tables, 100_000, 300, ("read", "text-irregular")),
    Big("a lying footer", "parquet", lying_parquet, 0x7FFFFFFF, 1_000, ("truncated",)),
    Big("one value over and over", "parquet", repeating_parquet, 100_000_000, 20_000,
        ("read", "arrow-too-large", "too-many-cells")),
)
