"""What stands behind a key of a rule as a checked expression."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from communitycheck.errors import ExpressionError, together
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Kind, Node, Number, names_in
from communitycheck.model.expression.lookup_table import LookupTable
from communitycheck.model.standard import Parameter
from communitycheck.nearest import nearest_named
from communitycheck.standards.language.dimensions import Dimensions
from communitycheck.standards.language.kinds import KindChecker
from communitycheck.standards.language.names import field_names, resolve_names
from communitycheck.standards.language.parse import parse
from communitycheck.standards.language.quantities import parse_quantity
from communitycheck.standards.language.spoken import how_written, plain_number, range_as_written, spoken_range
from communitycheck.standards.raw_rule import RawRule


class Formulas:
    """Reads formulas over one dictionary and one set of parameters and one of tables.

    ``broken`` are names of which nothing is known but that they are names, for they have a fault themselves; without
    ``names_known`` there may be further ones, as a part of the file could not be read.
    """

    def __init__(
        self,
        dictionary: Dictionary,
        parameters: Mapping[str, Parameter],
        tables: Mapping[str, LookupTable],
        broken: frozenset[str] = frozenset(),
        *,
        names_known: bool = True,
    ) -> None:
        self.dictionary = dictionary
        self.parameters = parameters
        self.tables = tables
        self.broken = broken
        self.names_known = names_known
        self.kinds = KindChecker(dictionary, parameters)
        self.dimensions = Dimensions(dictionary, parameters)

    def expression(self, raw: RawRule, key: str, text: str, *, truth: bool = False) -> Node:
        try:
            node, faults = resolve_names(self._parsed(text), self.dictionary, self.parameters, self.tables)
            if faults and any(fault.code != "expression-name-near" for fault in faults):
                raise together(faults)
            if not self.broken.isdisjoint(names_in(node)):
                return node
            try:
                if truth:
                    self.kinds.truth(node)
                else:
                    self.kinds.kind(node)
            except ExpressionError as error:
                raise together(_believed(faults, error)) from None
            if faults:
                raise together(faults)
        except ExpressionError as error:
            raise raw.placed(error, key) from None
        return node

    def _parsed(self, text: str) -> Node:
        try:
            return parse(text, self.dictionary.units, self.knows)
        except ExpressionError:
            if (found := self._label_in(text)) is not None:
                name, key = found
                raise ExpressionError("expression-name-near", column=1, name=name, near=key, others="") from None
            raise

    def _label_in(self, text: str) -> tuple[str, str] | None:
        """The longest label in the text that holds spaces or brackets, which no name can, and the field it is of."""
        plain, found = _packed(text), ("", "")
        for key, names in field_names(self.dictionary.fields.values()).items():
            for name in names:
                held = _packed(name)
                if held in plain and (held == plain or not held.isidentifier()) and len(name) > len(found[0]):
                    found = name, key
        return found if found[1] else None

    def knows(self, name: str) -> bool:
        """A field or parameter is called so."""
        return name in self.parameters or self.dictionary.find(name) is not None

    def limit(self, raw: RawRule, key: str, text: str, kind: Kind | None = None) -> Node:
        """A threshold's value: a quantity with a unit, or a formula; a date where the indicator is one.

        Args:
            kind: of the indicator; None where that is not known.
        """
        units = self.dictionary.units
        try:
            quantity = parse_quantity(text, units)
            node = quantity if quantity is not None else self.expression(raw, key, text)
        except ExpressionError as error:
            raise raw.placed(how_written(text, units, key) or error, key) from None
        match node:
            case Binary("-", Number(), _) if ends := spoken_range(text, units):
                raise raw.fault("expression-range", key, text=text, near=f"between: {range_as_written(ends)}")
        allowed = (kind,) if kind else ("number", "date")
        if self.broken.isdisjoint(names_in(node)) and self.kinds.kind(node) not in allowed:
            raise raw.fault("rule-threshold-date" if kind == "date" else "rule-threshold-number", key)
        return node

    def lever(self, raw: RawRule) -> str | None:
        """The field by which a shortfall is closed."""
        if raw.body.lever is None:
            return None
        field = self.dictionary.find(raw.body.lever)
        if field is not None and field.key in self.broken:
            return field.key
        if field is None or not field.is_number:
            numeric = field_names(f for f in self.dictionary.fields.values() if f.is_number)
            raise raw.fault("rule-lever", "lever", name=raw.body.lever, near=nearest_named(raw.body.lever, numeric))
        return field.key


def plausible_ends(raw: RawRule, formulas: Formulas) -> list[Number | None]:
    """Between which quantities the indicator lies where the data is sound, as they are written."""
    ends = raw.body.plausible or []
    return [None if end is None else plain_quantity(raw, "plausible", end, formulas) for end in ends]


def plain_quantity(
    raw: RawRule, key: str, text: str, formulas: Formulas, *, code: str = "rule-plain-number", **values: object
) -> Number:
    """A quantity and nothing else.

    Args:
        code: the fault where it is something else, with what its message needs.
    """
    try:
        number = plain_number(text, formulas.dictionary.units)
    except ExpressionError as error:
        raise raw.placed(error, key) from None
    if number is None:
        raise raw.fault(code, key, text=text, **values)
    return number


def _packed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _believed(faults: list[ExpressionError], error: ExpressionError) -> list[ExpressionError]:
    """The faults of names and the one that they lead to; what a name was taken for that cannot stand there was not
    meant, and draws no fault of its own."""
    taken = str(error.values.get("what", "")) if error.code == "expression-not-number" else ""
    wrong = [one for one in faults if taken and one.values.get("near") == taken]
    if not wrong:
        return [*faults, error]
    return [
        ExpressionError("expression-name", column=one.column, name=one.values["name"]) if one in wrong else one
        for one in faults
    ]
