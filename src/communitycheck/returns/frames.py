"""A table that is already in memory -> Return: read like a sheet whose first rows are the column names."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from msgspec.structs import replace

from communitycheck.errors import ReturnError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Return
from communitycheck.returns.columns.mapping.mapping import ANY, Mapping, TableMapping
from communitycheck.returns.files.formats.arrow_text import as_text
from communitycheck.returns.files.formats.values import text_of
from communitycheck.returns.files.open import Opened
from communitycheck.returns.grid import Grid
from communitycheck.returns.read import build, loaded_mapping

if TYPE_CHECKING:
    import pandas as pd


def return_of_frame(
    frame: pd.DataFrame, dictionary: Dictionary, *, name: str, mapping: Mapping | str | Path | None = None
) -> Return:
    """Read a DataFrame as a return, with the same reading of headers, units and cells as a file.

    A named index counts as columns. Rows are counted as they would stand in a spreadsheet: the column names are row
    1 (several rows where the columns have levels), the first record comes below.

    Args:
        name: what reports call it.

    Raises:
        ReturnError: no rows, or no columns. QuestionError: as for a file.
    """
    if any(level is not None for level in frame.index.names):
        frame = frame.reset_index()
    if not len(frame) or not len(frame.columns):
        raise ReturnError("no-cells", path=name)
    depth = frame.columns.nlevels
    columns = []
    for place, label in enumerate(frame.columns):
        levels = label if isinstance(label, tuple) else (label,)
        head = pa.array([_header(level) for level in levels], pa.string())
        columns.append(pa.concat_arrays([head, _texts(frame.iloc[:, place])]))
    grid = Grid(name, "", columns, len(frame) + depth)
    digest = hashlib.sha256()
    for column in columns:
        for buffer in column.buffers():
            digest.update(memoryview(buffer) if buffer is not None else b"-")
    loaded = loaded_mapping(mapping, dictionary)
    given = loaded.of(name, "") if loaded is not None else ()
    rows = tuple(range(1, depth + 1))
    own = tuple(replace(one, file=ANY, sheet=ANY, header_rows=one.header_rows or rows) for one in given)
    opened = Opened(name, digest.hexdigest(), "frame", grids=[grid])
    return build(opened, dictionary, Mapping(own or (TableMapping(header_rows=rows),)))


def _header(label: Any) -> str | None:
    text = text_of(label)
    return text.strip() or None if text else None


def _texts(series: Any) -> Any:
    """A column as Arrow strings; what pandas counts as missing is an empty cell."""
    try:
        array = pa.Array.from_pandas(series)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        array = None  # values of several kinds in one column
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if array is not None:
        if pa.types.is_dictionary(array.type):
            array = array.dictionary_decode()
        if pa.types.is_null(array.type):
            return pa.nulls(len(array), pa.string())
        if pa.types.is_integer(array.type) or pa.types.is_floating(array.type) or pa.types.is_string(array.type):
            return as_text(array).cast(pa.string())
    missing = series.isna().to_numpy()
    values = [None if gone else text_of(_plain(value)) for gone, value in zip(missing, series, strict=True)]
    return pa.array(values, pa.string())


def _plain(value: Any) -> Any:
    """Numbers of numpy and moments of pandas as Python's own; a day without a time as a date."""
    value = value.item() if hasattr(value, "item") else value
    value = value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
    at_midnight = hasattr(value, "hour") and hasattr(value, "date") and not (value.hour or value.minute or value.second)
    return value.date() if at_midnight else value
