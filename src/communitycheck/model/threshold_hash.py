"""What a rule asks on a day, as a short hash: two runs whose hashes are the same held subjects against the same limit.

It covers whom the rule judges, its indicator, its limit, and all that these are worked out from. Titles, clauses,
severities and deadlines are left out: they change no figure.
"""

from __future__ import annotations

import hashlib
from datetime import date

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import names_in, rules_in
from communitycheck.model.rule import Rule
from communitycheck.model.standard import Standard

_LENGTH = 16


def threshold_hash(rule: Rule, standard: Standard, dictionary: Dictionary, day: date) -> str:
    """The hash of a rule of ``standard`` as it is judged on ``day``.

    Args:
        dictionary: that of the run; the standard's own fields are added.
    """
    parts = _asked(rule, standard, standard.dictionary_on(dictionary), day, frozenset())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_LENGTH]


def _asked(rule: Rule, standard: Standard, dictionary: Dictionary, day: date, seen: frozenset[str]) -> list[str]:
    def parameter(name: str) -> float | None:
        found = standard.parameters.get(name)
        return None if found is None else found.at(day)

    folded, held = rule.folded(parameter), rule.threshold
    limit = None if folded.threshold is None else folded.threshold.at(day)
    parts: list[object] = [rule.applies_to, rule.by, folded.where, folded.indicator, rule.unit, rule.manual is not None]
    parts += [rule.tolerance, rule.plausible, standard.in_force(day), limit and limit.value]
    if folded.threshold is not None and held is not None:
        parts += [held.comparison.key, folded.threshold.upper, held.items]
    nodes = [node for node in (folded.where, *folded.judged) if node is not None]
    for name in sorted(dictionary.behind({name for node in nodes for name in names_in(node)})):
        field = dictionary.fields.get(name)
        if field is not None:
            parts.append((name, field.unit, field.derived))
    named = {i for node in nodes for i in rules_in(node)} - seen - {rule.id}
    others = {one.id: one for one in standard.rules}
    for i in sorted(named & others.keys()):
        parts += _asked(others[i], standard, dictionary, day, seen | {rule.id, i})
    return [repr(part) for part in parts]
