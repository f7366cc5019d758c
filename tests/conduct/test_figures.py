"""The counts on docs/reliability.md are no more than the tests have, and the files that its commands name are there."""

from __future__ import annotations

import re

from fuzz.traps import TRAPS
from paths import ROOT
from privacy.hostile import HEADINGS, SLIPPED

PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")


def test_no_count_is_more_than_there_is() -> None:
    bad = ROOT / "tests" / "standards" / "bad"
    broken = [f for f in bad.glob("*.yaml") if "+" not in f.name and f.name != "expected.yaml"]
    there = {
        r"^\| 陷阱文件.*\| (\d+) \|": len(TRAPS),
        r"^\| 写错的规则文件.*\| (\d+) \|": len(broken),
        r"(\d+) 种个人表头": len(HEADINGS),
        r"(\d+) 种错位的单元格": sum(map(len, SLIPPED.values())),
    }
    for pattern, number in there.items():
        said = re.search(pattern, PAGE, re.M)
        assert said is not None, pattern
        assert 0.9 * number <= int(said[1]) <= number, pattern


def test_commands_name_what_is_there() -> None:
    named = re.findall(r"(?:python |pytest )(tests/[\w/.]+)", PAGE)
    assert len(named) >= 6
    assert [path for path in named if not (ROOT / path).exists()] == []
