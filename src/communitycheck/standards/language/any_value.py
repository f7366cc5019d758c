"""A list of all values of a category asks no more than that there is one: whether the cell is validly filled in.

So an audit by such a list fails what is none of them. As a condition (``where``, ``if``) a category stays a class: of
what is none of its values nobody knows which class is meant.
"""

from __future__ import annotations

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Call, ListOf, Name, Node, String, Unary

_OF_TRUTHS = ("share", "count", "count_of")


def with_any_value(node: Node, dictionary: Dictionary) -> Node:
    """What is judged, with ``is_valid`` where it asks whether a category is one of all its values."""
    match node:
        case Binary("in" | "not in" as op, Name(name) as field, ListOf(items)):
            entry = dictionary.fields.get(name)
            listed = {item.value for item in items if isinstance(item, String)}
            if entry is None or entry.type != "category" or listed != set(entry.values):
                return node
            valid = Call("is_valid", (field,), field.column)
            return valid if op == "in" else Unary("not", valid)
        case Unary("not", operand):
            return Unary("not", with_any_value(operand, dictionary))
        case Binary("and" | "or" as op, left, right):
            return Binary(op, with_any_value(left, dictionary), with_any_value(right, dictionary))
        case Call(function, arguments, column) if function in _OF_TRUTHS:
            return Call(function, tuple(with_any_value(one, dictionary) for one in arguments), column)
        case _:
            return node
