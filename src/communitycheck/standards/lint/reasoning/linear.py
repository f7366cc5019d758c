"""Numbers as sums of products with exact coefficients: one form for one quantity, however it is spelled.

``area / (households / 100)``, ``100 * area / households`` and ``area * 100 / households`` are all 100 times the product
of ``area`` and the inverse of ``households``. What is no sum, product or quotient (``ceil(…)``, a field) is an atom.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from math import gcd, isfinite, lcm

from msgspec import Struct

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import (
    Binary,
    Call,
    Day,
    Name,
    Node,
    Number,
    Unary,
    children,
    show_evaluated,
    with_children,
)

# Atoms and their powers, in the order of the atoms' texts.
Monomial = tuple[tuple[str, int], ...]
# What grows beyond so many products is taken as a whole.
MOST_TERMS = 40


class Form(Struct, frozen=True):
    """A sum of products; no coefficient is zero."""

    terms: dict[Monomial, Fraction]
    constant: Fraction = Fraction(0)

    def plus(self, other: Form, times: int = 1) -> Form:
        terms = dict(self.terms)
        for monomial, factor in other.terms.items():
            terms[monomial] = terms.get(monomial, Fraction(0)) + factor * times
        kept = {monomial: factor for monomial, factor in terms.items() if factor}
        return Form(kept, self.constant + other.constant * times)

    def scaled(self, by: Fraction) -> Form:
        return Form({m: factor * by for m, factor in self.terms.items()} if by else {}, self.constant * by)

    def times(self, other: Form) -> Form:
        found = self.scaled(other.constant)
        for monomial, factor in other.terms.items():
            found = found.plus(Form({monomial: self.constant * factor} if self.constant else {}))
            for own, own_factor in self.terms.items():
                together = product(own, monomial)
                coefficient = own_factor * factor
                found = found.plus(Form({together: coefficient}) if together else Form({}, coefficient))
        return found

    def primitive(self) -> tuple[Form, Fraction]:
        """Without its constant, in the least whole coefficients, the first above zero; and what it was divided by."""
        first = self.terms[min(self.terms)]
        top = reduce(gcd, (abs(f.numerator) for f in self.terms.values()))
        bottom = reduce(lcm, (f.denominator for f in self.terms.values()))
        factor = Fraction(top, bottom) * (1 if first > 0 else -1)
        return Form({m: f / factor for m, f in self.terms.items()}), factor


def product(one: Monomial, other: Monomial) -> Monomial:
    powers = dict(one)
    for atom, power in other:
        powers[atom] = powers.get(atom, 0) + power
    return tuple(sorted((atom, power) for atom, power in powers.items() if power))


def exact(value: float) -> Fraction:
    """The number as it was written: 0.1 is a tenth, and a third worked out in floating point is a third."""
    written = Fraction(repr(value))
    if written.denominator <= 10**9:
        return written
    near = Fraction(value).limit_denominator(10**6)
    return near if float(near) == value else written


class Forms:
    """Forms of expressions over one dictionary, with the atoms met so far."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self.atoms: dict[str, Node] = {}
        self._known: dict[Node, Form] = {}
        self._sums: dict[str, Form] = {}

    def of(self, node: Node) -> Form:
        """The form of a number or a date."""
        if node not in self._known:
            self._known[node] = self._form(node)
        return self._known[node]

    def sum_behind(self, atom: str) -> Form | None:
        """The sum that an atom is: a divisor of several terms is taken as a whole."""
        return self._sums.get(atom)

    def quantity(self, node: Node) -> str:
        """What an expression measures, whatever it is multiplied by and spelled like."""
        form = self.of(node)
        return show_evaluated(self.node(form.primitive()[0])) if form.terms else show_evaluated(node)

    def node(self, form: Form) -> Node:
        """The form as an expression."""
        found: Node | None = None
        for monomial in sorted(form.terms):
            factor, term = form.terms[monomial], self.product_node(monomial)
            if abs(factor) != 1:
                term = Binary("*", Number(abs(float(factor))), term)
            if found is None:
                found = term if factor > 0 else Unary("-", term)
            else:
                found = Binary("+" if factor > 0 else "-", found, term)
        if found is None:
            return Number(float(form.constant))
        if form.constant:
            found = Binary("+" if form.constant > 0 else "-", found, Number(abs(float(form.constant))))
        return found

    def product_node(self, monomial: Monomial) -> Node:
        above = [self.atoms[atom] for atom, power in monomial for _ in range(power)]
        below = [self.atoms[atom] for atom, power in monomial for _ in range(-power)]
        found: Node = reduce(lambda x, y: Binary("*", x, y), above) if above else Number(1.0)
        return Binary("/", found, reduce(lambda x, y: Binary("*", x, y), below)) if below else found

    def _form(self, node: Node) -> Form:
        match node:
            case Number(value) if isfinite(value):
                return Form({}, exact(value))
            case Day(number):
                return Form({}, Fraction(number))
            case Unary("-", operand):
                return self.of(operand).scaled(Fraction(-1))
            case Binary("+" | "-" as op, left, right):
                return self.of(left).plus(self.of(right), 1 if op == "+" else -1)
            case Binary("*", left, right):
                sides = self.of(left), self.of(right)
                if len(sides[0].terms) * len(sides[1].terms) > MOST_TERMS:
                    return self._atom(node)
                return sides[0].times(sides[1])
            case Binary("/", left, right):
                return self._quotient(node, self.of(left), self.of(right))
            case Call("days_between", (start, end)):
                return self.of(end).plus(self.of(start), -1)
            case _:
                return self._atom(self._canonical(node))

    def _quotient(self, node: Node, above: Form, below: Form) -> Form:
        if not below.terms:
            return above.scaled(1 / below.constant) if below.constant else self._atom(node)
        if len(below.terms) == 1 and not below.constant:
            ((monomial, factor),) = below.terms.items()
            inverse = tuple((atom, -power) for atom, power in monomial)
            return above.times(Form({inverse: 1 / factor}))
        whole, factor = below.primitive()
        whole = whole.plus(Form({}, below.constant / factor))
        if above.terms and above.primitive()[0] == below.primitive()[0]:
            ratio = above.primitive()[1] / factor
            if above.constant == below.constant * ratio:
                return Form({}, ratio)
        name = self._named(self.node(whole))
        self._sums[name] = whole
        return above.times(Form({((name, -1),): 1 / factor}))

    def _atom(self, node: Node) -> Form:
        return Form({((self._named(node), 1),): Fraction(1)})

    def _named(self, node: Node) -> str:
        name = show_evaluated(node)
        self.atoms.setdefault(name, node)
        return name

    def _canonical(self, node: Node) -> Node:
        """The expression with every number in it in the one form that it has, and what may be swapped in order."""
        match node:
            case Call("min" | "max" as function, arguments):
                parts = {show_evaluated(part): part for part in map(self._canonical, arguments)}
                return Call(function, tuple(parts[name] for name in sorted(parts)))
            case Binary("+" | "-" | "*" | "/", _, _) | Unary("-", _):
                return self.node(self.of(node))
            case Name() | Number():
                return node
            case _:
                return with_children(node, (self._canonical(part) for part in children(node)))
