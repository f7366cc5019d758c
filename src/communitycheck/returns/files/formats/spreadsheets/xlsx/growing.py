"""The columns of a large sheet, as they grow by one stretch of rows after the other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.returns.files.formats.spreadsheets.xlsx.tokens import Ints, Unusual
from communitycheck.returns.files.formats.values import text_of

Numbers = npt.NDArray[np.int32]
_NO_LENGTHS, _NO_NUMBERS = np.empty(0, np.int64), np.empty(0, np.int32)
# Bytes of text that one Arrow array takes at most.
_MOST_BYTES = 1 << 30


class Piece(NamedTuple):
    """CellTokens of one column, blank ones among them: one for each row of a stretch.

    Attributes:
        kind: ``raw``: texts, or ``number``: figures still to be written as a grid has them, both of ``lengths`` (0 is
            blank) in ``data``; ``shared``: ``numbers`` of strings (-1 is blank); ``texts``: a list.
        patches: the place and the text of cells that are unlike the others, which have them blank.
    """

    kind: str
    lengths: Ints = _NO_LENGTHS
    data: bytes = b""
    numbers: Numbers = _NO_NUMBERS
    texts: list[str | None] | tuple[()] = ()
    patches: list[tuple[int, str]] | tuple[()] = ()


class GrowingColumn:
    """A column, as pieces are added to it; those of one kind are joined."""

    def __init__(self, strings: pa.Array) -> None:
        self._strings = strings
        self._rows = 0
        self._done: list[pa.Array] = []
        self._patches: list[tuple[int, str]] = []
        self._kind = "texts"
        self._waiting: list[Piece] = []
        self._bytes = 0

    def add(self, piece: Piece, rows: int) -> None:
        if piece.kind != self._kind or self._bytes > _MOST_BYTES:
            self._flush()
            self._kind = piece.kind
        self._waiting.append(piece)
        self._bytes += len(piece.data)
        if piece.patches:
            self._patches += [(self._rows + at, text) for at, text in piece.patches]
        self._rows += rows

    def fill_up(self, rows: int) -> None:
        """Blank cells up to so many rows."""
        blank = rows - self._rows
        if blank > 0:
            lengths, numbers = np.zeros(blank, np.int64), np.full(blank, -1, np.int32)
            self.add(Piece(self._kind, lengths, b"", numbers, [None] * blank), blank)

    def whole(self) -> pa.ChunkedArray:
        self._flush()
        whole = pa.chunked_array(self._done, pa.string())
        if not self._patches:
            return whole
        mask = np.zeros(self._rows, np.bool_)
        mask[[row for row, _ in self._patches]] = True
        return pc.replace_with_mask(whole, pa.array(mask), pa.array([text for _, text in self._patches], pa.string()))

    def _flush(self) -> None:
        if not self._waiting:
            return
        if self._kind == "texts":
            self._done.append(pa.array([text for piece in self._waiting for text in piece.texts], pa.string()))
        elif self._kind == "shared":
            numbers = np.concatenate([piece.numbers for piece in self._waiting])
            if numbers.max(initial=-1) >= len(self._strings):
                raise Unusual
            self._done.append(self._strings.take(pa.array(numbers, mask=numbers < 0)))
        else:
            lengths = np.concatenate([piece.lengths for piece in self._waiting])
            texts = _string_array(lengths, b"".join([piece.data for piece in self._waiting]))
            self._done.append(number_texts(texts) if self._kind == "number" else texts)
        self._waiting, self._bytes = [], 0


def _string_array(lengths: Ints, data: bytes) -> pa.Array:
    offsets = np.zeros(len(lengths) + 1, np.int32)
    np.cumsum(lengths, out=offsets[1:])
    there = np.packbits(lengths > 0, bitorder="little")
    buffers = [pa.py_buffer(there), pa.py_buffer(offsets), pa.py_buffer(data)]
    array = pa.StringArray.from_buffers(len(lengths), buffers[1], buffers[2], buffers[0])
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        raise Unusual from None
    return array


def number_texts(texts: pa.Array) -> pa.Array:
    """Numbers in any spelling as a grid has them."""
    try:
        values = pc.cast(texts, pa.float64())
    except pa.ArrowInvalid:
        raise Unusual from None
    numbers = values.to_numpy(zero_copy_only=False)
    with np.errstate(invalid="ignore"):
        large = np.abs(numbers) >= 1e15
    if not large.any():
        try:
            return pc.cast(pc.cast(values, pa.int64()), pa.string())
        except pa.ArrowInvalid:  # not all whole
            pass
    found = pc.cast(values, pa.string())
    large |= (numbers == 0) & np.signbit(numbers)
    odd = pc.fill_null(pc.or_(pc.match_substring(found, "e"), pa.array(large)), False)
    mended = pa.array([text_of(value) for value in values.filter(odd).to_pylist()], pa.string())
    return pc.replace_with_mask(found, odd, mended)
