"""The front door of ``rules test``: the case files beside the rules, run and accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from communitycheck.errors import RuleFileError, UsageError, together
from communitycheck.model.standard import Standard
from communitycheck.products.rulebook.case import CaseResult
from communitycheck.products.rulebook.case_changes import changed_text, difference
from communitycheck.products.rulebook.cases import load_cases, run_cases, uncovered
from communitycheck.products.rulebook.score_cases import without_cases
from communitycheck.reporting.files import beside, put_in_place
from communitycheck.standards import RuleBook
from communitycheck.standards.choose import open_rule_book, rule_folders
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.files.yaml_file import read_yaml


class CaseRun(Struct):
    """How the cases came out, and by standard and rule which kinds of case are still lacking.

    Attributes:
        items: by standard and assessment sheet the items of which no case knows the points.
        change: how failed cases change to what was found, where that was asked for; ``changed`` are the files,
            ``left`` the cases that cannot be changed.
        written: the change stands in the files.
    """

    results: list[CaseResult]
    gaps: Mapping[str, Mapping[str, Sequence[str]]]
    items: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    change: str = ""
    changed: list[str] = field(default_factory=list)
    left: list[CaseResult] = field(default_factory=list)
    written: bool = False

    @property
    def exit_code(self) -> int:
        """1 where a case fails, or has failed before it was changed."""
        return 0 if all(r.passed for r in self.results) else 1

    def without_cases(self, standard: str) -> list[str]:
        """Rules of ``standard`` that no case asks about."""
        asked = {r.case.rule for r in self.results if r.case.standard == standard and r.case.mark is None}
        return [rule for rule in self.gaps[standard] if rule not in asked]


def run_case_files(
    files: Sequence[str | Path] = (),
    *,
    standards: Sequence[str | Path] = (),
    rules_dir: str | Path | None = None,
    diff: bool = False,
    update: bool = False,
) -> CaseRun:
    """Run case files, by default all beside the built-in rules and those in ``rules_dir``.

    Args:
        standards: ids or files of the standards under test. Without them the standard of a case file is looked for
            beside it and one folder up, then among those that are known.
        diff: tell how failed cases change to what was found.
        update: change them, too.

    Raises:
        UsageError: there is no case file.
        RuleFileError: a fault in a rule or case file.
        WriteError: a case file cannot be changed.
    """
    book = open_rule_book(rules_dir, standards)
    named = [Path(f) for f in files]
    paths = named or [path for folder in rule_folders(rules_dir) for path in sorted((folder / "cases").glob("*.yaml"))]
    if not paths:
        raise UsageError("cases-none")
    if not standards:
        for path in named:
            _add_beside(book, path)
    results = run_cases((case for path in paths for case in load_cases(path, book)), book)
    tested = dict.fromkeys(r.case.standard for r in results)
    run = CaseRun(
        results,
        {name: uncovered(results, book.standard(name)) for name in tested},
        {name: _items(results, book.standard(name)) for name in tested},
    )
    if diff or update:
        _change(run, write=update)
    return run


def _items(results: Sequence[CaseResult], standard: Standard) -> Mapping[str, Sequence[str]]:
    marked = [r for r in results if r.case.mark is not None and r.case.standard == standard.id]
    return without_cases(standard, ((r.case.rule, item) for r in marked for item in r.shows))


def _add_beside(book: RuleBook, cases: Path) -> None:
    """Take the standard of a case file, and what that extends, from the files beside it or one folder up."""
    wanted = str(_top(cases).get("standard"))
    near: dict[str, tuple[Path, str]] = {}
    unread: list[RuleFileError] = []
    for folder in (cases.parent, cases.parent.parent if cases.parent.name else cases.parent / ".."):
        for path in sorted(folder.glob("*.y*ml")):
            try:
                data = _top(path)
            except RuleFileError as error:
                unread.append(error)
                continue
            if path.suffix in (".yaml", ".yml") and {"standard", "title"} <= data.keys():
                near.setdefault(str(data["standard"]), (path, str(data.get("extends"))))
    if wanted not in near and wanted not in book.files and unread:
        raise together(unread)
    while wanted in near:
        path, wanted = near.pop(wanted)
        book.add_file(path)
    book.raise_damage()


def _top(path: Path) -> dict[str, object]:
    """The keys at the top of a file, whatever is wrong below them."""
    data = read_yaml(path, FaultList()).data
    return data if isinstance(data, dict) else {}


def _change(run: CaseRun, *, write: bool) -> None:
    failed: dict[str, list[CaseResult]] = {}
    for result in run.results:
        if not result.passed:
            failed.setdefault(result.case.file, []).append(result)
    for name, results in failed.items():
        path = Path(name)
        raw = path.read_bytes()
        before = raw.decode("utf-8-sig")
        after, left = changed_text(before, results)
        run.left += left
        if after == before:
            continue
        run.change += difference(name, before, after)
        run.changed.append(name)
        if write:
            mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
            with beside(path, [memoryview(mark + after.encode())]) as (temporary, _):
                put_in_place(temporary, path)
            run.written = True
