"""The two tables of a circular: each area with what it met and missed, and the subjects with the largest shortfalls."""

from __future__ import annotations

from communitycheck.model.result import Outcome, RuleResult
from communitycheck.model.units import canonical
from communitycheck.products.circular.pieces import TITLE, Column, Draft
from communitycheck.reporting.areas import Area
from communitycheck.reporting.summary import is_listed, tally, worst
from communitycheck.reporting.words.numbers import count, rate, shown
from communitycheck.reporting.words.phrases import bare
from communitycheck.reporting.words.sanitise import clip, one_line

WORST = 20  # lines in the table of the largest shortfalls
NEEDS = 3  # columns of what is missing in the table by area
LABEL = 40  # characters of a field's name in a heading
AREA = canonical("area")


def write_areas(draft: Draft, shown_areas: list[Area]) -> None:
    """Judged, passed, failed, rate, undecided and what is missing, a line for each area, and all of them at the end."""
    say, areas = draft.say, draft.areas
    if not shown_areas or (not areas.level and len(areas) < 2):
        return
    level, total = draft.level_of(), areas.total
    draft.heading(say("circular-heading-areas", level=level))
    names = draft.names_of(a.path for a in shown_areas)
    draft.paragraph(_extremes(draft, level, list(zip(names, shown_areas, strict=True))))
    floor = [f for f in areas.need_fields if f[1] == AREA]
    needs = (floor or areas.need_fields)[:NEEDS]
    grid = draft.grid(
        say("circular-table-areas", level=level),
        [
            Column(say("circular-column-area") if areas.level else say("column-name"), 3),
            Column(say("column-judged"), right=True),
            Column(say("column-passed"), right=True),
            Column(say("column-failed"), right=True),
            Column(say("column-rate"), right=True),
            Column(say("column-no-data"), right=True),
            *(Column(_need_title(draft, key, unit, standard), 3, right=True) for key, unit, standard, _ in needs),
        ],
    )
    keys = [key for key, *_ in needs]
    grid.rows += [_area_row(draft, name, a, keys) for name, a in zip(names, shown_areas, strict=True)]
    left = len(areas) - len(shown_areas)
    if left:
        rest = total.less(shown_areas)
        grid.rows.append(_area_row(draft, say("circular-area-rest", n=count(left)), rest, keys))
    if len(areas) > 1:
        grid.rows.append(_area_row(draft, say("circular-area-total"), total, keys))
    draft.note(
        say("circular-area-note"),
        say("circular-area-note-needs") if needs else "",
        say("circular-area-note-waived", n=count(total.waived)) if total.waived else "",
        say("circular-area-note-advisory", n=count(total.advisory)) if total.advisory else "",
        say("circular-area-note-level") if areas.level and _has_more(draft) else "",
    )


def _extremes(draft: Draft, level: str, named: list[tuple[str, Area]]) -> str:
    """Which area has the highest rate and which the lowest, where the table shows all and they are single ones."""
    judged = [(a.passed / a.judged, name, a) for name, a in named if a.judged and a.path[-1]]
    rates = sorted(r for r, _, _ in judged)
    if len(named) == len(draft.areas) and draft.areas.level and len(rates) > 2:
        best, least = max(judged, key=lambda j: j[0]), min(judged, key=lambda j: j[0])
        if rates.count(best[0]) == rates.count(least[0]) == 1:
            return draft.say(
                "circular-areas",
                level=level,
                best=best[1],
                best_rate=rate(best[2].passed, best[2].judged),
                worst=least[1],
                worst_rate=rate(least[2].passed, least[2].judged),
            )
    return draft.say("circular-areas-plain", level=level)


def _need_title(draft: Draft, key: str, unit: str, standard: str) -> str:
    label, shown_unit = clip(draft.wording.label(key, standard), LABEL), shown(unit, draft.lang)
    if not shown_unit:
        return draft.say("circular-column-need-bare", field=label)
    return draft.say("circular-column-need", field=label, unit=shown_unit)


def _area_row(draft: Draft, name: str, area: Area, keys: list[str]) -> tuple[str, ...]:
    none = draft.say("none")
    return (
        name,
        count(area.judged),
        count(area.passed),
        count(area.failed),
        rate(area.passed, area.judged) or none,
        count(area.undecided),
        *(draft.amount(area.needs.get(key, 0.0), "") if area.needs.get(key) else none for key in keys),
    )


def _has_more(draft: Draft) -> bool:
    """True where verdicts were given that stand in no area."""
    binding = [r for r in draft.report.results if is_listed(r) and r.rule.severity != "advisory"]
    passed_or_failed = sum(t.judged for t in (tally(r, draft.report.dictionary) for r in binding))
    return passed_or_failed > draft.areas.total.judged


def write_worst(draft: Draft) -> None:
    """Single subjects with the largest shortfalls from binding rules."""
    report, say = draft.report, draft.say
    failing = [r for r in report.results if _binding_single(r) and r.counts()[Outcome.FAIL]]
    if not failing:
        return
    fails = sum(r.counts()[Outcome.FAIL] for r in failing)
    each = max(1, WORST // len(failing))
    found = [pair for pair in worst(report, 10**9, each=each) if _binding_single(pair[0])][:WORST]
    kinds = {r.rule.applies_to for r in failing}
    entity = draft.wording.entity(kinds.pop()) if len(kinds) == 1 else say("column-name")
    draft.heading(
        say("circular-heading-worst-figures") if draft.figures else say("circular-heading-worst", entity=entity)
    )
    whole = fails <= len(found)
    draft.paragraph(say("circular-worst-all") if whole else say("circular-worst", each=each))
    grid = draft.grid(
        say("circular-table-worst-figures") if draft.figures else say("circular-table-worst", entity=entity),
        [
            Column(entity, 4),
            Column(say("column-region"), 5),
            Column(say("circular-column-rule"), 6),
            Column(say("column-observed"), 3, right=True),
            Column(say("column-required"), 4, right=True),
            Column(say("column-shortfall"), 3, right=True),
        ],
    )
    shared = len(draft.areas.region)
    for result, i in found:
        verdict = result.verdict(i)
        figures = draft.wording.figures(verdict, result.add_unit)
        none = say("none")
        grid.rows.append(
            (
                draft.name_of(verdict),
                clip(one_line("/".join(verdict.subject.region[shared:])), TITLE) or none,
                draft.title_of(verdict.rule),
                clip(draft.wording.full(bare(figures, verdict.rule, draft.wording)), TITLE) or none,
                figures.required or none,
                clip(figures.add or figures.missing, TITLE) + (say("waived-mark") if verdict.waiver else "") or none,
            )
        )
    if not any(row[1] != say("none") for row in grid.rows):
        del grid.columns[1]
        grid.rows = [(*row[:1], *row[2:]) for row in grid.rows]
    if not whole:
        draft.paragraph(say("circular-worst-rest", n=count(fails - len(found))))


def _binding_single(result: RuleResult) -> bool:
    return is_listed(result) and not result.is_group and result.rule.severity != "advisory"
