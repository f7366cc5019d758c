"""Numbers that are one of several: ``min``, ``max``, ``abs`` and ``if``, as conditions without them."""

from __future__ import annotations

from functools import reduce

from communitycheck.model.expression import MIRRORED, Binary, Call, Node, Number, Unary, children, with_children

# Of more values than this the choice is left standing.
MOST_CHOICES = 8


def without_choice(op: str, left: Node, right: Node) -> Node | None:
    """The comparison without the first choice in it: by alternatives that leave it out. None where it holds none."""
    choice = _choice(left) or _choice(right)
    if choice is None:
        return None
    ways = [Binary(op, _replaced(left, choice, one), _replaced(right, choice, one)) for one in _values(choice)]
    joined = _joined(op, choice) if left == choice else _joined(MIRRORED[op], choice) if right == choice else ""
    if joined:
        return reduce(lambda x, y: Binary(joined, x, y), ways)
    parts = [Binary("and", way, when) for way, when in zip(ways, _conditions(choice), strict=True)]
    return reduce(lambda x, y: Binary("or", x, y), parts)


def _choice(node: Node) -> Call | None:
    """The first choice that sums and products alone lead to."""
    match node:
        case Call("min" | "max" | "abs" | "if", arguments) if len(arguments) <= MOST_CHOICES:
            return node
        case Binary("+" | "-" | "*" | "/", _, _) | Unary("-", _):
            return next((found for part in children(node) if (found := _choice(part)) is not None), None)
        case _:
            return None


def _values(choice: Call) -> tuple[Node, ...]:
    match choice:
        case Call("abs", (inner,)):
            return inner, Unary("-", inner)
        case Call("if", (_, one, other)):
            return one, other
        case _:
            return choice.arguments


def _conditions(choice: Call) -> list[Node]:
    """When each of the values is the one chosen."""
    match choice:
        case Call("abs", (inner,)):
            return [Binary(">=", inner, Number(0.0)), Binary("<", inner, Number(0.0))]
        case Call("if", (condition, _, _)):
            return [condition, Unary("not", condition)]
        case _:
            op = ">=" if choice.function == "max" else "<="
            ends = [[Binary(op, one, two) for two in choice.arguments] for one in choice.arguments]
            return [reduce(lambda x, y: Binary("and", x, y), each) for each in ends]


def _joined(op: str, choice: Call) -> str:
    """How the comparisons of a choice's values combine where it stands alone on the left: the greatest of several is
    above a limit where any of them is, and below it where all are. Empty where that says nothing."""
    if choice.function == "if" or op in ("==", "!="):
        return ""
    greatest = choice.function in ("max", "abs")
    return "or" if greatest == (op in (">", ">=")) else "and"


def _replaced(node: Node, old: Node, new: Node) -> Node:
    if node == old:
        return new
    return with_children(node, (_replaced(part, old, new) for part in children(node)))
