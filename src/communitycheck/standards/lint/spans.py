"""Spans from one date to another with an upper end alone: "within 30 days of approval" is not met before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import MIRRORED, Binary, Call, Name, Node, Number, Unary, show, walk
from communitycheck.model.expression.functions import AS_OF
from communitycheck.patterns import pattern
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.bounds import bounds, with_values
from communitycheck.standards.lint.reasoning.logic import Answer, Logic

_SPANS = ("days_between", "months_between", "years_between")
# What these make of a span has its sign.
_KEEP_SIGN = ("ceil", "floor", "round", "min", "max", "highest", "mean", "median", "percentile")
_UPPER = ("at_most", "less_than")
_PLAIN = pattern(r"[0-9.]+(?=[^0-9.]*$)")  # a number and perhaps its unit


class _OneSided(NamedTuple):
    """A span that has an upper end and no lower one: the key where it stands, and how to mend it.

    Attributes:
        near: what to write in its place.
        beside: that ``near`` goes into a rule of its own.
    """

    key: str
    span: Call
    near: str
    beside: bool = False


def check_spans(linted: LintedRule, here: Mapping[str, LintedRule], dictionary: Dictionary) -> Iterator[LintFinding]:
    """The first span between two fields that is met as well where the second date comes before the first.

    Args:
        here: all rules of the standard, of which another may ask for the order of the dates.
    """
    found = (s for s in _one_sided(linted, dictionary) if not _ordered(s.span, linted, here, dictionary))
    one = next(found, None)
    if one is None:
        return
    start, end = map(show, one.span.arguments)
    values = {"span": show(one.span), "start": start, "end": end, "near": one.near}
    yield linted.finding("lint-span-beside" if one.beside else "lint-span-one-sided", "warning", one.key, **values)


def _one_sided(linted: LintedRule, dictionary: Dictionary) -> Iterator[_OneSided]:
    rule, threshold = linted.rule, linted.rule.threshold
    if rule.indicator is None or threshold is None:
        return
    key = threshold.comparison.key
    if key in _UPPER:
        span = _span_of(rule.indicator, dictionary)
        limits = [limit.value for limit in threshold.limits]
        if span is not None and any(_above_zero(limit, linted, dictionary) for limit in limits):
            yield _mended(linted, key, span)
    for part in walk(rule.indicator):
        if isinstance(part, Binary) and part.op in ("<", "<=", ">", ">="):
            upper = part if part.op[0] == "<" else Binary(MIRRORED[part.op], part.right, part.left)
            span = _span_of(upper.left, dictionary)
            if span is not None and _above_zero(upper.right, linted, dictionary):
                yield _OneSided("indicator", span, show(Binary("and", _in_order(span), part)))


def _mended(linted: LintedRule, key: str, span: Call) -> _OneSided:
    """The limit ``key`` with the order of the dates asked for: in it, or in a rule of its own."""
    rule, written = linted.rule, linted.raw.body.compared.get("at_most")
    plain = None if isinstance(written, list) else _PLAIN.match(str(written))
    if rule.indicator == span and plain is not None:
        return _OneSided(key, span, f"between: [0{plain.string[plain.end():]}, {written}]")
    return _OneSided(key, span, f"indicator: {show(_in_order(span))}, is: true", beside=True)


def _span_of(node: Node, dictionary: Dictionary) -> Call | None:
    """The span between two different fields that a number is, or is a share or an extreme of; the day of judging is an
    end as good as a field: a date still to come is not within the year."""
    match node:
        case Call(function, (start, end)) if function in _SPANS and start != end:
            both = all(_is_day_of_records(one, dictionary) or _is_as_of(one) for one in (start, end))
            return node if both else None
        case Call(function, arguments) if function in _KEEP_SIGN:
            return next((s for part in arguments if (s := _span_of(part, dictionary)) is not None), None)
        case Binary("*" | "/", left, Number(value)) if value > 0:
            return _span_of(left, dictionary)
        case _:
            return None


def _is_day_of_records(node: Node, dictionary: Dictionary) -> bool:
    return isinstance(node, Name) and node.name in dictionary.fields


def _is_as_of(node: Node) -> bool:
    return isinstance(node, Call) and node.function == AS_OF


def _above_zero(limit: Node, linted: LintedRule, dictionary: Dictionary) -> bool:
    """A limit of 0 or of less asks for the other order."""
    return any(bounds(with_values(limit, linted.values(day)), dictionary)[1] > 0 for day in linted.days())


def _in_order(span: Call) -> Node:
    start, end = span.arguments
    return Binary("<=", start, end)


def _ordered(span: Call, linted: LintedRule, here: Mapping[str, LintedRule], dictionary: Dictionary) -> bool:
    """Whether the rule itself, or another that asks all whom it asks, leaves no room for the other order."""
    logic = Logic(dictionary)
    start, end = span.arguments
    backwards = Binary("and", Binary("<", end, start), Binary("<", span, Number(0.0)))

    def holds(day: date) -> bool:
        own = linted.requirement(day), linted.scope(day)
        if logic.can_hold(*own, backwards) is Answer.NO:
            return True
        for other in here.values():
            asked = other.requirement(day)
            if other is linted or asked is None or other.rule.applies_to != linted.rule.applies_to or other.rule.by:
                continue
            scope = other.scope(day)
            covers = scope is None or logic.can_hold(linted.scope(day), Unary("not", scope)) is Answer.NO
            if covers and logic.can_hold(linted.scope(day), asked, backwards) is Answer.NO:
                return True
        return False

    return all(holds(day) for day in linted.days())
