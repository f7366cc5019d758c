"""What a format of files is: a name, how a file of it is recognised, and what reads it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from communitycheck.returns.files.zip_faults import ZIP_FAULTS

if TYPE_CHECKING:
    from communitycheck.returns.grid import Grid

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# Bytes that stand in files with nothing in them.
BLANK = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"
_HEAD = 8192
# What stands where nothing was ever written, in files of gigabytes that take no place on the disk.
_HOLE = bytes(1 << 20)


class RowRemark(Struct, frozen=True):
    """Something to say about a row (from 0) of a text.

    ``code`` is ``row-too-long``, ``row-too-short``, ``row-mended``, ``more-cells``,
    ``quote-unclosed``, ``quote-stray``, ``line-in-cell``, ``header-short`` or ``header-moved``.
    """

    code: str
    row: int
    text: str
    values: dict[str, Any] = field(default_factory=dict)


class Content(Struct):
    """What a file holds. ``encoding``: of a text file or an old xls; it ends in ``?`` where it leaves doubts.
    ``left_out``: sheets that were not read, each with the reason (``Sheet.not_read``)."""

    grids: list[Grid]
    encoding: str | None = None
    remarks: list[RowRemark] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


class FileFormat(Struct, frozen=True):
    """A format of files.

    Attributes:
        name: what reports call it (``Return.format``).
        suffixes: what files of it are called that are taken in folders and archives; one that is named itself is
            always tried, whatever it is called.
        usual: those of the suffixes that messages and the documentation list.
        recognises: whether a file is of this format, by what is in it.
        read: the file and the path to show -> its content.
        apart: a format that cannot be trusted with this process: another one reads it (``apart.read_apart``).
        read_tables: for a database, whose tables are not all read where some are asked for: the same, and the names of
            those.
    """

    name: str
    suffixes: tuple[str, ...]
    usual: tuple[str, ...]
    recognises: Callable[[Sample], bool]
    read: Callable[[Path, str], Content]
    apart: bool = False
    read_tables: Callable[[Path, str, tuple[str, ...]], Content] | None = None


class Sample:
    """What can be seen of a file without reading it through; looked up when somebody asks."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with file.open("rb") as stream:
            self.head = stream.read(_HEAD)

    @cached_property
    def blank(self) -> bool:
        """The head holds nothing."""
        return not self.head.strip(BLANK)

    @cached_property
    def empty(self) -> bool:
        """The whole file holds nothing."""
        if not self.blank:
            return False
        with self.file.open("rb") as stream:
            blocks = iter(lambda: stream.read(len(_HOLE)), b"")
            return not any(block != _HOLE and block.strip(BLANK) for block in blocks)

    @cached_property
    def plain(self) -> bytes:
        """The head of a text in small letters, without byte order marks and blanks before it."""
        return self.head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()

    @cached_property
    def ole(self) -> bytes | None:
        """All of a file in Microsoft's old container."""
        return self.file.read_bytes() if self.head.startswith(OLE) else None

    def holds_stream(self, *names: str) -> bool:
        """Whether such a container has one of the streams, by its directory."""
        return self.ole is not None and any(name.encode("utf-16-le") in self.ole for name in names)

    @cached_property
    def zip(self) -> ZipSample | None:
        """The members of a zip container; None where it is none, or cannot be read."""
        if not self.head.startswith(ZIP):
            return None
        try:
            with zipfile.ZipFile(self.file) as archive:
                members = {name.replace("\\", "/"): name for name in archive.namelist()}
                locked = any(info.flag_bits & 1 for info in archive.infolist())
                mime, types = (
                    b"" if locked or name not in members else _read(archive, members[name], most)
                    for name, most in (("mimetype", 200), ("[Content_Types].xml", 1 << 20))
                )
        except ZIP_FAULTS:
            return None
        return ZipSample(frozenset(members), locked, mime, types.replace(b"\0", b""))


class ZipSample(Struct, frozen=True):
    """The names of the members, whether one has a password, and what the file says it is: ``mime`` as OpenDocument
    files do, ``types`` as those of Office do."""

    names: frozenset[str]
    locked: bool
    mime: bytes
    types: bytes

    def has_folder(self, folder: str) -> bool:
        return any(name.startswith(folder) for name in self.names)


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as stream:
        return stream.read(most)
