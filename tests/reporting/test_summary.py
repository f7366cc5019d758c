"""The summary of a report: each cause of an incomplete answer in one line, also beside another exit code."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from communitycheck.check import check
from communitycheck.messages import LANGS
from communitycheck.model.report import Gate, Report
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.records import record_tally
from communitycheck.reporting.words.sentences import Wording

HEAD = ["市", "社区名称", "社区类型", "综合服务设施面积"]
GOOD = ["沈阳市", "甲社区", "城市社区", 700]
RULE = {"select": ["LN-01"], "standards": "liaoning-2021"}


@pytest.fixture
def judged(tmp_path: Path) -> Callable[..., Report]:
    def run(*rows: list[Any], **options: Any) -> Report:
        with (tmp_path / "r.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([HEAD, *rows])
        return check(tmp_path / "r.csv", **{**RULE, **options})

    return run


def said(report: Report, lang: str) -> dict[str, str]:
    return dict(summary_pairs(report, Wording.of(report, lang)))  # type: ignore[arg-type]


def result(report: Report, lang: str) -> str:
    return said(report, lang)[Wording.of(report, lang).say("label-result")]  # type: ignore[arg-type]


def test_a_complete_answer_says_no_more(judged: Callable[..., Report]) -> None:
    report = judged(GOOD)
    assert (report.exit_code, report.open_points()) == (0, {})
    assert result(report, "zh") == "通过（退出码 0）"


@pytest.mark.parametrize(
    ("cause", "rows", "options", "words"),
    [
        ("no-data", [GOOD, ["沈阳市", "乙社区", "城市社区", None]], {}, "有 1 项无法判定"),
        ("no-jurisdiction", [GOOD, ["成都市", "乙社区", "城市社区", 700]], {"standards": ()}, "1 条记录"),
        ("nothing-judged", [["沈阳市", "乙村", "农村社区", 700]], {}, "没有一条规则得出结论"),
        ("not-checked", [GOOD], {"select": ["LN-01", "LN-03"], "gate": Gate(strict=True)}, "1 条规则缺列未检查"),
    ],
)
def test_each_cause_of_an_incomplete_answer_is_said(
    cause: str, rows: list[list[Any]], options: dict[str, Any], words: str, judged: Callable[..., Report]
) -> None:
    report = judged(*rows, **options)
    assert set(report.open_points()) == {cause}
    assert report.exit_code == 3
    assert words in result(report, "zh")
    for lang in LANGS:
        assert "3" in result(report, lang)
    allowed = replace(report, gate=replace(report.gate, allow_incomplete=True))
    assert allowed.exit_code == 0
    assert words in result(allowed, "zh")


def test_rows_that_nobody_could_read_are_said_with_their_place(judged: Callable[..., Report]) -> None:
    report = judged(GOOD)
    report.returns[0].sheets[0].unread_rows = [7, 9]
    assert report.exit_code == 3
    assert "2 行未读懂" in result(report, "zh")
    file = report.returns[0].path
    assert said(report, "zh")["未读懂的行"] == f"{file} 第 7 行，{file} 第 9 行"


def test_a_fail_does_not_hide_what_is_open(judged: Callable[..., Report]) -> None:
    report = judged(["沈阳市", "甲社区", "城市社区", 1], ["沈阳市", "乙社区", "城市社区", None])
    assert report.exit_code == 1
    assert "有 1 项无法判定" in result(report, "zh")


def test_why_records_were_not_judged(judged: Callable[..., Report]) -> None:
    elsewhere, rural = ["成都市", "乙社区", "城市社区", 1], ["沈阳市", "丙村", "农村社区", 9]
    tally = record_tally(judged(GOOD, elsewhere, rural, ["沈阳市", "丁社区", "城市社区", None], standards=()))
    assert (tally.read, tally.judged) == (4, 1)
    assert tally.left == {"no-jurisdiction": 1, "no-data": 1, "not-applicable": 1}
