"""Planted contradictions and their harmless twins: what is said of the one is not said of the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.resources import data_dir
from communitycheck.standards.lint.run import lint_files
from each import each

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "lint_contradictions.yaml").read_text("utf-8"))


def _file(path: Path, rules: list[str]) -> Path:
    written = []
    for number, rule in enumerate(rules, 1):
        where, indicator, rest = (part.strip() for part in rule.split("|"))
        scope = f"where: '{where}', " if where else ""
        written.append(
            f"  - {{id: R{number}, title: 规则, clause: 一, applies_to: community, severity: mandatory, {scope}"
            f"indicator: '{indicator}', {rest}}}"
        )
    head = f"standard: {path.stem}\ntitle: 标准\nsource: {{document: 文件}}\n"
    place = 'jurisdiction: {code: "210100", name: 沈阳市}\n'
    path.write_text(head + place + "rules:\n" + "\n".join(written) + "\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is said of each, by the name of its file; all are linted at once, as each is a standard of its own."""
    folder = tmp_path_factory.mktemp("pairs")
    kinds = [(i, kind) for i in range(len(CASES)) for kind in ("planted", "harmless")]
    paths = [_file(folder / f"{kind}-{i:02}.yaml", CASES[i][kind]) for i, kind in kinds]
    said: dict[str, list[str]] = {path.stem: [] for path in paths}
    for finding in lint_files([data_dir("rules")], paths, as_of=date(2026, 1, 1))[0]:
        said[Path(finding.file).stem].append(f"{finding.key} {finding.code}")
    return said


@each("i", range(len(CASES)), ids=lambda i: str(CASES[i]["about"]))
def test_planted_contradiction(i: int, told: dict[str, list[str]]) -> None:
    assert told[f"planted-{i:02}"] == [CASES[i]["told"]]


@each("i", range(len(CASES)), ids=lambda i: str(CASES[i]["about"]))
def test_harmless_twin(i: int, told: dict[str, list[str]]) -> None:
    assert told[f"harmless-{i:02}"] == CASES[i].get("but", [])


def test_there_are_forty_of_each() -> None:
    assert len(CASES) == 40
