"""Levers that cannot close a shortfall: not in the indicator, without effect, or with the wrong one."""

from __future__ import annotations

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Call, Name, Node, names_in
from communitycheck.standards.lint.finding import LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule
from communitycheck.standards.lint.reasoning.bounds import bounds
from communitycheck.standards.lint.reasoning.linear import Form, Forms

_RISING = ("ceil", "floor", "round", "min", "max", "sum", "mean")


def check_lever(linted: LintedRule, dictionary: Dictionary, forms: Forms) -> LintFinding | None:
    """What is wrong with the rule's lever."""
    rule = linted.rule
    lever, held = rule.lever, rule.threshold
    if lever is None or rule.indicator is None or held is None:
        return None
    unfolded = linted.unfolded(dictionary.fields).rule.indicator
    names = {*names_in(rule.indicator), *(() if unfolded is None else names_in(unfolded))}
    if lever not in names:
        return linted.finding("lint-lever-unread", "warning", "lever", lever=lever)
    if lever not in names_in(rule.indicator):
        return None
    in_limits = any(lever in names_in(node) for node in rule.judged if node is not rule.indicator)
    signs = _signs(forms.of(rule.indicator), lever, forms, dictionary)
    if not held.comparison.adding_helps or (in_limits and not rule.by) or not signs:
        return linted.finding("lint-lever-idle", "warning", "lever", lever=lever)
    if held.comparison.direction == "up" and signs == {-1}:
        return linted.finding("lint-lever-wrong", "warning", "lever", lever=lever)
    return None


def _signs(form: Form, lever: str, forms: Forms, dictionary: Dictionary) -> set[int]:
    """Which way the sum moves with more of the lever, term by term: 1, -1, or 0 where that cannot be told."""
    found: set[int] = set()
    for monomial, factor in form.terms.items():
        for atom, power in monomial:
            node = forms.atoms[atom]
            if lever not in names_in(node):
                continue
            others = [forms.atoms[a] for a, _ in monomial if a != atom]
            sign = (1 if factor > 0 else -1) * (1 if power > 0 else -1)
            inner = _inner(atom, node, lever, forms, dictionary)
            known = all(bounds(other, dictionary)[0] >= 0 for other in others) and power in (1, -1)
            found |= {sign * one for one in inner} if known else {0}
    return found


def _inner(atom: str, node: Node, lever: str, forms: Forms, dictionary: Dictionary) -> set[int]:
    behind = forms.sum_behind(atom)
    if behind is not None:
        return _signs(behind, lever, forms, dictionary)
    match node:
        case Name():
            return {1}
        case Call(function, arguments) if function in _RISING:
            return {sign for part in arguments for sign in _signs(forms.of(part), lever, forms, dictionary)}
        case _:
            return {0}
