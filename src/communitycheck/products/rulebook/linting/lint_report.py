"""What linting rule files found, as text and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from communitycheck.messages import Lang, say
from communitycheck.printable import as_json
from communitycheck.standards.choose import rule_folders
from communitycheck.standards.lint.finding import LEVELS, LintFinding
from communitycheck.standards.lint.run import lint_files


class LintReport(Struct, frozen=True):
    """The findings, the files that were linted, and the exit code that they give."""

    findings: list[LintFinding]
    files: list[str]
    exit_code: int

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each level: ``errors``, ``warnings`` and so on."""
        found = Counter(f.level for f in self.findings)
        return {f"{level}s": found[level] for level in LEVELS}


def lint_rules(
    files: Sequence[str | Path] = (),
    *,
    rules_dir: str | Path | None = None,
    as_of: date | None = None,
    strict: bool = False,
) -> LintReport:
    """Lint ``files``, or the whole rule book.

    Args:
        as_of: the day by which a deadline has passed; today by default.
        strict: a warning gives exit code 1; an error gives 2 in any case.

    Raises:
        RuleFileError: a folder is missing.
    """
    findings, linted = lint_files(rule_folders(rules_dir), [Path(f) for f in files], as_of=as_of)
    levels = {f.level for f in findings}
    return LintReport(findings, linted, 2 if "error" in levels else 1 if strict and "warning" in levels else 0)


def render_lint(report: LintReport, format: str, lang: Lang) -> str:
    """A line for each finding and their numbers, or a JSON object."""
    if format == "json":
        return _json(report, lang)
    lines = [finding_line(f, lang) for f in report.findings]
    return "\n".join([*lines, say("lint-summary", lang, files=len(report.files), **report.counts)]) + "\n"


def finding_line(finding: LintFinding, lang: Lang) -> str:
    """The finding as one line: where, how bad, what."""
    place = finding.file if finding.line is None else f"{finding.file}:{finding.line}"
    if finding.key:
        place += f" {finding.key}"
    text = say(finding.code, lang, **finding.values)
    return say("lint-line", lang, place=place, level=say(f"lint-{finding.level}", lang), text=text)


def _json(report: LintReport, lang: Lang) -> str:
    listed = [
        {
            "file": f.file,
            "line": f.line,
            "key": f.key,
            "code": f.code,
            "level": f.level,
            "message": say(f.code, lang, **f.values),
            "values": {k: str(v.in_lang(lang) if hasattr(v, "in_lang") else v) for k, v in f.values.items()},
        }
        for f in report.findings
    ]
    content = {
        "schema": "communitycheck-lint/1",
        "files": report.files,
        "findings": listed,
        "summary": {**report.counts, "exit_code": report.exit_code},
    }
    return as_json(content, indent=2) + "\n"
