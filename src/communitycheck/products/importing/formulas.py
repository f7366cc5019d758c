"""Audit formulas as offices write them in a spreadsheet (``NM1210=NM1221+NM1220``) -> relations in our own language.

    cell := [condition] relation (";" relation)*        what a condition looks like: ``conditions.py``
    relation := side (("=" | ">=" | "<=" | ">" | "<") side)+        A>=B>=C is A>=B and B>=C
    side := number | date | code | side ("+" | "-" | "*" | "/") side | "(" side ")" | "-" side

Signs may be full-width or written in other ways (≥, ＝, ==, ×, ÷). A code is a run of letters and digits that begins
with a letter; a Chinese name is one as well. Whatever else stands in a cell is refused, never guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from communitycheck.errors import ExpressionError
from communitycheck.model.comparison import COMPARISONS, Comparison
from communitycheck.products.importing.conditions import conditionals, pieces
from communitycheck.standards.language.parse import MAX_DEPTH, MAX_LENGTH, parse

MAX_CODE = 60

# The comparisons that have a sign of their own, and can be read from either side.
_SIGNS = {one.operator: one for one in COMPARISONS.values() if one.operator and one.mirror}
_SAME = str.maketrans(
    {"≥": ">=", "≧": ">=", "⩾": ">=", "≤": "<=", "≦": "<=", "⩽": "<=", "×": "*", "✕": "*", "÷": "/", "−": "-", "–": "-"}
    | dict.fromkeys("[{【〔", "(")
    | dict.fromkeys("]}】〕", ")")
)
_SPELLINGS = {"=": "==", "=>": ">=", "=<": "<=", "<>": "!=", "≠": "!="}
_PARTS = re.compile(r"[;,、。\n\r]+")
_NUMBERING = re.compile(r"^\s*(?:\(\d{1,3}\)|\d{1,3}[、.)])\s*(?=[^\W\d_])")
_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<date>(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\.\d{1,2}\.\d{1,2})(?![\d.\w]))
      | (?P<number>\d+(?:\.\d+)?%?)
      | (?P<code>[^\W\d_](?:\w|\.(?=\w))*)
      | (?P<sign><>|!=|≠|(?:[<>=]\s*=)|=\s*[<>]|[<>=])
      | (?P<op>[-+*/()])""",
    re.VERBOSE,
)
# What a name does not hold: an operation written in words, or two codes with words between them.
_WORDS = re.compile(
    r"[且或]者?|如果|否则|大于|小于|等于|不超过|不高于|不低于|不少于|不多于|之和|之差|之积|加上|减去|乘以|除以|"
    r"^[若当如则即][a-zA-Z]|[a-zA-Z]\d.*[\u4e00-\u9fff].*[a-zA-Z]\d"
)


class Token(NamedTuple):
    """``kind`` is ``number``, ``date`` (as 2021-06-08), ``code``, ``sign`` or ``op``; ``column`` counts from 1."""

    kind: str
    text: str
    column: int


class Condition(NamedTuple):
    """One relation of a condition, and what joins it to the one before: ``and``, ``or`` or nothing."""

    joined: str
    left: tuple[Token, ...]
    sign: str
    right: tuple[Token, ...]


class AuditRelation(Struct, frozen=True):
    """One relation: the left side is held against the right. The left one has a code, whatever the cell's order.

    It holds where the ``conditions`` do, or where they do not if ``negated``.
    """

    left: tuple[Token, ...]
    comparison: Comparison
    right: tuple[Token, ...]
    conditions: tuple[Condition, ...] = ()
    negated: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes as written, in order of first use."""
        held = (token for one in self.conditions for token in (*one.left, *one.right))
        return tuple(dict.fromkeys(t.text for t in (*self.left, *self.right, *held) if t.kind == "code"))

    @property
    def pairs(self) -> list[tuple[tuple[Token, ...], tuple[Token, ...]]]:
        """What is held against what, in the relation and in its conditions."""
        return [(self.left, self.right), *((one.left, one.right) for one in self.conditions)]

    def sides(self, names: Mapping[str, str]) -> tuple[str, str]:
        """Both sides as formulas of the rule language, each code written as ``names`` has it."""
        return _written(self.left, names), _written(self.right, names)

    def where(self, names: Mapping[str, str]) -> str:
        """The condition as a formula of the rule language; empty where there is none."""
        parts = (
            f"{one.joined} {_written(one.left, names)} {one.sign} {_written(one.right, names)}"
            for one in self.conditions
        )
        text = " ".join(" ".join(parts).split())
        return f"not ({text})" if self.negated else text


def looks_like_formula(text: str) -> bool:
    """A cheap test: a sign of comparison with something that may be a code."""
    return bool(re.search(r"[<>=≥≤≧≦＝＞＜≠⩾⩽]", text) and re.search(r"[^\W\d_]", text))


def parse_formula(text: str, condition: str = "") -> tuple[AuditRelation, ...]:
    """The relations that a cell states.

    Args:
        condition: when they hold, where another cell says so.

    Raises:
        ExpressionError: ``formula-...`` (or a bound of the rule language) with the reason; nothing of the cell is
            used then.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError("expression-too-long", length=len(text), limit=MAX_LENGTH)
    apart = _conditions(_plain_text(condition)) if condition.strip() else ()
    found: list[AuditRelation] = []
    for one in conditionals(_plain_text(text)):
        if one.condition and apart:
            raise ExpressionError("formula-nested-condition")
        held = _conditions(one.condition) if one.condition else apart
        parts = [part for part in _PARTS.split(one.formula) if part.strip()]
        if one.condition:  # what follows from it may be several things
            parts = [piece for part in parts for piece in _all_of(part)]
        if not parts:
            raise ExpressionError("formula-empty")
        found += [
            replace(relation, conditions=held, negated=one.negated) for part in parts for relation in _relations(part)
        ]
    return tuple(found)


def _plain_text(text: str) -> str:
    return _NUMBERING.sub("", unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME))


def _all_of(text: str) -> list[str]:
    found = list(pieces(text))
    if any(joined == "or" for joined, _ in found):
        raise ExpressionError("formula-either")
    return [piece for _, piece in found]


def _conditions(text: str) -> tuple[Condition, ...]:
    found: list[Condition] = []
    for joined, piece in pieces(text.strip(" ,;。()") if text.count("(") != text.count(")") else text.strip(" ,;。")):
        for i, (left, token, right) in enumerate(_cut(piece)):
            found.append(Condition("and" if i else joined, tuple(left), token.text, tuple(right)))
    return tuple(found)


def _relations(text: str) -> list[AuditRelation]:
    return [_relation(*cut) for cut in _cut(text)]


def _cut(text: str) -> list[tuple[list[Token], Token, list[Token]]]:
    """A chain of comparisons as its links: left, sign, right."""
    tokens = _tokens(text)
    cuts = [i for i, token in enumerate(tokens) if token.kind == "sign"]
    if not cuts:
        raise ExpressionError("formula-no-sign")
    sides = [tokens[a + 1 : b] for a, b in zip([-1, *cuts], [*cuts, len(tokens)], strict=True)]
    for side in sides:
        _check(side)
    return [(sides[i], tokens[cut], sides[i + 1]) for i, cut in enumerate(cuts)]


def _relation(left: list[Token], token: Token, right: list[Token]) -> AuditRelation:
    comparison = _SIGNS.get(token.text)
    if comparison is None:
        raise ExpressionError("formula-unequal", column=token.column)
    if any(t.kind == "code" for t in left):
        return AuditRelation(tuple(left), comparison, tuple(right))
    if any(t.kind == "code" for t in right):
        return AuditRelation(tuple(right), COMPARISONS[comparison.mirror], tuple(left))
    raise ExpressionError("formula-no-code")


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ExpressionError("formula-character", column=at + 1, character=text[at])
        kind, word = str(found.lastgroup), found.group()
        at = found.end()
        if kind == "number" and at < len(text) and (text[at].isalpha() or text[at] in "_.%"):
            raise ExpressionError("formula-digit-first", column=found.start() + 1)
        if kind == "code" and len(word) > MAX_CODE:
            raise ExpressionError("formula-code-long", column=found.start() + 1, limit=MAX_CODE)
        if kind == "code" and _WORDS.search(word):
            raise ExpressionError("formula-words", column=found.start() + 1, text=word)
        if kind == "date":
            word = _day(word)
        if kind == "sign":
            word = "".join(word.split())
            word = _SPELLINGS.get(word, word)
        if kind != "space":
            tokens.append(Token(kind, word, found.start() + 1))
    return tokens


def _day(text: str) -> str:
    """A date as 2021-06-08."""
    year, month, day = map(int, re.findall(r"\d+", text))
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise ExpressionError("formula-no-date", text=text) from None


def _check(side: list[Token]) -> None:
    """Operands and operators take turns and brackets close; the language's own bounds hold."""
    if not side:
        raise ExpressionError("formula-side-empty")
    if any(token.kind == "date" for token in side):
        if len(side) > 1:
            raise ExpressionError("formula-date-arithmetic")
        return
    open_: list[Token] = []
    operand = False  # an operand has just been read
    for token in side:
        if token.text == "(" or token.kind in ("number", "code"):
            if operand:
                before = side[side.index(token) - 1]
                if token.text == "(" and before.kind == "code" and before.text.isascii() and before.text.isalpha():
                    raise ExpressionError("formula-function", column=before.column, text=before.text)
                raise ExpressionError("formula-no-operator", column=token.column, text=token.text)
            if token.text == "(":
                open_.append(token)
            operand = token.text != "("
        elif token.text == ")":
            if not open_ or not operand:
                raise ExpressionError("formula-bracket", column=token.column)
            open_.pop()
        elif not operand and token.text != "-":
            raise ExpressionError("formula-no-operand", column=token.column, text=token.text)
        else:
            operand = False
        if len(open_) > MAX_DEPTH:
            raise ExpressionError("expression-too-deep", limit=MAX_DEPTH)
    if open_:
        raise ExpressionError("formula-bracket", column=open_[-1].column)
    if not operand:
        raise ExpressionError("formula-no-operand", column=side[-1].column, text=side[-1].text)
    parse(_written(side, {t.text: "x" for t in side if t.kind == "code"}))


def _written(side: tuple[Token, ...] | list[Token], names: Mapping[str, str]) -> str:
    text = ""
    before = ""  # the token before, where it leaves an operand behind
    for token in side:
        word = {"number": _plain, "code": names.__getitem__}.get(token.kind, str)(token.text)
        if token.kind == "op" and token.text not in "()" and before:
            text += f" {word} "
        else:
            text += word
        before = token.text if token.kind in ("number", "code") or token.text == ")" else ""
    return text


def _plain(number: str) -> str:
    """A percentage as a plain number: what it is a share of has no unit here."""
    return f"{Decimal(number[:-1]) / 100:f}" if number.endswith("%") else number
