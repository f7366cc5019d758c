"""``communitycheck rules lint``: parse, call, render, exit."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from communitycheck.cli.check import say_out
from communitycheck.cli.options import day, one_of
from communitycheck.messages import Lang, say
from communitycheck.standards.lint.finding import LEVELS, LintFinding


def run_rules_lint(
    files: list[str],
    *,
    rules_dir: str | None,
    strict: bool,
    format_: str,
    lang: Lang,
    as_of: str | None = None,
) -> int:
    """Lint ``files``, or the whole rule book; 2 with an error, 1 with a warning under ``strict``, else 0."""
    from communitycheck.resources import data_dir
    from communitycheck.standards.lint.run import lint_files

    one_of("--format", format_, ("text", "json"))
    folders = [data_dir("rules")] + ([Path(rules_dir)] if rules_dir is not None else [])
    findings, linted = lint_files(folders, [Path(f) for f in files], as_of=day("--as-of", as_of))
    counts: Counter[str] = Counter(f.level for f in findings)
    code = 2 if counts["error"] else 1 if counts["warning"] and strict else 0
    if format_ == "json":
        say_out(_as_json(findings, linted, counts, code, lang))
        return code
    lines = [line_of_finding(f, lang) for f in findings]
    numbers = {f"{level}s": counts[level] for level in LEVELS}
    say_out("\n".join([*lines, say("lint-summary", lang, files=len(linted), **numbers)]) + "\n")
    return code


def line_of_finding(finding: LintFinding, lang: Lang) -> str:
    """The finding as one line: where, how bad, what."""
    place = finding.file if finding.line is None else f"{finding.file}:{finding.line}"
    if finding.key:
        place += f" {finding.key}"
    text = say(finding.code, lang, **finding.values)
    return say("lint-line", lang, place=place, level=say(f"lint-{finding.level}", lang), text=text)


def _as_json(findings: list[LintFinding], linted: list[str], counts: Counter[str], code: int, lang: Lang) -> str:
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
        for f in findings
    ]
    report = {
        "schema": "communitycheck-lint/1",
        "files": linted,
        "findings": listed,
        "summary": {**{f"{level}s": counts[level] for level in LEVELS}, "exit_code": code},
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
