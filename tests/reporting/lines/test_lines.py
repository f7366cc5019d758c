"""Lines of verdicts that are joined by the thousand say what is written verdict by verdict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from communitycheck.messages import Lang
from communitycheck.model.comparison import COMPARISONS
from communitycheck.model.expression import Name, Number, Truth
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Reason, Records, RuleResult
from communitycheck.model.standard import Limit, Rule, Threshold
from communitycheck.model.table import State, Table
from communitycheck.reporting.formats import csv as csv_report
from communitycheck.reporting.formats import json as json_report
from communitycheck.reporting.lines import writer
from communitycheck.reporting.words.sentences import Wording
from reporting.large_report import large_report
from reporting.sample_report import NAMES, column, communities, rule, sample_report

FORMS = {"csv": csv_report.CsvLines, "json": json_report.JsonLines}
LANGS: tuple[Lang, ...] = ("zh", "en")
NAN, INF = float("nan"), float("inf")
# Close together, tiny, large, noisy, negative, unknown, open.
AWKWARD = (
    0.0, -0.0, 1e-20, 1e-13, 0.0004, 0.12, 0.12999, 0.13, 0.1 + 0.2, 0.3, 1.0, 7.999999999, 8.0, 12.994, 12.996, 13.0,
    29.9999, 30.0, 399.5, 399.99999, 400.0, 400.0001, 999.94, 999.96, 999.996, 1000.0, 1000.04, 1234567.891, 1e-7, 1e10,
    1e15, 1e16, 2.0**53 + 2, 1.5e21, 9.995, 10.0, 9.9996, -5.0, -999.97, -1000.0, -0.001, NAN, INF, -INF,
)  # fmt: skip

# Pairs that print alike with the digits that each alone is given.
CLOSE = ((12.9999, 13.0), (0.12999, 0.13), (0.13001, 0.13), (399.99999, 400.0), (1000.04, 1000.0), (1e-13, 0.0))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("all_verdicts", [False, True])
def test_every_kind_of_verdict(report: Report, form: str, lang: Lang, all_verdicts: bool) -> None:
    wording = Wording.of(report, lang)
    for result in report.results:
        _holds(report, result, FORMS[form](wording), wording, all_verdicts=all_verdicts)


@pytest.fixture(scope="module", autouse=True)
def few_as_well() -> Iterator[None]:
    """Verdicts are joined however few there are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "FEW", 0)
        yield


def test_a_few_verdicts_are_the_same_by_a_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    report = large_report(40)
    wording = Wording.of(report, "en")
    by_pattern, alone = (_Counting(FORMS["csv"](wording)) for _ in range(2))
    text = b"".join(writer.verdict_lines(report, by_pattern, wording))
    monkeypatch.setattr(writer, "FEW", 32)
    assert b"".join(writer.verdict_lines(report, alone, wording)) == text
    assert by_pattern.count < alone.count


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_awkward_numbers_states_and_sheets(data: st.DataObject) -> None:
    _joined_is_alone(data)


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None)
@given(data=st.data())
def test_many_awkward_numbers_states_and_sheets(data: st.DataObject) -> None:
    _joined_is_alone(data)


def _joined_is_alone(data: st.DataObject) -> None:
    report, table = sample_report(), _odd_table(data)
    result = _odd_result(data, table)
    wording = Wording.of(report, data.draw(st.sampled_from(LANGS)))
    writer.CHUNK = data.draw(st.sampled_from([1, 7, 1 << 14]))
    writer.FEW = data.draw(st.sampled_from([0, 0, 2]))
    try:
        for form in FORMS.values():
            _holds(report, result, form(wording), wording, all_verdicts=True)
    finally:
        writer.CHUNK, writer.FEW = 1 << 14, 0


@pytest.mark.parametrize("form", FORMS)
def test_most_verdicts_of_a_large_report_are_joined(form: str) -> None:
    report = large_report(5_000)
    wording = Wording.of(report, "zh")
    written = _Counting(FORMS[form](wording))
    text = b"".join(writer.verdict_lines(report, written, wording)).decode()
    assert text.count("第1市") > 1_900
    # One of each shape, and the verdicts that only a range is known of.
    assert written.count < 20


class _Counting:
    """A form that counts what is written one by one."""

    def __init__(self, form: Any) -> None:
        self._form, self.count = form, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._form, name)

    def line(self, *given: Any) -> str:
        self.count += 1
        return str(self._form.line(*given))


def _holds(report: Report, result: RuleResult, form: Any, wording: Wording, *, all_verdicts: bool) -> None:
    joined = b"".join(writer.verdict_lines(replace(report, results=[result]), form, wording, all_verdicts=all_verdicts))
    alone = [form.line(verdict, result) for verdict in result.verdicts(all_outcomes=all_verdicts)]
    assert joined.decode() == "".join(alone)


def _odd_table(data: st.DataObject) -> Table:
    """Communities of two sheets, the second of which may order its columns otherwise or lie on its side."""
    table = communities()
    n = len(table)
    states = st.lists(st.sampled_from([1.0, 2.0, *list(State)[1:5]]), min_size=n, max_size=n)
    for key in ("facility_area", "households"):
        table.columns[key] = column(key, data.draw(states))
    first, second = table.sheets
    match data.draw(st.sampled_from(["alike", "otherwise", "on its side"])):
        case "otherwise":
            letters = [c.column for c in reversed(second.columns)]
            columns = [replace(c, column=x) for c, x in zip(second.columns, letters, strict=True)]
            table.sheets = [first, replace(second, columns=columns)]
        case "on its side":
            rows = [replace(c, column=str(k)) for k, c in enumerate(second.columns, 3)]
            table.sheets = [first, replace(second, transposed=True, columns=rows)]
    return table


def _odd_result(data: st.DataObject, table: Table) -> RuleResult:
    n = len(NAMES)
    kind = data.draw(st.sampled_from(["number", "truth"]))
    comparison = data.draw(st.sampled_from(["at_least", "more_than", "at_most", "less_than", "equals", "between"]))
    pool = st.sampled_from([0.0, 1.0, NAN] if kind == "truth" else AWKWARD)
    numbers = st.lists(pool, min_size=n, max_size=n).map(np.array)
    pairs = st.tuples(pool, pool) if kind == "truth" else st.one_of(st.tuples(pool, pool), st.sampled_from(CLOSE))
    observed, required = map(np.array, zip(*data.draw(st.lists(pairs, min_size=n, max_size=n)), strict=True))
    high = np.where(np.arange(n) % 5 == 0, observed + 1, observed)
    outcome = np.array(data.draw(st.lists(st.sampled_from(list(Outcome)), min_size=n, max_size=n)), np.uint8)
    reason = np.array(data.draw(st.lists(st.sampled_from(list(Reason)), min_size=n, max_size=n)), np.uint8)
    missed = np.flatnonzero(np.isin(outcome, [Outcome.FAIL, Outcome.NOT_DUE])).astype(np.int32)
    reason[missed] = Reason.MISSED
    known = kind == "number" and np.isfinite(required) & np.isfinite(observed)
    short = np.abs(np.where(known, required, NAN) - np.where(known, observed, NAN))[missed]
    return RuleResult(
        _odd_rule(data, kind, comparison), Records(table), outcome, reason, observed, high, required, required.copy(),
        missed, short, add=data.draw(numbers)[missed], add_unit=data.draw(st.sampled_from(["", "m2", "ratio"])),
        fields=data.draw(st.sampled_from([(), ("facility_area",), ("households", "facility_area", "orgs_total")])),
        kind=kind,
    )  # fmt: skip


def _odd_rule(data: st.DataObject, kind: str, comparison: str) -> Rule:
    value = Truth(True) if kind == "truth" else Number(30.0)
    limit = Threshold(COMPARISONS["is" if kind == "truth" else comparison], (Limit(value),))
    return rule(
        "X-1", "liaoning-2021", "“引号”,逗号", 'with "quotation", marks', threshold=limit, indicator=Name("households"),
        unit=data.draw(st.sampled_from(["m2", "ratio", "", "m2/100 households"])),
        lever=data.draw(st.sampled_from([None, "facility_area"])),
    )  # fmt: skip
