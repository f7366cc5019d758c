"""The expression language: what is written is what is read, and nothing but an ExpressionError comes of nonsense."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import communitycheck
from communitycheck.errors import ExpressionError
from communitycheck.messages import say
from communitycheck.model.expression import (
    FUNCTIONS,
    Binary,
    Call,
    ListOf,
    Name,
    Node,
    Number,
    String,
    Truth,
    Unary,
    show,
)
from communitycheck.standards.language.parse import MAX_DEPTH, parse
from communitycheck.standards.language.quantities import parse_quantity

WORDS = {"and", "or", "not", "in", "true", "false"}
NUMBERS = st.one_of(
    st.integers(0, 10**9).map(float), st.integers(0, 10**6).map(lambda n: n / 1000), st.sampled_from([1e12, 1e-7])
).map(Number)
PERCENTS = st.integers(0, 1000).map(lambda n: Number(n / 100, "ratio"))
STRINGS = st.text(st.characters(exclude_characters="\n\"'", exclude_categories=["Cs"]), max_size=8).map(String)
QUOTED = st.sampled_from(["it's", 'a "b"', "城市", ""]).map(String)
NAMES = st.from_regex(r"[a-z_面积户][a-z0-9_面积户]{0,8}", fullmatch=True).filter(lambda n: n not in WORDS).map(Name)
TRUTHS = st.booleans().map(Truth)
ITEMS = st.lists(st.one_of(NUMBERS, STRINGS, TRUTHS), min_size=1, max_size=4).map(tuple).map(ListOf)
OPERATORS = ["+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "and", "or"]


def _call(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def arguments(function: str) -> st.SearchStrategy[Node]:
        least, most = FUNCTIONS[function].least, FUNCTIONS[function].most
        size = st.lists(inner, min_size=least, max_size=least + 2 if most is None else most)
        return size.map(lambda a: Call(function, tuple(a)))

    return st.sampled_from(sorted(FUNCTIONS)).flatmap(arguments)


TREES: st.SearchStrategy[Node] = st.recursive(
    st.one_of(NUMBERS, PERCENTS, STRINGS, QUOTED, NAMES, TRUTHS),
    lambda inner: st.one_of(
        st.builds(Unary, st.sampled_from(["-", "not"]), inner),
        st.builds(Binary, st.sampled_from(OPERATORS), inner, inner),
        st.builds(Binary, st.sampled_from(["in", "not in"]), inner, ITEMS),
        _call(inner),
    ),
    max_leaves=12,
)


def _tidy(node: Node) -> Node:
    """The tree as reading can give it: a percentage carries the float that its written form stands for."""
    match node:
        case Number(value, "ratio"):
            return parse(f"{value * 100:.12g}%")
        case Unary(op, operand):
            return Unary(op, _tidy(operand))
        case Binary(op, left, right):
            return Binary(op, _tidy(left), _tidy(right))
        case Call("as_of"):  # a word alone; whether it is a name is settled when names are looked up
            return parse("as_of")
        case Call(function, arguments):
            return Call(function, tuple(_tidy(a) for a in arguments))
        case _:
            return node


@given(TREES)
@settings(max_examples=300, deadline=None)
def test_what_is_shown_is_read_back(tree: Node) -> None:
    assert parse(show(tree)) == _tidy(tree)


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_showing_settles(tree: Node) -> None:
    once = show(parse(show(tree)))
    assert show(parse(once)) == once


PIECES = st.sampled_from(
    [
        *sorted(FUNCTIONS),
        *sorted(WORDS),
        *OPERATORS,
        *"()[],=%.\"'",
        "households",
        "400 m2",
        "13%",
        "1e9",
        "社区",
        " ",
        "\t",
        "\n",
    ]
)
NONSENSE = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES).map("".join))


@given(NONSENSE)
@example("0\x1f")
@example("13\x1f%")
@settings(max_examples=600, deadline=None)
def test_nonsense_gives_an_expression_error_and_nothing_else(text: str) -> None:
    for reader in (parse, parse_quantity):
        try:
            reader(text)
        except ExpressionError as error:
            assert say(error.code, "zh", **error.values)
            assert say(error.code, "en", **error.values)


@given(st.text(st.sampled_from('()-+*/<>=, "ab1[]%not'), max_size=5000))
@settings(max_examples=150, deadline=None)
def test_long_nonsense_ends_too(text: str) -> None:
    try:
        parse(text)
    except ExpressionError as error:
        assert error.code.startswith(("expression-", "unit-"))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a+b*c", "a + b * c"),
        ("(a+b)*c", "(a + b) * c"),
        ("a-(b-c)", "a - (b - c)"),
        ("a/b/c", "a / b / c"),
        ("-a*b", "-a * b"),
        ("-(a*b)", "-(a * b)"),
        ("not a and b", "not a and b"),
        ("not (a and b)", "not (a and b)"),
        ("a or b and c", "a or b and c"),
        ("(a or b) and c", "(a or b) and c"),
        ("(a<b)==(c<d)", "(a < b) == (c < d)"),
        ("x not in ['甲', \"乙\"]", 'x not in ["甲", "乙"]'),
        ("x in [1, 2.5, true]", "x in [1, 2.5, true]"),
        ("share(meets('PZ-03'))", 'share(meets("PZ-03"))'),
        ("max( 1 ,ceil(population/5000))", "max(1, ceil(population / 5000))"),
        ("13 %", "13%"),
        ("1e3", "1000"),
        ("'say \"yes\"'", "'say \"yes\"'"),
    ],
)
def test_how_formulas_group(text: str, written: str) -> None:
    assert show(parse(text)) == written


@pytest.mark.parametrize(
    ("text", "value", "dimension"),
    [
        ("400 m2", 400, "area"),
        ("400㎡", 400, "area"),
        ("2.5 m2/person", 2.5, "area_per_person"),
        ("13%", 0.13, "ratio"),
        ("13％", 0.13, "ratio"),
        ("8 小时", 8, "hours"),
        ("8 小时/天", 8, "hours_per_day"),
        ("2 次/季度", 2, "times/quarter"),
        ("35床/千人", 35, "beds/1000 persons"),
        ("0.3 m2/household", 0.3, "m2/household"),
        ("3万人", 30000, "persons"),
        ("1亩", 1, "mu"),
        ("-5", -5, None),
        ("1e-07", 1e-7, None),
        ("1e+16", 1e16, None),
    ],
)
def test_quantities(text: str, value: float, dimension: str | None) -> None:
    number = parse_quantity(text)
    assert number is not None
    assert number.value == pytest.approx(value, rel=1e-12)
    assert number.dimension == dimension


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("2,5 m2", "2.5 m2"),
        ("2，5", "2.5"),
        ("２,５ 平方米", "2.5 平方米"),
        ("0,8", "0.8"),
        ("-7,25", "-7.25"),
        ("12,5%", "12.5 %"),
        ("3。6", "3.6"),
        ("3 600", "3600"),
        ("3 600 m2", "3600 m2"),
        ("3_600", "3600"),
        ("3'600", "3600"),
        ("3’600 元", "3600 元"),
        ("2.345.678", "2345678"),
        ("2.345,6", "2345.6"),
        ("3,6000", "36000"),
        ("1,23,456", "123456"),
    ],
)
def test_figures_with_marks_between_them_are_refused_with_the_right_spelling(text: str, near: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_quantity(text)
    assert caught.value.code == "expression-number-marks"
    assert caught.value.values == {"text": text, "near": near}


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("max(1,5)", "1.5"),
        ("max(population, 1,500)", "1500"),
        ("grids * 2,5", "2.5"),
        ("households in [1,500]", "1500"),
    ],
)
def test_a_comma_between_figures_is_not_taken_for_either(text: str, near: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.values["near"]) == ("expression-comma", near)


def test_a_comma_that_can_only_separate_does() -> None:
    assert show(parse("a in [1,2]")) == "a in [1, 2]"
    assert show(parse("round(a,2)")) == "round(a, 2)"


@pytest.mark.parametrize("text", ["households", "max(1, 2)", "grids + 1", "2 * grids", "400 m2 + 3", ""])
def test_what_is_no_quantity(text: str) -> None:
    assert parse_quantity(text) is None


def test_nesting_has_one_bound() -> None:
    inside = MAX_DEPTH - 1
    assert parse("(" * inside + "a" + ")" * inside) == Name("a")
    with pytest.raises(ExpressionError) as caught:
        parse("(" * (inside + 1) + "a" + ")" * (inside + 1))
    assert caught.value.code == "expression-too-deep"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a == b in [1]", "expression-chained"),
        ("a in [1] == b", "expression-chained"),
        ("a not in [1] in [2]", "expression-chained"),
        ("min(a b)", "expression-unjoined"),
        ("min(a, b c)", "expression-unjoined"),
    ],
)
def test_what_stands_side_by_side_is_not_guessed_at(text: str, code: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.code == code


FORBIDDEN = {"eval", "exec", "compile", "__import__", "execfile"}


def _evaluates(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name in FORBIDDEN
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=name)):
            # Compiling a pattern is no evaluation; a table's own eval and query hand text to Python.
            return (name in FORBIDDEN or name in {"literal_eval", "query"}) and owner != "re"
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in {"eval", "query", "exec"}
        case ast.ImportFrom(module="yaml", names=names):
            return any(n.name in {"load", "unsafe_load", "full_load", "Loader", "UnsafeLoader"} for n in names)
        case _:
            return False


def test_nothing_reaches_pythons_evaluator() -> None:
    found = [
        f"{path.name}:{getattr(node, 'lineno', 0)}"
        for path in Path(communitycheck.__file__).parent.rglob("*.py")
        if "_data" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if _evaluates(node)
    ]
    assert not found


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("a × 2", "*"),
        ("a ÷ 2", "/"),
        ("（a）", "("),
        ("max(a，b)", ","),
        ("a ≥ 2", ">="),
        ("a ＝ 2", "="),
        ("a ^ 2", "—"),
    ],
)
def test_signs_of_typeset_text_are_answered_with_those_of_the_language(text: str, near: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.code == "expression-character" and caught.value.values["near"] == near
