"""The counts on docs/reliability.md are no more than the tests have, and the files that its commands name are there."""

from __future__ import annotations

import re

import pytest

from fuzz.traps import TRAPS
from paths import ROOT
from privacy.hostile import HEADINGS, SLIPPED

PAGES = {
    lang: (ROOT / "docs" / name).read_text(encoding="utf-8")
    for lang, name in (("en", "reliability.md"), ("zh", "reliability.zh-CN.md"))
}
# Where each count stands on the page, by language.
COUNTS = {
    "traps": {"en": r"^\| traps: .*\| (\d+) \|", "zh": r"^\| 陷阱文件.*\| (\d+) \|"},
    "broken": {"en": r"^\| broken rule files.*\| (\d+) \|", "zh": r"^\| 写错的规则文件.*\| (\d+) \|"},
    "headings": {"en": r"(\d+) headings about persons", "zh": r"(\d+) 种个人表头"},
    "slipped": {"en": r"(\d+) slipped cells", "zh": r"(\d+) 种错位的单元格"},
}


@pytest.mark.parametrize("lang", PAGES)
def test_no_count_is_more_than_there_is(lang: str) -> None:
    bad = ROOT / "tests" / "standards" / "bad"
    broken = [f for f in bad.glob("*.yaml") if "+" not in f.name and f.name != "expected.yaml"]
    there = {
        "traps": len(TRAPS),
        "broken": len(broken),
        "headings": len(HEADINGS),
        "slipped": sum(map(len, SLIPPED.values())),
    }
    for what, number in there.items():
        said = re.search(COUNTS[what][lang], PAGES[lang], re.M)
        assert said is not None, what
        assert 0.9 * number <= int(said[1]) <= number, what


def test_commands_name_what_is_there() -> None:
    named = re.findall(r"(?:python |pytest )(tests/[\w/.]+)", PAGES["en"])
    assert len(named) >= 6
    assert [path for path in named if not (ROOT / path).exists()] == []
