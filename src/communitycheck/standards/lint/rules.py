"""What is wrong with one rule, or with two rules of one standard held side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Call, Name, Node, Number, Unary, names_in, show, walk
from communitycheck.model.standard import SEVERITIES, Parameter, Rule, Standard, Threshold
from communitycheck.model.units import canonical
from communitycheck.standards.language.kinds import KindChecker
from communitycheck.standards.lint.bounds import bounds, with_values
from communitycheck.standards.lint.finding import Finding, Level
from communitycheck.standards.lint.logic import Answer, Logic
from communitycheck.standards.raw_rule import RawRule

_COUNTED = {"items", "persons", "households"}


@dataclass(frozen=True, slots=True)
class Stated:
    """A rule as one standard has it: with the place of its keys and the parameters in force there."""

    rule: Rule
    raw: RawRule
    parameters: Mapping[str, Parameter]

    def line(self, key: str | None = None) -> int | None:
        return self.raw.file.line(self.raw.path if key is None else (*self.raw.path, key))

    def finding(self, code: str, level: Level, key: str | None = None, **values: object) -> Finding:
        """A finding at ``key`` of this rule."""
        name = self.rule.id if key is None else f"{self.rule.id}.{key}"
        return Finding(self.raw.file.name, self.line(key), name, code, level, {"rule": self.rule.id, **values})

    def place(self) -> str:
        return f"{PurePath(self.raw.file.name).name}:{self.line()}"

    def days(self) -> set[date]:
        """The days on which its threshold or one of its parameters changes."""
        threshold = self.rule.threshold
        starts = {limit.start for limit in threshold.limits} if threshold is not None else set()
        for name in self.names():
            if name in self.parameters:
                starts |= {start for start, _ in self.parameters[name].values}
        return {start or date.min for start in starts}

    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(n for _, node in nodes_of(self.rule) for n in names_in(node)))

    def values(self, day: date) -> dict[str, float]:
        """The parameters' values on ``day``; before the first, the first."""
        held = {name: p.at(day) for name, p in self.parameters.items()}
        return {name: self.parameters[name].values[0][1] if v is None else v for name, v in held.items()}

    def scope(self, day: date) -> Node | None:
        return None if self.rule.where is None else with_values(self.rule.where, self.values(day))

    def indicator(self, day: date) -> Node:
        assert self.rule.indicator is not None
        return with_values(self.rule.indicator, self.values(day))

    def plausible(self, day: date) -> Node | None:
        """The rule's own range of the indicator as a condition."""
        low, high = self.rule.plausible or (None, None)
        ends = [
            Binary(op, self.indicator(day), Number(end)) for op, end in ((">=", low), ("<=", high)) if end is not None
        ]
        return None if not ends else ends[0] if len(ends) == 1 else Binary("and", *ends)

    def requirement(self, day: date) -> Node | None:
        """What the rule asks on ``day``, as one condition; None before its first threshold."""
        threshold = self.rule.threshold
        limit = threshold.at(day) if threshold is not None else None
        if threshold is None or limit is None:
            return None
        node, values = self.indicator(day), self.values(day)
        held = with_values(limit.value, values)
        limits = (held,) if threshold.upper is None else (held, with_values(threshold.upper, values))
        return threshold.comparison.condition(node, limits, threshold.items, self.rule.tolerance)

    def required(self, day: date) -> str:
        """The threshold in force on ``day`` as it is written in a rule file."""
        threshold = self.rule.threshold
        assert threshold is not None
        key, form = threshold.comparison.key, threshold.comparison.form
        if form == "items":
            return f"{key}: [{', '.join(threshold.items)}]"
        limit = threshold.at(day) or threshold.limits[0]
        values = self.values(day)
        if form == "truth":
            return f"{key}: {'true' if limit.value == Number(1.0) else 'false'}"
        written = [_quantity(with_values(limit.value, values), self.rule)]
        if threshold.upper is not None:
            written.append(_quantity(with_values(threshold.upper, values), self.rule))
        return f"{key}: " + (f"[{', '.join(written)}]" if len(written) > 1 else written[0])


def _quantity(node: Node, rule: Rule) -> str:
    if not isinstance(node, Number):
        return show(node)
    if rule.dimension == "ratio":
        return f"{node.value * 100:.12g}%"
    return f"{node.value:.12g} {rule.unit}".rstrip()


def nodes_of(rule: Rule) -> list[tuple[str, Node]]:
    """The expressions of a rule with their keys."""
    found = [(key, node) for key, node in (("where", rule.where), ("indicator", rule.indicator)) if node is not None]
    if rule.threshold is not None:
        found += [(rule.threshold.comparison.key, limit.value) for limit in rule.threshold.limits]
        found += [(rule.threshold.comparison.key, rule.threshold.upper)] if rule.threshold.upper is not None else []
    return found


def check_rule(stated: Stated, dictionary: Dictionary) -> Iterator[Finding]:
    """Faults that one rule shows by itself."""
    rule = stated.rule
    if not rule.clause.strip():
        yield stated.finding("lint-no-clause", "warning")
    if rule.manual is not None or rule.indicator is None or rule.threshold is None:
        return
    yield from _fields(stated, dictionary)
    yield from _dimensions(stated, rule.threshold, dictionary)
    if (zero := _by_zero(stated, dictionary)) is not None:
        yield zero
        return
    answer, variable = Logic(dictionary, ranges=False).examine(rule.where)
    if answer is Answer.NO:
        yield stated.finding(
            "lint-where-never", "error", "where", variable=variable or show(rule.where or rule.indicator)
        )
        return
    logic = Logic(dictionary)
    answer, variable = logic.examine(rule.where)
    if answer is Answer.NO:
        yield stated.finding(
            "lint-where-range", "error", "where", variable=variable, range=_range(variable, dictionary)
        )
        return
    for day in sorted(stated.days()):
        requirement = stated.requirement(day)
        if requirement is None:
            continue
        known = (stated.scope(day), stated.plausible(day))
        if logic.can_hold(*known) is Answer.NO:
            continue  # a switch set by a parameter leaves nobody in scope
        met = [(c, n) for c, n in (("lint-never-met", requirement), ("lint-always-met", Unary("not", requirement)))]
        for code, node in met:
            if logic.can_hold(*known, node) is Answer.NO:
                level: Level = "error" if code == "lint-never-met" else "warning"
                low, high = bounds(stated.indicator(day), dictionary)
                yield stated.finding(
                    code,
                    level,
                    rule.threshold.comparison.key,
                    required=stated.required(day),
                    indicator=show(rule.indicator),
                    range=_interval(low, high),
                )
                return


def _by_zero(stated: Stated, dictionary: Dictionary) -> Finding | None:
    """A divisor that is zero whatever the return says, on one of the days that the rule knows."""
    for key, node in nodes_of(stated.rule):
        for part in walk(node):
            if not isinstance(part, Binary) or part.op != "/":
                continue
            for day in sorted(stated.days()):
                if bounds(with_values(part.right, stated.values(day)), dictionary) == (0.0, 0.0):
                    return stated.finding("lint-by-zero", "error", key, whole=show(part), divisor=show(part.right))
    return None


def _fields(stated: Stated, dictionary: Dictionary) -> Iterator[Finding]:
    rule = stated.rule
    for name in dict.fromkeys((*stated.names(), *((rule.lever,) if rule.lever else ()))):
        field = dictionary.fields.get(name)
        if field is not None and field.entities and rule.applies_to not in field.entities:
            key = next((k for k, node in nodes_of(rule) if name in names_in(node)), "lever")
            yield stated.finding(
                "lint-field-entity",
                "warning",
                key,
                field=name,
                entity=rule.applies_to,
                entities=", ".join(field.entities),
            )


def _dimensions(stated: Stated, threshold: Threshold, dictionary: Dictionary) -> Iterator[Finding]:
    """Quantities of different kinds set against each other, beyond what the loader refuses."""
    rule, kinds = stated.rule, KindChecker(dictionary, stated.parameters)
    for key, node in nodes_of(rule):
        for left, right in _set_together(node):
            dimensions = _told(left, kinds), _told(right, kinds)
            if dimensions[0] and dimensions[1] and not _comparable(dimensions[0], dimensions[1]):
                one, other = (canonical(d) for d in dimensions if d)
                yield stated.finding(
                    "lint-mixed", "warning", key, left=show(left), right=show(right), one=one, other=other
                )
                return
    if threshold.comparison.kind != "number" or rule.indicator is None:
        return
    own = _told(rule.indicator, kinds)
    held = [limit.value for limit in threshold.limits] + ([threshold.upper] if threshold.upper is not None else [])
    if stated.raw.body.unit is not None:
        written = [own, *(n.dimension for n in held if isinstance(n, Number))]
        amiss = [d for d in written if d is not None and rule.dimension is not None and d != rule.dimension]
        if amiss:
            yield stated.finding("lint-unit", "error", "unit", unit=rule.unit, other=canonical(amiss[0]))
        return
    for node in held:
        dimension = None if isinstance(node, Number) else _told(node, kinds)
        fields = [n for n in names_in(node) if n in dictionary.fields]
        if own and dimension and dimension != own and not (fields and _comparable(own, dimension)):
            yield stated.finding(
                "lint-dimension",
                "warning" if fields else "error",
                threshold.comparison.key,
                found=canonical(dimension),
                wanted=canonical(own),
            )
            return


def _told(node: Node, kinds: KindChecker) -> str | None:
    """The dimension, where no multiplication or division may have changed it unseen."""
    if any(isinstance(n, Binary) and n.op in ("*", "/") for n in walk(node)):
        return None
    if any(isinstance(n, Name) and not _known(n.name, kinds) for n in walk(node)):
        return None
    return kinds.dimension(node)


def _comparable(one: str, other: str) -> bool:
    """One worker to a grid, a household to a home: numbers of things may be set against each other."""
    return one == other or {one, other} <= _COUNTED


def _known(name: str, kinds: KindChecker) -> bool:
    return name in kinds.parameters or name in kinds.dictionary.fields


def _set_together(node: Node) -> Iterator[tuple[Node, Node]]:
    """Operands that are added, subtracted or compared, and alternatives of min, max and coalesce."""
    for part in walk(node):
        match part:
            case Binary("+" | "-" | "==" | "!=" | "<" | "<=" | ">" | ">=", left, right):
                yield left, right
            case Call("min" | "max" | "coalesce", (first, *others)):
                for other in others:
                    yield first, other


def check_pair(one: Stated, two: Stated, standard: Standard, dictionary: Dictionary) -> Finding | None:
    """The worst fault of two rules over the same indicator: contradiction, then redundancy, then doubt."""
    logic = Logic(dictionary)
    own = [s for s in (one, two) if s.rule.layer == standard.id] or [two]
    place, other = (own[-1], one if own[-1] is two else two)
    days = sorted(one.days() | two.days())
    doubt = False
    for day in days:
        asked = one.requirement(day), two.requirement(day)
        scopes = (None, None) if one.rule.by else (one.scope(day), two.scope(day))
        if asked[0] is None or asked[1] is None:
            continue
        overlap = logic.can_hold(*scopes)
        if overlap is Answer.NO or any(logic.can_hold(s, a) is Answer.NO for s, a in zip(scopes, asked, strict=True)):
            continue
        together = _best(logic, scopes, asked)
        if together is Answer.NO and overlap is Answer.YES:
            return place.finding(
                "lint-contradiction",
                "error",
                required=place.required(day),
                other=other.rule.id,
                other_required=other.required(day),
                at=other.place(),
            )
        doubt = doubt or together is not Answer.YES
    implied = [_implies(logic, a, b, days) for a, b in ((one, two), (two, one))]
    if Answer.YES in implied:
        weaker, stronger = (two, one) if implied[0] is Answer.YES else (one, two)
        if implied == [Answer.YES, Answer.YES]:
            weaker, stronger = place, other
        code = "lint-same" if implied == [Answer.YES, Answer.YES] else "lint-implied"
        spot = weaker if weaker.rule.layer == standard.id else stronger
        day = days[-1]
        return Finding(
            spot.raw.file.name,
            spot.line(),
            spot.rule.id,
            code,
            "warning",
            {
                "rule": weaker.rule.id,
                "required": weaker.required(day),
                "other": stronger.rule.id,
                "other_required": stronger.required(day),
                "at": (stronger if spot is weaker else weaker).place(),
            },
        )
    # That two formulas equate one figure with different sums is what identities do; it gives no cause for doubt.
    identities = all(s.rule.threshold is not None and s.rule.threshold.comparison.equates for s in (one, two))
    if not identities and (doubt or Answer.OPEN in implied):
        return place.finding("lint-undecided", "info", other=other.rule.id, at=other.place())
    return None


def _best(logic: Logic, scopes: tuple[Node | None, ...], asked: tuple[Node | None, ...]) -> Answer:
    """Whether the demands can hold together inside the scopes; where that is open, whether they can by themselves."""
    answer = logic.can_hold(*scopes, *asked)
    return logic.can_hold(*asked) if answer is Answer.OPEN else answer


def _implies(logic: Logic, strong: Stated, weak: Stated, days: list[date]) -> Answer:
    """Whether meeting ``strong`` always meets ``weak``: wherever and whenever the weak one is asked."""
    rank = SEVERITIES.index
    later = strong.rule.due is not None and (weak.rule.due is None or weak.rule.due < strong.rule.due)
    if later or rank(strong.rule.severity) > rank(weak.rule.severity):
        return Answer.NO
    verdict = Answer.YES
    for day in days:
        asked = strong.requirement(day), weak.requirement(day)
        if asked[1] is None:
            continue
        if asked[0] is None:
            return Answer.NO
        scopes = (None, None) if strong.rule.by else (strong.scope(day), weak.scope(day))
        if logic.can_hold(scopes[1]) is Answer.NO:
            return Answer.NO  # switched off by a parameter
        outside = Answer.NO if scopes[0] is None else logic.can_hold(scopes[1], Unary("not", scopes[0]))
        if outside is Answer.YES:
            return Answer.NO
        missed = _best(logic, scopes, (asked[0], Unary("not", asked[1])))
        if missed is Answer.YES:
            return Answer.NO
        if outside is Answer.OPEN or missed is Answer.OPEN:
            verdict = Answer.OPEN
    return verdict


def _range(variable: str, dictionary: Dictionary) -> str:
    field = dictionary.fields.get(variable)
    return _interval(*bounds(Name(variable), dictionary)) if field is not None else "—"


def _interval(low: float, high: float) -> str:
    return f"{low:.12g} … {high:.12g}"
