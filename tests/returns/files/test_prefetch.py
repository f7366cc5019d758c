"""A file that is opened ahead of its reading is read like any other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from communitycheck.api import render
from communitycheck.check import check
from communitycheck.errors import RuleFileError
from communitycheck.returns.files import prefetch
from communitycheck.returns.files.open import Opened
from paths import SAMPLES

RETURNS = sorted(SAMPLES.glob("*.csv"))
WORKBOOKS = sorted(SAMPLES.glob("*.xlsx"))


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every text were large."""
    monkeypatch.setattr(prefetch, "LARGE", 0)


def _json(*paths: str) -> str:
    return "".join(render(check(list(paths), region="210000"), "json", "zh", all_verdicts=True))


def _is_begun() -> bool:
    return bool(prefetch._begun.get())


@pytest.mark.parametrize(
    "sample",
    [*RETURNS, WORKBOOKS[0], *(pytest.param(p, marks=pytest.mark.slow) for p in WORKBOOKS[1:])],
    ids=lambda p: p.name,
)
def test_the_report_is_the_same(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefetch, "_is_worth_it", lambda file: False)
    expected = _json(str(sample))
    monkeypatch.setattr(prefetch, "_is_worth_it", lambda file: True)
    assert _json(str(sample)) == expected
    assert not _is_begun()


@pytest.mark.parametrize("sample", [RETURNS[0], WORKBOOKS[0]], ids=lambda p: p.suffix)
def test_what_was_begun_is_taken_once(eager: None, sample: Path) -> None:
    with prefetch.opened_ahead([sample]):
        opened = prefetch.take_opened(str(sample))
        assert isinstance(opened, Opened)
        assert opened.path == str(sample)
        assert prefetch.take_opened(str(sample)) is None


def test_a_small_text_is_not_worth_a_thread() -> None:
    with prefetch.opened_ahead([RETURNS[0]]):
        assert not _is_begun()


def test_a_text_that_cannot_be_read_gives_its_error(eager: None, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"a,b\n" + bytes(range(1, 32)) * 200)
    report = check([str(bad)], region="210000")
    assert [(e.path, e.code) for e in report.unread] == [(str(bad), "not-text")]


def test_a_workbook_that_cannot_be_read_gives_its_error(tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(WORKBOOKS[0].read_bytes()[:-2000])
    report = check([str(bad)], region="210000")
    assert [(e.path, e.code) for e in report.unread] == [(str(bad), "truncated")]


@pytest.mark.parametrize("paths", [[], [""], ["\0"], ["missing.csv"], ["."], [RETURNS[0], RETURNS[0]], [object()]])
def test_anything_else_is_left_to_its_reader(eager: None, paths: list[object]) -> None:
    with prefetch.opened_ahead(paths):
        assert not _is_begun()


def test_what_was_begun_in_vain_is_read_by_nobody_later(tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("standard: [", encoding="utf-8")
    with pytest.raises(RuleFileError):
        check([str(WORKBOOKS[0])], [rules])
    assert prefetch.take_opened(str(WORKBOOKS[0])) is None


def test_a_process_at_work_for_nobody_ends_with_the_run(tmp_path: Path) -> None:
    """A rule file with a fault ends the run while the workbook is still being read."""
    rules = tmp_path / "rules.yaml"
    rules.write_text("standard: [", encoding="utf-8")
    code = """
import sys, time
from communitycheck.check import check
from communitycheck.errors import RuleFileError
from communitycheck.returns.files.formats.apart import READERS
from communitycheck.returns.files.workers.worker import Worker
started = []
ask = Worker.ask
Worker.ask = lambda self, *a: (started.append(self), time.sleep(0.1), ask(self, *a))[2]
try:
    check([sys.argv[1]], [sys.argv[2]])
except RuleFileError:
    pass
deadline = time.monotonic() + 20
while not started and time.monotonic() < deadline:
    time.sleep(0.01)
READERS.stop()
print(len(started), [one.alive for one in started])
"""
    command = [sys.executable, "-c", code, str(WORKBOOKS[0]), str(rules)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.strip() == "1 [False]"
