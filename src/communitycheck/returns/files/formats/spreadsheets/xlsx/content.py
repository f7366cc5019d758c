"""What is known of a sheet, as it is handed over."""

from __future__ import annotations

from communitycheck.returns.files.formats.reader_service import Refusal, SheetContent, plain_sheet
from communitycheck.returns.files.formats.spreadsheets.xlsx.package import SheetPart
from communitycheck.returns.files.formats.spreadsheets.xlsx.sheet import SheetFacts
from communitycheck.system.limits import limit, refuse_more

# A sheet that would have more cells than this, nearly all of them blank, is refused.
MOST_BLANK = 20_000_000
# Above so many cells a sheet is handed over as an Arrow file.
MOST_SPELT = 500_000


def told(part: SheetPart, rows: int, facts: SheetFacts) -> SheetContent:
    sheet = plain_sheet(part.name, rows)
    sheet["hidden"], sheet["merged"] = part.hidden, facts.merged
    sheet["hidden_rows"], sheet["hidden_columns"] = facts.hidden_rows, facts.hidden_columns
    sheet["percent"], sheet["uncached"] = facts.percent, facts.uncached
    return sheet


def small_sheet(number: int, part: SheetPart, facts: SheetFacts, spool: str) -> SheetContent:
    if len(facts.columns) > limit("columns"):  # told here, before hundreds of such sheets are read
        refuse_more("columns", sum(map(any, facts.columns.values())))
    columns = [facts.columns.get(c, []) for c in range(max(facts.columns, default=-1) + 1)]
    rows = max(map(len, columns), default=0)
    cells = rows * len(columns)
    if is_mostly_blank(cells, facts.filled):
        _name_far_cell(part, facts)
    sheet = told(part, rows, facts)
    if cells > MOST_SPELT:
        from communitycheck.returns.files.formats.spool import spooled, text_array  # numpy and Arrow take their time

        arrays = [text_array(texts, rows) for texts in columns]
        return {**sheet, "spool": spooled(spool, number, arrays), "places": list(range(len(arrays))), "errors": []}
    for texts in columns:
        texts.extend([None] * (rows - len(texts)))
    return {**sheet, "columns": columns}


def _name_far_cell(part: SheetPart, facts: SheetFacts) -> None:
    """Refuse a sheet that one cell far out makes huge."""
    from communitycheck.model.address import column_letter  # seldom needed

    column = max(facts.columns, key=lambda c: len(facts.columns[c]) * (c + 1))
    cell = f"{column_letter(column + 1)}{len(facts.columns[column])}"
    raise Refusal("cell-too-far", part=part.name, cell=cell)


def is_mostly_blank(cells: int, filled: int) -> bool:
    return cells > MOST_BLANK and cells > 100 * filled
