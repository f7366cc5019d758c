"""``communitycheck rules test``: run the cases that stand beside the rules."""

from __future__ import annotations

from pathlib import Path

from communitycheck.cli.check import say_out
from communitycheck.cli.options import one_of
from communitycheck.errors import UsageError
from communitycheck.messages import Lang
from communitycheck.resources import data_dir


def run_rules_test(files: list[str], *, rules_dir: str | None, format_: str, lang: Lang) -> int:
    """Run case files (by default all beside the built-in rules and those in ``rules_dir``); 1 where a case fails."""
    from communitycheck.products.rulebook.cases import load_cases, run_cases, uncovered
    from communitycheck.products.rulebook.cases_report import render_cases
    from communitycheck.standards.choose import open_rule_book

    one_of("--format", format_, ("text", "json"))
    book = open_rule_book(rules_dir)
    paths = [Path(f) for f in files] or _beside_the_rules(rules_dir)
    if not paths:
        raise UsageError("cases-none")
    results = run_cases((case for path in paths for case in load_cases(path, book)), book)
    tested = dict.fromkeys(r.case.standard for r in results)
    gaps = {name: uncovered(results, book.standard(name)) for name in tested}
    say_out(render_cases(results, gaps, format_, lang))
    return 0 if all(r.passed for r in results) else 1


def _beside_the_rules(rules_dir: str | None) -> list[Path]:
    folders = [data_dir("rules")] if not rules_dir else [data_dir("rules"), Path(rules_dir)]
    return [p for folder in folders for p in sorted((folder / "cases").glob("*.yaml"))]
