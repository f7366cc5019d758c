"""Reads xlsb, in a process that starts bare (``reader_service.py``): values by calamine, the rest by ``xlsb_facts``."""

from __future__ import annotations

import struct

from communitycheck.returns.files.formats.reader_service import BookContent, SheetContent
from communitycheck.returns.files.formats.spreadsheets.calamine import ValueSheet, value_sheets
from communitycheck.returns.files.formats.spreadsheets.xlsb_facts import XlsbFacts, xlsb_facts
from communitycheck.returns.files.formats.spreadsheets.xlsx.events import Malformed


def read_xlsb(file: str, spool: str) -> BookContent:
    try:
        facts = xlsb_facts(file)
    except (ValueError, KeyError, IndexError, struct.error, Malformed):
        facts = {}
    return {"sheets": [_with_facts(s, facts.get(s.name), spool) for s in value_sheets(file)], "encoding": None}


def _with_facts(values: ValueSheet, about: XlsbFacts | None, spool: str) -> SheetContent:
    if about is None:
        return {**values.content(spool), "values_only": True}
    for row, column, text in about.errors:
        values.put(row, column, text)
    for row, column, code in about.worded:
        values.word(row, column, code)
    sheet = values.content(spool)
    sheet["merged"], sheet["percent"] = about.merged, about.percent
    sheet["hidden_rows"], sheet["hidden_columns"] = about.hidden_rows, about.hidden_columns
    return sheet
