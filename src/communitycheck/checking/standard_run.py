"""One standard judged: its rules over the records that it governs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import numpy as np

from communitycheck.checking.classes import by_class
from communitycheck.checking.combine import add_derived
from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.fields import above_of, fields_of, lacking_fields, listings_of
from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.groups.recomputed import Recomputed
from communitycheck.checking.groups.so_far import GroupsSoFar
from communitycheck.checking.judge import judge
from communitycheck.checking.results import by_hand, unanswered
from communitycheck.model.aggregates import aggregates_of, entity_below
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Call, names_in, rules_in
from communitycheck.model.expression.values import Value
from communitycheck.model.places.regions import levels_above
from communitycheck.model.result import Reason, Records, RuleResult
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.table import among


class StandardRun:
    """Judges each rule once, and those that ``meets`` names before the rules that name them.

    Args:
        governed: kind of record -> those that the standard governs.
        dictionary: with the standard's own fields.
        so_far: where the records come some at a time: what the groups of those before came to.
    """

    def __init__(
        self,
        standard: Standard,
        governed: dict[str, GovernedRecords],
        dictionary: Dictionary,
        as_of: date,
        so_far: GroupsSoFar | None = None,
    ) -> None:
        self.standard = standard
        self.governed = governed
        self.dictionary = dictionary
        self.as_of = as_of
        self.so_far = so_far
        self.rules = {r.id: r for r in standard.rules}
        for records in governed.values():
            records.recompute = self._recompute
            records.elsewhere = self._context_of
        self._done: dict[str, RuleResult] = {}

    def _context_of(self, entity: str) -> RecordContext | None:
        mine = self.governed.get(entity)
        return None if mine is None else mine.context()

    def judged_records(self) -> list[Records]:
        """The records that the standard governs, of the kinds that its rules judge."""
        kinds = {rule.applies_to for rule in self.standard.judged}
        return [mine.records for entity, mine in self.governed.items() if entity in kinds]

    def results(self, wanted: Callable[[Rule], bool]) -> list[RuleResult]:
        """One for each rule, or for each class of its subjects that has a severity or deadline of its own."""
        return [part for rule in self.standard.rules if wanted(rule) for part in self._parts(rule)]

    def _parts(self, rule: Rule) -> list[RuleResult]:
        result, governed = self.judged(rule), self.governed.get(rule.applies_to)
        return by_class(result, None if governed is None else governed.classes.get(rule.id))

    def take(self, results: Iterable[RuleResult]) -> None:
        """Take these for the answers of their rules: somebody has judged them elsewhere, over all records."""
        self._done |= {result.rule.id: result for result in results}

    def judged(self, rule: Rule) -> RuleResult:
        if rule.id not in self._done:
            self._done[rule.id] = self._judge(rule)
        return self._done[rule.id]

    def _judge(self, rule: Rule) -> RuleResult:
        if rule.manual is not None:
            return by_hand(rule, self.standard)
        result = self._judge_folded(self.folded(rule))
        result.rule = rule
        return result

    def folded(self, rule: Rule) -> Rule:
        """The rule as it is judged on the as-of date, its parameters folded into numbers."""
        return rule.folded(self.parameter)

    def parameter(self, name: str) -> float | None:
        found = self.standard.parameters.get(name)
        return None if found is None else found.at(self.as_of)

    def _judge_folded(self, rule: Rule) -> RuleResult:
        """Unanswered where columns are missing: the rule's own, those of the records below, or of a rule it names."""
        governed = self.governed.get(rule.applies_to)
        if governed is None:
            fields = fields_of(rule, self.dictionary)
            return unanswered(rule, fields, fields or (rule.applies_to,))
        nodes = [n for n in (rule.indicator, rule.where, *rule.class_conditions) if n is not None]
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
        for name in above_of(rule):
            for larger in levels_above(rule.applies_to):
                if (regions := self.governed.get(larger)) is not None:
                    add_derived(regions.table, self.dictionary, [name], self.as_of)
            lacking += () if governed.context().region_above(name) else (name,)
        for entity, field in listings_of(rule, self.dictionary):
            others = self.governed.get(entity)
            lacking += (entity,) if others is None else () if field in others.table.columns else (field,)
        if lacking:
            return unanswered(rule, fields_of(rule, self.dictionary, governed.table), tuple(dict.fromkeys(lacking)))
        result = judge(rule, governed, self.so_far)
        open_ = among(result.reason, Reason.MISSING, Reason.UNDECIDED) if governed.recompute is not None else None
        if open_ is not None and open_.any() and (calls := aggregates_of(rule)) and not rule.by:
            places = np.flatnonzero(open_).astype(np.int32)
            result.untold = {**self._recomputed(rule).open_cells(calls, places), **result.untold}
        return result

    def _entity_below(self, rule: Rule, calls: list[Call]) -> str:
        return entity_below(rule, calls, self.dictionary, self.rules)

    def governed_below(self, rule: Rule, calls: list[Call]) -> GovernedRecords | None:
        return self.governed.get(self._entity_below(rule, calls)) if calls else None

    def _recompute(self, rule: Rule) -> Callable[[Call], Value]:
        """What answers the aggregates in the rule's threshold for each of its subjects."""
        return self._recomputed(rule).aggregate

    def _recomputed(self, rule: Rule) -> Recomputed:
        above, beneath = self.governed[rule.applies_to], self.governed_below(rule, aggregates_of(rule))
        assert beneath is not None
        return Recomputed(above, beneath, rule.applies_to, self.standard.jurisdiction)
