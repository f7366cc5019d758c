"""The parts of an xlsx: which holds which sheet, its cell styles, its cells by a look at the XML."""

from __future__ import annotations

import re
import zipfile

CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
REF = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)</")
_XFS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.S)
_XF = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")


def sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Sheet names and the parts that hold them, in order; empty where the directory cannot be trusted."""
    import xml.etree.ElementTree as Tree

    members = set(archive.namelist())
    if "xl/workbook.xml" not in members or "xl/_rels/workbook.xml.rels" not in members:
        return []
    book, rels = archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels")
    if b"<!DOCTYPE" in book or b"<!DOCTYPE" in rels:  # an entity can grow without bound
        return []
    targets = {e.get("Id"): e.get("Target", "") for e in Tree.fromstring(rels)}
    parts = []
    for sheet in Tree.fromstring(book).iter():
        if sheet.tag.rpartition("}")[2] != "sheet":
            continue
        rel = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        target = targets.get(rel, "").lstrip("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in members:
            parts.append((sheet.get("name", ""), part))
    return parts


def styles_of(archive: zipfile.ZipFile) -> tuple[bytes, list[int | None]]:
    """The XML of the styles, and for each cell style the number of its number format."""
    if "xl/styles.xml" not in archive.namelist():
        return b"", []
    styles = archive.read("xl/styles.xml")
    block = _XFS.search(styles)
    found = [re.search(rb'numFmtId="(\d+)"', xf) for xf in _XF.findall(block.group())] if block else []
    return styles, [None if number is None else int(number.group(1)) for number in found]


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
