"""What the number format of a cell says of its value. Loaded by readers that start bare."""

from __future__ import annotations

import re

# Words in quotes, one character after a backslash, a blank or a filling as wide as a character: shown as they stand.
_LITERAL = re.compile(r'"[^"]*"|[\\_*].')


def shows_percent(code: str) -> bool:
    """A format such as ``0.0%``: 0.95 is shown as 95.0%. ``0"%"`` puts a sign behind 95 and is none."""
    return "%" in _LITERAL.sub("", code)


def shows_elapsed(code: str) -> bool:
    """A format such as ``[h]:mm``: a length of time, no time of day."""
    return re.search(r"\[(?:h+|m+|s+)\]", code, re.I) is not None
