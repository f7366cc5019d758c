"""A reading as bytes: nothing is lost on the way to a worker or a cache, and nothing else is taken for one."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from batch.folder import make
from communitycheck.model.address import Address
from communitycheck.model.returns import Notice, Return
from communitycheck.model.text import Text
from communitycheck.returns.batch.packing import MARK, pack, unpack
from communitycheck.returns.batch.parts import PartRead, ReadingOptions, parts_of, read_part
from communitycheck.returns.files.find import look_for_files
from communitycheck.standards.choose import open_rule_book, whole_dictionary
from paths import ROOT, SHARED

RETURNS = SHARED / "returns"
BOOK = open_rule_book()
DICTIONARY = whole_dictionary(BOOK, BOOK.all())


def readings(folder: Path) -> list[PartRead]:
    options = ReadingOptions(DICTIONARY, to_show=True)
    return [read_part(part, options) for part in parts_of(look_for_files([folder])[0])]


def plain(value: Any) -> Any:
    """A value with its arrays as lists, to be compared; NaN equals NaN."""
    if isinstance(value, msgspec.Struct):
        return (type(value), {name: plain(getattr(value, name)) for name in value.__struct_fields__})
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [f.name for f in dataclasses.fields(value) if f.name not in ("_coded", "_codes")]
        return (type(value), {name: plain(getattr(value, name)) for name in names})
    if isinstance(value, np.ndarray):
        return (str(value.dtype), ["nan" if x != x else x for x in value.tolist()])
    if isinstance(value, pa.Array | pa.ChunkedArray):
        return (str(value.type), value.to_pylist())
    if isinstance(value, Exception):
        return (type(value), plain(vars(value)))
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(plain(one) for one in value)
    return value


@pytest.mark.parametrize(
    "folder",
    [
        "mixed",
        ROOT / "sample_data",
        pytest.param(RETURNS, marks=pytest.mark.skipif(not RETURNS.is_dir(), reason="the real tables are not here")),
    ],
    ids=str,
)
def test_nothing_is_lost(folder: Path | str, tmp_path: Path) -> None:
    place = make(tmp_path) if isinstance(folder, str) else folder
    seen = 0
    for reading in readings(place):
        again = unpack(pack(reading), PartRead)
        assert plain(again) == plain(reading)
        for one, other in zip(again.returns, reading.returns, strict=True):
            for table, known in zip(one.tables, other.tables, strict=True):
                assert all(any(sheet is s for s in one.sheets) for sheet in table.sheets)
                for key, column in table.columns.items():
                    assert (column.hi is column.lo) == (known.columns[key].hi is known.columns[key].lo)
                    assert column.lo is None or column.lo.flags.writeable
                seen += len(table)
    assert seen > 20


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates() | st.datetimes()
    | st.builds(Text, st.text(), st.text()),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner)
    | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=3))
def test_values_of_notices_come_back_as_they_were(values: dict[str, Any]) -> None:
    notice = Notice("some-code", Address("a\ud800.csv", "表", 3, "F3"), "约三百", values)
    found = PartRead([Return("a.csv", "0" * 64, "csv", notices=[notice])], [])
    again = unpack(pack(found), PartRead).returns[0].notices
    assert plain(again) == plain([notice])


def test_other_bytes_are_refused(tmp_path: Path) -> None:
    data = pack(readings(make(tmp_path, 1))[0])
    spoilt = [data[:-1], data + b"x", b"", b"x" * 200, MARK, data.replace(b"reading/10", b"reading/99", 1)]
    spoilt += [data[:i] + bytes([data[i] ^ 1]) + data[i + 1 :] for i in range(0, len(data), len(data) // 25)]
    for one in spoilt:
        with pytest.raises(ValueError, match="not a stored reading"):
            unpack(one, PartRead)
