"""Returns to be marked up: workbooks with all that must come through, and ways to look into the copies."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from lxml import etree

from communitycheck.check import check
from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.products.markup.front import MarkedCopies, mark_up_returns

DAY = date(2023, 12, 31)
HEADER = ("市", "区县", "社区名称", "社区类型", "户数", "综合服务设施面积(㎡)")
# Rows 3 to 8 of the sheet. Limits: 600 for urban communities of Shenyang, 400 elsewhere in Liaoning.
RECORDS: tuple[tuple[Any, ...], ...] = (
    ("沈阳市", "和平区", "甲社区", "城市社区", 1000, 500),
    ("沈阳市", "和平区", "乙社区", "城市社区", 1000, 700),
    ("沈阳市", "沈河区", "=cmd|' /C calc'!A0", "城市社区", 1000, None),
    ("大连市", "中山区", "丁社区", "城市社区", 1000, "300-500"),
    ("大连市", "中山区", "戊社区_x0041_", "城市社区", 4000, 500),
    ("大连市", "中山区", "己社区", "城市社区", 1000, 399.5),
)
MENDED = {"F3": 650, "F5": 620, "F6": 450, "F7": 1300, "F8": 410}
MARKED = {"F3": "fail", "F5": "no data", "F6": "no data", "F7": "fail", "F8": "fail"}

Parts = dict[str, bytes]


def png() -> bytes:
    """A picture of one red pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def records(area: float = 500) -> list[tuple[Any, ...]]:
    """The records, with another area of the first one: two returns with the same figures are one return."""
    return [(*RECORDS[0][:5], area), *RECORDS[1:]]


def full_book(path: Path, area: float = 500) -> Path:
    """A return with everything that a workbook may hold and xlsxwriter can write."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("社区")
    money = book.add_format({"num_format": '#,##0.0"平"', "border": 2, "bold": True, "bg_color": "#DDEEFF"})
    plain = book.add_format({"num_format": "0", "bottom": 1})
    sheet.merge_range("A1:F1", "2023年社区综合服务设施情况", book.add_format({"align": "center"}))
    sheet.write_row("A2", HEADER)
    for r, record in enumerate(records(area), start=2):
        for c, value in enumerate(record):
            look = money if c == 5 else plain if c == 4 else None
            if isinstance(value, str):
                sheet.write_string(r, c, value, look)
            elif value is not None:
                sheet.write(r, c, value, look)
    sheet.set_column("F:F", 18, money)
    sheet.write_formula("H3", "=SUM(E3:E8)", None, 9000)
    sheet.write_comment("F3", "请核实\n面积", {"author": "区民政局", "visible": False})
    sheet.write_comment("A3", "原有批注")
    sheet.data_validation("E3:E100", {"validate": "integer", "criteria": ">", "value": 0})
    sheet.conditional_format("E3:E8", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("F3:F8", {"type": "cell", "criteria": "<", "value": 0, "format": money})
    sheet.insert_image("H10", "红.png", {"image_data": BytesIO(png())})
    sheet.insert_button("H20", {"caption": "提交", "macro": "Submit"})
    sheet.set_header("&L&G", {"image_left": "页眉.png", "image_data_left": BytesIO(png())})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=社区!$E$3:$E$8", "categories": "=社区!$C$3:$C$8"})
    sheet.insert_chart("J3", chart)
    sheet.add_sparkline("I3", {"range": "社区!E3:E8"})
    sheet.autofilter("A2:F8")
    sheet.freeze_panes(2, 3)
    sheet.protect("secret", {"format_cells": True})
    sheet.set_h_pagebreaks([5])
    sheet.write_url("H30", "internal:'说明'!A1", string="说明")
    sheet.ignore_errors({"number_stored_as_text": "A1:F8"})
    notes = book.add_worksheet("填报说明")
    notes.write("A1", "本表由社区填报")
    notes.add_table("C1:D3", {"columns": [{"header": "项目"}, {"header": "含义"}]})
    notes.hide()
    book.define_name("合计", "=社区!$H$3")
    book.add_vba_project(BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024)), is_stream=True)
    book.set_properties({"title": "报表", "author": "某社区"})
    book.set_custom_property("批次", "一")
    book.close()
    return path


def put_in(path: Path, parts: Mapping[str, bytes | str], into: Mapping[str, tuple[str, str]] | None = None) -> Path:
    """Add parts to a workbook; ``into`` puts text before the first occurrence of another: part -> (text, before)."""
    held = parts_of(path)
    for part, (text, before) in (into or {}).items():
        content = held[part].decode()
        assert before in content, (part, before)
        held[part] = content.replace(before, text + before, 1).encode()
    held |= {name: body.encode() if isinstance(body, str) else body for name, body in parts.items()}
    return write_parts(path, held)


def write_parts(path: Path, parts: Parts) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in parts.items():
            out.writestr(zipfile.ZipInfo(name, (1990, 1, 1, 0, 0, 0)), body)
    return path


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def judged(path: Path | list[Path]) -> Report:
    return check([*map(str, path)] if isinstance(path, list) else str(path), as_of=DAY)


def marked(path: Path, folder: Path, lang: Lang = "zh") -> Path:
    """The marked-up copy of one return."""
    copies = mark_up_returns(judged(path), folder, lang)
    assert not copies.refused and not copies.failed, [*copies.refused, *copies.failed]
    return copies.written[str(path)]


def refusals(copies: MarkedCopies) -> dict[str, str]:
    return {Path(error.path).name: error.code for error in copies.refused}


def verdicts(report: Report) -> list[tuple[Any, ...]]:
    """All that is said of each subject, but for the name of the file."""
    return [
        (v.rule.id, v.rule.layer, v.outcome, v.reason, v.subject, v.observed, v.required, v.shortfall, v.add,
         v.at and (v.at.sheet, v.at.row, v.at.cell), v.cells, v.troubled)
        for v in report.verdicts(all_outcomes=True)
    ]  # fmt: skip


def holds(new: Any, old: Any, loose: Mapping[str, frozenset[str]]) -> str:
    """"" where ``new`` has all of ``old`` in the same order; else the first element that is not there.

    ``loose``: local name of an element -> attributes that may differ.
    """
    children = iter(new)
    for one in old:
        if not isinstance(one.tag, str):
            continue
        name = etree.QName(one).localname
        free = loose.get(name, frozenset())
        for other in children:
            if other.tag == one.tag and _fixed(other, free) == _fixed(one, free) and not holds(other, one, loose):
                break
        else:
            return f"{name} {dict(one.attrib)}"
    if (old.text or "").strip() != (new.text or "").strip() and len(old):
        return f"text of {etree.QName(old).localname}"
    return ""


def _fixed(element: Any, free: frozenset[str]) -> dict[str, str]:
    return {k: v for k, v in element.attrib.items() if etree.QName(k).localname not in free}
