"""Groups whose records come some at a time are judged as all of them together are: in every figure, to the last bit."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from communitycheck.checking import judge_all
from communitycheck.checking.contradictions import refuse_impossible
from communitycheck.checking.standard_run import StandardRun
from communitycheck.checking.table_of_records import table_from_records
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.result import Groups, RuleResult
from communitycheck.model.standard import Locality, Rule, Standard
from communitycheck.model.table import Coded, Table
from communitycheck.products.sql.engine.condensed import taken
from communitycheck.products.sql.engine.groups import GroupRules
from products.sql.random_rules import AS_OF, FIELDS, records, rules, standard_of

KINDS = Path(__file__).with_name("kinds.yaml")
_ANYTHING = [HealthCheck.too_slow, HealthCheck.data_too_large]
_ARRAYS = ("outcome", "reason", "observed_lo", "observed_hi", "required_lo", "required_hi", "missed", "shortfall",
           "add", "denominator", "gaps", "again")  # fmt: skip
Rows = list[dict[str, Any]]


def closed_below(rule: Rule) -> Rule:
    """A range that is open below is refused where figures may be below 0."""
    return replace(rule, plausible=(0.0, rule.plausible[1])) if rule.plausible and rule.plausible[0] is None else rule


def run_over(table: Table, standard: Standard, dictionary: Dictionary, as_of: date) -> StandardRun:
    found: list[StandardRun] = []
    place = Locality(standard.jurisdiction)
    judge_all([table], [standard], dictionary, as_of, chosen=True, region=place, on_standard=found.append)
    return found[0]


def in_parts(rows: Rows, whole: StandardRun, dictionary: Dictionary, size: int) -> dict[str, RuleResult]:
    """What is said of the groups after the last part; each record lies in a place of its own."""
    every = np.arange(len(rows), dtype=np.int32)
    asked = [rule for rule in whole.standard.rules if rule.by]
    of_groups = GroupRules.of(whole, asked, "community", every)
    table, regions = table_from_records(rows, dictionary, "community"), whole.governed["community"].table.regions
    for key, column in table.columns.items():
        column.truth = dictionary.fields[key].type == "truth"
    found: dict[str, RuleResult] = {}
    for begin in range(0, len(rows), size):
        here = every[begin : begin + size]
        some = {level: Coded(region.codes[here], region.names) for level, region in regions.items()}
        own = dataclasses.replace(taken(table, here), regions=some, contradictions=[])
        run = of_groups.part(own, here, "community")
        assert run is not None
        refuse_impossible([run])
        found = {rule.id: run.judged(rule) for rule in asked}
    of_groups.so_far.end()
    return found


def assert_alike(ours: RuleResult, theirs: RuleResult) -> None:
    assert ours.lacking == theirs.lacking
    if ours.lacking:
        return
    assert isinstance(ours.subjects, Groups) and isinstance(theirs.subjects, Groups)
    assert (ours.subjects.levels, ours.subjects.paths) == (theirs.subjects.levels, theirs.subjects.paths)
    for name in _ARRAYS:
        np.testing.assert_array_equal(getattr(theirs, name), getattr(ours, name), f"{ours.rule.id} {name}")
    np.testing.assert_array_equal(theirs.numerator, ours.numerator)
    assert (theirs.untold, theirs.add_unit) == (ours.untold, ours.add_unit)


def hold(rows: Rows, standard: Standard, dictionary: Dictionary, as_of: date, sizes: tuple[int, ...]) -> int:
    whole = run_over(table_from_records(rows, dictionary, "community"), standard, dictionary, as_of)
    for size in sizes:
        found = in_parts(rows, whole, dictionary, size)
        for rule in standard.rules:
            if rule.by:
                assert_alike(whole.judged(rule), found[rule.id])
    return sum(bool(rule.by) for rule in standard.rules)


@pytest.mark.parametrize("bounds", [False, True])
@pytest.mark.parametrize("examples", [15, pytest.param(400, marks=pytest.mark.slow)])
def test_random_rules_over_random_parts(examples: int, bounds: bool) -> None:
    asked = 0

    @settings(max_examples=examples, deadline=None, suppress_health_check=_ANYTHING)
    @given(
        st.lists(rules(2), min_size=4, max_size=4),
        st.lists(records(bounds=bounds), min_size=8, max_size=8),
        st.sampled_from([(1,), (3,), (5, 8)]),
    )
    def agree(some: list[Any], rows: Rows, sizes: tuple[int, ...]) -> None:
        nonlocal asked
        named = [{**one, "community": f"第{at}号"} for at, one in enumerate(rows)]
        asked += hold(named, standard_of(list(map(closed_below, some))), FIELDS, AS_OF, sizes)

    agree()
    assert asked > examples
