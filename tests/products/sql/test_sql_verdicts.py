"""The SQL of a standard gives each record and group the verdict that ``check`` gives: on DuckDB and on PostgreSQL."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communitycheck.model.dictionary import Field
from communitycheck.products.sql.front import sql_script
from communitycheck.products.sql.records.tidy_tables import possible_range
from communitycheck.products.sql.script import SqlScript
from sql_against import RecordList, checked, differences, load
from sql_engines import DuckEngine, PostgresEngine, SqlEngine

KINDS = Path(__file__).with_name("kinds.yaml")
BUILT_IN = ("anhui-2019", "liaoning-2021", "panzhihua-2018", "published-figures", "shenyang-2023", "wangcheng-2021")
AS_OF = date(2023, 12, 31)
# Figures at which rules turn: limits, and what lies beside them by more or less than the tolerance.
FIGURES = (1, 2, 3, 5, 7, 8, 10, 13, 30, 100, 350, 400, 400 * (1 - 1e-9), 400 * (1 - 3e-9), 400 * (1 + 3e-9), 600, 1000,
           1333, 3000, 5000, 5001, 0.3, 0.1 + 0.2, 2.5)  # fmt: skip

DAYS = [date(2020, 12, 31), date(2021, 1, 28), date(2021, 1, 31), date(2020, 2, 29), date(1999, 10, 1)]


def figure(some: random.Random, field: Field, *, bounds: bool) -> Any:
    """A figure of a field, at times none: NULL, NaN, 0, below what can be, above it, or two bounds."""
    low, high = possible_range(field)
    kind = some.random()
    if kind < 0.12:
        return None
    if kind < 0.16:
        return float("nan")
    if kind < 0.24:
        return 0.0
    if kind < 0.26:
        return -1.0
    if kind < 0.28 and high < 1e300:
        return high * 1.001 + 1
    if bounds and kind < 0.45:
        one, other = some.choice([(1, 2), (300, 350), (350, 400), (300, 500), (400, 600), (900, 1000)])
        return some.choice([(one, other), (one, None), (None, other)])
    if field.type == "share":
        return round(some.random(), 3)
    value = float(min(some.choice(FIGURES), high))
    return float(round(value)) if field.type in ("int", "count", "days") and kind < 0.93 else max(value, low)


def records(script: SqlScript, entity: str, n: int, seed: int, full: float = 0.0) -> RecordList:
    """Records for all columns that the script asks for.

    Args:
        full: in so large a part of the columns every cell is filled in.
    """
    some, fields = random.Random(f"{entity}{seed}"), script.dictionary.fields
    counties = [*script.standard.jurisdiction.divisions[:2], "甲区"]
    names = [name for name in script.asked[entity] if not name.endswith(("__low", "__high"))]
    name_field = script.dictionary.entity(entity).name_field
    whole = {name for name in names if some.random() < full}
    rows: RecordList = []
    for i in range(n):
        row: dict[str, Any] = {}
        for name in names:
            field = fields.get(name)
            if name == name_field:
                row[name] = f"第{i}号"
            elif field is None or script.asked[entity][name] == "text":
                blank = name not in whole and some.random() < 0.1
                choices = list(field.values) if field is not None and field.values else counties[: 2 + (i % 9 == 0)]
                row[name] = None if blank else some.choice(choices)
            elif field.type == "date":
                row[name] = None if some.random() < 0.2 else some.choice(DAYS)
            elif field.type == "truth":
                row[name] = None if name not in whole and some.random() < 0.15 else some.random() < 0.5
            else:
                row[name] = figure(some, field, bounds=name in script.tables.bounded)
                while name in whole and row[name] in (None, -1.0):
                    row[name] = float(some.choice((1, 5, 400, 1000)))
        rows.append(row)
    return rows


def apart(engines: list[SqlEngine], standard: str | Path, seed: int, n: int, **options: Any) -> list[str]:
    """Every verdict that an engine gives and ``check`` does not."""
    found: list[str] = []
    results = None
    for engine in engines:
        full = options.pop("full", 0.0) if engine is engines[-1] else options.get("full", 0.0)
        asked = {key: value for key, value in options.items() if key != "full"}
        script = sql_script(standard, engine.dialect, as_of=AS_OF, **asked)
        tables = {entity: records(script, entity, n, seed, full) for entity in script.asked}
        if results is None:
            results = checked(tables, standard, AS_OF)
        load(engine, script, tables)
        for view in script.views:
            found += [f"{engine.dialect}: {one}" for one in differences(view, engine.rows(view.name), results)]
        everything = engine.rows(script.others[0].name)
        if len(everything["rule"]) != sum(len(r) for r in results.values() if r.rule.id in set(everything["rule"])):
            found.append(f"{engine.dialect}: {len(everything['rule'])} verdicts in all")
    return found


@pytest.mark.parametrize("seed", range(1, 2))
def test_rules_of_every_kind_on_messy_rows(seed: int, duck: DuckEngine, postgres: PostgresEngine) -> None:
    assert apart([duck, postgres], KINDS, seed, 30, full=0.5 * seed) == []


def test_figures_between_bounds(duck: DuckEngine, postgres: PostgresEngine) -> None:
    bounded = ["facility_area", "households", "population", "service_windows"]
    assert apart([duck, postgres], KINDS, 3, 30, bounded=bounded) == []


@pytest.mark.parametrize("standard", BUILT_IN)
def test_built_in_standards(standard: str, duck: DuckEngine, postgres: PostgresEngine) -> None:
    assert apart([duck, postgres], standard, 5, 12, full=0.4) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, *range(10, 40)])
def test_many_messy_rows(seed: int, duck: DuckEngine) -> None:
    assert apart([duck], KINDS, seed, 60, full=(seed % 5) / 5) == []


@pytest.mark.engines
@pytest.mark.parametrize("standard", [KINDS, *BUILT_IN], ids=str)
@pytest.mark.parametrize("engine", ["spark", "clickhouse"])
def test_spark_and_clickhouse(engine: str, standard: str | Path, request: pytest.FixtureRequest) -> None:
    assert apart([request.getfixturevalue(engine)], standard, 7, 40, full=0.4) == []
