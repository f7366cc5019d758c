"""Columns of text as Arrow holds them: in one piece, or as numbers where texts repeat."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from communitycheck.model.table import Ints

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
