"""The tables of returns that have been judged are parts of those that all records stand in, and say what they said."""

from __future__ import annotations

import dataclasses
import gc
import math
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from communitycheck import check, judging
from communitycheck.api import render
from communitycheck.model.returns import Return
from communitycheck.model.table import Column, Table
from communitycheck.model.views.spare_column import SpareColumn
from communitycheck.returns.batch import sharing

HEADER = "县区,社区名称,社区类型,户数,综合服务设施面积,养老服务设施"
PLAIN = HEADER + "\n和平区,{0}甲社区,城市,1000,412.5,是\n和平区,{0}乙社区,城市,,{1},否\n"
OTHER = "县区,社区名称,常住人口\n沈河区,丙社区,3000\n沈河区,丁社区,300-400\n沈河区,戊社区,\n"


@pytest.fixture
def returns(tmp_path: Path) -> list[str]:
    texts = [PLAIN.format("东", "280"), OTHER, PLAIN.format("西", "300余")]
    files = [tmp_path / f"{name}.csv" for name in "abc"]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    return [str(file) for file in files]


def said(tables: Any) -> list[Any]:
    return [
        (
            one.entity,
            [sheet.path for sheet in one.sheets],
            one.sheet_of.tolist(),
            one.row_of.tolist(),
            {key: _cells(column) for key, column in one.columns.items()},
        )
        for one in tables
    ]


def _cells(column: Column) -> list[Any]:
    if column.text is not None:
        return list(zip(column.text.to_pylist(), _states(column), strict=True))
    assert column.lo is not None and column.hi is not None
    ends = zip(column.lo.tolist(), column.hi.tolist(), strict=True)
    return [
        (*(None if math.isnan(end) else end for end in two), s) for two, s in zip(ends, _states(column), strict=True)
    ]


def _states(column: Column) -> list[int]:
    return [0] * len(column) if column.state is None else column.state.tolist()


def test_tables_say_what_they_said_before(returns: list[str]) -> None:
    before: list[Any] = []
    report = check(
        returns, on_read=lambda read: before.extend(said(one.tables) for one in read), as_of=date(2023, 12, 31)
    )
    assert [said(one.tables) for one in report.returns] == before
    assert [len(one.tables[0]) for one in report.returns] == [2, 3, 2]
    assert [len(one.tables[:1]) for one in report.returns] == [1, 1, 1]


def gathered(returns: list[str], *, changed: bool = False) -> judging.Gathered:
    dictionary = judging.basis_of((), None, None, (), ()).dictionary
    return judging.gathered(returns, dictionary, (), mapping=None, jobs=1, cache=None, progress=None, changed=changed)


@pytest.mark.parametrize("records", [2, 4, 7])
def test_those_of_many_returns_are_joined_while_they_are_read(
    returns: list[str], monkeypatch: pytest.MonkeyPatch, records: int
) -> None:
    apart = gathered(returns, changed=True)
    report = "".join(render(check(returns, as_of=date(2023, 12, 31)), "json", "en"))
    monkeypatch.setattr(sharing, "RECORDS", records)
    joined = gathered(returns)
    wholes = [part.whole for one in joined.returns for part in getattr(one.tables, "parts", ()) if part is not None]
    assert max(map(len, wholes), default=0) == {2: 0, 4: 5, 7: 7}[records]
    assert [said(one.tables) for one in joined.returns] == [said(one.tables) for one in apart.returns]
    assert "".join(render(check(returns, as_of=date(2023, 12, 31)), "json", "en")) == report


def test_upper_bounds_that_are_lower_ones_too_are_held_once() -> None:
    low = np.array([1.0, np.nan, 3.0, *range(97)])
    high = low.copy()
    high[2] = 4.0
    column = SpareColumn("households", low, high)
    assert not column.exact and column.hi is not high
    assert column.hi is not None and np.array_equal(column.hi, high, equal_nan=True)
    for start, stop in ((0, 2), (2, 3), (3, 100)):
        ends = column.ends(start, stop)
        assert all(
            np.array_equal(one, of[start:stop], equal_nan=True) for one, of in zip(ends, (low, high), strict=True)
        )
        assert (ends[1] is ends[0]) is (start != 2)
    changed = dataclasses.replace(column, state=np.zeros(100, np.uint8))
    assert isinstance(changed, SpareColumn) and np.array_equal(changed.hi, high, equal_nan=True)
    assert SpareColumn("households", low, low).exact
    wide = low + 1
    assert SpareColumn("households", low, wide).hi is wide


def test_no_record_is_held_twice(returns: list[str]) -> None:
    read: list[Return] = []
    report = check(returns, on_read=read.extend, as_of=date(2023, 12, 31))
    (records,) = report.records
    tables = [
        one for one in gc.get_objects() if type(one) is Table and one.sheets and one.sheets[0] in records.table.sheets
    ]
    assert {len(one) for one in tables} == {7}


def test_what_is_cut_out_cannot_be_changed_unseen(returns: list[str]) -> None:
    report = check(returns, as_of=date(2023, 12, 31))
    figures = report.returns[0].tables[0].columns["households"].lo
    assert figures is not None
    with pytest.raises(ValueError, match="read-only"):
        figures[0] = 1.0


def test_judged_again_they_are_what_they_were(returns: list[str]) -> None:
    basis, read = judging.basis_of((), None, None, (), ()), gathered(returns)
    first, second = (judging.judged(basis, read, date(2023, 12, 31), None, (), None) for _ in range(2))
    for one, other in zip(first.results, second.results, strict=True):
        assert one.outcome.tolist() == other.outcome.tolist()
        assert one.observed_hi.tolist() == pytest.approx(other.observed_hi.tolist(), nan_ok=True)
