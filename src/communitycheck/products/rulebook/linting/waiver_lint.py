"""What linting a file of waivers finds: what it is refused for, and what to look at before it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from communitycheck.errors import RuleFileError
from communitycheck.model.standard import Standard
from communitycheck.model.waiver import Waiver, WaiverState
from communitycheck.products.rulebook.linting.lint_report import LintReport
from communitycheck.standards.choose import named_standards, open_rule_book, whole_dictionary
from communitycheck.standards.files.waiver_file import load_waivers
from communitycheck.standards.lint.finding import Level, LintFinding


def lint_waivers(
    path: str | Path,
    standards: Sequence[str | Path] = (),
    *,
    rules_dir: str | Path | None = None,
    as_of: date | None = None,
    strict: bool = False,
) -> LintReport:
    """Lint a file of waivers.

    Args:
        standards: whose rules may be waived; by default those of the whole rule book.
        rules_dir: a folder of further standards.
        as_of: the day on which waivers are looked at; without it nothing is said of what has expired.
        strict: a warning gives exit code 1; an error gives 2 in any case.

    Raises:
        UsageError, RuleFileError: an unknown standard, a fault in a rule file.
    """
    book = open_rule_book(rules_dir, standards)
    used = named_standards(book, standards) or book.all()
    try:
        file = load_waivers(path, used, whole_dictionary(book, used), book.all() if standards else ())
    except RuleFileError as error:
        faults = [LintFinding(e.file, e.line, e.key, e.code, "error", e.values) for e in (error, *error.others)]
        return LintReport(faults, [str(path)], 2)
    findings = [one for waiver in file.waivers for one in _doubts(waiver, file.path, used, as_of)]
    warned = any(one.level == "warning" for one in findings)
    return LintReport(findings, [str(path)], 1 if strict and warned else 0)


def _doubts(waiver: Waiver, file: str, standards: Sequence[Standard], as_of: date | None) -> Iterator[LintFinding]:
    def found(code: str, level: Level = "warning", **values: object) -> LintFinding:
        return LintFinding(file, waiver.line, waiver.rule_words, f"waiver-lint-{code}", level, values)

    rules = [r for s in standards if waiver.standard in ("", s.id) for r in s.rules if r.id == waiver.rule]
    if all(rule.manual is not None for rule in rules):
        yield found("manual")
    if waiver.until is None:
        yield found("no-end")
    elif as_of is not None and waiver.state(as_of) is WaiverState.EXPIRED:
        yield found("expired", until=waiver.until, day=as_of)
    elif as_of is not None and waiver.state(as_of) is WaiverState.EXPIRING:
        yield found("expiring", "info", until=waiver.until)
    if waiver.until is not None and waiver.remedy_by is not None and waiver.remedy_by > waiver.until:
        yield found("remedy-late", until=waiver.until, day=waiver.remedy_by)
    if waiver.subject.pattern.strip("*?") == "" != waiver.subject.pattern and not waiver.subject.region:
        yield found("everybody")
    if not waiver.document:
        yield found("no-document", "info")
