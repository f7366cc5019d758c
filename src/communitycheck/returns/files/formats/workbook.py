"""Workbooks (xlsx, xlsb, xls, ods): read by a child process under limits of memory and time."""

from __future__ import annotations

import re
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from communitycheck.errors import ReturnError
from communitycheck.returns.files.formats import sandbox
from communitycheck.returns.grid import Grid

# Above this many bytes of content the Arrow reader is used: it is faster, but knows no merged ranges.
LARGE = 24 << 20
# A workbook that unpacks to more than this is refused unread, and so is one packed more tightly than any real one.
LARGEST = 6 << 30
TIGHTEST = 400
# Limits of the child for a small file; both grow with the content, as far as an honest file needs.
MEMORY = 1 << 30
SECONDS = 6.0


def read_workbook(file: Path, kind: str, shown: str) -> tuple[list[Grid], str | None]:
    """Grids of a workbook and, for an old xls, its code page.

    Args:
        file: where it lies. kind: ``xlsx``, ``xlsb``, ``xls`` or ``ods``. shown: the path in messages.

    Raises:
        ReturnError: ``password-protected``, ``truncated``, ``too-large``, ``took-too-long``, ``unreadable-file``.
    """
    size = _content_size(file, kind, shown)
    large = size > LARGE
    if not large:
        return _read(file, kind, shown, size, None)
    with tempfile.TemporaryDirectory(prefix="communitycheck-", ignore_cleanup_errors=True) as spool:
        return _read(file, kind, shown, size, spool)


def _content_size(file: Path, kind: str, shown: str) -> int:
    """Bytes of the workbook once unpacked."""
    packed = file.stat().st_size
    if kind == "xls":
        return packed
    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as trouble:
        raise ReturnError("truncated", path=shown) from trouble
    if size > LARGEST or (size > 64 << 20 and size > TIGHTEST * packed):
        raise ReturnError("too-large", path=shown)
    return size


def _read(file: Path, kind: str, shown: str, size: int, spool: str | None) -> tuple[list[Grid], str | None]:
    job = {
        "file": str(file.absolute()), "kind": kind, "large": spool is not None, "spool": spool,
        "memory": MEMORY + 6 * size, "path": [entry for entry in sys.path if entry],
    }  # fmt: skip
    answer = _ask(job, shown, SECONDS + size / 8e6)
    if answer.get("error") == "too-large" and kind == "xlsx" and spool is None:
        _name_far_cell(file, shown)
    if "error" in answer:
        raise ReturnError(answer["error"], path=shown)
    return [_grid(sheet, shown) for sheet in answer["sheets"]], answer["encoding"]


def _ask(job: dict[str, Any], shown: str, seconds: float) -> dict[str, Any]:
    """Have the file read apart; a reader that dies or lingers is an error of the file."""
    try:
        answer = sandbox.ask(job, seconds)
    except TimeoutError:
        raise ReturnError("took-too-long", path=shown, seconds=round(seconds)) from None
    # Killed by its memory limit, mostly; a reader that crashes outright looks the same.
    return {"error": "too-large"} if answer is None else answer


_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')


def _name_far_cell(file: Path, shown: str) -> None:
    """Raise ``cell-too-far`` where one cell far out is what makes a small workbook huge."""
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/") or archive.getinfo(name).file_size > LARGE:
                continue
            cells = {(int(row), letters.rjust(3)) for letters, row in _CELL.findall(archive.read(name))}
            far = max(cells, default=(0, b""))
            wide = max((letters for _, letters in cells), default=b"")
            if far[0] * 26 ** len(wide.strip()) > 100 * len(cells):
                at = f"{wide.strip().decode()}{far[0]}"
                raise ReturnError("cell-too-far", path=shown, part=name.rsplit("/", 1)[-1], cell=at)


def _grid(sheet: dict[str, Any], shown: str) -> Grid:
    percent = sheet["percent"]
    return Grid(
        path=shown,
        sheet=sheet["name"],
        columns=_mapped(sheet) if "spool" in sheet else _built(sheet),
        n_rows=sheet["rows"],
        merged=[tuple(area) for area in sheet["merged"]],
        hidden=sheet["hidden"],
        hidden_rows=sheet["hidden_rows"],
        hidden_columns=[tuple(span) for span in sheet["hidden_columns"]],
        percent=None if percent is None else set(percent),
        uncached=sheet["uncached"],
    )


def _built(sheet: dict[str, Any]) -> list[Any]:
    import pyarrow as pa

    return [pa.array(column, pa.string()) for column in sheet["columns"]]


def _mapped(sheet: dict[str, Any]) -> list[Any]:
    """Columns of a large sheet: mapped into memory, put in their places, error cells written in."""
    import numpy as np
    import pyarrow as pa

    with pa.memory_map(sheet["spool"]) as source:
        table = pa.ipc.open_file(source).read_all()
    places: list[int] = sheet["places"]
    blank = pa.nulls(sheet["rows"], pa.string())
    columns = [blank] * (max(places, default=-1) + 1)
    for place, column in zip(places, table.columns, strict=True):
        columns[place] = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    errors: dict[int, list[tuple[int, str]]] = {}
    for row, place, text in sheet["errors"]:
        errors.setdefault(places[place], []).append((row, text))
    for place, found in errors.items():
        mask = np.zeros(sheet["rows"], bool)
        mask[[row for row, _ in found]] = True
        texts = pa.array([text for _, text in sorted(found)], pa.string())
        columns[place] = pa.compute.replace_with_mask(columns[place], pa.array(mask), texts)
    return columns
