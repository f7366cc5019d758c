"""A typed cell as text. Loaded by readers that start bare: nothing but the standard library."""

from __future__ import annotations

import datetime
from decimal import Decimal


def text_of(value: object) -> str | None:
    """A typed cell as text: see ``Grid``."""
    if isinstance(value, str):
        return None if not value or value.isspace() else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        short = repr(value).removesuffix(".0")
        return format(Decimal(short), "f") if "e" in short and abs(value) < 1e21 else short
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(value, datetime.time):
        return value.isoformat("seconds")
    return None if value is None else str(value)
