"""Aggregates in a rule that judges single regions: over records that never have the figure, or whose regions no sheet
may list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communitycheck.model.aggregates import aggregates_of, entity_below
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.expression import Call, names_in, outside_aggregates, show
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule, nodes_of


def check_sums(linted: LintedRule, here: Mapping[str, LintedRule], dictionary: Dictionary) -> Iterator[LintFinding]:
    """The first aggregate without ``by`` that gives no answer, or one for fewer regions than there are.

    Args:
        here: all rules of the standard, which tell over what records aggregates run.
    """
    rule = linted.rule
    calls = aggregates_of(rule)
    if not calls or rule.applies_to not in REGION_LEVELS:
        return
    below = entity_below(rule, calls, dictionary, {key: other.rule for key, other in here.items()})
    values: dict[str, object] = {"entity": rule.applies_to, "below": below}
    for call in calls:
        for name in names_in(call):
            field = dictionary.fields.get(name)
            if field is not None and field.entities and below not in field.entities:
                told = {"call": show(call), "field": name, "wider": _above(rule.applies_to), **values}
                yield linted.finding("lint-sum-own", "warning", _key_of(linted, call), **told)
                return
    own = {name.name for _, node in nodes_of(rule) for name in outside_aggregates(node)} & set(dictionary.fields)
    if not own:  # what reads no figure of the region itself says the same of groups
        yield linted.finding("lint-sum-below", "info", _key_of(linted, calls[0]), call=show(calls[0]), **values)


def _key_of(linted: LintedRule, call: Call) -> str:
    return next((key for key, node in nodes_of(linted.rule) if show(call) in show(node)), "indicator")


def _above(entity: str) -> str:
    """The level of which the regions hold those of ``entity``."""
    return REGION_LEVELS[max(0, REGION_LEVELS.index(entity) - 1)]
