"""Files made to trap a reader: each a name, its bytes, and the codes with which it may end (``read`` is a return)."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}"/></Relationships>'
)
BOOK = (
    '<?xml version="1.0"?>{doctype}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>'
)
ONE_SHEET = '<sheet name="社区" sheetId="1" r:id="rId1"/>'
SHEET = (
    '<?xml version="1.0"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "{dimension}<sheetData>{rows}</sheetData>{after}</worksheet>"
)
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10)
) + "]>"  # fmt: skip
OUTSIDE = "<!DOCTYPE x [<!ENTITY a9 SYSTEM 'file:///etc/passwd'>]>"


def text_cell(ref: str, text: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = '<row r="1">' + text_cell("A1", "社区名称") + text_cell("B1", "户数") + text_cell("C1", "常住人口") + "</row>"
RECORD = '<row r="2">' + text_cell("A2", "幸福社区") + '<c r="B2"><v>1200</v></c><c r="C2"><v>3100</v></c></row>'


def xlsx(
    rows: str = HEADER + RECORD, *, doctype: str = "", book_doctype: str = "", dimension: str = "", after: str = "",
    sheets: str = ONE_SHEET, target: str = "worksheets/sheet1.xml", more: dict[str, bytes] | None = None,
) -> bytes:  # fmt: skip
    """A minimal workbook; ``rows`` is the XML of its rows."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS.format(kind="officeDocument", target="xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", BOOK.format(doctype=book_doctype, sheets=sheets))
        archive.writestr("xl/_rels/workbook.xml.rels", RELS.format(kind="worksheet", target=target))
        sheet = SHEET.format(doctype=doctype, dimension=dimension, rows=rows, after=after)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return sink.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return sink.getvalue()


GOOD_CSV = "社区名称,户数,常住人口\n幸福社区,1200,3100\n".encode()


def quine_like() -> bytes:
    """Archives within archives, deeper than anybody files returns."""
    data = zipped({"a.csv": GOOD_CSV})
    for level in range(12):
        data = zipped({f"{level}.zip": data, f"{level}.csv": GOOD_CSV})
    return data


def lying_zip() -> bytes:
    """A member whose directory says it is small and which unpacks to much."""
    data = bytearray(zipped({"a.csv": GOOD_CSV + b"1," * 4_000_000}))
    size = struct.pack("<I", len(GOOD_CSV) + 8_000_000)
    return bytes(data.replace(size, struct.pack("<I", 100)))


def own_copy_zip() -> bytes:
    """An archive whose directory names one member a thousand times."""
    data = zipped({"a.csv": GOOD_CSV})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    count = 1000
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, start, 0)
    return data[:start] + entry * count + tail


def biff(*records: tuple[int, bytes]) -> bytes:
    """A bare BIFF5 stream."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


def biff5(codepage: int, cells: list[tuple[int, int, str | float]], encoding: str) -> bytes:
    """A BIFF5 workbook of one sheet in an old code page."""
    name = "表".encode("gbk")
    bof_book, bof_sheet = struct.pack("<HHHH", 0x0500, 5, 0, 0), struct.pack("<HHHH", 0x0500, 16, 0, 0)
    page = struct.pack("<H", codepage)

    def book(at: int) -> bytes:
        sheet = struct.pack("<IHB", at, 0, len(name)) + name
        return biff((0x0809, bof_book), (0x0042, page), (0x0085, sheet), (0x000A, b""))

    body = [(0x0809, bof_sheet), (0x0200, struct.pack("<HHHHH", 0, 9, 0, 9, 0))]
    for row, column, value in cells:
        if isinstance(value, str):
            raw = value.encode(encoding)
            body.append((0x0204, struct.pack("<HHHH", row, column, 0, len(raw)) + raw))
        else:
            body.append((0x0203, struct.pack("<HHHd", row, column, 0, value)))
    return book(len(book(0))) + biff(*body, (0x000A, b""))


def _cells() -> list[tuple[int, int, str | float]]:
    return [(0, 0, "社区名称"), (0, 1, "户数"), (0, 2, "常住人口"), (1, 0, "幸福社区"), (1, 1, 1200.0), (1, 2, 3100.0)]


def deep_html() -> bytes:
    return b"<html><body>" + b"<table><tr><td>" * 20_000 + b"1" + b"</td></tr></table>" * 20_000 + b"</body></html>"


def wide_html() -> bytes:
    """A cell that says it covers a hundred million others."""
    return (
        "<html><table><tr><td colspan='100000000' rowspan='100000000'>社区名称</td></tr>"
        "<tr><td>幸福社区</td><td>1200</td></tr></table></html>"
    ).encode()


def xml_book(doctype: str = "", data: str = "幸福社区") -> bytes:
    return (
        f'<?xml version="1.0"?>{doctype}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>'
        '<Row><Cell><Data ss:Type="String">社区名称</Data></Cell><Cell><Data ss:Type="String">户数</Data></Cell></Row>'
        f'<Row><Cell><Data ss:Type="String">{data}</Data></Cell><Cell><Data ss:Type="Number">1</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    ).encode()


def ods(rows: str) -> bytes:
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="a">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        b'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return zipped({"mimetype": mime, "META-INF/manifest.xml": manifest, "content.xml": content.encode()})


def nested(depth: int) -> bytes:
    """Archives that hold nothing but the next one."""
    data = zipped({"a.csv": GOOD_CSV})
    for _ in range(depth):
        data = zipped({"a.zip": data})
    return data


def shared(count: int) -> bytes:
    """A table of shared strings that no cell asks for."""
    return b"<sst>" + b"".join(b"<si><t>%032d</t></si>" % i for i in range(count)) + b"</sst>"


def far_xml(attribute: str) -> bytes:
    """A book of Excel 2003 with a cell that claims two thousand million columns."""
    return xml_book().replace(b"<Cell", f'<Cell ss:{attribute}="2147483647"'.encode(), 1)


def looping_xls() -> bytes:
    """A workbook whose table of sectors leads each one to itself."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for r in range(200):
        for c in range(8):
            sheet.write(r, c, f"{r}-{c}")
    sink = io.BytesIO()
    book.save(sink)
    data = bytearray(sink.getvalue())
    (first,) = struct.unpack_from("<I", data, 76)
    at = (first + 1) * 512
    for sector in range(128):
        struct.pack_into("<I", data, at + 4 * sector, sector)
    return bytes(data)


FAR = HEADER + RECORD + '<row r="1048576">' + text_cell("AMJ1048576", "x") + "</row>"
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
SAFE = ("unreadable-file", "too-large", "truncated", "took-too-long")

Trap = tuple[str, str, Callable[[], bytes], tuple[str, ...]]
TRAPS: list[Trap] = [
    ("a cell at AMJ1048576", "xlsx", lambda: xlsx(FAR), ("cell-too-far",)),
    ("zip bomb as a part", "xlsx", lambda: xlsx(more={"xl/media/a.xml": bytes(150 << 20)}), ("too-large", "read")),
    ("zip bomb as a sheet", "xlsx", lambda: xlsx(HEADER + RECORD + " " * (150 << 20)), ("too-large",)),
    ("zip bomb as a member", "zip", lambda: zipped({"a.csv": bytes(150 << 20)}), ("archive-too-large",)),
    ("billion laughs in a sheet", "xlsx",
     lambda: xlsx(HEADER + RECORD + '<row r="3">' + text_cell("A3", "&a9;") + "</row>", doctype=LAUGHS),
     ("read", *SAFE)),
    ("billion laughs in the workbook", "xlsx", lambda: xlsx(book_doctype=LAUGHS), ("read", *SAFE)),
    ("a file from outside as an entity", "xlsx",
     lambda: xlsx(HEADER + RECORD + '<row r="3">' + text_cell("A3", "&a9;") + "</row>", doctype=OUTSIDE),
     ("read", *SAFE)),
    ("billion laughs in Excel 2003 XML", "xls", lambda: xml_book(LAUGHS, "&a9;"), ("read", "no-table", *SAFE)),
    ("outside entity in Excel 2003 XML", "xls", lambda: xml_book(OUTSIDE, "&a9;"), ("read", "no-table", *SAFE)),
    ("billion laughs in ods", "ods",
     lambda: ods("<table:table-row>" + ODS_CELL.format("&a9;") + "</table:table-row>"),
     ("no-table", "no-cells", *SAFE)),
    ("an ods row repeated two thousand million times", "ods",
     lambda: ods('<table:table-row table:number-rows-repeated="2147483647">' + ODS_CELL.format("a") * 3
                 + "</table:table-row>"), ("read", "no-table", "no-records", *SAFE)),
    ("an ods cell repeated a million times in each row", "ods",
     lambda: ods('<table:table-row table:number-rows-repeated="100000"><table:table-cell '
                  'table:number-columns-repeated="1000000" office:value-type="float" office:value="1">'
                  "<text:p>1</text:p></table:table-cell></table:table-row>"), ("read", "no-table", *SAFE)),
    ("members that point outside", "zip",
     lambda: zipped({"../../../../tmp/evil.csv": GOOD_CSV, "/etc/evil.csv": GOOD_CSV, "C:\\evil.csv": GOOD_CSV}),
     ("read",)),
    ("archives within archives", "zip", quine_like, ("read", "archives-too-deep")),
    ("a member that is larger than it says", "zip", lying_zip, ("truncated", "archive-too-large")),
    ("one member listed a thousand times", "zip", own_copy_zip, ("truncated",)),
    ("a sheet that claims all columns", "xlsx", lambda: xlsx(dimension='<dimension ref="A1:XFD1048576"/>'), ("read",)),
    ("a sheet that claims a million columns", "xlsx",
     lambda: xlsx(dimension='<dimension ref="A1:BDWGN1048576"/>'), ("read", *SAFE)),
    ("a cell in column two thousand million", "xlsx",
     lambda: xlsx(HEADER + '<row r="2"><c r="ZZZZZZZ2"><v>1</v></c></row>'),
     ("read", "no-records", "form-without-data", *SAFE)),
    ("a row two thousand million", "xlsx",
     lambda: xlsx(HEADER + '<row r="2147483648"><c r="A2147483648"><v>1</v></c></row>'),
     ("read", "no-records", "cell-too-far", *SAFE)),
    ("a merged range over the whole sheet", "xlsx",
     lambda: xlsx(after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
     ("read", "no-table", *SAFE)),
    ("half a million merged ranges", "xlsx",
     lambda: xlsx(after="<mergeCells>" + '<mergeCell ref="A3:B3"/>' * 500_000 + "</mergeCells>"), ("read", *SAFE)),
    ("tables nested 20,000 deep", "html", deep_html, ("read", "no-table", "no-cells", "not-a-spreadsheet", *SAFE)),
    ("a cell over a hundred million others", "html", wide_html, ("read", "no-table", "no-records", *SAFE)),
    ("a line of 10 MB", "csv", lambda: GOOD_CSV + b"a" * 10_000_000 + b",1,2\n", ("line-too-long",)),
    ("a line of five million cells", "csv", lambda: GOOD_CSV + b"1," * 5_000_000, ("line-too-long",)),
    ("16,000 columns", "csv",
     lambda: b"\n".join(b",".join(b"%d" % (i * k) for i in range(16_000)) for k in range(1, 5)), ("too-many-columns",)),
    ("a quote that never closes", "csv", lambda: GOOD_CSV + b'"abc,1,2\n' * 100_001, ("read",)),
    ("NUL bytes", "csv", lambda: GOOD_CSV.replace(b"1200", b"12\x0000"), ("read", "not-text")),
    ("nothing but NUL bytes", "csv", lambda: bytes(100_000), ("empty-file",)),
    ("formulas without a value, error cells", "xlsx",
     lambda: xlsx(HEADER + '<row r="2">' + text_cell("A2", "幸福社区")
                  + '<c r="B2"><f>1+1</f></c><c r="C2" t="e"><v>#REF!</v></c></row>'), ("read",)),
    ("no sheets", "xlsx", lambda: xlsx(sheets=""), ("no-cells", "unreadable-file", "truncated")),
    ("a sheet whose part is missing", "xlsx",
     lambda: xlsx(sheets=ONE_SHEET + '<sheet name="b" sheetId="2" r:id="rId9"/>'), ("read", *SAFE)),
    ("a sheet of rows that are out of order", "xlsx", lambda: xlsx(RECORD + HEADER),
     ("read", "no-records", "no-table")),
    ("BIFF5 in GBK", "xls", lambda: biff5(936, _cells(), "gbk"), ("read",)),
    ("BIFF5 that says the wrong code page", "xls", lambda: biff5(1252, _cells(), "gbk"), ("read", "no-table")),
    ("two hundred archives, one in the other", "zip", lambda: nested(200),
     ("read", "archives-too-deep", "archive-without-returns")),
    ("a hundred thousand members", "zip", lambda: zipped({f"{i}.txt": b"" for i in range(100_000)}),
     ("archive-without-returns", "archive-too-large")),
    ("a million merged ranges, each of its own", "xlsx",
     lambda: xlsx(after="<mergeCells>" + "".join(f'<mergeCell ref="A{r}:B{r}"/>' for r in range(3, 1_000_003))
                  + "</mergeCells>"), ("read", *SAFE)),
    ("half a million shared strings", "xlsx",
     lambda: xlsx(more={"xl/sharedStrings.xml": shared(500_000)}), ("read", *SAFE)),
    ("a shared string that is not there", "xlsx",
     lambda: xlsx(HEADER + RECORD + '<row r="3"><c r="A3" t="s"><v>99999999</v></c></row>'), ("read", *SAFE)),
    ("billion laughs in the shared strings", "xlsx",
     lambda: xlsx(HEADER + RECORD + '<row r="3"><c r="A3" t="s"><v>0</v></c></row>',
                  more={"xl/sharedStrings.xml": LAUGHS.encode() + b"<sst><si><t>&a9;</t></si></sst>"}),
     ("read", *SAFE)),
    ("a sheet that lies in another file", "xlsx",
     lambda: xlsx(target="../../../../../../etc/passwd"), ("read", "no-cells", *SAFE)),
    ("elements nested 200,000 deep", "xlsx", lambda: xlsx(HEADER + RECORD + "<a>" * 200_000 + "</a>" * 200_000),
     ("read", *SAFE)),
    ("a million empty rows", "xlsx",
     lambda: xlsx(HEADER + RECORD + "".join(f'<row r="{r}"/>' for r in range(3, 1_000_003))), ("read", *SAFE)),
    ("a cell of twenty million characters", "xlsx",
     lambda: xlsx(HEADER + RECORD + '<row r="3">' + text_cell("A3", "a" * 20_000_000) + "</row>"), ("read", *SAFE)),
    ("cells far out in Excel 2003 XML", "xls", lambda: far_xml("Index"), ("read", "no-table", "cell-too-far", *SAFE)),
    ("a merged cell over all in Excel 2003 XML", "xls", lambda: far_xml("MergeAcross"),
     ("read", "no-table", "cell-too-far", *SAFE)),
    ("a chain of sectors that bites its tail", "xls", looping_xls, ("read", "no-cells", *SAFE)),
    ("two hundred thousand rows of different lengths", "csv",
     lambda: GOOD_CSV + b"".join(b"a" + b",1" * (i % 40) + b"\n" for i in range(200_000)), ("text-irregular",)),
    ("a hundred thousand rows with a cell too many", "csv",
     lambda: GOOD_CSV * 60_000 + "乙社区,1,200,3,100\n".encode() * 50_000, ("read",)),
    ("quotes in every cell that do not pair", "csv", lambda: GOOD_CSV + b'"a""b"c,"d"e"f,1\n' * 50_000,
     ("read", "no-table")),
    ("a quote alone in every row", "csv", lambda: GOOD_CSV * 1000 + '幸"福社区,"12,"31\n'.encode() * 20_001, ("read",)),
    ("nothing but delimiters", "csv", lambda: b",\n" * 1_000_000, ("no-cells", "no-table", "empty-file")),
    ("a gzip", "xls", lambda: gzip.compress(GOOD_CSV), ("not-a-spreadsheet",)),
]  # fmt: skip


def password_xls() -> bytes:
    """A BIFF8 stream that begins with the record of a password."""
    bof = struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)
    filepass = struct.pack("<HHH", 1, 1, 1) + bytes(48)
    return biff((0x0809, bof), (0x002F, filepass), (0x000A, b""))


def password_xlsx() -> bytes:
    """What Excel writes for a workbook with a password: an OLE file that holds an encrypted package."""
    names = ("Root Entry", "EncryptedPackage", "EncryptionInfo")
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entries + bytes(4096)


def _ods() -> bytes:
    rows = (("社区名称", "户数"), ("幸福社区", "1200"))
    cells = ("".join(map(ODS_CELL.format, row)) for row in rows)
    return ods("".join(f"<table:table-row>{line}</table:table-row>" for line in cells))


TRAPS += [
    ("a password on an xls", "xls", password_xls, ("password-protected",)),
    ("a password on an xlsx", "xlsx", password_xlsx, ("password-protected",)),
]
_WHOLE = {
    "xlsx": xlsx, "ods": _ods, "xls": lambda: biff5(936, _cells(), "gbk"), "xml": xml_book, "html": wide_html,
    "csv": lambda: GOOD_CSV, "zip": lambda: zipped({"a.csv": GOOD_CSV}),
}  # fmt: skip


def _cut(make: Callable[[], bytes], tenths: int) -> Callable[[], bytes]:
    return lambda: make()[: len(make()) * tenths // 10]


TRAPS += [
    (f"{kind} cut after {tenths} tenths", kind, _cut(make, tenths),
     ("read", "truncated", "unreadable-file", "not-a-spreadsheet", "not-text", "no-table", "no-records", "no-cells",
      "empty-file", "form-without-data"))
    for kind, make in _WHOLE.items() for tenths in (1, 4, 7, 9)
]  # fmt: skip
# Refused as they should be, but only after seconds.
SLOW = {"an ods row repeated two thousand million times", "a cell of twenty million characters",
        "a million merged ranges, each of its own"}
