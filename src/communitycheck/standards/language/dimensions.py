"""In which dimension an expression yields its number, known before any data is read."""

from __future__ import annotations

from collections.abc import Mapping

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Call, Name, Node, Number, TableOf, Unary
from communitycheck.model.standard import Parameter


class Dimensions:
    """Dimensions of expressions over one dictionary and one set of parameters."""

    def __init__(self, dictionary: Dictionary, parameters: Mapping[str, Parameter]) -> None:
        self.dictionary = dictionary
        self.parameters = parameters

    def of(self, node: Node) -> str | None:
        """The dimension of a number, where it can be told."""
        match node:
            case Number(_, dimension):
                return dimension
            case TableOf(table):
                return table.dimension
            case Name(name):
                source = self.parameters.get(name) or self.dictionary.fields[name]
                return source.dimension
            case Unary("-", operand):
                return self.of(operand)
            case Binary("+" | "-", left, right):
                return self.of(left) or self.of(right)
            case Binary("/", left, right):
                above, below = self.of(left), self.of(right)
                if above is not None and below is None and isinstance(right, Number):
                    return above
                return "ratio" if above is not None and above == below else None
            case Binary("*", left, right):
                sides = [self.of(left), self.of(right)]
                plain = isinstance(left, Number) or isinstance(right, Number)
                found = next((d for d in sides if d), None) if plain else None
                return None if found == "ratio" else found  # workers / residents * 10000: so many to 10,000
            case Call("share", _):
                return "ratio"
            case Call("count" | "count_of", _):
                return "items"
            case Call(_, arguments) if arguments:
                return next((d for a in arguments if (d := self.of(a))), None)
        return None
