"""``communitycheck rules sql``: the rules of a standard as SQL views."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import (
    Force,
    Language,
    RulesDir,
    argument,
    console_of,
    day,
    one_of,
    option,
    refuse_inputs,
    rule_files,
)
from communitycheck.errors import UsageError

DIALECTS = ("duckdb", "postgres", "spark", "clickhouse")

OneStandard = Annotated[str, argument("STANDARD", "help-sql-standard", complete="standards")]
Dialect = Annotated[str, option("--dialect", metavar="|".join(DIALECTS), help="help-sql-dialect")]
SqlFile = Annotated[str | None, option("--output", "-o", metavar="FILE", help="help-sql-output")]
SqlDay = Annotated[str | None, option("--as-of", metavar="DATE", help="help-sql-as-of")]
Tables = Annotated[list[str] | None, option("--table", metavar="KIND=TABLE", help="help-sql-table")]
Columns = Annotated[list[str] | None, option("--columns", metavar="FIELD,...", help="help-sql-columns")]
Bounded = Annotated[list[str] | None, option("--bounded", metavar="FIELD", help="help-sql-bounded")]


def command(
    context: typer.Context,
    standard: OneStandard,
    dialect: Dialect,
    output: SqlFile = None,
    as_of: SqlDay = None,
    table: Tables = None,
    columns: Columns = None,
    bounded: Bounded = None,
    rules_dir: RulesDir = None,
    force: Force = False,
    lang: Language = None,
) -> int:
    """1 where rules are not covered."""
    console = console_of(context, lang)
    one_of("--dialect", dialect, DIALECTS)
    if output is not None:
        refuse_inputs([output], [standard, *rule_files(rules_dir), *console.settings])
    script = api.sql_script(
        standard,
        dialect,
        as_of=day("--as-of", as_of),
        tables=dict(_named(one) for one in table or []),
        columns=None if columns is None else _parted(columns),
        bounded=_parted(bounded or []),
        rules_dir=rules_dir,
    )
    text = api.write_sql(script, console.lang, output, force=force)
    if output is None:
        console.print(text, data=True)
    return 1 if script.refused else 0


def _named(value: str) -> tuple[str, str]:
    kind, sign, name = (part.strip() for part in value.partition("="))
    if not (kind and sign and name):
        raise UsageError("sql-table", value=value)
    return kind, name


def _parted(values: list[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]
