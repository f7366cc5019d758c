"""What names the rows of a table of a database, in the notices about it."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import replace

from communitycheck.model.returns import Notice
from communitycheck.returns.cells.privacy import SUSPECT, masked
from communitycheck.returns.grid import Grid
from communitycheck.returns.text_columns import TextArray


def unmasked_keys(grid: Grid) -> TextArray | None:
    """The keys of a grid's rows, which it keeps; one that would tell who a person is becomes the number of its row."""
    keys = grid.row_keys
    if keys is None:
        return None
    if pc.any(pc.match_substring_regex(keys, SUSPECT)).as_py():
        texts = keys.to_pylist()
        keys = pa.array([t if t is None or masked(t) == t else f"#{row}" for row, t in enumerate(texts)], pa.string())
        grid.row_keys = keys
    return keys


def with_row_key(notice: Notice, keys: Mapping[str, TextArray]) -> Notice:
    """The notice, its row named by its key as well."""
    at = notice.at
    known = keys.get(at.sheet or "")
    if known is None or at.row is None or at.key is not None or not 0 < at.row <= len(known):
        return notice
    return replace(notice, at=replace(at, key=known[at.row - 1].as_py()))
