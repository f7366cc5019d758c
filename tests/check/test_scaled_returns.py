"""In whatever units fields are declared, limits stated and columns written, the verdicts are the same.

The rules ask in every way that the language has; each quantity in them and each cell is drawn in a unit of its kind.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.check import check

# Units of one kind, the first the one in which the numbers below are thought: as rules write it, as a header does, and
# how many of the first it is.
KINDS: dict[str, list[tuple[str, str, float]]] = {
    "area": [("m2", "㎡", 1), ("ha", "公顷", 10_000), ("亩", "亩", 2000 / 3), ("km2", "平方公里", 1e6)],
    "length": [("m", "米", 1), ("km", "公里", 1000)],
    "people": [("persons", "人", 1), ("万人", "万人", 10_000)],
    "homes": [("households", "户", 1), ("万户", "万户", 10_000)],
    "things": [("items", "个", 1)],
    "money": [("万元", "万元", 1), ("元", "元", 1e-4), ("亿元", "亿元", 1e4)],
    "span": [("years", "年", 1), ("months", "个月", 1 / 12)],
    "cost": [("元/年", "元/年", 1), ("万元/年", "万元/年", 10_000), ("元/月", "元/月", 12)],
    "share": [("ratio", "", 1), ("%", "%", 0.01), ("‰", "‰", 0.001)],
    "density": [("persons/km2", "人/平方公里", 1), ("万人/km2", "万人/平方公里", 10_000), ("人/公顷", "人/公顷", 100)],
    "provision": [("items/1000 persons", "个/千人", 1), ("个/万人", "个/万人", 0.1), ("个/百人", "个/百人", 10)],
    "room": [
        ("m2/100 households", "㎡/百户", 1),
        ("m2/household", "㎡/户", 100),
        ("m2/1000 households", "㎡/千户", 0.1),
    ],
}
FIELDS = {
    "site": "area", "hall": "area", "way": "length", "people": "people", "before": "people", "homes": "homes",
    "desks": "things", "funds": "money", "lease": "span", "fee": "cost", "part": "share", "crowd": "density",
    "rate": "provision", "space": "room",
}  # fmt: skip
LABELS = {
    "site": "丙地面积", "hall": "丁厅面积", "way": "戊路长度", "people": "己众人数", "before": "庚前人数",
    "homes": "辛家户数", "desks": "壬桌个数", "funds": "癸款金额", "lease": "子约期限", "fee": "丑费支出",
    "part": "寅项比例", "crowd": "卯处密度", "rate": "辰类配置", "space": "巳处用房",
}  # fmt: skip
FIGURES: dict[str, tuple[float, ...]] = {
    "area": (300, 400, 600, 1200), "length": (300, 500, 900), "people": (900, 2000, 3000, 6000),
    "homes": (300, 1000, 2000), "things": (1, 3, 12), "money": (5, 20, 80), "span": (1, 3, 5.5),
    "cost": (12_000, 36_000, 240_000), "share": (0.02, 0.13, 0.5), "density": (500, 8000, 20_000),
    "provision": (0.5, 2, 6), "room": (20, 30, 90),
}  # fmt: skip
RULES: list[dict[str, Any]] = [
    {"indicator": "site", "at_least": "[400 area]"},
    {"indicator": "site + hall", "between": ["[700 area]", "[1600 area]"]},
    {"indicator": "way", "less_than": "[500 length]"},
    {"indicator": "site / homes", "at_least": "[0.3 area/homes]"},
    {"indicator": "site / people", "more_than": "[0.2 area/people]"},
    {"indicator": "people / site", "at_most": "[5 people/area]"},
    {"indicator": "desks / people", "at_least": "[0.003 things/people]"},
    {"indicator": "funds / people", "at_least": "[0.01 money/people]"},
    {"indicator": "people", "equals": "before", "tolerance": "[1000 people]"},
    {"indicator": "people", "equals": "before", "tolerance": "60% of value"},
    {"indicator": "site", "at_least": "max([400 area], homes * [0.3 area/homes])"},
    {"indicator": "site", "at_least": "if(people > [2500 people], [600 area], [300 area])"},
    {"indicator": "site", "at_least": "lookup(by_people, people)"},
    {"indicator": "site", "at_least": "lookup(by_two, people, homes)"},
    {"indicator": "site", "at_least": "least_site"},
    {"indicator": "site / homes", "at_least": "least_room"},
    {"indicator": "desks", "at_least": "ceil(people / per_desk)"},
    {"where": "people > [2000 people] and site < [1000 area]", "indicator": "hall", "at_least": "[400 area]"},
    {"where": "site / homes >= [0.4 area/homes]", "indicator": "desks", "at_least": "[3 things]"},
    {"indicator": "count_of(site >= [400 area], way <= [500 length], funds > [10 money])", "at_least": 2},
    {"indicator": "abs(people - before)", "at_most": "[1500 people]"},
    {"indicator": "min(site, hall) / max(site, hall)", "at_least": "50%"},
    {"indicator": "lease", "at_least": "[3 span]"},
    {"indicator": "fee", "at_most": "[36000 cost]"},
    {"indicator": "part", "at_least": "[0.13 share]"},
    {"indicator": "crowd", "at_most": "[10000 density]"},
    {"indicator": "rate", "at_least": "[2 provision]"},
    {"indicator": "space", "at_least": "[30 room]"},
    {"indicator": "site", "at_least": "[400 area]", "plausible": ["[350 area]", "[2000 area]"]},
    *(
        {"by": ["county"], **rule}
        for rule in [
            {"indicator": "sum(site) / sum(homes)", "at_least": "[0.5 area/homes]"},
            {"indicator": "sum(desks) / sum(people)", "at_least": "[0.0015 things/people]"},
            {"indicator": "mean(site)", "at_least": "[600 area]"},
            {"indicator": "mean(site, people)", "at_least": "[600 area]"},
            {"indicator": "median(funds)", "at_least": "[20 money]"},
            {"indicator": "percentile(site, 25)", "at_least": "[400 area]"},
            {"indicator": "highest(site) - lowest(site)", "at_most": "[800 area]"},
            {"indicator": "share(site >= [400 area])", "at_least": "70%"},
            {"indicator": "count(site / homes >= [0.4 area/homes])", "at_least": 2},
            {"indicator": "distinct(site)", "at_least": 3},
            {"where": "people >= [2000 people]", "indicator": "sum(site)", "at_least": "[1500 area]"},
        ]
    ),
]
QUANTITY = re.compile(r"\[([0-9.]+) (\w+)(?:/(\w+))?\]")
PLAIN: Callable[[str], int] = lambda kind: 0  # noqa: E731


def quantities(text: object, pick: Callable[[str], int]) -> object:
    """Each ``[400 area]`` in a unit of its kind."""
    if isinstance(text, list):
        return [quantities(one, pick) for one in text]

    def written(found: re.Match[str]) -> str:
        number, above, below = float(found[1]), found[2], found[3]
        unit, _, size = KINDS[above][pick(above)]
        if below is None:
            return f"{number / size:.15g} {unit}".replace(" %", "%")
        other, _, by = KINDS[below][pick(below)]
        return f"{number / size * by:.15g} {unit} per 1 {other}"

    return QUANTITY.sub(written, text) if isinstance(text, str) else text


def standard(name: str, declared: dict[str, int], pick: Callable[[str], int]) -> dict[str, Any]:
    fields = {
        key: {
            "label": LABELS[key],
            "type": "share" if kind == "share" else "decimal",
            **({} if kind == "share" else {"unit": KINDS[kind][declared[key]][0]}),
            "entities": ["community"],
        }
        for key, kind in FIELDS.items()
    }
    bands = [("below", "[2500 people]", "[350 area]"), ("", "", "[600 area]")]
    rows = [
        {**({end: quantities(at, pick)} if end else {}), "value": quantities(least, pick)} for end, at, least in bands
    ]
    inner = [{"up_to": quantities("[1000 homes]", pick), "value": quantities("[300 area]", pick)},
             {"value": quantities("[500 area]", pick)}]  # fmt: skip
    two = [{"below": quantities("[3000 people]", pick), "value": inner}, {"value": quantities("[700 area]", pick)}]
    room = quantities("[0.3 area/homes]", pick)
    assert isinstance(room, str)
    number, _, unit = room.partition(" ")
    return {
        "standard": name,
        "title": "单位",
        "source": {"document": "示例文件"},
        "jurisdiction": {"code": "000000", "name": "全国"},
        "fields": fields,
        "parameters": {
            "least_site": {"value": quantities("[400 area]", pick)},
            "least_room": {"value": float(number), "unit": unit.replace(" per 1 ", "/")},
            "per_desk": {"value": quantities("[1000 people]", pick)},
        },
        "tables": {"by_people": {"rows": rows}, "by_two": {"rows": two}},
        "rules": [
            {"id": f"R{at}", "title": "示例", "clause": "一", "applies_to": "community", "severity": "expected",
             **{key: quantities(text, pick) for key, text in rule.items()}}
            for at, rule in enumerate(RULES)
        ],
    }  # fmt: skip


def columns(draw: random.Random, values: list[dict[str, float]], declared: dict[str, int], way: str) -> list[list[str]]:
    """The return with each column in a unit of its kind: that declared, or one that the header names, a row of
    units below it, or the cells themselves."""
    head, units, body = (
        ["区县", "社区名称"],
        ["", ""],
        [["东区" if at % 2 else "西区", f"第{at}社区"] for at in range(len(values))],
    )
    for key, kind in FIELDS.items():
        at = declared[key] if way == "declared" or kind == "share" else draw.randrange(len(KINDS[kind]))
        if kind == "share":
            at = 0 if way == "declared" else draw.choice([0, 1])
        _, word, size = KINDS[kind][at]
        # Money says its unit always: a column of it without one is asked about.
        named = word and (way == "header" or (way == "declared" and kind == "money"))
        head.append(LABELS[key] + (f"（{word}）" if named else ""))
        units.append(word)
        for row, one in zip(body, values, strict=True):
            number = f"{one[key] / size:.15g}"
            row.append(number + (word if way == "cells" or (kind == "share" and at) else ""))
    return [head, *([units] if way == "row" else []), *body]


def verdicts(folder: Path, name: str, body: dict[str, Any], rows: list[list[str]]) -> dict[tuple[str, str], str]:
    rules, file = folder / f"{name}.yaml", folder / f"{name}.csv"
    rules.write_text(yaml.safe_dump(body, allow_unicode=True), "utf-8")
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    report = check([file], [rules], as_of=date(2024, 1, 1))
    return {(v.rule.id, v.subject.name): v.outcome.word for v in report.verdicts(all_outcomes=True)}


@pytest.mark.parametrize("way", ["declared", "header", "row", "cells"])
@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 60))])
def test_scaling_units_never_changes_a_verdict(way: str, seed: int, tmp_path: Path) -> None:
    draw = random.Random(f"{way} {seed}")
    values = [{key: draw.choice(FIGURES[kind]) for key, kind in FIELDS.items()} for _ in range(8)]
    first = dict.fromkeys(FIELDS, 0)
    plain = verdicts(tmp_path, "plain", standard("plain", first, PLAIN), columns(draw, values, first, "declared"))
    assert len(plain) == sum(2 if "by" in rule else len(values) for rule in RULES)
    declared = {key: draw.randrange(len(KINDS[kind])) for key, kind in FIELDS.items()}
    scaled = standard("scaled", declared, lambda kind: draw.randrange(len(KINDS[kind])))
    found = verdicts(tmp_path, "scaled", scaled, columns(draw, values, declared, way))
    assert {k: (plain[k], found.get(k)) for k in plain if plain[k] != found.get(k)} == {}
