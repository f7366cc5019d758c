"""Audit formulas as offices write them in a spreadsheet (``NM1210=NM1221+NM1220``) -> relations in our own language.

    cell := relation (";" relation)*
    relation := side (("=" | ">=" | "<=" | ">" | "<") side)+        A>=B>=C is A>=B and B>=C
    side := number | code | side ("+" | "-" | "*" | "/") side | "(" side ")" | "-" side

Signs may be full-width or written in other ways (≥, ＝, ==, ×, ÷). A code is a run of letters and digits that begins
with a letter; a Chinese name is one as well. Whatever else stands in a cell is refused, never guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from communitycheck.errors import ExpressionError
from communitycheck.model.comparison import COMPARISONS, Comparison
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
    """``kind`` is ``number``, ``code``, ``sign`` or ``op``; ``column`` counts from 1 in the cell."""

    kind: str
    text: str
    column: int


@dataclass(frozen=True, slots=True)
class AuditRelation:
    """One relation: the left side is held against the right. The left one has a code, whatever the cell's order."""

    left: tuple[Token, ...]
    comparison: Comparison
    right: tuple[Token, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes as written, in order of first use."""
        return tuple(dict.fromkeys(t.text for t in (*self.left, *self.right) if t.kind == "code"))

    def sides(self, names: Mapping[str, str]) -> tuple[str, str]:
        """Both sides as formulas of the rule language, each code written as ``names`` has it."""
        return _written(self.left, names), _written(self.right, names)


def looks_like_formula(text: str) -> bool:
    """A cheap test: a sign of comparison with something that may be a code."""
    return bool(re.search(r"[<>=≥≤≧≦＝＞＜≠⩾⩽]", text) and re.search(r"[^\W\d_]", text))


def parse_formula(text: str) -> tuple[AuditRelation, ...]:
    """The relations that a cell states.

    Raises:
        ExpressionError: ``formula-...`` (or a bound of the rule language) with the reason; nothing of the cell is
            used then.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError("expression-too-long", length=len(text), limit=MAX_LENGTH)
    plain = _NUMBERING.sub("", unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME))
    parts = [part for part in _PARTS.split(plain) if part.strip()]
    if not parts:
        raise ExpressionError("formula-empty")
    return tuple(relation for part in parts for relation in _relations(part))


def _relations(text: str) -> list[AuditRelation]:
    tokens = _tokens(text)
    cuts = [i for i, token in enumerate(tokens) if token.kind == "sign"]
    if not cuts:
        raise ExpressionError("formula-no-sign")
    sides = [tokens[a + 1 : b] for a, b in zip([-1, *cuts], [*cuts, len(tokens)], strict=True)]
    for side in sides:
        _check(side)
    return [_relation(sides[i], tokens[cut], sides[i + 1]) for i, cut in enumerate(cuts)]


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
        if kind == "sign":
            word = "".join(word.split())
            word = _SPELLINGS.get(word, word)
        if kind != "space":
            tokens.append(Token(kind, word, found.start() + 1))
    return tokens


def _check(side: list[Token]) -> None:
    """Operands and operators take turns and brackets close; the language's own bounds hold."""
    if not side:
        raise ExpressionError("formula-side-empty")
    open_: list[Token] = []
    operand = False  # an operand has just been read
    for token in side:
        if token.text == "(" or token.kind in ("number", "code"):
            if operand:
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
