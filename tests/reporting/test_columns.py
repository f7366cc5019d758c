"""The columns that a large CSV report is made from say what the verdicts say one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from communitycheck.model.report import Report
from communitycheck.model.result import Records, RuleResult
from communitycheck.reporting.csv_report import csv_report


def test_columns_of_records_say_what_is_seen_one_by_one(report: Report) -> None:
    results = [r for r in report.results if isinstance(r.subjects, Records) and len(r)]
    assert len(results) > 5
    for result in results:
        assert isinstance(result.subjects, Records)
        for subjects in (result.subjects, _sideways(result.subjects)):
            places = np.arange(len(result), dtype=np.int32)[::-1]
            seen = list(subjects.seen(places, result.fields))
            columns = subjects.columns(places, result.fields)
            assert columns.names == [s.subject.name for s in seen]
            assert columns.codes == [s.subject.code for s in seen]
            assert columns.regions == [s.subject.region for s in seen]
            assert columns.paths == [s.at.path for s in seen if s.at]
            assert columns.sheets == [s.at.sheet for s in seen if s.at]
            assert columns.rows == [str(s.at.row) if s.at and s.at.row is not None else "" for s in seen]
            assert columns.cells == [" ".join(s.cells) for s in seen]


def test_numbers_are_those_of_the_verdicts(report: Report) -> None:
    missed = 0
    for result in report.results:
        places = result.places(all_outcomes=True)
        numbers = list(result.numbers_at(places))
        verdicts = list(result.verdicts_at(places))
        assert [(n[0], n[1], n[6], n[7]) for n in numbers] == [
            (v.outcome, v.reason, v.shortfall, v.add) for v in verdicts
        ]
        missed += sum(n[6] is not None for n in numbers)
    assert missed > 5


def test_figures_kept_in_words_never_reach_another_record(report: Report) -> None:
    """Each verdict alone gives the row that it has among all others."""
    whole = "".join(csv_report(report, "zh", all_verdicts=True)).splitlines()[1:]
    alone = []
    for result in report.results:
        for i in range(len(result)):
            one = replace(report, results=[_only(result, i)])
            alone += "".join(csv_report(one, "zh", all_verdicts=True)).splitlines()[1:]
    assert len(whole) > 50
    assert alone == whole


def _only(result: RuleResult, i: int) -> RuleResult:
    """The result with the one verdict at ``i``: what stands elsewhere is silent."""

    class One(RuleResult):
        def places(self, *, all_outcomes: bool = False) -> np.ndarray:
            return np.array([i], dtype=np.int32)

    return One(**{name: getattr(result, name) for name in RuleResult.__dataclass_fields__})


def _sideways(subjects: Records) -> Records:
    """The same records as if each stood in a column of its own."""
    table = subjects.table
    sheets = [
        replace(sheet, transposed=True, columns=[replace(c, column=str(n)) for n, c in enumerate(sheet.columns, 3)])
        for sheet in table.sheets
    ]
    return Records(replace(table, sheets=sheets), subjects.index)
