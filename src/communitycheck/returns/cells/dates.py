"""A cell that holds a date: a day as it is written or as a serial number, or a period by its last day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from communitycheck.returns.cells.periods import plain, whole_period


def read_date(text: str) -> date | None:
    """One cell as a day, or the last day of the period it names; None where it is neither.

    A serial day number of a spreadsheet (44196) counts as a day; two-digit years do not.
    """
    text = plain(text).rstrip("。")
    text = re.sub(r"^(?:截至|截止|至)到?|(?:止|为止)$", "", text)
    serial = re.fullmatch(r"([0-9]{5})(?:\.[0-9]+)?", text)
    if serial and 20_000 <= int(serial[1]) <= 70_000:
        return date(1899, 12, 30) + timedelta(days=int(serial[1]))
    if re.fullmatch(r"(?:19|20)[0-9]{2}(?:\.0)?(?:年度?[末底]?)?", text):
        return date(int(text[:4]), 12, 31)
    return whole_period(text)
