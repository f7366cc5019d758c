"""Functions of text as SQL: ``checking.evaluation.functions.texts``."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.operands import ConditionSql, NumberSql, TextSql
from communitycheck.products.sql.language.terms import Sql

HIDDEN = "***"
_LONGEST = 1e9


def says(function: str, text: TextSql, part: str, ends_with: Callable[[Sql, str], Sql]) -> ConditionSql:
    """Whether the text begins or ends so, or has it in it; nothing is said of one that was blotted out.

    Args:
        ends_with: how the dialect asks for the end of a text.
    """
    found: Sql = t.is_known(text.written)
    if part:
        wanted = t.text(part)
        match function:
            case "starts_with":
                found = exp.StartsWith(this=text.written, expression=wanted)
            case "ends_with":
                found = ends_with(text.written, part)
            case _:
                found = _has(text.written, part)
    told = t.both(t.is_known(text.written), t.negated(_has(text.written, HIDDEN)))
    return ConditionSql(t.choose((told, found)), text.na)


def _has(text: Sql, part: str) -> Sql:
    return t.more(exp.StrPosition(this=text, substr=t.text(part)), 0)


def length(text: TextSql) -> NumberSql:
    """How many characters the text has."""
    found = exp.cast(exp.Length(this=text.written), t.DOUBLE)
    return NumberSql(found, found, text.na, 0.0, _LONGEST)
