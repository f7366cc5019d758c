"""What a circular asks of whom: what to mend by which rules, what is due later, what is waived, what data to supply."""

from __future__ import annotations

from communitycheck.model.result import Outcome, Records
from communitycheck.model.table import among
from communitycheck.model.waiver import OwnExplanation, Waiver
from communitycheck.printable import one_line
from communitycheck.products.circular.facts import Facts, GroupVerdicts, Some, Values, is_binding, is_ceiling
from communitycheck.reporting.totals.area import Area, Missed, Trouble
from communitycheck.reporting.totals.areas import failed_groups
from communitycheck.reporting.words.phrases import ShortPlaces, cause_in_words

# How much of each is named before the rest is only counted.
REGIONS, RULES, GROUPS, TROUBLES, COLUMNS, WAIVED, DUE = 40, 12, 8, 6, 8, 10, 12
NO_FAULT_OF_DATA = ("not-evaluated", "region-unknown", "blanks-undecided", "repeats-undecided")


def asks(facts: Facts) -> Values:
    found = {"mending": _mending(facts), "due": _due(facts), "waived": _waived(facts), "supply": _supply(facts)}
    advice = (r for r in facts.report.results if r.rule.severity == "advisory" and r.counts()[Outcome.FAIL])
    return found | {"nothing": not any(found.values()), "advice": any(advice)}


def _mending(facts: Facts) -> Values | None:
    """What to mend area by area, and above: single records that lie in no area, and indicators of larger regions."""
    report, total, named = facts.report, facts.areas.total, facts.named_areas
    groups = list(failed_groups(report))
    outside = _outside(facts)
    if not (total.failed - total.waived or groups or outside):
        return None
    above = _above(groups, [area for _, area in named])
    shown = [(facts.region_name(path[-1]), facts.regions(above[path], 2 * GROUPS)) for path in list(above)[:REGIONS]]
    late = [r for r in report.results if is_binding(r) and r.rule.due is not None and r.rule.due < report.as_of]
    left = len(facts.areas) - len(named)
    return {
        "overdue": sum(r.counts()[Outcome.FAIL] - len(r.waived) for r in late),
        "areas": [_to_mend(facts, name, area) for name, area in named if area.missed or area.groups],
        "left": left,
        "left_fails": total.failed - total.waived - sum(a.failed - a.waived for _, a in named) if left else 0,
        "outside": _missed_rules(facts, outside),
        "above": Some(shown, len(above), len(above) - len(shown)),
        "above_fails": sum(len(above[path]) for path in list(above)[REGIONS:]),
    }


def _outside(facts: Facts) -> list[Missed]:
    """Fails of single records that lie in no area: a city's own record among its counties."""
    found = []
    for result in facts.report.results:
        if isinstance(result.subjects, Records) and is_binding(result):
            n = int((facts.areas.outside(result) & among(result.outcome, Outcome.FAIL)).sum())
            found += [Missed(result, n, None, "")] if n else []
    return found


def _above(groups: GroupVerdicts, areas: list[Area]) -> dict[tuple[str, ...], GroupVerdicts]:
    """Indicators of regions that are no areas of the circular, such as the city's own, by region."""
    here = {pair for area in areas for pair in area.groups}
    found: dict[tuple[str, ...], GroupVerdicts] = {}
    for result, i in groups:
        if (result, i) not in here:
            subject = result.subjects.subject(i)
            found.setdefault((*subject.region, subject.name), []).append((result, i))
    return found


def _to_mend(facts: Facts, name: str, area: Area) -> Values:
    """``points`` in all, of so many ``subjects`` of a ``kind``: rules that single ones miss, and the area's own."""
    return {
        "name": name,
        "single": area.subject is not None,
        "points": sum(m.count for m in area.missed) + len(area.groups),
        "kind": facts.kind(m.result.rule.applies_to for m in area.missed),
        "subjects": area.to_mend,
        "missed": _missed_rules(facts, area.missed),
        "regions": facts.regions(area.groups, GROUPS),
    }


def _missed_rules(facts: Facts, missed: list[Missed]) -> Values:
    ordered = sorted(missed, key=lambda m: -m.count)
    named: list[Values] = []
    for one in ordered[:RULES]:
        rule = one.result.rule
        short = facts.amount(one.amount, one.unit) if one.amount and not is_ceiling(rule) else ""
        named.append({"title": facts.title(rule), "fails": one.count, "short": short, "need": facts.need(rule)})
    rest = ordered[RULES:]
    return {"rules": Some(named, len(ordered), len(rest)), "fails_more": sum(m.count for m in rest)}


def _due(facts: Facts) -> Some[tuple[str, int, object]]:
    """Rules that are not yet met and not yet due: title, how many subjects, and the day."""
    results = [r for r in facts.report.results if r.rule.severity != "advisory"]
    ahead = [(r.rule, n) for r in results if (n := r.counts()[Outcome.NOT_DUE])]
    return Some.of([(facts.title(rule), n, rule.due) for rule, n in ahead], DUE)


def _waived(facts: Facts) -> Some[Values]:
    named: list[Values] = []
    for result in facts.report.results:
        for i in sorted(result.waived)[: WAIVED - len(named)]:
            verdict, waiver = result.verdict(i), result.waived[i]
            named.append(
                {
                    "name": facts.name(verdict),
                    "title": facts.title(result.rule),
                    "reason": one_line(waiver.reason),
                    "approver": one_line(waiver.approver) if isinstance(waiver, Waiver) else "",
                    "document": one_line(waiver.document) if isinstance(waiver, Waiver) else "",
                    "until": waiver.until if isinstance(waiver, Waiver) else None,
                    "is_explained": isinstance(waiver, OwnExplanation),
                }
            )
    return Some(named, facts.report.waived, facts.report.waived - len(named))


def _supply(facts: Facts) -> Values | None:
    """Cells that are blank or unreadable, area by area; columns that are lacking; rows and files to put right."""
    report, wording, named = facts.report, facts.wording, facts.named_areas
    places = ShortPlaces(report, wording)
    areas = []
    for name, area in named:
        troubles = [t for t in area.troubles if t.code not in NO_FAULT_OF_DATA]
        if troubles:
            sheets: list[str] = []  # the sheet is named where it changes
            cells = [_cells(facts, t, places, sheets) for t in troubles[:TROUBLES]]
            areas.append((name, Some(cells, len(troubles), len(troubles[TROUBLES:]))))
    waiting = [r for r in report.results if not r.checked and facts.within(r.rule.applies_to)]
    lacking = [(key, wording.label(key, r.rule.standard)) for r in waiting for key in r.lacking]
    columns = dict.fromkeys(label if label != key else wording.entity(key) for key, label in lacking)
    unread_rows = any(sheet.unread_rows for one in report.returns for sheet in one.sheets)
    if not (areas or columns or report.unread or unread_rows):
        return None
    left = len(facts.areas) - len(named)
    return {
        "areas": areas,
        "left": left,
        "left_undecided": facts.areas.total.undecided - sum(a.undecided for _, a in named) if left else 0,
        "columns": Some.of(list(columns), COLUMNS),
    }


def _cells(facts: Facts, trouble: Trouble, places: ShortPlaces, sheets: list[str]) -> Values:
    """综合服务设施面积空白2处（[社区] F12、F15）: so many cells with one trouble, some of them named."""
    cells: list[str] = []
    for at, spots in trouble.at if any(spots for _, spots in trouble.at) else ():
        where = places.short(at, spots)
        sheet, _, spot = where.rpartition("] ")
        cells.append(spot if sheet and sheets[-1:] == [sheet] else where)
        sheets.append(sheet)
    return {
        "cause": cause_in_words(trouble.code, trouble.key, trouble.standard, facts.wording),
        "number": trouble.count,
        "cells": facts.wording.listed(c for c in cells if c),
        "cut": trouble.count > len(cells),
    }
