"""Which indicators of an audit book are dates: those that are held against one, or against another that is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from communitycheck.errors import ExpressionError
from communitycheck.products.importing.formulas import AuditRelation, Token

_NAMED = re.compile(r".*(日期|年月日|date)", re.I)
Side = tuple[Token, ...]


def date_codes(relations: Iterable[AuditRelation]) -> frozenset[str]:
    """The codes of dates, in lower case."""
    pairs = [pair for relation in relations for pair in relation.pairs]
    found = {
        code.casefold()
        for code in (t.text for pair in pairs for side in pair for t in side if t.kind == "code")
        if _NAMED.fullmatch(code)
    }
    while True:
        more = {
            one[0].text.casefold()
            for left, right in pairs
            for one, other in ((left, right), (right, left))
            if len(one) == 1 and one[0].kind == "code" and _is_date(other, found)
        } - found
        if not more:
            return frozenset(found)
        found |= more


def _is_date(side: Side, dates: set[str] | frozenset[str]) -> bool:
    return len(side) == 1 and (side[0].kind == "date" or side[0].text.casefold() in dates)


def check_dates(relation: AuditRelation, dates: frozenset[str]) -> bool:
    """Whether the relation itself compares dates.

    Raises:
        ExpressionError: a date is reckoned with, or held against what is none.
    """
    for left, right in relation.pairs:
        touched = [t for t in (*left, *right) if t.kind == "date" or t.text.casefold() in dates]
        if touched and not (_is_date(left, dates) and _is_date(right, dates)):
            numbers = [t.text for t in (*left, *right) if t.kind == "number"]
            if len(left) == len(right) == 1 and numbers and re.fullmatch(r"(19|20)\d{6}", numbers[0]):
                raise ExpressionError("formula-date-number", text=numbers[0], near=_spelled(numbers[0]))
            raise ExpressionError("formula-date-arithmetic")
    return _is_date(relation.left, dates)


def _spelled(text: str) -> str:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
    except ValueError:
        return "2021-06-08"
