"""Linting rule files: every fault of every file, and what looks wrong in rules that do load.

Interval reasoning over one field or expression at a time (``logic``) finds contradictions, redundancy and rules
that nobody or everybody meets; where it cannot decide about rules that look alike, a finding says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from communitycheck.errors import ExpressionError, RuleFileError
from communitycheck.model.dictionary import Dictionary
from communitycheck.standards.book import DICTIONARY, RuleBook
from communitycheck.standards.dictionary import compile_dictionary
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.files.partial import shaped
from communitycheck.standards.files.schema import DictionaryIn, StandardIn
from communitycheck.standards.files.yaml_file import YamlFile, read_yaml
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.whole_standard import check_standard


def lint_files(
    folders: Iterable[Path], files: Iterable[Path] = (), *, as_of: date | None = None
) -> tuple[list[LintFinding], list[str]]:
    """Lint ``files`` (or, without any, all of ``folders``) against the rule book in ``folders``.

    A folder among ``files`` stands for the rule files in it. Returns the findings and the files linted.

    Raises:
        RuleFileError: a folder is missing.
    """
    loaded = _LoadedFiles()
    folders, named = list(folders), [p for f in files for p in (_rule_files(f) if f.is_dir() else [f])]
    for folder in folders:
        if not folder.is_dir():
            raise RuleFileError("rules-dir-missing", file=str(folder))
        for path in _rule_files(folder):
            if os.path.realpath(path) not in {os.path.realpath(p) for p in named}:
                loaded.put(path, wanted=not named)
    for path in named:
        loaded.put(path, wanted=True)
    wanted = {file for file, own in loaded.seen.items() if own}
    ids = [i for i, file in loaded.book.files.items() if file.name in wanted]
    # Without its dictionary nothing in a book can be understood, so that one's faults are always reported.
    found = [f for f in loaded.findings if f.file in wanted or Path(f.file).name == DICTIONARY]
    found += lint(loaded.book, ids, as_of=as_of)
    return _once(found), [f for f, own in loaded.seen.items() if own]


def lint(book: RuleBook, ids: Iterable[str], *, as_of: date | None = None) -> list[LintFinding]:
    """Everything there is to say about the standards ``ids`` of ``book``, by file and line.

    ``as_of`` is the day by which a deadline has passed (default: today).
    """
    tolerant = RuleBook(book.dictionary, book.files, faults=FaultList(), damage=book.damage)
    day = as_of or date.today()
    found: list[LintFinding] = []
    for name in ids:
        standard = tolerant.standard(name)
        extends = book.files[name].shape.extends
        if extends in book.damage:
            file = book.files[name].yaml
            at = file.line(("extends",))
            found.append(LintFinding(file.name, at, "extends", "lint-parent-broken", "error", {"name": extends}))
        if tolerant.is_sound(name):  # elsewhere what looks wrong may come of what is
            found += check_standard(tolerant, standard, day)
    found += [as_finding(error) for error in tolerant.faults.found] if tolerant.faults is not None else []
    return _once(found)


def as_finding(error: RuleFileError) -> LintFinding:
    """A fault met in loading, as a finding."""
    values = dict(error.values)
    if isinstance(error, ExpressionError) and error.column is not None:
        values["column"] = error.column
    return LintFinding(error.file, error.line, error.key, error.code, "error", values)


class _LoadedFiles:
    """A rule book filled file by file, in which one bad file does not stop the others."""

    def __init__(self) -> None:
        self.book = RuleBook(Dictionary({}))
        self.seen: dict[str, bool] = {}
        self.findings: list[LintFinding] = []

    def put(self, path: Path, *, wanted: bool) -> None:
        self.seen[str(path)] = wanted
        try:
            faults = FaultList()
            file = read_yaml(path, faults)
            if path.name == DICTIONARY:
                self._dictionary(file, faults)
            else:
                self._standard(file, faults)
        except RuleFileError as error:
            self.findings += [as_finding(one) for one in (error, *error.others)]

    def _dictionary(self, file: YamlFile, faults: FaultList) -> None:
        shape, _ = shaped(file, DictionaryIn, faults)
        own, _ = compile_dictionary(shape, file, Dictionary({}, entities=self.book.dictionary.entities), faults)
        self.findings += [as_finding(f) for f in faults.found]
        self.book.dictionary = self.book.dictionary.with_fields(own.fields, own.entities)

    def _standard(self, file: YamlFile, faults: FaultList) -> None:
        shape, damage = shaped(file, StandardIn, faults)
        before = self.book.files.get(shape.standard)
        self.book.add(shape, file, damage, faults)
        if before is not None:
            same_folder = Path(before.name).parent == Path(file.name).parent
            code = "lint-standard-twice" if same_folder else "lint-standard-replaced"
            self.findings.append(
                LintFinding(
                    file.name,
                    file.line(("standard",)),
                    "standard",
                    code,
                    "warning" if same_folder else "info",
                    {"name": shape.standard, "other": before.name},
                )
            )


def _rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder, its dictionary first."""
    paths = sorted(p for p in folder.iterdir() if p.suffix in (".yaml", ".yml"))
    return sorted(paths, key=lambda p: p.name != DICTIONARY)


def _once(found: Iterable[LintFinding]) -> list[LintFinding]:
    """The findings by file and line, each once: of what looks wrong one of a kind, of faults each name and value."""
    once: dict[tuple[object, ...], LintFinding] = {}
    for f in found:
        values = () if f.code.startswith("lint-") else tuple(map(str, f.values.values()))
        once.setdefault((f.file, f.line, f.key, f.code, values), f)
    return sorted(once.values(), key=_order)


def _order(finding: LintFinding) -> tuple[str, int, str, int, str]:
    column = finding.values.get("column")
    return finding.file, finding.line or 0, finding.key or "", column if isinstance(column, int) else 0, finding.code
