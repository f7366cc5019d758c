"""So much to each that no ordinary subject could have it: 30 m2 to a household, where 100 households are meant."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Name, Node, show, walk
from communitycheck.standards.language.spellings import in_print
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.bounds import bounds, constant, with_values

# A subject of this part of the largest size that its kind can have is an ordinary one.
_ORDINARY = 1 / 50


def check_per_one(linted: LintedRule, dictionary: Dictionary) -> Iterator[LintFinding]:
    """The indicator at an ordinary size of what it is divided by, as far as the range of the rest lets it rise."""
    rule, threshold = linted.rule, linted.rule.threshold
    if rule.by or rule.indicator is None or threshold is None or threshold.comparison.direction != "up":
        return
    for name in _divisors(rule.indicator):
        field = dictionary.fields.get(name)
        most = None if field is None else field.most.get(rule.applies_to)
        if field is None or most is None:
            continue
        size = most * _ORDINARY
        for day in sorted(linted.days()):
            limit = linted.limit(day)
            needed = None if limit is None else constant(limit, dictionary)
            highest = bounds(with_values(linted.indicator(day), {name: size}), dictionary)[1]
            if needed is not None and needed > highest:
                yield linted.finding(
                    "lint-per-one",
                    "warning",
                    threshold.comparison.key,
                    required=linted.required(day),
                    indicator=show(rule.indicator),
                    size=in_print(size, field.unit),
                    highest=linted.in_unit(float(f"{highest:.3g}")),
                )
                return


def _divisors(node: Node) -> Iterator[str]:
    for part in walk(node):
        match part:
            case Binary("/", _, Name(name)):
                yield name
            case _:
                pass
