"""What crosses between processes and lies in a cache, as bytes and back: one Arrow IPC file.

Its only row has what is no array in the column ``values``, as JSON (``packed.py``), and in each further column
one array, as a list; in the JSON an array is named by its number. Nothing in the bytes is ever run. Before the file
stand a mark and a checksum::

    MARK, filled up to 32 bytes; sha256 of the rest; the Arrow file

pydantic and cattrs would need a model for each of these classes, take longer to import than to read fifty small files
(pydantic: 190 ms on two cores), and leave the arrays and the free values of notices to hooks of our own all the same.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from communitycheck.errors import QuestionError, ReturnError
from communitycheck.model import expression
from communitycheck.model.address import Address
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.entity import Entity
from communitycheck.model.returns import Notice, Return
from communitycheck.model.sheet import Remark, Sheet, SheetColumn
from communitycheck.model.table import Column, State, Table
from communitycheck.model.text import Text
from communitycheck.model.units import Dimension, UnitWord
from communitycheck.packed import Packer, Unpacker, by_name, fields_of
from communitycheck.returns.batch.parts import PartRead, ReadingOptions
from communitycheck.returns.columns.mapping.mapping import MappedColumn, Mapping, TableMapping

T = TypeVar("T")

MARK = b"communitycheck-reading/10\n"
_FRONT = 32
# So long is what stands before the Arrow file, the checksum of that included.
HEAD = _FRONT + 32
_CLASSES = by_name(
    *(Address, Column, Notice, PartRead, Remark, Return, Sheet, SheetColumn, Table, Text),
    *(Dictionary, Entity, Field, MappedColumn, Mapping, ReadingOptions, TableMapping, Dimension, UnitWord),
    *(expression.Number, expression.String, expression.Truth, expression.ListOf, expression.Name),
    *(expression.Unary, expression.Binary, expression.Call),
)
_ERRORS = by_name(ReturnError, QuestionError)
# What reading other bytes can end in.
_AMISS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, pa.ArrowException)
_FIELDS = fields_of(_CLASSES)
# A column's upper bounds mostly are its lower bounds, the same array: who reads them asks for just that.
_HI = _FIELDS["Column"].index("hi")
_SAME_AS_LO = {"$": "lo"}


def pack(value: object) -> bytes:
    """The value as bytes.

    Raises:
        TypeError: it holds something that has no written form.
    """
    packer = _Packer()
    text = json.dumps(packer.plain(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    columns = [pa.array([text], pa.large_binary())]
    columns += [pa.LargeListArray.from_arrays([0, len(array)], array) for array in packer.arrays]
    names = ["values", *map(str, range(len(packer.arrays)))]
    batch = pa.RecordBatch.from_arrays(columns, names=names)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)
    body = sink.getvalue()
    return b"".join((MARK.ljust(_FRONT, b"\0"), hashlib.sha256(body).digest(), body))


def unpack(data: bytes | memoryview, kind: type[T]) -> T:
    """The value of that class which ``pack`` wrote.

    Raises:
        ValueError: the bytes are not that, or not whole.
    """
    body = memoryview(data)[HEAD:]
    if data[: len(MARK)] != MARK or hashlib.sha256(body).digest() != data[_FRONT:HEAD]:
        raise ValueError("not a stored reading")
    try:
        batch = pa.ipc.open_file(pa.py_buffer(body)).get_batch(0)
        batch.validate()
        text, *lists = batch.columns
        plain = json.loads(text[0].as_py().decode("utf-8", "surrogatepass"))
        value = _Unpacker([_sound(one) for one in lists]).whole(plain)
    except _AMISS as trouble:
        raise ValueError("not a stored reading") from trouble
    if not isinstance(value, kind):
        raise ValueError("not a stored reading")
    return value


def _sound(row: pa.Array) -> pa.Array:
    """The array in the only row of a column. Offsets that lead out of a buffer are followed elsewhere without a look.

    Raises:
        ValueError, TypeError: it has some, or is no array.
    """
    if not pa.types.is_large_list(row.type):
        raise TypeError("no list")
    if len(row) != 1 or row.offset or row.null_count:
        raise ValueError("not one row")
    values = row.values
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        # The ends were looked at; in between they must not go back. Full validation decodes every text besides.
        width = "int32" if pa.types.is_string(values.type) else "int64"
        ends = slice(values.offset, values.offset + len(values) + 1)
        offsets: np.ndarray[Any, np.dtype[np.int64]] = np.frombuffer(values.buffers()[1], width)[ends]
        if (offsets[1:] < offsets[:-1]).any():
            raise ValueError("offsets go back")
    elif not pa.types.is_primitive(values.type):
        values.validate(full=True)
    return values


class _Packer(Packer):
    """Arrays besides; a sheet, which its return and its tables share, is written once."""

    def __init__(self) -> None:
        super().__init__(_CLASSES, _FIELDS)
        self.arrays: list[pa.Array] = []
        self._sheet_at: dict[Sheet, int] = {}

    def plain(self, value: Any) -> Any:
        return {"$": "State", "of": int(value)} if isinstance(value, State) else super().plain(value)

    def packed(self, value: Any) -> Any:
        if isinstance(value, np.generic):
            return self.plain(value.item())
        if isinstance(value, np.ndarray | pa.Array | pa.ChunkedArray):
            return self._array(value)
        if isinstance(value, ReturnError):
            columns = list(value.columns) if isinstance(value, QuestionError) else None
            more = [value.code, value.path, value.sheet, columns, self.plain(value.values)]
            return {"$": _error_name(value), "of": more}
        if isinstance(value, Sheet):
            if value in self._sheet_at:
                return {"$": "sheet", "of": self._sheet_at[value]}
            self._sheet_at[value] = len(self._sheet_at)
        return super().packed(value)

    def _array(self, value: Any) -> Any:
        self.arrays.append(value.combine_chunks() if isinstance(value, pa.ChunkedArray) else pa.array(value))
        return {"$": "numpy" if isinstance(value, np.ndarray) else "arrow", "of": len(self.arrays) - 1}

    def values_of(self, value: Any) -> list[Any]:
        if not (isinstance(value, Column) and value.hi is not None and value.hi is value.lo):
            return super().values_of(value)
        values = super().values_of(replace(value, hi=None))
        values[_HI] = _SAME_AS_LO
        return values


class _Unpacker(Unpacker):
    def __init__(self, arrays: list[pa.Array]) -> None:
        super().__init__(_CLASSES)
        self._arrays = arrays
        self._sheets: list[Sheet] = []

    def made(self, kind: str, values: list[Any]) -> Any:
        made = super().made(kind, values)
        if kind == "Sheet":
            self._sheets.append(made)
        elif kind == "Column" and values[_HI] == _SAME_AS_LO:
            made.hi = made.lo
        return made

    def special(self, kind: str, of: Any) -> Any:
        if kind == "arrow":  # a copy, or it would hold all the bytes for as long as it is there
            return pa.concat_arrays([self._arrays[of]])
        if kind == "numpy":
            return self._arrays[of].to_numpy(zero_copy_only=False).copy()
        if kind == "lo":
            return None
        if kind == "sheet":
            return self._sheets[of]
        if kind == "State":
            return State(of)
        if kind not in _ERRORS:
            return super().special(kind, of)
        code, path, sheet, columns, values = of
        more = {} if columns is None else {"columns": tuple(columns)}
        return _ERRORS[kind](code, path=path, sheet=sheet, **more, **self.whole(values))


def _error_name(error: ReturnError) -> str:
    name = type(error).__name__
    if _ERRORS.get(name) is not type(error):
        raise TypeError(f"{name} cannot be stored")
    return name
