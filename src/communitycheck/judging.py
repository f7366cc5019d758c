"""The steps of ``check``: the standards of a run, the returns it reads, the report it makes of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from communitycheck.checking import JoinedRecords, Judgement, join_records, judge_joined
from communitycheck.checking.repeated.stated_periods import find_periods
from communitycheck.checking.standard_run import StandardRun
from communitycheck.errors import ReturnError, UsageError
from communitycheck.model.address import Address
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.periods.past_records import wholly_past
from communitycheck.model.report import Gate, Report
from communitycheck.model.returns import Notice, Return
from communitycheck.model.standard import Jurisdiction, Locality, Standard
from communitycheck.model.text import Text
from communitycheck.model.views.joined import handed_back, handed_over
from communitycheck.model.waiver import WaiverFile
from communitycheck.returns import gather
from communitycheck.returns.batch.copies import each_once
from communitycheck.returns.batch.read_many import Progress
from communitycheck.returns.cells.dates import read_date
from communitycheck.returns.read import loaded_mapping
from communitycheck.returns.to_confirm import columns_to_confirm
from communitycheck.standards.book import RuleBook
from communitycheck.standards.choose import (
    RuleFilter,
    named_standards,
    open_rule_book,
    rule_filter,
    whole_dictionary,
)
from communitycheck.standards.find_region import find_region
from communitycheck.version import __version__

if TYPE_CHECKING:
    import pandas as pd


class Basis(Struct, frozen=True):
    """What returns are judged by.

    Attributes:
        book: all standards that are known.
        chosen: True where the user named the standards; otherwise each record is judged by those of its place.
        region: where records lie that do not say so themselves.
        waivers: what excuses fails of theirs.
    """

    book: RuleBook
    standards: list[Standard]
    chosen: bool
    wanted: RuleFilter
    jurisdictions: list[Jurisdiction]
    region: Locality | None
    dictionary: Dictionary
    waivers: WaiverFile | None = None

    def with_fields(self, more: Mapping[str, Field] | None) -> Basis:
        """The same with fields beside those of the dictionary."""
        return replace(self, dictionary=self.dictionary.with_fields(more)) if more else self


def basis_of(
    standards: Sequence[str | Path],
    rules_dir: str | Path | None,
    region: str | None,
    select: Sequence[str],
    ignore: Sequence[str],
    waivers: str | Path | None = None,
) -> Basis:
    """The standards that are named, or all of them, with what narrows them, and the waivers.

    Raises:
        UsageError: an unknown standard, rule or region.
        RuleFileError: a fault in a rule file, or in the file of waivers.
    """
    book = open_rule_book(rules_dir, standards)
    chosen = named_standards(book, standards)
    used = chosen or [s for s in book.all() if s.jurisdiction.code]  # of a place without one no return tells
    wanted = rule_filter(used, select, ignore)
    jurisdictions = book.jurisdictions()
    everywhere = bool(chosen) and all(s.jurisdiction.level == "country" for s in chosen)
    place = find_region(region, jurisdictions, anywhere=everywhere) if region else None
    dictionary = whole_dictionary(book, used)
    excused: WaiverFile | None = None
    if waivers is not None:
        from communitycheck.standards.files.waiver_file import load_waivers  # seldom given

        excused = load_waivers(waivers, used, dictionary, book.all() if chosen else ())
    return Basis(book, used, bool(chosen), wanted, jurisdictions, place, dictionary, excused)


class Gathered(Struct, frozen=True):
    """The returns to judge, those that cannot be, and notices about what was handed in: a return twice, a mapping for
    what is not there."""

    returns: list[Return]
    unread: list[ReturnError]
    notices: list[Notice]


def gathered(
    paths: Sequence[str | Path | pd.DataFrame] | str | Path | pd.DataFrame | Mapping[str, pd.DataFrame],
    dictionary: Dictionary,
    exclude: Sequence[str | Path],
    *,
    mapping: str | Path | None,
    jobs: int | None,
    cache: str | Path | None,
    progress: Progress | None,
    changed: bool = False,
) -> Gathered:
    """Read the returns of ``paths`` that ``exclude`` does not take out; ``changed``: somebody will change what they say
    before they are judged."""
    given = loaded_mapping(mapping, dictionary)
    passed: list[str] = []
    returns, unread = gather.read_all(
        paths,
        dictionary,
        mapping=given,
        together=not changed,
        jobs=jobs,
        cache=cache,
        progress=progress,
        passed=passed,
    )
    is_outside = gather.outside(exclude, paths)
    returns = [r for r in returns if is_outside(r.path)]
    unread = [e for e in unread if is_outside(e.path)]
    unread = sorted(unread + [e for r in returns if (e := gather.without_records(r))], key=lambda e: e.path)
    once, repeated = each_once(r for r in returns if r.tables)
    apart = gather.about_passed([path for path in passed if is_outside(path)])
    return Gathered(once, unread, [*repeated, *gather.unused_entries(given, mapping, returns, unread), *apart])


def joined(basis: Basis, read: Gathered) -> JoinedRecords:
    """All records of the returns, those of each kind together; from then on the tables of the returns are parts of
    these."""
    held = [len(one.tables) for one in read.returns]
    records = join_records(
        handed_over(read.returns),
        basis.standards,
        basis.dictionary,
        region=basis.region,
        known=basis.jurisdictions,
        torn=frozenset(sheet.path for r in read.returns for sheet in r.sheets if sheet.may_hold_more),
    )
    handed_back(read.returns, held, records.parts)
    return records


def of_one_period(read: Gathered, period: str | None) -> tuple[Gathered, date | None]:
    """The returns with what is said of their records of other periods than the one that is named, and its last day;
    as they are, and None, where none is.

    Raises:
        UsageError: no return is of that period, or none says of which it is.
    """
    if period is None or not read.returns:
        return read, None
    found = find_periods(read.returns, date.today())
    first = Address(read.returns[0].path, "")
    if not found.days:
        raise UsageError("period-none-stated", path=first.path)
    wanted = period.strip()
    named = [day for day, words in found.days.items() if wanted in (words.zh, words.en)]
    last = named[0] if named else read_date(wanted) if wanted else None
    if last is None or last not in found.days:
        raise UsageError("period-unknown", period=wanted, known=_in_words(found.days.values()))
    own, notices = found.days[last], list[Notice]()
    others = [words for day, words in found.days.items() if day != last]
    if others:
        values = {"count": found.records.total() - found.records[last], "periods": _in_words(others), "period": own}
        notices.append(Notice("other-periods-not-asked", first, values=values))
    for path, n in found.undated.items():
        notices.append(Notice("no-period-and-one-asked", Address(path, ""), values={"count": n, "period": own}))
    return replace(read, notices=[*read.notices, *notices]), last


def _in_words(periods: Iterable[Text]) -> Text:
    listed = list(periods)
    return Text("、".join(one.zh for one in listed), ", ".join(one.en for one in listed))


def judged(
    basis: Basis,
    read: Gathered,
    as_of: date | None,
    gate: Gate | None,
    options: Iterable[tuple[str, str]],
    on_standard: Callable[[StandardRun], None] | None,
    of_period: date | None = None,
    records: JoinedRecords | None = None,
    *,
    compared: bool = True,
) -> Report:
    """The report on the returns that were read; where none could be, it has no verdicts.

    Args:
        of_period: the last day of a period whose records alone are judged.
        records: those of the returns where they have been joined already, for periods that are judged one by one.
        compared: figures unlike those of the period before or of their region are asked about; all have to be there.
    """
    today = date.today()
    day, day_from = gather.day_to_judge_by(as_of, read.returns, today)
    apart = gather.about_periods(day, day_from, read.returns, today)
    notices = [*read.notices, *apart, *(n for r in read.returns for n in r.notices)]
    begun = partial(
        Report,
        version=__version__,
        as_of=day,
        as_of_from=day_from,
        dictionary=basis.dictionary,
        returns=read.returns,
        unread=read.unread,
        gate=gate or Gate(),
        options=tuple(options),
    )
    if not read.returns and read.unread:
        return begun(standards=basis.standards, results=[], notices=notices)
    judgement = judge_joined(
        joined(basis, read) if records is None else records.again(),
        basis.standards,
        basis.dictionary,
        day,
        chosen=basis.chosen,
        region=basis.region,
        wanted=basis.wanted,
        on_standard=on_standard,
        of_period=of_period,
        compared=compared and records is None,
    )
    report = begun(
        standards=judgement.standards,
        results=judgement.results,
        notices=[*_to_tell(notices, judgement, read, basis.dictionary), *judgement.notices],
        records=judgement.records,
        stray=judgement.stray,
        governed=judgement.governed,
        scores=judgement.scores,
        past=judgement.past,
    )
    _excuse(report, basis.waivers)
    return report


def _to_tell(
    notices: Iterable[Notice], judgement: Judgement, read: Gathered, dictionary: Dictionary
) -> Iterable[Notice]:
    """Which columns are to be confirmed; and the notices of the returns without those about the same cells, and those
    about the day of files that are not judged."""
    asked = columns_to_confirm(judgement.results, read.returns, dictionary)
    cells = {(n.at.path, n.at.sheet, n.at.cell) for n in asked}
    told = [n for n in notices if n.code != "column-similar" or (n.at.path, n.at.sheet, n.at.cell) not in cells]
    unjudged = wholly_past(judgement.past, judgement.records)
    return [*asked, *(n for n in told if n.code != gather.ANOTHER_DAY or n.at.path not in unjudged)]


def _excuse(report: Report, waivers: WaiverFile | None) -> None:
    """Note what excuses fails: approved waivers, and explanations that the returns give."""
    if waivers is not None:
        from communitycheck.planning.waivers.waive import waive  # seldom given

        waive(report, waivers)
    if any(result.rule.explainable for result in report.results):
        from communitycheck.planning.waivers.explain import explain  # few standards take explanations

        explain(report)
