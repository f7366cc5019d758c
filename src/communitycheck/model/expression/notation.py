"""How an expression is written: brackets where they are needed, signs and names as the notation has them."""

from __future__ import annotations

from communitycheck.model.expression.calendar_days import iso
from communitycheck.model.expression.functions import AS_OF
from communitycheck.model.expression.nodes import (
    Binary,
    Call,
    Day,
    ListOf,
    Name,
    Node,
    Number,
    String,
    TableOf,
    Truth,
    Unary,
    rounding_by_step,
    step_of,
)
from communitycheck.model.units import canonical

# How tightly an operator holds its operands together. WHOLE is what needs no brackets anywhere.
BINDING = {"or": 1, "and": 2, "not": 3}
BINDING |= dict.fromkeys(("in", "not in", "==", "!=", "<", "<=", ">", ">="), 4)
BINDING |= {"+": 5, "-": 5, "*": 6, "/": 6}
COMPARED, SIGNED, WHOLE = 4, 7, 9
ARITHMETIC = ("+", "-", "*", "/")

# A text, and how tightly it holds together.
Printed = tuple[str, int]


class Notation:
    """How an expression is written: as it stands here, in a rule file, with no more brackets than it needs, and
    without the factors between units that are worked in when it is loaded.

    Other notations override what they write in another way.
    """

    as_stated = True

    def write(self, node: Node) -> str:
        """The whole expression; a number by itself without its unit, which is said beside it."""
        return self.number(node) if isinstance(node, Number) else self.part(node)

    def part(self, node: Node) -> str:
        """A part of an expression, as it stands between commas."""
        return self.text(node)[0]

    def text(self, node: Node) -> Printed:
        match node:
            case Number(_, None, _, stated) if self.as_stated and stated is not None:
                return self.number(Number(stated)), WHOLE
            case Number(_, dimension) if dimension in (None, "ratio"):
                return self.number(node), WHOLE
            case Number(_, _, written, stated) if self.as_stated and stated is not None:
                return self.quantity(Number(stated, written)), WHOLE
            case Number():
                return self.quantity(node), WHOLE
            case String(value):
                return self.string(value), WHOLE
            case Day(number):
                return iso(number), WHOLE
            case Truth(value):
                return self.truth(value), WHOLE
            case Name(name):
                return self.name(name)
            case TableOf(table):
                return table.name, WHOLE
            case ListOf(items):
                return self.listed(items), WHOLE
            case Call():
                return self.call(node)
            case Unary(op, operand):
                return self.unary(op, operand)
            case Binary("*" | "/", left, Number(converts=True)) if self.as_stated:
                return self.text(left)
            case Binary("*") if self.as_stated and (rounding := rounding_by_step(node)):
                return self.call(rounding)
            case Binary(op, left, right):
                return self.binary(op, left, right)

    def inside(self, node: Node, binding: int) -> str:
        """The text of an operand, in brackets where its operator binds tighter."""
        text, own = self.text(node)
        return text if own >= binding else self.brackets(text)

    def number(self, number: Number) -> str:
        return f"{number.value * 100:.12g}%" if number.is_percentage else f"{number.value:.12g}"

    def quantity(self, number: Number) -> str:
        """A number with its unit, as it stands inside an expression."""
        return f"{self.number(number)} {canonical(number.dimension or '')}"

    def string(self, value: str) -> str:
        return f"'{value}'" if '"' in value else f'"{value}"'

    def truth(self, value: bool) -> str:
        return "true" if value else "false"

    def name(self, name: str) -> Printed:
        return name, WHOLE

    def sign(self, op: str) -> str:
        return op

    def function(self, name: str) -> str:
        return name

    def brackets(self, text: str) -> str:
        return f"({text})"

    def listed(self, items: tuple[Node, ...]) -> str:
        return "[" + ", ".join(map(self.part, items)) + "]"

    def call(self, node: Call) -> Printed:
        if node.function == AS_OF:
            return self.function(node.function), WHOLE
        if (step := step_of(node)) is not None:
            return f"{self.function(node.function)}({self.part(node.arguments[0])}, {self.step(step)})", WHOLE
        return f"{self.function(node.function)}({', '.join(map(self.part, node.arguments))})", WHOLE

    def step(self, step: Number) -> str:
        """By what is rounded. Without its unit it would be a number of decimals."""
        plain = step.dimension == "ratio" and not step.is_percentage
        return self.part(step) + (" ratio" if plain else "")

    def unary(self, op: str, operand: Node) -> Printed:
        binding = BINDING["not"] if op == "not" else SIGNED
        return ("not " if op == "not" else "-") + self.inside(operand, binding), binding

    def binary(self, op: str, left: Node, right: Node) -> Printed:
        binding = BINDING[op]
        # Comparisons cannot be chained, so one inside another keeps its brackets on either side.
        first = self.inside(left, binding + 1 if binding == COMPARED else binding)
        return f"{first} {self.sign(op)} {self.inside(right, binding + 1)}", binding


class _Evaluated(Notation):
    as_stated = False


_SOURCE, _EVALUATED = Notation(), _Evaluated()


def show(node: Node) -> str:
    """The expression as a rule file has it."""
    return _SOURCE.write(node)


def show_evaluated(node: Node) -> str:
    """The expression with every factor between units: two that are evaluated differently never look alike."""
    return _EVALUATED.write(node)
