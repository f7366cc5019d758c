"""Rules that ask whether others hold, where the scopes of those can never all apply to one record.

A rule that does not apply leaves the question open, whatever stands beside it: ``meets("A") or meets("B")`` over one
tier each for town and country has an answer for nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import GROUP_FUNCTIONS, Call, Node, rules_in, show, walk
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule, nodes_of
from communitycheck.standards.lint.logic import Answer, Logic


def check_meets_apart(
    linted: LintedRule, here: Mapping[str, LintedRule], dictionary: Dictionary
) -> Iterator[LintFinding]:
    """The first two rules, of those that one question names, whose scopes exclude each other."""
    logic = Logic(dictionary)
    for key, node in nodes_of(linted.rule):
        for part in _questions(node):
            named = [here[rule] for rule in rules_in(part) if rule in here]
            # Who is out of the asking rule's own scope is not asked at all.
            asking = [] if key == "where" else [linted]
            for one, two in combinations([*asking, *named], 2):
                if _apart(one, two, logic):
                    values = {"one": one.rule.id, "two": two.rule.id, "part": show(part)}
                    yield linted.finding("lint-meets-apart", "warning", key, **values)
                    return


def _questions(node: Node) -> list[Node]:
    """What is asked of one record at a time: the argument of each aggregate, or the whole."""
    inside = [a for n in walk(node) if isinstance(n, Call) and n.function in GROUP_FUNCTIONS for a in n.arguments]
    return inside or [node]


def _apart(one: LintedRule, two: LintedRule, logic: Logic) -> bool:
    days = sorted(one.days() | two.days())
    return all(logic.can_hold(one.scope(day), two.scope(day)) is Answer.NO for day in days)
