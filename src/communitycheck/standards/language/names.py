"""Names in a formula: each is a field, by any of its names, or a parameter."""

from __future__ import annotations

from collections.abc import Mapping

from communitycheck.errors import ExpressionError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Name, Node, children, with_children
from communitycheck.model.standard import Parameter
from communitycheck.nearest import nearest


def with_field_keys(node: Node, dictionary: Dictionary, parameters: Mapping[str, Parameter]) -> Node:
    """The expression with every other name of a field replaced by its key.

    Raises:
        ExpressionError: a name that is neither a field nor a parameter, with the nearest spelling.
    """
    match node:
        case Name(name):
            if name in parameters:
                return node
            found = dictionary.find(name)
            if found is None:
                known = [*dictionary.fields, *parameters, *(a for f in dictionary.fields.values() for a in f.also)]
                near = nearest(name, known)
                code = "expression-name-near" if near else "expression-name"
                raise ExpressionError(code, column=node.column, name=name, near=near)
            return Name(found.key, node.column)
        case _:
            return with_children(node, (with_field_keys(part, dictionary, parameters) for part in children(node)))
