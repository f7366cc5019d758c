"""The text of a script: what it covers and what it needs as comments, then its views."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.messages import Lang, say
from communitycheck.printable import inline, one_line
from communitycheck.products.sql.dialects import SqlDialect
from communitycheck.products.sql.records.tidy_tables import HIGH, LOW
from communitycheck.products.sql.refusals import NotCovered
from communitycheck.products.sql.script import SqlScript


def script_text(script: SqlScript, lang: Lang) -> str:
    head = "".join(f"-- {inline(line)}\n" if line else "--\n" for line in _head(script, lang))
    return "\n".join([head, *script.statements])


def why(refusal: NotCovered, lang: Lang) -> str:
    """Why a rule is not covered."""
    return say(f"sql-not-{refusal.code}", lang, **refusal.values)


def _head(script: SqlScript, lang: Lang) -> Iterator[str]:
    standard = script.standard
    title = one_line(standard.title.in_lang(lang))
    yield say("sql-head", lang, id=standard.id, title=title, dialect=script.dialect.name, as_of=script.as_of)
    rules = {rule for view in script.views for rule in view.rules} - set(script.refused)
    yield say("sql-head-covered", lang, covered=len(rules), total=len(standard.rules))
    for rule, refusal in script.refused.items():
        yield "  " + say("sql-head-refused", lang, rule=rule, why=why(refusal, lang))
    for rule, names in script.lacking.items():
        yield "  " + say("sql-head-lacking", lang, rule=rule, columns=", ".join(names))
    for one in script.manual:
        yield "  " + say("sql-head-manual", lang, rule=one.id)
    yield ""
    yield say("sql-head-tables", lang)
    for entity, asked in script.asked.items():
        yield from _table(script, entity, asked, lang)
    yield ""
    yield say("sql-head-views", lang)
    views = [*script.views, *script.others]
    width = max(len(view.name) for view in views)
    for view in views:
        yield f"  {view.name:<{width}}  {say(view.about, lang, entity=view.entity, level=view.level)}"


def _table(script: SqlScript, entity: str, asked: dict[str, str], lang: Lang) -> Iterator[str]:
    dialect = script.dialect
    fields = script.dictionary.fields
    yield f"CREATE TABLE {script.tables.table(entity)} ("
    names = sorted(asked, key=lambda name: list(fields).index(_field_of(name)) if _field_of(name) in fields else -1)
    for name in names:
        field = fields.get(_field_of(name))
        comma = "" if name == names[-1] else ","
        said = "" if field is None else one_line(field.label.in_lang(lang))
        unit = "" if field is None or field.type == "truth" else field.unit
        if field is not None and field.values:
            unit = " | ".join(field.values)
        yield f'  "{name}" {_type(asked[name], dialect)}{comma}  -- {said}{f" ({unit})" if unit else ""}'
    yield ");"


def _field_of(name: str) -> str:
    return name.removesuffix(LOW).removesuffix(HIGH)


def _type(kind: str, dialect: SqlDialect) -> str:
    return {"number": dialect.number, "truth": dialect.truth, "date": dialect.day}.get(kind, dialect.text)
