"""Numbers at the ends of what a float holds: answers or reasons, and never a word of the libraries beneath."""

from __future__ import annotations

import csv
import itertools
import subprocess
import sys
import warnings
from pathlib import Path

from communitycheck.api import render
from communitycheck.check import check

VALUES = ("", "0", "-1", "1e308", "-1e308", "1e-320", "300余", "近400", "—", "3")
RULES = {
    "E1": "indicator: a * b, at_least: 5, lever: a",
    "E2": "indicator: a / b, at_least: 5, lever: a",
    "E3": "by: [county], indicator: sum(a), at_least: 5, lever: a",
    "E4": "by: [county], indicator: sum(a) / sum(b), at_least: 5, lever: a",
    "E5": "indicator: round(a) - ceil(b) + floor(a), between: [1, 5]",
    "E6": "indicator: a, equals: b",
}
STANDARD = """
standard: extremes
title: {zh: 示例标准}
source: {document: 示例文件, issuer: 示例单位, date: 2020-01-01}
jurisdiction: {code: "210000", name: 辽宁省}
in_force: {from: 2020-01-01}
fields:
  a: {label: {zh: 甲数}, type: decimal, entities: [community]}
  b: {label: {zh: 乙数}, type: decimal, entities: [community]}
rules:
"""


def test_nothing_warns(tmp_path: Path) -> None:
    rule = "  - {{id: {}, title: {{zh: 示例}}, clause: 一, applies_to: community, severity: mandatory, {}}}\n"
    (tmp_path / "own.yaml").write_text(STANDARD + "".join(rule.format(*one) for one in RULES.items()), "utf-8")
    with (tmp_path / "r.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["市", "县区", "社区名称", "甲数", "乙数"])
        for number, pair in enumerate(itertools.product(VALUES, VALUES)):
            rows.writerow(["沈阳市", f"第{number % 7}区", f"第{number}社区", *pair])
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        report = check(tmp_path / "r.csv", standards=tmp_path / "own.yaml")
        for format in ("text", "html", "json", "csv", "markdown", "junit", "sarif", "github", "circular"):
            assert "".join(render(report, format, "zh", all_verdicts=True))
    command = [sys.executable, "-m", "communitycheck", "check", "r.csv", "-s", "own.yaml", "-o", "r.xlsx", "--quiet"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""
