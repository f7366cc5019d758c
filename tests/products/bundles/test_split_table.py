"""The stretches of a table hold its records unchanged, each once."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from communitycheck.model.sheet import Sheet
from communitycheck.model.table import Coded, Column, State, Table
from communitycheck.products.bundles.split_table import Stretches
from entities import ENTITIES


def table(n: int, rng: np.random.Generator) -> Table:
    """With a column of every make, its text in several chunks and partly blank."""
    low = rng.random(n)
    names = [None if i % 5 == 3 else f"社区{i}" for i in range(n)]
    state = rng.integers(0, len(State), n).astype(np.uint8)
    return Table(
        ENTITIES["community"],
        {
            "community": Column("community", text=pa.chunked_array([names[: n // 2], names[n // 2 :]], pa.string())),
            "street": Column("street", text=pa.array(names, pa.string())),
            "exact": Column("exact", low, low, state=state, half_step=rng.random(n)),
            "bound": Column("bound", low, low + 1, truth=True),
            "borrowed": Column("borrowed", low, low, borrowed={i: f"月报!E{i}" for i in range(0, n, 3)}),
        },
        [Sheet(f"{k}.xlsx", "表") for k in range(4)],
        rng.integers(0, 4, n).astype(np.int32),
        np.arange(n, dtype=np.int32) + 7,
        {"county": Coded(rng.integers(-1, 3, n).astype(np.int32), ["东区", "西区", "和平区"])},
    )


def records(one: Table) -> list[tuple[object, ...]]:
    """Every record with all that the table says of it."""
    found = []
    for i in range(len(one)):
        values: list[object] = [one.sheets[one.sheet_of[i]].path, int(one.row_of[i])]
        for column in one.columns.values():
            assert len(column) == len(one)
            borrowed = (column.borrowed or {}).get(i)
            numbers = [None if x is None else float(x[i]) for x in (column.lo, column.hi, column.half_step)]
            text = None if column.text is None else column.text[i].as_py()
            values += [column.field, *numbers, text, column.state_at(i), column.truth, borrowed, column.hi is column.lo]
        coded = one.regions["county"]
        values.append(coded.names[coded.codes[i]] if coded.codes[i] >= 0 else None)
        found.append(tuple(values))
    return found


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 30), st.integers(1, 6), st.integers(0, 2**16))
def test_every_record_in_its_region_s_table(n: int, regions: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    whole = table(n, rng)
    numbers = rng.integers(0, regions, n).astype(np.int32)
    stretches, before = Stretches(whole, numbers, regions), records(whole)
    for k in range(regions):
        rows = np.nonzero(numbers == k)[0].astype(np.int32)
        part = stretches.table(k)
        assert records(part) == [before[row] for row in rows.tolist()]
        assert stretches.within(rows, k).tolist() == list(range(len(rows)))
        # Nothing of the others comes along: no sheet, no name of a region.
        assert len(part.sheets) == len({whole.sheet_of[row] for row in rows.tolist()})
        coded = part.regions["county"]
        assert len(coded.names) == len({c for c in coded.codes.tolist() if c >= 0})
    assert records(whole) == before
