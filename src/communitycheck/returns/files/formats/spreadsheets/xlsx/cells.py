"""One cell of an xlsx as text."""

from __future__ import annotations

import datetime
import re

from communitycheck.returns.files.formats.number_formats import Shown
from communitycheck.returns.files.formats.spreadsheets.xml_feed import Malformed
from communitycheck.returns.files.formats.values import text_of
from communitycheck.returns.files.formats.worded_numbers import worded_text

_NUMBER = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*", re.A)
# A character that XML cannot hold, or a line end that must not be changed.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)?)?")
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));|&")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LAST_DAY = 2_958_466  # 9999-12-31 and a day
ERROR = "#ERROR!"


def dereferenced(text: str) -> str:
    """A text of the markup as it is meant: its references to characters resolved, its line ends as XML has them.

    Raises:
        Malformed: a reference to nothing.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ENTITY.sub(_meant, text) if "&" in text else text


def _meant(entity: re.Match[str]) -> str:
    hexadecimal, decimal, name = entity.groups()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal) if decimal else -1
    if name is None and not (code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0x110000):
        raise Malformed(entity.group())
    return _NAMED[name] if name else chr(code)


def unescaped(text: str) -> str:
    """``_x000D_`` and the like as the characters that they stand for."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text


def written(text: str) -> str | None:
    """A text as it stands in a grid; None where one sees nothing of it."""
    text = unescaped(text)
    return None if not text or text.isspace() else text


def number_text(raw: str, shown: Shown, from_1904: bool, worded: str | None = None) -> str | None:
    """A number, or the date or time that it is shown as; with the words that the format ``worded`` writes to it."""
    if not _NUMBER.fullmatch(raw):
        return written(raw)
    value = float(raw)
    if worded is not None:
        return worded_text(worded, value)
    if shown < Shown.DATE or shown is Shown.WORDED:
        return text_of(value)
    return moment_text(value, from_1904, elapsed=shown is Shown.ELAPSED) or text_of(value)


def moment_text(days: float, from_1904: bool, *, elapsed: bool) -> str | None:
    """A date, a date with a time, or a time; None where no calendar has it."""
    if not 0 <= days < _LAST_DAY:
        return None
    seconds = round(days * 86400)
    if elapsed or days < 1:
        return text_of(datetime.timedelta(seconds=seconds))
    if from_1904:
        start = datetime.datetime(1904, 1, 1)
    elif days < 60:
        start = datetime.datetime(1899, 12, 31)
    elif days < 61:  # the 29th of February 1900, which Excel alone knows
        return None
    else:
        start = datetime.datetime(1899, 12, 30)
    try:
        moment = start + datetime.timedelta(seconds=seconds)
    except OverflowError:
        return None
    return text_of(moment.date() if moment.time() == datetime.time() else moment)


def typed_text(kind: str, raw: str) -> str | None:
    """A cell of type ``b`` (true or false), ``e`` (an error), ``d`` (a moment) or ``str`` (a text)."""
    if kind == "b":
        return {"1": "true", "true": "true", "0": "false", "false": "false"}.get(raw.strip(), written(raw))
    if kind == "e":
        return written(raw) or ERROR
    if kind == "d" and (found := _MOMENT.fullmatch(raw.strip())):
        date, time = found.group(1), (found.group(2) or "00:00") + ":00"
        return date if time[:8] == "00:00:00" else f"{date} {time[:8]}"
    return written(raw)
