"""The form in which names are compared: 东方(北)社区 and 东方（北）社区 are one. What is shown stays as written."""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np
import numpy.typing as npt

from communitycheck.model.table import Coded
from communitycheck.patterns import pattern

_UNSEEN = pattern(
    "[\\s\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]+"
)
# A name that is its own form, for Python and for engines that search by RE2.
OWN_FORM = f"[{chr(0x4E00)}-{chr(0x9FFF)}A-Za-z0-9().-]*"
_PLAIN = pattern(OWN_FORM)
_BRACKETS = str.maketrans("[{〔【〖『「]}〕】〗』」", "(((((((" + ")))))))")
# Bytes that a text has if it may have another form: ASCII that is dropped or replaced, and the first bytes of other
# such characters. Chinese characters, letters and digits of half width and round brackets have none of them.
_SUSPECT_BYTES = {*range(0x21), *b"[]{}", *range(0xC2, 0xE4), *range(0xEA, 0x100)}
_SUSPECT = bytes(byte in _SUSPECT_BYTES for byte in range(256))  # for ``translate``: 1 for each such byte


def comparable(name: str) -> str:
    """The name in half width, with round brackets, without spaces and marks that nobody sees."""
    name = name.replace("（", "(").replace("）", ")")  # what is most often written in two ways goes fastest
    if _PLAIN.fullmatch(name):
        return name
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", name)).translate(_BRACKETS)


def alike(one: str, other: str) -> bool:
    """沈阳 and 沈阳市, 和平区 and 沈阳市和平区."""
    first, second = comparable(one), comparable(other)
    return first.startswith(second) or second.startswith(first) or first.endswith(second) or second.endswith(first)


def other_forms(texts: Any) -> tuple[npt.NDArray[np.int64], list[str]]:
    """The places of those texts (an Arrow array of strings in one piece) that may be compared in another form than they
    are written in, and the forms. The bytes of all texts are looked at together, only those few one by one."""
    offsets, data = texts.buffers()[1:]
    if data is None or not len(texts):
        return np.empty(0, np.int64), []
    places = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    marked = memoryview(data)[places[0] : places[-1]].tobytes().translate(_SUSPECT)
    found = np.flatnonzero(np.frombuffer(marked, np.bool_))
    rows = np.unique(np.searchsorted(places - places[0], found, side="right") - 1).astype(np.int64)
    written = texts.take(rows).to_pylist() if len(rows) else []
    return rows, [comparable(text) for text in written]


def unified(coded: Coded, spellings: dict[str, str]) -> Coded:
    """``coded`` with one name for all spellings of it.

    Args:
        spellings: the name by its form, as it was written first; new ones are added.
    """
    names = [spellings.setdefault(comparable(name), name) for name in coded.names]
    if names == coded.names:
        return coded
    number = {name: k for k, name in enumerate(dict.fromkeys(names))}
    renumbered = np.array([*(number[name] for name in names), -1], np.int32)
    return Coded(renumbered[coded.codes], list(number))
