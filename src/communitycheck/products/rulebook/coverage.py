"""The front door of ``rules coverage``: the rule book against its documents, and against a return."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from communitycheck.check import check
from communitycheck.errors import RuleFileError, UsageError
from communitycheck.model.dictionary import ENTITIES
from communitycheck.model.expression import Call, Name, Node, children, rules_in, unanswerable
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
    EntryKind,
    ReturnCoverage,
    Step,
)
from communitycheck.standards.choose import is_rule_file, open_rule_book, rule_folders
from communitycheck.standards.files.faults import check_shape
from communitycheck.standards.files.schema import StrictShape, TextIn
from communitycheck.standards.files.yaml_file import YamlFile, read_yaml

CATALOGUE = "catalogue"  # the folder of catalogue files inside a rules folder
Questions = list[tuple[Rule, list[frozenset[str]]]]  # rules with the sets of columns that would each do
MAX_WAYS = 24  # choices of columns looked at for one rule


class _EntryIn(StrictShape):
    zh: str = ""
    en: str = ""
    clause: str = ""
    restates: str | None = None


def _empty(value: object) -> object:
    return {} if value is None else value


class _DocumentIn(StrictShape):
    title: TextIn
    entries: Annotated[dict[str, _EntryIn], BeforeValidator(_empty)] = Field(default_factory=dict)
    identities: Annotated[dict[str, _EntryIn], BeforeValidator(_empty)] = Field(default_factory=dict)


class _CatalogueIn(StrictShape):
    documents: dict[str, _DocumentIn]


def read_catalogue(folders: Iterable[Path]) -> list[Document]:
    """The documents that the catalogues of these rules folders list, by id; a later folder's come on top.

    Raises:
        RuleFileError: a fault in a catalogue file, or an id used twice.
    """
    documents: dict[str, Document] = {}
    for folder in folders:
        for path in sorted((folder / CATALOGUE).glob("*.yaml")):
            file = read_yaml(path)
            for name, raw in check_shape(file, _CatalogueIn).documents.items():
                documents[name] = _document(name, raw)
                _check_entries(documents, name, file)
    return [documents[name] for name in sorted(documents)]


def _document(name: str, raw: _DocumentIn) -> Document:
    kinds: tuple[tuple[EntryKind, dict[str, _EntryIn]], ...] = (
        ("normative", raw.entries),
        ("identity", raw.identities),
    )
    entries = tuple(
        Entry(key, name, kind, Text(one.zh, one.en), one.clause, one.restates)
        for kind, listed in kinds
        for key, one in listed.items()
    )
    return Document(name, Text(raw.title.zh, raw.title.en), entries)


def _check_entries(documents: Mapping[str, Document], name: str, file: YamlFile) -> None:
    taken = {e.id: d.id for d in documents.values() if d.id != name for e in d.entries}
    own = {e.id for e in documents[name].entries}
    for entry in documents[name].entries:
        section = "entries" if entry.kind == "normative" else "identities"
        path = ("documents", name, section, entry.id)
        where: dict[str, Any] = {"file": file.name, "line": file.line(path), "key": ".".join(path)}
        if entry.id in taken:
            raise RuleFileError("catalogue-entry-twice", **where, name=entry.id, other=taken[entry.id])
        if entry.restates is not None and entry.restates not in own:
            raise RuleFileError("catalogue-restates", **where, name=entry.restates)


def cover_book(rules_dir: str | Path | None = None, *, standards: Sequence[str] = ()) -> BookCoverage:
    """Every entry of the catalogue with the rules that carry it.

    Args:
        standards: the documents to look at, by id or rule file; all by default.

    Raises:
        UsageError: an unknown standard.
        RuleFileError: a fault in a rule or catalogue file.
    """
    book = open_rule_book(rules_dir, standards)
    by_file = {file.name: name for name, (_, file) in book.files.items()}
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
        return Account(entry, "missing")
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
        if error.code not in ("region-needed", "region-not-covered", "none-in-force"):
            raise
        known = False
        every = open_rule_book(rules_dir).ids()
        report = check(paths, every, rules_dir=rules_dir, as_of=as_of, mapping=mapping)
    return replace(returns_coverage(report, chosen=bool(standards)), region_known=known)


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
    for entity in ENTITIES:
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
            have = _with_derived(have | _levels_known(rule.applies_to, standard, report), report)
            ways = _joined([_ways_of(rule, standard, have, report.as_of), _grouping_ways(rule, have)])
            ways = [w for w in ways if w] or [frozenset(result.lacking)]
            cover.lacking.append((rule, tuple(sorted(_smallest(ways)))))
            open_questions.setdefault(rule.applies_to, []).append((rule, ways))
    for entity in ENTITIES:
        cover.steps += _steps(entity, open_questions.get(entity, []))
    cover.sheetless = tuple(e for e in ENTITIES if e in open_questions and e not in entities)
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


def _grouping_ways(rule: Rule, have: set[str]) -> list[frozenset[str]]:
    """A rule over groups needs one of its levels to be known."""
    if not rule.by or have & set(rule.by):
        return [frozenset()]
    return [frozenset([level]) for level in rule.by]


def _with_derived(have: set[str], report: Report) -> set[str]:
    """``have`` and every field that can be worked out from it."""
    derived = {k: f.derived for k, f in report.dictionary.fields.items() if f.derived is not None}
    found = set(have)
    while True:
        more = {k for k, node in derived.items() if k not in found and not unanswerable(node, found)}
        if not more:
            return found
        found |= more


def _ways_of(
    rule: Rule, standard: Standard, have: set[str], as_of: date, trail: tuple[str, ...] = ()
) -> list[frozenset[str]]:
    """The sets of columns each of which would make the rule answerable; one empty set where it is already."""
    given = have | set(standard.parameters)
    nodes = [n for n in (rule.indicator, rule.where) if n is not None]
    if rule.threshold is not None:
        limit = rule.threshold.at(as_of) or rule.threshold.limits[-1]
        nodes += [limit.value] + ([rule.threshold.upper] if rule.threshold.upper is not None else [])
    parts = [_ways(n, given) for n in nodes]
    others = {r.id: r for r in standard.rules}
    for other in dict.fromkeys(i for n in nodes for i in rules_in(n)):
        if other in others and other not in trail:
            parts.append(_ways_of(others[other], standard, have, as_of, (*trail, rule.id)))
    return _joined(parts)


def _ways(node: Node, have: set[str]) -> list[frozenset[str]]:
    match node:
        case Name(name):
            return [frozenset() if name in have else frozenset([name])]
        case Call("coalesce", arguments):
            found = [w for a in arguments for w in _ways(a, have)]
            return [frozenset()] if frozenset() in found else found[:MAX_WAYS]
        case _:
            return _joined([_ways(c, have) for c in children(node)])


def _joined(parts: list[list[frozenset[str]]]) -> list[frozenset[str]]:
    """Every choice of one way from each part, without repeats."""
    ways: list[frozenset[str]] = [frozenset()]
    for part in parts:
        pairs = (a | b for a, b in product(ways, part))
        ways = sorted(dict.fromkeys(pairs), key=lambda w: (len(w), sorted(w)))[:MAX_WAYS]
    return ways


def _smallest(ways: list[frozenset[str]]) -> frozenset[str]:
    return min(ways, key=lambda w: (len(w), sorted(w)))


def _opened(questions: Questions, have: frozenset[str]) -> tuple[Rule, ...]:
    return tuple(r for r, ways in questions if any(w <= have for w in ways))


def _worth(questions: Questions, added: frozenset[str], choice: frozenset[str]) -> tuple[float, int, list[str]]:
    """What a choice of columns is worth, the best first: rules a column, then few columns, then the names."""
    return -len(_opened(questions, added | choice)) / len(choice), len(choice), sorted(choice)


def _steps(entity: str, questions: Questions) -> list[Step]:
    """Columns in the order in which to add them: at each step those that unlock the most rules a column."""
    left = list(questions)
    added: frozenset[str] = frozenset()
    steps: list[Step] = []
    while left:
        best = min({w - added for _, ways in left for w in ways}, key=partial(_worth, left, added))
        added |= best
        opened = _opened(left, added)
        left = [(r, ways) for r, ways in left if r not in opened]
        steps.append(Step(entity, tuple(sorted(best)), opened))
    return steps


__all__ = ["book_coverage", "cover_book", "cover_returns", "read_catalogue", "returns_coverage"]
