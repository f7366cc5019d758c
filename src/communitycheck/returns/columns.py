"""Columns of text as Arrow holds them: in one piece, or as numbers where texts repeat."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from communitycheck.model.table import Ints

Keys = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
# What is done in several steps is done for so many records at a time: the processor keeps them at hand.
PIECE = 1 << 15
# So many cells show whether the texts of a column repeat.
_SAMPLE = 4_000


def whole(array: Any) -> Any:
    """One piece, where the array came in several."""
    if not isinstance(array, pa.ChunkedArray):
        return array
    joined = array.combine_chunks()
    return joined.chunk(0) if isinstance(joined, pa.ChunkedArray) else joined


def encode(array: Any) -> tuple[Ints, Any]:
    """(index of each record's text, -1 for null; the texts as an Arrow array)."""
    encoded = whole(array.dictionary_encode())
    indices = encoded.indices
    if indices.null_count:
        indices = indices.fill_null(-1)
    codes: Ints = indices.to_numpy(zero_copy_only=False)
    return codes.astype(np.int32, copy=False), encoded.dictionary


def differs(array: Any) -> bool:
    """A long column that hardly says anything twice, by its first cells: numbering its texts would gain nothing."""
    if len(array) <= 2 * _SAMPLE:
        return False
    head = array.slice(0, _SAMPLE)
    return 2 * len(head.unique()) > len(head)


def may_hold(array: Any, marks: str) -> bool:
    """Whether one of the characters may stand somewhere in a column: a search through its bytes, not its cells."""
    buffers = [chunk.buffers()[2] for chunk in getattr(array, "chunks", [array])]
    data = [buffer.to_pybytes() for buffer in buffers if buffer is not None]
    return any(mark.encode() in part for part in data for mark in marks)


_MIX = np.uint64(0x9E3779B97F4A7C15)
# The first so many bytes of a word.
_BYTES = np.array([(1 << 8 * k) - 1 for k in range(9)], np.uint64)


def hashed(texts: Any) -> Keys:
    """A number for each text (an Arrow array in one piece): the same for equal texts, and hardly ever for others.

    Null counts as the empty text.
    """
    n = len(texts)
    offsets, data = texts.buffers()[1:]
    ends = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + n + 1].astype(np.int64)
    size = int(ends[-1] - ends[0])
    padded = np.zeros(size + 8, np.uint8)
    if size:
        padded[:size] = np.frombuffer(data, np.uint8)[ends[0] : ends[-1]]
    words = np.ndarray((size + 1,), "<u8", padded, strides=(1,))  # eight bytes from each place on
    starts, lengths = ends[:-1] - ends[0], ends[1:] - ends[:-1]
    keys = np.empty(n, np.uint64)
    for at in range(0, n, PIECE):
        keys[at : at + PIECE] = _piece(words, starts[at : at + PIECE], lengths[at : at + PIECE])
    return keys


def _piece(words: Keys, starts: Places, left: Places) -> Keys:
    keys = mixed(left.astype(np.uint64))  # so that no length makes up for a letter: a and b with a zero byte
    rows = np.flatnonzero(left)
    starts, left = starts[rows], left[rows]
    while len(rows):
        keys[rows] = mixed(keys[rows] ^ (words[starts] & _BYTES[np.minimum(left, 8)]))
        more = np.flatnonzero(left > 8)
        rows, starts, left = rows[more], starts[more] + 8, left[more] - 8
    return keys


def mixed(keys: Keys) -> Keys:
    """Other numbers for numbers, every bit of which depends on many."""
    keys = keys * _MIX
    return keys ^ (keys >> np.uint64(32))


# Numbers are told apart by so many of their bits first.
_BITS = 22


def all_differ(keys: Keys) -> bool:
    """Whether no key of ``hashed`` stands there twice: only those that fall into one place are compared."""
    rows = np.arange(len(keys), dtype=np.int32)
    places = (keys >> np.uint64(64 - _BITS)).astype(np.int32)
    last = np.empty(1 << _BITS, np.int32)
    last[places] = rows
    here = last[places]
    shared = here != rows
    shared[here[shared]] = True
    some = np.sort(keys[shared])
    return not (some[1:] == some[:-1]).any()
