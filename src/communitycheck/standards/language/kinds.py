"""What an expression yields (a number, a truth, text, a list), known before any data is read.

Checking this when a rule is loaded means that a rule which loads can be evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from communitycheck.errors import ExpressionError, together
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import (
    FUNCTIONS,
    OF_A_FORM,
    Binary,
    Call,
    Day,
    Kind,
    ListOf,
    Name,
    Node,
    Number,
    String,
    TableOf,
    Truth,
    Unary,
    column_of,
    names_in,
    show,
)
from communitycheck.model.expression.lookup_table import ByNumber, ByText, depth, levels
from communitycheck.model.expression.text_patterns import matching
from communitycheck.model.standard import Parameter
from communitycheck.nearest import nearest, nearest_named
from communitycheck.printable import clip
from communitycheck.standards.language.names import name_near
from communitycheck.standards.language.rounding import ROUNDING, check_step

_OF_OTHERS = ("previous", "change", "above")  # figures of another record


class KindChecker:
    """Kinds of expressions over one dictionary and one set of parameters."""

    def __init__(self, dictionary: Dictionary, parameters: Mapping[str, Parameter]) -> None:
        self.dictionary = dictionary
        self.parameters = parameters

    def kind(self, node: Node) -> Kind:
        """What ``node`` yields.

        Raises:
            ExpressionError: an operand of the wrong kind, or a category value that does not exist.
        """
        match node:
            case Number():
                return "number"
            case String():
                return "text"
            case Day():
                return "date"
            case Truth():
                return "truth"
            case Name(name):
                return self._name(name)
            case Unary("not", operand):
                self.truth(operand)
                return "truth"
            case Unary(_, operand):
                self.number(operand)
                return "number"
            case Binary("and" | "or", left, right):
                self.truth(left)
                self.truth(right)
                return "truth"
            case Binary("+" | "-" | "*" | "/", left, right):
                self.number(left)
                self.number(right)
                return "number"
            case Binary("in" | "not in", left, ListOf(items)):
                self._all_comparable(left, items)
                return "truth"
            case Binary(op, left, right):
                self._comparable(left, right, ordered=op not in ("==", "!="))
                return "truth"
            case Call():
                return self._call(node)
            case ListOf() | TableOf():
                raise ExpressionError("expression-list-place")

    def number(self, node: Node) -> None:
        if (kind := self.kind(node)) != "number":
            if kind == "date":
                raise ExpressionError("expression-date-sum", column=column_of(node), what=_what(node))
            raise ExpressionError("expression-not-number", column=column_of(node), what=_what(node))

    def truth(self, node: Node) -> None:
        kind = self.kind(node)
        if kind == "truth" or (kind == "number" and self._is_count(node)):
            return
        raise ExpressionError("expression-not-truth", column=column_of(node), what=_what(node))

    def _text(self, node: Node) -> None:
        """A text as the return has it: a category is held against its values, not against letters of their names."""
        field = self.dictionary.fields.get(node.name) if isinstance(node, Name) else None
        if field is not None and field.type == "category":
            raise ExpressionError(
                "expression-text-category", column=column_of(node), what=_what(node), values=", ".join(field.values)
            )
        if self.kind(node) != "text":
            raise ExpressionError("expression-not-text", column=column_of(node), what=_what(node))

    def _cell(self, call: Call, node: Node) -> None:
        """A field whose cells have to have a form. Of a number nobody can say so: what we do not read may be one."""
        field = self.dictionary.fields.get(node.name) if isinstance(node, Name) else None
        if field is None or field.type not in OF_A_FORM:
            types = ", ".join(OF_A_FORM)
            raise ExpressionError(
                "expression-takes-cell", column=call.column, name=call.function, what=_what(node), types=types
            )

    def _key(self, node: Call, at: int) -> None:
        """A key of a table: a number where its rows are ranges, else a text; of a category, one of its values."""
        assert isinstance(node.arguments[0], TableOf)
        table, key = node.arguments[0].table, node.arguments[at]
        asked = depth(table.rows)
        if len(node.arguments) - 1 != asked:
            found = len(node.arguments) - 1
            raise ExpressionError("expression-table-keys", column=node.column, name=table.name, n=asked, found=found)
        kind = self.kind(key)
        for rows in levels(table.rows, at - 1):
            if kind != ("number" if isinstance(rows, ByNumber) else "text"):
                code = "expression-table-range" if isinstance(rows, ByNumber) else "expression-table-class"
                raise ExpressionError(code, column=node.column, name=table.name, what=_what(key))
            if isinstance(rows, ByText) and isinstance(key, Name):
                for text, _ in rows.rows:
                    self._check_value(key, text)

    def _is_count(self, node: Node) -> bool:
        field = self.dictionary.fields.get(node.name) if isinstance(node, Name) else None
        return field is not None and field.type == "count"

    def _name(self, name: str) -> Kind:
        if name in self.parameters:
            return "number"
        field = self.dictionary.fields[name]
        if field.type == "truth":
            return "truth"
        match field.type:
            case "items" | "date" | "identity" as own:
                return own
            case _:
                pass
        return "number" if field.is_number else "text"

    def _all_comparable(self, left: Node, items: Iterable[Node]) -> None:
        faults = []
        for item in items:
            try:
                self._comparable(left, item)
            except ExpressionError as error:
                faults.append(error)
        if faults:
            raise together(faults)

    def _comparable(self, left: Node, right: Node, *, ordered: bool = False) -> None:
        kinds = self.kind(left), self.kind(right)
        for side, kind in ((left, kinds[1]), (right, kinds[0])):
            if isinstance(side, String) and kind == "date":
                raise ExpressionError("expression-date-text", column=column_of(left), text=side.value)
            if isinstance(side, Number) and kind == "date":
                raise ExpressionError("expression-not-date", column=column_of(left), what=_what(side))
        if kinds[0] != kinds[1] or {"items", "identity"} & {*kinds} or (ordered and kinds[0] not in ("number", "date")):
            self._refuse_order(left, right, kinds)
            raise ExpressionError("expression-compare", column=column_of(left), left=_what(left), right=_what(right))
        for name, value in ((left, right), (right, left)):
            if isinstance(name, Call) and name.function == "previous":
                name = name.arguments[0]
            if isinstance(name, Name) and isinstance(value, String):
                self._check_value(name, value.value)

    def _refuse_order(self, left: Node, right: Node, kinds: tuple[Kind, Kind]) -> None:
        """Words have no order: which of them are meant has to be listed."""
        if kinds != ("text", "text"):
            return
        for side in (left, right):
            field = self.dictionary.fields.get(side.name) if isinstance(side, Name) else None
            if field is not None and field.type == "category":
                listed = ", ".join(f'"{value}"' for value in field.values)
                raise ExpressionError("expression-category-order", column=column_of(left), field=field.key, near=listed)
        raise ExpressionError("expression-text-order", column=column_of(left), left=_what(left), right=_what(right))

    def _check_value(self, name: Name, value: str) -> None:
        field = self.dictionary.fields.get(name.name)
        if field is None or field.type != "category" or value in field.values:
            return
        near = nearest_named(value, field.values)
        raise ExpressionError(
            "expression-category",
            column=name.column,
            field=field.key,
            value=value,
            hint=near or ", ".join(field.values),
        )

    def _call(self, node: Call) -> Kind:
        function = FUNCTIONS[node.function]
        alike: list[Kind] = []
        for at, argument in enumerate(node.arguments):
            match function.taken(at):
                case "number":
                    self.number(argument)
                case "truth":
                    self.truth(argument)
                case "text":
                    self._text(argument)
                case "date":
                    if self.kind(argument) != "date":
                        raise ExpressionError("expression-not-date", column=column_of(argument), what=_what(argument))
                case "identity":
                    if self.kind(argument) != "identity":
                        what = _what(argument)
                        raise ExpressionError("expression-not-identity", column=column_of(argument), what=what)
                case "alike":
                    alike.append(self.kind(argument))
                case "field" if not isinstance(argument, Name) or argument.name in self.parameters:
                    raise _no_field(node, argument)
                case "cell":
                    self._cell(node, argument)
                case "quoted" if not isinstance(argument, String):
                    code = "expression-takes-rules" if node.function == "meets" else "expression-takes-quoted"
                    raise ExpressionError(code, column=node.column, name=node.function)
                case "key":
                    self._key(node, at)
                case "field" if function.yields == "alike":
                    alike.append(self.kind(argument))
                case "table":
                    pass  # known since its name was looked up
                case _:
                    self.kind(argument)
        if node.function == "matches":
            _check_pattern(node)
        if node.function == "percentile":
            _check_percentile(node)
        if node.function in ROUNDING:
            check_step(node)
        if node.function == "change":
            self.number(node.arguments[0])
        if node.function == "exists_in":
            self._check_listing(node)
        if len(set(alike)) > 1:
            raise ExpressionError("expression-alike", column=node.column, name=node.function)
        return alike[0] if function.yields == "alike" else function.yields


    def _check_listing(self, call: Call) -> None:
        """A text, a kind of subject, and a field with text, if one is named."""
        field, kind, *named = call.arguments
        self._listed(field)
        assert isinstance(kind, String)
        if kind.value not in self.dictionary.entities:
            near = nearest(kind.value, self.dictionary.entities)
            known = ", ".join(self.dictionary.entities)
            raise ExpressionError("expression-entity", column=call.column, name=kind.value, near=near, known=known)
        for one in named:
            assert isinstance(one, String)
            if one.value not in self.dictionary.fields:
                near = name_near(one.value, self.dictionary)
                code = "expression-name-near" if near else "expression-name"
                raise ExpressionError(code, column=call.column, name=one.value, near=near, others="")
            self._listed(Name(one.value, call.column))

    def _listed(self, node: Node) -> None:
        if self.kind(node) != "text":
            raise ExpressionError("expression-not-text", column=column_of(node), what=_what(node))


def _check_pattern(call: Call) -> None:
    pattern = call.arguments[1]
    assert isinstance(pattern, String)
    try:
        matching([""], pattern.value)
    except ValueError as error:
        why = str(error).partition(": ")[2]
        why = why if why.rpartition(": ")[2] in pattern.value else ""  # it names what we put around the pattern
        raise ExpressionError("expression-pattern", column=call.column, text=pattern.value, why=why) from None


def _check_percentile(call: Call) -> None:
    """A number from 0 to 100 that is written out; 0.9 and 90 % would be 90."""
    which = call.arguments[1]
    value = which.value if isinstance(which, Number) else -1.0
    share = isinstance(which, Number) and (which.dimension is not None or 0 < value < 1)
    if share and 0 <= value <= 1:
        near = f"{value * 100:.10g}"
        raise ExpressionError("expression-percentile", column=call.column, text=_what(which), near=near)
    if share or not 0 <= value <= 100:
        raise ExpressionError("expression-percentile", column=call.column, text=_what(which), near="")


def _no_field(call: Call, argument: Node) -> ExpressionError:
    """A function of one field is asked about something else."""
    if call.function == "is_blank" and isinstance(argument, Call) and argument.function in _OF_OTHERS:
        return ExpressionError("expression-blank-elsewhere", column=call.column, what=_what(argument))
    parts = names_in(argument) if call.function == "is_blank" and not isinstance(argument, Name) else ()
    near = " or ".join(f"is_blank({name})" for name in parts)
    return ExpressionError("expression-takes-field", column=call.column, name=call.function, near=near)


def _what(node: Node) -> str:
    return clip(show(node), 40)
