"""The front door of ``rules test``: the case files beside the rules, run and accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from communitycheck.errors import UsageError
from communitycheck.products.rulebook.case import CaseResult
from communitycheck.products.rulebook.cases import load_cases, run_cases, uncovered
from communitycheck.standards.choose import open_rule_book, rule_folders


@dataclass(frozen=True, slots=True)
class CaseRun:
    """How the cases came out, and by standard and rule which kinds of case are still lacking."""

    results: list[CaseResult]
    gaps: Mapping[str, Mapping[str, Sequence[str]]]

    @property
    def exit_code(self) -> int:
        """1 where a case fails."""
        return 0 if all(r.passed for r in self.results) else 1


def run_case_files(files: Sequence[str | Path] = (), *, rules_dir: str | Path | None = None) -> CaseRun:
    """Run case files, by default all beside the built-in rules and those in ``rules_dir``.

    Raises:
        UsageError: there is no case file.
        RuleFileError: a fault in a rule or case file.
    """
    book = open_rule_book(rules_dir)
    paths = [Path(f) for f in files] or [
        path for folder in rule_folders(rules_dir) for path in sorted((folder / "cases").glob("*.yaml"))
    ]
    if not paths:
        raise UsageError("cases-none")
    results = run_cases((case for path in paths for case in load_cases(path, book)), book)
    tested = dict.fromkeys(r.case.standard for r in results)
    return CaseRun(results, {name: uncovered(results, book.standard(name)) for name in tested})
