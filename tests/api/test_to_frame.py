"""Verdicts as a DataFrame: the very same as one by one."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

import communitycheck
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES
from reporting.sample_report import sample_report

DAY = date(2021, 12, 31)


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    return {
        "built": sample_report(),
        "cities": communitycheck.check("sample_data/panzhihua_2020.xlsx", as_of=DAY),
        "sideways": communitycheck.check("sample_data/published_figures.xlsx", as_of=DAY),
    }


def same(one: Any, other: Any) -> bool:
    if other is None or (isinstance(other, float) and math.isnan(other)):
        return bool(pd.isna(one))
    return bool(one == other)


@pytest.mark.parametrize("name", ["built", "cities", "sideways"])
@pytest.mark.parametrize("every", [False, True])
def test_each_row_is_its_verdict(reports: dict[str, Report], name: str, every: bool) -> None:
    report = reports[name]
    frame = report.to_frame(all_verdicts=every)
    verdicts = list(report.verdicts(all_outcomes=every))
    assert len(frame) == len(verdicts) > 0
    for row, v in zip(frame.itertuples(), verdicts, strict=True):
        at, ranged = v.at, isinstance(v.observed, tuple)
        pairs = [
            (row.rule, v.rule.id), (row.standard, v.rule.standard), (row.severity, v.rule.severity),
            (row.entity, v.subject.entity), (row.name, v.subject.name), (row.code, v.subject.code),
            (row.outcome, v.outcome.word), (row.reason, v.reason.name.lower()), (row.clause, v.rule.clause),
            (row.observed, None if ranged else v.observed), (row.shortfall, v.shortfall), (row.add, v.add),
            (row.unit, v.rule.unit), (row.lever, v.rule.lever), (row.layer, v.rule.layer or v.rule.standard),
            (row.path, at.path if at else None), (row.sheet, at.sheet if at else None),
            (row.row, at.row if at else None), (row.cells, " ".join(v.cells)), (row.waived, v.waiver is not None),
        ]  # fmt: skip
        assert all(same(one, other) for one, other in pairs), (row, v)
        regions = [getattr(row, level) for level in ("province", "city", "county", "street")]
        assert set(v.subject.region) <= set(regions)


def test_it_is_made_to_be_grouped_and_summed(reports: dict[str, Report]) -> None:
    report = reports["cities"]
    frame = report.to_frame(all_verdicts=True)
    counts = frame["outcome"].value_counts()
    assert {o.word: int(counts[o.word]) for o in OUTCOMES} == {o.word: n for o, n in report.outcomes().items()}
    assert frame["row"].dtype == "Int64" and frame["shortfall"].dtype == np.float64
    for column in ("rule", "severity", "outcome", "county", "path"):
        assert isinstance(frame[column].dtype, pd.CategoricalDtype)
    by_county = frame[frame["outcome"] == "fail"].groupby("county", observed=True)["shortfall"].count()
    assert len(by_county) == 5 and by_county.sum() > 0


def test_a_report_without_verdicts_has_the_same_columns(reports: dict[str, Report]) -> None:
    some = reports["built"]
    nothing = communitycheck.Report("1", DAY, "option", [], some.dictionary, [], [])
    assert list(nothing.to_frame().columns) == list(some.to_frame().columns) and nothing.to_frame().empty
