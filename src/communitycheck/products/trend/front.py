"""The front door of ``trend``: returns are read once, each period of them is judged, and the series are found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from communitycheck import judging
from communitycheck.checking.repeated.stated_periods import find_periods
from communitycheck.errors import UsageError
from communitycheck.model.returns import COLUMN_OF_ANOTHER_YEAR, YEARS_IN_QUESTION, Return
from communitycheck.planning.trend.find_trends import Trends, find_trends
from communitycheck.planning.trend.period_run import run_of
from communitycheck.products.renames_file import load_renames
from communitycheck.products.trend.found import FoundTrend, in_words
from communitycheck.returns.batch.read_many import Progress


def trend(
    paths: Sequence[str | Path] | str | Path,
    standards: Sequence[str | Path] = (),
    *,
    rules_dir: str | Path | None = None,
    region: str | None = None,
    as_of: date | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    mapping: str | Path | None = None,
    renames: str | Path | None = None,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> FoundTrend:
    """Find how far the indicators of regions have come from period to period, and whether they will reach their targets
    in time; and who got worse.

    Every period is judged by the rules of one day, so that its figures stand beside each other.

    Args:
        as_of: the day by whose rules all periods are judged, and that deadlines are held against; by default that of
            the latest period.
        renames: a YAML file of what was renamed, merged or split.
        paths, standards, rules_dir, region, select, ignore, mapping, jobs, cache, progress: as for ``check``.

    Raises:
        UsageError, RuleFileError: as ``check``; returns that state no period; a file of renames with a fault.
    """
    declared = () if renames is None else load_renames(renames)
    basis = judging.basis_of(standards, rules_dir, region, select, ignore)
    read = judging.gathered(paths, basis.dictionary, (), mapping=mapping, jobs=jobs, cache=cache, progress=progress)
    periods = find_periods(read.returns, date.today())
    if not periods.days and read.returns:
        raise _no_period(read.returns)
    day = as_of or max(periods.days, default=date.today())
    runs, records = [], judging.joined(basis, read)
    for last, words in periods.days.items():
        report = judging.judged(basis, read, day, None, (), None, of_period=last, records=records)
        runs.append(run_of(report, last, words))
    if not runs:
        report = judging.judged(basis, read, day, None, (), None)
        return FoundTrend(Trends([], [], [], [], []), report, day, periods.undated, periods.ahead)
    return FoundTrend(find_trends(runs, day, declared), runs[-1].report, day, periods.undated, periods.ahead)


def _no_period(returns: Sequence[Return]) -> UsageError:
    """No return states a period: perhaps since its columns of years are a question."""
    notices = [one for read in returns for one in read.notices]
    for codes in (YEARS_IN_QUESTION, (COLUMN_OF_ANOTHER_YEAR,)):
        for one in notices:
            if one.code in codes:
                return UsageError("trend-years-in-question", path=one.at.path, why=in_words(one))
    return UsageError("trend-no-period", path=returns[0].path)
