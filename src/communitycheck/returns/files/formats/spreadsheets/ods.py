"""Reads ods, in a process that starts bare (``reader_service.py``): values by calamine, the rest by ``ods_facts``."""

from __future__ import annotations

import re

from communitycheck.returns.files.formats.reader_service import BookContent, Cells, SheetContent
from communitycheck.returns.files.formats.spreadsheets.calamine import ValueSheet, value_sheets
from communitycheck.returns.files.formats.spreadsheets.ods_facts import OdsFacts, ods_facts

# A length of time of a day and more, which calamine leaves as the file writes it.
_DURATION = re.compile(r"PT(\d+)H(\d\d)M(\d\d)(?:\.\d+)?S")


def read_ods(file: str, spool: str) -> BookContent:
    try:
        facts = ods_facts(file)
        known = True
    except ValueError:
        facts, known = None, False
    sheets: list[SheetContent] = []
    for values in value_sheets(file):
        _mend_durations(values.cells)
        if facts is None:
            sheets.append({**values.content(spool), "percent": [], "values_only": not known})
        else:
            about = facts[values.number] if values.number < len(facts) else None
            sheets.append(_with_facts(values, about, spool))
    return {"sheets": sheets, "encoding": None}


def _with_facts(values: ValueSheet, about: OdsFacts | None, spool: str) -> SheetContent:
    if about is None or about.name != values.name:
        return {**values.content(spool), "values_only": True}
    for row, column, text in about.shown:
        values.put(row, column, text)
    for row, column, code in about.worded:
        values.word(row, column, code)
    sheet = values.content(spool)
    sheet["merged"], sheet["percent"], sheet["uncached"] = about.merged, about.percent, about.uncached
    last = sheet["rows"] - 1
    sheet["hidden_rows"] = [row for start, end in about.hidden_rows for row in range(start, min(end, last) + 1)]
    sheet["hidden_columns"] = about.hidden_columns
    return sheet


def _mend_durations(cells: Cells) -> None:
    for row in cells:
        for column, text in enumerate(row):
            if text and text.startswith("PT") and (found := _DURATION.fullmatch(text)):
                row[column] = "{:02d}:{}:{}".format(int(found[1]), *found.group(2, 3))
