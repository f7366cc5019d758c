"""Columns of text as Arrow holds them: in one piece, or as numbers where texts repeat."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.places.comparable_names import other_forms
from communitycheck.model.table import Bools, Bytes, Floats, Ints

Pairs = npt.NDArray[np.uint16]
Keys = npt.NDArray[np.uint64]
# An array in one piece or several (mypy knows nothing of Arrow: the names say what is meant).
ArrowArray: TypeAlias = pa.Array | pa.ChunkedArray
# A column of strings, null where a cell is empty; and one as numbers: (the index of each text, -1 for null; the texts).
TextArray: TypeAlias = ArrowArray
Encoded: TypeAlias = tuple[Ints, TextArray]
# Work in several steps is done for so many records at a time, which stay in the processor's cache.
PIECE = 1 << 15
# So many cells show whether the texts of a column repeat.
_SAMPLE = 4_000


def whole(array: TextArray) -> pa.Array:
    """One piece, where the array came in several."""
    if not isinstance(array, pa.ChunkedArray):
        return array
    joined = array.combine_chunks()
    return joined.chunk(0) if isinstance(joined, pa.ChunkedArray) else joined


def encode(array: TextArray) -> Encoded:
    """(index of each record's text, -1 for null; the texts as an Arrow array)."""
    encoded = whole(array.dictionary_encode())
    indices = encoded.indices
    if indices.null_count:
        indices = indices.fill_null(-1)
    codes: Ints = indices.to_numpy(zero_copy_only=False)
    return codes.astype(np.int32, copy=False), encoded.dictionary


def picked(array: TextArray, rows: npt.NDArray[np.integer]) -> TextArray:
    """The texts in some rows, ascending: ``take`` joins all pieces of a long column first, however few are wanted."""
    if not isinstance(array, pa.ChunkedArray) or array.num_chunks < 2:
        return array.take(pa.array(rows))
    begins = np.cumsum([0, *map(len, array.chunks)])
    cuts = np.searchsorted(rows, begins)
    parts = zip(array.chunks, begins.tolist(), cuts[:-1].tolist(), cuts[1:].tolist(), strict=False)
    found = [chunk.take(pa.array(rows[start:stop] - begin)) for chunk, begin, start, stop in parts if start < stop]
    return pa.chunked_array(found, array.type)


def first_held(array: TextArray, most: int) -> TextArray:
    """The first texts of a column, ``most`` at most, blank cells left out."""
    held = array.slice(0, 2 * most).drop_null()
    return (held if len(held) >= most or len(array) <= 2 * most else array.drop_null()).slice(0, most)


def comparable_texts(array: TextArray) -> TextArray:
    """The names of a column in the form in which they are compared; the same column where all are written so."""
    if isinstance(array, pa.ChunkedArray):
        array = whole(array)
    rows, forms = other_forms(array)
    if not len(rows):
        return array
    mask = np.zeros(len(array), np.bool_)
    mask[rows] = True
    return pc.replace_with_mask(array, pa.array(mask), pa.array(forms, pa.string()))


def differs(array: TextArray) -> bool:
    """A long column whose texts hardly repeat, by its first cells: numbering them would gain nothing."""
    if len(array) <= 2 * _SAMPLE:
        return False
    head = array.slice(0, _SAMPLE)
    return 2 * len(head.unique()) > len(head)


def fresh(n: int) -> Floats:
    """An array of ``n`` numbers, not yet filled in: in memory that Arrow keeps, where numpy would ask for new pages."""
    return np.frombuffer(pa.allocate_buffer(8 * n), np.float64)


def bools(array: ArrowArray) -> Bools:
    """An Arrow array of truths as numpy has them, a byte for each. Null is false."""
    parts = getattr(array, "chunks", [array])
    found: Bools = np.concatenate([_unpacked(part) for part in parts]) if parts else np.empty(0, np.bool_)
    return found


def _unpacked(part: pa.Array) -> Bools:
    if not len(part):
        return np.empty(0, np.bool_)
    part = part.fill_null(False) if part.null_count else part
    packed = np.frombuffer(part.buffers()[1], np.uint8)
    bits = np.unpackbits(packed, count=part.offset + len(part), bitorder="little")
    return bits[part.offset :].view(np.bool_)


def pieces(array: ArrowArray) -> Iterator[tuple[slice, pa.Array]]:
    """An Arrow array cut into pieces that fit the processor's cache: which records, and the piece."""
    start = 0
    for part in getattr(array, "chunks", [array]):
        for at in range(0, len(part), PIECE):
            piece = part.slice(at, PIECE)
            yield slice(start, start + len(piece)), piece
            start += len(piece)


def laid_out(texts: pa.Array) -> tuple[Ints, Bytes]:
    """Texts (an Arrow array in one piece) one after the other: where each begins, where the last ends, and their bytes.

    Null is an empty text there.
    """
    offsets, data = texts.buffers()[1:]
    places = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    held = np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8)
    return places - places[0], held[places[0] : places[-1]]


def may_hold(array: TextArray, marks: str) -> bool:
    """Whether one of the characters may stand somewhere in a column: a look at its bytes, not its cells.

    A character is known by the last two of its bytes.
    """
    ends = [mark.encode()[-2:] for mark in marks]
    return any(_in_bytes(laid_out(piece)[1], end) for _, piece in pieces(array) for end in ends)


def _in_bytes(data: Bytes, end: bytes) -> bool:
    if len(end) == 1:
        return bool((data == end[0]).any())
    return bool(((data[1:] == end[1]) & (data[:-1] == end[0])).any())


def heads(array: TextArray) -> Pairs:
    """The first two bytes of each text as one number, the first one times 256.

    What follows in memory fills up a text that is shorter.
    """
    found = np.zeros(len(array), np.uint16)
    for rows, piece in pieces(array):
        places, data = laid_out(piece)
        if len(data):
            first, second = (data.take(places[:-1] + k, mode="clip") for k in (0, 1))
            found[rows] = first.astype(np.uint16) << 8 | second
    return found


_LONG = 4096  # bytes, up to which all texts are stirred together
_MIX = np.uint64(0x9E3779B97F4A7C15)
# What moves the last so many bytes of a word to its lower end, the others out of it.
_SHIFTS = np.array([64 - 8 * k for k in range(9)], np.uint64)


def hashed(texts: pa.Array) -> Keys:
    """A number for each text of an Arrow array: the same for equal texts, and hardly ever for others.

    Null counts as the empty text.
    """
    keys = fresh(len(texts)).view(np.uint64)
    for rows, piece in pieces(texts):
        keys[rows] = _hashed(*laid_out(piece))
    return keys


def _hashed(places: Ints, data: Bytes) -> Keys:
    """Each text by its last eight bytes, then by its first eight, the next eight ..."""
    padded = np.zeros(len(data) + 8, np.uint8)
    padded[8:] = data
    words = np.ndarray((len(data) + 1,), "<u8", padded, strides=(1,))  # eight bytes from each place on
    starts, ends = places[:-1], places[1:]
    lengths = ends - starts
    keys = mixed(lengths.astype(np.uint64))  # so that no length makes up for a letter: a and b with a zero byte
    keys = mixed(keys ^ (words[ends] >> _SHIFTS[np.minimum(lengths, 8)]))
    at, rows = 8, np.flatnonzero(lengths > 8)
    while len(rows) and at < _LONG:
        keys[rows] = mixed(keys[rows] ^ words[starts[rows] + at])
        at += 8
        rows = rows[lengths[rows] > at]
    for row in rows.tolist():  # a text of megabytes, of which there can be few
        digest = blake2b(data[starts[row] + at - 8 : ends[row]].tobytes(), digest_size=8).digest()
        keys[row] = mixed(keys[row : row + 1] ^ np.frombuffer(digest, "<u8"))[0]
    return keys


def mixed(keys: Keys) -> Keys:
    """Numbers stirred so that every bit of the result depends on many bits of the key."""
    keys = keys * _MIX
    keys ^= keys >> np.uint64(32)
    return keys


def all_differ(keys: Keys) -> bool:
    """Whether no key of ``hashed`` occurs twice."""
    ordered = np.sort(keys)
    return not bool((ordered[1:] == ordered[:-1]).any())
