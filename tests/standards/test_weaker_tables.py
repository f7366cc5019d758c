"""A layer whose table has a weaker number than the standard above is told, as one with a weaker plain number is."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.resources import data_dir
from communitycheck.standards.lint.run import lint_files

HEAD = """standard: {name}
title: {{zh: 面积, en: Areas}}
source: {{document: invented for the test}}
jurisdiction: {{code: "210000", name: 辽宁省}}
"""
ABOVE = """tables:
  area:
    clause: a
    unit: m2
    rows:
      urban: [{{below: 1000 households, value: 400}}, {{value: 600}}]
      rural: 300
rules:
  - {{id: A-1, title: area, clause: a, applies_to: community, severity: expected,
     indicator: facility_area, {limit}: "lookup(area, community_type, households)"}}
"""


@pytest.mark.parametrize(
    ("limit", "row", "weaker"),
    [
        ("at_least", "rural: 250", True),
        ("at_least", "rural: 350", False),
        ("at_least", "urban: [{below: 1000 households, value: 400}, {value: 500}]", True),
        ("at_most", "rural: 250", False),
        ("at_most", "rural: 350", True),
        ("at_least", "rural: 0.03 ha", False),
    ],
)
def test_a_weaker_row(tmp_path: Path, limit: str, row: str, weaker: bool) -> None:
    above, own = tmp_path / "above.yaml", tmp_path / "own.yaml"
    above.write_text(HEAD.format(name="above") + ABOVE.format(limit=limit), encoding="utf-8")
    own.write_text(
        HEAD.format(name="own") + f"extends: above\ntables:\n  area: {{override: {{{row}}}, clause: b}}\n",
        encoding="utf-8",
    )
    found, _ = lint_files([data_dir("rules")], [above, own])
    told = [one.code for one in found if one.code.startswith("lint-weaker")]
    assert told == (["lint-weaker-table"] if weaker else [])
