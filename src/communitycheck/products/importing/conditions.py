"""A formula under a condition, as offices write it in words: 若A1>0，则B1>0 · 当A1>0时，B1>0 · if A1>0 then B1>0.

    cell := [若 | 如果 | 当 | if] condition [时] [,] [则 | 那么 | then] formula [[,] 否则 formula]

What comes before and behind must each hold a sign of comparison: a name may begin with 当 or hold 则, as 规则数 does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from communitycheck.errors import ExpressionError

_LEADING = re.compile(r"\s*(?:若是?|如果|如|当|假如|假设|假定|倘若|(?:if|when)\b)\s*", re.I)
# What stands between condition and formula, the plainest first.
_BETWEEN = (
    re.compile(r"\s*(?:时|的话)?\s*[,;、]?\s*(?:则|那么|(?:then)\b)\s*[,、:]?\s*", re.I),
    re.compile(r"\s*时\s*[,、:]?\s*"),
    re.compile(r"\s*,\s*"),
)
_ELSE = re.compile(r"\s*[,;。]?\s*(?:否则|反之|不然|(?:else|otherwise)\b)\s*[,、:]?\s*则?\s*", re.I)
_SIGN = re.compile(r"[<>=≠!]")
_JOINS = re.compile(r"\s*(?:,?\s*(并且|而且|同时|且)|,?\s*(或者|或)|\b(and)\b|\b(or)\b|(&&)|(\|\|))\s*", re.I)
_AND = ("并且", "而且", "同时", "且", "and", "&&")


class Conditional(NamedTuple):
    """A formula and when it holds; ``negated`` where it holds when the condition does not."""

    condition: str
    formula: str
    negated: bool = False


def conditionals(text: str) -> list[Conditional]:
    """``text`` as formulas under a condition; one without any where it states none.

    Raises:
        ExpressionError: it is a condition, but what follows from it cannot be told.
    """
    parted = _parted(text)
    if parted is None:
        return [Conditional("", text)]
    condition, rest = parted
    then, *others = _ELSE.split(rest)
    if len(others) > 1 or any(_parted(part) for part in (then, *others)):
        raise ExpressionError("formula-nested-condition")
    found = [Conditional(condition, then)]
    return found + [Conditional(condition, other, negated=True) for other in others]


def _parted(text: str) -> tuple[str, str] | None:
    leading = _LEADING.match(text)
    start = leading.end() if leading else 0
    for between in _BETWEEN[: 3 if leading else 2]:
        for cut in between.finditer(text, start):
            condition, rest = text[start : cut.start()], text[cut.end() :]
            if _SIGN.search(condition) and _SIGN.search(rest):
                return condition, rest
    return None


def pieces(condition: str) -> Iterator[tuple[str, str]]:
    """The parts of a condition with what joins each to the one before: ``and``, ``or``, nothing before the first."""
    at, joined = 0, ""
    for join in _JOINS.finditer(condition):
        yield joined, condition[at : join.start()]
        at, joined = join.end(), "and" if join[0].strip(" ,\t").lower() in _AND else "or"
    yield joined, condition[at:]
