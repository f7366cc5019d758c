"""Names in a formula: each is a field, by any of its names, or a parameter."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from communitycheck.errors import ExpressionError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import AS_OF, Call, Name, Node, TableOf, children, show, with_children
from communitycheck.model.expression.lookup_table import LookupTable
from communitycheck.model.standard import Parameter
from communitycheck.nearest import nearest

Tables = Mapping[str, LookupTable]


def with_field_keys(
    node: Node, dictionary: Dictionary, parameters: Mapping[str, Parameter], tables: Tables = MappingProxyType({})
) -> Node:
    """The expression with every other name of a field replaced by its key, and the name of a table by the table.

    Raises:
        ExpressionError: a name that is neither a field nor a parameter, with the nearest spelling.
    """
    match node:
        case Call("lookup", (first, *keys), column):
            inside = (with_field_keys(key, dictionary, parameters, tables) for key in keys)
            return Call("lookup", (_table(first, tables, column), *inside), column)
        case Name(name):
            if name in parameters:
                return node
            found = dictionary.find(name)
            if found is None and name == AS_OF:
                return Call(AS_OF, (), node.column)
            if found is None and name in tables:
                raise ExpressionError("expression-table-place", column=node.column, name=name)
            if found is None:
                known = [*dictionary.fields, *parameters, *(a for f in dictionary.fields.values() for a in f.also)]
                near = nearest(name, known)
                code = "expression-name-near" if near else "expression-name"
                raise ExpressionError(code, column=node.column, name=name, near=near)
            return Name(found.key, node.column)
        case _:
            inside = (with_field_keys(part, dictionary, parameters, tables) for part in children(node))
            return with_children(node, inside)


def _table(node: Node, tables: Tables, column: int) -> TableOf:
    """The table that the first argument of ``lookup`` names."""
    name = node.name if isinstance(node, Name) else show(node)
    if name in tables:
        return TableOf(tables[name])
    raise ExpressionError(
        "expression-table-unknown", column=column, name=name, near=nearest(name, tables), known=", ".join(tables)
    )
