"""The views of a script: their names, their columns and the rules in their order, and the text of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace
from sqlglot import exp

from communitycheck.products.sql.dialects import SqlDialect
from communitycheck.products.sql.language.steps import Steps
from communitycheck.products.sql.language.terms import Sql, column
from communitycheck.products.sql.records.tidy_tables import own_name
from communitycheck.products.sql.records.verdict_columns import VerdictColumns


class Cte(Struct, frozen=True):
    """One part of a WITH.

    Attributes:
        passed: columns that it passes on from ``source``; ``columns`` are its own.
        notes: column -> lines of comment above it.
    """

    name: str
    columns: Mapping[str, Sql]
    source: Sql
    passed: Sequence[str] = ()
    grouped_by: Sequence[Sql] = ()
    filtered: Sql | None = None
    having: Sql | None = None
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class SqlView(Struct, frozen=True):
    """One view with the verdicts of some rules, a row for each record or group.

    Attributes:
        name: what it is called.
        entity: the kind of record; ``level``: the level of the groups, empty where it is about single records.
        subject: the columns that say whom a row is about, the name last.
        rules: rule -> part of its verdict (``RECORD_PARTS``, ``GROUP_PARTS``) -> the column that has it, in the order
            of the rules in the standard.
        text: the statement; ``about`` is the message that says what the view holds.
    """

    name: str
    entity: str
    level: str
    subject: tuple[str, ...]
    rules: Mapping[str, Mapping[str, str]]
    text: str
    about: str = ""


def rule_columns(verdicts: Sequence[VerdictColumns]) -> dict[str, dict[str, str]]:
    """What the columns of each rule are called."""
    return {
        one.rule.id: {part: f"{own_name(one.rule.id, at)} {part}" for part in one.parts}
        for at, one in enumerate(verdicts, start=1)
    }


def chained(given: Cte, steps: Steps, names: tuple[str, str], last: Cte) -> list[Cte]:
    """The steps between the first part and the last, each of the one before, with those columns alone that a later one
    asks for.

    Args:
        names: of the first step, and how those of the others begin.
    """
    found = [last]
    wanted = _asked_by(last)
    for at in range(len(steps.levels), 0, -1):
        level = {name: sql for name, sql in steps.levels[at - 1].items() if name in wanted}
        if not level:
            continue
        passed = [name for name in wanted if name not in level]
        name = names[0] if at == 1 else f"{names[1]}_{at}"
        notes = {key: steps.notes[key] for key in level if key in steps.notes}
        found.append(Cte(name, level, exp.to_table(given.name), passed=passed, notes=notes))
        wanted = _asked_by(found[-1])
    own = {name: sql for name, sql in given.columns.items() if name in wanted}
    found.append(replace(given, columns=own))
    found.reverse()
    return [found[0], *(replace(one, source=exp.to_table(before.name)) for before, one in pairwise(found))]


def _asked_by(one: Cte) -> list[str]:
    parts = [*one.columns.values(), *one.grouped_by, *(x for x in (one.filtered, one.having) if x is not None)]
    return sorted({*one.passed, *(name.name for part in parts for name in part.find_all(exp.Column))}, key=_by_number)


def _by_number(name: str) -> tuple[int, str]:
    digits = name[1:]
    return (int(digits) if digits.isdigit() else -1, name)


def view_text(name: str, ctes: Sequence[Cte], dialect: SqlDialect) -> str:
    parts = ",\n".join(f"{one.name} AS (\n{_indented(_select(one, dialect))}\n)" for one in ctes)
    return create(name, f"WITH {parts}\nSELECT * FROM {ctes[-1].name}", dialect)


def create(name: str, body: str, dialect: SqlDialect) -> str:
    """The statement that makes a view of a query."""
    shown = dialect.sql(exp.to_identifier(name, quoted=True))
    return f"{dialect.view} {shown} AS\n{body};\n"


def drop(name: str, dialect: SqlDialect) -> str:
    return f"DROP VIEW IF EXISTS {dialect.sql(exp.to_identifier(name, quoted=True))};\n"


def _select(one: Cte, dialect: SqlDialect) -> str:
    passed = ", ".join(dialect.sql(column(name)) for name in one.passed)
    texts = [f"  {passed}"] if passed else []
    for name, expression in one.columns.items():
        above = "".join(f"  -- {note}\n" for note in one.notes.get(name, ()))
        texts.append(above + _indented(_aliased(name, expression, dialect)))
    body = ",\n".join(texts or ["  1 AS one"])  # a count of rows alone asks for none of their columns
    rest = f"\nFROM {dialect.sql(one.source)}"
    if one.filtered is not None:
        rest += f"\nWHERE {dialect.sql(one.filtered)}"
    if one.grouped_by:
        rest += "\nGROUP BY " + ", ".join(dialect.sql(key) for key in one.grouped_by)
    if one.having is not None:
        rest += f"\nHAVING {dialect.sql(one.having)}"
    if dialect.apart:
        rest += f"\n{dialect.apart}"
    return f"SELECT\n{body}{rest}"


def _aliased(name: str, expression: Sql, dialect: SqlDialect) -> str:
    if isinstance(expression, exp.Column) and expression.name == name and not expression.table:
        return dialect.sql(expression)
    return dialect.sql(exp.Alias(this=expression, alias=exp.to_identifier(name, quoted=True)))


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))


__all__ = ["Cte", "SqlView", "chained", "create", "drop", "rule_columns", "view_text"]
