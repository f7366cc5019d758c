"""Rules that can never fail, as another rule's ``plausible`` range takes whatever breaks them for impossible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Call, Node, Unary, children, names_in, with_children
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.logic import Answer, Logic


def check_muted(linted: LintedRule, here: Mapping[str, LintedRule], dictionary: Dictionary) -> Iterator[LintFinding]:
    """The first other rule whose range leaves no room for a fail of this one.

    Its figures are used by nobody then: the rule that asks for the very relation answers ``no_data``.
    """
    rule = linted.rule
    if rule.threshold is None or rule.by:
        return
    asked, logic = set(linted.names()), Logic(dictionary)
    for other in here.values():
        own = other.rule
        if other is linted or own.plausible is None or own.applies_to != rule.applies_to or len(asked) < 2:
            continue
        if own.indicator is None or not asked <= set(names_in(own.indicator)):
            continue
        days = sorted(linted.days() | other.days())
        if all(_mutes(other, linted, day, logic) for day in days):
            key = rule.threshold.comparison.key
            yield linted.finding("lint-muted", "warning", key, other=own.id)
            return


def _mutes(other: LintedRule, linted: LintedRule, day: date, logic: Logic) -> bool:
    """Whether a fail is possible by itself, and not within the other's range."""
    room, asked = _in_each(other, day), linted.requirement(day)
    if room is None or asked is None:
        return False
    scope, fails = linted.scope(day), Unary("not", asked)
    if logic.can_hold(scope, fails) is Answer.NO or logic.can_hold(scope, room, fails) is not Answer.NO:
        return False
    around = other.scope(day)
    return around is None or logic.can_hold(scope, Unary("not", around)) is Answer.NO


def _in_each(other: LintedRule, day: date) -> Node | None:
    """The range as it holds in each record: of a region, that of a quotient of two sums alone."""
    room = other.plausible(day)
    if room is None or not other.rule.by:
        return room
    match other.rule.indicator:
        case Binary("/", Call("sum", _), Call("sum", _)):
            return _without_sums(room)
        case _:
            return None


def _without_sums(node: Node) -> Node:
    if isinstance(node, Call) and node.function == "sum":
        return node.arguments[0]
    return with_children(node, (_without_sums(part) for part in children(node)))
