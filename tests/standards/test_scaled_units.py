"""The unit in which a field is declared, a column written and a limit stated never changes a verdict."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communitycheck.checking import judge_all
from communitycheck.checking.table_of_records import table_from_records
from communitycheck.model.standard import Locality
from communitycheck.resources import data_dir
from communitycheck.standards import RuleBook, load_rule_book

BOOK = load_rule_book([data_dir("rules")])
NUMBERS = count()
# Units of one kind, the first the one in which the numbers below are thought; and how many of the first each is.
KINDS: dict[str, dict[str, float]] = {
    "area": {"m2": 1, "ha": 10_000, "亩": 2000 / 3, "km2": 1e6},
    "money": {"万元": 1, "元": 1e-4, "亿元": 1e4},
    "people": {"persons": 1, "万人": 10_000, "千人": 1000},
    "homes": {"households": 1, "百户": 100},
    "length": {"m": 1, "km": 1000},
}
FIELDS = {"a1": "area", "a2": "area", "c1": "money", "p1": "people", "p2": "people", "h1": "homes", "w1": "length"}


@st.composite
def expressions(draw: st.DrawFn, depth: int = 2) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A formula, and the kinds that it multiplies and divides by."""
    name = draw(st.sampled_from(sorted(FIELDS)))
    alike = sorted(key for key, kind in FIELDS.items() if kind == FIELDS[name])
    other = draw(st.sampled_from(alike))
    leaf = draw(st.sampled_from([name, f"({name} + {other})", f"max({name}, {other})", f"coalesce({name}, {other})"]))
    above, below = (FIELDS[name],), ()
    if depth == 0 or draw(st.booleans()):
        return leaf, above, below
    second, up, down = draw(expressions(depth - 1))
    if draw(st.booleans()):
        return f"{leaf} / ({second})", above + down, below + up
    return f"{leaf} * ({second})", above + up, below + down


def _verdicts(units: dict[str, str], rule: dict[str, Any], values: list[dict[str, float]], folder: Path) -> list[int]:
    """The outcomes where every field is declared and written in ``units``."""
    name = f"scaled-{next(NUMBERS)}"
    fields = {
        key: {"label": key, "type": "decimal", "unit": units[kind], "aliases": [key], "entities": ["community"]}
        for key, kind in FIELDS.items()
    }
    head = {"standard": name, "title": "单位", "source": {"document": "示例"}}
    where = {"jurisdiction": {"code": "000000", "name": "全国"}, "fields": fields}
    rules = [{"id": "R1", "title": "示例", "clause": "一", "applies_to": "community", **rule}]
    file = folder / f"{name}.yaml"
    file.write_text(yaml.safe_dump({**head, **where, "rules": rules}, allow_unicode=True), "utf-8")
    book = RuleBook(BOOK.dictionary, {})
    standard = book.standard(book.add_file(file))
    dictionary = BOOK.dictionary.with_fields(standard.fields or {})
    written = [{key: v / KINDS[FIELDS[key]][units[FIELDS[key]]] for key, v in one.items()} for one in values]
    table = table_from_records(written, dictionary, "community")
    day, place = date(2024, 1, 1), Locality(standard.jurisdiction)
    found = judge_all([table], [standard], dictionary, day, chosen=True, region=place)
    return [int(outcome) for outcome in found.results[0].outcome]


def _unit(above: tuple[str, ...], below: tuple[str, ...], units: dict[str, str]) -> str | None:
    """How the limit's unit is written, where it has one: of one kind, per others."""
    top, bottom = list(above), list(below)
    for kind in above:
        if kind in bottom:
            top.remove(kind)
            bottom.remove(kind)
    if len(top) != 1 or len(bottom) > 2:
        return None
    return "/".join([units[top[0]], *(units[kind] for kind in bottom)])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_scaling_units_never_changes_a_verdict(tmp_path: Path, data: st.DataObject) -> None:
    formula, above, below = data.draw(expressions())
    first = {kind: next(iter(units)) for kind, units in KINDS.items()}
    unit = _unit(above, below, first)
    if unit is None:
        return
    other = {kind: data.draw(st.sampled_from(sorted(units))) for kind, units in KINDS.items()}
    stated = {kind: data.draw(st.sampled_from(sorted(units))) for kind, units in KINDS.items()}
    limit = data.draw(st.integers(1, 400))
    size = 1.0
    top, bottom = unit.split("/")[0], unit.split("/")[1:]
    again = _unit(above, below, stated)
    assert again is not None
    for kind, units in KINDS.items():
        size *= units[stated[kind]] ** ((first[kind] == top) - bottom.count(first[kind]))
    values = [{key: float(data.draw(st.integers(1, 60))) for key in FIELDS} for _ in range(4)]
    comparison = data.draw(st.sampled_from(["at_least", "at_most", "equals"]))
    slack = {"tolerance": "2% of value"} if comparison == "equals" else {}
    plain = _verdicts(first, {"indicator": formula, comparison: f"{limit} {unit}", **slack}, values, tmp_path)
    scaled = {"indicator": formula, comparison: f"{limit / size:.15g} {again}", **slack}
    assert _verdicts(other, scaled, values, tmp_path) == plain
