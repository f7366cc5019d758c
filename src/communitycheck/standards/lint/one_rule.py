"""What is wrong with one rule by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from communitycheck.model.aggregates import aggregates_of
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.expression import (
    GROUP_FUNCTIONS,
    Binary,
    Call,
    Name,
    Node,
    Unary,
    above_in,
    children,
    names_in,
    show,
    walk,
)
from communitycheck.model.standard import Rule
from communitycheck.standards.lint.finding import Level, LintFinding
from communitycheck.standards.lint.levers import check_lever
from communitycheck.standards.lint.linted_rule import LintedRule, nodes_of
from communitycheck.standards.lint.quantities.full_years import check_full_years
from communitycheck.standards.lint.quantities.growth import check_growth
from communitycheck.standards.lint.quantities.lost_units import check_lost_units
from communitycheck.standards.lint.quantities.per_one import check_per_one
from communitycheck.standards.lint.quantities.upside_down import check_upside_down
from communitycheck.standards.lint.quantities.wide_tolerance import check_tolerance
from communitycheck.standards.lint.reasoning.bounds import bounds, with_values
from communitycheck.standards.lint.reasoning.logic import Answer, Logic
from communitycheck.standards.lint.twice import against_itself, check_twice


def check_rule(linted: LintedRule, dictionary: Dictionary) -> Iterator[LintFinding]:
    """Faults that one rule shows by itself."""
    rule = linted.rule
    if not rule.clause.strip():
        yield linted.finding("lint-no-clause", "warning")
    if rule.manual is not None or rule.indicator is None or rule.threshold is None:
        return
    found = list(_of_rule(linted, dictionary))
    yield from found
    by_range = {one.key for one in found if one.code in _BY_RANGE}
    for code, key, values in rule.remarks:
        remark = linted.finding(code, "warning", key, **values)
        if not (code == "lint-too-many-each" and remark.key in by_range):
            yield remark


# What the ranges of its fields say of a limit goes before what is true of all things.
_BY_RANGE = ("lint-never-met", "lint-always-met", "lint-per-one")


def _of_rule(linted: LintedRule, dictionary: Dictionary) -> Iterator[LintFinding]:
    rule = linted.rule
    assert rule.threshold is not None and rule.indicator is not None
    yield from _fields(linted, dictionary)
    yield from check_twice(linted)
    yield from check_full_years(linted)
    yield from check_growth(linted, dictionary)
    yield from check_upside_down(linted, dictionary)
    yield from check_tolerance(linted, dictionary)
    if (zero := _by_zero(linted, dictionary)) is not None:
        yield zero
        return
    exact = Logic(dictionary, ranges=False)
    if (same := against_itself(linted, exact)) is not None:
        yield same
        return
    if (lever := check_lever(linted, dictionary, exact.forms)) is not None:
        yield lever
    answer, variable = exact.examine(rule.where)
    if answer is Answer.NO:
        yield linted.finding(
            "lint-where-never", "error", "where", variable=variable or show(rule.where or rule.indicator)
        )
        return
    logic = Logic(dictionary)
    answer, variable = logic.examine(rule.where)
    if answer is Answer.NO:
        yield linted.finding(
            "lint-where-range", "error", "where", variable=variable, range=_range(variable, dictionary)
        )
        return
    lost = list(check_lost_units(linted, dictionary))
    yield from lost
    if not any((one.key or "").endswith(".where") for one in lost):
        yield from _for_all(linted, dictionary, exact, logic)
    for day in sorted(linted.days()):
        requirement = linted.requirement(day)
        if requirement is None:
            continue
        known = (linted.scope(day), linted.plausible(day))
        if logic.can_hold(*known) is Answer.NO:
            continue  # a switch set by a parameter leaves nobody in scope
        met = [(c, n) for c, n in (("lint-never-met", requirement), ("lint-always-met", Unary("not", requirement)))]
        for code, node in met:
            if logic.can_hold(*known, node) is Answer.NO:
                level: Level = "error" if code == "lint-never-met" else "warning"
                yield linted.finding(
                    code,
                    level,
                    rule.threshold.comparison.key,
                    required=linted.required(day),
                    indicator=show(rule.indicator),
                    range=_plausible(linted, day, dictionary),
                )
                return
    yield from check_per_one(linted, dictionary)


def _plausible(linted: LintedRule, day: date, dictionary: Dictionary) -> str:
    """What the indicator can plausibly be: by the ranges of its fields and by the rule's own."""
    low, high = bounds(linted.indicator(day), dictionary)
    least, most = linted.rule.plausible or (None, None)
    return _interval(low if least is None else max(low, least), high if most is None else min(high, most))


def _for_all(linted: LintedRule, dictionary: Dictionary, exact: Logic, logic: Logic) -> Iterator[LintFinding]:
    """A scope that leaves nobody out: by what it says, or by what the fields can plausibly hold."""
    where = linted.rule.where
    if where is None:
        return
    listed = any(n in dictionary.fields and dictionary.fields[n].type == "category" for n in names_in(where))
    if not listed and exact.can_hold(Unary("not", where)) is Answer.NO:
        yield linted.finding("lint-where-always", "warning", "where", where=show(where))
    elif logic.can_hold(Unary("not", where)) is Answer.NO:
        yield linted.finding("lint-where-plausible", "info", "where", where=show(where))


def _by_zero(linted: LintedRule, dictionary: Dictionary) -> LintFinding | None:
    """A divisor that is zero whatever the return says, on one of the days that the rule knows."""
    for key, node in nodes_of(linted.rule):
        for part in walk(node):
            if not isinstance(part, Binary) or part.op != "/":
                continue
            for day in sorted(linted.days()):
                if bounds(with_values(part.right, linted.values(day)), dictionary) == (0.0, 0.0):
                    return linted.finding("lint-by-zero", "error", key, whole=show(part), divisor=show(part.right))
    return None


def _fields(linted: LintedRule, dictionary: Dictionary) -> Iterator[LintFinding]:
    rule = linted.rule
    elsewhere = {name for _, node in nodes_of(rule) for name in above_in(node)}
    yield from _above(linted, dictionary)
    elsewhere |= {name for call in aggregates_of(rule) for name in names_in(call)}
    elsewhere -= {name for _, node in nodes_of(rule) for name in _own_names(node, rule)}
    for name in dict.fromkeys((*linted.names(), *((rule.lever,) if rule.lever else ()))):
        if name in elsewhere:
            continue  # it is read from the sheet of the region above, or of the records below
        field = dictionary.fields.get(name)
        if field is not None and field.entities and rule.applies_to not in field.entities:
            key = next((k for k, node in nodes_of(rule) if name in names_in(node)), "lever")
            yield linted.finding(
                "lint-field-entity",
                "warning",
                key,
                field=name,
                entity=rule.applies_to,
                entities=", ".join(field.entities),
            )


def _above(linted: LintedRule, dictionary: Dictionary) -> Iterator[LintFinding]:
    """Fields asked of the region above that no sheet of a region carries: those of a library over its branches."""
    for key, node in nodes_of(linted.rule):
        for name in above_in(node):
            field = dictionary.fields.get(name)
            if field is not None and field.entities and not set(field.entities) & set(REGION_LEVELS):
                entities = ", ".join(field.entities)
                yield linted.finding("lint-above-entity", "error", key, field=name, entities=entities)


def _own_names(node: Node, rule: Rule) -> Iterator[str]:
    """Names that are read from the sheet of the rule's own subject."""
    if isinstance(node, Call) and node.function in GROUP_FUNCTIONS and not rule.by:
        return
    if isinstance(node, Name):
        yield node.name
    elif not (isinstance(node, Call) and node.function == "above"):
        for part in children(node):
            yield from _own_names(part, rule)


def _range(variable: str, dictionary: Dictionary) -> str:
    field = dictionary.fields.get(variable)
    return _interval(*bounds(Name(variable), dictionary)) if field is not None else "—"


def _interval(low: float, high: float) -> str:
    return f"{low:.12g} … {high:.12g}"
