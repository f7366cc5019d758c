"""Random rules over random records: the SQL gives every verdict and figure that ``check`` gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communitycheck.model.comparison import COMPARISONS
from communitycheck.model.expression import Call, Name, Number, Truth
from communitycheck.model.standard import Limit, Rule, Threshold
from communitycheck.model.text import Text
from communitycheck.products.sql.records.tidy_tables import TidyTables
from communitycheck.products.sql.script import compile_script
from products.sql.random_rules import AS_OF, BOUNDED, FIELDS, records, rules, standard_of
from sql_against import differences, judged, load
from sql_engines import DuckEngine, PostgresEngine, SqlEngine

_ANYTHING = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


def _agree(engine: SqlEngine, some: list[Rule], rows: list[dict[str, Any]], *, bounds: bool) -> int:
    """Hold the engine to ``check``; how many of the rules have SQL."""
    standard = standard_of(some)
    tidy = TidyTables(bounded=frozenset(BOUNDED if bounds else ()))
    script = compile_script(standard, FIELDS, engine.dialect, tidy, AS_OF)
    covered = {rule for view in script.views for rule in view.rules}
    assert not script.lacking
    assert covered | set(script.refused) == {rule.id for rule in standard.rules}
    if not covered:
        return 0
    named = [{**one, "community": f"第{at}号"} for at, one in enumerate(rows)]
    results = judged(named, standard, FIELDS, AS_OF)
    load(engine, script, {"community": [_with_days(one) for one in named]})
    for view in script.views:
        assert differences(view, engine.rows(view.name), results) == []
    return len(covered)


def _with_days(row: dict[str, Any]) -> dict[str, Any]:
    return row | {key: date.fromisoformat(row[key]) for key in ("d", "e") if row[key] is not None}


def _hold(engine: SqlEngine, examples: int, *, bounds: bool, depth: int = 2) -> None:
    """So many times random rules over random records. The rules of one example share a view, as those of a standard."""
    covered = 0

    @settings(max_examples=examples, deadline=None, suppress_health_check=_ANYTHING)
    @given(st.lists(rules(depth), min_size=5, max_size=5), st.lists(records(bounds=bounds), min_size=8, max_size=8))
    def agree(some: list[Rule], rows: list[dict[str, Any]]) -> None:
        nonlocal covered
        covered += _agree(engine, some, rows, bounds=bounds)

    agree()
    assert covered > 2 * examples


@pytest.mark.parametrize("bounds", [False, True])
def test_random_rules_agree(bounds: bool, duck: DuckEngine) -> None:
    _hold(duck, 4, bounds=bounds)


def test_random_rules_agree_on_a_server(postgres: PostgresEngine) -> None:
    _hold(postgres, 2, bounds=True)


@pytest.mark.parametrize("function", ["lowest", "highest", "sum"])
def test_a_group_of_nobody_has_numbers_on_a_server(function: str, postgres: PostgresEngine) -> None:
    limit = Threshold(COMPARISONS["at_least"], (Limit(Number(0.0)),))
    rule = Rule("", "random", Text("随机", "random"), "一", "community", "expected", threshold=limit,
                where=Truth(False), by=("county",), indicator=Call(function, (Name("a"),)))  # fmt: skip
    row = dict.fromkeys([*"abchpqstde", "kind"]) | {"a": 2.0, "county": "甲区"}
    for rows in ([row], [row | {"county": None}]):  # nor has anybody a county
        assert _agree(postgres, [rule], rows, bounds=False) == 1


@pytest.mark.slow
@pytest.mark.parametrize("bounds", [False, True])
def test_many_random_rules_agree(bounds: bool, duck: DuckEngine, postgres: PostgresEngine) -> None:
    _hold(duck, 150, bounds=bounds, depth=3)
    _hold(postgres, 30, bounds=bounds)


@pytest.mark.engines
@pytest.mark.parametrize("engine", ["spark", "clickhouse"])
def test_random_rules_agree_on_spark_and_clickhouse(engine: str, request: pytest.FixtureRequest) -> None:
    _hold(request.getfixturevalue(engine), 6, bounds=True)
