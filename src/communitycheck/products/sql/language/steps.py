"""Columns that are worked out one after another: what is used twice is worked out once, under a name.

A column can only be used by those of a later step, since no alias of a SELECT is known in that same SELECT everywhere.
"""

from __future__ import annotations

from msgspec import Struct, field
from sqlglot import exp

from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.terms import Sql

_NOT_KEPT = (exp.Column, exp.Literal, exp.Null, exp.Boolean)


class Steps(Struct):
    """The columns of one query beside those of its source.

    ``levels[k]`` are those that the step k + 1 adds, by name. ``prefix`` begins the names of those that nobody named.
    """

    prefix: str = "v"
    levels: list[dict[str, Sql]] = field(default_factory=list)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _level_of: dict[str, int] = field(default_factory=dict)
    _name_of: dict[Sql, str] = field(default_factory=dict)

    def copied(self) -> Steps:
        """The same columns, to which others can be added apart."""
        found = Steps(self.prefix, [dict(level) for level in self.levels], dict(self.notes))
        found._level_of, found._name_of = dict(self._level_of), dict(self._name_of)
        return found

    def keep(self, expression: Sql) -> Sql:
        """A column for the expression; itself where it is no more than a name or a constant."""
        bare = expression
        while isinstance(bare, exp.Paren | exp.Cast):
            bare = bare.this
        if isinstance(bare, _NOT_KEPT):
            return expression
        return self._add(expression, "")

    def name(self, name: str, expression: Sql, notes: tuple[str, ...] = ()) -> Sql:
        """A column of that name. ``notes`` are lines that stand above it."""
        if notes:
            self.notes[name] = notes
        return self._add(expression, name)

    def _add(self, expression: Sql, name: str) -> Sql:
        known = self._name_of.get(expression)
        if known is not None and not name:
            return t.column(known)
        used = [self._level_of.get(one.name, 0) for one in expression.find_all(exp.Column)]
        level = 1 + max(used, default=0)
        while len(self.levels) < level:
            self.levels.append({})
        own = name or f"{self.prefix}{sum(map(len, self.levels)) + 1}"
        self.levels[level - 1][own] = expression
        self._level_of[own] = level
        self._name_of.setdefault(expression, own)
        return t.column(own)
