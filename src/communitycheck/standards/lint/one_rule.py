"""What is wrong with one rule by itself."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Call, Name, Node, Number, Unary, names_in, show, walk
from communitycheck.model.standard import Threshold
from communitycheck.model.units import canonical
from communitycheck.standards.language.dimensions import Dimensions
from communitycheck.standards.lint.bounds import bounds, with_values
from communitycheck.standards.lint.finding import Level, LintFinding
from communitycheck.standards.lint.linted_rule import LintedRule, nodes_of
from communitycheck.standards.lint.logic import Answer, Logic

# Dimensions of things that are counted, and may be set against each other.
_COUNTED = {"items", "persons", "households"}


def check_rule(linted: LintedRule, dictionary: Dictionary) -> Iterator[LintFinding]:
    """Faults that one rule shows by itself."""
    rule = linted.rule
    if not rule.clause.strip():
        yield linted.finding("lint-no-clause", "warning")
    if rule.manual is not None or rule.indicator is None or rule.threshold is None:
        return
    yield from _fields(linted, dictionary)
    yield from _dimensions(linted, rule.threshold, dictionary)
    if (zero := _by_zero(linted, dictionary)) is not None:
        yield zero
        return
    answer, variable = Logic(dictionary, ranges=False).examine(rule.where)
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
                low, high = bounds(linted.indicator(day), dictionary)
                yield linted.finding(
                    code,
                    level,
                    rule.threshold.comparison.key,
                    required=linted.required(day),
                    indicator=show(rule.indicator),
                    range=_interval(low, high),
                )
                return


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
    for name in dict.fromkeys((*linted.names(), *((rule.lever,) if rule.lever else ()))):
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


def _dimensions(linted: LintedRule, threshold: Threshold, dictionary: Dictionary) -> Iterator[LintFinding]:
    """Quantities of different kinds set against each other, beyond what the loader refuses."""
    rule, dimensions = linted.rule, Dimensions(dictionary, linted.parameters)
    for key, node in nodes_of(rule):
        for left, right in _set_together(node):
            sides = _told(left, dimensions), _told(right, dimensions)
            if sides[0] and sides[1] and not _comparable(sides[0], sides[1]):
                one, other = (canonical(d) for d in sides if d)
                yield linted.finding(
                    "lint-mixed", "warning", key, left=show(left), right=show(right), one=one, other=other
                )
                return
    if threshold.comparison.kind != "number" or rule.indicator is None:
        return
    own = _told(rule.indicator, dimensions)
    held = [limit.value for limit in threshold.limits] + ([threshold.upper] if threshold.upper is not None else [])
    if linted.raw.body.unit is not None:
        written = [own, *(n.dimension for n in held if isinstance(n, Number))]
        differing = [d for d in written if d is not None and rule.dimension is not None and d != rule.dimension]
        if differing:
            yield linted.finding("lint-unit", "error", "unit", unit=rule.unit, other=canonical(differing[0]))
        return
    for node in held:
        dimension = None if isinstance(node, Number) else _told(node, dimensions)
        fields = [n for n in names_in(node) if n in dictionary.fields]
        if own and dimension and dimension != own and not (fields and _comparable(own, dimension)):
            yield linted.finding(
                "lint-dimension",
                "warning" if fields else "error",
                threshold.comparison.key,
                found=canonical(dimension),
                wanted=canonical(own),
            )
            return


def _told(node: Node, dimensions: Dimensions) -> str | None:
    """The dimension, where no multiplication or division may have changed it unseen."""
    if any(isinstance(n, Binary) and n.op in ("*", "/") for n in walk(node)):
        return None
    if any(isinstance(n, Name) and not _known(n.name, dimensions) for n in walk(node)):
        return None
    return dimensions.of(node)


def _comparable(one: str, other: str) -> bool:
    """One worker to a grid, a household to a home: numbers of things may be set against each other."""
    return one == other or {one, other} <= _COUNTED


def _known(name: str, dimensions: Dimensions) -> bool:
    return name in dimensions.parameters or name in dimensions.dictionary.fields


def _set_together(node: Node) -> Iterator[tuple[Node, Node]]:
    """Operands that are added, subtracted or compared, and alternatives of min, max and coalesce."""
    for part in walk(node):
        match part:
            case Binary("+" | "-" | "==" | "!=" | "<" | "<=" | ">" | ">=", left, right):
                yield left, right
            case Call("min" | "max" | "coalesce", (first, *others)):
                for other in others:
                    yield first, other
            case _:
                pass  # holds nothing against anything


def _range(variable: str, dictionary: Dictionary) -> str:
    field = dictionary.fields.get(variable)
    return _interval(*bounds(Name(variable), dictionary)) if field is not None else "—"


def _interval(low: float, high: float) -> str:
    return f"{low:.12g} … {high:.12g}"
