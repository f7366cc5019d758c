"""The report as an Excel workbook: summary with charts, rules, failures, regions, what could not be judged, notices,
provenance. What does not fit is counted on the summary sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from communitycheck.messages import Lang
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome, RuleResult
from communitycheck.model.standard import Rule
from communitycheck.reporting.excel import FONTS, ROWS
from communitycheck.reporting.formats.xlsx.book import Book, Cell, Link, PassRate, figure
from communitycheck.reporting.formats.xlsx.scores import write_scores
from communitycheck.reporting.formats.xlsx.summary import write_provenance, write_summary
from communitycheck.reporting.formats.xlsx.table import BookColumn, Tables, Written
from communitycheck.reporting.formats.xlsx.verdicts import stated_levels, write_verdicts
from communitycheck.reporting.gap_words import worst_area
from communitycheck.reporting.rates import RuleRate, rule_rate
from communitycheck.reporting.totals.gaps import Gap, gaps
from communitycheck.reporting.totals.regions import RegionTally, region_tallies
from communitycheck.reporting.totals.rules import RuleTally, all_notices, is_listed, only_region, tally
from communitycheck.reporting.waivers.words import waiver_rows
from communitycheck.reporting.words.numbers import amount, shown
from communitycheck.reporting.words.phrases import lacking_in_words
from communitycheck.reporting.words.sentences import Wording


def write_workbook(
    report: Report, sink: IO[bytes], lang: Lang, *, folder: Path, all_verdicts: bool = False, rows: int = ROWS
) -> None:
    """Write the workbook.

    Args:
        folder: where the file will lie, for links into the returns.
        rows: rows of a sheet, the header included; a longer table goes on in further sheets.

    Raises:
        OSError: the file could not be written.
    """
    wording = Wording.of(report, lang)
    with Book(sink, font=FONTS[lang], folder=folder, day=report.as_of, footer=wording.say("page")) as book:
        _fill(Tables(report, book, wording, rows), all_verdicts=all_verdicts)


def _fill(tables: Tables, *, all_verdicts: bool) -> None:
    report, wording = tables.report, tables.wording
    levels = stated_levels(report)
    found = gaps(report)
    front = tables.book.sheet(wording.say("sheet-summary"))
    # Region by region, the larger levels first.
    regions = sorted(region_tallies(report), key=lambda f: (REGION_LEVELS.index(f[1].level), f[1].path))
    written = [
        _rules(tables, found),
        write_verdicts(tables, levels, "failures", (Outcome.FAIL, Outcome.NOT_DUE)),
        _regions(tables, regions, levels),
        write_verdicts(tables, levels, "undecided", (Outcome.NO_DATA, Outcome.ERROR)),
    ]
    if report.waivers is not None:
        written.append(_waivers(tables))
    written += write_scores(tables)
    if all_verdicts:
        written.append(write_verdicts(tables, levels, "verdicts", OUTCOMES))
    written.append(_notices(tables))
    write_provenance(tables)
    write_summary(tables, front, found, regions, written)


def _rules(tables: Tables, found: list[Gap]) -> Written:
    report, wording = tables.report, tables.wording
    say = wording.say
    columns = [
        BookColumn(say("column-rule"), wide=24),
        BookColumn(say("column-title"), wide=36),
        *(BookColumn(say(f"column-{c}"), wide=24) for c in ("severity", "clause", "threshold", "due")),
        BookColumn(say("column-passed"), right=True, dash=True),
        BookColumn(say("column-judged"), right=True, dash=True),
        BookColumn(say("column-rate"), bar=True),
        BookColumn(say("column-region-figures"), right=True),
        *(BookColumn(wording.outcome(o), right=True, dash=True) for o in OUTCOMES if o is not Outcome.PASS),
        BookColumn(say("outcome-waived"), right=True, dash=True),
        *([BookColumn(say("column-adjusted"), bar=True)] if report.excuses else []),
        BookColumn(say("column-verdicts"), right=True, dash=True),
        BookColumn(say("column-shortfall"), right=True, dash=True),
        BookColumn(say("column-shortfall-unit")),
        *_lever_columns(wording),
        BookColumn(say("column-worst-area"), wide=24),
        BookColumn(say("column-lacking"), wide=24),
        *(BookColumn(say(f"column-{c}"), printed=False) for c in ("note", "entity", "standard", "layer")),
    ]
    sheet = tables.sheet("rules", columns)
    worst = {gap.tally.result: (k, worst_area(gap, wording)) for k, gap in enumerate(found)}
    for result in sorted(report.results, key=lambda r: (worst.get(r, (len(worst), ""))[0], not is_listed(r))):
        rule, one = result.rule, tally(result, report.dictionary)
        how = rule_rate(one, wording)
        manual = rule.manual.in_lang(wording.lang) if rule.manual is not None else ""
        cells: list[Cell] = [
            rule.id,
            wording.rule_title(rule),
            wording.severity(rule.severity),
            rule.clause,
            wording.threshold(rule),
            rule.due.isoformat() if rule.due else "",
            one.passed,
            one.judged,
            *_rate(one, how),
            *(one.counts[o] for o in OUTCOMES if o is not Outcome.PASS),
            len(result.waived),
            *([_adjusted(one)] if report.excuses else []),
            result.total,
            _sum(one.shortfall, one.unit, wording),
            shown(one.unit, wording.lang) if one.shortfall else "",
            *_lever(rule, one.add, one.add_unit, wording),
            worst[result][1] if result in worst else "",
            lacking_in_words(result, wording),
            manual or result.error or rule.note.in_lang(wording.lang),
            wording.entity(wording.rule_entity(rule)),
            rule.standard,
            rule.layer or rule.standard,
        ]
        sheet.add(cells)
    return sheet.close(say("table-empty"))


def _sum(value: float | None, unit: str, wording: Wording) -> Cell:
    return None if value is None else figure(value, amount(value, unit, wording.lang), unit)


def _rate(one: RuleTally, how: RuleRate) -> list[Cell]:
    """The rate, and the figures of a region that was judged as a whole; as words where it is no plain share."""
    if only_region(one.result) is None:
        return [PassRate(one.passed, one.judged), ""]
    is_count = how.whole and float(how.part).is_integer() and float(how.whole).is_integer()
    return [PassRate(int(how.part), int(how.whole)) if is_count else how.rate, how.fraction]


def _adjusted(one: RuleTally) -> Cell:
    """The rate without what is waived; none for a region that was judged as a whole."""
    waived = len(one.result.waived)
    return PassRate(one.passed, one.judged - waived) if only_region(one.result) is None else None


def _waivers(tables: Tables) -> Written:
    wording = tables.wording
    say = wording.say
    kinds = ("state", "subject", "until", "fails", "note", "reason", "approver", "document", "remedy-by", "line")
    columns = [
        BookColumn(say("column-rule"), wide=24),
        *(BookColumn(say(f"column-waiver-{c}"), wide=40, right=c in ("fails", "line")) for c in kinds),
    ]
    sheet = tables.sheet("waivers", columns)
    for row in waiver_rows(tables.report, wording):
        told = (row.note, row.reason, row.approver, row.document, row.remedy_by)
        sheet.add([row.rule, row.state, row.subject, row.days, row.fails, *told, row.line])
    return sheet.close(say("table-empty"))


def _lever_columns(wording: Wording) -> list[BookColumn]:
    say = wording.say
    return [
        BookColumn(say("column-lever"), wide=24),
        BookColumn(say("column-add"), right=True, dash=True),
        BookColumn(say("column-add-unit")),
    ]


def _lever(rule: Rule, add: float | None, unit: str, wording: Wording) -> list[Cell]:
    """What is added to close the fails: the field, how much, and its unit."""
    if not add:
        return ["", None, ""]
    return [wording.lever(rule), _sum(add, unit, wording), shown(unit, wording.lang)]


def _regions(tables: Tables, regions: list[tuple[RuleResult, RegionTally]], levels: list[str]) -> Written:
    wording = tables.wording
    say, excuses = wording.say, tables.report.excuses
    columns = [
        BookColumn(say("column-level")),
        *(BookColumn(wording.entity(level), wide=24) for level in levels),
        *(BookColumn(say(f"column-{c}")) for c in ("rule", "title", "severity")),
        *(BookColumn(say(f"column-{c}"), right=True, dash=True) for c in ("passed", "judged")),
        BookColumn(say("column-rate"), bar=True),
        *([BookColumn(say("outcome-waived"), right=True, dash=True)] if excuses else []),
        *([BookColumn(say("column-adjusted"), bar=True)] if excuses else []),
        *(BookColumn(say(f"column-{c}"), right=True, dash=True) for c in ("failed", "not-due", "no-data", "shortfall")),
        BookColumn(say("column-shortfall-unit")),
        *_lever_columns(wording),
        BookColumn(say("column-worst-area"), wide=24),
    ]
    sheet = tables.sheet("regions", columns)
    for result, one in regions:
        names = _named(one, levels, wording)
        adjusted: list[Cell] = [one.waived, PassRate(one.passed, one.judged - one.waived)] if excuses else []
        sheet.add(
            [
                wording.entity(one.level),
                *names,
                result.rule.id,
                wording.rule_title(result.rule),
                wording.severity(result.rule.severity),
                one.passed,
                one.judged,
                PassRate(one.passed, one.judged),
                *adjusted,
                one.failed,
                one.not_due,
                one.no_data,
                _sum(one.shortfall, one.unit, wording),
                shown(one.unit, wording.lang) if one.shortfall else "",
                *_lever(result.rule, one.add, one.add_unit, wording),
            ]
        )
    return sheet.close(say("table-empty"))


def _named(one: RegionTally, levels: list[str], wording: Wording) -> Iterator[str]:
    """The region's name in the column of its level, with those it lies in."""
    names = dict(zip(REGION_LEVELS, one.names, strict=False))
    for level in levels:
        yield names.get(level) or (wording.say("region-unnamed") if level == one.level else "")


def _notices(tables: Tables) -> Written:
    report, wording = tables.report, tables.wording
    say = wording.say
    kinds = ("level", "notice", "path", "sheet", "cells", "text")
    columns = [BookColumn(say(f"column-{c}"), wide=60 if c in ("notice", "path") else 40) for c in kinds]
    sheet = tables.sheet("notices", columns)
    for notice in all_notices(report):
        at = notice.at
        sheet.add(
            [
                say(f"level-{notice.level}"),
                wording.notice(notice),
                at.path,
                at.sheet or "",
                Link(wording.spot(at), at),
                notice.text,
            ]
        )
    for error in report.unread:
        sheet.add([say("level-unread"), wording.error(error), error.path, error.sheet or "", None, ""])
    return sheet.close(say("table-empty"))
