"""The front door of ``rules coverage``: the rule book against its documents, and against a return."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from communitycheck.check import check
from communitycheck.errors import NO_STANDARD_APPLIES, UsageError
from communitycheck.model.report import Report
from communitycheck.model.result import Groups, Records
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.text import Text
from communitycheck.products.rulebook.catalogue import (
    Account,
    BookCoverage,
    Document,
    DocumentCoverage,
    Entry,
    ReturnCoverage,
    Status,
)
from communitycheck.products.rulebook.catalogue_files import read_catalogue
from communitycheck.products.rulebook.missing_columns import (
    Questions,
    smallest,
    steps_for,
    ways_to_answer,
    with_derived,
)
from communitycheck.standards.choose import is_rule_file, open_rule_book, rule_folders, whole_dictionary


def cover_book(rules_dir: str | Path | None = None, *, standards: Sequence[str] = ()) -> BookCoverage:
    """Every entry of the catalogue with the rules that carry it.

    Args:
        standards: the documents to look at, by id or rule file; all by default.

    Raises:
        UsageError: an unknown standard.
        RuleFileError: a fault in a rule or catalogue file.
    """
    book = open_rule_book(rules_dir, standards)
    by_file = {file.name: name for name, file in book.files.items()}
    wanted = [by_file[str(Path(s))] if is_rule_file(s) else s for s in standards]
    documents = read_catalogue(rule_folders(rules_dir))
    for name in wanted:
        if name not in {d.id for d in documents}:
            book.standard(name)  # names the nearest
    return book_coverage(book.all(), documents, wanted)


def book_coverage(
    standards: Sequence[Standard], documents: Sequence[Document], wanted: Sequence[str] = ()
) -> BookCoverage:
    """The account of each entry of ``documents``; with ``wanted`` ids, of those documents alone."""
    carriers = _carriers(standards)
    by_id = {s.id: s for s in standards}
    shown = [d for d in documents if not wanted or d.id in wanted]
    covered = tuple(
        DocumentCoverage(d, by_id.get(d.id), tuple(_account(e, carriers) for e in d.entries)) for d in shown
    )
    known = {e.id for d in documents for e in d.entries}
    listed = {d.id for d in documents}
    # A standard of identities alone carries entries that are listed under their documents.
    helpers = {r.layer for d in documents for e in d.entries if e.kind == "identity" for r in carriers.get(e.id, ())}
    return BookCoverage(
        covered,
        tuple(s for s in standards if s.id not in listed | helpers and (not wanted or s.id in wanted)),
        tuple(
            (i, r)
            for i in sorted(carriers)
            if i not in known
            for r in carriers[i]
            if r.layer in listed and (not wanted or r.layer in wanted)
        ),
    )


def _carriers(standards: Iterable[Standard]) -> dict[str, list[Rule]]:
    """Entry id -> the rules that name it, each in the layer that set it."""
    found: dict[str, list[Rule]] = {}
    for standard in standards:
        for rule in standard.rules:
            if rule.layer == standard.id:
                for entry in rule.entries:
                    found.setdefault(entry, []).append(rule)
    return found


def _account(entry: Entry, carriers: Mapping[str, list[Rule]]) -> Account:
    rules = tuple(carriers.get(entry.id, ()))
    if not rules:
        status: Status = "missing" if entry.no_rule == Text() else "no_rule"
        return Account(entry, status, reason=entry.no_rule)
    if all(r.manual is not None for r in rules):
        return Account(entry, "manual", rules, rules[0].manual or Text())
    return Account(entry, "restated" if entry.restates else "automated", rules)


def cover_returns(
    paths: Sequence[str | Path],
    standards: Sequence[str] = (),
    *,
    rules_dir: str | Path | None = None,
    region: str | None = None,
    as_of: date | None = None,
    mapping: str | Path | None = None,
) -> ReturnCoverage:
    """Which rules the returns can answer, and which columns would unlock the rest.

    Where nothing tells the region, all standards are held against the returns (``region_known`` is then False).
    Arguments and errors are those of ``check``.
    """
    known = True
    try:
        report = check(paths, standards, rules_dir=rules_dir, region=region, as_of=as_of, mapping=mapping)
    except UsageError as error:
        if error.code not in NO_STANDARD_APPLIES:
            raise
        known = False
        every = open_rule_book(rules_dir).ids()
        report = check(paths, every, rules_dir=rules_dir, as_of=as_of, mapping=mapping)
    cover = returns_coverage(report, chosen=bool(standards))
    book = open_rule_book(rules_dir, standards)
    return replace(cover, region_known=known, dictionary=whole_dictionary(book, cover.standards))


def returns_coverage(report: Report, *, chosen: bool = False) -> ReturnCoverage:
    """The same from a report; standards that were not ``chosen`` and suit no sheet are set aside."""
    tables = [t for r in report.returns for t in r.tables if len(t)]
    entities = {t.entity for t in tables}
    suited = {
        s.id for s in report.standards if chosen or not entities or any(r.applies_to in entities for r in s.rules)
    }
    cover = ReturnCoverage([s for s in report.standards if s.id in suited], True, unread=list(report.unread))
    cover.aside = [s for s in report.standards if s.id not in suited]
    cover.paths = tuple(r.path for r in report.returns)
    for entity in report.dictionary.entities:
        if entity in entities:
            cover.records[entity] = sum(len(t) for t in tables if t.entity == entity)
    open_questions: dict[str, Questions] = {}
    seen: set[tuple[str, str]] = set()
    for result in report.results:
        rule = result.rule
        if (rule.layer, rule.id) in seen or rule.standard not in suited:
            continue
        seen.add((rule.layer, rule.id))
        if rule.manual is not None:
            cover.manual.append(rule)
        elif not result.lacking:
            cover.answerable.append(rule)
        else:
            standard = next(s for s in report.standards if s.id == rule.standard)
            have = {c for t in tables if t.entity == rule.applies_to for c in t.columns}
            have = with_derived(have | _levels_known(rule.applies_to, standard, report), report.dictionary)
            ways = ways_to_answer(rule, standard, have, report.as_of) or [frozenset(result.lacking)]
            cover.lacking.append((rule, tuple(sorted(smallest(ways)))))
            open_questions.setdefault(rule.applies_to, []).append((rule, ways))
    for entity in report.dictionary.entities:
        cover.steps += steps_for(entity, open_questions.get(entity, []))
    cover.sheetless = tuple(e for e in report.dictionary.entities if e in open_questions and e not in entities)
    return cover


def _levels_known(entity: str, standard: Standard, report: Report) -> set[str]:
    """Region levels by which records can be grouped without a column that says so: the standard's own, and those
    that codes or titles gave away."""
    levels = {standard.jurisdiction.level}
    for result in report.results:
        if result.rule.applies_to == entity and not result.lacking:
            if isinstance(result.subjects, Groups):
                levels.update(result.subjects.levels)
            elif isinstance(result.subjects, Records):
                levels.update(result.subjects.table.regions)
    return levels
