"""Thresholds in print: ``≥ 400 ㎡``."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from communitycheck.model.aggregates import counted_entity
from communitycheck.model.expression import Node, Number, Truth
from communitycheck.model.expression.folding import fold
from communitycheck.model.standard import Rule, Threshold
from communitycheck.printable import one_line
from communitycheck.reporting.words.expressions import Labelled, Prose
from communitycheck.reporting.words.names import Names
from communitycheck.reporting.words.numbers import amounts


class ThresholdNames(Names):
    """Names, and the limits of rules printed with them."""

    @cached_property
    def _thresholds(self) -> dict[Rule, str]:
        return {}

    def threshold(self, rule: Rule) -> str:
        """The rule's limit on the as-of date, as a table prints it: ``≥ 400 ㎡``. Empty where there is none."""
        if rule not in self._thresholds:
            self._thresholds[rule] = one_line(self._threshold(rule))
        return self._thresholds[rule]

    def _threshold(self, rule: Rule) -> str:
        limits = rule.threshold
        if limits is None:
            return ""
        if limits.comparison.form == "items":
            return self.covered(limits)
        limit = limits.at(self.as_of) if self.as_of else next(iter(limits.limits), None)
        if limit is None:
            return ""
        if limits.comparison.form == "truth" and isinstance(limit.value, Number):
            return self.truth(bool(limit.value.value))
        low = self._limit(limit.value, rule)
        if limits.upper is not None:
            return self.range(low, self._limit(limits.upper, rule))
        return limits.comparison.prefix + low

    def covered(self, threshold: Threshold) -> str:
        """How many items of its list a rule asks for."""
        n, least = len(threshold.items), threshold.items_needed
        if least < n:
            return self.say("threshold-covers-some", n=n, least=least)
        return self.say("threshold-covers", n=n)

    def _limit(self, node: Node, rule: Rule) -> str:
        if isinstance(node, Truth):
            return self.truth(node.value)
        value = self.constant(node, rule)
        if value is not None:
            return amounts([value], rule.unit, self.lang, value)[0]
        standard = self.standards.get(rule.standard)
        if standard is None:
            return Labelled(lambda name: self.label(name, rule.standard)).write(node)
        folded = fold(node, lambda name: self._parameter(name, rule))
        return Prose(self, standard, counted_entity(rule, self.dictionary, standard)).write(folded)

    def constant(self, node: Node, rule: Rule) -> float | None:
        """The value of an expression of numbers and parameters alone."""
        folded = fold(node, lambda name: self._parameter(name, rule))
        return folded.value if isinstance(folded, Number) else None

    def _parameter(self, name: str, rule: Rule) -> float | None:
        standard = self.standards.get(rule.standard)
        parameter = standard.parameters.get(name) if standard else None
        return parameter.at(self.as_of or date.max) if parameter else None
