"""Codes of subjects of a standard's own kind are told by the name of their field."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.check import check
from communitycheck.messages import Lang
from communitycheck.reporting.words.sentences import Wording

STANDARD = """\
standard: shelters
title: {zh: 避难场所, en: Shelters}
source: {document: 示例文件}
jurisdiction: {code: "000000", name: 全国}
fields:
  shelter_no: {label: {zh: 场所编号, en: Shelter number}, type: code, entities: [shelter]}
  beds: {label: {zh: 床位数, en: Beds}, type: int, unit: items, entities: [shelter]}
entities:
  shelter: {label: {zh: 避难场所, en: Shelter}, name: shelter, code: shelter_no}
rules:
  - {id: S-1, title: {zh: 床位, en: Beds}, applies_to: shelter, indicator: beds, at_least: 5 items, severity: mandatory}
"""


@pytest.mark.parametrize(("lang", "label"), [("zh", "“场所编号”"), ("en", "“Shelter number”")])
def test_a_repeated_number_is_called_what_it_is(lang: Lang, label: str, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(STANDARD, "utf-8")
    for name, lines in (("a", "甲所,B-07,9\n河西县,乙所,B-07,8\n"), ("b", "丙所,B-07,9\n河西县,丁所,B-08,8\n")):
        (tmp_path / f"{name}.csv").write_text(f"县区,避难场所,场所编号,床位数\n河西县,{lines}", "utf-8")
    report = check([tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "own.yaml")
    wording = Wording.of(report, lang)
    told = {n.code: wording.notice(n) for n in report.notices if "code" in n.code}
    assert set(told) == {"duplicate-code", "same-code-in-two-files"}
    assert all(label in text for text in told.values())
