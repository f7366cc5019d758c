"""Objects of JSON that stand a line each, as we lay them out, read into columns by Arrow.

What Arrow would take otherwise than ``json`` does is not read here: who asks gets None, and reads the objects one by
one, which also tells what is wrong with which. A figure is a number or null; the few that are two ends are read apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any

import numpy as np
import pyarrow as pa
from msgspec import Struct
from pyarrow import json as arrow_json

from communitycheck.model.table import Floats

_BLOCK = 1 << 24
_END = b"]\n}\n"  # of the list and of the file
_ENDS = b'": ['  # where figures may be two ends


class JsonColumns(Struct, frozen=True):
    """Some of the objects: their columns, and the lower and upper ends of each figure (NaN for null)."""

    table: pa.Table
    figures: dict[str, tuple[Floats, Floats]]


def columns_of_lines(file: IO[bytes], schema: pa.Schema, figures: Sequence[str]) -> Iterator[JsonColumns | None]:
    """The objects of a list from where the file stands to the end of it, in pieces; None, and no more, at the first
    piece that is not laid out as we do, misses a key or has another.

    Args:
        schema: of all keys; those of ``figures`` are float64. A boolean may be missing, and so may what a struct holds.
    """
    try:
        for piece in _pieces(file):
            found = None if piece is None else _columns(piece, schema, figures)
            yield found
            if found is None:
                return
    except (pa.ArrowInvalid, json.JSONDecodeError, UnicodeError, RecursionError, OverflowError):
        yield None


def _pieces(file: IO[bytes]) -> Iterator[bytes | None]:
    """Whole lines, each with its comma; None where the list does not end as ours do."""
    rest = b""
    while block := file.read(_BLOCK):
        rest += block
        cut = rest.rfind(b"\n", 0, len(rest) - 2 * len(_END)) + 1  # the end stays in one piece
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest.removesuffix(_END) + b",\n" if rest.endswith(b"}" + _END) else None


def _columns(piece: bytes, schema: pa.Schema, figures: Sequence[str]) -> JsonColumns | None:
    lines, ends = _without_ends(piece, figures)
    objects = lines.replace(b"},\n", b"}\n")
    options = arrow_json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error")
    table = arrow_json.read_json(pa.BufferReader(objects), parse_options=options)
    table.validate(full=True)
    if len(table) != len(lines) - len(objects) or not _is_whole(table, objects, figures):
        return None
    found: dict[str, tuple[Floats, Floats]] = {}
    for key in figures:
        values = table.column(key).to_numpy()
        if not np.isfinite(values[table.column(key).is_valid().to_numpy()]).all():
            return None
        found[key] = values, values
        if key in ends:
            rows, low, high = (np.array(part) for part in zip(*ends[key], strict=True))
            found[key] = values.copy(), values.copy()
            for side, column in zip(found[key], (low, high), strict=True):
                side[rows] = column
    return JsonColumns(table.drop_columns(list(figures)), found)


def _is_whole(table: pa.Table, objects: bytes, figures: Sequence[str]) -> bool:
    """Whether every key is there: a figure that is null says so, and nothing else is."""
    nulls = {key: table.column(key).null_count for key in figures}
    if any(nulls[key] != objects.count(f'"{key}": null'.encode()) for key in figures if nulls[key]):
        return False
    if objects.count(b'": null') != sum(nulls.values()):
        return False
    plain = [field.name for field in table.schema if field.name not in nulls and not pa.types.is_boolean(field.type)]
    return all(not table.column(key).null_count for key in plain)


def _without_ends(piece: bytes, figures: Sequence[str]) -> tuple[bytes, dict[str, list[tuple[int, float, float]]]]:
    """The lines with null for each figure of two ends, and these by row."""
    ends: dict[str, list[tuple[int, float, float]]] = {}
    at = piece.find(_ENDS)
    if at < 0:
        return piece, ends
    kept, done, row = [], 0, 0
    while at >= 0:
        start, stop = piece.rfind(b"\n", 0, at) + 1, piece.find(b"\n", at) + 1
        row += piece.count(b"\n", done, start)
        one = json.loads(piece[start:stop].rstrip(b",\n"))
        for key in figures if isinstance(one, dict) else ():
            pair = _pair(one.get(key))
            if pair is not None:
                one[key] = None
                ends.setdefault(key, []).append((row, *pair))
        kept += [piece[done:start], json.dumps(one, ensure_ascii=False).encode(), b",\n"]
        done, row = stop, row + 1
        at = piece.find(_ENDS, stop)
    return b"".join([*kept, piece[done:]]), ends


def _pair(value: Any) -> tuple[float, float] | None:
    """Two ends, of which one may be open."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    if not all(end is None or (isinstance(end, int | float) and not isinstance(end, bool)) for end in value):
        return None
    low, high = value
    found = -np.inf if low is None else float(low), np.inf if high is None else float(high)
    return found if all(end is None or np.isfinite(float(end)) for end in value) else None


