"""Demands on several quantities that read the same fields: can they be met together?

A demand on ``area / households`` is, with households above zero, one on ``area - 0.3 * households``; a demand on
``ceil(population / 5000)`` ties a whole number to the population. What is linear then is worked out (``feasible``), and
an example is tried on every demand as it was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isfinite

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Call, Name, Node, names_in
from communitycheck.standards.lint.reasoning.bounds import bounds, is_whole
from communitycheck.standards.lint.reasoning.feasible import Example, Linear, TooMany, example
from communitycheck.standards.lint.reasoning.linear import Form, Forms, Monomial, exact
from communitycheck.standards.lint.reasoning.sets import Reals

# More quantities than this are left undecided.
MOST_QUANTITIES = 14
_WHOLE_STEP = Fraction(1, 2)


def can_meet(demands: Mapping[Node, Reals], forms: Forms, *, ranges: bool) -> bool | None:
    """Whether some values of the fields meet all ``demands``; None where that cannot be told.

    Args:
        ranges: fields keep to their plausible ranges.
    """
    whole = _Together(forms, ranges=ranges)
    for node, domain in demands.items():
        whole.add(forms.of(node), domain)
    return whole.answer()


class _Together:
    def __init__(self, forms: Forms, *, ranges: bool) -> None:
        self.forms = forms
        self.dictionary: Dictionary = forms.dictionary
        self.ranges = ranges
        self.demands: list[tuple[Form, Reals]] = []
        self.linear: list[Linear] = []
        self.places: dict[Monomial, int] = {}
        self._seen: set[str] = set()

    def add(self, form: Form, domain: Reals) -> None:
        self.demands.append((form, domain))
        (low, *_), (_, high, *_) = domain.intervals[0], domain.intervals[-1]
        if isfinite(low):
            self._put(form.plus(Form({}, -exact(low))), strict=not domain.intervals[0].low_in)
        if isfinite(high):
            over = form.scaled(Fraction(-1)).plus(Form({}, exact(high)))
            self._put(over, strict=not domain.intervals[-1].high_in)
        self._divisors(form)

    def answer(self) -> bool | None:
        self._limit()
        if len(self.places) > MOST_QUANTITIES:
            return None
        plain: dict[Monomial, int] = {
            monomial: i for monomial, i in self.places.items() if len(monomial) == 1 and monomial[0][1] == 1
        }
        wholes = [i for monomial, i in plain.items() if is_whole(self.forms.product_node(monomial), self.dictionary)]
        try:
            found = example(self.linear, wholes)
        except TooMany:
            return None
        if found is None:
            return False
        return True if len(plain) == len(self.places) and self._holds(found, plain, wholes) else None

    def _put(self, form: Form, *, strict: bool = False) -> None:
        """A sum that has to be at least zero, multiplied by its divisors as far as these are known to be above zero."""
        for atom in dict.fromkeys(a for monomial in form.terms for a, power in monomial if power < 0):
            power = max(-p for monomial in form.terms for a, p in monomial if a == atom)
            if power > 0 and self._low(atom) >= 0:
                form = self._multiplied(form, atom, power)
        factors = {self._place(monomial): factor for monomial, factor in form.terms.items()}
        self.linear.append(Linear(factors, form.constant, strict))

    def _multiplied(self, form: Form, atom: str, power: int) -> Form:
        found = Form({})
        behind = self.forms.sum_behind(atom)
        terms: list[tuple[Monomial, Fraction]] = [*form.terms.items(), ((), form.constant)]
        for monomial, factor in terms:
            left = dict(monomial).get(atom, 0) + power
            others = tuple((a, p) for a, p in monomial if a != atom)
            term = Form({others: factor}) if others else Form({}, factor)
            if behind is None:
                term = term.times(Form({((atom, left),): Fraction(1)})) if left else term
            else:
                for _ in range(left):
                    term = term.times(behind)
            found = found.plus(term)
        return found

    def _divisors(self, form: Form) -> None:
        """A quotient that has a value has no divisor of zero."""
        for atom in dict.fromkeys(a for monomial in form.terms for a, power in monomial if power < 0):
            if self._low(atom) >= 0:
                behind = self.forms.sum_behind(atom)
                self._put(behind or Form({((atom, 1),): Fraction(1)}), strict=True)

    def _place(self, monomial: Monomial) -> int:
        if monomial not in self.places:
            self.places[monomial] = len(self.places)
        return self.places[monomial]

    def _low(self, atom: str) -> float:
        node = self.forms.atoms[atom]
        return bounds(node, self.dictionary)[0] if self._bounded(node) else float("-inf")

    def _bounded(self, node: Node) -> bool:
        return self.ranges or (isinstance(node, Call) and node.function in ("share", "count", "count_of"))

    def _limit(self) -> None:
        """What each quantity is bound to by itself, until nothing new is named."""
        done: set[Monomial] = set()
        while len(done) < len(self.places) <= MOST_QUANTITIES:
            monomial = next(m for m in self.places if m not in done)
            done.add(monomial)
            node = self.forms.product_node(monomial)
            if self._bounded(node):
                self._keep_within(monomial, bounds(node, self.dictionary))
            for atom, _ in monomial:
                if atom not in self._seen:
                    self._seen.add(atom)
                    self._tie(atom, self.forms.atoms[atom])

    def _keep_within(self, monomial: Monomial, ends: tuple[float, float]) -> None:
        low, high = ends
        place = self._place(monomial)
        field = self.dictionary.fields.get(monomial[0][0]) if len(monomial) == 1 else None
        never_zero = field is not None and field.zero_impossible
        if isfinite(low):
            self.linear.append(Linear({place: Fraction(1)}, -exact(low), never_zero and low == 0))
        if isfinite(high):
            self.linear.append(Linear({place: Fraction(-1)}, exact(high)))

    def _tie(self, atom: str, node: Node) -> None:
        """What a function's value has to do with its arguments."""
        if not isinstance(node, Call):
            return
        own = Form({((atom, 1),): Fraction(1)})
        parts = [self.forms.of(a) for a in node.arguments] if node.function in _TIED else []
        match node.function:
            case "ceil" | "floor":
                over = own.plus(parts[0], -1) if node.function == "ceil" else parts[0].plus(own, -1)
                self._put(over)
                self._put(over.scaled(Fraction(-1)).plus(Form({}, Fraction(1))), strict=True)
            case "round" if len(parts) == 1:
                apart = own.plus(parts[0], -1)
                self._put(apart.plus(Form({}, _WHOLE_STEP)))
                self._put(apart.scaled(Fraction(-1)).plus(Form({}, _WHOLE_STEP)))
            case "max" | "min":
                for part in parts:
                    self._put(own.plus(part, -1).scaled(Fraction(1 if node.function == "max" else -1)))
            case "abs":
                self._put(own.plus(parts[0], -1))
                self._put(own.plus(parts[0]))
            case _:
                pass  # free within its bounds

    def _holds(self, found: Example, plain: Mapping[Monomial, int], wholes: list[int]) -> bool:
        """Whether the example is one of values that fields can have, and meets every demand as it was made."""
        if any(found.get(i, Fraction(0)).denominator != 1 for i in wholes):
            return False
        values = {monomial[0][0]: found.get(i, Fraction(0)) for monomial, i in plain.items()}
        if not self._apart(values):
            return False
        return all(_meets(_value(form, values, self.forms), domain) for form, domain in self.demands)

    def _apart(self, values: Mapping[str, Fraction]) -> bool:
        """No quantity reads what another is, but a rounded one, which is tied to what it rounds."""
        seen: set[str] = set()
        for atom in values:
            node = self.forms.atoms[atom]
            if isinstance(node, Name):
                names = {node.name}
            elif isinstance(node, Call) and node.function in ("ceil", "floor"):
                continue
            else:
                names = set(names_in(node))
            if names & seen:
                return False
            seen |= names
        return True


_TIED = ("ceil", "floor", "round", "max", "min", "abs")


def _value(form: Form, values: Mapping[str, Fraction], forms: Forms) -> Fraction | None:
    total = form.constant
    for monomial, factor in form.terms.items():
        for atom, power in monomial:
            behind = forms.sum_behind(atom)
            value = values.get(atom) if behind is None else _value(behind, values, forms)
            if value is None or (value == 0 and power < 0):
                return None
            factor *= value**power
        total += factor
    return total


def _meets(value: Fraction | None, domain: Reals) -> bool:
    return value is not None and any(_inside(value, *interval) for interval in domain.intervals)


def _inside(value: Fraction, low: float, high: float, low_in: bool, high_in: bool) -> bool:
    above = not isfinite(low) or value > exact(low) or (low_in and value == exact(low))
    return above and (not isfinite(high) or value < exact(high) or (high_in and value == exact(high)))
