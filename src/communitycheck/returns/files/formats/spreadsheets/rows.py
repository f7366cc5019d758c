"""Rows of text -> a sheet to hand over, as JSON or, of a large workbook, as an Arrow file."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from communitycheck.returns.files.formats.reader_service import Cells, SheetContent, plain_sheet, sheet_of_rows

if TYPE_CHECKING:
    import pyarrow as pa

# Rows of a large sheet that are held as Python texts at a time.
BLOCK = 4_096


def sheet_of(name: str, rows: Iterable[list[str | None]], spool: str, number: int) -> SheetContent:
    """A sheet of rows that may differ in length.

    Args:
        spool: folder for a large sheet; empty: hand over as JSON.
        number: of the sheet in the workbook.
    """
    if not spool:
        return sheet_of_rows(name, list(rows))
    from communitycheck.returns.files.formats.spool import spooled  # loads Arrow, which small files do without

    columns, held = _columns(rows)
    sheet = plain_sheet(name, held)
    places = [place for place, column in enumerate(columns) if column.null_count < len(column)]
    sheet["spool"] = spooled(spool, number, [columns[place] for place in places])
    sheet["places"], sheet["errors"] = places, []
    return sheet


def _columns(rows: Iterable[list[str | None]]) -> tuple[list[pa.StringArray], int]:
    """Columns of one length, and what that is: down to the last row that holds something."""
    import pyarrow as pa

    chunks: list[list[pa.StringArray]] = []
    done = held = 0
    source = iter(rows)
    while block := list(islice(source, BLOCK)):
        held = max((done + i + 1 for i, row in enumerate(block) if any(row)), default=held)
        columns = _transposed(block)
        chunks += [[pa.nulls(done, pa.string())] for _ in range(len(columns) - len(chunks))]
        done += len(block)
        for place, column in enumerate(chunks):
            column.append(
                pa.array(columns[place], pa.string()) if place < len(columns) else pa.nulls(len(block), pa.string())
            )
    return [pa.concat_arrays(column).slice(0, held) for column in chunks], held


def _transposed(rows: Cells) -> Cells:
    width = max(map(len, rows))
    return [[row[c] if c < len(row) else None for row in rows] for c in range(width)]
