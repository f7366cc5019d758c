"""Named lists in one cell: which of the required items does it name?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import numpy as np

from communitycheck.model.expression.values import Num, Txt, Value

_BETWEEN = re.compile(r"[、,;/|\n]|\s{2,}|(?<=[^\x00-\x7f])\s(?=[^\x00-\x7f])")


def split_items(text: str) -> set[str]:
    """The items written in one cell, without white space: ``智能监控、智能门禁`` are two."""
    parts = _BETWEEN.split(unicodedata.normalize("NFKC", text))
    return {"".join(p.split()) for p in parts if p.strip()}


# What stands at the end of a list that names only some of its items.
_MORE = "等"
_AND = re.compile(r"以及|[和与及+]")


# What a thing is called besides its name: 智能监控系统 is 智能监控.
_SORT = re.compile(r"(?<=..)(?:系统|设施|设备|平台|装置|功能|场景|服务|应用)$")


def items_named(text: str, wanted: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which of the ``wanted`` items a list names, and which it may name: all of them where it is left open by 等."""
    items = split_items(text)
    items |= {part for item in items for part in _AND.split(item) if part}  # 智能监控和智能门禁 names both
    items |= {_SORT.sub("", item) for item in items}
    packed = {w: "".join(unicodedata.normalize("NFKC", w).split()) for w in wanted}
    named = tuple(w for w in wanted if packed[w] in items or _SORT.sub("", packed[w]) in items)
    return named, wanted if _MORE in items else named


# How many of some items there are, and a function that lists those that one lacks.
ItemsPresent = tuple[Num, Callable[[int], tuple[str, ...]]]


def items_in(value: Value, n: int, wanted: tuple[str, ...]) -> ItemsPresent:
    """How many of the ``wanted`` items each of ``n`` records names."""
    if not isinstance(value, Txt):
        nothing = np.full(n, np.nan)
        return Num(nothing, nothing), lambda _: wanted
    named = [items_named(name, wanted) for name in value.names]
    least, most = (
        np.array([*(len(pair[end]) for pair in named), np.nan], dtype=np.float64)[value.codes] for end in (0, 1)
    )
    lacking = [tuple(w for w in wanted if w not in found) for found, _ in named]
    codes = value.codes
    return Num(least, most, value.na), lambda i: lacking[codes[i]]
