"""Reads xlsb, in a process that starts bare (``reader_service.py``)."""

from __future__ import annotations

from communitycheck.returns.files.formats.reader_service import BookContent
from communitycheck.returns.files.formats.spreadsheets.calamine import values_of


def read_xlsb(file: str, spool: str) -> BookContent:
    return values_of(file, spool)
