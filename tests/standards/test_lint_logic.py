"""Interval reasoning against trying every value: a no is never wrong, and neither is a yes."""

from __future__ import annotations

from itertools import product
from math import ceil, inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import Binary, Call, ListOf, Name, Node, Number, String, Truth, Unary
from communitycheck.model.text import Text
from communitycheck.standards.language.parse import parse
from communitycheck.standards.lint.reasoning.bounds import bounds
from communitycheck.standards.lint.reasoning.logic import Answer, Logic
from communitycheck.standards.lint.reasoning.sets import Reals, Texts, compared
from each import each

DICTIONARY = Dictionary(
    {
        "a": Field("a", Text("a"), "decimal", low=0, high=4),
        "b": Field("b", Text("b"), "decimal", low=0, high=4),
        "n": Field("n", Text("n"), "int", low=0, high=4),
        "c": Field("c", Text("c"), "category", values={"x": (), "y": ()}),
        "t": Field("t", Text("t"), "truth"),
        "z": Field("z", Text("z"), "decimal", low=0, high=9, zero_impossible=True),
        "open": Field("open", Text("open"), "decimal"),
    }
)
HALVES = [i / 2 for i in range(9)]
EIGHTHS = [None, *(i / 8 for i in range(33))]
VALUES: dict[str, list[Any]] = {
    "a": [None, *HALVES],
    "b": [None, *HALVES],
    "n": [None, *range(5)],
    "c": [None, "x", "y"],
    "t": [None, True, False],
}


def value(node: Node, record: dict[str, Any]) -> Any:
    """The plain, slow reference: three-valued, None is unknown."""
    match node:
        case Number(x) | String(x) | Truth(x):
            return x
        case Name(name):
            return record[name]
        case Unary("not", operand):
            inner = value(operand, record)
            return None if inner is None else not inner
        case Binary("and" | "or" as op, left, right):
            sides = value(left, record), value(right, record)
            decisive = op == "or"
            return decisive if decisive in sides else None if None in sides else not decisive
        case Binary("in" | "not in" as op, left, ListOf(items)):
            found = value(left, record)
            return None if found is None else (found in [value(i, record) for i in items]) == (op == "in")
        case Binary(op, left, right):
            x, y = value(left, record), value(right, record)
            if x is None or y is None:
                return None
            results = {"+": lambda: x + y, "-": lambda: x - y, "==": lambda: x == y, "!=": lambda: x != y}
            if op == "/":
                return None if y == 0 else x / y
            results |= {
                "*": lambda: x * y,
                "<": lambda: x < y,
                "<=": lambda: x <= y,
                ">": lambda: x > y,
                ">=": lambda: x >= y,
            }
            return results[op]()
        case Call("is_blank", (Name(name),)):
            return record[name] is None
        case Call(function, arguments):
            numbers = [value(a, record) for a in arguments]
            return None if None in numbers else {"min": min, "max": max, "abs": abs, "ceil": ceil}[function](*numbers)
    raise AssertionError(node)


NUMBER = st.one_of(
    st.sampled_from(["a", "b", "n"]).map(Name),
    st.sampled_from([Binary("-", Name("a"), Name("b")), Binary("+", Name("a"), Name("b"))]),
)
CONSTANT = st.integers(-1, 9).map(lambda i: Number(float(i)))
COMPARED = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
ATOMS: st.SearchStrategy[Node] = st.one_of(
    st.builds(Binary, COMPARED, NUMBER, CONSTANT),
    st.builds(Binary, COMPARED, CONSTANT, NUMBER),
    st.builds(Binary, COMPARED, st.sampled_from([Name("a"), Name("n")]), st.just(Name("b"))),
    st.builds(Binary, st.sampled_from(["==", "!="]), st.just(Name("c")), st.sampled_from([String("x"), String("y")])),
    st.builds(
        Binary, st.sampled_from(["in", "not in"]), st.just(Name("c")), st.just(ListOf((String("x"), String("y"))))
    ),
    st.builds(
        Binary, st.sampled_from(["in", "not in"]), st.just(Name("n")), st.just(ListOf((Number(1.0), Number(3.0))))
    ),
    st.just(Name("t")),
    st.builds(Binary, st.just("=="), st.just(Name("t")), st.booleans().map(Truth)),
    st.sampled_from(["a", "n", "c", "t"]).map(lambda n: Call("is_blank", (Name(n),))),
    st.booleans().map(Truth),
)
CONDITIONS: st.SearchStrategy[Node] = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(Unary, st.just("not"), inner), st.builds(Binary, st.sampled_from(["and", "or"]), inner, inner)
    ),
    max_leaves=6,
)


def _names(node: Node) -> list[str]:
    from communitycheck.model.expression import names_in

    return list(names_in(node))


@given(CONDITIONS)
@settings(max_examples=500, deadline=None)
def test_yes_and_no_agree_with_trying_every_value(condition: Node) -> None:
    answer = Logic(DICTIONARY).can_hold(condition)
    if answer is Answer.OPEN:
        return
    names = _names(condition)
    holds = _is_met(condition, names, VALUES)
    if answer is Answer.YES and not holds:  # a narrow place between two halves
        holds = _is_met(condition, names, {**VALUES, "a": EIGHTHS, "b": EIGHTHS})
    assert holds == (answer is Answer.YES)


def _is_met(condition: Node, names: list[str], values: dict[str, list[Any]]) -> bool:
    rows = product(*(values[n] for n in names))
    return any(value(condition, dict(zip(names, row, strict=True))) is True for row in rows)


SPELLED = st.sampled_from(
    ["a", "b", "n", "a / b", "b / a", "2 * a", "a + b", "b - a", "min(a, b)", "max(b, n)", "abs(a - b)", "a / (b + 1)",
     "min(a, 4, n)", "max(a + b, 4)", "a * b", "(a + b) / (b + 1)", "n / (1 / 2)", "max(a - n, b)"]
).map(parse)  # fmt: skip
LISTED = st.lists(st.builds(Binary, COMPARED, SPELLED, st.one_of(CONSTANT, SPELLED)), min_size=2, max_size=4)


@given(LISTED, st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_no_is_never_wrong_however_quantities_are_spelled(conditions: list[Node], turned: bool) -> None:
    asked = [Unary("not", one) if turned and not i else one for i, one in enumerate(conditions)]
    rows = [dict(zip("abn", row, strict=True)) for row in product(HALVES, HALVES, range(5))]
    holds = any(all(value(one, record) is True for one in asked) for record in rows)
    assert not (holds and Logic(DICTIONARY).can_hold(*asked) is Answer.NO)


@each(
    ("text", "answer"),
    [
        ('c == "x" and c == "y"', "no"),
        ('c == "x" or c == "y"', "yes"),
        ('c != "x" and c != "y"', "no"),
        ("open > 5 and open < 3", "no"),
        ("open > 3 and open < 3.5", "yes"),
        ("n > 3 and n < 4", "no"),
        ("a > 4", "no"),
        ("a - b > 4", "no"),
        ("a / b > 3 and a / b < 2", "no"),
        ("a > b and a <= b", "no"),
        ("a > b and b > a", "no"),
        ("z == 0", "no"),
        ("is_blank(a) and a > 1", "no"),
        ("not is_blank(a) and a > 1", "yes"),
        ("switch == 1 and switch == 0", "no"),
        ("switch == 1", "yes"),
        ("a > 1 and a / b > 1", "yes"),
        ("a > 1 and a + b > 7", "yes"),
        ("open > b and open > 5", "yes"),
        ("open < b and open < -5", "yes"),
        ("a / b > 1 and b / a > 1", "no"),
        ("a * b > 6 and a < 2 and b < 3", "open"),
        ("open < b and open > 5", "no"),
        ("max(1, ceil(open)) < 1", "no"),
        ("count_of(t, a > 1) > 2", "no"),
        ("t and not t", "no"),
        ("2 > 3", "no"),
        ('"u" == "u"', "yes"),
    ],
)
def test_can_it_hold(text: str, answer: str) -> None:
    assert Logic(DICTIONARY).can_hold(parse(text)).value == answer


def test_too_many_alternatives_are_left_open() -> None:
    text = " and ".join(f"(open == {i} or t)" for i in range(20))
    assert Logic(DICTIONARY).can_hold(parse(text)) is Answer.OPEN


@each(
    ("text", "low", "high"),
    [
        ("a + n", 0, 8),
        ("a - n", -4, 4),
        ("a * n", 0, 16),
        ("-a", -4, 0),
        ("a / 2", 0, 2),
        ("a / b", 0, float("inf")),
        ("(0 - a) / b", float("-inf"), 0),
        ("a / (b - 2)", float("-inf"), float("inf")),
        ("a / (b + 1)", 0, 4),
        ("min(a, 2)", 0, 2),
        ("max(a, 2)", 2, 4),
        ("abs(a - b)", 0, 4),
        ("ceil(a / 3)", 0, 2),
        ("floor(a / 3)", 0, 1),
        ("sum(a)", 0, float("inf")),
        ("sum(0 - a)", float("-inf"), 0),
        ("mean(a)", 0, 4),
        ("share(t)", 0, 1),
        ("count_of(t, a > 1)", 0, 2),
        ("coalesce(a, open)", float("-inf"), float("inf")),
        ("open", float("-inf"), float("inf")),
    ],
)
def test_bounds_of_an_expression(text: str, low: float, high: float) -> None:
    assert bounds(parse(text), DICTIONARY) == (low, high)


SETS = st.lists(st.builds(compared, COMPARED, st.integers(-3, 3).map(float)), min_size=1, max_size=4)


@given(SETS, st.integers(-8, 8).map(lambda i: i / 2))
@settings(max_examples=400, deadline=None)
def test_sets_meet_and_turn_inside_out(sets: list[Reals], x: float) -> None:
    def holds(s: Reals) -> bool:
        return not (s & compared("==", x)).empty

    met = sets[0]
    for s in sets[1:]:
        met = met & s
    assert holds(met) == all(holds(s) for s in sets)
    assert holds(met.complement()) != holds(met)
    assert met.complement().complement() == met
    if x == int(x):
        assert holds(met.whole()) == holds(met)


def test_words_meet() -> None:
    listed, barred = Texts(frozenset("ab")), Texts(frozenset("b"), True)
    assert listed & barred == barred & listed == Texts(frozenset("a"))
    assert (listed & Texts(frozenset("c"))).empty
    assert barred & barred.complement() == Texts(frozenset())
    assert Texts(frozenset("a"), True) & barred == Texts(frozenset("ab"), True)


@pytest.mark.parametrize(
    ("one", "other"), [("a - b >= 0.5", "a < b"), ("a - b <= -0.5", "b < a"), ("a - b >= 0.5", "b >= a")]
)
def test_a_comparison_and_a_difference_speak_of_the_same(one: str, other: str) -> None:
    assert Logic(DICTIONARY).can_hold(parse(one), parse(other)) is Answer.NO


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("round(a)", -0.5, 4.5),
        ("round(a, 1)", -inf, inf),
        ("a / (b / 4)", 0, inf),
        ("abs(a - 3)", 0, 3),
        ("ceil(a / 3)", 0, 2),
    ],
)
def test_bounds_of_functions(text: str, low: float, high: float) -> None:
    assert bounds(parse(text), DICTIONARY) == (low, high)
