"""Explanations of every kind, shown whole. ``pytest --snapshot-update`` writes the pictures anew."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from communitycheck.cli.run import run
from communitycheck.messages import LANGS, Lang
from communitycheck.products.explain.explanation import Explained
from communitycheck.products.explain.front import explain, render_explanation
from pictures import TextFile

HERE = Path(__file__).parent
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
STANDARDS = ("rules/demo.yaml", "rules/demo-town.yaml")
FILE = "returns/社区.csv"
HOSTILE = f"{FILE}!9"

# What each shows -> rule, subject, file.
CASES: dict[str, tuple[str | None, str | None, str]] = {
    "threshold-overridden-by-the-city": ("D-AREA", "一街道/红旗社区", FILE),
    "threshold-dated": ("d-area", "锦官社区", FILE),
    "threshold-passed-with-a-notice": ("D-AREA", "朝阳社区", FILE),
    "threshold-bound": ("D-AREA", "二街道/红旗社区", FILE),
    "ratio": ("D-RATE", "锦官社区", FILE),
    "ratio-of-a-bound": ("D-RATE", "二街道/红旗社区", FILE),
    "staircase": ("D-WINDOWS", "一街道/红旗社区", FILE),
    "existence-not-due": ("D-HOME", "锦官社区", FILE),
    "existence-passed": ("D-HOME", "朝阳社区", FILE),
    "covers": ("D-SKILLS", "一街道/红旗社区", FILE),
    "covers-passed": ("D-SKILLS", "朝阳社区", FILE),
    "between": ("D-GRID", "一街道/红旗社区", FILE),
    "opening-hours": ("D-HOURS", "一街道/红旗社区", FILE),
    "identity": ("D-ORGS", "一街道/红旗社区", FILE),
    "count-of-three": ("D-ELDER", "一街道/红旗社区", FILE),
    "zero-denominator": ("D-PARTY", "向阳村", FILE),
    "implausible": ("D-PARTY", "东风社区", FILE),
    "lever": ("D-PARTY", "一街道/红旗社区", FILE),
    "no-data-blank": ("D-RATE", "向阳村", FILE),
    "no-data-unreadable": ("D-HOURS", "向阳村", FILE),
    "no-data-impossible": ("D-GRID", "东风社区", FILE),
    "exempt": ("D-AREA", "东风社区", FILE),
    "out-of-scope": ("D-AREA", "向阳村", FILE),
    "share-with-blanks": ("D-SHARE", "东区", FILE),
    "share-fails": ("D-SHARE", "锦江区", FILE),
    "share-of-rules-met": ("D-MEETS", "东区", FILE),
    "pooled-ratio": ("D-POOLED", "西区", FILE),
    "pooled-ratio-with-a-blank": ("D-POOLED", "东区", FILE),
    "manual": ("D-SITE", "锦官社区", FILE),
    "not-checked": ("D-BUDGET", "锦官社区", FILE),
    "reported-against-recomputed": ("D-REPORTED", "锦江区", "returns"),
    "derived-from-rooms": ("D-AREA", "新建社区", "returns/用房.csv"),
    "derived-with-a-blank": ("D-AREA", "空白社区", "returns/用房.csv"),
    "every-rule-of-a-subject": (None, "锦官社区", FILE),
    "subjects-that-fail": ("D-AREA", None, FILE),
    "hostile-name": ("D-AREA", HOSTILE, FILE),
}


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths in the pictures are those a person would give."""
    monkeypatch.chdir(HERE)


def shown(case: str, lang: Lang, format: str = "text", width: int | None = None) -> str:
    return "".join(render_explanation(explained(case), format, lang, width=width))


@cache
def explained(case: str) -> Explained:
    rule, subject, path = CASES[case]
    return explain(path, rule, subject, standards=STANDARDS)


@pytest.mark.parametrize("case", CASES)
def test_both_languages(case: str, snapshot: SnapshotAssertion) -> None:
    text = "\n".join(shown(case, lang) for lang in LANGS)
    assert text == snapshot.use_extension(TextFile)


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    for case in ("staircase", "share-of-rules-met", "every-rule-of-a-subject", "hostile-name"):
        for lang in LANGS:
            assert max(cell_len(line) for line in shown(case, lang, width=width).split("\n")) <= width


@pytest.mark.parametrize("format", ["text", "json"])
def test_hostile_names_are_inert(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown("hostile-name", "zh", format)
    assert "坏社区" in text and not CONTROL.search(text)
    assert run(["explain", FILE, "--rule", "D-SHARE", "--subject", "锦江区", *_chosen()]) == 0
    assert not CONTROL.search(capsys.readouterr().out)


def _chosen() -> list[str]:
    return [word for standard in STANDARDS for word in ("--standard", standard)]
