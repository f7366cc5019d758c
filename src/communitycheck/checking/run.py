"""All standards over all tables: who governs which record, and every rule judged once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from communitycheck.checking.combine import add_derived, combine
from communitycheck.checking.governed import GovernedRecords, fields_of, lacking_fields
from communitycheck.checking.judge import by_hand, judge, unanswered
from communitycheck.checking.recomputed import Recomputed, aggregates_of, entity_below
from communitycheck.checking.repeats import across_files, across_sheets, several_periods
from communitycheck.checking.scope import Placement, Places, fill_regions
from communitycheck.errors import UsageError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Call, names_in, rules_in
from communitycheck.model.folding import folded_rule
from communitycheck.model.report import stray_notices
from communitycheck.model.result import Records, RuleResult
from communitycheck.model.returns import Address, Notice
from communitycheck.model.standard import Jurisdiction, Locality, Rule, Standard
from communitycheck.model.table import Bools, Table
from communitycheck.model.values import Value


@dataclass(slots=True)
class Findings:
    """What judging gives. ``standards`` are those that took part.

    ``records`` are all, those of each kind together; ``stray`` those in no jurisdiction of the standards; ``governed``
    says which records each standard governs, of the kinds that its rules judge.
    """

    standards: list[Standard]
    results: list[RuleResult]
    notices: list[Notice] = field(default_factory=list)
    records: list[Records] = field(default_factory=list)
    stray: list[Records] = field(default_factory=list)
    governed: dict[str, list[Records]] = field(default_factory=dict)


def judge_all(
    tables: Iterable[Table],
    standards: Sequence[Standard],
    dictionary: Dictionary,
    as_of: date,
    *,
    chosen: bool,
    region: Locality | None = None,
    known: Sequence[Jurisdiction] = (),
    wanted: Callable[[Rule], bool] = lambda rule: True,
    on_standard: Callable[[StandardRun], None] | None = None,
) -> Findings:
    """Judge every record by the standards that govern it.

    Args:
        standards: the candidates; with ``chosen`` the user named them, otherwise those apply whose jurisdiction
            covers some record and that are in force.
        region: where records belong that do not say so themselves.
        known: jurisdictions by which place names are recognised, besides those of ``standards``.
        wanted: which rules to report.
        on_standard: is handed each standard with its records and rules, for a verdict to be traced afterwards.

    Raises:
        UsageError: ``region-needed`` where nothing tells which standard applies, ``region-not-covered`` where none
            applies in ``region``.
    """
    by_entity = combine(tables, dictionary)
    jurisdictions = list({j.code: j for j in (*known, *(s.jurisdiction for s in standards))}.values())
    placed: dict[str, dict[str, Placement]] = {}
    for entity, table in by_entity.items():
        places = Places(table, jurisdictions, region)
        fill_regions(table, jurisdictions, places)
        placed[entity] = {s.id: places.placement(s.jurisdiction) for s in standards}
    taking_part, notices, stray = _taking_part(standards, placed, as_of, by_entity, region, chosen=chosen)
    for repeated in (across_files, across_sheets, several_periods):
        notices += repeated(by_entity.values())
    results: list[RuleResult] = []
    governed: dict[str, list[Records]] = {}
    for standard in taking_part:
        candidates = taking_part if chosen else [s for s in standards if s.in_force(as_of)]
        heirs = [s for s in candidates if standard.id in s.lineage]
        by_kind = {
            entity: mine
            for entity, table in by_entity.items()
            if (mine := _governed(standard, heirs, table, placed[entity], dictionary, as_of, chosen=chosen))
        }
        kinds = {r.applies_to for r in standard.rules}
        governed[standard.id] = [d.records for entity, d in by_kind.items() if entity in kinds]
        if by_kind or not by_entity:
            run = StandardRun(standard, by_kind, dictionary, as_of)
            if on_standard is not None:
                on_standard(run)
            found = run.results(wanted)
            notices += _from_a_part(standard, found, by_kind)
            results += found
    heard = {r.rule.standard for r in results}
    records = [Records(table) for table in by_entity.values()]
    return Findings([s for s in taking_part if s.id in heard], results, notices, records, stray, governed)


def _touch(one: Jurisdiction, other: Jurisdiction) -> bool:
    """One lies in the other."""
    return one.prefix.startswith(other.prefix) or other.prefix.startswith(one.prefix)


def _taking_part(
    standards: Sequence[Standard],
    placed: dict[str, dict[str, Placement]],
    as_of: date,
    by_entity: dict[str, Table],
    region: Locality | None,
    *,
    chosen: bool,
) -> tuple[list[Standard], list[Notice], list[Records]]:
    """The standards that judge, what is to be said about it, and the records that none of them covers."""
    if chosen:
        return list(standards), [], []
    covering = [s for s in standards if any(_covered(s, entity, p).any() for entity, p in placed.items())]
    notices = [
        Notice("standard-not-in-force", Address(s.file), values={"standard": s.id, "as_of": as_of.isoformat()})
        for s in covering
        if not s.in_force(as_of)
    ]
    in_force = [s for s in covering if s.in_force(as_of)]
    if not in_force and by_entity:
        choices = [s for s in standards if not all(_idle(s, entity) for entity in by_entity)]
        known = "; ".join(f"{s.id} ({s.jurisdiction.name})" for s in choices)
        if covering:
            raise UsageError("none-in-force", as_of=as_of.isoformat(), known="; ".join(s.id for s in covering))
        if region is not None and not any(_touch(s.jurisdiction, region.place) for s in choices):
            name = region.county or region.city or region.place.name
            raise UsageError("region-not-covered", region=name, known=known)
        raise UsageError("region-needed", known=known)
    strays = []
    for entity, table in by_entity.items():
        stray = ~np.any([_covered(s, entity, placed[entity]) for s in in_force], axis=0)
        if stray.any():
            strays.append(Records(table, np.nonzero(stray)[0].astype(np.int32)))
    return in_force, notices + stray_notices(strays), strays


def _covered(standard: Standard, entity: str, placed: dict[str, Placement]) -> Bools:
    """Records of one kind that lie in the jurisdiction and that the standard has a say about."""
    inside = placed[standard.id].inside
    return np.zeros_like(inside) if _idle(standard, entity) else inside


def _from_a_part(standard: Standard, results: list[RuleResult], governed: dict[str, GovernedRecords]) -> list[Notice]:
    """A word where a jurisdiction is judged as a whole by the records of some of its regions only."""
    place = standard.jurisdiction
    below = {"province": "city", "city": "county"}.get(place.level, "")
    kinds = {r.rule.applies_to for r in results if place.level in r.rule.by and len(r)}
    notices: dict[tuple[str, ...], Notice] = {}
    for kind in sorted(kinds & set(governed)):
        table = governed[kind].table
        regions = table.regions.get(below)
        absent = tuple(d for d in place.divisions if regions is None or d not in regions.names)
        if 0 < len(absent) < len(place.divisions):
            known = {"place": place.name, "count": len(place.divisions) - len(absent), "total": len(place.divisions)}
            at = Address(table.sheets[0].path)
            notices.setdefault(absent, Notice("regions-missing", at, values={**known, "regions": "、".join(absent)}))
    return list(notices.values())


def _idle(standard: Standard, entity: str) -> bool:
    """Every record lies in the whole country, so a standard for it has a say about those alone that its rules judge."""
    return standard.jurisdiction.level == "country" and all(r.applies_to != entity for r in standard.rules)


def _governed(
    standard: Standard,
    heirs: list[Standard],
    table: Table,
    placed: dict[str, Placement],
    dictionary: Dictionary,
    as_of: date,
    *,
    chosen: bool,
) -> GovernedRecords | None:
    """The records of ``table`` that ``standard`` governs: inside its jurisdiction and no more local heir's.

    Where the user chose the standard, records of unknown region are taken as meant, and records outside stay in
    view as not applicable. ``heirs`` are the more local standards that extend it.
    """
    place = placed[standard.id]
    mine = np.ones(len(table), bool) if chosen else place.inside.copy()
    unclear = np.zeros(len(table), bool)
    changed: set[str] = set()
    for heir in heirs:
        theirs = placed[heir.id]
        takes = ~theirs.outside if chosen else theirs.inside
        mine &= ~takes
        maybe = ~theirs.inside & ~theirs.outside & mine
        unclear |= maybe
        if maybe.any():
            changed |= {r.id for r in heir.rules if r.layer != standard.id and r.layer not in standard.lineage}
    if chosen and heirs:
        mine &= ~place.outside
    if not mine.any():
        return None
    index = None if mine.all() else np.nonzero(mine)[0].astype(np.int32)
    pick = slice(None) if index is None else index
    outside = place.outside[pick] if chosen else np.zeros(int(mine.sum()), bool)
    own = dictionary.with_fields(standard.fields or {})
    return GovernedRecords(standard, own, Records(table, index), outside, unclear[pick], as_of, frozenset(changed))


class StandardRun:
    """One standard's rules over the records it governs, each rule judged once and those that ``meets`` names first."""

    def __init__(
        self, standard: Standard, governed: dict[str, GovernedRecords], dictionary: Dictionary, as_of: date
    ) -> None:
        self.standard = standard
        self.governed = governed
        self.dictionary = dictionary.with_fields(standard.fields or {})
        self.as_of = as_of
        self.rules = {r.id: r for r in standard.rules}
        for records in governed.values():
            records.recompute = self._below
        self.done: dict[str, RuleResult] = {}

    def results(self, wanted: Callable[[Rule], bool]) -> list[RuleResult]:
        return [self.judged(rule) for rule in self.standard.rules if wanted(rule)]

    def judged(self, rule: Rule) -> RuleResult:
        if rule.id not in self.done:
            self.done[rule.id] = self._judge(rule)
        return self.done[rule.id]

    def _judge(self, rule: Rule) -> RuleResult:
        if rule.manual is not None:
            return by_hand(rule, self.standard)
        result = self._judge_folded(self.folded(rule))
        result.rule = rule
        return result

    def folded(self, rule: Rule) -> Rule:
        """The rule as it is judged on the as-of date, its parameters worked in."""
        return folded_rule(rule, self.parameter)

    def parameter(self, name: str) -> float | None:
        found = self.standard.parameters.get(name)
        return None if found is None else found.at(self.as_of)

    def _judge_folded(self, rule: Rule) -> RuleResult:
        governed = self.governed.get(rule.applies_to)
        if governed is None:
            fields = fields_of(rule, self.dictionary)
            return unanswered(rule, fields, fields or (rule.applies_to,))
        nodes = [n for n in (rule.indicator, rule.where) if n is not None]
        if rule.threshold is not None:
            nodes += [limit.value for limit in rule.threshold.limits]
        calls = aggregates_of(rule)
        beneath = self.governed_below(rule, calls)
        if calls and beneath is None:
            return unanswered(rule, fields_of(rule, self.dictionary), (self._entity_below(rule, calls),))
        if beneath is not None:
            add_derived(beneath.table, self.dictionary, {n for call in calls for n in names_in(call)}, self.as_of)
        add_derived(governed.table, self.dictionary, {n for node in nodes for n in names_in(node)}, self.as_of)
        known = set(self.standard.parameters) | (set(beneath.table.columns) if beneath is not None else set())
        lacking = lacking_fields(rule, governed.table, known, self.as_of)
        for other in dict.fromkeys(i for node in nodes for i in rules_in(node)):
            lacking += self.judged(self.rules[other]).lacking
        if lacking:
            return unanswered(rule, fields_of(rule, self.dictionary, governed.table), tuple(dict.fromkeys(lacking)))
        return judge(rule, governed)

    def _entity_below(self, rule: Rule, calls: list[Call]) -> str:
        return entity_below(rule, calls, self.dictionary, self.rules)

    def governed_below(self, rule: Rule, calls: list[Call]) -> GovernedRecords | None:
        return self.governed.get(self._entity_below(rule, calls)) if calls else None

    def _below(self, rule: Rule) -> Callable[[Call], Value]:
        """What answers the aggregates in the rule's threshold for each of its subjects."""
        above, beneath = self.governed[rule.applies_to], self.governed_below(rule, aggregates_of(rule))
        assert beneath is not None
        return Recomputed(above, beneath, rule.applies_to, self.standard.jurisdiction).aggregate
