"""A rule with all that lint needs to reason about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from msgspec.structs import replace

from communitycheck.model.dictionary import Field
from communitycheck.model.expression import Binary, Name, Node, Number, children, names_in, show, with_children
from communitycheck.model.standard import Parameter, RelativeTolerance, Rule
from communitycheck.model.text import Text
from communitycheck.standards.language.spellings import in_print
from communitycheck.standards.lint.finding import Level, LintFinding
from communitycheck.standards.lint.reasoning.bounds import with_values
from communitycheck.standards.raw_rule import RawRule


@dataclass(frozen=True, slots=True)
class LintedRule:
    """A rule as one standard has it: with the place of its keys and the parameters in force there."""

    rule: Rule
    raw: RawRule
    parameters: Mapping[str, Parameter]
    # What was asked of the rule before; among thousands it is asked of each for each other.
    _scopes: dict[date, Node | None] = field(default_factory=dict, repr=False, compare=False)
    _requirements: dict[date, Node | None] = field(default_factory=dict, repr=False, compare=False)
    _days: set[date] = field(default_factory=set, repr=False, compare=False)

    def finding(self, code: str, level: Level, key: str | None = None, **values: object) -> LintFinding:
        """A finding at ``key`` of this rule."""
        raw = self.raw
        return LintFinding(raw.file.name, raw.line(key), raw.key(key), code, level, {"rule": raw.id, **values})

    def place(self) -> str:
        return f"{PurePath(self.raw.file.name).name}:{self.raw.line()}"

    def days(self) -> set[date]:
        """The days on which its threshold or one of its parameters changes."""
        if not self._days:
            self._days.update(self._found_days())
        return self._days

    def _found_days(self) -> set[date]:
        threshold = self.rule.threshold
        starts = {limit.start for limit in threshold.limits} if threshold is not None else set()
        for name in self.names():
            if name in self.parameters:
                starts |= {start for start, _ in self.parameters[name].values}
        return {start or date.min for start in starts}

    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(n for _, node in nodes_of(self.rule) for n in names_in(node)))

    def values(self, day: date) -> dict[str, float]:
        """The parameters' values on ``day``; before the first, the first."""
        held = {name: p.at(day) for name, p in self.parameters.items()}
        return {name: self.parameters[name].values[0][1] if v is None else v for name, v in held.items()}

    def scope(self, day: date) -> Node | None:
        if day not in self._scopes:
            where = self.rule.where
            self._scopes[day] = None if where is None else with_values(where, self.values(day))
        return self._scopes[day]

    def unfolded(self, fields: Mapping[str, Field]) -> LintedRule:
        """The rule over the fields that its derived ones are worked out from."""
        rule = self.rule
        if not any(name in fields and fields[name].derived is not None for name in self.names()):
            return self
        where, indicator = (None if n is None else _unfolded(n, fields) for n in (rule.where, rule.indicator))
        held = rule.threshold
        if held is not None:
            limits = tuple(replace(one, value=_unfolded(one.value, fields)) for one in held.limits)
            upper = None if held.upper is None else _unfolded(held.upper, fields)
            held = replace(held, limits=limits, upper=upper)
        return LintedRule(replace(rule, where=where, indicator=indicator, threshold=held), self.raw, self.parameters)

    def indicator(self, day: date) -> Node:
        assert self.rule.indicator is not None
        return with_values(self.rule.indicator, self.values(day))

    def limit(self, day: date) -> Node | None:
        """The limit, or the lower of two; None before the first."""
        held = None if self.rule.threshold is None else self.rule.threshold.at(day)
        return None if held is None else with_values(held.value, self.values(day))

    def plausible(self, day: date) -> Node | None:
        """The rule's own range of the indicator as a condition."""
        low, high = self.rule.plausible or (None, None)
        ends = [
            Binary(op, self.indicator(day), Number(end)) for op, end in ((">=", low), ("<=", high)) if end is not None
        ]
        return None if not ends else ends[0] if len(ends) == 1 else Binary("and", *ends)

    def requirement(self, day: date) -> Node | None:
        """What the rule asks on ``day``, as one condition; None before its first threshold."""
        if day not in self._requirements:
            self._requirements[day] = self._requirement(day)
        return self._requirements[day]

    def _requirement(self, day: date) -> Node | None:
        threshold, held = self.rule.threshold, self.limit(day)
        if threshold is None or held is None:
            return None
        node = self.indicator(day)
        limits = (held,) if threshold.upper is None else (held, with_values(threshold.upper, self.values(day)))
        tolerance = self.rule.tolerance
        if isinstance(tolerance, RelativeTolerance):
            stated = limits[0]
            tolerance = abs(stated.value) * tolerance.share if isinstance(stated, Number) else "printed"
        return threshold.comparison.condition(node, limits, threshold.items, tolerance)

    def in_unit(self, value: float) -> Text:
        """A figure in the unit of the rule, as reports have it."""
        if self.rule.dimension == "ratio":
            return Text(*[show(Number(value, "ratio"))] * 2)
        return in_print(value, self.rule.unit)

    def required(self, day: date) -> str:
        """The threshold in force on ``day`` as it is written in a rule file."""
        threshold = self.rule.threshold
        assert threshold is not None
        key, form = threshold.comparison.key, threshold.comparison.form
        if form == "items":
            some = f", at_least: {threshold.items_needed}" if threshold.items_needed < len(threshold.items) else ""
            return f"{key}: [{', '.join(threshold.items)}]{some}"
        limit = threshold.at(day) or threshold.limits[0]
        values = self.values(day)
        if form == "truth":
            return f"{key}: {'true' if limit.value == Number(1.0) else 'false'}"
        written = [_quantity(with_values(limit.value, values), self.rule)]
        if threshold.upper is not None:
            written.append(_quantity(with_values(threshold.upper, values), self.rule))
        return f"{key}: " + (f"[{', '.join(written)}]" if len(written) > 1 else written[0])


def _quantity(node: Node, rule: Rule) -> str:
    if not isinstance(node, Number):
        return show(node)
    percent = rule.dimension == "ratio"
    return show(Number(node.value, rule.dimension)) + (f" {rule.unit}" if rule.unit and not percent else "")


def _unfolded(node: Node, fields: Mapping[str, Field], within: tuple[str, ...] = ()) -> Node:
    """The expression without derived fields; where two are worked out from each other, the second stays."""
    if isinstance(node, Name) and node.name in fields and node.name not in within:
        derived = fields[node.name].derived
        return node if derived is None else _unfolded(derived, fields, (*within, node.name))
    return with_children(node, (_unfolded(part, fields, within) for part in children(node)))


def nodes_of(rule: Rule) -> list[tuple[str, Node]]:
    """The expressions of a rule with their keys."""
    found = [(key, node) for key, node in (("where", rule.where), ("indicator", rule.indicator)) if node is not None]
    if rule.threshold is not None:
        found += [(rule.threshold.comparison.key, limit.value) for limit in rule.threshold.limits]
        found += [(rule.threshold.comparison.key, rule.threshold.upper)] if rule.threshold.upper is not None else []
    return found
