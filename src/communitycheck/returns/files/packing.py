"""A reading as bytes and back: how it crosses from a worker and lies in a cache.

Values are JSON, arrays an Arrow stream for each length; nothing in the bytes is ever run. The layout::

    magic, sha256 of the rest, length of the JSON (8 bytes), JSON, {length of a stream (8 bytes), stream}...

In the JSON an object with the key ``$`` stands for something that JSON has no word for: one of our classes by its
name with its values, a date, a tuple, an array by its number.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import date, datetime, time
from typing import Any

import numpy as np
import pyarrow as pa

from communitycheck.errors import QuestionError, ReturnError
from communitycheck.model.returns import Address, Notice, Return, Sheet, SheetColumn
from communitycheck.model.table import Column, State, Table
from communitycheck.model.text import Text
from communitycheck.returns.files.portions import Reading

MAGIC = b"communitycheck-reading/2\n"
_CLASSES: dict[str, type[Any]] = {
    c.__name__: c for c in (Address, Column, Notice, Reading, Return, Sheet, SheetColumn, Table, Text)
}
_ERRORS: dict[str, type[ReturnError]] = {c.__name__: c for c in (ReturnError, QuestionError)}
# The fields of each, in the order in which it takes them; what is worked out again where it is needed is left out.
_FIELDS = {name: [f.name for f in dataclasses.fields(c) if not f.name.startswith("_")] for name, c in _CLASSES.items()}
_PLAIN = (str, int, float, bool, type(None))
_MOMENTS: dict[str, type[date] | type[time]] = {"date": date, "datetime": datetime, "time": time}


def pack(reading: Reading) -> bytes:
    """The reading as bytes.

    Raises:
        TypeError: it holds something that has no written form.
    """
    packer = _Packer()
    text = json.dumps(packer.plain(reading), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    parts = [len(text).to_bytes(8, "little"), text]
    for stream in packer.streams():
        parts += [len(stream).to_bytes(8, "little"), stream]
    body = b"".join(parts)
    return MAGIC + hashlib.sha256(body).digest() + body


def unpack(data: bytes) -> Reading:
    """The reading that ``pack`` wrote.

    Raises:
        ValueError: the bytes are not that, or not whole.
    """
    start = len(MAGIC) + 32
    body = memoryview(data)[start:]
    if data[: len(MAGIC)] != MAGIC or hashlib.sha256(body).digest() != data[len(MAGIC) : start]:
        raise ValueError("not a stored reading")
    blocks = []
    while len(body):
        size = int.from_bytes(body[:8], "little")
        blocks.append(body[8 : 8 + size])
        body = body[8 + size :]
    try:
        reading = _Unpacker(blocks[1:]).whole(json.loads(bytes(blocks[0]).decode("utf-8", "surrogatepass")))
    except (KeyError, IndexError, TypeError, pa.ArrowException) as trouble:
        raise ValueError("not a stored reading") from trouble
    if not isinstance(reading, Reading):
        raise ValueError("not a stored reading")
    return reading


class _Packer:
    """Values -> JSON; arrays and sheets, which several places may share, are written once."""

    def __init__(self) -> None:
        self._arrays: list[pa.Array] = []
        self._array_at: dict[int, int] = {}
        self._sheet_at: dict[int, int] = {}
        self._kept: list[Any] = []  # so that no id is given twice

    def plain(self, value: Any) -> Any:
        if value is None or isinstance(value, str | bool):
            return value
        if isinstance(value, State):
            return {"$": "State", "of": int(value)}
        if isinstance(value, int | float):
            return value
        if isinstance(value, np.generic):
            return self.plain(value.item())
        if isinstance(value, list):
            return [self.plain(one) for one in value]
        if isinstance(value, tuple):
            return {"$": "tuple", "of": [self.plain(one) for one in value]}
        if isinstance(value, dict):
            if all(isinstance(key, str) and key != "$" for key in value):
                return {key: self.plain(one) for key, one in value.items()}
            return {"$": "dict", "of": [[self.plain(key), self.plain(one)] for key, one in value.items()]}
        if isinstance(value, date | time):
            return {"$": type(value).__name__, "of": value.isoformat()}
        if isinstance(value, ReturnError):
            columns = list(value.columns) if isinstance(value, QuestionError) else None
            more = [value.code, value.path, value.sheet, columns, self.plain(value.values)]
            return {"$": _name_in(_ERRORS, value), "of": more}
        if isinstance(value, np.ndarray | pa.Array | pa.ChunkedArray):
            return self._array(value)
        if isinstance(value, Sheet):
            if id(value) in self._sheet_at:
                return {"$": "same", "of": self._sheet_at[id(value)]}
            self._sheet_at[id(value)] = len(self._sheet_at)
        name = _name_in(_CLASSES, value)
        values = [getattr(value, key) for key in _FIELDS[name]]
        return {"$": name, "of": [one if type(one) in _PLAIN else self.plain(one) for one in values]}

    def _array(self, value: Any) -> Any:
        if id(value) not in self._array_at:
            self._array_at[id(value)] = len(self._arrays)
            self._kept.append(value)
            array = value.combine_chunks() if isinstance(value, pa.ChunkedArray) else pa.array(value)
            self._arrays.append(array)
        return {"$": "numpy" if isinstance(value, np.ndarray) else "arrow", "of": self._array_at[id(value)]}

    def streams(self) -> list[pa.Buffer]:
        """The arrays, those of one length together; columns are named by their numbers."""
        lengths: dict[int, list[int]] = {}
        for number, array in enumerate(self._arrays):
            lengths.setdefault(len(array), []).append(number)
        streams = []
        for numbers in lengths.values():
            batch = pa.RecordBatch.from_arrays([self._arrays[n] for n in numbers], names=[str(n) for n in numbers])
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, batch.schema) as writer:
                writer.write_batch(batch)
            streams.append(sink.getvalue())
        return streams


class _Unpacker:
    def __init__(self, streams: list[memoryview]) -> None:
        self._arrays: dict[int, pa.Array] = {}
        self._numpy: dict[int, Any] = {}
        self._sheets: list[Sheet] = []
        for stream in streams:
            with pa.ipc.open_stream(pa.py_buffer(stream)) as reader:
                batch = reader.read_next_batch()
            self._arrays |= {int(name): column for name, column in zip(batch.schema.names, batch.columns, strict=True)}

    def whole(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.whole(one) if isinstance(one, dict | list) else one for one in value]
        if not isinstance(value, dict):
            return value
        kind = value.get("$")
        if kind is None:
            return {key: self.whole(one) for key, one in value.items()}
        if kind in _CLASSES:
            if kind == "Sheet":  # its place in the count is that of its beginning, as in the packer
                place = len(self._sheets)
                self._sheets.append(Sheet("", ""))
                sheet = self._sheets[place] = self._made(kind, value["of"])
                return sheet
            return self._made(kind, value["of"])
        return self._special(kind, value["of"])

    def _made(self, kind: str, values: list[Any]) -> Any:
        # Most values are plain: asking here saves a million calls in a large batch.
        return _CLASSES[kind](*[one if type(one) in _PLAIN else self.whole(one) for one in values])

    def _special(self, kind: str, of: Any) -> Any:
        if kind == "arrow":
            return self._arrays[of]
        if kind == "numpy":
            if of not in self._numpy:
                self._numpy[of] = self._arrays[of].to_numpy(zero_copy_only=False).copy()
            return self._numpy[of]
        if kind == "same":
            return self._sheets[of]
        if kind == "tuple":
            return tuple(self.whole(of))
        if kind == "dict":
            return {self.whole(key): self.whole(one) for key, one in of}
        if kind == "State":
            return State(of)
        if kind in _MOMENTS:
            return _MOMENTS[kind].fromisoformat(of)
        code, path, sheet, columns, values = of
        more = {} if columns is None else {"columns": tuple(columns)}
        return _ERRORS[kind](code, path=path, sheet=sheet, **more, **self.whole(values))


def _name_in(known: dict[str, type[Any]], value: Any) -> str:
    name = type(value).__name__
    if known.get(name) is not type(value):
        raise TypeError(f"{name} cannot be stored")
    return name
