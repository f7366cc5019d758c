"""A file that is opened ahead of its reading is read like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.errors import RuleFileError
from communitycheck.returns.files import prefetch
from paths import SAMPLES

RETURNS = sorted(SAMPLES.glob("*.csv"))


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every text were large."""
    monkeypatch.setattr(prefetch, "LARGE", 0)


def _json(*paths: str) -> str:
    return "".join(render(check(list(paths), region="210000"), "json", "zh", all_verdicts=True))


@pytest.mark.parametrize("sample", RETURNS, ids=lambda p: p.stem)
def test_the_report_is_the_same(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = _json(str(sample))
    monkeypatch.setattr(prefetch, "LARGE", 0)
    assert _json(str(sample)) == expected
    assert not prefetch._begun


def test_what_was_begun_is_taken_once(eager: None) -> None:
    prefetch.begin_opening([RETURNS[0]])
    opened = prefetch.take_opened(str(RETURNS[0]))
    assert opened is not None
    assert opened.path == str(RETURNS[0])
    assert prefetch.take_opened(str(RETURNS[0])) is None


def test_a_text_that_cannot_be_read_gives_its_error(eager: None, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"a,b\n" + bytes(range(1, 32)) * 200)
    report = check([str(bad)], region="210000")
    assert [(e.path, e.code) for e in report.unread] == [(str(bad), "not-text")]


@pytest.mark.parametrize("paths", [[], [""], ["\0"], ["missing.csv"], ["."], [RETURNS[0], RETURNS[0]], [object()]])
def test_anything_else_is_left_to_its_reader(eager: None, paths: list[object]) -> None:
    prefetch.begin_opening(paths)
    assert not prefetch._begun


def test_what_was_begun_in_vain_is_dropped(eager: None, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("standard: [", encoding="utf-8")
    with pytest.raises(RuleFileError):
        check([str(RETURNS[0])], [rules])
    prefetch.begin_opening([])
    assert not prefetch._begun
