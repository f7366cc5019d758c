"""What stands twice in a rule where it counts once, and what is held against itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from communitycheck.model.expression import MIRRORED, Binary, Call, ListOf, Node, String, names_in, show, walk
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule, nodes_of
from communitycheck.standards.lint.reasoning.logic import Logic

_EACH_ONCE = ("min", "max", "coalesce", "count_of", "meets")


def check_twice(linted: LintedRule) -> Iterator[LintFinding]:
    """Items of a list that stand in it twice, each place once."""
    body = linted.raw.body
    listed: list[tuple[str, Sequence[str]]] = [
        (key, items) for key in ("covers", "by", "entries") if isinstance(items := getattr(body, key, None), list)
    ]
    for key, node in nodes_of(linted.rule):
        for part in walk(node):
            if isinstance(part, ListOf) or (isinstance(part, Call) and part.function in _EACH_ONCE):
                items = part.items if isinstance(part, ListOf) else part.arguments
                listed.append((key, [item.value if isinstance(item, String) else show(item) for item in items]))
    for key, words in listed:
        again = [word for word, times in Counter(words).items() if times > 1]
        if again:
            yield linted.finding("lint-listed-twice", "warning", key, items=", ".join(again))


def against_itself(linted: LintedRule, logic: Logic) -> LintFinding | None:
    """The first quantity that is compared with itself, or that comes to one number whatever a return says."""
    rule = linted.rule
    for key, node in nodes_of(rule):
        for part in walk(node):
            if isinstance(part, Binary) and part.op in MIRRORED and _is_one(part.left, part.right, logic):
                return linted.finding("lint-against-itself", "error", key, part=show(part))
    held = rule.threshold
    if rule.indicator is None or held is None or held.comparison.kind != "number":
        return None
    if names_in(rule.indicator) and not logic.forms.of(rule.indicator).terms:
        return linted.finding("lint-one-number", "error", "indicator", part=show(rule.indicator))
    for limit in held.limits:
        if _is_one(rule.indicator, limit.value, logic):
            whole = f"{show(rule.indicator)} {held.comparison.key}: {show(limit.value)}"
            return linted.finding("lint-against-itself", "error", held.comparison.key, part=whole)
    return None


def _is_one(left: Node, right: Node, logic: Logic) -> bool:
    """Both sides are the same but for a number added."""
    if not names_in(left) or not names_in(right):
        return False
    return left == right or (logic.is_number(left) and not logic.forms.of(left).plus(logic.forms.of(right), -1).terms)
