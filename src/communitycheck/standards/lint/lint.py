"""Linting rule files: every fault of every file, and what looks wrong in rules that do load.

Interval reasoning over one field or expression at a time (``lint_logic``) finds contradictions, redundancy and rules
that nobody or everybody meets; where it cannot decide about rules that look alike, a finding says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

from communitycheck.errors import ExpressionError, RuleFileError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import show
from communitycheck.model.standard import Standard
from communitycheck.standards.book import DICTIONARY, RuleBook
from communitycheck.standards.dictionary import compile_dictionary
from communitycheck.standards.files.faults import faults_of
from communitycheck.standards.files.schema import DictionaryIn, StandardIn
from communitycheck.standards.files.yaml_file import YamlFile, read_yaml
from communitycheck.standards.lint.finding import Finding, Level
from communitycheck.standards.lint.layers import check_layer
from communitycheck.standards.lint.meets import check_meets_apart
from communitycheck.standards.lint.rules import Stated, check_pair, check_rule


def lint_files(
    folders: Iterable[Path], files: Iterable[Path] = (), *, as_of: date | None = None
) -> tuple[list[Finding], list[str]]:
    """Lint ``files`` (or, without any, all of ``folders``) against the rule book in ``folders``.

    A folder among ``files`` stands for the rule files in it. Returns the findings and the files linted.

    Raises:
        RuleFileError: a folder is missing.
    """
    shelf = _Shelf()
    folders, named = list(folders), [p for f in files for p in (_rule_files(f) if f.is_dir() else [f])]
    for folder in folders:
        if not folder.is_dir():
            raise RuleFileError("rules-dir-missing", file=str(folder))
        for path in _rule_files(folder):
            if path.resolve() not in {p.resolve() for p in named}:
                shelf.put(path, wanted=not named)
    for path in named:
        shelf.put(path, wanted=True)
    wanted = {file for file, own in shelf.seen.items() if own}
    ids = [i for i, (_, file) in shelf.book.files.items() if file.name in wanted]
    # Without its dictionary nothing in a book can be understood, so that one's faults are always told.
    found = [f for f in shelf.findings if f.file in wanted or Path(f.file).name == DICTIONARY]
    found += _after_broken_parents(lint(shelf.book, ids, as_of=as_of), shelf.broken)
    return sorted(dict.fromkeys(found), key=_order), [f for f, own in shelf.seen.items() if own]


def lint(book: RuleBook, ids: Iterable[str], *, as_of: date | None = None) -> list[Finding]:
    """Everything there is to say about the standards ``ids`` of ``book``, by file and line.

    ``as_of`` is the day by which a deadline has passed (default: today).
    """
    tolerant = RuleBook(book.dictionary, book.files, faults=[])
    day = as_of or date.today()
    found: list[Finding] = []
    for name in ids:
        try:
            standard = tolerant.standard(name)
        except RuleFileError as error:
            found.append(as_finding(error))
            continue
        found += _standard(tolerant, standard, day)
    found += [as_finding(error) for error in tolerant.faults or ()]
    return sorted(dict.fromkeys(found), key=_order)


def as_finding(error: RuleFileError) -> Finding:
    """A fault met in loading, as a finding."""
    values = dict(error.values)
    if isinstance(error, ExpressionError) and error.column is not None:
        values["column"] = error.column
    return Finding(error.file, error.line, error.key, error.code, "error", values)


class _Shelf:
    """A rule book filled file by file, in which one bad file does not stop the others."""

    def __init__(self) -> None:
        self.book = RuleBook(Dictionary({}))
        self.seen: dict[str, bool] = {}
        self.findings: list[Finding] = []
        self.broken: set[str] = set()

    def put(self, path: Path, *, wanted: bool) -> None:
        self.seen[str(path)] = wanted
        try:
            file = read_yaml(path)
            if path.name == DICTIONARY:
                self._dictionary(file)
            else:
                self._standard(file)
        except RuleFileError as error:
            self.findings.append(as_finding(error))

    def _dictionary(self, file: YamlFile) -> None:
        shape, faults = faults_of(file, DictionaryIn)
        self.findings += [as_finding(f) for f in faults]
        if shape is not None:
            own = compile_dictionary(shape.fields, file, Dictionary({}))
            self.book.dictionary = self.book.dictionary.with_fields(own.fields)

    def _standard(self, file: YamlFile) -> None:
        shape, faults = faults_of(file, StandardIn)
        self.findings += [as_finding(f) for f in faults]
        if shape is None:
            name = file.data.get("standard") if isinstance(file.data, dict) else None
            self.broken |= {name} if isinstance(name, str) else set()
            return
        before = self.book.files.get(shape.standard)
        try:
            self.book.add(shape, file)
        except RuleFileError:
            self.broken.add(shape.standard)
            raise
        if before is not None:
            same_folder = Path(before[1].name).parent == Path(file.name).parent
            code = "lint-standard-twice" if same_folder else "lint-standard-replaced"
            self.findings.append(
                Finding(
                    file.name,
                    file.line(("standard",)),
                    "standard",
                    code,
                    "warning" if same_folder else "info",
                    {"name": shape.standard, "other": before[1].name},
                )
            )


def _rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder, its dictionary first."""
    paths = sorted(p for p in folder.iterdir() if p.suffix in (".yaml", ".yml"))
    return sorted(paths, key=lambda p: p.name != DICTIONARY)


def _after_broken_parents(found: list[Finding], broken: set[str]) -> list[Finding]:
    """A standard whose parent has faults of its own is not told that the parent is missing."""
    return [
        Finding(f.file, f.line, f.key, "lint-parent-broken", "error", {"name": f.values["name"]})
        if f.code == "extends-unknown" and f.values["name"] in broken
        else f
        for f in found
    ]


def _standard(book: RuleBook, standard: Standard, day: date) -> Iterator[Finding]:
    file = book.files[standard.id][1]
    dictionary = book.dictionary.with_fields(standard.fields or {})
    here = _stated(book, standard)
    own = {i: s for i, s in here.items() if s.rule.layer == standard.id}
    yield from _citations(standard, file, here)
    yield from _periods(standard, file, own, day)
    sound: dict[str, Stated] = {}
    for rule_id, stated in here.items():
        faults = list(check_rule(stated, dictionary))
        reset = any(n in standard.parameters and standard.parameters[n].layer == standard.id for n in stated.names())
        if rule_id in own or reset:
            yield from faults
            yield from check_meets_apart(stated, here, dictionary)
        # A rule that nobody or everybody meets would contradict or repeat every other.
        if not any(f.level == "error" or f.code == "lint-always-met" for f in faults):
            sound[rule_id] = stated
    for one, two in _alike(sound):
        if one.rule.id in own or two.rule.id in own:
            finding = check_pair(one, two, standard, dictionary)
            if finding is not None:
                yield finding
    if standard.lineage:
        parent = book.standard(standard.lineage[0])
        for finding in check_layer(_stated(book, parent), here, standard, dictionary):
            if finding.line is None and finding.key is not None:
                line = file.line(tuple(finding.key.split(".", 1)))
                finding = Finding(finding.file, line, finding.key, finding.code, finding.level, finding.values)
            yield finding


def _stated(book: RuleBook, standard: Standard) -> dict[str, Stated]:
    raws = {r.id: r for r in book.compiled[standard.id][1]}
    return {r.id: Stated(r, raws[r.id], standard.parameters) for r in standard.rules}


def _citations(standard: Standard, file: YamlFile, here: dict[str, Stated]) -> Iterator[Finding]:
    if not standard.source.document.strip():
        yield _at(file, ("source", "document"), "lint-no-document", "warning")
    used = {n for s in here.values() for n in s.names()}
    for name, parameter in standard.parameters.items():
        if parameter.layer != standard.id:
            continue
        if not parameter.clause.strip():
            yield _at(file, ("parameters", name), "lint-parameter-no-clause", "warning", parameter=name)
        if name not in used:
            yield _at(file, ("parameters", name), "lint-parameter-unused", "warning", parameter=name)


def _periods(standard: Standard, file: YamlFile, own: dict[str, Stated], day: date) -> Iterator[Finding]:
    start, end = standard.in_force_from, standard.in_force_to
    if start is not None and end is not None and end < start:
        yield _at(
            file, ("in_force", "to"), "lint-in-force-order", "error", start=start.isoformat(), end=end.isoformat()
        )
    elif end is not None and end < day:
        yield _at(file, ("in_force", "to"), "lint-in-force-past", "info", day=end.isoformat())
    if standard.horizon is not None and standard.horizon < day:
        yield _at(file, ("horizon",), "lint-horizon-past", "info", day=standard.horizon.isoformat())
    past: dict[date, list[Stated]] = defaultdict(list)
    for stated in own.values():
        if stated.rule.due is not None and stated.rule.due < day:
            past[stated.rule.due].append(stated)
    for due, rules in past.items():
        names = [s.rule.id for s in rules]
        shown = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
        yield rules[0].finding("lint-due-past", "info", "due", day=due.isoformat(), count=len(names), rules=shown)


def _alike(here: dict[str, Stated]) -> Iterator[tuple[Stated, Stated]]:
    """Pairs of rules that judge the same indicator of the same subjects.

    Rules over groups are compared only where they take in the same records.
    """
    shelves: dict[tuple[object, ...], list[Stated]] = defaultdict(list)
    for stated in here.values():
        rule = stated.rule
        if rule.manual is not None or rule.indicator is None:
            continue
        scope = show(rule.where) if rule.by and rule.where is not None else ""
        shelves[(rule.applies_to, rule.by, scope, show(rule.indicator))].append(stated)
    for alike in shelves.values():
        yield from combinations(alike, 2)


def _at(file: YamlFile, path: tuple[str | int, ...], code: str, level: Level, **values: object) -> Finding:
    return Finding(file.name, file.line(path), ".".join(map(str, path)), code, level, values)


def _order(finding: Finding) -> tuple[str, int, str, str]:
    return finding.file, finding.line or 0, finding.key or "", finding.code
