"""Dressed tables as grids in memory and as files of every format."""

from __future__ import annotations

import csv
import html
import io
from pathlib import Path
from typing import Any

from communitycheck.returns.grid import Grid, grid_of_rows
from returns.dressing import Dressed, Percent, Sheet
from workbooks import Page, write_ods, write_openpyxl, write_xls, write_xlsxwriter

TEXT_FORMATS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "tsv", "semicolon")
FILE_FORMATS = ("xlsx", "xlsxwriter", "xls", "ods", "html")

WRITERS = {"xlsx": write_openpyxl, "xlsxwriter": write_xlsxwriter, "xls": write_xls, "ods": write_ods}


def shown(value: Any) -> str | None:
    """A cell as a reader of typed cells gives it."""
    if isinstance(value, Percent):
        return repr(value.value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return None if value is None or value == "" else str(value)


def grids(dressed: Dressed, *, merges: bool = True) -> list[Grid]:
    """The sheets as opened; ``merges`` False for a format that tells of no merged cells."""
    found = []
    for sheet in dressed.sheets:
        grid = grid_of_rows("x.xlsx", sheet.name, [[shown(value) for value in row] for row in sheet.rows])
        grid.merged = list(sheet.merged) if merges else []
        grid.hidden, grid.hidden_rows = sheet.hidden, list(sheet.hidden_rows)
        grid.percent = {
            (r, c) for r, row in enumerate(sheet.rows) for c, value in enumerate(row) if isinstance(value, Percent)
        }
        found.append(grid)
    return found


def write(dressed: Dressed, folder: Path, kind: str) -> Path:
    """The file of ``kind``; text files and HTML hold the last sheet alone."""
    suffix = {"xlsxwriter": "xlsx", "html": "xls"}.get(kind, kind if kind in FILE_FORMATS else "csv")
    path = folder / f"{dressed.seed}-{kind}.{suffix}"
    if kind in TEXT_FORMATS:
        path.write_bytes(_text(dressed.sheets[-1], kind))
    elif kind == "html":
        path.write_text(_html(dressed.sheets[-1]), "utf-8")
    else:
        WRITERS[kind](path, [_page(sheet) for sheet in dressed.sheets])
    return path


def _text(sheet: Sheet, kind: str) -> bytes:
    stream = io.StringIO()
    mark = {"tsv": "\t", "semicolon": ";"}.get(kind, ",")
    rows = [[_printed(value) for value in row] for row in sheet.rows]
    csv.writer(stream, delimiter=mark, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode({"tsv": "utf-8", "semicolon": "gb18030"}.get(kind, kind))


def _printed(value: Any) -> str:
    return f"{value.value * 100:.10g}%" if isinstance(value, Percent) else shown(value) or ""


def _html(sheet: Sheet) -> str:
    page = _page(sheet)
    starts, covered = page.starts(), page.covered()
    lines = []
    for r, row in enumerate(sheet.rows):
        cells = []
        for c, value in enumerate(row):
            if (r, c) not in covered:
                down, across = starts.get((r, c), (1, 1))
                span = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
                cells.append(f"<td{span}>{html.escape(_printed(value))}</td>")
        hidden = ' style="display:none"' if r in sheet.hidden_rows else ""
        lines.append(f"<tr{hidden}>{''.join(cells)}</tr>")
    return f'<html><head><meta charset="utf-8"></head><body><table>{"".join(lines)}</table></body></html>'


def _page(sheet: Sheet) -> Page:
    """A sheet as the libraries are given it: percentages are numbers with a format."""
    rows = [[value.value if isinstance(value, Percent) else value for value in row] for row in sheet.rows]
    shows = {
        (r, c): "0.0%" for r, row in enumerate(sheet.rows) for c, value in enumerate(row) if isinstance(value, Percent)
    }
    return Page(sheet.name, rows, sheet.merged, sheet.hidden_rows, shows, sheet.hidden)
