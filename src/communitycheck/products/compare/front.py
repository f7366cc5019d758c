"""The front door of ``compare``: two runs are read or judged, and held against each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from communitycheck import judging
from communitycheck.check import refuse_no_day
from communitycheck.errors import ReturnError
from communitycheck.model.dictionary import Dictionary
from communitycheck.planning.compare.comparison import compared, needs_trial
from communitycheck.planning.compare.of_report import side_of
from communitycheck.planning.compare.side import RunSide
from communitycheck.products.compare.formats import FoundChanges
from communitycheck.products.compare.report_file import is_report_file, side_of_file
from communitycheck.products.renames_file import load_renames
from communitycheck.returns.batch.read_many import Progress
from communitycheck.returns.files.prefetch import opened_ahead
from communitycheck.standards.choose import named_standards, open_rule_book, whole_dictionary
from communitycheck.system.memory import give_back


def compare(
    before: str | Path,
    after: str | Path,
    standards: Sequence[str | Path] = (),
    *,
    before_standards: Sequence[str | Path] = (),
    rules_dir: str | Path | None = None,
    region: str | None = None,
    as_of: date | None = None,
    before_as_of: date | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    mapping: str | Path | None = None,
    renames: str | Path | None = None,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> FoundChanges:
    """Find what changed from one run to another.

    Where a rule asks something else than before, the later returns are judged by the earlier rules as well, so that
    what the rules changed is told apart from what the figures did.

    Args:
        before, after: a return, a folder or pattern of returns, or a JSON report of ``check`` with ``all_verdicts``.
        standards: for both sides; ``before_standards`` for the earlier one alone.
        as_of: the day by which the later side is judged, ``before_as_of`` the earlier one; by default that of its
            returns.
        renames: a YAML file of what was renamed, merged or split.
        rules_dir, region, select, ignore, mapping, jobs, cache, progress: as for ``check``.

    Raises:
        UsageError, RuleFileError: as ``check``; a file that is no report, a file of renames with a fault.
    """
    declared = () if renames is None else load_renames(renames)
    for one_day in (as_of, before_as_of):
        refuse_no_day(one_day)
    runs = _Runs(
        rules_dir,
        [*standards, *before_standards],
        lambda some: judging.basis_of(some, rules_dir, region, select, ignore),
        lambda paths, dictionary: judging.gathered(
            paths, dictionary, (), mapping=mapping, jobs=jobs, cache=cache, progress=progress
        ),
        ahead=cache is None,
    )
    earlier = before_standards or standards
    one, other = runs.side(before, earlier, before_as_of), runs.side(after, standards, as_of)
    between = None
    if needs_trial(one, other) and not is_report_file(after) and (before_standards or not is_report_file(before)):
        between, _ = runs.judged(after, earlier, one.day)
    return FoundChanges(compared(one, other, between, declared), runs.dictionary, tuple(runs.unread), tuple(runs.read))


class _Runs:
    """Each side is judged in its turn, and of its report no more is kept than is compared."""

    def __init__(
        self,
        rules_dir: str | Path | None,
        every_standard: Sequence[str | Path],
        basis_of: Callable[[Sequence[str | Path]], judging.Basis],
        gathered: Callable[[list[str | Path], Dictionary], judging.Gathered],
        *,
        ahead: bool,
    ) -> None:
        self._rules_dir, self._every_standard, self._ahead = rules_dir, every_standard, ahead
        self._basis_of, self._gathered = basis_of, gathered
        self._bases: dict[tuple[str | Path, ...], judging.Basis] = {}
        self._dictionary: Dictionary | None = None
        self.unread: list[ReturnError] = []
        self.read: list[str] = []

    @property
    def dictionary(self) -> Dictionary:
        """That of the last run; where only reports were read, that of the rule book."""
        if self._dictionary is None:
            book = open_rule_book(self._rules_dir, self._every_standard)
            self._dictionary = whole_dictionary(book, named_standards(book, self._every_standard))
        return self._dictionary

    def side(self, path: str | Path, standards: Sequence[str | Path], day: date | None) -> RunSide:
        if is_report_file(path):
            return side_of_file(path, self.dictionary)
        found, unread = self.judged(path, standards, day)
        self.unread += unread
        return found

    def judged(
        self, path: str | Path, standards: Sequence[str | Path], day: date | None
    ) -> tuple[RunSide, list[ReturnError]]:
        """The returns of one side, judged."""
        found = self._side_of(path, standards, day)
        give_back()
        return found

    def _side_of(
        self, path: str | Path, standards: Sequence[str | Path], day: date | None
    ) -> tuple[RunSide, list[ReturnError]]:
        with opened_ahead([path] if self._ahead else []):
            basis = self._bases.get(tuple(standards)) or self._basis_of(standards)
            self._bases[tuple(standards)] = basis
            read = self._gathered([path], basis.dictionary)
        report = judging.judged(basis, read, day, None, (), None)
        self._dictionary = report.dictionary
        self.read += [one.path for one in report.returns]
        return side_of(report, str(path)), report.unread
