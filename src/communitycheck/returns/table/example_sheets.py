"""Records on a sheet that by its name holds none: 样表, 填报示例, 模板, template.

An example beside the sheets that report is set aside, and that is said. Where it is all there is, or where a form that
was sent out names real subjects beside other sheets, somebody may have filled it in: then its rows are unread.
"""

from __future__ import annotations

from communitycheck.model.address import Address
from communitycheck.model.returns import Notice
from communitycheck.returns.columns.guidance import is_blank_form, is_example
from communitycheck.returns.table.assemble import TableReading


def reports(sheet: str) -> bool:
    """By its name the sheet may hold what is reported."""
    return not is_example(sheet) and not is_blank_form(sheet)


def set_aside(reading: TableReading, others: bool) -> None:
    """Take the records of an example out of a reading.

    Args:
        others: other sheets of the file report.
    """
    sheet, table = reading.sheet, reading.table
    example = is_example(sheet.name)
    if table is None or not (example or (others and is_blank_form(sheet.name))):
        return
    reading.table, sheet.not_read = None, "example-sheet"
    values = {"records": len(table) + len(sheet.unread_rows)}
    at = Address(sheet.path, sheet.name)
    if others and (example or not len(table)):  # nobody real is named in it
        reading.notices, sheet.unread_rows = [Notice("example-sheet", at, "", values, "info")], []
        return
    reading.notices = [Notice("example-sheet-filled-in", at, "", values)]
    sheet.unread_rows = sorted({*sheet.unread_rows, *table.row_of.tolist()})
