"""Which sets of columns would make a rule answerable, and in which order to add columns."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import product

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Call, Name, Node, children, rules_in, unanswerable
from communitycheck.model.standard import Rule, Standard
from communitycheck.products.rulebook.catalogue import (
    Step,
)

Columns = frozenset[str]  # keys of fields that a return would have to hold
Questions = list[tuple[Rule, list[Columns]]]  # rules with the sets of columns that would each do
MAX_WAYS = 24  # choices of columns looked at for one rule


def ways_to_answer(rule: Rule, standard: Standard, have: set[str], as_of: date) -> list[Columns]:
    """The sets of columns each of which would make the rule answerable; none where it is already."""
    ways = _joined([_rule_ways(rule, standard, have, as_of), _grouping_ways(rule, have)])
    return [way for way in ways if way]


def _grouping_ways(rule: Rule, have: set[str]) -> list[Columns]:
    """A rule over groups needs one of its levels to be known."""
    if not rule.by or have & set(rule.by):
        return [frozenset()]
    return [frozenset([level]) for level in rule.by]


def with_derived(have: set[str], dictionary: Dictionary) -> set[str]:
    """``have`` and every field that can be worked out from it."""
    derived = {k: f.derived for k, f in dictionary.fields.items() if f.derived is not None}
    found = set(have)
    while True:
        more = {k for k, node in derived.items() if k not in found and not unanswerable(node, found)}
        if not more:
            return found
        found |= more


def _rule_ways(
    rule: Rule, standard: Standard, have: set[str], as_of: date, trail: tuple[str, ...] = ()
) -> list[Columns]:
    """The sets of columns each of which would make the rule answerable; one empty set where it is already."""
    given = have | set(standard.parameters)
    rule = rule.folded(lambda name: _parameter(standard, name, as_of))
    nodes = [n for n in (rule.indicator, rule.where) if n is not None]
    if rule.threshold is not None:
        limit = rule.threshold.at(as_of) or rule.threshold.limits[-1]
        nodes += [limit.value] + ([rule.threshold.upper] if rule.threshold.upper is not None else [])
    parts = [_ways(n, given) for n in nodes]
    others = {r.id: r for r in standard.rules}
    for other in dict.fromkeys(i for n in nodes for i in rules_in(n)):
        if other in others and other not in trail:
            parts.append(_rule_ways(others[other], standard, have, as_of, (*trail, rule.id)))
    return _joined(parts)


def _parameter(standard: Standard, name: str, as_of: date) -> float | None:
    found = standard.parameters.get(name)
    return None if found is None else found.at(as_of)


def _ways(node: Node, have: set[str]) -> list[Columns]:
    match node:
        case Name(name):
            return [frozenset() if name in have else frozenset([name])]
        case Call("coalesce", arguments):
            found = [w for a in arguments for w in _ways(a, have)]
            return [frozenset()] if frozenset() in found else found[:MAX_WAYS]
        case Call("if", (condition, one, other)):
            values = [*_ways(one, have), *_ways(other, have)]
            return _joined([_ways(condition, have), [frozenset()] if frozenset() in values else values])
        case _:
            return _joined([_ways(c, have) for c in children(node)])


def _joined(parts: list[list[Columns]]) -> list[Columns]:
    """Every choice of one way from each part, without repeats."""
    ways: list[Columns] = [frozenset()]
    for part in parts:
        pairs = (a | b for a, b in product(ways, part))
        ways = sorted(dict.fromkeys(pairs), key=lambda w: (len(w), sorted(w)))[:MAX_WAYS]
    return ways


def smallest(ways: list[Columns]) -> Columns:
    return min(ways, key=lambda w: (len(w), sorted(w)))


def _opened(questions: Questions, have: Columns) -> tuple[Rule, ...]:
    return tuple(r for r, ways in questions if any(w <= have for w in ways))


def _worth(questions: Questions, added: Columns, choice: Columns) -> tuple[float, int, list[str]]:
    """What a choice of columns is worth, the best first: rules a column, then few columns, then the names."""
    return -len(_opened(questions, added | choice)) / len(choice), len(choice), sorted(choice)


def steps_for(entity: str, questions: Questions) -> list[Step]:
    """Columns in the order in which to add them: at each step those that unlock the most rules a column."""
    left = list(questions)
    added: Columns = frozenset()
    steps: list[Step] = []
    while left:
        best = min({w - added for _, ways in left for w in ways}, key=partial(_worth, left, added))
        added |= best
        opened = _opened(left, added)
        left = [(r, ways) for r, ways in left if r not in opened]
        steps.append(Step(entity, tuple(sorted(best)), opened))
    return steps
