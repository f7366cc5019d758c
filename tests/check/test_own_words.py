"""A rule's own message and advice: what a fail says in every format, in both languages, and nothing else says."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communitycheck.check import check
from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.reporting.words.sentences import Wording

LINES = ["社区名称,常住人口", "甲社区,1200", "乙社区,900多", "丙社区,", "丁社区,2000"]


def judged(folder: Path, **rule: Any) -> Report:
    usual = {"id": "W-1", "title": "人口", "clause": "一", "applies_to": "community", "severity": "expected"}
    body = {
        "standard": "words",
        "title": "标准",
        "source": {"document": "文件"},
        "jurisdiction": {"code": "000000", "name": "全国"},
        "rules": [{**usual, "indicator": "population", "at_least": "1300 persons", **rule}],
    }
    (folder / "words.yaml").write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    (folder / "a.csv").write_text("\n".join(LINES), encoding="utf-8")
    return check(folder / "a.csv", [folder / "words.yaml"], as_of=date(2023, 12, 31))


def reasons(report: Report, lang: Lang) -> dict[str, str]:
    wording = Wording(lang, report.dictionary, report.standards, report.as_of)
    return {v.subject.name: wording.reason(v) for v in report.results[0].verdicts(all_outcomes=True)}


MESSAGE = {
    "zh": "{name}现有 {observed}，应有 {required}，差 {shortfall}",
    "en": "{name}: {observed} of {required}, {shortfall}",
}


@pytest.mark.parametrize(
    ("lang", "known", "bound"),
    [
        (
            "zh",
            "甲社区现有 1,200 人，应有 1,300 人，差 100 人；合并",
            "乙社区现有 900～1,000 人，应有 1,300 人，差 至少 300 人；合并",
        ),
        (
            "en",
            "甲社区: 1,200 persons of 1,300 persons, 100 persons; merge",
            "乙社区: 900 to 1,000 persons of 1,300 persons, 300 persons or more; merge",
        ),
    ],
)  # fmt: skip
def test_a_fail_says_it(lang: Lang, known: str, bound: str, tmp_path: Path) -> None:
    report = judged(tmp_path, message=MESSAGE, advice={"zh": "合并", "en": "merge"})
    said = reasons(report, lang)
    assert said["甲社区"] == known
    assert said["乙社区"].startswith(bound)
    assert "合并" not in said["丙社区"] + said["丁社区"] and "merge" not in said["丙社区"] + said["丁社区"]


def test_one_language_stands_in_for_the_other(tmp_path: Path) -> None:
    assert reasons(judged(tmp_path, message="人太少"), "en")["甲社区"] == "人太少"


def test_advice_alone_comes_after_the_usual_sentence(tmp_path: Path) -> None:
    said = reasons(judged(tmp_path, advice={"zh": "{name}可合并", "en": "merge {name}"}), "en")
    assert said["甲社区"].startswith("observed 1,200 persons") and said["甲社区"].endswith("; merge 甲社区")


def test_a_name_with_braces_is_text(tmp_path: Path) -> None:
    lines = [LINES[0], "{observed}社区,1200"]
    report = judged(tmp_path, message="{name}少")
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    report = check(tmp_path / "a.csv", [tmp_path / "words.yaml"], as_of=date(2023, 12, 31))
    assert list(reasons(report, "zh").values()) == ["{observed}社区少"]
