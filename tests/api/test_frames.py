"""A DataFrame is read and judged like the file it could be saved as."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import communitycheck
from communitycheck.errors import ReturnError, UsageError

DAY = date(2023, 12, 31)
ROWS = {
    "市": ["沈阳市", "沈阳市", "大连市", "大连市", "沈阳市"],
    "区县": ["和平区", "和平区", "中山区", "中山区", "沈河区"],
    "社区名称": ["甲社区", "乙社区", "丙社区", "丁社区", "戊社区"],
    "社区类型": ["城市社区", "城市社区", "城市社区", "农村社区", "城市社区"],
    "户数": [1000, 2500, 1200, 400, 900],
    "综合服务设施面积(㎡)": [650.5, 600, 399.9, 350, None],
}


def verdicts(report: communitycheck.Report) -> list[tuple[object, ...]]:
    return [
        (v.rule.id, v.rule.layer, v.subject.name, v.outcome, v.observed, v.shortfall, v.at and v.at.row, v.cells)
        for v in report.verdicts(all_outcomes=True)
    ]


FRAMES = {
    "plain": lambda f: f,
    "object columns": lambda f: f.astype(object),
    "nullable": lambda f: f.convert_dtypes(),
    "categories": lambda f: f.astype({"市": "category", "社区类型": "category"}),
    "text": lambda f: f.map(lambda x: None if pd.isna(x) else str(x)),
    "shuffled index": lambda f: f.set_axis([9, 3, 7, 1, 5]),
    "index of names": lambda f: f.set_index(["市", "区县"]),
    "arrow": lambda f: f.convert_dtypes(dtype_backend="pyarrow"),
}


@pytest.mark.parametrize("kind", FRAMES)
def test_a_frame_gives_the_verdicts_of_its_file(kind: str, tmp_path: Path) -> None:
    frame = pd.DataFrame(ROWS)
    frame.to_csv(tmp_path / "a.csv", index=False)
    file = communitycheck.check(tmp_path / "a.csv", as_of=DAY)
    memory = communitycheck.check(FRAMES[kind](frame), as_of=DAY)
    assert verdicts(memory) == verdicts(file)
    assert len(verdicts(memory)) == 15 and {v[3].name for v in verdicts(memory)} >= {"PASS", "FAIL", "NO_DATA"}


def test_frames_keep_their_names_and_stand_beside_files(tmp_path: Path) -> None:
    frame = pd.DataFrame(ROWS)
    named = communitycheck.check({"和平": frame.head(2), "其余": frame.tail(3)}, as_of=DAY)
    assert [r.path for r in named.returns] == ["和平", "其余"]
    frame.tail(3).to_csv(tmp_path / "rest.csv", index=False)
    mixed = communitycheck.check([tmp_path / "rest.csv", frame.head(2)], as_of=DAY)
    assert mixed.subjects == named.subjects == 5
    assert mixed.outcomes() == named.outcomes()


def test_two_header_levels_are_two_header_rows() -> None:
    columns = pd.MultiIndex.from_tuples(
        [("社区名称", ""), ("社区类型", ""), ("设施", "综合服务设施面积(㎡)"), ("设施", "户数(户)")]
    )
    frame = pd.DataFrame([["甲社区", "城市社区", 500, 1000]], columns=columns)
    report = communitycheck.check(frame, region="大连市", standards="liaoning-2021", as_of=DAY)
    [sheet] = report.returns[0].sheets
    assert (sheet.header_rows, sheet.first_row) == ([1, 2], 3)
    assert {c.field for c in sheet.columns} >= {"community", "facility_area", "households"}


def test_days_truths_and_numbers_in_a_mixed_column() -> None:
    frame = pd.DataFrame({"社区名称": ["甲", "乙", "丙"], "是否有法律顾问": [True, False, None],
                          "综合服务设施面积": [400, "约三百", 1e-3]})  # fmt: skip
    read = communitycheck.read_return(frame)
    assert read.format == "frame" and [n.code for n in read.notices]
    column = read.tables[0].columns["facility_area"]
    assert column.lo is not None and column.lo.tolist() == [400.0, 270.0, 0.001]
    assert column.hi is not None and column.hi.tolist() == [400.0, 330.0, 0.001]


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame({"社区名称": []}), pd.DataFrame(index=[1, 2])])
def test_an_empty_frame_is_refused_in_words(frame: pd.DataFrame) -> None:
    with pytest.raises(ReturnError) as caught:
        communitycheck.read_return(frame)
    assert caught.value.code == "no-cells"
    report = communitycheck.check({"空": frame}, as_of=DAY)
    assert [e.code for e in report.unread] == ["no-cells"] and report.exit_code == 2


def test_a_standard_by_id_or_file(tmp_path: Path) -> None:
    built_in = communitycheck.load_standard("shenyang-2023")
    assert built_in.lineage == ("liaoning-2021",)
    own = tmp_path / "own.yaml"
    own.write_text(
        "standard: own\ntitle: {zh: 标准, en: standard}\nsource: {document: 文件, issuer: 局, date: 2023-01-01}\n"
        'jurisdiction: {code: "210000", name: 辽宁省}\nextends: liaoning-2021\n'
        "override: {LN-01: {at_least: 500 m2, clause: 一}}\n",
        encoding="utf-8",
    )
    rule = next(r for r in communitycheck.load_standard(own).rules if r.id == "LN-01")
    assert (rule.layer, rule.clause) == ("own", "一")
    report = communitycheck.check(pd.DataFrame(ROWS), standards=own, as_of=DAY)
    assert [s.id for s in report.standards] == ["own"]
    with pytest.raises(UsageError):
        communitycheck.load_standard("liaonin")


@pytest.mark.parametrize("returns", [5, None, [5], ["a.csv", None], {"a": 5}, True])
def test_what_is_no_return_at_all(returns: Any) -> None:
    with pytest.raises(UsageError) as caught:
        communitycheck.check(returns)
    assert caught.value.code == "path-kind"
    with pytest.raises(UsageError):
        communitycheck.read_return(returns)
