"""What linting a file of waivers says, without a return."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communitycheck.api import lint_waivers, render_lint
from communitycheck.messages import LANGS
from planning.waivers.cases import own_standard

GOOD = {
    "rule": "W-1", "subject": {"code": "210102001001"}, "reason": "a", "approver": "b", "document": "c",
    "until": "2024-06-30",
}  # fmt: skip
# What is changed, and what is said of it on 2024-06-15, with the exit code under --strict.
FOUND: list[tuple[dict[str, Any], list[str], int]] = [
    ({"until": "2024-12-31"}, [], 0),
    ({}, ["waiver-lint-expiring"], 0),
    ({"until": "2024-06-14"}, ["waiver-lint-expired"], 1),
    ({"until": None}, ["waiver-lint-no-end"], 1),
    ({"until": "2024-12-31", "remedy_by": "2025-01-31"}, ["waiver-lint-remedy-late"], 1),
    ({"until": "2024-12-31", "document": ""}, ["waiver-lint-no-document"], 0),
    ({"until": "2024-12-31", "subject": {"pattern": "*"}}, ["waiver-lint-everybody"], 1),
    ({"until": "2024-12-31", "subject": {"pattern": "东*"}}, [], 0),
    ({"until": "2024-12-31", "rule": "W-5"}, ["waiver-lint-manual"], 1),
    ({"rule": "X-1"}, ["waiver-rule-unknown"], 2),
    ({"approver": ""}, ["waiver-blank"], 2),
]


@pytest.mark.parametrize(("changed", "codes", "exit_code"), FOUND)
def test_lint(changed: dict[str, Any], codes: list[str], exit_code: int, tmp_path: Path) -> None:
    rules = [{"id": "W-1", "indicator": "households", "at_least": 100}, {"id": "W-5", "manual": "到现场看"}]
    file = tmp_path / "w.yaml"
    file.write_text(json.dumps({"waivers": [{**GOOD, **changed}]}, ensure_ascii=False), "utf-8")
    found = lint_waivers(file, [own_standard(tmp_path, rules)], as_of=date(2024, 6, 15), strict=True)
    assert ([one.code for one in found.findings], found.exit_code) == (codes, exit_code)
    for lang in LANGS:
        text = render_lint(found, "text", lang)
        assert "{" not in text
        assert text.count("w.yaml:1") == len(codes)
        assert json.loads(render_lint(found, "json", lang))["summary"]["exit_code"] == exit_code


def test_the_clock_is_not_asked(tmp_path: Path) -> None:
    file = tmp_path / "w.yaml"
    file.write_text(json.dumps({"waivers": [{**GOOD, "until": "1999-12-31"}]}), "utf-8")
    assert not lint_waivers(file, [own_standard(tmp_path)]).findings
