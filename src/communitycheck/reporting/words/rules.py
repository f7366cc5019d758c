"""What a rule checks, in words: its scope, its claim and its threshold as sentences of one language.

``综合服务设施面积 ÷ 户数 × 100 不少于 30 ㎡/百户``. Parameters appear with their value; parts that the parameters
already decide (a switch that is off) are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from communitycheck.model.aggregates import counted_entity
from communitycheck.model.expression import Node, Number, Truth, Unary
from communitycheck.model.expression.calendar_days import DATE
from communitycheck.model.expression.folding import fold
from communitycheck.model.standard import Limit, Rule, Standard
from communitycheck.printable import one_line
from communitycheck.reporting.words.expressions import Prose
from communitycheck.reporting.words.numbers import stated
from communitycheck.reporting.words.sentences import Wording


class RuleWords:
    """Puts the rules of one standard into words.

    Args:
        wording: language and field labels.
        as_of: the day that dated parameters and thresholds are taken at; by default the latest of each.
    """

    def __init__(self, wording: Wording, standard: Standard, as_of: date | None = None) -> None:
        self.wording = wording
        self.say = wording.say
        self.standard = standard
        self.day = as_of or date.max

    # what a rule says

    def check(self, rule: Rule) -> str:
        """The whole rule as one sentence."""
        if rule.manual is not None or rule.indicator is None:
            return self.say("rule-check-manual", entities=self.wording.entities(rule.applies_to))
        scope = self.scope(rule)
        values = {
            "entity": self.wording.entity(rule.applies_to),
            "entities": self.wording.entities(rule.applies_to),
            "scope": self.say("rule-check-scope", condition=scope) if scope else "",
            "claim": self.claim(rule),
        }
        if not rule.by:
            return self.say("rule-check-record", **values)
        levels = self.say("rule-or").join(self.wording.entity(level) for level in rule.by)
        return self.say("rule-check-group", levels=levels, **values)

    def scope(self, rule: Rule) -> str:
        """The rule's ``where`` in words; empty where all records are meant."""
        if rule.where is None:
            return ""
        folded = fold(rule.where, self.parameter)
        return "" if folded == Truth(True) else self.condition(folded, rule.applies_to)

    def claim(self, rule: Rule) -> str:
        """Indicator and threshold: ``综合服务设施面积 不少于 400 ㎡``."""
        assert rule.indicator is not None and rule.threshold is not None
        indicator = fold(rule.indicator, self.parameter)
        comparison = rule.threshold.comparison
        if comparison.form == "truth":
            wanted = rule.threshold.limits[0].value
            held = isinstance(wanted, Number) and bool(wanted.value)
            return self.condition(indicator if held else Unary("not", indicator), self._counted(rule))
        if comparison.form == "items":
            items = self.wording.listed(one_line(i) for i in rule.threshold.items)
            n, least = len(rule.threshold.items), rule.threshold.items_needed
            code = "rule-claim-covers-some" if least < n else "rule-claim-covers"
            value = self.value(indicator, self._counted(rule))
            return self.say(code, indicator=value, n=n, least=least, items=items)
        return self.say(
            "rule-claim", indicator=self.value(indicator, self._counted(rule)), limit=self.threshold(rule)
        )

    def severities(self, rule: Rule) -> list[str]:
        """How binding it is: one word, or one for each class of subjects."""
        if not rule.severities:
            return [self.wording.severity(rule.severity)]
        return self._by_class(rule, [(one.where, self.wording.severity(one.value)) for one in rule.severities])

    def dues(self, rule: Rule) -> list[str]:
        """By when it has to be met: one day or none, or one for each class of subjects."""
        if not rule.dues:
            return [] if rule.due is None else [rule.due.isoformat()]
        return self._by_class(rule, [(one.where, one.value.isoformat()) for one in rule.dues])

    def _by_class(self, rule: Rule, classes: Sequence[tuple[Node | None, str]]) -> list[str]:
        found: list[str] = []
        for where, value in classes:
            if where is None:
                found.append(self.say("rule-class-others" if found else "rule-class-all", value=value))
            else:
                condition = self.condition(fold(where, self.parameter), rule.applies_to)
                found.append(self.say("rule-class", value=value, condition=condition))
        return found

    def threshold(self, rule: Rule) -> str:
        """The limit in force, in words: ``不少于 400 ㎡``; of a list, how many items."""
        limits = rule.threshold
        if limits is None:
            return ""
        words = limits.comparison.words
        if limits.comparison.form == "items":
            if limits.items_needed < len(limits.items):
                return self.wording.covered(limits)
            return self.wording.fill(words, value=len(limits.items))
        limit = limits.at(self.day) or limits.limits[-1]
        if limits.comparison.form == "truth":
            held = isinstance(limit.value, Number) and bool(limit.value.value)
            return self.wording.fill(words, value=self.wording.truth(held))
        return self.limit(rule, limit)

    def limit(self, rule: Rule, limit: Limit) -> str:
        """One dated limit with its comparison and unit."""
        assert rule.threshold is not None
        value = self._quantity(limit.value, rule)
        if rule.threshold.upper is not None:
            value = self.wording.range(value, self._quantity(rule.threshold.upper, rule))
        comparison = rule.threshold.comparison
        of_dates = comparison.of_dates if rule.unit == DATE else None
        return self.wording.fill(of_dates or comparison.claim or comparison.words, value=value)

    def _quantity(self, node: Node, rule: Rule) -> str:
        folded = fold(node, self.parameter)
        if isinstance(folded, Number):
            return stated(folded.value, rule.unit, self.wording.lang)
        return self.value(folded, self._counted(rule))

    def _counted(self, rule: Rule) -> str:
        return counted_entity(rule, self.wording.dictionary, self.standard)

    def parameter(self, name: str) -> float | None:
        found = self.standard.parameters.get(name)
        return None if found is None else found.at(self.day)

    def value(self, node: Node, entity: str = "") -> str:
        """A number, text or list in words."""
        return one_line(Prose(self.wording, self.standard, entity).write(node))

    def condition(self, node: Node, entity: str = "") -> str:
        """A truth in words, as a condition."""
        return one_line(Prose(self.wording, self.standard, entity).condition(node)[0])
