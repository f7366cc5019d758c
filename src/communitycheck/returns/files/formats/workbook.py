"""Workbooks (xlsx, xlsb, xls, ods): read by a process of their own."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from communitycheck.errors import ReturnError
from communitycheck.returns.files.formats.apart import read_apart
from communitycheck.returns.files.formats.file_format import Content, FileFormat, Sample
from communitycheck.returns.files.formats.no_return import ENCRYPTED
from communitycheck.returns.files.machine_faults import machine_fault
from communitycheck.returns.files.over_limit import limits_of
from communitycheck.returns.files.zip_faults import ZIP_FAULTS
from communitycheck.system.limits import refuse_packing
from communitycheck.system.scratch import scratch_folder

# The readers of each kind; they are loaded where they read alone.
_READERS = "communitycheck.returns.files.formats.spreadsheets"
READ_XLSX, READ_XLSB = f"{_READERS}.xlsx.reader:read_xlsx", f"{_READERS}.xlsb:read_xlsb"
READ_XLS, READ_ODS = f"{_READERS}.xls:read_xls", f"{_READERS}.ods:read_ods"
# Above this many bytes of content sheets are handed over as Arrow files.
LARGE = 24 << 20
# Parts that are read: pictures and the like are not.
_READ = (".xml", ".rels", ".bin")
# A byte of records holds as many cells, and may take as long, as so many bytes of XML.
BINARY = 3

# A bare BIFF stream, without the OLE wrapping (Excel 2 to 4, and some report generators): the BOF record.
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
# What Office goes by: the type of the main part.
_MAIN_PART = re.compile(rb"(?:spreadsheetml|ms-excel)\.(?:sheet|template)(?:\.macroEnabled)?\.main\+xml", re.I)
_BOOKS = ("Workbook\0", "Book\0", "WORKBOOK\0", "BOOK\0")


def _is_xlsb(sample: Sample) -> bool:
    return sample.zip is not None and sample.zip.has_folder("xl/workbook.bin")


def _is_xlsx(sample: Sample) -> bool:
    if sample.zip is None or _is_xlsb(sample):
        return False
    if any(name.lower().endswith("xl/workbook.xml") for name in sample.zip.names):
        return True
    return bool(sample.zip.types) and (sample.zip.has_folder("xl/") or bool(_MAIN_PART.search(sample.zip.types)))


def _is_xls(sample: Sample) -> bool:
    head = sample.head
    if head[:2] in _BIFF and len(head) > 8 and head[2] in (4, 6, 8, 16) and head[3] == 0:
        return True
    return sample.holds_stream(*_BOOKS) and not sample.holds_stream(*ENCRYPTED)


def _is_ods(sample: Sample) -> bool:
    return sample.zip is not None and b"opendocument.spreadsheet" in sample.zip.mime


def _read_xlsx(file: Path, shown: str) -> Content:
    size = _unpacked_size(file, shown)
    with scratch_folder() as spool:
        return read_apart(READ_XLSX, file, shown, size, spool=spool)


def _read_xls(file: Path, shown: str) -> Content:
    return _read(READ_XLS, file, shown, BINARY * file.stat().st_size)


def _read_xlsb(file: Path, shown: str) -> Content:
    return _read(READ_XLSB, file, shown, BINARY * _unpacked_size(file, shown))


def _read_ods(file: Path, shown: str) -> Content:
    return _read(READ_ODS, file, shown, _unpacked_size(file, shown))


def _read(reader: str, file: Path, shown: str, size: int) -> Content:
    """The grids of a workbook whose content has so many bytes and, for an old xls, its code page."""
    if size <= LARGE:
        return read_apart(reader, file, shown, size)
    with scratch_folder() as spool:
        return read_apart(reader, file, shown, size, spool=spool)


def _unpacked_size(file: Path, shown: str) -> int:
    """Bytes of the workbook once unpacked, pictures and the like left out: those are never looked at.

    Raises:
        ReturnError: ``truncated``, ``too-large``.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(member.file_size for member in archive.infolist() if member.filename.lower().endswith(_READ))
    except ZIP_FAULTS as trouble:
        code, values = machine_fault(trouble) or ("truncated", {})
        raise ReturnError(code, path=shown, **values) from trouble
    with limits_of(shown):
        refuse_packing(size, file.stat().st_size)
    return size


XLSX = FileFormat("xlsx", (".xlsx", ".xlsm", ".xltx", ".xltm"), (".xlsx",), _is_xlsx, _read_xlsx, apart=True)
XLSB = FileFormat("xlsb", (".xlsb",), (".xlsb",), _is_xlsb, _read_xlsb, apart=True)
XLS = FileFormat("xls", (".xls", ".xlt", ".et", ".ett"), (".xls", ".et"), _is_xls, _read_xls, apart=True)
ODS = FileFormat("ods", (".ods",), (".ods",), _is_ods, _read_ods, apart=True)
