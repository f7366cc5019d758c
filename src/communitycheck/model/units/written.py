"""Units as returns write them: which dimension each measures, and its factor to the canonical unit.

Each dimension has one canonical unit; every number inside the toolkit is in it. Written forms are compared after
NFKC normalisation (``㎡`` becomes ``m2``, ``％`` becomes ``%``) and without spaces.
"""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from communitycheck.model.text import Text
from communitycheck.patterns import pattern


class Unit(Struct, frozen=True):
    """One written unit. ``factor`` times a number in this unit gives the canonical unit of ``dimension``."""

    dimension: str
    factor: float


# dimension -> (canonical name, how it is shown)
CANONICAL: dict[str, tuple[str, Text]] = {
    "area": ("m2", Text("㎡", "m²")),
    "households": ("households", Text("户", "households")),
    "persons": ("persons", Text("人", "persons")),
    "items": ("items", Text("个", "items")),
    "hours_per_day": ("h", Text("小时", "h")),
    "days_per_year": ("days", Text("天", "days")),
    "times_per_year": ("times", Text("次", "times")),
    "money": ("10k yuan", Text("万元", "10k yuan")),
    "ratio": ("ratio", Text("", "")),
    "minutes": ("minutes", Text("分钟", "min")),
    "area_per_100_households": ("m2/100 households", Text("㎡/百户", "m²/100 households")),
    "area_per_person": ("m2/person", Text("㎡/人", "m²/person")),
    "households_per_grid": ("households/grid", Text("户/网格", "households/grid")),
}

# English alone has another word beside 1.
SINGULAR = {
    "households": "household",
    "persons": "person",
    "items": "item",
    "days": "day",
    "times": "time",
    "households/grid": "household/grid",
}

_WRITTEN: dict[str, dict[str, float]] = {
    "area": {
        "m2": 1,
        "M2": 1,
        "m^2": 1,
        "sqm": 1,
        "sq.m": 1,
        "sq.m.": 1,
        "square metres": 1,
        "square meters": 1,
        "平方米": 1,
        "平米": 1,
        "平方": 1,
        "平": 1,
        "万平方米": 10_000,
        "万m2": 10_000,
        "万平": 10_000,
        "万平米": 10_000,
        "亩": 2000 / 3,
        "mu": 2000 / 3,
        "公顷": 10_000,
        "ha": 10_000,
        "hectares": 10_000,
        "hm2": 10_000,
        "平方公里": 1e6,
        "km2": 1e6,
    },
    "households": {"households": 1, "household": 1, "户": 1, "百户": 100, "千户": 1000, "万户": 10_000},
    "persons": {
        **dict.fromkeys(("persons", "person", "people", "人", "名", "位", "口"), 1),
        "千人": 1000,
        "万人": 10_000,
    },
    "items": {
        "items": 1,
        "item": 1,
        "个": 1,
        "家": 1,
        "处": 1,
        "所": 1,
        "间": 1,
        "项": 1,
        "类": 1,
        "部": 1,
        "份": 1,
        "套": 1,
        "支": 1,
        "张": 1,
        "座": 1,
        "条": 1,
        "台": 1,
        "块": 1,
        "种": 1,
        "门": 1,
        "万个": 10_000,
        "万条": 10_000,
        "万项": 10_000,
    },
    "hours_per_day": {
        "h": 1,
        "hours": 1,
        "hour": 1,
        "h/day": 1,
        "小时": 1,
        "小时/天": 1,
        "小时/日": 1,
        "个小时": 1,
        "时": 1,
        "分钟/天": 1 / 60,
    },
    "days_per_year": {"days": 1, "day": 1, "天": 1, "日": 1, "天/年": 1, "days/year": 1},
    "times_per_year": {
        "times": 1,
        "次": 1,
        "次/年": 1,
        "times/year": 1,
        "期": 1,
        "场": 1,
        "次/半年": 2,
        "次/季度": 4,
        "次/季": 4,
        "次/月": 12,
        "次/周": 52,
        "times/quarter": 4,
        "times/month": 12,
        "times/week": 52,
    },
    "money": {"10k yuan": 1, "10kyuan": 1, "元": 1e-4, "yuan": 1e-4, "千元": 0.1, "万元": 1, "万": 1, "亿元": 10_000},
    "ratio": {"ratio": 1, "%": 0.01, "‰": 0.001, "成": 0.1},
    "minutes": {"minutes": 1, "min": 1, "分钟": 1},
    "area_per_100_households": {
        "m2/100 households": 1,
        "m2/百户": 1,
        "平方米/百户": 1,
        "m2/户": 100,
        "平方米/户": 100,
    },
    "area_per_person": {"m2/person": 1, "m2/人": 1, "平方米/人": 1},
    "households_per_grid": {"households/grid": 1, "户/网格": 1},
}


def normalised(written: str) -> str:
    """NFKC, no white space: the form in which units are looked up."""
    return "".join(unicodedata.normalize("NFKC", written).split())


# 千平方米, 十万人: a multiple in front of a unit; those that stand in the table above have their own names there.
_MULTIPLES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8}
_MULTIPLIED = ("平方米", "平米", "m2", "户", "人", "元")

UNITS: dict[str, Unit] = {
    normalised(name): Unit(dimension, factor) for dimension, names in _WRITTEN.items() for name, factor in names.items()
}
for _name in _MULTIPLIED:
    for _multiple, _times in _MULTIPLES.items():
        UNITS.setdefault(_multiple + _name, Unit(UNITS[_name].dimension, UNITS[_name].factor * _times))

# What only the head of a column says: 10000人, ×100㎡, 10^4人, thousand persons.
_TIMES = pattern(r"[×x*]?(?:10\^(?P<power>[1-9])|(?P<figure>10*(?:,000)*)|(?:in)?(?P<word>hundred|thousand|million)s?)")
_WORDS = {"hundred": 100.0, "thousand": 1000.0, "million": 1e6}


def find_unit(written: str) -> Unit | None:
    """The unit that ``written`` names, or None."""
    return UNITS.get(normalised(written))


def column_unit(written: str) -> Unit | None:
    """The unit that the head of a column names, a multiple in figures included (``10 000 persons``); or None."""
    text = normalised(written).casefold()
    unit = find_unit(written) or UNITS.get(text)
    times = _TIMES.match(text) if unit is None else None
    base = UNITS.get(text[times.end() :]) if times else None
    if times is None or base is None:
        return unit
    if times["power"]:
        multiple = 10.0 ** int(times["power"])
    else:
        multiple = _WORDS[times["word"]] if times["word"] else float(times["figure"].replace(",", ""))
    return Unit(base.dimension, base.factor * multiple)


# Units that measure what no field of ours does: a column that states one of them is none of our fields.
_OTHERS = (
    "人次", "户次", "人天", "立方", "立方米", "m3", "岁", "公里", "km", "米", "m", "吨", "千克", "公斤",
    "kg", "克", "度", "分", "床", "张床", "床位", "辆", "百分点", "学时", "课时", "瓦", "千瓦", "kw", "瓦时",
    "千瓦时", "kwh", "兆瓦", "升", "sq.ft", "sqft", "sq.ft.", "squarefeet", "ft2", "acre",
    "acres", "批次", "头", "只", "株", "桶", "吨标准煤", "班次", "车次", "件", "户年", "人年",
)  # fmt: skip
_OTHER = pattern(rf"[十百千万亿]{{0,2}}(?:{'|'.join(sorted(map(re.escape, _OTHERS), key=len, reverse=True))})")
_PER = pattern("[/每]")


def is_any_unit(written: str) -> bool:
    """A unit of whatever kind, also of one that no field of ours has: ``万吨``, ``人次/日``."""
    text = normalised(written).casefold()
    if column_unit(text) is not None or _OTHER.fullmatch(text):
        return True
    parts = _PER.split(text)
    return len(parts) > 1 and all(part and (column_unit(part) is not None or _OTHER.fullmatch(part)) for part in parts)
