"""Views beside those of the verdicts: all verdicts one below the other, what is covered, and who is listed twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from communitycheck.model.expression import show
from communitycheck.model.rule import Rule
from communitycheck.printable import one_line
from communitycheck.products.sql.dialects import SqlDialect
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.terms import Sql
from communitycheck.products.sql.records.tidy_tables import TidyTables
from communitycheck.products.sql.records.verdict_columns import RECORD_PARTS
from communitycheck.products.sql.views import SqlView, create

_ROWS = "rows_of_rules"
_ONE = "one"
# What the rule itself says, and what stands in the view; in this order in every row.
_OF_RULE = ("rule", "severity", "clause", "unit")


def verdicts_view(name: str, views: Sequence[SqlView], rules: Mapping[str, Rule], dialect: SqlDialect) -> SqlView:
    """One row for each rule and subject. Each view is gone through once: its columns become rows."""
    levels = list(dict.fromkeys(one for view in views for one in view.subject[:-1]))
    selects = []
    for view in views:
        subject: dict[str, Sql] = {
            "entity": t.text(view.level or view.entity),
            "subject": _cast(column_of(view.subject[-1])),
        }
        subject |= {one: _cast(column_of(one)) if one in view.subject[:-1] else t.unknown_text() for one in levels}
        rows = []
        for rule, columns in view.rules.items():
            about = rules[rule]
            said = map(one_line, (rule, about.severity, about.clause, about.unit))
            row = dict(zip(_OF_RULE, map(t.text, said), strict=True))
            row |= {part: column_of(columns[part]) for part in RECORD_PARTS}
            rows.append(f"    -- {note_of(about)}\n    {dialect.line(_row(row, dialect))}")
        text = dialect.sql(_turned(view.name, subject, dialect))
        selects.append("  " + text.replace("\n", "\n  ").replace(_ROWS, "\n" + ",\n".join(rows) + "\n  "))
    body = "WITH verdicts AS (\n" + "\n  UNION ALL\n".join(selects) + "\n)\nSELECT * FROM verdicts"
    return SqlView(name, "", "", ("rule", "subject"), {}, create(name, body, dialect), "sql-view-verdicts")


def _cast(value: Sql) -> Sql:
    return exp.cast(value, exp.DataType.Type.TEXT)


def column_of(name: str) -> Sql:
    return exp.column(name, table="judged", quoted=True)


def _row(values: Mapping[str, Sql], dialect: SqlDialect) -> Sql:
    if dialect.name != "spark":
        return exp.Tuple(expressions=list(values.values()))
    named = [exp.PropertyEQ(this=exp.to_identifier(key), expression=value) for key, value in values.items()]
    return exp.Struct(expressions=named)  # rows of one array have fields of the same names


def _turned(view: str, subject: Mapping[str, Sql], dialect: SqlDialect) -> Sql:
    """The select that makes a row of each rule, with a word in the place of these rows."""
    parts = [*_OF_RULE, *RECORD_PARTS]
    own: dict[str, Sql] = {part: exp.column(part, table=_ONE) for part in parts}
    if dialect.name == "clickhouse":
        own = {
            part: exp.Anonymous(this="tupleElement", expressions=[exp.column(_ONE), t.whole(at)])
            for at, part in enumerate(parts, start=1)
        }
    order = [*_OF_RULE[:-1], *subject, *RECORD_PARTS, _OF_RULE[-1]]
    both = {**own, **subject}
    select = exp.select(*(exp.Alias(this=both[key], alias=exp.to_identifier(key, quoted=True)) for key in order))
    name = exp.TableAlias(this=exp.to_identifier("judged"))
    select = select.from_(exp.Table(this=exp.to_identifier(view, quoted=True), alias=name))
    rows = exp.column(_ROWS)
    alias = exp.TableAlias(this=exp.to_identifier(_ONE), columns=[exp.to_identifier(part) for part in parts])
    match dialect.name:
        case "spark":
            inline = exp.Inline(this=exp.Array(expressions=[rows]))
            select.append("laterals", exp.Lateral(this=inline, view=True, outer=False, alias=alias))
        case "clickhouse":
            array = exp.Alias(this=exp.Array(expressions=[rows]), alias=exp.to_identifier(_ONE))
            select.append("joins", exp.Join(this=array, kind="ARRAY"))
        case _:
            values = exp.Subquery(this=exp.Values(expressions=[rows]))
            select.append("joins", exp.Join(this=exp.Lateral(this=values, alias=alias), kind="CROSS"))
    return select


def note_of(rule: Rule) -> str:
    """The rule, its clause and what it is called."""
    return one_line(f"{rule.id} {rule.clause} {rule.title.zh or rule.title.en}")


def formula_of(rule: Rule) -> str:
    """What it asks, in the rule language."""
    held = rule.threshold
    assert held is not None and rule.indicator is not None
    limits = [show(limit.value) for limit in held.limits[-1:]] + ([show(held.upper)] if held.upper else [])
    where = "" if rule.where is None else f" where {show(rule.where)}"
    return one_line(f"{show(rule.indicator)} {held.comparison.key} {' .. '.join(limits)}{where}")


def coverage_view(name: str, states: Mapping[str, tuple[str, str]], dialect: SqlDialect) -> SqlView:
    """One row for each rule: whether it is covered, and if not why.

    Args:
        states: rule -> its state and the code of why.
    """
    parts = []
    for rule, (state, code) in states.items():
        picked = {"rule": rule, "state": state, "why": code}
        row = exp.select(*(exp.alias_(t.text(value), key, quoted=True) for key, value in picked.items()))
        parts.append(dialect.line(row))
    body = "WITH coverage AS (\n  " + "\n  UNION ALL\n  ".join(parts) + "\n)\nSELECT * FROM coverage"
    return SqlView(name, "", "", ("rule",), {}, create(name, body, dialect), "sql-view-coverage")


def doubled_view(name: str, subjects: Mapping[str, Sequence[str]], tables: TidyTables, dialect: SqlDialect) -> SqlView:
    """The subjects that a table lists more than once: each of those records is judged as if it were of its own."""
    levels = list(dict.fromkeys(one for subject in subjects.values() for one in subject[:-1]))
    parts: list[Sql] = []
    for entity, subject in subjects.items():
        names = [exp.column(one, quoted=True) for one in subject]
        picked: dict[str, Sql] = {"entity": t.text(entity), "subject": exp.cast(names[-1], exp.DataType.Type.TEXT)}
        for one in levels:
            there = exp.cast(exp.column(one, quoted=True), exp.DataType.Type.TEXT)
            picked[one] = there if one in subject[:-1] else t.unknown_text()
        picked["records"] = exp.Count(this=exp.Star())
        select = exp.select(*(exp.alias_(sql, key, quoted=True) for key, sql in picked.items()))
        select = select.from_(source(tables.table(entity))).group_by(*names)
        parts.append(select.having(t.more(exp.Count(this=exp.Star()), 1)))
    body = "\nUNION ALL\n".join(dialect.line(part) for part in parts)
    return SqlView(name, "", "", ("subject",), {}, create(name, body, dialect), "sql-view-doubled")


def source(name: str) -> exp.Table:
    """A table by its name, which may have a schema before it."""
    table = exp.to_table(name)
    for part in table.find_all(exp.Identifier):
        part.set("quoted", True)
    return table
