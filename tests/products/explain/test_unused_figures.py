"""Figures of a group that a plausible range takes out, and the reason, are in the JSON of ``explain`` as well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communitycheck.cli.run import run

RULES = """
standard: unused-figures
title: 示例标准
source: {document: 示例文件, date: 2020-01-01}
jurisdiction: {code: "210100", name: 沈阳市}
rules:
  - {id: U-1, title: 户均人口, clause: 一, applies_to: community, indicator: population / households,
     at_most: 4 persons/household, plausible: [1, 8]}
  - {id: U-2, title: 人口, clause: 二, applies_to: community, by: county, indicator: sum(population),
     at_least: 9000 persons}
"""
ROWS = "县区,社区名称,社区类型,常住户数,常住人口\n和平区,柳社区,城市,500,1300\n和平区,槐社区,城市,600,31\n"


def test_the_figure_and_why_it_was_taken_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "unused-figures.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "r.csv").write_text(ROWS, encoding="utf-8")
    asked = ["--rule", "U-2", "--standard", str(tmp_path / "unused-figures.yaml"), "--format", "json", "--lang", "en"]
    run(["explain", str(tmp_path / "r.csv"), *asked])
    (one,) = json.loads(capsys.readouterr().out)["explanations"]
    members = {m["subject"]["name"]: m for m in one["group"]["members"]}
    assert members["柳社区"]["unused"] == [None]
    assert members["柳社区"]["impossible"] == []
    taken = members["槐社区"]
    assert taken["values"] == [None]
    assert taken["unused"] == [31]
    assert {"field": "population", "state": "contradicted", "cell": "E3"} in taken["troubled"]
    (why,) = taken["impossible"]
    assert (why["rule"], why["standard"]) == ("U-1", "unused-figures")
    assert {"field": "population", "cell": "E3"} in why["figures"]
    assert "U-1" in why["reason"]
