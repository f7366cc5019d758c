"""Reads xlsb, in a process that starts bare (``reader_service.py``): values by calamine, the rest by ``xlsb_facts``."""

from __future__ import annotations

import struct

from communitycheck.returns.files.formats.reader_service import BookContent
from communitycheck.returns.files.formats.spreadsheets.calamine import value_sheets
from communitycheck.returns.files.formats.spreadsheets.xlsb_facts import xlsb_facts
from communitycheck.returns.files.formats.spreadsheets.xml_feed import Malformed


def read_xlsb(file: str, spool: str) -> BookContent:
    try:
        facts = xlsb_facts(file)
    except (ValueError, KeyError, IndexError, struct.error, Malformed):
        facts = {}
    return {"sheets": [s.content_with(facts.get(s.name), spool) for s in value_sheets(file)], "encoding": None}
