"""Aggregates in a rule that judges single regions: its own figures held against those of the records that lie in it.

``equals: share(has_childrens_home)`` holds what a city reports against its communities, and ``count() / population``
how many libraries a borough has for its residents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.expression import GROUP_FUNCTIONS, Call, names_in, rules_in, walk
from communitycheck.model.standard import Rule, Standard


def aggregates_of(rule: Rule) -> list[Call]:
    """The aggregates in the indicator or threshold of a rule that judges single records."""
    if rule.by:
        return []
    return [n for node in rule.judged for n in walk(node) if isinstance(n, Call) and n.function in GROUP_FUNCTIONS]


def entities_below(
    rule: Rule, calls: Iterable[Call], dictionary: Dictionary, rules: Mapping[str, Rule]
) -> tuple[str, ...]:
    """The kinds of record that the aggregates may run over, the likeliest first.

    What their fields belong to; where these tell nothing, what other rules of the standard judge; else the first kind
    that the dictionary has.
    """
    usual = next(iter(dictionary.entities), "")
    kinds: list[str] = []
    for call in calls:
        kinds += [rules[i].applies_to for i in rules_in(call) if i in rules]
        for name in names_in(call):
            found = dictionary.fields.get(name)
            kinds += [e for e in (found.entities if found else ()) if e != rule.applies_to]
    if kinds:
        return (usual,) if usual in kinds else (kinds[0],)
    judged = dict.fromkeys(
        one.applies_to
        for one in rules.values()
        if one.applies_to not in REGION_LEVELS and dictionary.entity(one.applies_to).placed
    )
    return (usual,) if usual in judged or not judged else tuple(judged)


def entity_below(rule: Rule, calls: Iterable[Call], dictionary: Dictionary, rules: Mapping[str, Rule]) -> str:
    """The kind of record that the aggregates run over."""
    return entities_below(rule, calls, dictionary, rules)[0]


def counted_entity(rule: Rule, dictionary: Dictionary, standard: Standard | None) -> str:
    """The kind of subject that ``count()`` in the rule counts: where aggregates run over others, these."""
    calls = aggregates_of(rule)
    if not calls or standard is None:
        return rule.applies_to
    return entity_below(rule, calls, standard.dictionary_on(dictionary), {one.id: one for one in standard.rules})
