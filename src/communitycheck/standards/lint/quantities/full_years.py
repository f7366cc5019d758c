"""Months and years held against a number as if only full ones counted: an age of 17 ends with the 18th birthday."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.messages.rule_words import OF_AGE
from communitycheck.model.expression import MIRRORED, Binary, Call, Node, show, walk
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule, nodes_of

_SPANS = ("months_between", "years_between")
# Limits that a year which is begun goes beyond, and one that is full does not.
_ENDS = {"at_most": "<=", "more_than": ">", "between": "<="}


def check_full_years(linted: LintedRule) -> Iterator[LintFinding]:
    """The first span that is asked to be a whole number, or of which the rule file speaks as of an age."""
    for key, span in _suspects(linted):
        yield linted.finding("lint-full-years", "warning", key, span=show(span), near=f"floor({show(span)})")
        return


def _suspects(linted: LintedRule) -> Iterator[tuple[str, Call]]:
    rule, threshold, body = linted.rule, linted.rule.threshold, linted.raw.body
    if threshold is not None and isinstance(rule.indicator, Call) and rule.indicator.function in _SPANS:
        key = threshold.comparison.key
        spoken = key in _ENDS and OF_AGE in str(body.compared.get(key))
        if spoken or (key == "equals" and rule.tolerance is None):
            yield key, rule.indicator
    for key, node in nodes_of(rule):
        of_age = OF_AGE in str(getattr(body, key, None) or body.compared.get(key, ""))
        for part in walk(node):
            yield from ((key, span) for span in _held(part, of_age=of_age))


def _held(part: Node, *, of_age: bool) -> Iterator[Call]:
    if isinstance(part, Binary):
        for sign, side in ((part.op, part.left), (MIRRORED.get(part.op, part.op), part.right)):
            whole = sign in ("==", "!=", "in", "not in") or (of_age and sign in _ENDS.values())
            if whole and isinstance(side, Call) and side.function in _SPANS:
                yield side
