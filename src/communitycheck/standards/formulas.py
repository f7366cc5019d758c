"""What stands behind a key of a rule as a checked expression."""

from __future__ import annotations

from collections.abc import Mapping

from communitycheck.errors import ExpressionError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Node
from communitycheck.model.expression.lookup_table import LookupTable
from communitycheck.model.standard import Parameter
from communitycheck.standards.language.dimensions import Dimensions
from communitycheck.standards.language.kinds import KindChecker
from communitycheck.standards.language.names import with_field_keys
from communitycheck.standards.language.parse import parse, parse_quantity
from communitycheck.standards.raw_rule import RawRule


class Formulas:
    """Reads formulas over one dictionary, one set of parameters and one of tables."""

    def __init__(
        self, dictionary: Dictionary, parameters: Mapping[str, Parameter], tables: Mapping[str, LookupTable]
    ) -> None:
        self.dictionary = dictionary
        self.parameters = parameters
        self.tables = tables
        self.kinds = KindChecker(dictionary, parameters)
        self.dimensions = Dimensions(dictionary, parameters)

    def expression(self, raw: RawRule, key: str, text: str, *, truth: bool = False) -> Node:
        try:
            node = with_field_keys(parse(text), self.dictionary, self.parameters, self.tables)
            if truth:
                self.kinds.truth(node)
            else:
                self.kinds.kind(node)
        except ExpressionError as error:
            raise raw.placed(error, key) from None
        return node

    def limit(self, raw: RawRule, key: str, text: str) -> Node:
        """A threshold's value: a quantity with a unit, or a formula."""
        try:
            quantity = parse_quantity(text)
        except ExpressionError as error:
            raise raw.placed(error, key) from None
        if quantity is not None:
            return quantity
        node = self.expression(raw, key, text)
        if self.kinds.kind(node) != "number":
            raise raw.fault("rule-threshold-number", key)
        return node


def plain_number(raw: RawRule, key: str, text: str, *, code: str = "rule-plain-number", **values: object) -> float:
    """A quantity and nothing else.

    Args:
        code: the fault where it is something else, with what its message needs.
    """
    try:
        number = parse_quantity(text)
    except ExpressionError as error:
        raise raw.placed(error, key) from None
    if number is None:
        raise raw.fault(code, key, text=text, **values)
    return number.value
