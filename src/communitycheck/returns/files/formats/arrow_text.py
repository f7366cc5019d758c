"""Columns of Arrow as text, the way ``values.text_of`` writes single cells."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.returns.files.formats.values import text_of
from communitycheck.returns.text_columns import ArrowArray, TextArray

_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def as_text(column: ArrowArray) -> TextArray:
    """A column of numbers as plain decimals, without exponents; text stays as it is."""
    if not pa.types.is_floating(column.type):
        return _short_dates(column) if pa.types.is_string(column.type) else pc.cast(column, pa.string())
    try:
        return pc.cast(pc.cast(column, pa.int64()), pa.string())
    except pa.ArrowInvalid:  # not all whole
        text = pc.cast(column, pa.string())
    odd = pc.fill_null(pc.match_substring(text, "e"), False)
    if pc.any(odd).as_py():
        mended = pa.array([text_of(value) for value in column.filter(odd).to_pylist()], pa.string())
        text = pc.replace_with_mask(text, odd, mended)
    return text


def _short_dates(column: TextArray) -> TextArray:
    """Dates without a time of 0:00, times without a date, as in ``Grid``."""
    step = max(1, len(column) // 500)
    if not any(text and _STAMP.fullmatch(text) for text in column[::step].to_pylist()):
        return column
    column = pc.replace_substring_regex(column, r"^(\d{4}-\d\d-\d\d) 00:00:00$", r"\1")
    return pc.replace_substring_regex(column, r"^1899-12-3[01] (\d\d:\d\d:\d\d)$", r"\1")
