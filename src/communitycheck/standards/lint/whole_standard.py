"""What lint has to say about one standard: its citations and dates, each of its rules, pairs of them, its parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from communitycheck.model.expression import names_in
from communitycheck.model.standard import Standard
from communitycheck.standards.book import RuleBook
from communitycheck.standards.files.yaml_file import YamlFile, dotted
from communitycheck.standards.lint.finding import Level, LintFinding
from communitycheck.standards.lint.groups.records_and_groups import check_groups
from communitycheck.standards.lint.groups.sums_below import check_sums
from communitycheck.standards.lint.layers import check_layer
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.muted import check_muted
from communitycheck.standards.lint.names.alike_names import check_alike_names
from communitycheck.standards.lint.names.derived_fields import check_derived
from communitycheck.standards.lint.names.own_fields import check_own_fields
from communitycheck.standards.lint.never_meet import check_meets_apart
from communitycheck.standards.lint.one_rule import check_rule
from communitycheck.standards.lint.pairs import check_pairs
from communitycheck.standards.lint.places_and_days import (
    check_days,
    check_first_values,
    check_named_regions,
    check_place,
)
from communitycheck.standards.lint.reasoning.logic import Logic
from communitycheck.standards.lint.related import check_related
from communitycheck.standards.lint.scores.sheets import check_scores
from communitycheck.standards.lint.spans import check_spans
from communitycheck.standards.lint.tables import check_tables
from communitycheck.standards.lint.unfinished import check_finished


def check_standard(book: RuleBook, standard: Standard, day: date) -> Iterator[LintFinding]:
    file = book.files[standard.id].yaml
    dictionary = standard.dictionary_on(book.dictionary)
    here = _linted(book, standard)
    own = {i: s for i, s in here.items() if s.rule.layer == standard.id}
    complete = len(here) == len(book.raws(standard.id))
    yield from _citations(standard, file, here, whole=complete)
    for path, near in file.cut.items():
        yield LintFinding(file.name, file.line(path), dotted(path), "lint-cut-text", "warning", {"near": near})
    yield from check_own_fields(standard, file, book.dictionary)
    yield from check_derived(standard, file, dictionary)
    yield from check_alike_names(standard, file, here, dictionary)
    rules = [*(s.rule for s in here.values()), *(rule for score in standard.scores for rule in score.own_rules)]
    yield from check_scores(standard, dictionary)
    yield from check_tables(standard, file, rules, dictionary, complete=complete)
    yield from _periods(standard, file, own, day)
    parent = book.standard(standard.lineage[0]) if standard.lineage else None
    yield from check_place(standard, parent, file)
    yield from check_named_regions(standard, own)
    yield from check_days(standard, parent, file, own)
    yield from check_first_values(standard, file, own)
    yield from check_finished(standard, file, own)
    sound: dict[str, LintedRule] = {}
    for rule_id, linted in here.items():
        faults = list(check_rule(linted, dictionary))
        reset = any(n in standard.parameters and standard.parameters[n].layer == standard.id for n in linted.names())
        if rule_id in own or reset:
            yield from faults
            yield from check_meets_apart(linted, here, dictionary)
            yield from check_spans(linted, here, dictionary)
            yield from check_muted(linted, here, dictionary)
            yield from check_sums(linted, here, dictionary)
        # A rule that nobody or everybody meets would contradict or repeat every other.
        if not any(f.level == "error" or f.code == "lint-always-met" for f in faults):
            sound[rule_id] = linted
    logic = Logic(dictionary)
    yield from check_pairs(sound, standard, logic)
    yield from check_related(sound, standard, dictionary, logic)
    yield from check_groups(sound, standard, logic)
    if parent is not None:
        for finding in check_layer(_linted(book, parent), here, standard, dictionary):
            if finding.line is None and finding.key is not None:
                line = file.line(tuple(finding.key.split(".", 1)))
                finding = replace(finding, line=line)
            yield finding


def _linted(book: RuleBook, standard: Standard) -> dict[str, LintedRule]:
    raws = {r.id: r for r in book.raws(standard.id)}
    return {r.id: LintedRule(r, raws[r.id], standard.parameters) for r in standard.rules}


def _citations(
    standard: Standard, file: YamlFile, here: dict[str, LintedRule], *, whole: bool
) -> Iterator[LintFinding]:
    """``whole`` where no rule was left out that may use what the others do not."""
    if not standard.source.document.strip():
        yield _at(file, ("source", "document"), "lint-no-document", "warning")
    used = {n for s in here.values() for n in s.names()}
    used |= {n for score in standard.scores for r in score.own_rules for node in r.expressions for n in names_in(node)}
    for name, parameter in standard.parameters.items():
        if parameter.layer != standard.id:
            continue
        if not parameter.clause.strip():
            yield _at(file, ("parameters", name), "lint-parameter-no-clause", "warning", parameter=name)
        if whole and name not in used:
            yield _at(file, ("parameters", name), "lint-parameter-unused", "warning", parameter=name)


def _periods(standard: Standard, file: YamlFile, own: dict[str, LintedRule], day: date) -> Iterator[LintFinding]:
    start, end = standard.in_force_from, standard.in_force_to
    if start is not None and end is not None and end < start:
        yield _at(
            file, ("in_force", "to"), "lint-in-force-order", "error", start=start.isoformat(), end=end.isoformat()
        )
    elif end is not None and end < day:
        yield _at(file, ("in_force", "to"), "lint-in-force-past", "info", day=end.isoformat())
    if standard.horizon is not None and standard.horizon < day:
        yield _at(file, ("horizon",), "lint-horizon-past", "info", day=standard.horizon.isoformat())
    past: dict[date, list[LintedRule]] = defaultdict(list)
    for linted in own.values():
        for due in linted.rule.days_due:
            if due < day:
                past[due].append(linted)
    for due, rules in past.items():
        names = [s.rule.id for s in rules]
        shown = ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
        yield rules[0].finding("lint-due-past", "info", "due", day=due.isoformat(), count=len(names), rules=shown)


def _at(file: YamlFile, path: tuple[str | int, ...], code: str, level: Level, **values: object) -> LintFinding:
    return LintFinding(file.name, file.line(path), ".".join(map(str, path)), code, level, values)
