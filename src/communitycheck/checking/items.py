"""Named lists in one cell: which of the required items does it name?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import numpy as np

from communitycheck.checking.context import RecordContext
from communitycheck.model.expression.values import Num, Txt

_BETWEEN = re.compile(r"[、,;/|\n]|\s{2,}|(?<=[^\x00-\x7f])\s(?=[^\x00-\x7f])")


def split_items(text: str) -> set[str]:
    """The items written in one cell, without white space: ``智能监控、智能门禁`` are two."""
    parts = _BETWEEN.split(unicodedata.normalize("NFKC", text))
    return {"".join(p.split()) for p in parts if p.strip()}


def items_present(
    context: RecordContext, field: str, wanted: tuple[str, ...]
) -> tuple[Num, Callable[[int], tuple[str, ...]]]:
    """How many of the ``wanted`` items each record names, and a function that lists those it lacks."""
    value = context.field(field)
    if not isinstance(value, Txt):
        nothing = np.full(len(context), np.nan)
        return Num(nothing, nothing), lambda _: wanted
    plain = {"".join(unicodedata.normalize("NFKC", w).split()): w for w in wanted}
    lacking = [tuple(w for p, w in plain.items() if p not in split_items(name)) for name in value.names]
    counts = np.array([len(wanted) - len(gone) for gone in lacking] + [np.nan], dtype=np.float64)[value.codes]
    codes = value.codes
    return Num(counts, counts, value.na), lambda i: lacking[codes[i]]
