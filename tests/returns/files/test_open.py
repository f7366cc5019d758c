"""Opening files: formats by content, encodings, true addresses, and what hostile or broken files end as."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from communitycheck.errors import ReturnError
from communitycheck.messages import catalogue
from communitycheck.returns.files.find import find_files
from communitycheck.returns.files.formats import apart
from communitycheck.returns.files.formats.text import delimited
from communitycheck.returns.files.open import Opened, open_any, open_file
from communitycheck.returns.grid import Grid, cell_name, letter
from paths import SHARED

RETURNS = SHARED / "returns"
real = pytest.mark.skipif(not RETURNS.exists(), reason="the real tables are not here")

ROWS = [["社区名称", "户数", "面积"], ["幸福社区", "1200", "400"], ["和平社区", "900", "380.5"]]
TEXT = "\r\n".join(",".join(row) for row in ROWS) + "\r\n"


def cells(grid: Grid) -> list[list[str | None]]:
    return grid.head(grid.n_rows)


def opened(folder: Path, name: str, data: bytes | str) -> Opened:
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return open_file(file)


# --- text


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"),
        ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.xlsx", "a"])
def test_encodings_and_suffixes(tmp_path: Path, encoding: str, named: str, name: str) -> None:
    found = opened(tmp_path, name, TEXT.encode(encoding))
    assert (found.format, found.encoding, cells(found.grids[0])) == ("csv", named, ROWS)


def test_big5(tmp_path: Path) -> None:
    text = "區域別,戶數,人口數\r\n臺北市中正區,1059691,2581006\r\n新北市板橋區,218481,556475\r\n"
    found = opened(tmp_path, "a.csv", text.encode("big5"))
    assert (found.encoding, found.grids[0].cell(1, 0)) == ("big5", "臺北市中正區")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    assert cells(opened(tmp_path, "a.csv", TEXT.replace(",", delimiter)).grids[0]) == ROWS


def test_a_stated_delimiter_keeps_the_row_numbers(tmp_path: Path) -> None:
    grid = opened(tmp_path, "a.csv", "sep=;\n" + TEXT.replace(",", ";")).grids[0]
    assert cells(grid)[1:] == ROWS


def test_ragged_rows_quotes_and_line_breaks(tmp_path: Path) -> None:
    text = '某区社区表\n\n社区名称,备注,面积\n幸福社区,"a,b\nc",400,多\n和平社区\n'
    assert cells(opened(tmp_path, "a.csv", text).grids[0]) == [
        ["某区社区表", None, None, None],
        [None, None, None, None],
        ["社区名称", "备注", "面积", None],
        ["幸福社区", "a,b\nc", "400", "多"],
        ["和平社区", None, None, None],
    ]


def long_text(ragged: bool, title: bool, quoted: bool) -> str:
    lines = ["某区社区表", "单位：平方米"] if title else []
    lines.append("社区名称,户数,面积")
    lines += [f"社区{i},{i},{i / 8}" for i in range(4000)]
    if ragged:
        lines[100] = "社区缺"
        lines[200] = ""
        lines[300] += ",,"
    if quoted:
        lines[50] = '"社区""甲"",一",5,6'
        lines[60] = '"两\n行",7,8'
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("ragged", [False, True])
@pytest.mark.parametrize("title", [False, True])
@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_fast_reader_of_text_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ragged: bool, title: bool, quoted: bool, encoding: str
) -> None:
    data = long_text(ragged, title, quoted).encode(encoding)
    plain = cells(opened(tmp_path, "a.csv", data).grids[0])
    monkeypatch.setattr(delimited, "LARGE", 1000)
    fast = cells(opened(tmp_path, "b.csv", data).grids[0])
    width = max(len(row) for row in fast)
    assert [row[:width] for row in plain] == fast
    assert not any(any(row[width:]) for row in plain)


# --- workbooks


def book(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    made = openpyxl.Workbook()
    fill(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def odd_cells(made: openpyxl.Workbook) -> None:
    sheet = made.active
    assert sheet is not None
    sheet["C3"] = "标题"
    sheet.merge_cells("C3:F3")
    for c, name in enumerate(["社区", "户数", "面积", "日期"], 3):
        sheet.cell(5, c, name)
    for r in range(6, 306):
        sheet.cell(r, 3, f"社区{r}")
        sheet.cell(r, 4, 210102001000 + r if r % 3 else None)
        sheet.cell(r, 5, r / 7 if r % 2 else r / 7e9)
        sheet.cell(r, 6, datetime.date(2020, 1, 1) + datetime.timedelta(r))
    sheet["D100"] = "约300"
    sheet["D101"] = "#REF!"
    sheet["D101"].data_type = "e"
    sheet["D102"] = "  "
    sheet["E103"] = datetime.datetime(2020, 1, 2, 3, 4)
    sheet["E104"] = '1,200 "q"\\\nx'
    sheet["F105"] = datetime.time(8, 30)
    sheet["C106"] = True
    sheet.row_dimensions[107].hidden = True
    sheet.column_dimensions["F"].hidden = True
    sheet.column_dimensions.group("J", "XFD", hidden=True)
    sheet["G108"] = "=1/0"
    sheet["G109"] = 0.977
    sheet["G109"].number_format = "0.0%"
    made.create_sheet("空")
    hidden = made.create_sheet("隐藏")
    hidden["A1"] = "x"
    hidden.sheet_state = "hidden"


def test_cells_of_a_workbook(tmp_path: Path) -> None:
    found = opened(tmp_path, "a.xlsx", book(odd_cells))
    assert [(grid.sheet, grid.hidden) for grid in found.grids] == [("Sheet", False), ("隐藏", True)]
    grid = found.grids[0]
    at = {cell_name(r, c): text for r, row in enumerate(cells(grid)) for c, text in enumerate(row) if text is not None}
    wanted = {
        "C3": "标题", "D100": "约300", "D101": "#REF!", "E103": "2020-01-02 03:04:00", "E104": '1,200 "q"\\\nx',
        "F105": "08:30:00", "C106": "true", "E7": "1", "E9": "1.285714285714286", "D7": "210102001007",
        "E8": "0.000000001142857142857143", "F6": "2020-01-07", "G109": "0.977",
    }  # fmt: skip
    assert {key: at.get(key) for key in wanted} == wanted
    assert at.get("D102") is None
    assert grid.merged == [(2, 2, 2, 5)]
    assert grid.hidden_rows == [106]
    assert grid.hidden_columns == [(5, 5), (9, 16383)]
    assert [cell_name(*cell) for cell in grid.uncached] == ["G108"]
    assert {cell_name(*cell) for cell in grid.percent or ()} == {"G109"}


@real
@pytest.mark.parametrize(
    ("file", "as_name", "format_"),
    [
        ("20_lomo5__汇总表.xls", "a.xlsx", "xls"),
        ("03_jcao0214__anhui_ethnicity.xlsx", "a.csv", "xlsx"),
        ("30_jiangjian0206__data.et", "a.et", "xls"),
        ("32_lixinsu__统计.ods", "a.xls", "ods"),
    ],
)
def test_the_content_decides(tmp_path: Path, file: str, as_name: str, format_: str) -> None:
    found = opened(tmp_path, as_name, (RETURNS / file).read_bytes())
    assert found.format == format_
    assert [cells(g) for g in found.grids] == [cells(g) for g in open_file(RETURNS / file).grids]


HTML = (
    '<html><head><meta charset="gbk"><style>td{}</style></head><body><table><tr><td colspan=3>某市社区表</td></tr>'
    "<tr><th rowspan=2>社区</th><th colspan=2>人口</th></tr><tr><td>户数<td>人数</tr>"
    "<tr><td>幸福<br>社区<td>1,200<td>3&nbsp;000&lt;</tr></table><table><tr><td>注</td></tr></table></body></html>"
)


def test_html_named_xls(tmp_path: Path) -> None:
    found = opened(tmp_path, "a.xls", HTML.encode("gbk"))
    grid = found.grids[0]
    assert found.format == "html"
    assert cells(grid) == [
        ["某市社区表", None, None], ["社区", "人口", None], [None, "户数", "人数"],
        ["幸福\n社区", "1,200", "3\xa0000<"], [None, None, None], ["注", None, None],
    ]  # fmt: skip
    assert grid.merged == [(0, 0, 0, 2), (1, 0, 2, 0), (1, 1, 1, 2)]


XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table><Row ss:Index="2">'
    '<Cell ss:MergeAcross="2"><Data ss:Type="String">标题</Data></Cell></Row><Row><Cell><Data ss:Type="String">社区'
    '</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">12.5</Data></Cell></Row></Table></Worksheet></Workbook>'
)


def test_the_xml_of_excel_2003(tmp_path: Path) -> None:
    grid = opened(tmp_path, "a.xls", XML).grids[0]
    assert (grid.sheet, cells(grid)) == ("表", [[None] * 3, ["标题", None, None], ["社区", None, "12.5"]])


# --- archives


def archive(members: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return stream.getvalue()


def gbk_named(data: bytes, old: str, new: str) -> bytes:
    """The archive with a member renamed as Windows writes Chinese names: in GBK, and nothing says so."""
    return data.replace(old.encode(), new.encode("gbk"))


def test_archives(tmp_path: Path) -> None:
    inner = archive({"b.csv": TEXT})
    members = {"../../up.csv": TEXT, "in.zip": inner, "__MACOSX/x.csv": "x", "~$a.xlsx": "x", "说明.docx": "x",
               "坏.xlsx": b"PK\x03\x04xx", "ABCD.csv": TEXT}  # fmt: skip
    file = tmp_path / "a.zip"
    file.write_bytes(gbk_named(archive(members), "ABCD", "社区"))
    found = {(f.path.removeprefix(str(tmp_path)), getattr(f, "code", "read")) for f in open_any(file)}
    assert found == {
        ("/a.zip/up.csv", "read"), ("/a.zip/in.zip/b.csv", "read"), ("/a.zip/坏.xlsx", "truncated"),
        ("/a.zip/社区.csv", "read"),
    }  # fmt: skip


def test_an_archive_and_a_folder_pass_over_the_same(tmp_path: Path) -> None:
    taken = ["社区.csv", "街道/2020/社区.CSV", "模板.xltm", "旧.xlt"]
    passed = [
        "readme.txt", "说明.docx", "照片.jpg", "页.html", "清单", "~$社区.xlsx", ".社区.csv", "._社区.csv",
        ".git/社区.csv", "__MACOSX/._社区.csv", "__MACOSX/街道/社区.csv", "街道/__MACOSX/社区.csv", "街道/Thumbs.db",
    ]  # fmt: skip
    folder, file = tmp_path / "报表", tmp_path / "报表.zip"
    for i, name in enumerate([*taken, *passed]):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        content = TEXT + f"第{i}社区,1,1\n" if name in taken or name.endswith(".html") else "请先阅读本说明。"
        (folder / name).write_text(content if not name.endswith("社区.csv") else TEXT + f"第{i}社区,1,1\n", "utf-8")
    file.write_bytes(archive({str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}))
    found, errors = find_files([folder])
    assert (sorted(Path(path).relative_to(folder).as_posix() for path in found), errors) == (sorted(taken), [])
    inside = [one.path.removeprefix(f"{file}/") for one in open_any(file) if isinstance(one, Opened)]
    assert sorted(inside) == sorted(taken)


# --- what cannot be read


def rezipped(data: bytes, change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return archive({n: change(source.read(n)) if n == part else source.read(n) for n in source.namelist()})


def few_rows(made: openpyxl.Workbook) -> None:
    sheet = made.active
    assert sheet is not None
    for r in range(30):
        sheet.append([f"社区{r}", r, r * 2])


def far_cell(made: openpyxl.Workbook) -> None:
    sheet = made.active
    assert sheet is not None
    sheet["A1"] = "x"
    sheet["AMJ1048576"] = "y"


def zip_bomb() -> bytes:
    return archive({"a.csv": b"0" * (200 << 20)})


BROKEN: list[tuple[str, str, Callable[[], bytes]]] = [
    ("empty", "empty-file", lambda: b""),
    ("white space", "empty-file", lambda: b" \r\n\x00"),
    ("binary", "not-text", lambda: bytes(range(256)) * 40),
    ("pdf", "not-a-spreadsheet", lambda: b"%PDF-1.4 x"),
    ("json", "not-a-spreadsheet", lambda: b'{"a": 1}'),
    ("page without a table", "not-a-spreadsheet", lambda: b"<html><body>404</body></html>"),
    ("cut zip", "truncated", lambda: book(few_rows)[:3000]),
    ("empty workbook", "no-cells", lambda: book(lambda made: None)),
    ("locked", "password-protected", lambda: workbook_locked()),
    ("a cell far out", "cell-too-far", lambda: book(far_cell)),
    ("packed spaces", "too-large", lambda: rezipped(book(few_rows), lambda x: x + b" " * (200 << 20))),
    ("packed archive", "archive-too-large", zip_bomb),
    ("entities", "unreadable-file", lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]>' + XML[21:].encode()),
    ("broken xml", "truncated", lambda: XML[:300].encode()),
]


def workbook_locked() -> bytes:
    """The outside of an encrypted workbook: an OLE file with a stream EncryptedPackage."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(3000)


@pytest.mark.parametrize(("name", "code", "make"), BROKEN, ids=[b[0] for b in BROKEN])
def test_what_cannot_be_read(tmp_path: Path, name: str, code: str, make: Callable[[], bytes]) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(make())
    (trouble,) = open_any(file)
    assert isinstance(trouble, ReturnError)
    assert (trouble.code, trouble.path) == (code, str(file))
    assert str(trouble)
    assert code in catalogue()


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "x.csv", "file-missing"), (tmp_path, "is-a-folder")):
        with pytest.raises(ReturnError) as raised:
            open_file(path)
        assert raised.value.code == code


def test_a_false_claim_of_size_costs_nothing(tmp_path: Path) -> None:
    data = rezipped(book(few_rows), lambda x: re.sub(rb'ref="A1:C30"', b'ref="A1:XFD1048576"', x))
    assert opened(tmp_path, "a.xlsx", data).grids[0].n_rows == 30


@real
def test_password_in_an_old_workbook(tmp_path: Path) -> None:
    data = bytearray((RETURNS / "20_lomo5__汇总表.xls").read_bytes())
    start = data.find(bytes.fromhex("0908100000060500"))
    data[start + 20 : start + 22] = b"\x2f\x00"  # the record after the first becomes FILEPASS
    with pytest.raises(ReturnError) as raised:
        opened(tmp_path, "a.xls", bytes(data))
    assert raised.value.code == "password-protected"


@real
@pytest.mark.parametrize("part", range(8))
def test_cut_and_scratched_files_end_in_one_error_or_a_grid(tmp_path: Path, part: int) -> None:
    for file in sorted(RETURNS.glob("*.xls*"))[part::8]:
        data = file.read_bytes()
        for cut in (data[: len(data) // 3], data[: len(data) // 2] + bytes(40) + data[len(data) // 2 + 40 :]):
            try:
                opened(tmp_path, f"a{file.suffix}", cut)
            except ReturnError as trouble:
                assert str(trouble)


def test_letters() -> None:
    assert [letter(c) for c in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_readers_are_kept_and_do_not_mind_where_they_were_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.xlsx").write_bytes(book(lambda made, name=name: made.active.append(["名称", name])))
    found = []
    for name in ("a", "b", "a"):
        monkeypatch.chdir(tmp_path / name)
        found.append(open_file("same.xlsx").grids[0].cell(0, 1))
        (child,) = apart.READERS.waiting
        found.append(child.served)
    assert found[::2] == ["a", "b", "a"]
    assert found[3] == found[1] + 1 and found[5] == found[3] + 1


def test_the_lock_file_of_an_open_workbook_is_told_as_such(tmp_path: Path) -> None:
    file = tmp_path / "~$报表.xlsx"
    file.write_bytes(b"\x05admin" + b" " * 49 + b"\x05\x00a\x00d\x00m\x00i\x00n\x00" + b" \x00" * 50)
    with pytest.raises(ReturnError) as caught:
        open_file(file)
    assert (caught.value.code, caught.value.values["name"]) == ("lock-file", "报表.xlsx")
