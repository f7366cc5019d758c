"""Rules so plain that what lint says of two of them hangs on nothing but how their sets of values lie to each other.

Plain is a rule whose scope asks one field at a time (``a >= 3 and b == "x"``), whose demand is one interval of the
indicator, and whose indicator reads none of the fields of the scope. ``Logic`` decides every question about two such
rules, and its answer is that of set theory: whether the scopes meet, which holds the other, and likewise the demands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from communitycheck.model.expression import Binary, Name, Node, names_in, show_evaluated
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.logic import Logic
from communitycheck.standards.lint.reasoning.sets import Domain, Reals

# So many words of a field fit into one whole number.
BITS = 62


class PlainRule(Struct, frozen=True):
    """What a plain rule asks: values of each field of its scope, those that leave anything out, and of its indicator.

    Attributes:
        likeness: equal for rules that differ in these sets alone, as far as lint is concerned.
    """

    scope: Mapping[str, Domain]
    demand: Reals
    likeness: tuple[object, ...]


def plain_rule(linted: LintedRule, logic: Logic, *, is_own: bool) -> PlainRule | None:
    """None for a rule that is not plain."""
    rule = linted.rule
    days = linted.days()
    if rule.class_conditions:
        return None
    if rule.indicator is None or rule.threshold is None or len(days) != 1:
        return None
    (day,) = days
    requirement = linted.requirement(day)
    demand = None if requirement is None else _one_set(requirement, logic)
    if demand is None or not isinstance(demand[1], Reals) or len(demand[1].intervals) != 1:
        return None
    scope = {} if rule.by else _scope(linted.scope(day), logic)
    if scope is None or not set(names_in(demand[0])).isdisjoint(scope):
        return None
    if show_evaluated(demand[0]) != logic.quantity(linted.indicator(day)):
        return None  # a limit that is a formula: the demand is on another quantity than those of other rules
    likeness = (day, rule.due, rule.severity, rule.threshold.comparison.equates, is_own)
    return PlainRule(scope, demand[1], likeness)


def _scope(where: Node | None, logic: Logic) -> dict[str, Domain] | None:
    found: dict[str, Domain] = {}
    for part in [] if where is None else list(_conjuncts(where)):
        match _one_set(part, logic):
            case Name(name) as node, domain:
                together = logic.possible(node, domain, *([found[name]] if name in found else []))
            case _:
                return None
        if together.empty:
            return None
        found[name] = together
    # A field of which every value will do is asked nothing.
    return {name: domain for name, domain in found.items() if domain != logic.possible(Name(name))}


def _conjuncts(node: Node) -> Iterator[Node]:
    match node:
        case Binary("and", left, right):
            yield from _conjuncts(left)
            yield from _conjuncts(right)
        case _:
            yield node


def _one_set(condition: Node, logic: Logic) -> tuple[Node, Domain] | None:
    """The one variable that a condition asks and the values with which it holds, some but none besides."""
    ways, others = logic.alternatives(condition, True), logic.alternatives(condition, False)
    if ways is None or others is None or len(ways) != 1:
        return None
    variables = {key: node for way in (*ways, *others) for key, node in way.nodes.items()}
    if len(variables) != 1 or not ways[0].domains:
        return None
    ((key, node),) = variables.items()
    domain = logic.possible(node, ways[0].domains[key])
    return None if domain.empty else (node, domain)


def fits(rule: PlainRule, named: dict[str, set[str]]) -> bool:
    """Whether the sets of a scope can be told as intervals or bits; ``named``: all words that rules name, by field."""
    return all(_fits(domain, len(named.get(name, ()))) for name, domain in rule.scope.items())


def _fits(domain: Domain, words: int) -> bool:
    if isinstance(domain, Reals):
        return len(domain.intervals) == 1
    return words <= BITS or (len(domain.names) == 1 and not domain.others)
