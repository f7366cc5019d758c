"""Sheets too large to hand over as JSON: as Arrow files that the parent maps into memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.returns.files.formats.reader_service import SheetContent
from communitycheck.returns.text_columns import TextArray
from communitycheck.system.files import OPEN_FILES_STAY


def spooled(folder: str, number: int, columns: list[TextArray]) -> str:
    """Columns written to a file of the folder; its path."""
    place = str(Path(folder) / f"{number}.arrow")
    table = pa.table(columns, names=[str(i) for i in range(len(columns))])
    with pa.OSFile(place, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return place


def text_array(texts: list[str | None], rows: int) -> TextArray:
    """A column of so many rows that begins with these texts."""
    found = pa.array(texts, pa.string())
    return pa.concat_arrays([found, pa.nulls(rows - len(texts), pa.string())]) if len(texts) < rows else found


def mapped(sheet: SheetContent) -> list[TextArray]:
    """The columns of a spooled sheet: mapped into memory, put in their places, error cells written in.

    Where a file cannot be deleted while it is mapped it is read instead.
    """
    with (pa.OSFile if OPEN_FILES_STAY else pa.memory_map)(sheet["spool"]) as source:
        table = pa.ipc.open_file(source).read_all()
    places = sheet["places"]
    blank = pa.nulls(sheet["rows"], pa.string())
    columns = [blank] * (max(places, default=-1) + 1)
    for place, column in zip(places, table.columns, strict=True):
        columns[place] = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    errors: dict[int, list[tuple[int, str | None]]] = {}
    for row, place, text in sheet["errors"]:
        errors.setdefault(places[place], []).append((row, text))
    for place, found in errors.items():
        mask = np.zeros(sheet["rows"], bool)
        mask[[row for row, _ in found]] = True
        texts = pa.array([text for _, text in sorted(found)], pa.string())
        columns[place] = pc.replace_with_mask(columns[place], pa.array(mask), texts)
    return columns
