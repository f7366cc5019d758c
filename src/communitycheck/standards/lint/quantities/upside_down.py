"""All residents divided by some persons, held against less than the whole: the share is upside down."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Call, Name, Node, show
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.bounds import constant


def check_upside_down(linted: LintedRule, dictionary: Dictionary) -> Iterator[LintFinding]:
    """``population / registered_volunteers`` is hardly ever under 100%."""
    rule, threshold = linted.rule, linted.rule.threshold
    if threshold is None or not isinstance(rule.indicator, Binary) or rule.indicator.op != "/":
        return
    whole, part = rule.indicator.left, rule.indicator.right
    if not (_is_all(whole, dictionary) is True and _is_all(part, dictionary) is False):
        return
    for day in sorted(linted.days()):
        limit = linted.limit(day)
        value = None if limit is None else constant(limit, dictionary)
        if value is not None and 0 < value < 1:
            values = {"indicator": show(rule.indicator), "near": show(Binary("/", part, whole))}
            key = threshold.comparison.key
            yield linted.finding("lint-upside-down", "warning", key, required=linted.required(day), **values)
            return


def _is_all(node: Node, dictionary: Dictionary) -> bool | None:
    """Whether it counts all residents, or other persons; None where it counts none."""
    match node:
        case Call("sum", (Name(name),)) | Name(name) if name in dictionary.fields:
            field = dictionary.fields[name]
            return field.residents == "all" if field.dimension == "persons" else None
        case _:
            return None
