"""The report as JSON, schema ``communitycheck-report/1`` (``report-1.json``).

Written piece by piece, one line for each rule, group, verdict and notice, so that a report of any size passes through
in little memory and two reports can be compared line by line. Same report, same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from communitycheck.messages import Lang
from communitycheck.model.address import Address
from communitycheck.model.baseline import BaselineState
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome, Reason, RuleResult, Verdict
from communitycheck.model.standard import Rule
from communitycheck.model.table import Floats, State
from communitycheck.model.threshold_hash import threshold_hash
from communitycheck.printable import HIDDEN, JOINERS, SELECTORS
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.json_objects import (
    Object,
    array,
    line,
    notice_object,
    number,
    place_object,
    return_object,
    subject_object,
    told,
    unread_object,
)
from communitycheck.reporting.lines.columns import ADD, OBSERVED, REGION, REQUIRED, ROW, SHORTFALL
from communitycheck.reporting.lines.numbers import Texts, reals
from communitycheck.reporting.lines.writer import verdict_lines
from communitycheck.reporting.score_objects import score_lines, score_objects
from communitycheck.reporting.totals.records import record_tally
from communitycheck.reporting.totals.regions import RegionTally, region_tallies
from communitycheck.reporting.totals.rules import all_notices, only_region, rule_states, subjects_by_entity, tally
from communitycheck.reporting.totals.sheets import sheets_read
from communitycheck.reporting.waivers.objects import excuse_object, file_object, states_object, waiver_objects
from communitycheck.reporting.words.figures import Value
from communitycheck.reporting.words.numbers import clean
from communitycheck.reporting.words.sentences import Wording

SCHEMA = "communitycheck-report/1"


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str | memoryview]:
    """The report in pieces, some of them in UTF-8 already.

    ``verdicts`` holds what did not pass, with ``all_verdicts`` everything.
    """
    wording = Wording.of(report, lang)
    yield f'{{"schema": {line(SCHEMA)},\n'
    yield f'"run": {line(_run(report, lang))},\n'
    yield f'"summary": {line(_summary(report))},\n'
    yield from array("rules", (_rule(r, report, wording) for r in report.results))
    yield from array("groups", _groups(report))
    yield from _verdicts(report, wording, options.all_verdicts)
    if report.scores:
        yield from array("scores", score_objects(report, lang))
        yield from score_lines(report, lang, JsonLines(wording))
    if report.waivers is not None:
        yield from array("waivers", waiver_objects(report.waivers))
    yield from array("notices", (notice_object(n, wording) for n in all_notices(report)))
    yield from array("unread", (unread_object(e, wording) for e in report.unread), last=True)
    yield "}\n"


def _run(report: Report, lang: Lang) -> Object:
    gate = report.gate
    region = report.region
    of_region: Object = {} if region is None else {"region": {"level": region.level, "path": list(region.path)}}
    return {
        "version": report.version,
        **of_region,
        "as_of": report.as_of.isoformat(),
        "as_of_from": report.as_of_from,
        "lang": lang,
        "fail_on": gate.fail_on,
        "strict": gate.strict,
        "allow_incomplete": gate.allow_incomplete,
        "standards": [{"id": s.id, "title": s.title.in_lang(lang), "sha256": s.sha256} for s in report.standards],
        "returns": [return_object(r) for r in report.returns],
        **({} if report.waivers is None else {"waivers": file_object(report.waivers)}),
    }


def _summary(report: Report) -> Object:
    outcomes = _counts(report.outcomes())
    records, sheets, states = record_tally(report), sheets_read(report.returns), rule_states(report)
    return {
        "outcomes": outcomes,
        "verdicts": sum(outcomes.values()),
        "subjects": report.subjects,
        "subjects_by_entity": subjects_by_entity(report),
        "subjects_judged": records.judged,
        "subjects_not_judged": _underscored(records.left),
        **({"earlier_records": report.repeated} if report.repeated else {}),
        "rules": len(report.results),
        "rules_by_state": _underscored(states),
        "not_checked": states["not-checked"],
        "waived": report.waived,
        **({} if report.waivers is None else {"waivers": states_object(report.waivers)}),
        **_baseline(report),
        "unread": len(report.unread),
        "sheets": {
            "count": sheets.sheets,
            "not_read": [{"path": s.path, "name": s.name, "reason": s.not_read} for s in sheets.not_read],
        },
        "rows": sheets.rows,
        "incomplete": _underscored(report.open_points()),
        "exit_code": report.exit_code,
    }


def _underscored(counts: dict[str, int]) -> dict[str, int]:
    return {name.replace("-", "_"): n for name, n in counts.items()}


def _counts(counts: dict[Outcome, int]) -> dict[str, int]:
    return {outcome.word: counts[outcome] for outcome in OUTCOMES}


def _rule(result: RuleResult, report: Report, wording: Wording) -> Object:
    rule = result.rule
    one = tally(result, report.dictionary)
    return {
        "id": rule.id,
        "standard": rule.standard,
        "layer": rule.layer or rule.standard,
        "title": rule.title.in_lang(wording.lang),
        "clause": rule.clause,
        "severity": rule.severity,
        "entity": rule.applies_to,
        "by": list(rule.by),
        "threshold": wording.threshold(rule) or None,
        "threshold_hash": threshold_hash(rule, wording.standards[rule.standard], report.dictionary, report.as_of),
        "due": rule.due.isoformat() if rule.due else None,
        "fields": list(result.fields),
        "outcomes": _counts(one.counts),
        "pass_rate": clean(result.pass_rate),
        **({"adjusted_rate": clean(result.adjusted_rate)} if report.excuses else {}),
        "shortfall": clean(one.shortfall),
        "shortfall_unit": one.unit if one.shortfall is not None else None,
        "lever": _lever_of(rule, one.add, one.add_unit),
        "region": _region(result),
        "waived": len(result.waived),
        "note": rule.note.in_lang(wording.lang) or None,
        "manual": rule.manual.in_lang(wording.lang) if rule.manual is not None else None,
        "not_checked": list(result.lacking) or None,
        "error": result.error or None,
    }


def _groups(report: Report) -> Iterator[Object]:
    for result, one in region_tallies(report):
        yield {
            "level": one.level,
            "name": one.path[-1],
            "region": list(one.path[:-1]),
            "rule": result.rule.id,
            "standard": result.rule.standard,
            "passed": one.passed,
            "judged": one.judged,
            "pass_rate": clean(one.passed / one.judged) if one.judged else None,
            **(_without_waived(one) if report.excuses else {}),
            "no_data": one.no_data,
            "shortfall": clean(one.shortfall),
            "shortfall_unit": one.unit if one.shortfall is not None else None,
            "lever": _lever_of(result.rule, one.add, one.add_unit),
        }


def _without_waived(one: RegionTally) -> Object:
    judged = one.judged - one.waived
    return {"waived": one.waived, "adjusted_rate": clean(one.passed / judged) if judged else None}


def _verdicts(report: Report, wording: Wording, all_verdicts: bool) -> Iterator[str | memoryview]:
    """``"verdicts": [...]``, one a line."""
    yield '"verdicts": ['
    begun = False
    for text in verdict_lines(report, JsonLines(wording), wording, all_verdicts=all_verdicts):
        yield text if begun else text[1:]  # no comma before the first
        begun = True
    yield "],\n"


class JsonLines:
    """A verdict as an object on a line (see ``LineFormat``)."""

    odd = rf'["\\\x00-\x1f{HIDDEN}{JOINERS}{SELECTORS}]|##'

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def line(self, verdict: Verdict, result: RuleResult) -> str:
        wording = self._wording
        reason = wording.reason(verdict, wording.figures(verdict, result.add_unit))
        return f",\n{line(_verdict(verdict, result, wording, reason))}"

    def pattern(self, verdict: Verdict, result: RuleResult, reason: str, numbers: frozenset[str]) -> str:
        found = _verdict(verdict, result, self._wording, reason)
        assert isinstance(found["at"], dict)
        found["at"]["row"] = ROW
        for mark, key in ((OBSERVED, "observed"), (REQUIRED, "required"), (SHORTFALL, "shortfall")):
            if mark in numbers:
                found[key] = mark
        if ADD in numbers:
            assert isinstance(found["lever"], dict)
            found["lever"]["add"] = ADD
        text = line(found).replace(f'["{REGION}"]', REGION).replace(f'"row": "{ROW}"', f'"row": {ROW}')
        for mark in (OBSERVED, REQUIRED, SHORTFALL, ADD):
            text = text.replace(f'"{mark}"', mark)
        return f",\n{text}"

    def escape(self, text: str) -> str:
        return line(text)[1:-1]

    def region(self, path: tuple[str, ...]) -> str:
        return line(list(path))

    def numbers(self, values: Floats) -> Texts:
        return reals(values)


def _verdict(v: Verdict, result: RuleResult, wording: Wording, reason: str) -> Object:
    rule, subject = v.rule, v.subject
    return {
        "rule": rule.id,
        "standard": rule.standard,
        "outcome": v.outcome.word,
        "severity": rule.severity,
        "subject": subject_object(subject),
        "observed": told(v.observed, rule.unit),
        "required": told(wording.required(v), rule.unit),
        "unit": rule.unit,
        "shortfall": wording.shortfall(v),
        "lever": _lever(v, result, wording),
        "group": _group(v),
        "missing_items": list(v.missing_items),
        "layer": rule.layer or rule.standard,
        "clause": rule.clause,
        "reason_code": v.reason.name.lower(),
        "reason": reason,
        "causes": _causes(v),
        "at": _at(v.at, v.cells),
        "waiver": None if v.waiver is None else excuse_object(v.waiver, wording.as_of),
        **({} if result.baseline is None else {"baseline": _state(v)}),
    }


def _lever(v: Verdict, result: RuleResult, wording: Wording) -> Object | None:
    if v.add is None or not math.isfinite(v.add):
        return None
    unit = result.add_unit or wording.unit_of(v.rule.lever or "", v.rule.standard)
    return _lever_of(v.rule, v.add, unit)


def _lever_of(rule: Rule, add: float | None, unit: str) -> Object | None:
    return None if add is None else {"field": rule.lever, "add": clean(add), "unit": unit}


def _region(result: RuleResult) -> Object | None:
    """What the one region came to that a rule on whole regions judged."""
    place = only_region(result)
    if place is None:
        return None
    verdict = result.verdict(place)
    return {"observed": told(verdict.observed, result.rule.unit), "unit": result.rule.unit, **(_group(verdict) or {})}


def _group(v: Verdict) -> Object | None:
    if v.numerator is None and v.denominator is None and v.blanks is None:
        return None
    part: Value = None
    if v.numerator is not None:
        low, high = v.numerator
        part = low if low == high else None if math.isnan(low) or math.isnan(high) else (low, high)
    return {"numerator": number(part), "denominator": clean(v.denominator), "blanks": v.blanks}


def _causes(v: Verdict) -> list[Object]:
    """The cells that gave no value."""
    if v.reason not in (Reason.MISSING, Reason.SCOPE_UNKNOWN):
        return []
    return [{"field": key, "state": State(state).name.lower(), "cell": cell or None} for key, state, cell in v.troubled]


def _at(at: Address | None, cells: tuple[str, ...]) -> Object | None:
    return None if at is None else {**place_object(at), "cells": list(cells)}


def _state(v: Verdict) -> str | None:
    return None if v.baseline is BaselineState.NONE else v.baseline.word


def _baseline(report: Report) -> Object:
    found = report.baseline
    if found is None:
        return {}
    counts = {state.word: n for state, n in found.states}
    rest = {"settled": found.settled, "unanswered": found.unanswered, "unlisted": found.unlisted}
    waived = {state.word: n for state, n in sorted(report.waived_by_state().items())}
    return {"baseline": {"path": found.path, "held": found.held, **counts, **rest, "waived": waived}}
