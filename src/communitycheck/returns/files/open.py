"""A file on disk -> grids of text. The content decides what a file is, never its suffix."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from communitycheck.errors import ReturnError
from communitycheck.model.returns import Address, Notice
from communitycheck.returns.files.formats.ragged import Oddity
from communitycheck.returns.files.sniff import kind_of
from communitycheck.returns.grid import Grid

# What Excel and WPS lay beside a workbook that is open holds a user's name and no more.
LOCK_FILE = 1024
# Bytes beyond which it pays to let a second thread sum them up.
WORTH_A_THREAD = 1 << 20


@dataclass(slots=True)
class Opened:
    """A file, opened.

    Attributes:
        path: as shown to the user. sha256: of the bytes on disk.
        format: ``xlsx xls xlsb ods csv html xml`` (an ``.et`` is an ``xls`` inside).
        encoding: of a text file or an old xls; else None.
        grids: its sheets in order, empty ones left out.
        notices: trouble met on the way.
    """

    path: str
    sha256: str
    format: str
    encoding: str | None = None
    grids: list[Grid] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def open_any(
    path: str | Path, *, display: str | None = None, part: int = 0, parts: int = 1
) -> Iterator[Opened | ReturnError]:
    """Open a file, or every return inside a zip archive; what cannot be read comes as the error that it gave.

    Members of an archive are shown as ``archive.zip/folder/name.xlsx``. With ``parts``, every so manieth of them
    alone, from number ``part`` on.
    """
    file = Path(path)
    shown = display if display is not None else str(path)
    try:
        kind, name = _kind(file, shown)
        if kind != "zip":
            yield _opened(file, kind, name, shown)
            return
        from communitycheck.returns.files.archive import members

        empty = True
        for name, member in members(file, shown, part=part, parts=parts):
            empty = False
            if isinstance(member, ReturnError):
                yield member
                continue
            try:
                yield open_file(member, display=name)
            except ReturnError as trouble:
                yield trouble
        if empty and part == 0:
            yield ReturnError("archive-without-returns", path=shown)
    except ReturnError as trouble:
        yield trouble


def open_file(path: str | Path, *, display: str | None = None) -> Opened:
    """Open one file that is not an archive (those: ``open_any``).

    Args:
        path: where it lies. display: the path to show in messages; default: ``path`` as given.

    Raises:
        ReturnError: ``file-missing``, ``is-a-folder``, ``not-a-file``, ``no-permission``, ``unreadable-file``,
            ``empty-file``, ``password-protected``, ``truncated``, ``not-a-spreadsheet``, ``not-text``,
            ``too-large``, ``took-too-long``, ``no-cells``, ``file-changing``.
    """
    file = Path(path)
    shown = display if display is not None else str(path)
    return _opened(file, *_kind(file, shown), shown)


def _opened(file: Path, kind: str, name: str, shown: str) -> Opened:
    before = _state(file)
    try:
        if file.stat().st_size < WORTH_A_THREAD:
            digest = _sha256(file)
            grids, format_, encoding, odd = _read(file, kind, name, shown)
        else:
            with ThreadPoolExecutor(1) as helper:
                summing = helper.submit(_sha256, file)
                grids, format_, encoding, odd = _read(file, kind, name, shown)
                digest = summing.result()
    except (ReturnError, OSError):  # or gone altogether
        _refuse_changed(file, before, shown)
        raise
    _refuse_changed(file, before, shown)
    opened = Opened(shown, digest, format_, encoding)
    opened.notices = [Notice(o.code, Address(shown, None, o.row + 1), o.text, o.values) for o in odd]
    opened.grids = [grid for grid in grids if grid.columns and grid.n_rows]
    if encoding is not None and encoding.endswith("?"):
        _doubt(opened, encoding.rstrip("?"))
    if not opened.grids:
        raise ReturnError("no-cells", path=shown)
    return opened


def _doubt(opened: Opened, encoding: str) -> None:
    """Say that some characters of a text file could not be read."""
    lost = sum((text or "").count("\ufffd") for g in opened.grids for c in g.columns for text in c.to_pylist())
    opened.encoding = encoding
    at = Address(opened.path)
    opened.notices.append(Notice("encoding-doubtful", at, values={"encoding": encoding, "count": lost}))


def _kind(file: Path, shown: str) -> tuple[str, str]:
    if not file.exists():
        raise ReturnError("file-missing", path=shown)
    if file.is_dir():
        raise ReturnError("is-a-folder", path=shown)
    if not file.is_file():  # a pipe never ends, nor does a device
        raise ReturnError("not-a-file", path=shown)
    if file.name.startswith("~$") and file.stat().st_size < LOCK_FILE:
        raise ReturnError("lock-file", path=shown, name=file.name.removeprefix("~$"))
    try:
        return kind_of(file)
    except PermissionError as trouble:
        raise ReturnError("no-permission", path=shown) from trouble
    except OSError as trouble:
        raise ReturnError("unreadable-file", path=shown) from trouble


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


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read(file: Path, kind: str, name: str, shown: str) -> tuple[list[Grid], str, str | None, list[Oddity]]:
    """Grids, format, encoding, and what is odd about the rows of a text."""
    if kind in ("xlsx", "xlsb", "xls", "ods"):
        from communitycheck.returns.files.formats.workbook import read_workbook

        grids, encoding = read_workbook(file, kind, shown)
        return grids, kind, encoding, []
    if kind == "text":
        from communitycheck.returns.files.formats.delimited import read_text

        grid, encoding, odd = read_text(file, shown)
        return [grid], "csv", encoding, odd
    if kind in ("html", "mhtml", "xml"):
        from communitycheck.returns.files.formats.markup import read_markup

        grids, encoding = read_markup(file, kind, shown)
        return grids, kind, encoding, []
    if kind == "empty":
        raise ReturnError("empty-file", path=shown)
    if kind == "password":
        raise ReturnError("password-protected", path=shown)
    if kind == "truncated":
        raise ReturnError("truncated", path=shown)
    raise ReturnError("not-a-spreadsheet", path=shown, kind=name or kind)
