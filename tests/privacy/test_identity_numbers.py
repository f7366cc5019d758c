"""A field of type identity: a rule learns whether a number is valid, and nothing that is written holds the number."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from communitycheck import check, render
from communitycheck.model.places.code_formats import identity_word
from communitycheck.model.result import Outcome

RULES = """
standard: own
title: {zh: 示例标准, en: An example}
source: {document: 示例文件}
jurisdiction: {code: "210100", name: 沈阳市}
fields:
  id_number:
    {label: {zh: 身份证号, en: Identity number}, type: identity, entities: community, aliases: [负责人身份证号]}
rules:
  - {id: I-1, title: 甲, clause: 一, applies_to: community, indicator: is_identity_number(id_number), is: true}
"""
# Made up: the last sign fits the others, or does not.
NUMBERS = {
    "11010519491231002X": "pass",
    "11010519491231002x": "pass",
    "110105 19491231 002X": "pass",
    "110105194912310021": "fail",
    "99010519491231002X": "fail",
    "110105194913310020": "fail",
    "110105491231002": "fail",
    "1101051949": "fail",
    "110105********002X": "no_data",
    "1.10105E+17": "no_data",
    "": "no_data",
    "不适用": "not_applicable",
}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_valid_or_not_and_never_shown(tmp_path: Path, suffix: str) -> None:
    rules, file = tmp_path / "own.yaml", tmp_path / f"r.{suffix}"
    rules.write_text(RULES, encoding="utf-8")
    rows = [["县区", "社区名称", "负责人身份证号"], *(["和平区", f"第{i}社区", n] for i, n in enumerate(NUMBERS))]
    if suffix == "csv":
        file.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    else:
        book = Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(file)
    report = check(file, standards=rules)
    (result,) = report.results
    assert [Outcome(code).word for code in result.outcome.tolist()] == list(NUMBERS.values())
    for kind in ("csv", "json", "html", "text", "sarif", "junit", "markdown"):
        text = "".join(one if isinstance(one, str) else one.decode() for one in render(report, kind, "zh"))
        assert not [n for n in NUMBERS if len(n) > 10 and "*" not in n and "E" not in n and n in text]


def test_the_word_for_a_number() -> None:
    assert identity_word("１１０１０５１９４９１２３１００２Ｘ") == "valid"
    assert identity_word("11010519000229002X") == "invalid"  # 1900 was no leap year
