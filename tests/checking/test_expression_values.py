"""What single expressions come to on single records: functions that random expressions seldom meet."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest
from reference import EXEMPT
from test_against_reference import FIELDS, engine

from communitycheck.standards.language.names import with_field_keys
from communitycheck.standards.language.parse import parse
from each import each

# expression, the record's cells, the value: (low, high), a truth, None where it is not known, "void" where not asked.
CASES: list[tuple[str, dict[str, Any], Any]] = [
    ("coalesce(p, q) == true", {"p": False, "q": True}, False),
    ("coalesce(p, q) == true", {"p": None, "q": True}, True),
    ("coalesce(p, q) == true", {"p": None, "q": None}, None),
    ('coalesce(s, t) == "urban"', {"s": None, "t": "urban"}, True),
    ('coalesce(s, t) == "urban"', {"s": "rural", "t": "urban"}, False),
    ('coalesce(s, t) == "urban"', {"s": None, "t": None}, None),
    ("coalesce(a, b, 7)", {"a": None, "b": (1.0, 2.0)}, (1.0, 2.0)),
    ("coalesce(a, b, 7)", {"a": None, "b": None}, None),
    ("round(a)", {"a": 2.5}, (3.0, 3.0)),
    ("round(a)", {"a": -2.5}, (-3.0, -3.0)),
    ("round(a)", {"a": 2.4999}, (2.0, 2.0)),
    ("round(a, 1)", {"a": 0.25}, (0.3, 0.3)),
    ("round(a, 1)", {"a": (0.24, 0.26)}, (0.2, 0.3)),
    ("a / b", {"a": 1.0, "b": (-1.0, 2.0)}, (-inf, inf)),
    ("a / b", {"a": None, "b": (-1.0, 2.0)}, None),
    ("ceil(-(a / b))", {"a": 1.0, "b": (-1.0, 2.0)}, (-inf, inf)),
    ("a / b", {"a": 1.0, "b": (1.0, 2.0)}, (0.5, 1.0)),
    ("a / b", {"a": 1.0, "b": 0.0}, "void"),
    ("a in [1, 2]", {"a": 2}, True),
    ("a in [1, 2]", {"a": 3}, False),
    ("a in [1, 2]", {"a": None}, None),
    ("a not in [1, 2]", {"a": (1.0, 2.0)}, None),
    ("a not in [1, 2]", {"a": (3.0, 4.0)}, True),
    ("p in [true]", {"p": False}, False),
    ("p in [true, false]", {"p": True}, True),
    ("if(p, a, b)", {"p": True, "a": 5, "b": None}, (5.0, 5.0)),
    ("if(p, a, b)", {"p": False, "a": 5, "b": None}, None),
    ("if(p, a, b)", {"p": None, "a": 5, "b": (1.0, 2.0)}, (1.0, 5.0)),
    ("if(p, a, b)", {"p": None, "a": 5, "b": None}, None),
    ("if(p, a, b)", {"p": EXEMPT, "a": 5, "b": 5}, "void"),
    ("if(p, a, b)", {"p": True, "a": EXEMPT, "b": 5}, "void"),
    ("if(p, a, b)", {"p": False, "a": EXEMPT, "b": 5}, (5.0, 5.0)),
    ("if(a > 3, if(b > 3, 1, 2), 4)", {"a": (1.0, 5.0), "b": (1.0, 2.0)}, (2.0, 4.0)),
    ("if(a > 3, p, q)", {"a": (1.0, 5.0), "p": True, "q": True}, True),
    ("if(a > 3, p, q)", {"a": (1.0, 5.0), "p": True, "q": False}, None),
    ('if(p, s, t) == "urban"', {"p": None, "s": "urban", "t": "urban"}, True),
    ('if(p, s, t) == "urban"', {"p": None, "s": "rural", "t": "urban"}, None),
    ('if(p, "x", s) == "x"', {"p": False, "s": "x"}, True),
    ('matches(s, "[0-9]{6}|甲.*")', {"s": "210102"}, True),
    ('matches(s, "[0-9]{6}|甲.*")', {"s": "2101020"}, False),
    ('matches(s, "[0-9]{6}|甲.*")', {"s": "甲社区"}, True),
    ('matches(s, "[0-9]{6}")', {"s": None}, None),
    ('matches(s, "(a*)*b")', {"s": "a" * 5000}, False),
    ('contains(s, "社")', {"s": "甲社区"}, True),
    ('starts_with(s, "甲") and ends_with(s, "区")', {"s": "甲社区"}, True),
    ('ends_with(s, "区")', {"s": "***********"}, None),
    ("length(s)", {"s": "甲社区"}, (3.0, 3.0)),
    ("length(s) > 2", {"s": None}, None),
    ("is_division_code(s)", {"s": "210102"}, True),
    ("is_division_code(s)", {"s": "210102001"}, True),
    ("is_division_code(s)", {"s": "210102001001"}, True),
    ("is_division_code(s)", {"s": "2101020010"}, False),
    ("is_division_code(s)", {"s": "210199"}, False),
    ("is_division_code(s)", {"s": "990102"}, False),
    ("is_division_code(s)", {"s": "110101"}, True),
    ("is_division_code(s)", {"s": "２１０１０２"}, False),
    ("is_division_code(s)", {"s": None}, None),
    ("is_credit_code(s)", {"s": "91350100M000100Y43"}, True),
    ("is_credit_code(s)", {"s": "91350100m000100y43"}, True),
    ("is_credit_code(s)", {"s": "91350100M000100Y34"}, False),
    ("is_credit_code(s)", {"s": "91350100M000100Y4"}, False),
    ("is_credit_code(s)", {"s": "9135010OM000100Y43"}, False),
    ("is_credit_code(s)", {"s": None}, None),
    ("d < 2023-05-15", {"d": "2023-05-01"}, True),
    ("d < 2023-05-15", {"d": "2023-05"}, None),
    ("d < 2023-05-15", {"d": "2023-04"}, True),
    ("d < 2023-05-15", {"d": "2024"}, False),
    ("d < 2023-05-15", {"d": None}, None),
    ("d == e", {"d": "2023-05", "e": "2023-06"}, False),
    ("d == e", {"d": "2023-05", "e": "2023-05"}, None),
    ("days_between(d, e) <= 30", {"d": "2023-05-01", "e": "2023-05-31"}, True),
    ("days_between(d, e) <= 30", {"d": "2023-05-01", "e": "2023-06-01"}, False),
    ("days_between(d, 2024-03-01)", {"d": "2024-02-28"}, (2.0, 2.0)),
    ("days_between(d, 2023-12-31)", {"d": "2023-11"}, (31.0, 60.0)),
    ("months_between(d, e)", {"d": "2023-01-31", "e": "2023-02-27"}, (27 / 28, 27 / 28)),
    ("months_between(d, e)", {"d": "2023-01-31", "e": "2023-02-28"}, (1.0, 1.0)),
    ("months_between(d, e)", {"d": "2023-01-15", "e": "2023-03-14"}, (1 + 27 / 28, 1 + 27 / 28)),
    ("months_between(d, e)", {"d": "2023-03-15", "e": "2023-01-15"}, (-2.0, -2.0)),
    ("years_between(d, as_of)", {"d": "2022-01-01"}, (2.0, 2.0)),
    ("years_between(d, as_of)", {"d": "2022-01-02"}, (1 + 364 / 365, 1 + 364 / 365)),
    ("floor(years_between(d, as_of))", {"d": "2022-01-02"}, (1.0, 1.0)),
    ("months_between(d, e) <= 6", {"d": "2024-08-31", "e": "2025-02-28"}, True),
    ("months_between(d, e) <= 6", {"d": "2024-08-31", "e": "2025-03-01"}, False),
    ("months_between(d, e) < 6", {"d": "2024-08-30", "e": "2025-02-27"}, True),
    ("months_between(d, e) > -1", {"d": "2024-08-31", "e": "2024-08-01"}, True),
    ("years_between(d, e) <= 3", {"d": "2020-02-29", "e": "2023-03-01"}, False),
    ("years_between(d, as_of)", {"d": "2022"}, (1 + 1 / 366, 2.0)),
    ("years_between(d, 2025-02-28)", {"d": "2024-02-29"}, (1.0, 1.0)),
    ("years_between(d, as_of)", {"d": None}, None),
    ("if(p, d, e) >= 2023-01-01", {"p": None, "d": "2023-05-01", "e": "2024"}, True),
    ("count_of(p, q, a > 1)", {"p": True, "q": None, "a": 2}, (2.0, 3.0)),
    ("a / b <= 3", {"a": 40, "b": 0}, False),
    ("a / b < 3", {"a": 40, "b": 0}, False),
    ("3 >= a / b", {"a": 40, "b": 0}, False),
    ("a / b == 3", {"a": 40, "b": 0}, "void"),
    ("a / b >= 3", {"a": 40, "b": 0}, "void"),
    ("a / b <= 3", {"a": 0, "b": 0}, "void"),
    ("a / b <= 3", {"a": None, "b": 0}, None),
    ("a / b <= 3", {"a": (0, 9), "b": 0}, None),
    ("a / b >= 3", {"a": None, "b": 0}, "void"),
    ("1 - a / b >= 0.5", {"a": 2, "b": 0}, False),
    ("a / b * 100 <= 3", {"a": None, "b": 0}, None),
    ("a / b <= 3 or a > 10", {"a": 40, "b": 0}, True),
    ("if(p, a / b, 5) >= 3", {"p": None, "a": 40, "b": 0}, None),
    ("a / b", {"a": 40, "b": 0}, "void"),
    ("count_of(a / b <= 3, a / b > 3, p)", {"p": True, "a": 4, "b": 0}, (1.0, 1.0)),
]


@each(("text", "cells", "wanted"), CASES, ids=[f"{text} of {cells}" for text, cells, _ in CASES])
def test_value(text: str, cells: dict[str, Any], wanted: Any) -> None:
    record = {**dict.fromkeys(FIELDS.fields), **cells}
    other = {**dict.fromkeys(FIELDS.fields), "a": 1.0, "b": 1.0, "p": True, "s": "rural"}
    void = {**other, "a": EXEMPT, "p": EXEMPT, "q": True}
    (found, _, _) = engine(with_field_keys(parse(text), FIELDS, {}), [record, other, void])
    if isinstance(wanted, tuple):
        assert found == pytest.approx(wanted)
    else:
        assert found is wanted or (wanted == "void" and found == wanted)


def test_a_column_the_table_lacks_is_nothing_of_its_kind() -> None:
    """``coalesce`` over a text column and one that is not there: the text, else nothing."""
    found = engine(parse('coalesce(s, t) == "urban"'), [{"t": "urban"}, {"t": "rural"}, {"t": None}])
    assert found == [True, False, None]
    found = engine(parse("coalesce(p, q) == true"), [{"q": True}, {"q": False}, {"q": None}])
    assert found == [True, False, None]


def test_a_constant_stands_in_for_a_column_that_is_not_there_never_for_a_blank() -> None:
    both = [{"a": None}, {"a": 3.0}]
    assert engine(parse("coalesce(a, 7)"), both) == [None, (3.0, 3.0)]
    assert engine(parse("coalesce(b, 7)"), both) == [(7.0, 7.0), (7.0, 7.0)]
    assert engine(parse("coalesce(b, a, 7)"), both) == [None, (3.0, 3.0)]
    assert engine(parse("coalesce(b, c, 7)"), both) == [(7.0, 7.0), (7.0, 7.0)]
    truths = [{"p": None}, {"p": False}, {"p": True}]
    assert engine(parse("coalesce(p, true)"), truths) == [None, False, True]
    assert engine(parse("coalesce(q, true)"), truths) == [True, True, True]
    assert engine(parse("not coalesce(p, q, true)"), truths) == [None, True, False]
