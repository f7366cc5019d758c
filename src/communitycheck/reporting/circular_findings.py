"""What a circular reports: its basis, the overall figures, each rule, the areas, the worst, and what stays open."""

from __future__ import annotations

from dataclasses import dataclass, field

from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome, RuleResult, Verdict
from communitycheck.model.returns import Address
from communitycheck.model.standard import SEVERITIES, Rule, Source
from communitycheck.model.units import canonical
from communitycheck.reporting.areas import UNPLACED, Area
from communitycheck.reporting.circular_pieces import TITLE, Column, Draft, capped
from communitycheck.reporting.inert import clip, one_line
from communitycheck.reporting.numbers import count, plain, rate, shown
from communitycheck.reporting.outline import FEW
from communitycheck.reporting.phrases import bare, cause_in_words, lacking_in_words
from communitycheck.reporting.summary import (
    Tally,
    causes,
    group_verdicts,
    is_listed,
    subjects_by_entity,
    tally,
    worst,
)

# How much of each is described before the rest is only counted.
CLAUSES, RULES, MET, GROUPS, ADVISORY, AREAS, WORST, CAUSES, NOT_CHECKED, MANUAL, UNREAD = (
    20, 15, 12, 20, 12, 40, 20, 8, 15, 20, 12,
)  # fmt: skip
ANNEX = 200
CITED = 3  # documents named with issuer and date in the opening sentence
AREA = canonical("area")
LABEL = 40  # characters of a field's name in a heading
BRIEF = 10  # indicators in one sentence
NEEDS = 3  # columns of what is missing in the table by area


@dataclass(slots=True)
class Document:
    """A document that rules come from: its clauses in the order of the rules, and how many rules it gave."""

    layer: str
    source: Source | None
    figures: bool  # about figures that documents print, not about subjects
    clauses: list[str] = field(default_factory=list)
    rules: int = 0


def documents(report: Report) -> list[Document]:
    """The documents behind the rules that judged somebody; behind all rules where none did."""
    used = [r for r in report.results if _concerned(r)] or report.results
    known = {s.id: s.source for s in report.standards}
    for standard in report.standards:
        known.update({k: v for k, v in standard.sources.items() if k not in known})
    found: dict[str, Document] = {}
    for result in used:
        rule = result.rule
        layer = rule.layer or rule.standard
        document = found.setdefault(layer, Document(layer, known.get(layer), rule.applies_to in UNPLACED))
        document.rules += 1
        if rule.clause and rule.clause not in document.clauses:
            document.clauses.append(rule.clause)
    return list(found.values())


def cited(document: Document, draft: Draft, *, briefly: bool = False) -> str:
    """《…》（发文机关，日期）; ``briefly`` without what stands in brackets."""
    source = document.source
    if source is None:
        return draft.say("circular-document-bare", document=one_line(document.layer))
    text = one_line(source.document)
    if document.figures:
        return draft.say("circular-document-plain", document=text)
    facts = [one_line(source.issuer), draft.date(source.date) if source.date else ""]
    inside = draft.say("comma").join(f for f in facts if f)
    if not inside or briefly:
        return draft.say("circular-document-bare", document=text)
    return draft.say("circular-document", document=text, facts=inside)


def write_basis(draft: Draft) -> None:
    draft.heading(draft.say("circular-heading-basis"))
    for place, document in enumerate(documents(draft.report)):
        clauses, more = capped([one_line(c) for c in document.clauses], CLAUSES)
        nested = any(draft.say("list-comma").strip() in c or draft.say("comma").strip() in c for c in clauses)
        text = draft.listed(clauses) if nested else draft.wording.listed(clauses)
        if more:
            text = draft.say("circular-clauses-more", clauses=text, n=count(len(document.clauses)))
        said = draft.say(
            "circular-basis",
            document=cited(document, draft, briefly=place < CITED),
            clauses=text or draft.say("none"),
            n=count(document.rules),
        )
        draft.paragraph(said + draft.say("circular-stop"))
    draft.paragraph(draft.say("circular-basis-annex"))


def write_overall(draft: Draft) -> None:
    report, say = draft.report, draft.say
    draft.heading(say("circular-heading-overall"))
    as_of = say(f"circular-as-of-{report.as_of_from}", date=draft.date(report.as_of))
    kinds = subjects_by_entity(report)
    parts = [_kind(draft, entity, n) for entity, n in kinds.items()]
    code = "circular-subjects-kinds" if len(parts) > 1 else "circular-subjects"
    if parts:
        draft.paragraph(say(code, as_of=as_of, n=count(report.subjects), kinds=draft.wording.listed(parts)))
    tallies = [tally(r, report.dictionary) for r in report.results if is_listed(r)]
    outcomes = report.outcomes()
    always = (Outcome.PASS, Outcome.FAIL, Outcome.NO_DATA)
    if report.results:
        said = draft.wording.listed(
            say("circular-outcome", outcome=draft.wording.outcome(o), n=count(outcomes[o]))
            for o in OUTCOMES
            if outcomes[o] or o in always
        )
        judging = sum(bool(t.concerned) for t in tallies)
        draft.paragraph(
            say("circular-outcomes", rules=count(judging), total=count(sum(outcomes.values())), outcomes=said)
        )
    _rates(draft, tallies)
    rest = _left_out(draft)
    if rest:
        draft.paragraph(say("circular-rest", parts=draft.wording.listed(rest)))


def _rates(draft: Draft, tallies: list[Tally]) -> None:
    report, say = draft.report, draft.say
    passed, judged = sum(t.passed for t in tallies), sum(t.judged for t in tallies)
    if not judged:
        draft.paragraph(say("circular-none-judged"))
        return
    parts = []
    for severity in SEVERITIES:
        mine = [t for t in tallies if t.result.rule.severity == severity]
        good, all_ = sum(t.passed for t in mine), sum(t.judged for t in mine)
        code = "circular-severity-advisory" if severity == "advisory" else "circular-severity"
        if all_:
            word = draft.wording.severity(severity)
            figures = {"judged": count(all_), "passed": count(good), "failed": count(all_ - good)}
            parts.append(say(code, severity=word, rate=rate(good, all_), **figures))
    figures = {"judged": count(judged), "passed": count(passed), "rate": rate(passed, judged)}
    draft.paragraph(say("circular-rate", parts=draft.listed(parts), **figures))
    binding = sum(t.failed for t in tallies if t.result.rule.severity != "advisory")
    draft.paragraph(
        "" if binding else say("circular-no-fails"),
        say("circular-waived", failed=count(judged - passed), n=count(report.waived)) if report.waived else "",
    )


def _left_out(draft: Draft) -> list[str]:
    report = draft.report
    numbers = {
        "not-checked": sum(not r.checked for r in report.results),
        "manual": sum(r.rule.manual is not None for r in report.results),
        "unread": len(report.unread),
        "unplaced": report.unplaced,
    }
    return [draft.say(f"circular-rest-{what}", n=count(n)) for what, n in numbers.items() if n]


def write_rules(draft: Draft) -> None:
    """Each rule that somebody fails, those that all meet, indicators of whole regions, and the advisory ones apart."""
    report, say = draft.report, draft.say
    found = [tally(r, report.dictionary) for r in report.results if is_listed(r) and not r.is_group]
    binding = [t for t in found if t.result.rule.severity != "advisory"]
    failing = sorted((t for t in binding if t.failed), key=lambda t: _urgency(t.result.rule))
    met = [t for t in binding if t.passed and not t.failed]
    advisory = [t for t in found if t.result.rule.severity == "advisory" and t.judged]
    groups = group_verdicts(report)
    if not (failing or met or advisory or groups):
        return
    draft.heading(say("circular-heading-rules"))
    if failing:
        draft.subheading(say("circular-heading-failing"))
        for one in failing[:RULES]:
            _failing_rule(draft, one)
        if len(failing) > RULES:
            rest = failing[RULES:]
            draft.paragraph(say("circular-more-rules", n=count(len(rest)), fails=count(sum(t.failed for t in rest))))
    if met:
        draft.subheading(say("circular-heading-met"))
        named, more = capped([_met(draft, t) for t in met], MET)
        text = draft.wording.listed(named)
        if more:
            text = say("circular-and-others", items=text)
        draft.paragraph(say("circular-met", n=count(len(met)), rules=text))
    if groups:
        draft.subheading(say("circular-heading-groups"))
        _groups(draft, groups)
    if advisory:
        draft.subheading(say("circular-heading-advisory"))
        first = sorted(advisory, key=lambda t: not t.failed)
        named, more = capped([_advisory(draft, t) for t in first], ADVISORY)
        named += [say("circular-advisory-more", n=count(more))] if more else []
        draft.paragraph(say("circular-advisory", rules=draft.listed(named)))


def _urgency(rule: Rule) -> int:
    return SEVERITIES.index(rule.severity)


def _failing_rule(draft: Draft, one: Tally) -> None:
    say, rule = draft.say, one.result.rule
    waived = len(one.result.waived)
    details = say("circular-rule-waived", n=count(waived)) if waived else ""
    if one.shortfall:
        over = rule.threshold is not None and rule.threshold.comparison in ("at_most", "less_than")
        code = "circular-rule-over" if over else "circular-rule-short"
        details += say(code, field=draft.need_of(rule), amount=draft.amount(one.shortfall, one.unit))
    undecided = one.counts[Outcome.NO_DATA] + one.counts[Outcome.ERROR]
    if undecided:
        details += say("circular-rule-undecided", n=count(undecided))
    if one.counts[Outcome.NOT_DUE]:
        details += say("circular-rule-not-due", n=count(one.counts[Outcome.NOT_DUE]))
    required = _required(draft, rule)
    said = say(
        "circular-rule" if required else "circular-rule-each",
        required=required,
        kind=draft.wording.entities(rule.applies_to),
        judged=count(one.judged),
        passed=count(one.passed),
        rate=rate(one.passed, one.judged),
        failed=count(one.failed),
        details=details,
    )
    note = rule.note.in_lang(draft.lang) if one.concerned <= FEW else ""
    facts = say(
        "circular-rule-facts",
        rule=draft.wording.rule_id(rule),
        severity=draft.wording.severity(rule.severity),
        clause=one_line(rule.clause),
    )
    draft.item(
        draft.title_of(rule), draft.joined(said, say("circular-rule-note", note=note) if note else ""), facts=facts
    )


def _required(draft: Draft, rule: Rule) -> str:
    """The limit in words where it is the same for all; empty where each subject has its own."""
    limits = rule.threshold
    if limits is None:
        return ""
    limit = limits.at(draft.report.as_of)
    if limits.comparison not in ("is", "covers"):
        ends = ([limit.value] if limit else []) + ([limits.upper] if limits.upper is not None else [])
        if not ends or any(draft.wording.constant(end, rule) is None for end in ends):
            return ""
    return draft.prose(draft.wording.limit(rule, draft.wording.threshold(rule)))


def _met(draft: Draft, one: Tally) -> str:
    title = draft.title_of(one.result.rule)
    return draft.say("circular-met-rule", title=title, passed=count(one.passed), judged=count(one.judged))


def _advisory(draft: Draft, one: Tally) -> str:
    return draft.say(
        "circular-advisory-rule",
        title=draft.title_of(one.result.rule),
        judged=count(one.judged),
        passed=count(one.passed),
        rate=rate(one.passed, one.judged),
    )


def _groups(draft: Draft, found: list[tuple[RuleResult, int]]) -> None:
    """Indicators that are missed one by one, those that stay open and those that are met in a sentence each."""
    say = draft.say
    missed = [(r, i) for r, i in found if r.outcome[i] in (Outcome.FAIL, Outcome.NOT_DUE)]
    for result, i in missed[:GROUPS]:
        verdict = result.verdict(i)
        rule = verdict.rule
        lead = say("circular-group-lead", name=name_of(draft, verdict), title=draft.title_of(rule))
        facts = say(
            "circular-rule-facts",
            rule=draft.wording.rule_id(rule),
            severity=draft.wording.severity(rule.severity),
            clause=one_line(rule.clause),
        )
        draft.item(lead, _missed_group(draft, result, verdict), facts=facts)
    if len(missed) > GROUPS:
        draft.paragraph(say("circular-more-groups", n=count(len(missed) - GROUPS)))
    for code, outcomes in (
        ("circular-groups-undecided", (Outcome.NO_DATA, Outcome.ERROR)),
        ("circular-groups-met", (Outcome.PASS,)),
    ):
        rest = [(r, i) for r, i in found if r.outcome[i] in outcomes]
        if rest:
            named = [_brief_group(draft, r, r.verdict(i)) for r, i in rest[:BRIEF]]
            named += [say("circular-items-more", n=count(len(rest) - BRIEF))] if len(rest) > BRIEF else []
            draft.paragraph(say(code, n=count(len(rest)), groups=draft.listed(named)))


def _missed_group(draft: Draft, result: RuleResult, verdict: Verdict) -> str:
    figures = draft.wording.figures(verdict, result.add_unit)
    return draft.say(
        "circular-group",
        observed=draft.prose(draft.wording.full(figures)) or draft.say("none"),
        required=draft.prose(draft.wording.limit(verdict.rule, figures.required)),
        outcome=draft.wording.outcome(verdict.outcome),
        details=group_shortfall(draft, result, verdict) + (draft.say("waived-mark") if verdict.waiver else ""),
    )


def _brief_group(draft: Draft, result: RuleResult, verdict: Verdict) -> str:
    observed = draft.wording.full(draft.wording.figures(verdict, result.add_unit))
    return draft.say(
        "circular-group-brief",
        name=name_of(draft, verdict),
        title=draft.title_of(verdict.rule),
        observed=draft.prose(observed) or draft.say("none"),
    )


def group_shortfall(draft: Draft, result: RuleResult, verdict: Verdict) -> str:
    """How many more subjects an indicator needs, or by how much it is missed."""
    figures = draft.wording.figures(verdict, result.add_unit)
    if verdict.add and result.add_unit == "items" and figures.whole:
        return draft.say("circular-group-more", n=plain(verdict.add))
    return draft.say("circular-group-missing", value=draft.prose(figures.missing)) if figures.missing else ""


def name_of(draft: Draft, verdict: Verdict) -> str:
    return clip(draft.wording.name(verdict.subject), TITLE)


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
    for result, verdict in found:
        figures = draft.wording.figures(verdict, result.add_unit)
        none = say("none")
        grid.rows.append(
            (
                name_of(draft, verdict),
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


def write_open(draft: Draft) -> None:
    """What could not be judged and why, and what was not checked."""
    report, say, wording = draft.report, draft.say, draft.wording
    found = causes(report)
    lacking = [r for r in report.results if not r.checked]
    manual = [r for r in report.results if r.rule.manual is not None]
    idle = [r for r in report.results if is_listed(r) and not _concerned(r)]
    if not (found or lacking or manual or idle or report.unread or report.unplaced):
        return
    draft.heading(say("circular-heading-open"))
    if found:
        draft.subheading(say("circular-heading-undecided"))
        said = [say("circular-cause", cause=cause_in_words(c, wording), n=count(c.count)) for c in found[:CAUSES]]
        rest = found[CAUSES:]
        if rest:
            said.append(say("circular-causes-more", kinds=count(len(rest)), n=count(sum(c.count for c in rest))))
        total = count(sum(c.count for c in found))
        draft.paragraph(say("circular-undecided", n=total, causes=draft.listed(said)))
    if lacking:
        draft.subheading(say("circular-heading-not-checked"))
        named = [
            say("circular-not-checked-rule", title=draft.title_of(r.rule), columns=lacking_in_words(r, wording))
            for r in lacking
        ]
        draft.paragraph(say("circular-not-checked", n=count(len(named)), rules=_some(draft, named, NOT_CHECKED)))
    if manual:
        draft.subheading(say("circular-heading-manual"))
        named = [draft.title_of(r.rule) for r in manual]
        draft.paragraph(say("circular-manual", n=count(len(named)), rules=_some(draft, named, MANUAL)))
    if idle:
        draft.subheading(say("circular-heading-idle"))
        named = [draft.title_of(r.rule) for r in idle]
        draft.paragraph(say("circular-idle", n=count(len(named)), rules=_some(draft, named, MANUAL)))
    if report.unread:
        draft.subheading(say("circular-heading-unread"))
        files = []
        for error in report.unread[:UNREAD]:
            place = wording.place(Address(error.path, error.sheet))
            files.append(say("circular-unread-file", path=place, message=wording.error(error)))
        if len(report.unread) > UNREAD:
            files.append(say("circular-files-more", n=count(len(report.unread) - UNREAD)))
        draft.paragraph(say("circular-unread", n=count(len(report.unread)), files=draft.listed(files)))
    if report.unplaced:
        draft.subheading(say("circular-heading-unplaced"))
        draft.paragraph(say("circular-unplaced", n=count(report.unplaced)))


def _some(draft: Draft, named: list[str], most: int) -> str:
    """The first of ``named``, each once; rules of two standards may read alike."""
    shown_names, _ = capped(list(dict.fromkeys(named)), most)
    more = len(named) - sum(name in shown_names for name in named)
    shown_names += [draft.say("circular-rules-more", n=count(more))] if more else []
    return draft.listed(shown_names)


def write_annex(draft: Draft) -> None:
    """Every rule with its clause, how binding it is, its limit, and what came of it."""
    say, report = draft.say, draft.report
    first = sorted(report.results, key=lambda r: not _concerned(r))
    grid = draft.grid(
        "",
        [
            Column(say("column-rule"), 4),
            Column(say("column-title"), 7),
            Column(say("column-clause"), 5),
            Column(say("column-severity"), 4),
            Column(say("column-threshold"), 5),
            Column(say("column-passed-judged"), 6, right=True),
            Column(say("column-rate"), 4, right=True),
        ],
    )
    none = say("none")
    for result in first[:ANNEX]:
        rule = result.rule
        one = tally(result, report.dictionary)
        if not result.checked:
            state, share = say("outcome-not-checked"), none
        elif rule.manual is not None:
            state, share = draft.wording.outcome(Outcome.MANUAL), none
        elif not one.concerned:
            state, share = draft.wording.outcome(Outcome.NOT_APPLICABLE), none
        else:
            state = f"{count(one.passed)}/{count(one.judged)}"
            share = rate(one.passed, one.judged) or none
        grid.rows.append(
            (
                draft.wording.rule_id(rule),
                draft.title_of(rule),
                one_line(rule.clause) or none,
                draft.wording.severity(rule.severity),
                clip(draft.wording.threshold(rule), TITLE) or none,
                state,
                share,
            )
        )
    if len(first) > ANNEX:
        draft.paragraph(say("circular-annex-rest", n=count(len(first) - ANNEX)))
    draft.note(say("circular-annex-note-rules"))


def _concerned(result: RuleResult) -> bool:
    """True for a rule that judges, and had somebody to judge."""
    return is_listed(result) and bool(len(result) - result.counts()[Outcome.NOT_APPLICABLE])


def _kind(draft: Draft, entity: str, n: int) -> str:
    code = "circular-kind-document" if entity == "document" else "circular-kind"
    return draft.say(code, entity=draft.wording.entities(entity), n=count(n))
