"""Cells that a program wrote as formulas or behind an apostrophe, so that Excel shows them as they are.

``="210102"`` and ``'210102`` are the code, ``=420`` is 420.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.returns.text_columns import TextArray, whole

_FORMULA = re.compile(r'=\s*(?:"(?P<text>(?:[^"]|"")*)"|(?P<number>[-+]?\d[\d.,]*%?))\s*')
# One apostrophe in front: with a second one it quotes, before a small letter it may be of the name ('s-Gravenhage).
_MARKED = re.compile(r"'([^'a-z][^']*)")
# What a guarded cell begins with: a file without these has none.
SIGNS = ("=", "'")


def unguarded(cell: str) -> str:
    """The text within the guard; any other cell as it is."""
    if cell[:1] == "=":
        found = _FORMULA.fullmatch(cell)
        return (found["number"] or found["text"].replace('""', '"')) if found else cell
    if cell[:1] == "'":
        found = _MARKED.fullmatch(cell)
        return found[1] if found else cell
    return cell


def unguarded_column(column: TextArray) -> TextArray:
    """The same for a column of Arrow text in pieces."""
    mask = pc.fill_null(pc.match_substring_regex(column, r"^(=\s*[\"\d+-]|'[^'a-z][^']*$)"), False)
    if not pc.any(mask).as_py():
        return column
    mended = pa.array([unguarded(text) or None for text in column.filter(mask).to_pylist()], pa.string())
    return pa.chunked_array([pc.replace_with_mask(whole(column), whole(mask), mended)])
