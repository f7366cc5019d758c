"""The columnar evaluation against a plain, slow one, on random expressions and random tables."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference import EXEMPT, Open, Void, value

from communitycheck.checking.evaluation.context import RecordContext
from communitycheck.checking.evaluation.evaluate import evaluate
from communitycheck.checking.table_of_records import table_from_records
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import Binary, Call, Day, ListOf, Name, Node, Number, String, TableOf, Truth, Unary
from communitycheck.model.expression.lookup_table import ByNumber, ByText, LookupTable
from communitycheck.model.expression.values import Num, Tru, Txt
from communitycheck.model.subjects import Records
from communitycheck.model.text import Text

FIELDS = Dictionary(
    {
        **{k: Field(k, Text(k), "decimal") for k in ("a", "b", "c")},
        **{k: Field(k, Text(k), "truth") for k in ("p", "q")},
        **{k: Field(k, Text(k), "text") for k in ("s", "t")},
        **{k: Field(k, Text(k), "date") for k in ("d", "e")},
    }
)

numbers = st.sampled_from([0, 1, 2, 3, 5, 0.1, 0.2, 0.3, 399.9, 400, 400.1, 1333, 5000, 5001, -1, -0.5])
bounds = st.tuples(numbers, numbers).map(lambda x: (float(min(x)), float(max(x))))
number_cell = st.one_of(numbers, numbers, bounds, st.none(), st.just(EXEMPT))
truth_cell = st.one_of(st.booleans(), st.none(), st.just(EXEMPT))
text_cell = st.sampled_from(["urban", "rural", "210102001001", "甲社区", "a***b", None])
date_cell = st.sampled_from(
    ["2023-05-01", "2023-05-31", "2024-02-29", "2023-02", "2024-02", "2023", "2024-Q1", "2023-H2", "2000-01-30", None]
)
record = st.fixed_dictionaries(
    {
        **dict.fromkeys(("a", "b", "c"), number_cell),
        **dict.fromkeys(("p", "q"), truth_cell),
        **dict.fromkeys(("s", "t"), text_cell),
        **dict.fromkeys(("d", "e"), date_cell),
    }
)


_RANGES = ByNumber(((0.0, False), (3.0, True), (400.0, False)), (((None, 7.0),), ((None, 1.0),), None, ((None, 2.5),)))
BY_NUMBER = LookupTable("by_number", _RANGES)
_OTHER = ByNumber(((5.0, True),), (((None, 4.0),), None))
BY_BOTH = LookupTable("by_both", ByText((("urban", _RANGES), ("rural", _OTHER))))


def number_nodes(depth: int) -> st.SearchStrategy[Node]:
    leaf = st.one_of(numbers.map(lambda x: Number(float(x))), st.sampled_from("abc").map(Name))
    if depth == 0:
        return leaf
    below = number_nodes(depth - 1)
    some = st.lists(below, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        leaf,
        below.map(lambda x: Unary("-", x)),
        st.builds(Binary, st.sampled_from("+-*/"), below, below),
        st.builds(Call, st.sampled_from(["min", "max", "coalesce"]), some),
        st.builds(Call, st.sampled_from(["ceil", "floor", "abs"]), below.map(lambda x: (x,))),
        st.lists(truth_nodes(depth - 1), min_size=1, max_size=3).map(lambda x: Call("count_of", tuple(x))),
        st.builds(lambda c, a, b: Call("if", (c, a, b)), truth_nodes(depth - 1), below, below),
        st.sampled_from("st").map(lambda n: Call("length", (Name(n),))),
        st.builds(lambda k: Call("lookup", (TableOf(BY_NUMBER), k)), below),
        st.builds(
            lambda f, a, b: Call(f, (a, b)),
            st.sampled_from(["days_between", "months_between", "years_between"]),
            date_nodes(depth - 1),
            date_nodes(depth - 1),
        ),
        st.builds(lambda n, k: Call("lookup", (TableOf(BY_BOTH), Name(n), k)), st.sampled_from("st"), below),
    )


def date_nodes(depth: int) -> st.SearchStrategy[Node]:
    leaf = st.one_of(
        st.sampled_from("de").map(Name),
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


def truth_nodes(depth: int) -> st.SearchStrategy[Node]:
    leaf = st.one_of(
        st.booleans().map(Truth),
        st.sampled_from("pq").map(Name),
        st.sampled_from("abcpqst").map(lambda n: Call("is_blank", (Name(n),))),
        st.builds(
            lambda n, v, op: Binary(op, Name(n), v),
            st.sampled_from("st"),
            st.sampled_from([String("urban"), String("rural"), Name("s"), Name("t")]),
            st.sampled_from(["==", "!="]),
        ),
        st.builds(
            lambda n, op: Binary(op, Name(n), ListOf((String("urban"), String("x")))),
            st.sampled_from("st"),
            st.sampled_from(["in", "not in"]),
        ),
    )
    if depth == 0:
        return leaf
    below, sums = truth_nodes(depth - 1), number_nodes(depth - 1)
    return st.one_of(
        leaf,
        below.map(lambda x: Unary("not", x)),
        st.builds(Binary, st.sampled_from(["and", "or"]), below, below),
        st.builds(Binary, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), sums, sums),
        st.builds(lambda c, a, b: Call("if", (c, a, b)), below, below, below),
        st.builds(
            Binary, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), date_nodes(depth - 1), date_nodes(depth - 1)
        ),
        st.builds(
            lambda c, a, b, x: Binary("==", Call("if", (c, Name(a), Name(b))), String(x)),
            below,
            st.sampled_from("st"),
            st.sampled_from("st"),
            st.sampled_from(["urban", "rural"]),
        ),
        st.builds(
            lambda f, n, x: Call(f, (Name(n), String(x))),
            st.sampled_from(["matches", "starts_with", "ends_with", "contains"]),
            st.sampled_from("st"),
            st.sampled_from(["urban", "ur", "[a-z]+", "(210)?[0-9]{9}", "社区", "n", "", ".*"]),
        ),
    )


def engine(node: Node, records: list[dict[str, Any]]) -> list[Any]:
    table = table_from_records(records, FIELDS, "community")
    n = len(records)
    found = evaluate(node, RecordContext(Records(table), {}, date(2024, 1, 1), dictionary=FIELDS))
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
    return "void" if isinstance(found, Open) else found


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
    for got, one in zip(fast, records, strict=True):
        wanted = slow(node, one)
        assert same(got, wanted), (node, one, got, wanted)


@settings(max_examples=100, deadline=None)
@given(truth_nodes(2), st.lists(record, min_size=2, max_size=6), st.data())
def test_a_record_is_judged_alike_alone_and_among_others(
    node: Node, records: list[dict[str, Any]], data: st.DataObject
) -> None:
    i = data.draw(st.integers(0, len(records) - 1))
    assert engine(node, records)[i] == engine(node, [records[i]])[0]
