"""Every case beside the rules, judged by the real checker; every automated rule shows what it has to show."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from communitycheck.products.rulebook.case import CaseResult
from communitycheck.products.rulebook.cases import load_cases, run_cases, uncovered
from communitycheck.resources import data_dir
from communitycheck.standards.choose import open_rule_book

BOOK = open_rule_book()
FILES = sorted((data_dir("rules") / "cases").glob("*.yaml"))


@cache
def results(path: Path) -> list[CaseResult]:
    return run_cases(load_cases(path, BOOK), BOOK)


def test_every_standard_has_a_case_file() -> None:
    assert sorted(p.stem for p in FILES) == BOOK.ids()


@pytest.mark.parametrize("path", FILES, ids=[p.stem for p in FILES])
def test_every_case_comes_out_as_it_says(path: Path) -> None:
    wrong = [
        f"{r.case.line} {r.case.rule} {r.case.name}: {[o.word for o in r.found]} {r.shortfall} {r.error}"
        for r in results(path)
        if not r.passed
    ]
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=[p.stem for p in FILES])
def test_every_automated_rule_shows_pass_fail_edge_missing_and_out_of_scope(path: Path) -> None:
    assert uncovered(results(path), BOOK.standard(path.stem)) == {}
