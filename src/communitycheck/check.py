"""The front door: ``check(returns, standards) -> Report``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communitycheck.errors import ReturnError, UsageError
from communitycheck.resources import data_dir
from communitycheck.version import __version__

# Loaded with the package itself: what weighs more is imported when a return is judged.
if TYPE_CHECKING:
    import pandas as pd

    from communitycheck.checking.run import StandardRun
    from communitycheck.model.dictionary import Dictionary
    from communitycheck.model.report import Gate, Report
    from communitycheck.model.returns import Notice, Return
    from communitycheck.model.standard import Jurisdiction, Locality, Rule, Standard
    from communitycheck.standards import RuleBook

# How many files are read, of how many, and the one just read.
Progress = Callable[[int, int, str], None]


def open_rule_book(rules_dir: str | Path | None = None, files: Iterable[str | Path] = ()) -> RuleBook:
    """The built-in standards, with those of ``rules_dir`` and of single ``files`` on top."""
    from communitycheck.standards import load_rule_book

    folders = [data_dir("rules")] + ([Path(rules_dir)] if rules_dir else [])
    return load_rule_book(folders, [Path(f) for f in files])


def check(
    paths: Sequence[str | Path | pd.DataFrame] | str | Path | pd.DataFrame | Mapping[str, pd.DataFrame],
    standards: Sequence[str | Path] | str | Path = (),
    *,
    rules_dir: str | Path | None = None,
    region: str | None = None,
    as_of: date | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    gate: Gate | None = None,
    on_standard: Callable[[StandardRun], None] | None = None,
    mapping: str | Path | None = None,
    besides: Sequence[str | Path] = (),
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Judge returns.

    Args:
        paths: files, folders, globs, ``@list.txt``; their order does not matter. Also tables that are already in
            memory: a DataFrame whose columns are named like those of a return, or several by name.
        standards: ids or YAML files (or one of them); by default each record is judged by the standards whose
            jurisdiction covers it, the most local layer winning.
        rules_dir: a folder of further standards.
        region: code or name of the region of records that do not say where they belong.
        as_of: the day that deadlines and dated thresholds are held against; by default the latest period that a
            return states, else today.
        select, ignore: rule ids, ``*`` allowed.
        gate: what decides the exit code.
        on_standard: is handed each standard with its records and rules, for a verdict to be traced afterwards.
        mapping: a YAML file that pins sheets, header rows and columns.
        besides: files in the folders named that are no returns, such as the reports to be written there; of a folder
            all that lies in it, but for what ``paths`` names itself.
        jobs: how many processes read; None: one for a few small files, else one for each core.
        cache: a folder in which readings are kept, so that a file that has not changed is not read again.
        progress: called after each file with the number of files read, that of all, and the path.

    Raises:
        UsageError: an unknown standard, rule or region, or nothing that tells which standard applies.
        RuleFileError: a fault in a rule file.
    """
    if cache is None:
        from communitycheck.returns.files.ahead import begin

        begin(paths if isinstance(paths, list | tuple) else [paths])
    from communitycheck.checking import judge_all
    from communitycheck.model.report import Gate, Report

    standards = [standards] if isinstance(standards, str | Path) else standards
    book = open_rule_book(rules_dir, [s for s in standards if _is_file(s)])
    chosen = [book.standard(_standard_id(book, s)) for s in standards]
    candidates = list(dict.fromkeys(s.id for s in chosen)) or book.ids()
    used = [book.standard(i) for i in candidates]
    wanted = _rule_filter(used, select, ignore)
    jurisdictions = book.jurisdictions()
    everywhere = bool(chosen) and all(s.jurisdiction.level == "country" for s in chosen)
    place = find_region(region, jurisdictions, anywhere=everywhere) if region else None
    dictionary = whole_dictionary(book, used)
    returns, unread = read_all(paths, dictionary, mapping=mapping, jobs=jobs, cache=cache, progress=progress)
    ours = _besides(besides, paths)
    returns = [r for r in returns if not ours(r.path)]
    unread = [e for e in unread if not ours(e.path)]
    unread = sorted(unread + [e for r in returns if (e := _barren(r))], key=lambda e: e.path)
    returns, twice = _each_once([r for r in returns if r.tables])
    day, day_from = _as_of(as_of, returns)
    report = Report(
        version=__version__,
        as_of=day,
        as_of_from=day_from,
        standards=used,
        dictionary=dictionary,
        returns=returns,
        results=[],
        notices=[*twice, *_periods_apart(as_of, returns), *(n for r in returns for n in r.notices)],
        unread=unread,
        gate=gate or Gate(),
        options=_asked(standards, rules_dir, region, as_of, select, ignore, mapping),
    )
    if returns or not unread:
        findings = judge_all(
            (t for r in returns for t in r.tables),
            used,
            dictionary,
            day,
            chosen=bool(chosen),
            region=place,
            known=jurisdictions,
            wanted=wanted,
            on_standard=on_standard,
        )
        report.standards, report.results = findings.standards, findings.results
        report.notices += findings.notices
        report.records, report.stray, report.governed = findings.records, findings.stray, findings.governed
    return report


def _asked(
    standards: Sequence[str | Path],
    rules_dir: str | Path | None,
    region: str | None,
    as_of: date | None,
    select: Sequence[str],
    ignore: Sequence[str],
    mapping: str | Path | None,
) -> tuple[tuple[str, str], ...]:
    """The options that were given, as the command line writes them."""
    given = [
        *(("--standard", s) for s in standards),
        ("--rules-dir", rules_dir),
        ("--region", region),
        ("--as-of", as_of),
        *(("--select", s) for s in select),
        *(("--ignore", s) for s in ignore),
        ("--mapping", mapping),
    ]
    return tuple((option, str(value)) for option, value in given if value)


def _besides(besides: Sequence[str | Path], paths: object) -> Callable[[str], bool]:
    """Whether a file is one of ``besides``, or lies in a folder among them and is not named in ``paths`` itself."""
    if not besides:
        return lambda path: False
    own = {_real(b) for b in besides}
    listed = paths if isinstance(paths, list | tuple) else [paths]
    named = {_real(_fixed(p)) for p in listed if isinstance(p, str | Path)}

    def is_ours(path: str) -> bool:
        place = _real(path)
        if place in own:
            return True
        above = next((folder for folder in place.parents if folder in own), None)
        inside = (p for p in named if above is not None and p.is_relative_to(above))
        return above is not None and not any(p == place or p in place.parents for p in inside)

    return is_ours


def _real(path: str | Path) -> Path:
    """The path without links; a link that leads to itself stays one."""
    return Path(os.path.realpath(path))


def _fixed(path: str | Path) -> Path:
    """The part of a pattern before its first ``*``; any other path as it is."""
    parts = Path(path).parts
    wild = next((k for k, part in enumerate(parts) if set(part) & set("*?[")), None)
    return Path(path) if wild is None or Path(path).exists() else Path(*parts[:wild])


def _each_once(returns: list[Return]) -> tuple[list[Return], list[Notice]]:
    """Of files with the same bytes the first alone: a return handed in twice is not two returns."""
    from communitycheck.model.returns import Address, Notice

    first: dict[str, Return] = {}
    notices = []
    for one in returns:
        known = first.setdefault(one.sha256, one)
        if known is not one:
            notices.append(Notice("same-file-twice", Address(one.path), values={"first": known.path}))
    return list(first.values()), notices


def _periods_apart(as_of: date | None, returns: list[Return]) -> list[Notice]:
    """A word for each return whose own period is not the day by which all are judged."""
    from communitycheck.model.returns import Address, Notice

    if as_of is not None:
        return []
    day, source = _as_of(None, returns)
    apart = [r for r in returns if (p := max((s.period for s in r.sheets if s.period), default=None)) != day and p]
    stated = {"day": day.isoformat()}
    return [Notice("judged-by-another-day", Address(r.path), values=stated) for r in apart if source == "return"]


def _barren(one: Return) -> ReturnError | None:
    """A file in which nothing was recognised that a rule could ask about: not a return that can be judged."""
    if one.tables:
        return None
    headed = any(sheet.header_rows for sheet in one.sheets)
    return ReturnError("no-known-columns-at-all" if headed else "no-header", path=one.path)


def read_all(
    paths: Sequence[str | Path | pd.DataFrame] | str | Path | pd.DataFrame | Mapping[str, pd.DataFrame],
    dictionary: Dictionary,
    *,
    mapping: str | Path | None = None,
    open_questions: bool = False,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> tuple[list[Return], list[ReturnError]]:
    """Read returns; those that cannot be read come back as errors, sorted by path like the returns.

    With ``open_questions`` a return whose columns raise a question comes back as well, without these columns.
    """
    from communitycheck.returns import read_returns

    files, frames = _files_and_frames(paths)
    if any(not str(path).strip() for path in files):
        raise UsageError("path-empty")
    returns, unread = read_returns(
        files,
        dictionary,
        mapping=mapping,
        open_questions=open_questions,
        jobs=jobs,
        cache=cache,
        progress=progress,
    )
    if frames:
        from communitycheck.returns.frames import return_of_frame

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
    if isinstance(paths, Mapping):
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


def whole_dictionary(book: RuleBook, standards: Iterable[Standard]) -> Dictionary:
    """The data dictionary with the own fields of ``standards``."""
    dictionary = book.dictionary
    for standard in standards:
        dictionary = dictionary.with_fields(standard.fields or {})
    return dictionary


def find_region(text: str, known: Sequence[Jurisdiction], *, anywhere: bool = False) -> Locality:
    """The region that a code (2 to 12 digits) or a name means: 210100, 沈阳市, 鞍山市, 沈阳市和平区.

    With ``anywhere`` a city or a county may lie outside all that is known: 济南市历下区.

    Raises:
        UsageError: it is neither; the nearest known name is given.
    """
    from difflib import get_close_matches

    from communitycheck.model.standard import COUNTY_ENDINGS, PLACE, Jurisdiction, Locality

    word = "".join(text.split())
    if word.isascii() and word.isdigit() and len(word) in (2, 4, 6, 9, 12):
        code = word[:6].ljust(6, "0")
        return Locality(next((j for j in known if j.code == code), Jurisdiction(code, code)))
    for j in known:
        if word in (j.name, j.short_name):
            return Locality(j)
    # The deepest first, and 沈阳市 as a place with a standard of its own, not as one of the cities of 辽宁省.
    own = {j.name for j in known}
    for j in sorted(known, key=lambda j: -len(j.prefix)):
        rest = word.rpartition(j.name)[2] if j.prefix else word
        division = next((d for d in j.divisions if rest.startswith(d) and d not in own), "")
        below = rest.removeprefix(division)
        if rest == "" and j.prefix:
            return Locality(j)
        if division and j.level == "city" and not below:
            return Locality(j, county=division)
        if division and j.level == "province" and (not below or below.endswith(COUNTY_ENDINGS)):
            return Locality(j, city=division, county=below)
    elsewhere = PLACE.fullmatch(word) if anywhere else None
    if elsewhere:
        return Locality(Jurisdiction("000000", ""), city=elsewhere["city"] or "", county=elsewhere["county"] or "")
    names = [j.name for j in known]
    near = get_close_matches(word, names, n=1, cutoff=0.3)
    raise UsageError("region-unknown", name=word, near=near[0] if near else "—", known="、".join(dict.fromkeys(names)))


def _is_file(standard: str | Path) -> bool:
    return isinstance(standard, Path) or str(standard).lower().endswith((".yaml", ".yml"))


def _standard_id(book: RuleBook, standard: str | Path) -> str:
    if not _is_file(standard):
        return str(standard)
    name = str(Path(standard))
    return next(i for i, (_, file) in book.files.items() if file.name == name)


def _rule_filter(standards: list[Standard], select: Sequence[str], ignore: Sequence[str]) -> _Wanted:
    from difflib import get_close_matches

    known = list(dict.fromkeys(r.id for s in standards for r in s.rules))
    for pattern in (*select, *ignore):
        if not any(_fits(rule, pattern) for rule in known):
            near = get_close_matches(pattern, known, n=1, cutoff=0.4)
            raise UsageError("rule-unknown", name=pattern, near=near[0] if near else "—")
    return _Wanted(tuple(select), tuple(ignore))


class _Wanted:
    def __init__(self, select: tuple[str, ...], ignore: tuple[str, ...]) -> None:
        self.select = select
        self.ignore = ignore

    def __call__(self, rule: Rule) -> bool:
        chosen = not self.select or any(_fits(rule.id, p, rule.standard) for p in self.select)
        return chosen and not any(_fits(rule.id, p, rule.standard) for p in self.ignore)


def _fits(rule: str, pattern: str, standard: str = "") -> bool:
    """``LN-01``, ``ln-*`` and, as reports print it, ``LN-01@shenyang-2023``."""
    wanted, _, layer = pattern.partition("@")
    return fnmatchcase(rule.upper(), wanted.upper()) and (not layer or not standard or layer == standard)


def _as_of(given: date | None, returns: list[Return]) -> tuple[date, str]:
    if given is not None:
        return given, "option"
    periods = [s.period for r in returns for s in r.sheets if s.period is not None and s.records]
    return (max(periods), "return") if periods else (date.today(), "today")
