"""The front door of ``conflicts``: returns are read and placed, and held against each other two by two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from communitycheck.check import check
from communitycheck.planning.conflicts import find_conflicts
from communitycheck.products.conflicts.found import FoundConflicts
from communitycheck.returns.batch.read_many import Progress


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
        paths, standards, rules_dir, region, as_of, mapping, jobs, cache, progress: as for ``check``.

    Raises:
        UsageError, RuleFileError: as ``check``.
    """
    report = check(
        paths,
        standards,
        rules_dir=rules_dir,
        region=region,
        as_of=as_of,
        mapping=mapping,
        jobs=jobs,
        cache=cache,
        progress=progress,
    )
    tables = (records.table for records in report.records)
    return FoundConflicts(report, list(find_conflicts(tables, report.dictionary)))
