"""Every function is declared once, and what is declared is true."""

from __future__ import annotations

from communitycheck.checking.evaluation.functions.table import ARITHMETIC
from communitycheck.model.dictionary import Field
from communitycheck.model.expression import FUNCTIONS, RECORD_FUNCTIONS, Function, walk
from communitycheck.model.expression.lookup_table import ByText, LookupTable
from communitycheck.model.expression.nodes import Call
from communitycheck.model.text import Text
from communitycheck.resources import data_dir
from communitycheck.standards.dictionary import load_dictionary
from communitycheck.standards.language.kinds import KindChecker
from communitycheck.standards.language.names import with_field_keys
from communitycheck.standards.language.parse import parse
from each import each

ASK_THE_RECORD = {"coalesce", "is_blank", "meets", "lookup", "as_of", "is_unique", "rank", "exists_in"}
ASK_THE_RECORD |= {"previous", "change", "above", "is_valid"}
BY_CLASS = LookupTable("area_by_class", ByText((("urban", ((None, 400.0),)),)))


@each("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_declared_in_full(function: Function) -> None:
    dictionary = load_dictionary(data_dir("rules") / "dictionary.yaml")
    dictionary = dictionary.with_fields({"head_identity": Field("head_identity", Text("身份证号"), "identity")})
    assert function.help.zh and function.help.en and function.shown.zh and function.shown.en
    node = with_field_keys(parse(function.example), dictionary, {}, {"area_by_class": BY_CLASS})
    assert KindChecker(dictionary, {}).kind(node) in ("number", "truth", "text", "date")
    assert function.name in {n.function for n in walk(node) if isinstance(n, Call)}


def test_every_function_of_a_record_has_its_arithmetic() -> None:
    assert set(ARITHMETIC) | ASK_THE_RECORD == set(RECORD_FUNCTIONS)
