"""What a file is, told from its bytes."""

from __future__ import annotations

import zipfile
from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# A bare BIFF stream, without the OLE wrapping (Excel 2 to 4, and some report generators): the BOF record.
BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")

BLANK = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"

# Other things that people rename to .xls: magic -> what to call it.
OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"MZ", "EXE"),
    (b"SQLite format 3", "SQLite"),
    (b"{\\rtf", "RTF"),
)

# Names in the directory of an OLE file, as it stores them.
_ENCRYPTED = ("EncryptedPackage", "EncryptionInfo", "DataSpaces")
_BOOKS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_OTHER_OLE = (("WordDocument", "Word"), ("PowerPoint Document", "PowerPoint"), ("__substg1.0", "Outlook"))


def kind_of(file: Path) -> tuple[str, str]:
    """Family of the file and, for what is no table, a name for it.

    Families: ``empty xlsx xlsb ods xls zip password truncated html xml mhtml text other``.

    Raises:
        OSError: the file cannot be read.
    """
    with file.open("rb") as stream:
        head = stream.read(8192)
        if not head.strip(BLANK):
            return ("text", "") if any(block.strip(BLANK) for block in iter(lambda: stream.read(1 << 20), b"")) else (
                "empty", ""
            )
        if head.startswith(OLE):
            return _ole(head + stream.read())
    if head.startswith(ZIP):
        return _zip(file)
    if head.startswith(b"PK\x05\x06"):
        return "empty", ""
    for magic, name in OTHERS:
        if head.startswith(magic):
            return "other", name
    if head[:2] in BIFF and len(head) > 8 and head[2] in (4, 6, 8, 16) and head[3] == 0:
        return "xls", ""
    return _text(head)


def _ole(data: bytes) -> tuple[str, str]:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if any(map(holds, _ENCRYPTED)):
        return "password", ""
    if any(holds(name + "\0") for name in _BOOKS):
        return "xls", ""
    for name, shown in _OTHER_OLE:
        if holds(name):
            return "other", shown
    return ("truncated", "") if len(data) < 2048 or _ole_cut(data) else ("other", "OLE")


def _ole_cut(data: bytes) -> bool:
    """The directory of an OLE file lies beyond its end."""
    shift = int.from_bytes(data[30:32], "little")
    directory = int.from_bytes(data[48:52], "little")
    return shift in (9, 12) and (directory + 1) << shift >= len(data)


def _zip(file: Path) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            locked = any(info.flag_bits & 1 for info in archive.infolist())
            mime = _first_bytes(archive, "mimetype") if "mimetype" in names and not locked else b""
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError):
        return "truncated", ""
    if any(name.startswith("xl/workbook.bin") for name in names):
        return "xlsb", ""
    if "xl/workbook.xml" in names or any(name.lower().endswith("xl/workbook.xml") for name in names):
        return "xlsx", ""
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx", ""
    if b"opendocument.spreadsheet" in mime:
        return "ods", ""
    if b"opendocument" in mime:
        return "other", "OpenDocument"
    if any(name.startswith("word/") for name in names):
        return "other", "Word"
    if any(name.startswith("ppt/") for name in names):
        return "other", "PowerPoint"
    if "Index/Document.iwa" in names:
        return "other", "Numbers"
    return ("password", "") if locked else ("zip", "")


def _first_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(200)


def _text(head: bytes) -> tuple[str, str]:
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if plain.startswith(b"mime-version:"):
        return "mhtml", ""
    if plain.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"<body", b"<div")):
        return "html", ""
    if plain.startswith((b"<?xml", b"<workbook", b"<ss:workbook")):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in plain:
            return "xml", ""
        if b"<html" in plain or b"<table" in plain:
            return "html", ""
        return "other", "XML"
    if plain.startswith((b"{", b"[{")):
        return "other", "JSON"
    return "text", ""
