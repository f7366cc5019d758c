"""The front door of ``conflicts``: returns are read and placed, and held against each other two by two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from communitycheck import judging
from communitycheck.check import refuse_no_day
from communitycheck.planning.conflicts.find_conflicts import find_conflicts
from communitycheck.planning.conflicts.left_out import left_out, why_none
from communitycheck.products.conflicts.found import FoundConflicts
from communitycheck.returns.batch.read_many import Progress
from communitycheck.returns.files.chosen import MARK
from communitycheck.returns.files.find import named_in_list


def conflicts(
    paths: Sequence[str | Path] | str | Path,
    standards: Sequence[str | Path] = (),
    *,
    rules_dir: str | Path | None = None,
    region: str | None = None,
    as_of: date | None = None,
    mapping: str | Path | None = None,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> FoundConflicts:
    """Find what returns of one period say differently of the same subjects: two departments, say.

    Args:
        paths: as for ``check``; sheets of one file that are asked for one by one (``FILE::SHEET``) are a return each.
        standards, rules_dir, region, as_of, mapping, jobs, cache, progress: as for ``check``.

    Raises:
        UsageError, RuleFileError: as ``check``.
    """
    refuse_no_day(as_of)
    basis = judging.basis_of(standards, rules_dir, region, (), ())
    given: Sequence[str | Path] = [paths] if isinstance(paths, str | Path) else paths
    read = _joined([
        judging.gathered(some, basis.dictionary, (), mapping=mapping, jobs=jobs, cache=cache, progress=progress)
        for some in _rounds(given)
    ])  # fmt: skip
    report = judging.judged(basis, read, as_of, None, (), None)
    held = find_conflicts((records.table for records in report.records), report.returns, report.dictionary)
    return FoundConflicts(report, held.pairs, left_out(report), why_none(report, held))


def _rounds(paths: Sequence[str | Path]) -> list[list[str | Path]]:
    """The paths, so parted that of one file no two sheets that are asked for by name are read together: they are two
    returns."""
    rounds: list[list[str | Path]] = [[]]
    seen: Counter[str] = Counter()
    entries: list[str | Path] = []
    for path in paths:
        entries += named_in_list(str(path)) or [path]
    whole = {str(one) for one in entries}
    for one in dict.fromkeys(entries):
        file = str(one).rpartition(MARK)[0]
        number = seen[file] if file and file not in whole else 0
        seen[file] += 1
        if number == len(rounds):
            rounds.append([])
        rounds[number].append(one)
    return rounds


def _joined(rounds: list[judging.Gathered]) -> judging.Gathered:
    """What was read one after another; a file that is read whole by another of the paths is not read again in part."""
    first, *others = rounds
    whole = {one.path for one in first.returns if not any(sheet.not_read == "not-chosen" for sheet in one.sheets)}
    again = [one for more in others for one in more.returns if one.path not in whole]
    errors = [error for more in rounds for error in more.unread]
    return judging.Gathered(
        [*first.returns, *again],
        list({(error.path, error.code): error for error in errors}.values()),
        [notice for more in rounds for notice in more.notices],
    )
