"""Expressions in print, apart from the rule language's own notation (``model.expression.show``).

``Labelled`` is that notation with people's names for fields; ``Formula`` is arithmetic as people write it,
``综合服务设施面积 ÷ 户数 × 100``; ``Prose`` puts conditions and functions into words as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from communitycheck.model.dictionary import Field
from communitycheck.model.expression import (
    ARITHMETIC,
    BINDING,
    COMPARED,
    FUNCTIONS,
    MIRRORED,
    NEGATED,
    SIGNED,
    WHOLE,
    Binary,
    Call,
    Day,
    ListOf,
    Name,
    Node,
    Notation,
    Number,
    Printed,
    String,
    Taken,
    Truth,
    Unary,
    names_in,
    step_of,
)
from communitycheck.model.standard import Standard
from communitycheck.model.units import canonical
from communitycheck.reporting.words.names import Names
from communitycheck.reporting.words.numbers import PERCENT, grouped, plain, stated, with_unit

_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷", "==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_SAID = {"==": "equals", "!=": "differs", "<": "less", "<=": "at-most", ">": "more", ">=": "at-least"}
_FORMS = 2  # written forms named of one category
_POSTFIX = 8  # 进一取整: words behind a value


class Labelled(Notation):
    """The rule language with other names, given by ``label``."""

    def __init__(self, label: Callable[[str], str]) -> None:
        self.label = label

    def name(self, name: str) -> Printed:
        return self.label(name), WHOLE


class Formula(Notation):
    """Arithmetic as people write it. Names are printed as they stand: labels, or figures in their place.

    Args:
        as_stated: leave out the factors between units; figures without a unit need them.
    """

    def __init__(self, wording: Names, *, as_stated: bool = True) -> None:
        self.wording = wording
        self.as_stated = as_stated
        self.say = wording.say

    def number(self, number: Number) -> str:
        percent = number.is_percentage
        digits = plain(number.value * 100 if percent else number.value)
        return grouped(digits).replace("-", "−") + ("%" if percent else "")

    def quantity(self, number: Number) -> str:
        return with_unit(self.number(number), canonical(number.dimension or ""), self.wording.lang)

    def string(self, value: str) -> str:
        return self.say("rule-quoted", text=value)

    def truth(self, value: bool) -> str:
        return self.wording.truth(value)

    def name(self, name: str) -> Printed:
        return name, BINDING["-"] if name.startswith(("-", "−")) else WHOLE

    def sign(self, op: str) -> str:
        return _SIGNS.get(op) or self.say("explain-op-" + op.replace(" ", "-"))

    def function(self, name: str) -> str:
        return FUNCTIONS[name].shown.in_lang(self.wording.lang)

    def call(self, node: Call) -> Printed:
        if node.function == "meets":
            rules = ", ".join(a.value for a in node.arguments if isinstance(a, String))
            return f"{self.function('meets')}({rules})", WHOLE
        return super().call(node)

    def step(self, step: Number) -> str:
        return self.part(step)

    def unary(self, op: str, operand: Node) -> Printed:
        inner = self.inside(operand, SIGNED)
        return (self.say("explain-not", text=inner) if op == "not" else f"−{inner}"), SIGNED


class Prose(Notation):
    """What a rule says in words, for records of one kind.

    ``text`` takes a node as a value, ``condition`` as something that holds or does not.
    """

    def __init__(self, wording: Names, standard: Standard, entity: str) -> None:
        self.wording = wording
        self.say = wording.say
        self.standard = standard
        self.entity = entity

    # values

    def number(self, number: Number) -> str:
        return stated(number.value, PERCENT if number.is_percentage else "", self.wording.lang)

    def quantity(self, number: Number) -> str:
        return stated(number.value, canonical(number.dimension or ""), self.wording.lang)

    def string(self, value: str) -> str:
        return self.say("rule-quoted", text=value)

    def truth(self, value: bool) -> str:
        return self.say("rule-quoted", text=self.wording.truth(value))

    def name(self, name: str) -> Printed:
        return self.label(name), WHOLE

    def label(self, name: str) -> str:
        return self.wording.label(name, self.standard.id)

    def sign(self, op: str) -> str:
        return _SIGNS[op]

    def step(self, step: Number) -> str:
        return self.part(step)

    def brackets(self, text: str) -> str:
        return self.say("rule-brackets", text=text)

    def listed(self, items: Iterable[Node]) -> str:
        return self.wording.listed(map(self.part, items))

    def unary(self, op: str, operand: Node) -> Printed:
        if op == "not":
            return self.condition(Unary(op, operand))
        return "−" + self.inside(operand, WHOLE), SIGNED

    def binary(self, op: str, left: Node, right: Node) -> Printed:
        return super().binary(op, left, right) if op in ARITHMETIC else self.condition(Binary(op, left, right))

    def call(self, node: Call) -> Printed:
        function, arguments = node.function, node.arguments
        kind = self.wording.entities(self.entity)
        match function:
            case "min" | "max" if len(arguments) == 1:
                return self.text(arguments[0])
            case "max" if arguments[1:] == (Number(0.0),) and isinstance(arguments[0], Name):
                return self.text(arguments[0])  # no figure is below 0
            case "min" | "max":
                return self._staircase(node) or (self.say(f"rule-{function}", items=self.listed(arguments)), WHOLE)
            case "ceil" if staircase := self._staircase(node):
                return staircase
            case "ceil" | "floor" | "round" if (step := step_of(node)) is not None:
                return self._after(f"rule-{function}-by", arguments[0], step=self.step(step))
            case "ceil" | "floor" | "abs":
                return self._after(f"rule-{function}", arguments[0])
            case "round":
                digits = int(arguments[1].value) if len(arguments) > 1 and isinstance(arguments[1], Number) else 0
                return self._after("rule-round-to" if digits else "rule-round", arguments[0], digits=digits)
            case "coalesce":
                first = self.part(arguments[0])
                for other in arguments[1:]:
                    code = "rule-coalesce" if names_in(other) else "rule-coalesce-constant"
                    first = self.say(code, first=first, other=self.part(other))
                return first, WHOLE
            case "count_of" if all(isinstance(a, Name) for a in arguments):
                return self.say("rule-count-of", items=self.listed(arguments)), WHOLE
            case "count_of":
                listed = self.say("semicolon").join(self.condition(a)[0] for a in arguments)
                return self.say("rule-count-of-conditions", items=listed), WHOLE
            case "rank":
                return self._rank(arguments[0], arguments[1:]), WHOLE
            case "mean" if len(arguments) > 1:
                return self.say("rule-mean-weighted", **self._weighted(arguments)), WHOLE
            case "sum" | "mean" if not self._is_truth(arguments[0]):
                return self._after(f"rule-{function}", arguments[0])
            case "share" | "mean":
                return self.say("rule-share", entities=kind, condition=self.condition(arguments[0])[0]), WHOLE
            case "sum" | "count" if arguments:
                return self.say("rule-count", entities=kind, condition=self.condition(arguments[0])[0]), WHOLE
            case "count":
                return self.say("rule-count-all", entities=kind), WHOLE
            case "lookup":
                table, *keys = arguments
                return self.say("rule-lookup", table=self.write(table), keys=self.listed(keys)), WHOLE
            case _ if self._is_truth(node):
                return self.condition(node)
            case _:
                return self._said(node, negated=False), WHOLE

    def _weighted(self, arguments: tuple[Node, ...]) -> dict[str, str]:
        value, weight = (self.inside(argument, WHOLE) for argument in arguments)
        return {"value": value, "weight": weight}

    def _rank(self, figure: Node, within: tuple[Node, ...]) -> str:
        rising = isinstance(figure, Unary) and figure.op == "-"
        value = self.inside(figure.operand if isinstance(figure, Unary) and rising else figure, WHOLE)
        found = self.say("rule-rank-up" if rising else "rule-rank", value=value)
        return self.say("rule-rank-within", rank=found, fields=self.listed(within)) if within else found

    def _said(self, node: Call, *, negated: bool) -> str:
        """A function as its entry in the table of functions words it; a choice of truths is denied in both parts."""
        function = FUNCTIONS[node.function]
        values: dict[str, object] = {}
        for at, argument in enumerate(node.arguments):
            taken = function.taken(at)
            if taken == "alike" and self._is_truth(argument):
                values["abc"[at]] = self.condition(argument, negated=negated)[0]
            else:
                values["abc"[at]] = self._argument(taken, argument)
        return self.wording.fill(function.denies if negated and function.denies.en else function.says, **values)

    def _argument(self, taken: Taken, node: Node) -> str:
        if taken == "truth":
            return self.condition(node)[0]
        return self.inside(node, WHOLE) if taken == "number" else self.part(node)

    def _staircase(self, node: Call) -> Printed | None:
        """``max(1, ceil(population / 5000))`` as documents say it: one for every 5,000 persons, at least one."""
        match node:
            case Call("ceil", (Binary("/", Name() as whole, Number() as step),)) if self._is_counted(whole):
                return self.say("rule-per", field=self.write(whole), step=self._with_unit(whole, step)), WHOLE
            case Call("max", (Number() as least, Call("ceil") as stairs)):
                steps = self._staircase(stairs)
                return steps and (self.say("rule-per-least", steps=steps[0], least=self.write(least)), WHOLE)
            case _:
                return None

    def _is_counted(self, node: Name) -> bool:
        """Whole persons, households, or things of a unit that a standard declares: a plain number is of no unit, and a
        measure such as an area may also be that of a part."""
        field = self._field(node.name)
        return field is not None and field.type == "int" and bool(field.unit)

    def _after(self, code: str, value: Node, **more: object) -> Printed:
        return self.say(code, value=self.inside(value, WHOLE), **more), _POSTFIX

    # conditions

    def condition(self, node: Node, *, negated: bool = False) -> Printed:
        match node:
            case Unary("not", operand):
                return self.condition(operand, negated=not negated)
            case Truth(value):
                return self.say("rule-always" if value != negated else "rule-never"), WHOLE
            case Name(name):
                return self._named(name, negated=negated), COMPARED
            case Binary(("and" | "or") as op, left, right):
                return self._joined(op, left, right, negated=negated)
            case Binary(("in" | "not in") as op, left, ListOf(items)):
                negative = (op == "not in") != negated
                listed = self.wording.listed(self._category(left, i) for i in items)
                code = "rule-not-one-of" if negative else "rule-one-of"
                return self.say(code, left=self.write(left), items=listed), COMPARED
            case Binary(op, left, right) if op in _SAID:
                return self._compared(NEGATED[op] if negated else op, left, right), COMPARED
            case Call("is_blank", (Name(name),)):
                return self.say("rule-not-blank" if negated else "rule-blank", left=self.label(name)), COMPARED
            case Call("is_unique", arguments):
                code = "rule-not-unique" if negated else "rule-unique"
                kind = self.wording.entities(self.entity)
                return self.say(code, entities=kind, fields=self.listed(arguments)), COMPARED
            case Call("exists_in", (name, String(entity), *_)):
                code = "rule-not-exists-in" if negated else "rule-exists-in"
                return self.say(code, field=self.write(name), entities=self.wording.entities(entity)), COMPARED
            case Call("coalesce", (first, Truth(value))):  # a constant stands in for an absent column, never a blank
                met, binding = self.condition(first, negated=negated)
                return (met, binding) if value == negated else (self.say("rule-or-absent", condition=met), COMPARED)
            case Call(function, _) if FUNCTIONS[function].says.en:
                return self._said(node, negated=negated), COMPARED
            case Call("meets", arguments):
                rules = self.wording.listed(a.value for a in arguments if isinstance(a, String))
                code = ("rule-meets" if len(arguments) == 1 else "rule-meets-all") + ("-not" if negated else "")
                return self.say(code, rules=rules), COMPARED
            case _:
                return self.say("rule-is", left=self.write(node), right=self.wording.truth(not negated)), COMPARED

    def _joined(self, op: str, left: Node, right: Node, *, negated: bool) -> Printed:
        """``and`` or ``or``; not (a and b) is (not a) or (not b)."""
        joined = {"and": "or", "or": "and"}[op] if negated else op
        binding = BINDING[joined]
        sides = [self.condition(side, negated=negated) for side in (left, right)]
        first, second = (text if own >= binding else self.brackets(text) for text, own in sides)
        return self.say(f"rule-join-{joined}", left=first, right=second), binding

    def _named(self, name: str, *, negated: bool) -> str:
        field = self._field(name)
        if field is not None and field.type != "truth":  # a count as a truth: some or none
            return self.say("rule-equals" if negated else "rule-more", left=self.label(name), right="0")
        return self.say("rule-is", left=self.label(name), right=self.wording.truth(not negated))

    def _compared(self, op: str, left: Node, right: Node) -> str:
        if isinstance(left, Number | Day | String | Truth) and not isinstance(right, Number | Day | String | Truth):
            left, right, op = right, left, MIRRORED[op]
        if isinstance(right, Truth):
            return self.condition(left, negated=(op == "!=") == right.value)[0]
        if isinstance(right, String):
            code = "rule-is-text" if op == "==" else "rule-is-not-text"
            return self.say(code, left=self.write(left), right=self._category(left, right))
        if op not in ("==", "!=") and (self._is_date(left) or self._is_date(right)):
            return self.say(f"rule-date-{_SAID[op]}", left=self.write(left), right=self.write(right))
        return self.say(f"rule-{_SAID[op]}", left=self.write(left), right=self._with_unit(left, right))

    def _with_unit(self, left: Node, right: Node) -> str:
        """A number beside a field carries that field's unit."""
        field = self._field(left.name) if isinstance(left, Name) else None
        if isinstance(right, Number) and right.dimension != "ratio" and field is not None and field.unit:
            return stated(right.value, field.unit, self.wording.lang)
        return self.part(right)

    def _category(self, left: Node, value: Node) -> str:
        """The value of a category as people write it: its first Chinese forms, or its name in English."""
        if not isinstance(value, String):
            return self.write(value)
        field = self._field(left.name) if isinstance(left, Name) else None
        forms = field.values.get(value.value, ()) if field is not None else ()
        if not forms or self.wording.lang != "zh":
            return self.string(value.value)
        quoted = self.string(self.wording.listed(forms[:_FORMS]))
        return self.say("rule-and-alike", text=quoted) if len(forms) > _FORMS else quoted

    def _field(self, name: str) -> Field | None:
        own = (self.standard.fields or {}).get(name)
        return own or self.wording.dictionary.find(name)

    def _is_date(self, node: Node) -> bool:
        match node:
            case Day() | Call("as_of", _):
                return True
            case Name(name):
                field = self._field(name)
                return field is not None and field.type == "date"
            case Call(function, arguments) if FUNCTIONS[function].yields == "alike":
                return self._is_date(arguments[-1])
            case _:
                return False

    def _is_truth(self, node: Node) -> bool:
        match node:
            case Name(name):
                field = self._field(name)
                return field is not None and field.type == "truth"
            case Truth() | Unary("not", _):
                return True
            case Call(function, arguments):
                yields = FUNCTIONS[function].yields
                return self._is_truth(arguments[-1]) if yields == "alike" else yields == "truth"
            case Binary(op, _, _):
                return op not in ARITHMETIC
            case _:
                return False
