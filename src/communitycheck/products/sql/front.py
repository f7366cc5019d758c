"""The front door of ``rules sql``: a standard -> a script of SQL views.

a standard -> records and groups of each kind (``records/``, ``groups/``) -> views -> the text of the script
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from communitycheck.errors import UsageError
from communitycheck.messages import Lang
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.standard import Standard
from communitycheck.nearest import nearest
from communitycheck.own_list import FORM
from communitycheck.reporting.own_folder import refuse_others, write_file
from communitycheck.standards.choose import named_standards, open_rule_book

if TYPE_CHECKING:
    from communitycheck.products.sql.script import SqlScript

DIALECTS = ("duckdb", "postgres", "spark", "clickhouse")


def sql_script(
    standard: str | Path,
    dialect: str,
    *,
    as_of: date | None = None,
    tables: Mapping[str, str] | None = None,
    columns: Sequence[str] | None = None,
    bounded: Sequence[str] = (),
    rules_dir: str | Path | None = None,
) -> SqlScript:
    """The rules of a standard as SQL views over tidy tables: ``SqlScript`` gives the names of the views, their columns
    and the rules in order.

    Args:
        standard: its id, or a rule file.
        dialect: ``duckdb``, ``postgres``, ``spark`` or ``clickhouse``.
        as_of: the day to judge by; default: today.
        tables: kind of subject -> its table; a kind that is left out has a table of its own name.
        columns: the columns that the tables have; default: all that the rules ask for.
        bounded: fields with two more columns, ``FIELD__low`` and ``FIELD__high``.

    Raises:
        UsageError: sqlglot is not installed, no such standard, kind of subject or field, or nothing is covered.
        RuleFileError: a fault in the rule file.
    """
    if find_spec("sqlglot") is None:
        raise UsageError("sql-no-sqlglot")
    book = open_rule_book(rules_dir, [standard])
    found = named_standards(book, [standard])[0]
    from communitycheck.products.sql.records.tidy_tables import TidyTables  # these need sqlglot
    from communitycheck.products.sql.script import compile_script  # as above

    own = found.dictionary_on(book.dictionary)
    _refuse_unknown(found, own, tables or {}, bounded)
    given = TidyTables(tables or {}, None if columns is None else frozenset(columns), frozenset(bounded))
    script = compile_script(found, book.dictionary, dialect, given, as_of or date.today())
    if not script.views:
        rules = [*script.refused, *script.lacking, *(rule.id for rule in script.manual)]
        raise UsageError("sql-nothing", standard=found.id, count=len(rules))
    return script


def _refuse_unknown(
    standard: Standard, dictionary: Dictionary, tables: Mapping[str, str], bounded: Sequence[str]
) -> None:
    kinds = list(dict.fromkeys(rule.applies_to for rule in standard.rules))
    for kind in tables:
        if kind not in kinds:
            near = nearest(kind, kinds)
            raise UsageError("option-choice", option="--table", value=kind, near=near, choices=", ".join(kinds))
    for name in bounded:
        field = dictionary.fields.get(name)
        if field is None or not field.is_number or field.type == "truth":
            numbers = [key for key, one in dictionary.fields.items() if one.is_number and one.type != "truth"]
            raise UsageError("sql-bounded", name=name, near=nearest(name, numbers))


def write_sql(script: SqlScript, lang: Lang, output: str | Path | None = None, *, force: bool = False) -> str:
    """The text of the script, written to ``output`` where that is given.

    Raises:
        WriteError: the file cannot be written, or must not be replaced.
    """
    from communitycheck.products.sql.text import script_text  # as above

    if output is not None:
        refuse_others([Path(output)], force=force)
    text = script_text(script, lang)
    if output is not None:
        write_file(Path(output), [text], force=force, kind=FORM)
    return text
