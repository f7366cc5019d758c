"""The counts on docs/reliability.md are those of the tests, and the files that its commands name are there."""

from __future__ import annotations

import re
from pathlib import Path

from fuzz.traps import TRAPS
from privacy.hostile import HEADINGS, SLIPPED

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")


def row(word: str) -> str:
    return next(line for line in PAGE.splitlines() if word in line)


def test_counts() -> None:
    bad = ROOT / "tests" / "standards" / "bad"
    broken = [f for f in bad.glob("*.yaml") if "+" not in f.name and f.name != "expected.yaml"]
    assert f"| {len(TRAPS)} |" in row("| 陷阱文件")
    assert f"| {len(broken)} |" in row("| 写错的规则文件")
    tried = row("种个人表头")
    assert f"{len(HEADINGS)} 种个人表头" in tried
    assert f"{sum(map(len, SLIPPED.values()))} 种错位的单元格" in tried


def test_commands_name_what_is_there() -> None:
    named = re.findall(r"(?:python |pytest )(tests/[\w/.]+)", PAGE)
    assert len(named) >= 6
    assert [path for path in named if not (ROOT / path).exists()] == []
