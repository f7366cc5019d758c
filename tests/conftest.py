"""What all tests share: the built-in rule book is read once in a process, YAML by its parser in C, and garbage is
looked for less often.

All save time only. Rule books, standards and dictionaries are never changed once they are read; that no test did so
is looked into when the last one has run.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, settings

from communitycheck import standards
from communitycheck.model.dictionary import Dictionary
from communitycheck.resources import data_dir
from communitycheck.returns.columns.meaning import field_names
from communitycheck.standards import book, choose, dictionary
from communitycheck.standards.book import RuleBook

RULES = data_dir("rules")
read_rule_book, read_dictionary = book.load_rule_book, dictionary.load_dictionary


@cache
def shared_book() -> RuleBook:
    """The built-in rule book with all its standards compiled."""
    shared = read_rule_book([RULES])
    shared.all()
    return shared


@cache
def shared_dictionary() -> Dictionary:
    return read_dictionary(RULES / book.DICTIONARY)


def load_rule_book(folders: Iterable[Path], files: Iterable[Path] = (), *, anew: bool = False) -> RuleBook:
    """What the function of this name reads. The built-in part is copied, so that ``files`` go on top of it."""
    folders = list(folders)
    if anew or folders != [RULES]:
        return read_rule_book(folders, files, anew=anew)
    shared = shared_book()
    own = RuleBook(shared.dictionary, dict(shared.files), built_in=shared.built_in)
    own.add_files(files)
    return own


def load_dictionary(path: Path, below: Dictionary | None = None) -> Dictionary:
    return shared_dictionary() if path == RULES / book.DICTIONARY else read_dictionary(path, below)


# On a machine with other work a case may take long; what is asked is never how long.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# Before any test module is imported, some of which load rules at once. Reading the cases in pure Python took a third of
# the time in which all tests are collected, in each process.
yaml.safe_load = partial(yaml.load, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
for module in (standards, book, choose):
    module.load_rule_book = load_rule_book  # type: ignore[attr-defined]
for module in (standards, dictionary):
    module.load_dictionary = load_dictionary  # type: ignore[attr-defined]
# The names of all fields are taken apart again for each dictionary, most of which hold the same fields.
field_names.core = cache(field_names.core)


@pytest.fixture(scope="session", autouse=True)
def nobody_changes_the_shared_book() -> Iterator[None]:
    yield
    shared, fresh = shared_book(), read_rule_book([RULES])
    assert shared.files == fresh.files
    assert shared.dictionary.fields == fresh.dictionary.fields == shared_dictionary().fields
    assert [repr(one) for one in shared.all()] == [repr(one) for one in fresh.all()]


@pytest.fixture(scope="session", autouse=True)
def key_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The key that seals caches lies where a test session leaves it, not in the home of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


def pytest_configure() -> None:
    # The processes that tests start, hundreds of them, need not each compile the sources anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    # What a test session keeps is looked through again and again by default: an eighth of its time.
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish() -> None:
    gc.freeze()


@pytest.fixture(autouse=True)
def no_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are as wide as they are by default, whatever the shell that runs the tests says of its own."""
    monkeypatch.delenv("COLUMNS", raising=False)
