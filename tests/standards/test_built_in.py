"""The built-in standards as they lie compiled in the package: just what their files say, and not used otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from communitycheck.model.expression import Number
from communitycheck.resources import data_dir
from communitycheck.standards import load_rule_book
from communitycheck.standards.book import RuleBook
from communitycheck.standards.compiled import built_in
from paths import ROOT

RULES = data_dir("rules")


def test_a_book_of_it_is_the_book_of_the_files() -> None:
    book, anew = load_rule_book([RULES]), load_rule_book([RULES], anew=True)
    assert book.built_in is not None and anew.built_in is None
    assert book.ids() == anew.ids() and book.jurisdictions() == anew.jurisdictions()
    for name in book.ids():
        assert repr(book.standard(name)) == repr(anew.standard(name))
        assert [raw.id for raw in book.raws(name)] == [raw.id for raw in anew.raws(name)]
    for part in ("fields", "entities", "units", "own"):
        assert repr(getattr(book.dictionary, part)) == repr(getattr(anew.dictionary, part))


def _own_rules(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the rules in the place of the toolkit's own."""
    own = folder / "rules"
    shutil.copytree(RULES, own)
    monkeypatch.setattr(built_in, "data_dir", lambda _: own)
    return own


def test_a_changed_byte_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = _own_rules(tmp_path, monkeypatch)
    assert load_rule_book([own]).built_in is not None
    path = own / "liaoning-2021.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("400 m2", "401 m2", 1), encoding="utf-8")
    book = load_rule_book([own])
    assert book.built_in is None
    assert 401 in _limits(book)


def test_a_further_file_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = _own_rules(tmp_path, monkeypatch)
    shutil.copy(ROOT / "bench" / "eight_rules.yaml", own)
    assert "bench-eight" in load_rule_book([own]).ids()


def test_a_class_of_other_fields_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert built_in.built_in(RULES) is not None
    monkeypatch.setitem(built_in.FIELDS, "Rule", [*built_in.FIELDS["Rule"], "more"])
    assert built_in.built_in(RULES) is None


def test_without_what_lies_compiled_the_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(built_in, "COMPILED", tmp_path / "none")
    assert built_in.built_in(RULES) is None and load_rule_book([RULES], anew=True).ids()


def test_what_changes_the_meaning_of_a_standard_has_it_compiled_anew(tmp_path: Path) -> None:
    text = (RULES / "liaoning-2021.yaml").read_text(encoding="utf-8")
    (tmp_path / "own.yaml").write_text(text.replace("400 m2", "402 m2", 1), encoding="utf-8")
    book = load_rule_book([RULES], [tmp_path / "own.yaml"])
    assert 402 in _limits(book)
    assert "liaoning-2021" in book.standard("shenyang-2023").lineage


def test_a_dictionary_beside_it_has_all_compiled_anew(tmp_path: Path) -> None:
    (tmp_path / "dictionary.yaml").write_text(
        "fields:\n  seats:\n    label: {zh: 座位数, en: Seats}\n    type: int\n", encoding="utf-8"
    )
    book = load_rule_book([RULES, tmp_path])
    assert book.built_in is None and "seats" in book.dictionary.fields
    assert book.standard("liaoning-2021").rules


def test_reforms_have_all_compiled_anew() -> None:
    book = load_rule_book([RULES])
    assert book.reformed([]).built_in is None


def _limits(book: RuleBook) -> set[float]:
    """The numbers against which rules of one standard hold something."""
    rules = book.standard("liaoning-2021").rules
    nodes = [limit.value for rule in rules if rule.threshold for limit in rule.threshold.limits]
    return {node.value for node in nodes if isinstance(node, Number)}
