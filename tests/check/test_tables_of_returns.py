"""The tables of returns that have been judged are parts of those that all records stand in, and say what they said."""

from __future__ import annotations

import gc
import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communitycheck import check, judging
from communitycheck.model.returns import Return
from communitycheck.model.table import Column, Table

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
    basis = judging.basis_of((), None, None, (), ())
    read = judging.gathered(returns, basis.dictionary, (), mapping=None, jobs=1, cache=None, progress=None)
    first, second = (judging.judged(basis, read, date(2023, 12, 31), None, (), None) for _ in range(2))
    for one, other in zip(first.results, second.results, strict=True):
        assert one.outcome.tolist() == other.outcome.tolist()
        assert one.observed_hi.tolist() == pytest.approx(other.observed_hi.tolist(), nan_ok=True)
