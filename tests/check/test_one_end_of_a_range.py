"""A range of which a table lays down but one end for some class: that end is judged, and named by its number."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from communitycheck import check, render
from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome

RULES = """
standard: own
title: 示例标准
source: {document: 示例文件}
jurisdiction: {code: "210100", name: 沈阳市}
fields:
  seats: {label: 阅览座位, type: int, unit: seats, entities: community}
  grade: {label: 馆级, type: category, values: {big: [一级], small: [二级], other: [三级]}, entities: community}
tables:
  least: {clause: 一, unit: seats, rows: {big: 60, small: none, other: none}}
  most: {clause: 一, unit: seats, rows: {big: none, small: 40, other: none}}
rules:
  - {id: E-1, title: 甲, clause: 一, applies_to: community, indicator: seats,
     between: ["lookup(least, grade)", "lookup(most, grade)"]}
"""
RECORDS = {
    ("一级", "59"): "fail",
    ("一级", "900"): "pass",
    ("一级", ""): "no_data",
    ("二级", "41"): "fail",
    ("二级", "0"): "pass",
    ("三级", "41"): "not_applicable",
    ("", "41"): "no_data",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder: Path = tmp_path_factory.mktemp("ends")
    (folder / "own.yaml").write_text(RULES, encoding="utf-8")
    lines = [f"和平区,第{i}社区,{','.join(cells)}" for i, cells in enumerate(RECORDS)]
    (folder / "r.csv").write_text("\n".join(["县区,社区名称,馆级,阅览座位", *lines]), encoding="utf-8")
    return check(folder / "r.csv", standards=folder / "own.yaml", as_of=date(2024, 1, 1))


def test_outcomes(report: Report) -> None:
    (result,) = report.results
    assert [Outcome(code).word for code in result.outcome.tolist()] == list(RECORDS.values())
    assert result.shortfall.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", ["要求不少于 60 个座位", "要求不超过 40 个座位"]),
        ("en", ["required at least 60 seats", "required at most 40 seats"]),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "json", "html", "junit", "sarif"])
def test_every_format_names_the_end_that_there_is(report: Report, kind: str, lang: Lang, told: list[str]) -> None:
    text = _text(report, kind, lang)
    assert all(one in text for one in told)
    assert "Infinity" not in text


@cache
def _text(report: Report, kind: str, lang: Lang) -> str:
    return "".join(piece if isinstance(piece, str) else piece.decode() for piece in render(report, kind, lang))
