"""What `rules list`, `show` and `coverage` print, as text and JSON, in both languages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from communitycheck.checking import judge_all
from communitycheck.checking.table_of_records import table_from_records
from communitycheck.messages import LANGS, Lang
from communitycheck.model.report import Report
from communitycheck.model.returns import Return
from communitycheck.products.rulebook.catalogue import ReturnCoverage
from communitycheck.products.rulebook.catalogue_files import read_catalogue
from communitycheck.products.rulebook.coverage import book_coverage, returns_coverage
from communitycheck.products.rulebook.coverage_report import render_book_coverage, render_return_coverage
from communitycheck.products.rulebook.lists import render_list, render_show
from communitycheck.products.rulebook.pages import pages
from communitycheck.standards import RuleBook

FORMATS = ("text", "json")
shown = pytest.mark.parametrize("lang", LANGS)
formatted = pytest.mark.parametrize("format", FORMATS)
RECORDS = [{"community": "甲", "kind": "urban", "office": 300.0, "hall": 50.0, "members": 3, "adviser": 1}]


def _narrow(text: str, width: int = 80) -> None:
    for line in text.splitlines():
        assert cell_len(line) <= width, line


def _covered(book: RuleBook) -> ReturnCoverage:
    standard = book.standard("province")
    one = Return("returns/甲.xlsx", "", "xlsx", tables=[table_from_records(RECORDS, book.dictionary, "community")])
    findings = judge_all(one.tables, [standard], book.dictionary, date(2024, 1, 1), chosen=True)
    report = Report(
        version="",
        as_of=date(2024, 1, 1),
        as_of_from="option",
        standards=findings.standards,
        dictionary=book.dictionary,
        returns=[one],
        results=findings.results,
    )
    return returns_coverage(report)


@shown
@formatted
def test_list(book: RuleBook, lang: Lang, format: str, snapshot: SnapshotAssertion) -> None:
    rules = [(s, r) for s in book.all() for r in s.rules]
    text = render_list(rules, book.dictionary, format, lang, inherited=True, width=80)
    assert text == snapshot
    if format == "text":
        _narrow(text)
    else:
        assert json.loads(text)["count"] == len(rules)


def test_list_counts_what_is_inherited(book: RuleBook) -> None:
    city = book.standard("city")
    text = render_list([(city, r) for r in city.rules], book.dictionary, "text", "en")
    assert "10 rules of province unchanged" in text and "P-2" not in text
    assert "Rules listed: 2" in text


@shown
@formatted
def test_show(book: RuleBook, lang: Lang, format: str, snapshot: SnapshotAssertion) -> None:
    rules = [(s, r) for s in (book.standard("province"), book.standard("city")) for r in s.rules if r.layer == s.id]
    text = render_show(rules, book.all(), book.dictionary, format, lang, width=80)
    assert text == snapshot
    if format == "text":
        _narrow(text)
    else:
        assert [r["id"] for r in json.loads(text)["rules"]] == [r.id for _, r in rules]


@shown
@formatted
def test_coverage_of_documents(
    book: RuleBook, folder: Path, lang: Lang, format: str, snapshot: SnapshotAssertion
) -> None:
    cover = book_coverage(book.all(), read_catalogue([folder]))
    text = render_book_coverage(cover, format, lang, width=80)
    assert text == snapshot
    assert not cover.whole
    if format == "text":
        _narrow(text)
        assert render_book_coverage(cover, format, lang, detailed=True, width=80) == snapshot(name="detailed")


@shown
@formatted
def test_coverage_of_rules_by_a_return(book: RuleBook, lang: Lang, format: str, snapshot: SnapshotAssertion) -> None:
    text = render_return_coverage(_covered(book), book.dictionary, format, lang, width=80)
    assert text == snapshot
    if format == "text":
        _narrow(text)


def test_every_rule_of_a_return_is_accounted_for_once(book: RuleBook) -> None:
    cover = _covered(book)
    told = [r.id for r in (*cover.answerable, *cover.manual, *(r for r, _ in cover.lacking))]
    assert sorted(told) == sorted(r.id for r in book.standard("province").rules)
    unlocked = [r.id for s in cover.steps for r in s.unlocks]
    assert sorted(unlocked) == sorted(r.id for r, _ in cover.lacking)


def test_the_columns_named_unlock_what_they_promise(book: RuleBook) -> None:
    """Adding the columns of each step in turn makes exactly the rules promised answerable."""
    standard = book.standard("province")
    cover = _covered(book)
    record = dict(RECORDS[0])
    answerable = {r.id for r in cover.answerable}
    for step in (s for s in cover.steps if s.entity == "community"):
        for key in step.fields:
            record[key] = "门禁" if key == "scenarios" else "丙" if key in ("county", "city") else 1.0
        tables = [table_from_records([record], book.dictionary, "community")]
        findings = judge_all(tables, [standard], book.dictionary, date(2024, 1, 1), chosen=True)
        now = {r.rule.id for r in findings.results if not r.lacking and r.rule.manual is None}
        assert now - answerable == {r.id for r in step.unlocks}
        answerable = now


def test_pages(book: RuleBook, folder: Path, snapshot: SnapshotAssertion) -> None:
    made = pages(book.all(), book.dictionary, book_coverage(book.all(), read_catalogue([folder])))
    assert made == snapshot
