"""Reads ods, in a process that starts bare (``reader_service.py``)."""

from __future__ import annotations

from communitycheck.returns.files.formats.reader_service import BookContent
from communitycheck.returns.files.formats.spreadsheets.calamine import read_calamine


def read_ods(file: str, _: str) -> BookContent:
    return read_calamine(file)
