"""A file on disk -> grids of text. The content decides what a file is, never its suffix."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct, field

from communitycheck.errors import ReturnError
from communitycheck.model.address import Address
from communitycheck.model.returns import Notice
from communitycheck.nearest import nearest_file
from communitycheck.returns.files.archive import ArchiveMember, members
from communitycheck.returns.files.chosen import is_url, meant, refuse_missing
from communitycheck.returns.files.formats.file_format import Content, FileFormat
from communitycheck.returns.files.formats.no_return import ARCHIVE, NoReturn
from communitycheck.returns.files.machine_faults import machine_fault
from communitycheck.returns.files.over_limit import limits_of, refusal_of, refuse_excess
from communitycheck.returns.files.sniff import kind_of
from communitycheck.returns.grid import Grid, cell_name
from communitycheck.system.files import is_plain
from communitycheck.system.limits import OverLimit, held, in_force, limit

# What Excel and WPS lay beside a workbook that is open holds a user's name and no more.
LOCK_FILE = 1024
# Bytes beyond which it pays to let a second thread sum them up.
WORTH_A_THREAD = 1 << 20
_BLOCK = 1 << 20
_NAMED = 5  # cells that a notice names


class Opened(Struct):
    """A file, opened.

    Attributes:
        path: as shown to the user. sha256: of the bytes on disk.
        format: the name of its ``FileFormat`` (an ``.et`` is an ``xls`` inside).
        encoding: of a text file or an old xls; else None.
        grids: its sheets in order, empty ones left out.
        notices: trouble met on the way.
        left_out: sheets that were not read, each with the reason.
    """

    path: str
    sha256: str
    format: str
    encoding: str | None = None
    grids: list[Grid] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def open_any(
    path: str | Path, *, display: str | None = None, part: int = 0, parts: int = 1, sheets: tuple[str, ...] = ()
) -> Iterator[Opened | ReturnError]:
    """Open a file, or every return inside a zip archive; what cannot be read comes as the error that it gave.

    Members of an archive are shown as ``archive.zip/folder/name.xlsx``. With ``parts``, the archive is
    divided into so many parts, and only the members of part ``part`` (from 0) are opened. With ``sheets`` no others
    of a file are read.
    """
    file = Path(path)
    shown = display if display is not None else str(path)
    try:
        if is_url(str(path)):
            yield open_database(str(path), sheets)
            return
        kind = _kind(file, shown)
        if kind is not ARCHIVE:
            yield _opened(file, kind, shown, sheets)
            return
        if sheets:
            raise ReturnError("sheet-of-archive", path=shown)
        empty = True
        with limits_of(shown, "archive"):
            for member in members(file, shown, part=part, parts=parts):
                empty = False
                yield member.found if isinstance(member.found, ReturnError) else _member(member, member.found)
        if empty and part == 0:
            yield ReturnError("archive-without-returns", path=shown)
    except ReturnError as trouble:
        yield trouble


def open_database(given: str, tables: tuple[str, ...] = ()) -> Opened:
    """Tables of a database on a server, given by its URL. Raises like ``read_server`` and ``taken``."""
    from communitycheck.returns.files.database_urls import taken  # likewise
    from communitycheck.returns.files.formats.databases.server import (  # seldom needed
        POSTGRESQL,
        digest_of,
        read_server,
    )

    chosen = taken(given)
    content = read_server(chosen.path, tables or chosen.sheets)
    refuse_excess(content.grids, chosen.path)
    return Opened(chosen.path, digest_of(content.grids), POSTGRESQL, grids=content.grids)


def _member(member: ArchiveMember, file: Path) -> Opened | ReturnError:
    """A member of an archive, opened in no more than the seconds that the archive has left."""
    seconds = max(1, min(limit("seconds"), int(member.seconds)))
    try:
        with held({**in_force(), "seconds": seconds}):
            return open_file(file, display=member.name)
    except ReturnError as trouble:
        if trouble.code == "took-too-long" and seconds < limit("seconds"):  # it is the archive that takes too long
            return refusal_of(OverLimit("seconds", most=round(member.allowed)), member.name, "archive")
        return trouble


def open_file(path: str | Path, *, display: str | None = None, sheets: tuple[str, ...] = ()) -> Opened:
    """Open one file that is not an archive (those: ``open_any``).

    Args:
        path: where it lies. display: the path to show in messages; default: ``path`` as given.
        sheets: read no others.

    Raises:
        ReturnError: ``file-missing``, ``is-a-folder``, ``not-a-file``, ``no-permission``, ``unreadable-file``,
            ``empty-file``, ``password-protected``, ``truncated``, ``not-a-spreadsheet``, ``not-text``,
            ``too-large``, ``took-too-long``, ``too-many-cells``, ``too-many-columns``, ``too-many-sheets``,
            ``line-too-long``, ``text-irregular``, ``no-cells``, ``file-changing``, ``sheet-not-there``,
            ``sheets-without-names``, ``database-unfinished``, ``table-unreadable``.
    """
    if is_url(str(path)):
        return open_database(str(path), sheets)
    file = Path(path)
    shown = display if display is not None else str(path)
    return _opened(file, _kind(file, shown), shown, sheets)


def _opened(file: Path, kind: FileFormat | NoReturn, shown: str, sheets: tuple[str, ...]) -> Opened:
    if isinstance(kind, NoReturn):
        raise _refusal(kind, shown)
    before = _state(file)
    try:
        if file.stat().st_size < WORTH_A_THREAD:
            digest = digest_of_file(file)
            content = _content(file, kind, shown, sheets)
        else:
            over = threading.Event()
            with ThreadPoolExecutor(1) as helper, contextlib.ExitStack() as at_the_end:
                summing = helper.submit(digest_of_file, file, over)
                at_the_end.callback(over.set)  # what is refused need not be summed up
                content = _content(file, kind, shown, sheets)
                digest = summing.result()
    except (ReturnError, OSError):  # or gone altogether
        _refuse_changed(file, before, shown)
        raise
    _refuse_changed(file, before, shown)
    notices = [Notice(r.code, Address(shown, None, r.row + 1), r.text, r.values) for r in content.remarks]
    grids = [grid for grid in content.grids if grid.columns and grid.n_rows]
    refuse_excess(grids, shown)
    if any(grid.values_only for grid in grids):
        notices.append(Notice("values-only", Address(shown), values={"format": kind.name}))
    opened = Opened(shown, digest, kind.name, content.encoding, grids, notices, content.left_out)
    if content.encoding is not None and content.encoding.endswith("?"):
        _doubt(opened, content.encoding.rstrip("?"))
    if not opened.grids:
        raise ReturnError("no-cells", path=shown)
    return opened


def format_of_file(file: Path, shown: str) -> FileFormat:
    """What a file is that is to be read otherwise than by its format.

    Raises:
        ReturnError: as ``open_file`` does before it reads.
    """
    kind = _kind(file, shown)
    if isinstance(kind, NoReturn):
        raise _refusal(kind, shown)
    return kind


def _refusal(kind: NoReturn, shown: str) -> ReturnError:
    return ReturnError(kind.code, path=shown, **({"kind": kind.kind} if kind.kind else {}))


def _content(file: Path, kind: FileFormat, shown: str, sheets: tuple[str, ...]) -> Content:
    """What is in the file, or in the sheets of it that are asked for."""
    if kind.read_tables is not None:
        content = kind.read_tables(file, shown, sheets)
        there = [*(grid.sheet for grid in content.grids), *(name for name, _ in content.left_out)]
        refuse_missing(sheets, there, shown)
        return content
    content = kind.read(file, shown)
    if sheets:
        names = [grid.sheet for grid in content.grids]
        refuse_missing(sheets, names, shown)
        wanted = {meant(name, names) for name in sheets}
        content.left_out += [(name, "not-chosen") for name in names if name not in wanted]
        content.grids = [grid for grid in content.grids if grid.sheet in wanted]
    return content


def _doubt(opened: Opened, encoding: str) -> None:
    """Say that some characters of a text file or an old workbook could not be read, and where the first are."""
    lost, cells = 0, []
    for grid in opened.grids:
        for place, column in enumerate(grid.columns):
            for row, text in enumerate(column.to_pylist()):
                if text is not None and "\ufffd" in text:
                    lost += text.count("\ufffd")
                    cells.append((f"[{grid.sheet}] " if len(opened.grids) > 1 else "") + cell_name(row, place))
    opened.encoding = encoding
    named = "、".join(cells[:_NAMED]) + ("…" if len(cells) > _NAMED else "")
    values = {"encoding": encoding, "count": lost, "cells": named}
    opened.notices.append(Notice("encoding-doubtful", Address(opened.path), values=values))


def _kind(file: Path, shown: str) -> FileFormat | NoReturn:
    if not file.exists():
        raise ReturnError("file-missing", path=shown, near=nearest_file(shown))
    if file.is_dir():
        raise ReturnError("is-a-folder", path=shown)
    if not is_plain(file):  # a pipe never ends, nor does a device
        raise ReturnError("not-a-file", path=shown)
    if file.name.startswith("~$") and file.stat().st_size < LOCK_FILE:
        raise ReturnError("lock-file", path=shown, name=file.name.removeprefix("~$"))
    try:
        return kind_of(file)
    except PermissionError as trouble:
        raise ReturnError("no-permission", path=shown) from trouble
    except OSError as trouble:
        code, values = machine_fault(trouble) or ("unreadable-file", {})
        raise ReturnError(code, path=shown, **values) from trouble


def _state(file: Path) -> tuple[int, ...] | None:
    """What changes when somebody writes into the file, or puts another in its place."""
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _refuse_changed(file: Path, before: tuple[int, ...] | None, shown: str) -> None:
    """Half a file may read like a whole one, or like a broken one."""
    if before is not None and _state(file) != before:
        raise ReturnError("file-changing", path=shown) from None


def digest_of_file(file: Path, over: threading.Event | None = None) -> str:
    """The SHA-256 of a file, unless it is ``over`` before."""
    digest = hashlib.sha256()
    block = memoryview(bytearray(_BLOCK))
    with file.open("rb", buffering=0) as stream:
        while (count := stream.readinto(block)) and not (over is not None and over.is_set()):
            digest.update(block[:count])
    return digest.hexdigest()
