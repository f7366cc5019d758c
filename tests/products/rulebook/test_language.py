"""``rules help``: what a word means, found by name, in other words and in Chinese; every example is one that loads."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from communitycheck.cli.run import run
from communitycheck.messages import LANGS, Lang
from communitycheck.model.expression import BINDING
from communitycheck.model.expression.operators import OPERATORS
from communitycheck.products.rulebook.language.find import find_help
from communitycheck.products.rulebook.language.terms import Term, term_groups
from communitycheck.standards.files import assessment_shapes, schema, shape_parts
from communitycheck.standards.files.shape_parts import StrictShape
from communitycheck.standards.language.parse import parse
from communitycheck.standards.language.quantities import parse_quantity
from each import each

ENTRIES = [(group.code, term) for group in term_groups() for term in group.terms]
SHAPES = {
    f"keys-{name.removesuffix('In').lower()}": one
    for module in (schema, assessment_shapes, shape_parts)
    for name, one in vars(module).items()
    if isinstance(one, type) and issubclass(one, StrictShape)
}


def name(one: tuple[str, Term]) -> str:
    return f"{one[0]}-{one[1].name}"


@each("one", ENTRIES, ids=name)
def test_every_word_has_its_meaning_and_an_example(one: tuple[str, Term]) -> None:
    code, term = one
    assert term.example, f"{term.name}: products/rulebook/language/key_examples.py or the table of the word has none"
    assert code == "units" or (term.says.zh and term.says.en)


@each("one", [o for o in ENTRIES if o[0].startswith("keys-")], ids=name)
def test_the_example_of_a_key_is_one_that_may_be_written(one: tuple[str, Term]) -> None:
    code, term = one
    ((key, value),) = yaml.safe_load(term.example).items()
    assert key == term.name
    (field,) = (f for n, f in SHAPES[code].model_fields.items() if (f.alias or n) == key)
    held: Any = TypeAdapter(field.rebuild_annotation()).validate_python(value)
    assert held is not None


@each("one", [o for o in ENTRIES if o[0] in ("operators", "functions", "group-functions")], ids=name)
def test_the_example_of_a_function_or_operator_is_a_formula(one: tuple[str, Term]) -> None:
    code, term = one
    assert parse(term.example) is not None
    assert code == "operators" or term.name in term.example


@each("one", [o for o in ENTRIES if o[0] == "units"], ids=name)
def test_the_example_of_a_unit_is_a_quantity(one: tuple[str, Term]) -> None:
    assert parse_quantity(one[1].example) is not None


def test_every_operator_is_listed() -> None:
    assert set(BINDING) <= {sign for one in OPERATORS for sign in one.signs}


FOUND = [
    ("lookup", ["lookup"], []),
    ("VLOOKUP", ["lookup"], []),
    ("向上取整", ["ceil"], []),
    ("不少于", ["at_least"], []),
    (">=", ["< <= > >="], []),
    ("公顷", ["ha"], []),
    ("单位", ["unit", "unit", "unit", "unit"], ["units"]),
    ("限值", [], ["comparisons"]),
    ("functions", [], ["functions"]),
    ("severity", ["severity"], []),
    ("shortfall", ["shortfall"], []),
    ("beds/1000 persons", ["persons", "beds"], []),
    ("张床/千人", ["persons", "beds"], []),
]


@pytest.mark.parametrize(("word", "names", "kinds"), FOUND)
def test_a_word_is_found(word: str, names: list[str], kinds: list[str]) -> None:
    found = find_help(word)
    assert [term.name for _, term in found.terms] == names
    assert [group.code for group in found.groups] == kinds
    assert not found.like


@pytest.mark.parametrize(
    ("word", "question"),
    [("分档", "按人口分档的人数"), ("shift", "so many in each shift"), ("不重复", "代码不重复；县内不重名")],
)
def test_a_word_tells_the_recipes_that_speak_of_it(word: str, question: str) -> None:
    found = find_help(word)
    assert question in [text for one in found.recipes for text in (one.says.zh, one.says.en)]


@pytest.mark.parametrize("word", ["recipes", "写法", "怎么写"])
def test_all_recipes_are_listed(word: str) -> None:
    assert [group.code for group in find_help(word).groups] == ["recipes"]


@pytest.mark.parametrize("word", ["facility_area", "综合服务设施面积", "Facility floor area"])
def test_a_field_is_found_by_name_and_label(word: str) -> None:
    assert [field.key for field in find_help(word).fields] == ["facility_area"]


@pytest.mark.parametrize(("word", "near"), [("lokup", "lookup"), ("severty", "severity"), ("校验码", "is_credit_code")])
def test_what_is_meant_is_named(word: str, near: str) -> None:
    found = find_help(word)
    assert found.like and near in [term.name for _, term in found.terms]


@pytest.mark.parametrize("lang", LANGS)
def test_without_a_word_all_are_listed(lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "help", "--lang", lang]) == 0
    shown = capsys.readouterr().out
    assert [term.name for _, term in ENTRIES if term.name not in shown] == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_word_that_is_none_is_refused(lang: Lang, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "help", "qqqqqq", "--lang", lang]) == 2
    assert "qqqqqq" in capsys.readouterr().err


def test_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "help", "at_least", "--format", "json", "--lang", "en"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["schema"], shown["exact"]) == ("communitycheck-language/1", True)
    assert [(word["name"], word["section"]) for word in shown["words"]] == [("at_least", "comparisons")]
