"""Units of rules: how each may be written, and how it is shown."""

from __future__ import annotations

import pytest

from communitycheck.model.units import canonical, column_kind, kind_of, measure_of, own_word, parse_unit, shown
from each import each

# As written; how rules and JSON know it; in Chinese; in English; behind 1; what one of it is in its atoms' units.
UNITS = [
    ("m2", "m2", "㎡", "m²", "m²", 1),
    ("公顷", "ha", "公顷", "ha", "ha", 10_000),
    ("km", "km", "公里", "km", "km", 1000),
    ("万人", "persons", "人", "persons", "person", 10_000),
    ("床", "beds", "张床", "beds", "bed", 1),
    ("座位", "seats", "个座位", "seats", "seat", 1),
    ("千册", "books", "册", "books", "book", 1000),
    ("元", "yuan", "元", "yuan", "yuan", 1e-4),
    ("岁", "years", "年", "years", "year", 1),
    ("月", "months", "个月", "months", "month", 1 / 12),
    ("weeks", "weeks", "周", "weeks", "week", 7),
    ("h", "h", "小时", "h", "h", 1),
    ("h/day", "h", "小时", "h", "h", 1),
    ("次/季度", "times/quarter", "次/季度", "times/quarter", "time/quarter", 4),
    ("times per month", "times/month", "次/月", "times/month", "time/month", 12),
    ("‰", "ratio", "", "", "", 0.001),
    ("倍", "ratio", "", "", "", 1),
    ("m2/100 households", "m2/100 households", "㎡/百户", "m²/100 households", "m²/100 households", 0.01),
    ("㎡/百户", "m2/100 households", "㎡/百户", "m²/100 households", "m²/100 households", 0.01),
    ("m2 per 100 households", "m2/100 households", "㎡/百户", "m²/100 households", "m²/100 households", 0.01),
    ("平方米/户", "m2/household", "㎡/户", "m²/household", "m²/household", 1),
    ("床/千人", "beds/1000 persons", "张床/千人", "beds/1000 persons", "bed/1000 persons", 0.001),
    ("beds per thousand residents", "beds/1000 persons", "张床/千人", "beds/1000 persons", "bed/1000 persons", 0.001),
    ("万人/ha", "persons/ha", "人/公顷", "persons/ha", "person/ha", 1),
    ("册/人", "books/person", "册/人", "books/person", "book/person", 1),
    ("元/人/年", "yuan/person/year", "元/人/年", "yuan/person/year", "yuan/person/year", 1e-4),
    ("persons/km2", "persons/km2", "人/平方公里", "persons/km²", "person/km²", 1e-6),
    ("人/km2", "persons/km2", "人/平方公里", "persons/km²", "person/km²", 1e-6),
    ("辆/百户", "vehicles/100 households", "辆/百户", "vehicles/100 households", "vehicle/100 households", 0.01),
    ("18人/万人"[2:], "persons/10000 persons", "人/万人", "persons/10000 persons", "person/10000 persons", 1e-4),
    ("户/网格", "households/grid", "户/网格", "households/grid", "household/grid", 1),
]
NONE = ["", "furlongs", "每百户", "m2/", "/m2", "m2//人", "100 m2", "m2/0 households", "m2/1,000 persons", "件/%/"]


@each(("written", "unit", "zh", "en", "one", "factor"), UNITS, ids=[u[0] for u in UNITS])
def test_a_unit_is_read_and_shown(written: str, unit: str, zh: str, en: str, one: str, factor: float) -> None:
    found = parse_unit(written, {})
    assert found is not None and found.factor == pytest.approx(factor)
    name = canonical(kind_of(found))
    assert name == unit
    assert (shown(name, "zh"), shown(name, "en"), shown(name, "en", one=True)) == (zh, en, one)


@each("unit", [u[1] for u in UNITS if u[1] not in ("ratio", "h", "times", "days")])
def test_what_rules_know_a_unit_by_is_read_again(unit: str) -> None:
    found = parse_unit(unit, {})
    assert found is not None and canonical(kind_of(found)) == unit
    assert measure_of(kind_of(found), {}) == (found.dimension, pytest.approx(found.factor))


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_unit(written: str) -> None:
    assert parse_unit(written, {}) is None


def test_units_that_a_standard_declares() -> None:
    own = {"分地": own_word("分地", "", "", "66.667 m2", {}), "kWh": own_word("kWh", "度", "", "new", {})}
    words = {name: word for name, word in own.items() if word is not None}
    assert len(words) == len(own) and own_word("x", "", "", "furlongs", {}) is None
    area, power = parse_unit("分地", words), parse_unit("kWh/100 households", words)
    assert area is not None and area.factor == pytest.approx(66.667)
    assert (kind_of(area), column_kind(area)) == ("分地", "area")
    assert power is not None and power.shown("zh") == "度/百户" and power.text == "kWh/100 households"
    assert parse_unit("kWh", {}) is None
