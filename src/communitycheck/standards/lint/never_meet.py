"""Rules that ask whether others hold, where the scopes of those can never all apply to one record.

``meets("A", "B")`` asks for those that apply. But ``meets("A") and meets("B")`` over one tier each for town and country
holds for nobody, nor does a rule for villages find anyone who meets a rule for towns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import GROUP_FUNCTIONS, Binary, Call, Node, String, rules_in, show, walk
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule, nodes_of
from communitycheck.standards.lint.reasoning.logic import Answer, Logic


def check_meets_apart(
    linted: LintedRule, here: Mapping[str, LintedRule], dictionary: Dictionary
) -> Iterator[LintFinding]:
    """The first two rules, of those that one question names, whose scopes exclude each other."""
    logic = Logic(dictionary)
    for key, node in nodes_of(linted.rule):
        for part in _questions(node):
            named = [here[rule] for rule in rules_in(part) if rule in here]
            # Who is out of the asking rule's own scope is not asked at all.
            pairs = [] if key == "where" else [(linted, other) for other in named]
            pairs += [(here[a], here[b]) for a, b in _both_asked(part) if a in here and b in here]
            for one, two in pairs:
                if _apart(one, two, logic):
                    values = {"one": one.rule.id, "two": two.rule.id, "part": show(part)}
                    yield linted.finding("lint-meets-apart", "warning", key, **values)
                    return


def _questions(node: Node) -> list[Node]:
    """What is asked of one record at a time: the argument of each aggregate, or the whole."""
    inside = [a for n in walk(node) if isinstance(n, Call) and n.function in GROUP_FUNCTIONS for a in n.arguments]
    return inside or [node]


def _both_asked(node: Node) -> Iterator[tuple[str, str]]:
    """Pairs of rules of which an ``and`` asks both."""
    for part in walk(node):
        if isinstance(part, Binary) and part.op == "and":
            yield from product(_required(part.left), _required(part.right))


def _required(node: Node) -> list[str]:
    """The rules that have to be met, each by itself, for the condition to hold."""
    match node:
        case Binary("and", left, right):
            return _required(left) + _required(right)
        case Call("meets", (String(rule),)):
            return [rule]
        case _:
            return []


def _apart(one: LintedRule, two: LintedRule, logic: Logic) -> bool:
    days = sorted(one.days() | two.days())
    return all(logic.can_hold(one.scope(day), two.scope(day)) is Answer.NO for day in days)
