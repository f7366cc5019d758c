"""Dates as people write them, for the message that says how a rule file has them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from communitycheck.patterns import pattern

_EXAMPLE = "2021-06-08"
_MARK = r"\s*[-./\u2010-\u2015\s年月]\s*"
_PARTED = pattern(rf"\s*(\d{{4}}){_MARK}(\d{{1,2}}){_MARK}(\d{{1,2}})\s*日?.*", re.S)
_WRITTEN = pattern(r"\d{4}-\d\d-\d\d")
_JOINED = pattern(r"\s*(\d{4})(\d\d)(\d\d)\s*")


def date_fault(text: str) -> str:
    """What is said of a text that is no day: 2027-02-30 is written as one, but there is none."""
    return "rule-file-no-day" if _WRITTEN.fullmatch(text.strip()) else "rule-file-date"


def day_near(text: str) -> str:
    """The day that ``text`` means, as it is written here; an example where it means none."""
    plain = unicodedata.normalize("NFKC", text)
    found = _PARTED.fullmatch(plain) or _JOINED.fullmatch(plain)
    try:
        return date(*map(int, found.groups())).isoformat() if found else _EXAMPLE
    except ValueError:
        return _EXAMPLE
