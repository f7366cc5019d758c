"""What is explained is what was judged: values, outcomes, the printed arithmetic, every way to pass."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from communitycheck.check import check
from communitycheck.checking.run import judge_all
from communitycheck.checking.standard_run import StandardRun
from communitycheck.checking.table_of_records import table_from_records
from communitycheck.checking.trial import Trial
from communitycheck.model.dictionary import Field
from communitycheck.model.result import Outcome, Reason, Records, RuleResult
from communitycheck.model.standard import Locality, Rule, Standard
from communitycheck.products.explain.explanation import Explained, Explanation, Standing, Worked
from communitycheck.products.explain.trace import trace, trace_unchecked
from communitycheck.products.explain.words import Words
from communitycheck.products.rulebook.facts import fields_needed
from communitycheck.reporting.words.sentences import Wording
from communitycheck.standards.choose import open_rule_book
from products.explain.recompute import recomputed

BOOK = open_rule_book()
SAMPLES = ("panzhihua_2020.xlsx", "shenyang_2023.xlsx", "shenyang_liaoning_mixed.csv", "published_figures.xlsx")
OF_EACH = 2  # subjects of a rule
UNWORKED = (Reason.OUT_OF_SCOPE, Reason.OUTSIDE, Reason.NOT_CARRIED, Reason.NOT_IN_FORCE, Reason.REGION_UNKNOWN)
AUTOMATED = [(s, r) for s in BOOK.all() for r in s.rules if r.manual is None]


def words_of(one: Explanation, run: StandardRun) -> Words:
    found = Explained("", run.as_of, "option", [run.standard], run.dictionary, [one])
    return Words(one, Wording("en", run.dictionary, [run.standard], run.as_of, [one.rule]), found)


def agrees(run: StandardRun, result: RuleResult, i: int) -> Explanation:
    """Take one verdict apart and hold every part against the verdict."""
    one = trace(run, result, i)
    verdict = one.verdict
    assert verdict is not None and verdict.outcome == result.outcome[i]
    if one.rule.threshold is None or verdict.reason in UNWORKED:
        return one
    if one.rule.by and one.group is None:
        assert verdict.reason is Reason.EMPTY_GROUP
        return one
    assert one.expression is not None and one.required is not None
    if one.rule.threshold.comparison.kind == "number":
        pooled = one.group is not None and one.group.recordwise
        if not pooled and not (isinstance(one.expression.value, tuple) and one.rule.plausible is not None):
            close(one.expression.value, verdict.observed)
        close(one.required.value, verdict.required[0] if one.upper is not None else verdict.required)  # type: ignore[index]
        if one.upper is not None and isinstance(verdict.required, tuple):
            close(one.upper.value, verdict.required[1])
    if not one.rule.by:
        again = Trial.of_one(run.folded(one.rule), run.governed[one.rule.applies_to], i).judged()
        if verdict.reason is not Reason.NOT_CARRIED:
            assert (again.outcome[0], again.reason[0]) == (verdict.outcome, verdict.reason)
    words = words_of(one, run)
    for worked in (one.expression, one.required, one.upper):
        if worked is not None:
            printed_agrees(worked, words)
    for remedy in one.remedies:
        passes(one, remedy, run, i)
    if one.group is not None:
        counted(one)
    return one


def close(worked: Any, judged: Any) -> None:
    if isinstance(worked, tuple) or isinstance(judged, tuple):
        a, b = ((x, x) if not isinstance(x, tuple) else x for x in (worked, judged))
        assert a == pytest.approx(b, rel=1e-7), (worked, judged)
    elif worked is None or judged is None:
        assert worked is judged, (worked, judged)
    else:
        assert worked == pytest.approx(judged, rel=1e-9, abs=1e-12)


def printed_agrees(worked: Worked, words: Words) -> None:
    """Every step of the arithmetic, worked out again from what it prints, gives the value."""
    if not isinstance(worked.value, float):
        return
    *steps, last = words.arithmetic.chain(worked, words.one.rule.unit)
    for number, step in enumerate(steps):
        value = recomputed(step)
        if value is not None:
            near = 1e-9 if not number else 2e-4
            assert value == pytest.approx(worked.value, rel=near, abs=1e-9), (step, worked.value)
    shown = recomputed(last.split(" ")[0])
    assert shown is not None and shown == pytest.approx(worked.value, rel=1e-4, abs=1e-12)


def passes(one: Explanation, remedy: Any, run: StandardRun, i: int) -> None:
    """A way to pass passes, and a hair less does not."""
    if remedy.kind != "fields" or len(remedy.changes) != 1:
        return
    change = remedy.changes[0]
    trial = Trial.of_one(run.folded(one.rule), run.governed[one.rule.applies_to], i)
    assert trial.judged({change.key: float(change.to)}).outcome[0] == Outcome.PASS
    if isinstance(change.now, float) and isinstance(change.to, float):
        field = run.dictionary.fields[change.key]
        step = 1.0 if field.type in ("int", "count") else 0.011 if field.type != "share" else 0.00011
        short = change.to - math.copysign(step, change.to - change.now)
        if abs(change.to - change.now) > step:
            assert trial.judged({change.key: short}).outcome[0] != Outcome.PASS, (remedy, short)


def counted(one: Explanation) -> None:
    """The members listed are the members counted, and they give the numerator."""
    group = one.group
    assert group is not None
    total = sum(group.standings.values())
    assert len(group.members) == min(total, 200)
    first = group.aggregates[0]
    assert first.numerator is not None
    if getattr(first.node, "function", "") in ("share", "count"):
        assert group.standings.get(Standing.FOR, 0) == first.numerator[0]
        assert group.standings.get(Standing.BLANK, 0) == first.blanks
    elif total <= len(group.members) and one.in_scope:
        sums = [v[0] if isinstance(v, tuple) else v for m in group.members if (v := m.values[0]) is not None]
        if not first.blanks:
            assert math.fsum(float(x) for x in sums) == pytest.approx(first.numerator[0], rel=1e-9, abs=1e-9)


@cache
def sample(name: str) -> list[tuple[StandardRun, RuleResult]]:
    runs: list[StandardRun] = []
    report = check([f"sample_data/{name}"], on_standard=runs.append)
    by_id = {b.standard.id: b for b in runs}
    return [(by_id[r.rule.standard], r) for r in report.results]


def places(result: RuleResult) -> Iterator[int]:
    """Some subjects of every outcome."""
    draw = random.Random(result.rule.id)
    for outcome in set(result.outcome.tolist()):
        where = [int(i) for i in (result.outcome == outcome).nonzero()[0]]
        yield from draw.sample(where, min(OF_EACH, len(where)))


@pytest.mark.parametrize("name", SAMPLES)
def test_on_the_sample_returns(name: str) -> None:
    seen = 0
    for run, result in sample(name):
        if not result.checked:
            assert trace_unchecked(run, result).wanted
            continue
        for i in places(result):
            agrees(run, result, i)
            seen += 1
    assert seen > 10


def cell(field: Field) -> st.SearchStrategy[Any]:
    """What a record may say of a field."""
    gaps = st.sampled_from([None, "(unreadable)", "(impossible)", "不适用"])
    if field.type == "truth":
        return st.one_of(st.sampled_from([0, 1]), gaps)
    if field.type == "category":
        return st.one_of(st.sampled_from(sorted(field.values)), gaps)
    if not field.is_number:
        return st.one_of(st.sampled_from(["应急救护、活动策划", "智能门禁", "甲"]), gaps)
    low = field.low or 0.0
    high = min(field.high if field.high is not None else 9e4, 9e4)
    number = st.integers(math.ceil(low), math.floor(high)) if high - low > 2 else st.floats(low, high, width=32)
    known = st.one_of(number, st.integers(math.ceil(low), max(math.ceil(low), 20)))
    return st.one_of(known, known, known, gaps, st.tuples(known, known).map(lambda p: (min(p), max(p))))


def in_scope(standard: Standard, rule: Rule) -> st.SearchStrategy[list[dict[str, Any]]]:
    needs = fields_needed(rule, standard, BOOK.dictionary.with_fields(standard.fields or {}))
    record = st.fixed_dictionaries({n.field.key: cell(n.field) for n in needs})
    return st.lists(record, min_size=1, max_size=6)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # shrinking judges again and again
)
@given(data=st.data())
def test_on_generated_records(data: st.DataObject) -> None:
    standard, rule = data.draw(st.sampled_from(AUTOMATED))
    records = data.draw(in_scope(standard, rule))
    day = standard.horizon or standard.in_force_from or date(2024, 12, 31)
    dictionary = BOOK.dictionary.with_fields(standard.fields or {})
    table = table_from_records(records, dictionary, rule.applies_to)
    runs: list[StandardRun] = []
    known = [standard.jurisdiction]
    place = Locality(*known)
    judge_all([table], [standard], dictionary, day, chosen=True, region=place, known=known, on_standard=runs.append)
    for run in runs:
        result = run.judged(rule)
        for i in range(len(result)) if result.checked else ():
            one = agrees(run, result, i)
            assert one.group is not None or rule.by or isinstance(result.subjects, Records)
