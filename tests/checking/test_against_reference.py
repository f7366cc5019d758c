"""The columnar evaluation against a plain, slow one, on random expressions and random tables."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference import AS_OF, EXEMPT, LISTED, OfNothing, Open, Row, Void, value

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.evaluation.evaluate import evaluate
from communitycheck.checking.table_of_records import table_from_records
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import (
    FUNCTIONS,
    RECORD_FUNCTIONS,
    Binary,
    Call,
    Day,
    ListOf,
    Name,
    Node,
    Number,
    String,
    TableOf,
    Truth,
    Unary,
    walk,
)
from communitycheck.model.expression.lookup_table import ByNumber, ByText, LookupTable
from communitycheck.model.expression.values import Num, Tru, Txt
from communitycheck.model.result import Outcome
from communitycheck.model.subjects import Records
from communitycheck.model.text import Text

FIELDS = Dictionary(
    {
        **{k: Field(k, Text(k), "decimal") for k in ("a", "b", "c")},
        **{k: Field(k, Text(k), "truth") for k in ("p", "q")},
        **{k: Field(k, Text(k), "text") for k in ("s", "t")},
        **{k: Field(k, Text(k), "date") for k in ("d", "e")},
        "day": Field("day", Text("day"), "date"),
        "i": Field("i", Text("i"), "identity"),
        "kind": Field("kind", Text("kind"), "category", values={"urban": (), "rural": ()}),
        "code": Field("code", Text("code"), "code"),
    }
)

numbers = st.sampled_from([0, 1, 2, 3, 5, 0.1, 0.2, 0.3, 399.9, 400, 400.1, 1333, 5000, 5001, -1, -0.5])
bounds = st.tuples(numbers, numbers).map(lambda x: (float(min(x)), float(max(x))))
number_cell = st.one_of(numbers, numbers, bounds, st.none(), st.just(EXEMPT))
truth_cell = st.one_of(st.booleans(), st.none(), st.just(EXEMPT))
TEXTS = ["urban", "Urban", "rural", "210102001001", "210102", "990102", "210199", "甲社区", "a***b", None]
text_cell = st.sampled_from([*TEXTS, "91350100M000100Y43", "91350100M000100Y34"])
rule_outcome = st.sampled_from(["pass", "pass", "fail", "not_due", "not_applicable", "no_data"])
date_cell = st.sampled_from(
    ["2023-05-01", "2023-05-31", "2024-02-29", "2023-02", "2024-02", "2023", "2024-Q1", "2023-H2", "2000-01-30", None]
)
record = st.fixed_dictionaries(
    {
        **dict.fromkeys(("a", "b", "c"), number_cell),
        **dict.fromkeys(("p", "q"), truth_cell),
        **dict.fromkeys(("s", "t"), text_cell),
        **dict.fromkeys(("d", "e"), date_cell),
        "day": st.sampled_from(["2023-05-01", "2024-02", "2024-13-45", "上月", None]),
        "i": st.sampled_from(["valid", "invalid", None]),
        "kind": st.sampled_from(["urban", "rural", "unknown", None]),
        "code": st.sampled_from([*TEXTS, "(unreadable)"]),
        **dict.fromkeys(("R1", "R2"), rule_outcome),
        "earlier": st.fixed_dictionaries(dict.fromkeys(("a", "b", "c"), number_cell)),
    }
)


_RANGES = ByNumber(((0.0, False), (3.0, True), (400.0, False)), (((None, 7.0),), ((None, 1.0),), None, ((None, 2.5),)))
BY_NUMBER = LookupTable("by_number", _RANGES)
_OTHER = ByNumber(((5.0, True),), (((None, 4.0),), None))
BY_BOTH = LookupTable("by_both", ByText((("urban", _RANGES), ("rural", _OTHER))))


@cache
def number_nodes(depth: int) -> st.SearchStrategy[Node]:
    leaf = st.one_of(numbers.map(lambda x: Number(float(x))), st.sampled_from("abc").map(Name))
    if depth <= 0:
        return leaf
    below = number_nodes(depth - 1)
    return st.one_of(
        leaf,
        below.map(lambda x: Unary("-", x)),
        st.builds(Binary, st.sampled_from("+-*/"), below, below),
        *(calls(name, depth) for name in RECORD_FUNCTIONS if FUNCTIONS[name].yields in ("number", "alike")),
    )


@cache
def date_nodes(depth: int) -> st.SearchStrategy[Node]:
    leaf = st.one_of(
        st.sampled_from(["d", "e", "day"]).map(Name),
        st.sampled_from([Day(19_782), Day(19_478), Day(10_986), Call("as_of", ())]),
    )
    if depth <= 0:
        return leaf
    below = date_nodes(0)
    return st.one_of(
        leaf,
        leaf,
        st.builds(lambda c, a, b: Call("if", (c, a, b)), truth_nodes(0), below, below),
        st.permutations("de").map(lambda names: Call("coalesce", tuple(map(Name, names)))),
    )


@cache
def truth_nodes(depth: int) -> st.SearchStrategy[Node]:
    leaf = st.one_of(
        st.booleans().map(Truth),
        st.sampled_from("pq").map(Name),
        st.builds(
            lambda n, v, op: Binary(op, Name(n), v),
            st.sampled_from(["s", "t", "kind"]),
            st.sampled_from([String("urban"), String("rural"), Name("s"), Name("t")]),
            st.sampled_from(["==", "!="]),
        ),
        st.builds(
            lambda n, op: Binary(op, Name(n), ListOf((String("urban"), String("x")))),
            st.sampled_from(["s", "t", "kind"]),
            st.sampled_from(["in", "not in"]),
        ),
    )
    if depth <= 0:
        return leaf
    below, sums = truth_nodes(depth - 1), number_nodes(depth - 1)
    days = date_nodes(depth - 1)
    return st.one_of(
        leaf,
        below.map(lambda x: Unary("not", x)),
        st.builds(Binary, st.sampled_from(["and", "or"]), below, below),
        st.builds(Binary, st.sampled_from(COMPARED), sums, sums),
        st.builds(Binary, st.sampled_from(COMPARED), days, days),
        st.builds(lambda c, a, b: Call("if", (c, a, b)), below, below, below),
        st.builds(
            lambda f, c, a, b, x: Binary("==", Call(f, (c, Name(a), Name(b))[f == "coalesce" :]), String(x)),
            st.sampled_from(["if", "coalesce"]),
            below,
            st.sampled_from("st"),
            st.sampled_from("st"),
            st.sampled_from(["urban", "rural"]),
        ),
        *(calls(name, depth) for name in RECORD_FUNCTIONS if FUNCTIONS[name].yields == "truth"),
    )


COMPARED = ["==", "!=", "<", "<=", ">", ">="]
quoted = st.sampled_from(["urban", "ur", "[a-z]+", "(210)?[0-9]{9}", "社区", "n", "", ".*"])


@cache
def calls(name: str, depth: int) -> st.SearchStrategy[Node]:
    """Calls of one function of the language over random arguments. There is none that is not drawn."""
    below, truths = number_nodes(depth - 1), truth_nodes(depth - 1)
    text, days = st.sampled_from("st").map(Name), date_nodes(depth - 1)
    written = st.sampled_from(["s", "t", "code"]).map(Name)
    match name:
        case "min" | "max" | "coalesce":
            arguments = st.lists(below, min_size=1, max_size=3)
        case "ceil" | "floor" | "abs":
            arguments = st.tuples(below)
        case "round":
            decimals = st.sampled_from([-1.0, 0.0, 1.0, 2.0]).map(Number)
            arguments = st.one_of(st.tuples(below), st.tuples(below, decimals))
        case "count_of":
            arguments = st.lists(truths, min_size=1, max_size=3)
        case "if":
            arguments = st.tuples(truths, below, below)
        case "lookup":
            one = st.tuples(st.just(TableOf(BY_NUMBER)), below)
            arguments = st.one_of(one, st.tuples(st.just(TableOf(BY_BOTH)), text, below))
        case "is_blank":
            arguments = st.tuples(st.sampled_from("abcpqst").map(Name))
        case "previous" | "change" | "above":
            arguments = st.tuples(st.sampled_from("abc").map(Name))
        case "is_unique":
            arguments = st.lists(st.sampled_from("apsd").map(Name), min_size=1, max_size=2, unique=True)
        case "rank":
            figure = st.one_of(st.sampled_from("abc").map(Name), st.just(Unary("-", Name("a"))))
            within = st.lists(st.sampled_from("psd").map(Name), max_size=2, unique=True)
            arguments = st.builds(lambda one, more: (one, *more), figure, within)
        case "exists_in":
            arguments = st.tuples(text, st.sampled_from(sorted(LISTED)).map(String), st.just(String("s")))
        case "meets":
            arguments = st.lists(st.sampled_from(["R1", "R2"]).map(String), min_size=1, max_size=2, unique=True)
        case "matches" | "starts_with" | "ends_with" | "contains":
            arguments = st.tuples(written, quoted.map(String))
        case "length" | "is_division_code" | "is_credit_code":
            arguments = st.tuples(written)
        case "is_valid":
            arguments = st.tuples(st.sampled_from(["day", "kind", "code", "i"]).map(Name))
        case "is_identity_number":
            arguments = st.tuples(st.just(Name("i")))
        case "days_between" | "months_between" | "years_between":
            arguments = st.tuples(days, days)
        case "as_of":
            return st.builds(Binary, st.sampled_from(COMPARED), days, st.just(Call("as_of", ())))
        case _:
            raise NotImplementedError(f"{name} has no reference yet: tests/checking/reference.py")
    return arguments.map(lambda found: Call(name, tuple(found)))


@pytest.mark.parametrize("name", RECORD_FUNCTIONS)
def test_every_function_of_a_record_agrees(name: str) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(calls(name, 2), st.lists(record, min_size=1, max_size=6))
    def agree(node: Node, records: list[dict[str, Any]]) -> None:
        _agree(node, records)

    agree()


def context_of(records: list[dict[str, Any]]) -> RecordContext:
    def of(some: list[dict[str, Any]], kind: str) -> RecordContext:
        cells = [{name: said for name, said in one.items() if name in FIELDS.fields} for one in some]
        return RecordContext(Records(table_from_records(cells, FIELDS, kind)), {}, AS_OF, judged, FIELDS)

    judged = {
        rule: np.array([Outcome[one.get(rule, "pass").upper()] for one in records], np.uint8) for rule in ("R1", "R2")
    }
    context = of(records, "community")
    earlier = of([one.get("earlier", {"a": None}) for one in records], "community")
    context.previous = context.above = earlier.field  # type: ignore[method-assign]
    context.elsewhere = lambda kind: of([{"s": name} for name in LISTED[kind]], kind)
    return context


def engine(node: Node, records: list[dict[str, Any]]) -> list[Any]:
    n = len(records)
    found = evaluate(node, context_of(records))
    void = np.zeros(n, bool) if found.na is None else np.broadcast_to(found.na, n) > 0
    if isinstance(found, Tru):
        void = void & ~found.yes & ~found.no
    out: list[Any] = []
    for i in range(n):
        if void[i]:
            out.append("void")
        elif isinstance(found, Num):
            low, high = (float(np.broadcast_to(x, n)[i]) for x in (found.lo, found.hi))
            out.append(None if math.isnan(low) or math.isnan(high) else (low, high))
        elif isinstance(found, Tru):
            yes, no = (bool(np.broadcast_to(x, n)[i]) for x in (found.yes, found.no))
            assert not (yes and no)
            out.append(True if yes else False if no else None)
        else:
            assert isinstance(found, Txt)
            raise AssertionError("no expression here yields text")
    return out


def slow(node: Node, one: dict[str, Any]) -> Any:
    try:
        found = value(node, one)
    except Void:
        return "void"
    return "void" if isinstance(found, Open | OfNothing) else found


def same(x: Any, y: Any) -> bool:
    if isinstance(x, tuple) and isinstance(y, tuple):
        return all(a == b or abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1) for a, b in zip(x, y, strict=True))
    return x is y or (isinstance(x, str) and x == y)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(number_nodes(3), truth_nodes(3)), st.lists(record, min_size=1, max_size=6))
def test_columns_and_single_records_agree(node: Node, records: list[dict[str, Any]]) -> None:
    _agree(node, records)


@pytest.mark.slow
@settings(max_examples=2500, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(number_nodes(4), truth_nodes(4)), st.lists(record, min_size=8, max_size=20))
def test_many_columns_and_single_records_agree(node: Node, records: list[dict[str, Any]]) -> None:
    """Over 20,000 records."""
    _agree(node, records)


def _agree(node: Node, records: list[dict[str, Any]]) -> None:
    fast = engine(node, records)
    rows = [Row(one) for one in records]
    for at, one in enumerate(rows):
        one.others = [*rows[:at], *rows[at + 1 :]]
    for got, one in zip(fast, rows, strict=True):
        wanted = slow(node, one)
        assert same(got, wanted), (node, one, got, wanted)


def _is_of_one(node: Node) -> bool:
    return not any(isinstance(part, Call) and part.function in ("is_unique", "rank") for part in walk(node))


@settings(max_examples=100, deadline=None)
@given(truth_nodes(2).filter(_is_of_one), st.lists(record, min_size=2, max_size=6), st.data())
def test_a_record_is_judged_alike_alone_and_among_others(
    node: Node, records: list[dict[str, Any]], data: st.DataObject
) -> None:
    i = data.draw(st.integers(0, len(records) - 1))
    assert engine(node, records)[i] == engine(node, [records[i]])[0]


def test_bounds_hold_for_some_of_the_records_as_for_all() -> None:
    """A column of picked records is kept: what was read without bounds is another thing than what is bounded."""
    node = Call("coalesce", (Name("h"), Name("a")))
    fields = FIELDS.with_fields({"h": Field("h", Text("h"), "hours", low=0.0, high=24.0)})
    table = table_from_records(
        [{"h": 25.0, "a": 1}, {"h": None, "a": None}, {"h": 3.0, "a": None}], fields, "community"
    )
    whole = RecordContext(Records(table), {}, AS_OF, dictionary=fields)
    some = whole.picked(np.arange(3, dtype=np.int32))
    whole.bounded = some.bounded = True
    for context in (whole, some):
        found = evaluate(node, context)
        assert isinstance(found, Num)
        assert (found.lo.tolist(), found.hi.tolist()) == ([0.0, 0.0, 3.0], [24.0, 24.0, 3.0])
