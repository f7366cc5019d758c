"""What a report shows of itself, and its frames."""

from __future__ import annotations

import html
import re
from datetime import date

import pandas as pd
import pytest
from msgspec.structs import replace

import communitycheck
from communitycheck.errors import ReturnError
from communitycheck.model.result import Outcome
from communitycheck.model.text import Text
from reporting.sample_report import sample_report


def test_its_line_is_short_and_counts() -> None:
    report = communitycheck.check("sample_data/panzhihua_2020.xlsx", as_of=date(2021, 12, 31))
    line = repr(report)
    assert line.startswith("<Report 2021-12-31: returns 1, ") and line.endswith(f"exit_code {report.exit_code}>")
    assert len(line) < 250 and "\n" not in line
    for outcome, n in report.outcomes().items():
        assert (f" {outcome.word} {n}," in line) is bool(n)


def test_its_face_lists_the_rules_that_most_fail() -> None:
    report = communitycheck.check("sample_data/panzhihua_2020.xlsx", as_of=date(2021, 12, 31))
    face = report._repr_html_()
    fails = [int(cells[1]) for row in re.findall(r"<tr>(<td>.*?)</tr>", face) if (cells := re.findall(r">(\d+)<", row))]
    assert len(fails) == 10 and fails == sorted(fails, reverse=True)
    assert html.escape(repr(report)[1:-1]) in face


def test_no_text_of_a_rule_becomes_markup() -> None:
    report = sample_report()
    bad = [replace(r, rule=replace(r.rule, title=Text("<script>", "a & b"))) for r in report.results]
    face = replace(report, results=bad)._repr_html_()
    assert "<script>" not in face and "&lt;script&gt;" in face


def test_a_report_of_nothing_shows_itself() -> None:
    report = replace(sample_report(), results=[], returns=[], records=[])
    assert "returns 0" in repr(report) and "<table>" not in report._repr_html_()


def test_a_notebook_is_told_why_a_return_was_not_read() -> None:
    unread = [ReturnError("file-missing", path=f"<{n}>.csv", near="") for n in range(12)]
    face = replace(sample_report(), unread=unread)._repr_html_()
    assert "unread: &lt;0&gt;.csv: no such file" in face and face.count("unread: ") == 11 and "unread: 2 more" in face


@pytest.mark.parametrize("every", [False, True])
def test_polars_gets_the_same_table(every: bool) -> None:
    pytest.importorskip("polars", reason="polars is not installed")
    report = sample_report()
    frame, other = report.to_frame(all_verdicts=every), report.to_polars(all_verdicts=every)
    assert list(other.columns) == list(frame.columns)
    for name in frame.columns:
        for one, same in zip(frame[name].tolist(), other[name].to_list(), strict=True):
            assert (pd.isna(one) and same is None) or one == same, name


def test_each_part_of_a_report_is_a_line_in_a_shell() -> None:
    report = communitycheck.check("sample_data/panzhihua_2020.xlsx", as_of=date(2021, 12, 31))
    result = next(r for r in report.results if len(r.missed))
    verdict = result.verdict(int(result.missed[0]))
    counts = result.counts()
    assert repr(result).startswith(f"<RuleResult {result.rule.id}: ")
    assert f"fail {counts[Outcome.FAIL]}" in repr(result)
    assert verdict.subject.name in repr(verdict) and ": fail, observed" in repr(verdict)
    assert repr(report.returns[0]).startswith(f"<Return {report.returns[0].path!r}: sheets ")
    assert all(len(repr(one)) < 300 and "\n" not in repr(one) for one in (result, verdict, *report.returns))
