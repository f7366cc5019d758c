"""What a circular asks of whom: what to mend by which rules, what is due later, what is waived, what data to supply."""

from __future__ import annotations

from communitycheck.model.result import Outcome, Records, RuleResult
from communitycheck.model.table import among
from communitycheck.products.circular.pieces import TITLE, Draft, capped
from communitycheck.products.circular.rules import group_shortfall
from communitycheck.reporting.areas import Area, Missed, Trouble, failed_groups
from communitycheck.reporting.summary import Cause, is_listed
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import Places, cause_in_words
from communitycheck.reporting.words.sanitise import clip, one_line

# How much of each is named before the rest is only counted.
AREAS, SUBJECTS, RULES, GROUPS, TROUBLES, COLUMNS, WAIVED, DUE = 40, 20, 12, 8, 6, 40, 10, 12
NO_FAULT_OF_DATA = ("not-evaluated", "region-unknown", "blanks-undecided")


def write_asks(draft: Draft, areas: list[Area]) -> None:
    draft.heading(draft.say("circular-heading-asks"))
    before = len(draft.pieces)
    _mend(draft, areas)
    _due(draft)
    _waived(draft)
    _supply(draft, areas)
    if len(draft.pieces) == before:
        draft.paragraph(draft.say("circular-nothing-asked"))
    if any(r.rule.severity == "advisory" and r.counts()[Outcome.FAIL] for r in draft.report.results):
        draft.subheading(draft.say("circular-heading-advice"))
        draft.paragraph(draft.say("circular-advice"))


def shown_areas(draft: Draft) -> int:
    return AREAS if draft.areas.level else SUBJECTS


def _mend(draft: Draft, areas: list[Area]) -> None:
    """For each area how many to mend, by which rules and how much is missing."""
    say, report = draft.say, draft.report
    total = draft.areas.total
    groups = list(failed_groups(report))
    here = {(r, i) for a in areas for r, i in a.groups}
    above = [(r, i) for r, i in groups if (r, i) not in here]
    outside = _outside(draft)
    if not (total.failed - total.waived or groups or outside):
        return
    figures = draft.figures
    draft.subheading(say("circular-heading-mend-figures") if figures else say("circular-heading-mend"))
    blanks = {"deadline": draft.blank("mend-by"), "issuer": draft.blank("issuer")}
    code = "circular-mend-figures" if figures else "circular-mend" if draft.areas.level else "circular-mend-subjects"
    overdue = sum(
        int(among(r.outcome, Outcome.FAIL).sum()) - len(r.waived)
        for r in report.results
        if is_listed(r) and r.rule.severity != "advisory" and r.rule.due is not None and r.rule.due < report.as_of
    )
    values = {**blanks, "to": draft.level_of()} if code == "circular-mend" else blanks
    if overdue:
        draft.paragraph(say("circular-mend-overdue", n=count(overdue)))
    draft.sentence(draft.spans(code, **values))
    mending = [a for a in areas if a.missed or a.groups]
    names = draft.names_of(a.path for a in areas)
    for name, area in zip(names, areas, strict=True):
        if area.missed or area.groups:
            draft.item(name, _area_in_words(draft, area, figures))
    left = len(draft.areas) - len(areas)
    rest = total.failed - total.waived - sum(a.failed - a.waived for a in areas)
    if left and rest:
        code = "circular-mend-more-areas" if draft.areas.level else "circular-mend-more-subjects"
        level = {"level": draft.level_of()} if draft.areas.level else {}
        draft.paragraph(say(code, areas=count(left), n=count(rest), **level))
    if outside:
        draft.paragraph(say("circular-mend-above-records", rules=_rules(draft, outside, single=False)))
    _above(draft, above)
    assert mending or above or outside or rest


def _area_in_words(draft: Draft, area: Area, figures: bool) -> str:
    say = draft.say
    single = area.subject is not None
    said = _rules(draft, area.missed, single=single)
    shown, more = capped([_group(draft, r, i) for r, i in area.groups], GROUPS)
    if more:
        shown.append(say("circular-items-more", n=count(more)))
    rules = draft.listed([s for s in (said, *shown) if s])
    n = count(sum(m.count for m in area.missed) + len(area.groups))
    if single:
        return say("circular-mend-document" if figures else "circular-mend-subject", n=n, rules=rules)
    kind = draft.kind_of(m.result.rule for m in area.missed)
    return say("circular-mend-area", n=n, kind=kind, subjects=count(area.to_mend), rules=rules)


def _rules(draft: Draft, missed: list[Missed], *, single: bool) -> str:
    ordered = sorted(missed, key=lambda m: -m.count)
    parts = [_missed(draft, m, single) for m in ordered[:RULES]]
    rest = ordered[RULES:]
    if rest:
        n = count(sum(m.count for m in rest))
        parts.append(draft.say("circular-mend-more-rules", rules=count(len(rest)), n=n))
    return draft.listed(parts)


def _missed(draft: Draft, missed: Missed, single: bool) -> str:
    rule = missed.result.rule
    values = {"title": draft.title_of(rule)}
    over = rule.threshold is not None and rule.threshold.comparison.direction == "down"
    code = "circular-mend-one" if single else "circular-mend-rule"
    if not single:
        values["n"] = count(missed.count)
    if missed.amount and not over:
        code += "-short"
        values |= {"field": draft.need_of(rule), "amount": draft.amount(missed.amount, missed.unit)}
    return draft.say(code, **values)


def _group(draft: Draft, result: RuleResult, i: int) -> str:
    verdict = result.verdict(i)
    observed = draft.wording.full(draft.wording.figures(verdict, result.add_unit))
    return draft.say(
        "circular-mend-group",
        title=draft.title_of(verdict.rule),
        observed=draft.prose(observed) or draft.say("none"),
        details=group_shortfall(draft, result, verdict),
    )


def _above(draft: Draft, found: list[tuple[RuleResult, int]]) -> None:
    """Indicators of regions that are no areas of the circular, such as the city's own."""
    by_name: dict[tuple[str, ...], list[tuple[RuleResult, int]]] = {}
    for result, i in found:
        subject = result.subjects.subject(i)
        by_name.setdefault((*subject.region, subject.name), []).append((result, i))
    for path in list(by_name)[:AREAS]:
        pairs = by_name[path]
        shown, more = capped([_group(draft, r, i) for r, i in pairs], 2 * GROUPS)
        if more:
            shown.append(draft.say("circular-items-more", n=count(more)))
        name = clip(one_line(path[-1]), TITLE) or draft.say("region-unnamed")
        draft.paragraph(draft.say("circular-mend-above", name=name, rules=draft.listed(shown)))
    left = list(by_name)[AREAS:]
    if left:
        n = count(sum(len(by_name[path]) for path in left))
        draft.paragraph(draft.say("circular-mend-more-subjects", areas=count(len(left)), n=n))


def _outside(draft: Draft) -> list[Missed]:
    """Fails of single records that lie in no area: a city's own record among its counties."""
    found = []
    for result in draft.report.results:
        if not isinstance(result.subjects, Records) or result.rule.severity == "advisory" or not is_listed(result):
            continue
        n = int((draft.areas.outside(result) & among(result.outcome, Outcome.FAIL)).sum())
        if n:
            found.append(Missed(result, n, None, ""))
    return found


def _due(draft: Draft) -> None:
    say = draft.say
    found = [r for r in draft.report.results if r.rule.severity != "advisory" and r.counts()[Outcome.NOT_DUE]]
    if not found:
        return
    draft.subheading(say("circular-heading-due"))
    parts = []
    for result in found[:DUE]:
        values = {"title": draft.title_of(result.rule), "n": count(result.counts()[Outcome.NOT_DUE])}
        due = result.rule.due
        parts.append(
            say("circular-due-rule", date=draft.date(due), **values) if due else say("circular-due-rule-bare", **values)
        )
    if len(found) > DUE:
        parts.append(say("circular-rules-more", n=count(len(found) - DUE)))
    draft.paragraph(say("circular-due", rules=draft.listed(parts)))


def _waived(draft: Draft) -> None:
    say = draft.say
    total = draft.report.waived
    if not total:
        return
    draft.subheading(say("circular-heading-waived"))
    parts: list[str] = []
    for result in draft.report.results:
        for i in sorted(result.waived)[: WAIVED - len(parts)]:
            verdict = result.verdict(i)
            waiver = verdict.waiver
            assert waiver is not None
            facts = say("circular-waived-approved", by=one_line(waiver.approved_by)) if waiver.approved_by else ""
            facts += say("circular-waived-until", date=draft.date(waiver.expires)) if waiver.expires else ""
            name, title = draft.name_of(verdict), draft.title_of(result.rule)
            parts.append(
                say("circular-waived-item", name=name, title=title, reason=one_line(waiver.reason), facts=facts)
            )
    if total > len(parts):
        parts.append(say("circular-waived-more", n=count(total - len(parts))))
    draft.paragraph(draft.listed(parts) + say("circular-stop"))


def _supply(draft: Draft, areas: list[Area]) -> None:
    """Cells that are blank or cannot be read, columns that the returns lack, files to send again."""
    say, report = draft.say, draft.report
    wanted = [(a, [t for t in a.troubles if t.code not in NO_FAULT_OF_DATA]) for a in areas]
    columns = list(
        dict.fromkeys(
            label if (label := draft.wording.label(key, r.rule.standard)) != key else draft.wording.entity(key)
            for r in report.results
            if not r.checked
            for key in r.lacking
        )
    )
    if not (any(troubles for _, troubles in wanted) or columns or report.unread):
        return
    draft.subheading(say("circular-heading-supply"))
    if report.unread or any(troubles for _, troubles in wanted):
        draft.sentence(draft.spans("circular-supply", deadline=draft.blank("supply-by")))
    places = Places(report, draft.wording)
    names = draft.names_of(a.path for a in areas)
    for name, (_, troubles) in zip(names, wanted, strict=True):
        if troubles:
            sheets: list[str] = []  # the sheet is named where it changes
            parts: list[str] = [_trouble(draft, t, places, sheets) for t in troubles[:TROUBLES]]
            more = len(troubles) - TROUBLES
            parts += [say("circular-items-more", n=count(more))] if more > 0 else []
            draft.item(name, say("circular-supply-area", troubles=draft.listed(parts)))
    left = len(draft.areas) - len(areas)
    rest = draft.areas.total.undecided - sum(a.undecided for a in areas)
    if left and rest:
        draft.paragraph(say("circular-supply-more-areas", areas=count(left), level=draft.level_of(), n=count(rest)))
    if columns:
        named, more = capped(columns, COLUMNS)
        text = draft.wording.listed(named)
        if more:
            text = say("circular-columns-more", columns=text, n=count(len(columns)))
        draft.paragraph(say("circular-supply-columns", columns=text))
    if report.unread:
        draft.paragraph(say("circular-supply-unread", n=count(len(report.unread))))


def _trouble(draft: Draft, trouble: Trouble, places: Places, sheets: list[str]) -> str:
    """综合服务设施面积空白2处（[社区] F12、F15）."""
    cause = cause_in_words(Cause(trouble.code, trouble.key, trouble.standard), draft.wording)
    cells: list[str] = []
    for at, spots in trouble.at if any(spots for _, spots in trouble.at) else ():
        where = places.short(at, spots)
        sheet, _, spot = where.rpartition("] ")
        cells.append(spot if sheet and sheets[-1:] == [sheet] else where)
        sheets.append(sheet)
    text = draft.wording.listed(c for c in cells if c)
    if not text:
        return draft.say("circular-trouble", cause=cause, n=count(trouble.count))
    if trouble.count > len(cells):
        text = draft.say("circular-trouble-more", cells=text)
    return draft.say("circular-trouble-at", cause=cause, n=count(trouble.count), cells=text)
