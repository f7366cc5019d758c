"""The front door: ``check(returns, standards) -> Report``.

It is loaded with the package itself, so that what weighs more is imported when a return is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from communitycheck.checking.standard_run import StandardRun
    from communitycheck.model.dictionary import Field
    from communitycheck.model.report import Gate, Report
    from communitycheck.model.returns import Return
    from communitycheck.returns.batch.read_many import Progress
    from communitycheck.standards.book import RuleBook


def check(
    paths: Sequence[str | Path | pd.DataFrame] | str | Path | pd.DataFrame | Mapping[str, pd.DataFrame],
    standards: Sequence[str | Path] | str | Path = (),
    *,
    rules_dir: str | Path | None = None,
    region: str | None = None,
    as_of: date | None = None,
    period: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    gate: Gate | None = None,
    on_book: Callable[[RuleBook], Mapping[str, Field] | None] | None = None,
    on_read: Callable[[Sequence[Return]], None] | None = None,
    on_standard: Callable[[StandardRun], None] | None = None,
    mapping: str | Path | None = None,
    waivers: str | Path | None = None,
    exclude: Sequence[str | Path] = (),
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Judge returns.

    Args:
        paths: files, folders, globs, ``@list.txt``, in any order. Also tables in memory: a DataFrame whose columns are
            named like those of a return, or several by name.
        standards: ids or YAML files (or one of them); by default those of the place of each record.
        rules_dir, region: a folder of further standards; code or name of that of records that do not say theirs.
        as_of: the day of deadlines and dated thresholds; by default the latest period that a return states, else today.
        period: the one to judge (``2020``, ``2020-06-30``), by its last day unless ``as_of`` is given; else the latest.
        select, ignore, gate: rule ids, ``*`` allowed; what decides the exit code.
        on_book: is handed all standards before a return is read; the fields that it gives are read as well.
        on_read: is handed the returns before they are judged; what it changes in them is judged.
        on_standard: is handed each standard with its records and rules, for a verdict to be traced afterwards.
        mapping, waivers: YAML files, of sheets, header rows and columns and of approved exceptions.
        exclude: files and folders below ``paths`` that are no returns, such as the reports to be written there.
        jobs, cache: how many processes read (None: one for few files, else one a core); a folder that keeps readings.
        progress: called after each file with the number of files read, that of all, and the path.

    Raises:
        UsageError: an unknown standard, rule or region, no date, or nothing that tells which standard applies.
        RuleFileError: a fault in a rule file, or in the file of waivers.
    """
    refuse_no_day(as_of)
    from communitycheck.returns.files.prefetch import opened_ahead  # what can be opened while the rest is loaded
    standards = [standards] if isinstance(standards, str | Path) else standards
    with opened_ahead([] if cache is not None else paths if isinstance(paths, list | tuple) else [paths]):
        from communitycheck import judging  # the rooms that it joins take a fifth of a second to load

        basis = judging.basis_of(standards, rules_dir, region, select, ignore, waivers)
        basis = basis.with_fields(on_book(basis.book) if on_book else None)
        read = judging.gathered(
            paths, basis.dictionary, exclude, mapping=mapping, jobs=jobs, cache=cache, progress=progress,
            changed=on_read is not None,
        )  # fmt: skip
    if on_read:
        on_read(read.returns)
    read, last = judging.of_one_period(read, period)
    options = options_of(standards, rules_dir, region, as_of, period, select, ignore, mapping, waivers)
    return judging.judged(basis, read, as_of or last, gate, options, on_standard, of_period=last)


def refuse_no_day(as_of: object) -> None:
    """A string is what callers try first; without types it would get as far as the first comparison."""
    if as_of is not None and not isinstance(as_of, date):
        from communitycheck.errors import UsageError  # for the fault alone

        raise UsageError("option-date", option="as_of", value=as_of)


def options_of(
    standards: Sequence[str | Path],
    rules_dir: str | Path | None,
    region: str | None,
    as_of: date | None,
    period: str | None,
    select: Sequence[str],
    ignore: Sequence[str],
    mapping: str | Path | None,
    waivers: str | Path | None,
) -> tuple[tuple[str, str], ...]:
    """The options that were given, as the command line writes them."""
    given = [
        *(("--standard", s) for s in standards),
        ("--rules-dir", rules_dir),
        ("--region", region),
        ("--as-of", as_of),
        ("--period", period),
        *(("--select", s) for s in select),
        *(("--ignore", s) for s in ignore),
        ("--mapping", mapping),
        ("--waivers", waivers),
    ]
    return tuple((option, str(value)) for option, value in given if value)
