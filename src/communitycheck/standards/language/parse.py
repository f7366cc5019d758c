"""The expression language: text -> nodes of our own (``model.expression``).

A Pratt parser over a short list of tokens. Nothing is ever handed to Python's own evaluator, and both length and
nesting are bounded, so a hostile formula costs no more than an honest one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from communitycheck.errors import ExpressionError
from communitycheck.messages import rule_words
from communitycheck.model.expression import (
    BINDING,
    COMPARED,
    FUNCTIONS,
    SIGNED,
    Binary,
    Call,
    Day,
    ListOf,
    Name,
    Node,
    Number,
    String,
    Truth,
    Unary,
    show,
)
from communitycheck.model.expression.calendar_days import number_of
from communitycheck.model.text import Text
from communitycheck.model.units import OwnUnits
from communitycheck.model.units.words import find_word
from communitycheck.nearest import nearest_named
from communitycheck.patterns import pattern
from communitycheck.printable import is_seen
from communitycheck.standards.language.quantities import finite, scaled, unknown_unit, unmarked, with_unit

MAX_LENGTH = 4000
MAX_DEPTH = 60
MAX_TERMS = 1000

# Signs of typeset or Chinese text, and what is written for them here.
_PLAIN = {"÷": "/", "×": "*", "·": "*", "−": "-", "–": "-", "≥": ">=", "≤": "<=", "≠": "!=", "“": '"', "”": '"',
          "‘": "'", "’": "'", "、": ",", "【": "(", "】": ")"}  # fmt: skip
_TOKEN = pattern(
    r"""(?P<space>\s+)
      | (?P<date>[0-9]{4}(?:-[0-9]{1,2}-[0-9]{1,2}|/[0-9]{1,2}/[0-9]{1,2}|\.[0-9]{1,2}\.[0-9]{1,2}
            |年[0-9]{1,2}月[0-9]{1,2}日?)(?![\d\w.]))
      | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\s*%?)
      | (?P<name>[^\W\d]\w*|[㎡㎢‰])
      | (?P<string>"[^"\n]*"|'[^'\n]*')
      | (?P<foreign>===|<>|=>|=<|&&?|\|\|?)
      | (?P<op>==|!=|<=|>=|[-+*/()<>,=\[\]])""",
    re.VERBOSE,
)
_OPERATORS = ("and", "or", "in", "not", "per")
_OPERAND = Text("一个字段或数", "a field or a number")
_THOUSANDS = pattern(r"(?<=[0-9]),(?=[0-9]{3})")


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


def parse(text: str, units: OwnUnits | None = None, field: Callable[[str], object] = bool) -> Node:
    """Parse a formula.

    Args:
        units: those that the standard declares. field: tells whether a name is one of a field or parameter.

    Raises:
        ExpressionError: with the column (from 1) where the formula leaves the language.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError("expression-too-long", length=len(text), limit=MAX_LENGTH)
    return _Parser(_tokens(text), text, units or {}, field).whole()


def _plain(character: str) -> str:
    """What the formula language has for a sign of typeset or full-width text; — for none."""
    plain = _PLAIN.get(character) or unicodedata.normalize("NFKC", character)
    return plain if plain != character and plain.isascii() and plain.isprintable() else "—"


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            if not is_seen(text[at]):
                raise ExpressionError("expression-unseen", column=at + 1, sign=f"U+{ord(text[at]):04X}")
            raise ExpressionError("expression-character", column=at + 1, character=text[at], near=_plain(text[at]))
        if found.lastgroup == "foreign":
            near = rule_words.operator_for(found.group())
            raise ExpressionError("expression-character", column=at + 1, character=found.group(), near=near)
        if found.lastgroup != "space":
            tokens.append(_Token(str(found.lastgroup), found.group(), at + 1))
        at = found.end()
        if len(tokens) > MAX_TERMS:
            raise ExpressionError("expression-too-long", length=f">{MAX_TERMS}", limit=MAX_TERMS)
    tokens.append(_Token("end", "", len(text) + 1))
    return tokens


class _Parser:
    def __init__(self, tokens: list[_Token], text: str, units: OwnUnits, field: Callable[[str], object]) -> None:
        self.tokens = tokens
        self.text = text
        self.units = units
        self.is_field = field
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
        if self.peek.kind == "end":
            raise ExpressionError("expression-empty", column=1)
        node = self.expression(0)
        if self.peek.kind != "end":
            raise self.unexpected()
        return node

    @property
    def peek(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.peek
        self.at += 1
        return token

    def expect(self, text: str) -> None:
        if self.peek.text != text or self.peek.kind == "string":
            raise self.unexpected(text)
        self.at += 1

    def unexpected(self, wanted: str = "") -> ExpressionError:
        token = self.peek
        if token.kind == "end":
            return ExpressionError("expression-ends", column=token.column, wanted=wanted or _OPERAND)
        if token.text == "=":
            return ExpressionError("expression-single-equals", column=token.column)
        if fault := self.comma_in_number():
            return fault
        if fault := self.unjoined():
            return fault
        if token.kind == "name" and find_word(token.text, self.units) is not None:
            return ExpressionError("expression-unit-place", column=token.column, found=token.text)
        return ExpressionError("expression-unexpected", column=token.column, found=token.text, wanted=wanted)

    def unjoined(self) -> ExpressionError | None:
        """A fault where two operands stand side by side: a word of another language joins them, a function lacks its
        brackets, or nothing joins them."""
        token, before = self.peek, self.tokens[self.at - 1]
        if not self.at or (before.kind not in ("name", "number", "date", "string") and before.text not in (")", "]")):
            return None
        if token.kind == "name" and (near := rule_words.operator_for(token.text)):
            return ExpressionError("expression-character", column=token.column, character=token.text, near=near)
        if before.kind == "name" and before.text in FUNCTIONS and not self.is_field(before.text):
            example = FUNCTIONS[before.text].example
            return ExpressionError("expression-call", column=before.column, name=before.text, example=example)
        if token.text in (*_OPERATORS, "of") or before.text in _OPERATORS:
            return None
        starts = token.kind in ("name", "number", "date", "string") or token.text == "("
        is_unit = token.kind == "name" and find_word(token.text, self.units) is not None
        if not starts or (is_unit and not self.is_field(token.text)):
            return None
        if before.kind == "number" and token.kind == "name" and not self.is_field(token.text):  # 1 park/10000 persons
            return unknown_unit(token.text, self.units, token.column)
        return ExpressionError("expression-unjoined", column=token.column, found=token.text)

    def expression(self, floor: int) -> Node:
        """An expression whose operators all bind at least as tightly as ``floor``."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError("expression-too-deep", column=self.peek.column, limit=MAX_DEPTH)
        left = self.prefix()
        while True:
            op, binding = self.infix()
            if not op or binding < floor:
                break
            self.at += 2 if op == "not in" else 1
            if op in ("in", "not in"):
                left = Binary(op, left, self.list_literal())
            else:
                left = Binary(op, left, self.expression(binding + 1))
            if binding == COMPARED and self.infix()[1] == COMPARED:
                raise ExpressionError("expression-chained", column=self.peek.column)
        self.depth -= 1
        return left

    def infix(self) -> tuple[str, int]:
        token = self.peek
        op = token.text if token.kind in ("name", "op") else ""
        if op == "not":
            op = "not in" if self.tokens[self.at + 1].text == "in" else ""
        return (op, BINDING[op]) if op in BINDING else ("", 0)

    def prefix(self) -> Node:
        token = self.take()
        match token.kind:
            case "number":
                return self.quantity(_number(token.text))
            case "date":
                return _day(token)
            case "string":
                return String(token.text[1:-1])
            case "name":
                return self.word(token)
            case "op" if token.text == "-":
                return Unary("-", self.expression(SIGNED))
            case "op" if token.text == "(":
                inner = self.expression(0)
                self.expect(")")
                return inner
        self.at -= 1
        raise self.unexpected()

    def quantity(self, number: Number) -> Node:
        """A number with the unit behind it, if one is there: ``30 m2 per 100 households``, ``30 m2/household``.

        ``/ 100 households`` is left to be divided by as any other number is.
        """
        token = self.peek
        first = find_word(token.text, self.units) if token.kind == "name" and number.dimension is None else None
        if first is None or token.text in _OPERATORS:
            self.refuse_per_alone(number, token)
            return number
        self.at += 1
        node: Node = self.held(number.value, token)
        while self.peek.text in ("per", "/"):
            below = self.tokens[self.at + 1]
            per = self.peek.text == "per"
            if not per and below.kind != "name":
                break
            if not per and find_word(below.text, self.units) is None:
                break
            if not per and self.is_field(below.text):
                raise ExpressionError("expression-unit-unclear", column=token.column, unit=token.text, name=below.text)
            self.at += 1
            times = float(self.take().text) if self.peek.kind == "number" and per else 1.0
            word = self.take()
            if word.kind != "name" or find_word(word.text, self.units) is None:
                self.at -= 1
                raise ExpressionError("expression-unit-wanted", column=word.column, found=word.text)
            node = Binary("/", node, self.held(times, word))
        return node

    def refuse_per_alone(self, number: Number, token: _Token) -> None:
        """2.5 per 1000, 0.4 parks per 1,000 residents: what is counted is no unit."""
        per = next((one for one in self.tokens[self.at : self.at + 2] if one.text == "per"), None)
        if per is None or number.dimension is not None or (token is not per and token.kind != "name"):
            return
        start, below = self.tokens[self.at - 1].column - 1, self.text[per.column + 2 :].strip(" )")
        below = _THOUSANDS.sub("", below)
        near = f"{number.value:.12g} items per {below}{' persons' if below.isdigit() else ''}"
        word = "" if token is per else token.text
        raise ExpressionError(
            "expression-per-unit", column=token.column, text=self.text[start:].strip(), word=word, near=near
        )

    def held(self, value: float, word: _Token) -> Number:
        """So many of what a word of units names."""
        number = with_unit(value, word.text, self.units)
        assert number is not None
        return number

    def word(self, token: _Token) -> Node:
        if token.text == "not":
            return Unary("not", self.expression(BINDING["not"]))
        if token.text in ("true", "false"):
            return Truth(token.text == "true")
        if self.peek.text == "(" and self.peek.kind == "op":
            return self.call(token)
        if token.text in ("and", "or", "in"):
            self.at -= 1
            raise self.unexpected()
        return Name(token.text, token.column)

    def call(self, token: _Token) -> Node:
        function = FUNCTIONS.get(token.text)
        if function is None:
            near = nearest_named(token.text, {name: rule_words.FUNCTIONS.get(name, ()) for name in FUNCTIONS})
            raise ExpressionError(
                "expression-function",
                column=token.column,
                name=token.text,
                hint=near or ", ".join(FUNCTIONS),
            )
        self.expect("(")
        arguments: list[Node] = []
        while self.peek.text != ")" or self.peek.kind == "string":
            arguments.append(self.expression(0))
            if self.peek.text != ",":
                break
            self.separate()
        self.expect(")")
        if token.text == "sum" and len(arguments) > 1:
            near = " + ".join(map(show, arguments))
            raise ExpressionError("expression-sum-of-several", column=token.column, near=near)
        least, most = function.least, function.most
        if len(arguments) < least or (most is not None and len(arguments) > most):
            wanted = str(least) if least == most else f"{least}–{most or '…'}"
            raise ExpressionError(
                "expression-arity", column=token.column, name=token.text, wanted=wanted, found=len(arguments)
            )
        return Call(token.text, tuple(arguments), token.column)

    def separate(self, *, in_list: bool = False) -> None:
        """Pass a comma; not one that may as well stand inside a number, as in max(population, 1,500)."""
        fault = self.comma_in_number()
        if fault is not None and not (in_list and len(self.tokens[self.at + 1].text) != 3):
            raise fault
        self.at += 1

    def comma_in_number(self) -> ExpressionError | None:
        """A fault where the comma that stands here has figures close on both sides."""
        if not 0 < self.at < len(self.tokens) - 1 or self.peek.text != ",":
            return None
        before, after = self.tokens[self.at - 1], self.tokens[self.at + 1]
        text = self.text[before.column - 1 : after.column - 1] + after.text.removesuffix("%").strip()
        if before.kind != "number" or after.kind != "number" or any(c.isspace() or c == "%" for c in text):
            return None
        return ExpressionError("expression-comma", column=before.column, text=text, near=unmarked(text))

    def list_literal(self) -> Node:
        self.expect("[")
        items: list[Node] = []
        while self.peek.text != "]" or self.peek.kind == "string":
            item = self.expression(BINDING["-"])
            if not isinstance(item, Number | String | Truth):
                near = f'"{item.name}"' if isinstance(item, Name) else ""
                raise ExpressionError("expression-list-item", column=self.peek.column, near=near)
            items.append(item)
            if self.peek.text != ",":
                break
            self.separate(in_list=True)
        self.expect("]")
        if not items:
            raise ExpressionError("expression-list-empty", column=self.peek.column)
        return ListOf(tuple(items))


def _day(token: _Token) -> Day:
    """A date, in the one way in which it is written."""
    year, month, day = map(int, re.findall(r"\d+", token.text))
    try:
        found = date(year, month, day)
    except ValueError:
        raise ExpressionError("expression-date-none", column=token.column, text=token.text) from None
    if token.text != found.isoformat():
        raise ExpressionError("expression-date", column=token.column, text=token.text, near=found.isoformat())
    return Day(number_of(found))


def _number(text: str) -> Number:
    figures = text.removesuffix("%").rstrip()  # of what separates in Unicode, float takes off only a part
    return Number(finite(figures)) if "%" not in text else Number(scaled(finite(figures), 0.01), "ratio", "%")
