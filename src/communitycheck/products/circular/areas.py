"""The two tables of a circular: each area with what it met and missed, and the subjects with the largest shortfalls."""

from __future__ import annotations

from communitycheck.model.result import Outcome, RuleResult, Verdict
from communitycheck.model.units import canonical
from communitycheck.printable import clip, one_line
from communitycheck.products.circular.facts import TITLE, Facts, Values, is_binding
from communitycheck.reporting.totals.area import Area
from communitycheck.reporting.totals.rules import tally, worst
from communitycheck.reporting.words.numbers import count, rate, shown

WORST = 20  # rows in the table of the largest shortfalls
NEEDS = 3  # columns of what is missing in the table by area
LABEL = 40  # characters of a field's name in a heading
AREA = canonical("area")

Cells = tuple[str, ...]
NameAndRate = tuple[str, str]


def area_table(facts: Facts) -> Values | None:
    """Judged, passed, failed, rate, undecided and what is missing, a row for each area; None where there is but one.

    ``rest`` are the cells of the ``others``, which have no row of their own; ``needs`` are (field, unit).
    """
    areas, total, named = facts.areas, facts.areas.total, facts.named_areas
    if not named or (not areas.level and len(areas) < 2):
        return None
    floor = [f for f in areas.need_fields if f[1] == AREA]
    needs = (floor or areas.need_fields)[:NEEDS]
    keys = [key for key, *_ in needs]
    others = len(areas) - len(named)
    best, least = (None, None) if others or not areas.level else _extremes(named)
    binding = (tally(r, facts.report.dictionary) for r in facts.report.results if is_binding(r))
    labels = [clip(facts.wording.label(key, standard), LABEL) for key, _, standard, _ in needs]
    return {
        "needs": [(label, shown(unit, facts.lang)) for label, (_, unit, *_) in zip(labels, needs, strict=True)],
        "rows": [(name, *_cells(facts, area, keys)) for name, area in named],
        "others": others,
        "rest": _cells(facts, total.less([area for _, area in named]), keys),
        "total": _cells(facts, total, keys) if len(areas) > 1 else (),
        "best": best,
        "worst": least,
        "waived": total.waived,
        "advisory": total.advisory,
        "has_more_above": bool(areas.level) and sum(t.judged for t in binding) > total.judged,
    }


def _extremes(named: list[tuple[str, Area]]) -> tuple[NameAndRate | None, NameAndRate | None]:
    """Which area has the highest rate and which the lowest, where they are single ones."""
    judged = [(a.passed / a.judged, n, a) for n, a in named if a.judged and a.path[-1]]
    rates = sorted(r for r, _, _ in judged)
    if len(rates) <= 2 or rates[0] == rates[1] or rates[-1] == rates[-2]:
        return None, None
    ends = (max(judged, key=lambda j: j[0]), min(judged, key=lambda j: j[0]))
    best, least = ((name, rate(a.passed, a.judged)) for _, name, a in ends)
    return best, least


def _cells(facts: Facts, area: Area, keys: list[str]) -> Cells:
    return (
        count(area.judged),
        count(area.passed),
        count(area.failed),
        rate(area.passed, area.judged) or facts.none,
        count(area.undecided),
        *(facts.amount(area.needs[key], "") if area.needs.get(key) else facts.none for key in keys),
    )


def worst_table(facts: Facts) -> Values | None:
    """Single subjects with the largest shortfalls from binding rules."""
    results = [r for r in facts.report.results if is_binding(r) and not r.is_group]
    failing = [r for r in results if r.counts()[Outcome.FAIL]]
    if not failing:
        return None
    each = max(1, WORST // len(failing))
    found = [(r, i) for r, i in worst(facts.report, 10**9, each=each) if is_binding(r) and not r.is_group][:WORST]
    kinds = {r.rule.applies_to for r in failing}
    rows = [_worst_row(facts, result, result.verdict(i)) for result, i in found]
    has_regions, has_add = (any(row[k] != facts.none for row in rows) for k in (1, -1))
    left_out = {*(() if has_regions else (1,)), *(() if has_add else (len(rows[0]) - 1,))}
    return {
        "kind": facts.wording.entity(kinds.pop()) if len(kinds) == 1 else facts.wording.say("column-name"),
        "has_regions": has_regions,
        "has_add": has_add,
        "rows": [tuple(cell for k, cell in enumerate(row) if k not in left_out) for row in rows],
        "each": each,
        "more": max(sum(r.counts()[Outcome.FAIL] for r in failing) - len(found), 0),
    }


def _worst_row(facts: Facts, result: RuleResult, verdict: Verdict) -> Cells:
    wording, rule = facts.wording, verdict.rule
    figures = wording.figures(verdict, result.add_unit)
    below = verdict.subject.region[len(facts.areas.region) :]
    missing = clip(figures.missing, TITLE) + wording.excuse_mark(verdict.waiver)
    add = wording.to_add(rule, verdict.add, result.add_unit, figures.missing)
    return (
        facts.name(verdict),
        clip(one_line("/".join(below)), TITLE) or facts.none,
        facts.title(rule),
        clip(wording.full(figures), TITLE) or facts.none,
        figures.required or facts.none,
        missing or facts.none,
        clip(add, TITLE) or facts.none,
    )
