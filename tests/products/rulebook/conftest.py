"""A small rule book of its own, so that what is shown here does not change with the built-in rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from communitycheck.standards import RuleBook, load_rule_book

FOLDER = Path(__file__).parent / "book"


@pytest.fixture(scope="session")
def folder() -> Path:
    return FOLDER


@pytest.fixture(scope="session")
def book() -> RuleBook:
    return load_rule_book([FOLDER])
