"""Rules that hold a return against that of the period before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from check.test_between_records import judged, reason, verdicts, words, workbook
from communitycheck.messages import LANGS
from communitycheck.products.explain.front import explain

HEADER = ("区县", "街道", "社区名称", "区划代码", "常住人口")
A, B = "210202001001", "210202001002"


def returns(folder: Path, **years: list[tuple[Any, ...]]) -> list[Path]:
    return [
        workbook(folder / f"{name}.xlsx", 社区=[(f"社区情况（{name[1:]}）",), HEADER, *rows])
        for name, rows in years.items()
    ]


FIRST = [
    ("中山区", "一街道", "甲社区", A, 1000),
    ("中山区", "一街道", "乙社区", None, 900),
    ("中山区", "一街道", "丙社区", None, None),
    ("中山区", "一街道", "同名社区", None, 10),
    ("中山区", "一街道", "同名社区", None, 20),
    ("中山区", "二街道", "旧名社区", None, 500),
    ("西岗区", "三街道", "乙社区", None, 50),
]
SECOND = [
    ("中山区", "一街道", "甲村改社区", A, 1200),  # known by its code
    ("中山区", "一街道", "乙社区", B, 900),
    ("中山区", "一街道", "丙社区", None, 800),
    ("中山区", "一街道", "同名社区", None, 10),
    ("中山区", "二街道", "新名社区", None, 500),
    ("西岗区", "三街道", "乙社区", None, 60),
]


def test_year_against_year(tmp_path: Path) -> None:
    files = returns(tmp_path, 于2022年=FIRST, 于2023年=SECOND)
    report = judged(files, **{"is": None, "indicator": "change(population)", "at_most": "100 persons"})
    later = [v for v in verdicts(report) if v.at is not None and "2023" in v.at.path]
    assert [(v.subject.name, v.outcome.word) for v in later] == [
        ("甲村改社区", "fail"), ("乙社区", "pass"), ("丙社区", "no_data"), ("同名社区", "no_data"),
        ("新名社区", "no_data"), ("乙社区", "pass"),
    ]  # fmt: skip
    told = [(one.code, one.of, one.cell.partition("!")[2]) for v in later for one in v.untold]
    day = "2022-12-31"
    assert told == [("earlier-cell", day, "E5"), ("earlier-several", day, ""), ("earlier-unlisted", day, "")]
    assert {v.outcome.word for v in verdicts(report) if v.at and "2022" in v.at.path} == {"no_data"}
    zh, en = (reason(report, later[4], lang) for lang in LANGS)
    assert "截至 2022-12-31 的上一期报表没有列出该对象" in zh
    assert "does not list it" in en and "2022-12-31" in en


def test_one_return_alone(tmp_path: Path) -> None:
    files = returns(tmp_path, 于2023年=SECOND)
    report = judged(files, **{"is": None, "indicator": "population", "at_least": "previous(population)"})
    assert {word for _, word in words(report)} == {"no_data"}
    assert "请一并给出" in reason(report, verdicts(report)[0], "zh")


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ({"indicator": "sum(previous(population))", "at_least": "1900 persons"}, {"中山区": "pass", "西岗区": "fail"}),
        ({"indicator": "sum(change(population))", "at_most": "100 persons"}, {"中山区": "fail", "西岗区": "pass"}),
        (
            {"where": "previous(population) >= 900", "indicator": "count()", "at_least": "2 items"},
            {"中山区": "pass", "西岗区": "not_applicable"},
        ),
        (
            {"indicator": "share(change(population) <= 100 persons)", "at_least": "100%"},
            {"中山区": "fail", "西岗区": "pass"},
        ),
    ],
)
def test_over_regions(rule: dict[str, str], outcome: dict[str, str], tmp_path: Path) -> None:
    first = [row for row in FIRST if row[2] in ("甲社区", "乙社区")]
    second = [row for row in SECOND if row[2] in ("甲村改社区", "乙社区")]
    files = returns(tmp_path, 于2022年=first, 于2023年=second)
    assert dict(words(judged(files, **{"is": None, "by": ["county"], **rule}))) == outcome


def test_what_a_region_lacks_of_the_year_before_is_counted(tmp_path: Path) -> None:
    files = returns(tmp_path, 于2022年=FIRST, 于2023年=SECOND)
    rule = {"by": ["county"], "indicator": "sum(previous(population))", "at_least": "9000 persons"}
    report = judged(files, **{"is": None, **rule})
    first = next(v for v in verdicts(report) if v.subject.name == "中山区")
    assert first.outcome.word == "no_data"
    assert "2 个在上一期没有对应的记录" in reason(report, first, "zh")


def test_explain_shows_the_cells_of_both(tmp_path: Path) -> None:
    files = returns(tmp_path, 于2022年=FIRST, 于2023年=SECOND)
    judged(files, **{"is": None, "indicator": "change(population) / previous(population)", "at_most": "10%"})
    found = explain([str(f) for f in files], rule="B-1", subject="甲村改社区", standards=[tmp_path / "between.yaml"])
    (one,) = found.explanations
    (population,) = one.inputs
    assert population.at is not None and population.at.cell == "E3" and population.value == 1200
    assert population.before is not None and population.before.at is not None
    assert (population.before.at.cell, population.before.value) == ("E3", 1000)
    assert "2022" in population.before.at.path
    assert one.remedies and one.remedies[0].changes[0].to == 1100
