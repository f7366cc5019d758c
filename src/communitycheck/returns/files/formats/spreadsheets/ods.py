"""Reads ods, in a process that starts bare (``reader_service.py``): values by calamine, the rest by ``ods_facts``."""

from __future__ import annotations

import re

from communitycheck.returns.files.formats.reader_service import BookContent, Cells, SheetContent
from communitycheck.returns.files.formats.spreadsheets.calamine import value_sheets
from communitycheck.returns.files.formats.spreadsheets.ods_facts import ods_facts
from communitycheck.returns.files.formats.spreadsheets.xml_feed import Malformed

# A length of time of a day and more, which calamine leaves as the file writes it.
_DURATION = re.compile(r"PT(\d+)H(\d\d)M(\d\d)(?:\.\d+)?S")


def read_ods(file: str, spool: str) -> BookContent:
    try:
        facts = ods_facts(file)
        known = True
    except (ValueError, Malformed):
        facts, known = None, False
    sheets: list[SheetContent] = []
    for values in value_sheets(file):
        _mend_durations(values.cells)
        if facts is None:
            sheets.append({**values.content(spool), "percent": [], "values_only": not known})
        else:
            about = facts[values.number] if values.number < len(facts) else None
            same = about is not None and about.name == values.name
            sheets.append(values.content_with(about if same else None, spool))
    return {"sheets": sheets, "encoding": None}


def _mend_durations(cells: Cells) -> None:
    for row in cells:
        for column, text in enumerate(row):
            if text and text.startswith("PT") and (found := _DURATION.fullmatch(text)):
                row[column] = "{:02d}:{}:{}".format(int(found[1]), *found.group(2, 3))
