"""Every case beside the rules, judged by the real checker; every automated rule shows what it has to show."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from communitycheck.model.expression import names_in
from communitycheck.products.rulebook.case import CaseResult
from communitycheck.products.rulebook.cases import load_cases, run_cases, uncovered
from communitycheck.resources import data_dir
from communitycheck.standards.choose import open_rule_book

BOOK = open_rule_book()
FILES = sorted((data_dir("rules") / "cases").glob("*.yaml"))
CHOICES = [path for path in FILES if path.stem != "published-figures"]  # whose parameters are facts, not choices


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


@pytest.mark.parametrize("path", CHOICES, ids=[p.stem for p in CHOICES])
def test_every_parameter_decides_a_case(path: Path) -> None:
    """Beside the same records under the parameter's own value; for a scope, in every rule whose scope it sets."""
    standard = BOOK.standard(path.stem)
    set_by_hand = [r for r in results(path) if r.case.parameters]
    as_they_are = run_cases([replace(r.case, parameters={}) for r in set_by_hand], BOOK)
    decided = {
        (r.case.rule, name)
        for r, other in zip(set_by_hand, as_they_are, strict=True)
        for name in r.case.parameters
        if (r.found, r.shortfall) != (other.found, other.shortfall)
    }
    own = {name for name, parameter in standard.parameters.items() if parameter.layer == standard.id}
    assert own - {name for _, name in decided} == set()
    scoped = {(r.id, n) for r in standard.rules if r.where is not None for n in names_in(r.where) if n in own}
    assert scoped - decided == set()
