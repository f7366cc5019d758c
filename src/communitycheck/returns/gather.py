"""The returns of a run: read from files and DataFrames, without the run's own outputs, each once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Named
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from communitycheck.errors import ReturnError, UsageError
from communitycheck.model.address import Address
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import PERIOD_IMPOSSIBLE, PERIOD_NOT_BEGUN, Notice, Return
from communitycheck.model.table import Table
from communitycheck.returns.batch.read_many import Progress, read_returns
from communitycheck.returns.columns.mapping.mapping import ANY, Mapping
from communitycheck.returns.files.own_outputs import is_report
from communitycheck.returns.table.left_out.unnamed_rows import UNSETTLED

if TYPE_CHECKING:
    import pandas as pd

# The code of the notice that the period of a return is not the day that it was judged by.
ANOTHER_DAY = "judged-by-another-day"
# Files that a notice names.
_NAMED = 8


def read_all(
    paths: Sequence[str | Path | pd.DataFrame] | str | Path | pd.DataFrame | Named[str, pd.DataFrame],
    dictionary: Dictionary,
    *,
    mapping: Mapping | None = None,
    to_show: bool = False,
    together: bool = False,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
    passed: list[str] | None = None,
) -> tuple[list[Return], list[ReturnError]]:
    """Read returns; those that cannot be read come back as errors, sorted by path like the returns.

    ``to_show`` how they were read, one that cannot be judged comes back as well (see ``ReadingOptions``);
    for ``together`` see ``read_returns``.
    """
    files, frames = _files_and_frames(paths)
    if any(not str(path).strip() for path in files):
        raise UsageError("path-empty")
    returns, unread = read_returns(
        files,
        dictionary,
        mapping=mapping,
        to_show=to_show,
        together=together,
        jobs=jobs,
        cache=cache,
        progress=progress,
        passed=passed,
    )
    if frames:
        from communitycheck.returns.frames import return_of_frame  # Arrow, which a run over small files does without

        for name, frame in frames.items():
            try:
                returns.append(return_of_frame(frame, dictionary, name=name, mapping=mapping))
            except ReturnError as error:
                unread.append(error)
    return returns, unread


def _files_and_frames(paths: Any) -> tuple[list[str | Path], dict[str, pd.DataFrame]]:
    """What lies on disk, and by name what is in memory already."""
    if isinstance(paths, str | Path):
        return [paths], {}
    if isinstance(paths, Named):
        odd = [frame for frame in paths.values() if not hasattr(frame, "iloc")]
        if odd:
            raise UsageError("path-kind", kind=type(odd[0]).__name__)
        return [], dict(paths)
    if hasattr(paths, "iloc"):
        return [], {"DataFrame": paths}
    if not isinstance(paths, Iterable):
        raise UsageError("path-kind", kind=type(paths).__name__)
    files: list[str | Path] = []
    frames: dict[str, pd.DataFrame] = {}
    for one in paths:
        if hasattr(one, "iloc"):
            frames[f"DataFrame {len(frames) + 1}"] = one
        elif isinstance(one, str | os.PathLike):
            files.append(one if isinstance(one, str) else Path(one))
        else:
            raise UsageError("path-kind", kind=type(one).__name__)
    return files, frames


def outside(exclude: Sequence[str | Path], paths: object) -> Callable[[str], bool]:
    """Whether a file is neither one of ``exclude`` nor in a folder among them, unless ``paths`` names it itself."""
    if not exclude:
        return lambda path: True
    excluded = {_real(e) for e in exclude}
    listed = paths if isinstance(paths, list | tuple) else [paths]
    named = {_real(_fixed(p)) for p in listed if isinstance(p, str | Path)}

    def is_outside(path: str) -> bool:
        place = _real(path)
        if place in excluded:
            return False
        above = next((folder for folder in place.parents if folder in excluded), None)
        if above is None:
            return True
        return any(p == place or p in place.parents for p in named if p.is_relative_to(above))

    return is_outside


def _real(path: str | Path) -> Path:
    """The path without links; a link that leads to itself stays one."""
    return Path(os.path.realpath(path))


def _fixed(path: str | Path) -> Path:
    """The part of a pattern before its first ``*``; any other path as it is."""
    parts = Path(path).parts
    wild = next((k for k, part in enumerate(parts) if set(part) & set("*?[")), None)
    return Path(path) if wild is None or Path(path).exists() else Path(*parts[:wild])


def about_passed(passed: Sequence[str]) -> list[Notice]:
    """One notice for all that lies among the returns and is none."""
    if not passed:
        return []
    names = [PurePath(path).name + "/" * path.endswith("/") for path in passed[:_NAMED]]
    values = {"count": len(passed), "names": "、".join(names) + ("…" if len(passed) > _NAMED else "")}
    return [Notice("files-passed-over", Address(passed[0].rstrip("/")), values=values, level="info")]


def without_records(one: Return) -> ReturnError | None:
    """The error of a file in which nothing was recognised that a rule could ask about; None for any other."""
    if one.tables:
        return None
    if is_report(one.path):
        return ReturnError("own-report", path=one.path)
    forms = {sheet.not_read for sheet in one.sheets if sheet.not_read.startswith("form-")}
    if forms:
        return ReturnError(min(forms), path=one.path)
    why = {sheet.not_read for sheet in one.sheets if sheet.header_rows}
    if why == {"no-records"}:  # a form with a row for the total
        return ReturnError("no-records", path=one.path)
    if why == {UNSETTLED}:
        return ReturnError("no-row-settled", path=one.path)
    return ReturnError("no-known-columns-at-all" if why else "no-header", path=one.path)


def unused_entries(
    mapping: Mapping | None, file: str | Path | None, returns: Iterable[Return], unread: Iterable[ReturnError]
) -> list[Notice]:
    """A notice where entries of the mapping file are about nothing that was read: a name in it may be wrong."""
    if mapping is None:
        return []
    places = [(sheet.path, sheet.name) for one in returns for sheet in one.sheets]
    idle = mapping.unused(places, [error.path for error in unread])
    if not idle:
        return []
    values = {"count": len(idle), "file": idle[0].file, "table": "" if idle[0].sheet == ANY else idle[0].sheet}
    level = "info" if len(idle) < len(mapping.tables) else "warning"
    return [Notice("mapping-unused", Address(str(file)), values=values, level=level)]


def day_to_judge_by(given: date | None, returns: Sequence[Return], today: date) -> tuple[date, str]:
    """The day, and where it comes from: the ``option``, a ``return`` (the latest period stated), or it is ``today``.

    A year that has not begun, or a date that no calendar has, is none to judge by (``unusable``).
    """
    if given is not None:
        return given, "option"
    stated = [s.period for r in returns for s in r.sheets if s.period is not None and s.records]
    stated += [day for r in returns for table in r.tables if (day := _latest_of(table)) is not None]
    begun = [period for period in stated if period.year <= today.year]
    if begun:
        return max(begun), "return"
    impossible = any(n.code == PERIOD_IMPOSSIBLE for r in returns for n in r.notices)
    return today, "unusable" if stated or impossible else "today"


def _latest_of(table: Table) -> date | None:
    """The latest period that records state in a column of their own, where they are not periods themselves."""
    column = table.columns.get("period")
    if column is None or column.text is None or not table.about.placed:
        return None
    return max((date.fromisoformat(name) for name in column.coded().names if name), default=None)


def about_periods(day: date, day_from: str, returns: Iterable[Return], today: date) -> list[Notice]:
    """Notices for returns whose own period is not ``day``, by which all are judged, though nobody named that day."""
    notices = []
    for one in returns if day_from != "option" else ():
        period = max((s.period for s in one.sheets if s.period), default=None)
        if period and period.year > today.year:
            values = {"period": period.isoformat(), "day": day.isoformat()}
            notices.append(Notice(PERIOD_NOT_BEGUN, Address(one.path), values=values))
        elif period and period == day > today:
            notices.append(Notice("period-not-over", Address(one.path), values={"day": day.isoformat()}))
        elif period and period != day and day_from == "return":
            notices.append(Notice(ANOTHER_DAY, Address(one.path), values={"day": day.isoformat()}))
    return notices
