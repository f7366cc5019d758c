"""Workbooks rewritten part by part, as other producers would have written them."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

Parts = dict[str, bytes]


def rewritten(path: Path, change: Callable[[Parts], Parts], name: str = "changed.xlsx") -> Path:
    """A copy of the workbook, its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    target = path.with_name(name)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in change(parts).items():
            archive.writestr(part, data, zipfile.ZIP_STORED if part.startswith("xl/media") else zipfile.ZIP_DEFLATED)
    return target


def in_sheet(pattern: str, new: str, part: str = "xl/worksheets/sheet1.xml") -> Callable[[Parts], Parts]:
    """Text of one sheet replaced; it has to be there."""

    def change(parts: Parts) -> Parts:
        text, n = re.subn(pattern, new, parts[part].decode("utf-8"))
        assert n, pattern
        return {**parts, part: text.encode("utf-8")}

    return change


def error_at(cell: str, code: str, part: str = "xl/worksheets/sheet1.xml") -> Callable[[Parts], Parts]:
    """The cell holds an error."""
    return in_sheet(rf'<c r="{cell}"[^>]*?(/>|>.*?</c>)', f'<c r="{cell}" t="e"><v>{code}</v></c>', part)


def with_pictures(parts: Parts) -> Parts:
    """Photos in the file: nothing that a reader of figures has to do with."""
    return {**parts, **{f"xl/media/image{i}.jpeg": random.Random(i).randbytes(4 << 20) for i in range(8)}}


def workbook2(parts: Parts) -> Parts:
    """The main part bears another name, as some services write it."""
    swap = lambda data: data.replace(b"xl/workbook.xml", b"xl/workbook2.xml")  # noqa: E731
    found = {
        name: swap(data) if name in ("_rels/.rels", "[Content_Types].xml") else data for name, data in parts.items()
    }
    return {name.replace("workbook.xml", "workbook2.xml"): data for name, data in found.items()}


def backslashes(parts: Parts) -> Parts:
    return {name.replace("/", "\\"): data for name, data in parts.items()}


def without_addresses(parts: Parts) -> Parts:
    return in_sheet(r'<(c|row) r="[A-Z]*\d+"', r"<\1")(parts)


def single_quotes(parts: Parts) -> Parts:
    """Attributes in single quotes; none of ours holds one."""
    return {
        name: re.sub(rb'="([^"<>\']*)"', rb"='\1'", data) if name.endswith(".xml") and b"<?xml" in data[:99] else data
        for name, data in parts.items()
    }


def attributes_turned(parts: Parts) -> Parts:
    """The attributes of each element in another order."""

    def turned(match: re.Match[bytes]) -> bytes:
        found = re.findall(rb'\s([\w:.]+="[^"]*")', match[2])
        return b"<" + match[1] + b"".join(b" " + one for one in reversed(found)) + match[3]

    return {
        name: re.sub(rb"<([\w:]+)((?:\s[\w:.]+=\"[^\"]*\")+)\s*(/?>)", turned, data)
        if name.startswith("xl/") and name.endswith(".xml")
        else data
        for name, data in parts.items()
    }
