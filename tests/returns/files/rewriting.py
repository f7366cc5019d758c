"""Writes an xlsx anew as another program might have written it: the same workbook, other bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")

Parts = dict[str, bytes]
Change = Callable[[Parts], Parts]


def rewritten(data: bytes, *changes: Change) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for change in changes:
        parts = change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name)
            info.filename = name  # ZipInfo mends backslashes
            archive.writestr(info, part)
    return stream.getvalue()


def spelt(
    *, quote: str = '"', backwards: bool = False, prefix: str = "", blank: str = " ", encoding: str = "utf-8",
    between: str = "", space: str = MAIN,
) -> Change:  # fmt: skip
    """All sheets, styles and strings in another spelling of the same XML."""

    def element(node: etree._Element) -> str:
        if not isinstance(node.tag, str):
            return ""
        name = etree.QName(node)
        tag = (f"{prefix}:" if prefix and name.namespace == MAIN else "") + name.localname
        if name.namespace != MAIN:  # drawings, extensions: nothing of the cells
            return ""
        attributes = [(key, value) for key, value in node.attrib.items() if key[:1] != "{" or "XML/1998" in key]
        if backwards:
            attributes.reverse()
        told = "".join(
            f"{blank}{key.replace('{http://www.w3.org/XML/1998/namespace}', 'xml:')}={quote}"
            f"{escape(value, {quote: '&quot;' if quote == chr(34) else '&apos;'})}{quote}"
            for key, value in attributes
        )
        inside = escape(node.text or "") + "".join(element(child) for child in node)
        if not inside and not told.count("preserve"):
            return f"<{tag}{told}/>{between}"
        return f"<{tag}{told}>{inside}</{tag}>" + (between if name.localname in ("row", "c") else "")

    def change(parts: Parts) -> Parts:
        made = {}
        for name, part in parts.items():
            if SHEET.fullmatch(name) or name in ("xl/styles.xml", "xl/sharedStrings.xml"):
                text = element(etree.fromstring(part))
                end = re.search(r"(?<=[^\s/>])(?=[\s/>])", text)
                assert end is not None
                declared = f" xmlns{':' * bool(prefix)}{prefix}={quote}{space}{quote}"
                text = text[: end.start()] + declared + text[end.start() :]
                head = f"<?xml version={quote}1.0{quote} encoding={quote}{encoding}{quote}?>\n"
                part = (head + text).encode(encoding)
            made[name] = part
        return made

    return change


def edited(pattern: str, new: str, *, only: str = r"xl/worksheets/.*") -> Change:
    """A pattern replaced in the text of some parts."""

    def change(parts: Parts) -> Parts:
        return {
            name: re.sub(pattern, new, part.decode()).encode() if re.fullmatch(only, name) else part
            for name, part in parts.items()
        }

    return change


def named(old: str, new: str) -> Change:
    """A part under another name, wherever it is spoken of."""
    ends = old.rpartition("/")[2], new.rpartition("/")[2]

    def change(parts: Parts) -> Parts:
        speak = {name for name in parts if name.endswith((".rels", "[Content_Types].xml"))}
        spoken = [end.encode() for end in ends]
        return {name.replace(*ends): part.replace(*spoken) if name in speak else part for name, part in parts.items()}

    return change


def backslashes(parts: Parts) -> Parts:
    return {name.replace("/", "\\"): part for name, part in parts.items()}


def capitals(parts: Parts) -> Parts:
    return {name if name == "[Content_Types].xml" else name.upper(): part for name, part in parts.items()}


def pictures(parts: Parts) -> Parts:
    """Megabytes that no table is in."""
    return {**parts, "xl/media/image1.png": bytes(30 << 20)}
