"""Random rules over everything of the rule language that has SQL, and random records for them.

Expressions are put together as nodes, so that what is added need not be of one unit; rules that are refused by name are
refused here as well.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from communitycheck.model.comparison import COMPARISONS
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import (
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
)
from communitycheck.model.expression.calendar_days import number_of
from communitycheck.model.expression.lookup_table import ByNumber, ByText, LookupTable
from communitycheck.model.standard import Jurisdiction, Limit, RelativeTolerance, Rule, Source, Standard, Threshold
from communitycheck.model.text import Text

AS_OF = date(2023, 12, 31)
FIELDS = Dictionary(
    {
        "a": Field("a", Text("a"), "decimal", low=0.0),
        "b": Field("b", Text("b"), "decimal", low=0.0, high=10000.0),
        "c": Field("c", Text("c"), "decimal", low=-100.0),
        "h": Field("h", Text("h"), "share", low=0.0, high=1.0),
        **{key: Field(key, Text(key), "truth") for key in ("p", "q")},
        **{key: Field(key, Text(key), "text") for key in ("s", "t", "county", "community")},
        **{key: Field(key, Text(key), "date") for key in ("d", "e")},
        "kind": Field("kind", Text("kind"), "category", values={"urban": (), "rural": ()}),
    }
)
PLACE = Jurisdiction("210100", "沈阳市")
BOUNDED = ("a", "c")
_RANGES = ByNumber(((0.0, False), (3.0, True), (400.0, False)), (((None, 7.0),), ((None, 1.0),), (), ((None, 2.5),)))
_OTHERS = ByNumber(((5.0, True),), (((None, 4.0),), None))
BY_NUMBER = LookupTable("by_number", _RANGES)
BY_BOTH = LookupTable("by_both", ByText((("urban", _RANGES), ("rural", _OTHERS))))

_FIGURES = (0.0, 1.0, 2.0, 3.0, 5.0, 0.1, 0.2, 0.3, 0.1 + 0.2, 2.5, 399.9, 400.0, 400 * (1 + 1e-9), 400 * (1 - 3e-9),
            5001.0)  # fmt: skip
_DAYS = ("2023-05-01", "2023-05-31", "2024-02-29", "2023-02-28", "2000-01-30", "1968-12-31")
_WORDS = ("urban", "rural", "甲社区", "210102", "%_x", "a***b")


def _cell(*odd: Any, bounds: bool = False) -> st.SearchStrategy[Any]:
    figures = st.sampled_from(_FIGURES)
    kinds: list[st.SearchStrategy[Any]] = [figures, figures, st.sampled_from([None, float("nan"), 0.0, *odd])]
    if bounds:
        ends = st.tuples(figures, figures).map(lambda two: (min(two), max(two)))
        kinds.append(st.one_of(ends.filter(lambda two: two[0] < two[1]), figures.map(lambda low: (low, None))))
    return st.one_of(*kinds)


def records(*, bounds: bool) -> st.SearchStrategy[dict[str, Any]]:
    """A record for ``FIELDS``; in ``BOUNDED`` also two ends, the upper one perhaps None for none."""
    return st.fixed_dictionaries(
        {
            "a": _cell(-1.0, bounds=bounds),
            "b": _cell(10001.0),
            "c": _cell(-1.0, -0.5, -100.0, -101.0, bounds=bounds),
            "h": st.sampled_from([None, 0.0, 0.13, 0.5, 1.0, 1.5]),
            **dict.fromkeys(("p", "q"), st.sampled_from([True, False, True, False, None])),
            **dict.fromkeys(("s", "t"), st.sampled_from([*_WORDS, None])),
            **dict.fromkeys(("d", "e"), st.sampled_from([*_DAYS, None])),
            "kind": st.sampled_from(["urban", "rural", "unknown", None]),
            "county": st.sampled_from(["甲区", "甲区", "乙区", None]),
        }
    )


_COMPARED = ("==", "!=", "<", "<=", ">", ">=")
_constants = st.sampled_from([*_FIGURES, -1.0, -0.5]).map(Number)


@cache
def numbers(depth: int) -> st.SearchStrategy[Node]:
    leaf = st.one_of(_constants, st.sampled_from("abch").map(Name), st.sampled_from("abc").map(Name))
    if depth <= 0:
        return leaf
    below, asked, days = numbers(depth - 1), truths(depth - 1), dates(depth - 1)
    called: list[st.SearchStrategy[Node]] = [
        *(st.lists(below, min_size=1, max_size=3).map(lambda x, f=f: Call(f, tuple(x))) for f in ("min", "max")),
        *(below.map(lambda x, f=f: Call(f, (x,))) for f in ("ceil", "floor", "abs", "round")),
        st.builds(lambda x, n: Call("round", (x, Number(n))), below, st.sampled_from([-1.0, 1.0, 2.0])),
        st.lists(below, min_size=1, max_size=3).map(lambda x: Call("coalesce", tuple(x))),
        st.lists(asked, min_size=1, max_size=3).map(lambda x: Call("count_of", tuple(x))),
        st.builds(lambda c, x, y: Call("if", (c, x, y)), asked, below, below),
        *(
            st.builds(lambda x, y, f=f: Call(f, (x, y)), days, days)
            for f in ("days_between", "months_between", "years_between")
        ),
        st.sampled_from("st").map(lambda name: Call("length", (Name(name),))),
        below.map(lambda x: Call("lookup", (TableOf(BY_NUMBER), x))),
        st.builds(lambda s, x: Call("lookup", (TableOf(BY_BOTH), Name(s), x)), st.sampled_from(["s", "kind"]), below),
    ]
    quotient = st.builds(lambda x, y: Binary("/", x, y), below, below)
    return st.one_of(
        leaf,
        st.builds(Binary, st.sampled_from("+-*/"), below, below),
        quotient,
        st.one_of(*called),
        below.map(lambda x: Unary("-", x)),
    )


@cache
def dates(depth: int) -> st.SearchStrategy[Node]:
    leaf = st.one_of(
        st.sampled_from("de").map(Name),
        st.sampled_from([Day(number_of(date(2023, 5, 1))), Call("as_of", ())]),
    )
    if depth <= 0:
        return leaf
    return st.one_of(
        leaf,
        st.builds(lambda c, x, y: Call("if", (c, x, y)), truths(0), leaf, leaf),
        st.permutations("de").map(lambda two: Call("coalesce", tuple(map(Name, two)))),
    )


@cache
def truths(depth: int) -> st.SearchStrategy[Node]:
    words = st.one_of(st.sampled_from("st").map(Name), st.sampled_from(["urban", "rural"]).map(String))
    leaf = st.one_of(
        st.sampled_from("pq").map(Name),
        st.sampled_from("pq").map(Name),
        st.booleans().map(Truth),
        st.builds(Binary, st.sampled_from(["==", "!="]), st.sampled_from(["s", "t", "kind"]).map(Name), words),
        st.builds(
            lambda op, name: Binary(op, Name(name), ListOf((String("urban"), String("甲社区")))),
            st.sampled_from(["in", "not in"]),
            st.sampled_from(["s", "t", "kind"]),
        ),
        st.sampled_from(["a", "b", "c", "p", "s", "d", "kind"]).map(lambda name: Call("is_blank", (Name(name),))),
    )
    leaf = st.one_of(
        leaf,
        leaf,
        st.builds(
            lambda f, name, part: Call(f, (Name(name), String(part))),
            st.sampled_from(["starts_with", "ends_with", "contains"]),
            st.sampled_from("st"),
            st.sampled_from(["ur", "an", "社区", "甲", "21", "%_", "", "n"]),
        ),
    )
    if depth <= 0:
        return leaf
    below, figures, days = truths(depth - 1), numbers(depth - 1), dates(depth - 1)
    return st.one_of(
        leaf,
        st.builds(Binary, st.sampled_from(_COMPARED), figures, figures),
        st.builds(Binary, st.sampled_from(["and", "or"]), below, below),
        st.builds(Binary, st.sampled_from(_COMPARED), days, days),
        below.map(lambda x: Unary("not", x)),
        st.builds(lambda x: Binary("in", x, ListOf((Number(1.0), Number(400.0)))), figures),
        st.builds(lambda c, x, y: Call("if", (c, x, y)), below, below, below),
        st.builds(lambda c, x, y: Binary("==", Call("if", (c, x, y)), String("urban")), below, words, words),
    )


@cache
def aggregates(depth: int) -> st.SearchStrategy[Node]:
    figures, asked = numbers(depth), truths(depth)
    sums = figures.map(lambda x: Call("sum", (x,)))
    one = st.one_of(
        *(asked.map(lambda x, f=f: Call(f, (x,))) for f in ("share", "count")),
        *(figures.map(lambda x, f=f: Call(f, (x,))) for f in ("sum", "mean", "lowest", "highest")),
        st.builds(lambda x, y: Binary("/", x, y), sums, sums),
        st.just(Call("count", ())),
        st.one_of(st.sampled_from("abspd").map(Name), figures).map(lambda x: Call("distinct", (x,))),
    )
    return st.one_of(one, one, one, st.builds(Binary, st.sampled_from("+-*/"), one, one))


_limits = st.one_of(_constants, _constants, numbers(1))


@st.composite
def rules(draw: st.DrawFn, depth: int = 2) -> Rule:
    """A rule about single records or about groups of them; its id is put in later."""
    of_group = draw(st.booleans())
    asks = draw(st.sampled_from(["at_least", "at_most", "more_than", "less_than", "between", "equals", "is"]))
    if asks == "is" and not of_group:
        indicator, limit = draw(truths(depth)), Number(float(draw(st.booleans())))
    else:
        asks = "at_least" if asks == "is" else asks
        indicator = draw(aggregates(depth - 1) if of_group else numbers(depth))
        limit = draw(_constants if of_group else _limits)
    upper = None
    if asks == "between":
        low, high = sorted([draw(_constants).value, draw(_constants).value])
        limit, upper = Number(low), Number(high)
        if not of_group and draw(st.booleans()):
            limit, upper = draw(numbers(1)), draw(numbers(1))
    tolerance = draw(st.sampled_from([None, 0.0, 1.0, RelativeTolerance(0.1)])) if asks == "equals" else None
    ranges = [None, None, None, (0.0, 1.0), (None, 400.0), (0.0, None)]
    return Rule(
        id="",
        standard="random",
        title=Text("随机", "random"),
        clause="一",
        applies_to="community",
        severity="expected",
        where=draw(st.one_of(st.none(), truths(depth - 1))),
        by=draw(st.sampled_from([("county",), ("county", "city"), ("city",)])) if of_group else (),
        indicator=indicator,
        threshold=Threshold(COMPARISONS[asks], (Limit(limit),), upper),
        tolerance=tolerance,
        plausible=None if asks == "is" else draw(st.sampled_from(ranges)),
        due=draw(st.sampled_from([None, None, date(2030, 12, 31)])),
    )


def standard_of(some: list[Rule]) -> Standard:
    named = tuple(replace(rule, id=f"R-{at}") for at, rule in enumerate(some, start=1))
    return Standard("random", Text("随机", "random"), Source("随机"), PLACE, named, {})
