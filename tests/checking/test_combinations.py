"""Distinct combinations of codes, found without sorting, are those that sorting finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitycheck.model import table
from communitycheck.model.table import combinations


@given(data=st.data(), n=st.integers(0, 40), names=st.lists(st.integers(0, 9), max_size=6))
@pytest.mark.parametrize("span", [0, 1 << 16])
def test_combinations_are_those_of_unique(data: st.DataObject, n: int, names: list[int], span: int) -> None:
    """``span`` 0: a table of all combinations is never worth it."""
    codes = [np.array(data.draw(st.lists(st.integers(-1, k - 1), min_size=n, max_size=n)), np.int32) for k in names]
    before, table.SPAN = table.SPAN, span - 8 * n
    try:
        first, ids = combinations(zip(codes, names, strict=True), n)
    finally:
        table.SPAN = before
    rows = np.array(codes, np.int64).reshape(len(names), n).T
    distinct, expected, own = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    assert len(first) == len(distinct) if names or n else not len(first)
    assert first.tolist() == expected.tolist() if names else first.tolist() == [0][:n]
    assert ids.tolist() == np.ravel(own).tolist()
