"""A figure divided by its own figure of the period before, held against a small part: its growth is meant."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Call, Node, show, walk
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.bounds import constant

_LEAST = 0.5


def check_growth(linted: LintedRule, dictionary: Dictionary) -> Iterator[LintFinding]:
    rule, threshold = linted.rule, linted.rule.threshold
    if rule.indicator is None or threshold is None or threshold.comparison.direction != "up":
        return
    if (field := grown(rule.indicator)) is None:
        return
    for day in sorted(linted.days()):
        limit = linted.limit(day)
        least = None if limit is None else constant(limit, dictionary)
        if least is not None and is_growth(least):
            yield linted.finding(
                "lint-growth",
                "warning",
                threshold.comparison.key,
                indicator=show(rule.indicator),
                required=linted.required(day),
                near=as_change(field),
            )
            return


def is_growth(share: float) -> bool:
    """So small a part of last year's figure is asked of nobody; that much more is."""
    return 0 < share < _LEAST


def grown(node: Node) -> Node | None:
    """What is divided by what it was; its sums over groups alike."""
    match node:
        case Binary("/", now, before) if _before(before) and _now(before) == now:
            return now
        case _:
            return None


def as_change(now: Node) -> str:
    match now:
        case Call(name, (inner,)):
            return f"{name}(change({show(inner)})) / {name}(previous({show(inner)}))"
        case _:
            return f"change({show(now)}) / previous({show(now)})"


def _before(node: Node) -> bool:
    return any(isinstance(part, Call) and part.function == "previous" for part in walk(node))


def _now(node: Node) -> Node:
    """The same of this period."""
    match node:
        case Call("previous", (inner,)):
            return inner
        case Call(name, (inner,), column):
            return Call(name, (_now(inner),), column)
        case _:
            return node
