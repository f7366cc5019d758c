"""What a file may be that is no return: nothing, locked, cut short, or another thing that is called .xls."""

from __future__ import annotations

from msgspec import Struct

from communitycheck.returns.files.formats.file_format import OLE, ZIP, Sample

# Other things that people rename to .xls: how they begin and what to call them.
_BEGINNINGS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"MZ", "EXE"),
    (b"{\\rtf", "RTF"),
)
_STREAMS = (("WordDocument", "Word"), ("PowerPoint Document", "PowerPoint"), ("__substg1.0", "Outlook"))
ENCRYPTED = ("EncryptedPackage", "EncryptionInfo", "DataSpaces")


class NoReturn(Struct, frozen=True):
    """Why a file is no return: a code of ``ReturnError``, and what it is instead."""

    code: str
    kind: str = ""


EMPTY = NoReturn("empty-file")
LOCKED = NoReturn("password-protected")
CUT_SHORT = NoReturn("truncated")
# Its members may be returns.
ARCHIVE = NoReturn("not-a-spreadsheet", "zip")


def no_return(sample: Sample) -> NoReturn | None:
    """What a file of none of the recognised formats is; None where it may be a text."""
    if sample.blank:
        return EMPTY if sample.empty else None
    if sample.head.startswith(OLE):
        return _in_ole(sample)
    if sample.head.startswith(ZIP):
        return _in_zip(sample)
    if sample.head.startswith(b"PK\x05\x06"):
        return EMPTY
    name = next((name for beginning, name in _BEGINNINGS if sample.head.startswith(beginning)), None)
    if name is None and sample.plain.startswith((b"<?xml", b"<workbook", b"<ss:workbook")):
        name = "XML"
    if name is None and sample.plain.startswith((b"{", b"[{")):
        name = "JSON"
    return None if name is None else NoReturn("not-a-spreadsheet", name)


def _in_ole(sample: Sample) -> NoReturn:
    if sample.holds_stream(*ENCRYPTED):
        return LOCKED
    for stream, name in _STREAMS:
        if sample.holds_stream(stream):
            return NoReturn("not-a-spreadsheet", name)
    data = sample.ole or b""
    return CUT_SHORT if len(data) < 2048 or _ole_cut(data) else NoReturn("not-a-spreadsheet", "OLE")


def _ole_cut(data: bytes) -> bool:
    """The directory of an OLE file lies beyond its end."""
    shift = int.from_bytes(data[30:32], "little")
    directory = int.from_bytes(data[48:52], "little")
    return shift in (9, 12) and (directory + 1) << shift >= len(data)


def _in_zip(sample: Sample) -> NoReturn:
    if sample.zip is None:
        return CUT_SHORT
    found = sample.zip
    if b"opendocument" in found.mime:
        return NoReturn("not-a-spreadsheet", "OpenDocument")
    if found.has_folder("word/"):
        return NoReturn("not-a-spreadsheet", "Word")
    if found.has_folder("ppt/"):
        return NoReturn("not-a-spreadsheet", "PowerPoint")
    if "Index/Document.iwa" in found.names:
        return NoReturn("not-a-spreadsheet", "Numbers")
    return LOCKED if found.locked else ARCHIVE
