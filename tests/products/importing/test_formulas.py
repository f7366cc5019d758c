"""Audit formulas: what is read, and what is refused with which reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communitycheck.errors import ExpressionError
from communitycheck.messages import catalogue
from communitycheck.products.importing.formulas import parse_formula
from communitycheck.standards.language.parse import parse
from each import each

READ = [
    ("NM1210=NM1221+NM1220+NM1222", [("NM1210", "equals", "NM1221 + NM1220 + NM1222")]),
    ("NG1100>=NG1201", [("NG1100", "at_least", "NG1201")]),
    ("A1 > B1", [("A1", "more_than", "B1")]),
    ("A1≤B1", [("A1", "at_most", "B1")]),
    ("A1＜B1", [("A1", "less_than", "B1")]),
    ("A1≧B1", [("A1", "at_least", "B1")]),
    ("A1==B1", [("A1", "equals", "B1")]),
    ("A1=>B1", [("A1", "at_least", "B1")]),
    ("A1 > = B1", [("A1", "at_least", "B1")]),
    ("CA1+CA2=CA3", [("CA1 + CA2", "equals", "CA3")]),
    ("Ａ１＝（Ｂ１＋Ｂ２）×２÷Ｃ１", [("A1", "equals", "(B1 + B2) * 2 / C1")]),
    ("A1=[B1-(C1+D1)]*90%", [("A1", "equals", "(B1 - (C1 + D1)) * 0.9")]),
    ("A1=-B1+(-C1)", [("A1", "equals", "-B1 + (-C1)")]),
    ("0<=A1", [("A1", "at_least", "0")]),
    ("5>A1", [("A1", "less_than", "5")]),
    ("A1>=B1>=C1", [("A1", "at_least", "B1"), ("B1", "at_least", "C1")]),
    ("A1=B1；C1>D1。", [("A1", "equals", "B1"), ("C1", "more_than", "D1")]),
    ("A1=B1\nC1>D1", [("A1", "equals", "B1"), ("C1", "more_than", "D1")]),
    ("3、A1=B1", [("A1", "equals", "B1")]),
    ("（2）A1=B1", [("A1", "equals", "B1")]),
    ("户籍人口+流动人口=总人口", [("户籍人口 + 流动人口", "equals", "总人口")]),
    ("B1.2=B1.3+0.5", [("B1.2", "equals", "B1.3 + 0.5")]),
]

REFUSED = [
    ("", "formula-empty"),
    ("；", "formula-empty"),
    ("A1", "formula-no-sign"),
    ("A1=B1，误差允许", "formula-no-sign"),
    ("A1=1,000", "formula-no-sign"),
    ("A1<>B1", "formula-unequal"),
    ("A1≠B1", "formula-unequal"),
    ("1=2+3", "formula-no-code"),
    ("A1=B1:C1", "formula-character"),
    ("A1=B1&C1", "formula-character"),
    ('IF(A1>0,"有","无")', "formula-function"),
    ("SUM(A1)=B1", "formula-function"),
    ("1行=2行+3行", "formula-digit-first"),
    ("A1=2B1", "formula-digit-first"),
    ("A1>0且B1>0", "formula-digit-first"),
    ("A1=5%%", "formula-digit-first"),
    ("A1大于B1=C1", "formula-words"),
    ("A1=B1与C1之和", "formula-words"),
    ("若A1>B1", "formula-words"),
    ("A1>=B1且C1>=D1", "formula-words"),
    ("A1=" + "B" * 61, "formula-code-long"),
    ("=A1", "formula-side-empty"),
    ("A1>=", "formula-side-empty"),
    ("A1=B1 C1", "formula-no-operator"),
    ("A1=B1(C1)", "formula-no-operator"),
    ("A1=B1+", "formula-no-operand"),
    ("A1=*B1", "formula-no-operand"),
    ("A1=B1+/C1", "formula-no-operand"),
    ("A1=(B1+C1", "formula-bracket"),
    ("A1=B1+C1)", "formula-bracket"),
    ("A1=()", "formula-bracket"),
    ("A1=" + "+".join(["B1"] * 3000), "expression-too-long"),
    ("A1=" + "+".join(["B1"] * 900), "expression-too-long"),
    ("A1=" + "(" * 100 + "B1" + ")" * 100, "expression-too-deep"),
    ("A1=" + "-" * 200 + "B1", "expression-too-deep"),
]


@pytest.mark.parametrize(("text", "wanted"), READ, ids=[t for t, _ in READ])
def test_read(text: str, wanted: list[tuple[str, str, str]]) -> None:
    found = []
    for relation in parse_formula(text):
        left, right = relation.sides({code: code for code in relation.codes})
        found.append((left, relation.comparison.key, right))
    assert found == wanted


@each(("text", "code"), REFUSED, ids=[t[:30] or "nothing" for t, _ in REFUSED])
def test_refused(text: str, code: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_formula(text)
    assert caught.value.code == code
    assert code in catalogue()
    assert str(caught.value)


@pytest.mark.parametrize(("text", "column"), [("&A1=B1", 1), ("A1=B1&C1", 6), ("A1 = B1 : C1", 9)])
def test_a_strange_character_is_placed(text: str, column: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_formula(text)
    assert (caught.value.code, caught.value.column) == ("formula-character", column)


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("A1 = B1 C1", "formula-no-operator", 9),
        ("*A1 = B1", "formula-no-operand", 1),
        ("A1 = (B1", "formula-bracket", 6),
        ("A1 = B1)", "formula-bracket", 8),
        ("A1 = B1 +", "formula-no-operand", 9),
        ("A1 = 2B", "formula-digit-first", 6),
    ],
)
def test_a_fault_is_placed(text: str, code: str, column: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_formula(text)
    assert (caught.value.code, caught.value.column) == (code, column)


@given(st.text("AB12 +-*/()=<>≥，；.%若且", max_size=40))
def test_anything_is_read_or_refused(text: str) -> None:
    try:
        relations = parse_formula(text)
    except ExpressionError as error:
        assert str(error)
        return
    assert relations
    for relation in relations:
        assert relation.codes
        for side in relation.sides({code: f"x{i}" for i, code in enumerate(relation.codes)}):
            parse(side)
