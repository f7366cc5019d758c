"""The words that units are made of in rule files, each with what it measures."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from communitycheck.model.text import Text
from communitycheck.model.units.dimension import NONE, Dimension, of
from communitycheck.model.units.written import normalised


class UnitWord(Struct, frozen=True):
    """One word of a unit: ``factor`` of it are one of the product of its atoms' units.

    Attributes:
        key: its name in canonical texts; ``text`` is how people write it, ``one`` the English of a single one.
        below: how Chinese writes it behind a stroke where that differs (张床, 床/千人).
    """

    key: str
    dimension: Dimension
    factor: float
    text: Text
    one: str = ""
    below: str = ""

    def shown(self, lang: str, *, one: bool = False) -> str:
        return self.one if one and lang != "zh" and self.one else self.text.in_lang(lang)


_AREA, _LENGTH, _MONEY = of(length=2), of(length=1), of(money=1)
_HOURS, _DAYS, _YEARS, _TIMES, _ITEMS = of(hours=1), of(days=1), of(years=1), of(times=1), of(items=1)

# key: (dimension, factor, zh, en, one, every other way to write it)
_TABLE: dict[str, tuple[Dimension, float, str, str, str, str]] = {
    "m2": (_AREA, 1, "㎡", "m²", "", "M2 m^2 sqm sq.m sq.m. squaremetre squaremetres squaremeter squaremeters "
           "平方米 平米 平方 平"),
    "ha": (_AREA, 10_000, "公顷", "ha", "", "hectare hectares hm2 公顷"),
    "mu": (_AREA, 2000 / 3, "亩", "mu", "", "亩"),
    "km2": (_AREA, 1e6, "平方公里", "km²", "", "平方公里 平方千米 sqkm squarekilometre squarekilometres"),
    "m": (_LENGTH, 1, "米", "m", "", "metre metres meter meters 米"),
    "km": (_LENGTH, 1000, "公里", "km", "", "kilometre kilometres kilometer kilometers 公里 千米"),
    "persons": (of(persons=1), 1, "人", "persons", "person", "person people resident residents capita head "
                "人 名 位 口"),
    "households": (of(households=1), 1, "户", "households", "household", "household 户"),
    "items": (_ITEMS, 1, "个", "items", "item", "item 个 家 处 所 项 类 部 份 套 支 张 座 条 台 块 种 门 件"),
    "beds": (_ITEMS, 1, "张床", "beds", "bed", "bed 床 张床 床位 个床位 张床位"),
    "vehicles": (_ITEMS, 1, "辆", "vehicles", "vehicle", "vehicle 辆"),
    "seats": (_ITEMS, 1, "个座位", "seats", "seat", "seat 座位 个座位 席 座席 席位"),
    "books": (_ITEMS, 1, "册", "books", "book", "book volume volumes copies 册 本"),
    "grids": (_ITEMS, 1, "个网格", "grids", "grid", "grid 网格 个网格"),
    "windows": (_ITEMS, 1, "个窗口", "windows", "window", "window 窗口 个窗口"),
    "rooms": (_ITEMS, 1, "间", "rooms", "room", "room 间 房间"),
    "yuan": (_MONEY, 1e-4, "元", "yuan", "", "元"),
    "10k yuan": (_MONEY, 1, "万元", "10k yuan", "", "10kyuan 万元 万"),
    "h": (_HOURS, 1, "小时", "h", "", "hours hour 小时 个小时 时"),
    "minutes": (_HOURS, 1 / 60, "分钟", "min", "", "min minute 分钟"),
    "seconds": (_HOURS, 1 / 3600, "秒", "s", "", "s sec second 秒 秒钟"),
    "days": (_DAYS, 1, "天", "days", "day", "day 天 日"),
    "weeks": (_DAYS, 7, "周", "weeks", "week", "week 周 星期"),
    "months": (_YEARS, 1 / 12, "个月", "months", "month", "month 月 个月"),
    "quarters": (_YEARS, 1 / 4, "季度", "quarters", "quarter", "quarter 季度 季 个季度"),
    "half years": (_YEARS, 1 / 2, "半年", "half years", "half year", "halfyear halfyears 半年"),
    "years": (_YEARS, 1, "年", "years", "year", "year 年 岁"),
    "times": (_TIMES, 1, "次", "times", "time", "time 次 期 场"),
    "ratio": (NONE, 1, "", "", "", "倍"),
    "%": (NONE, 0.01, "%", "%", "", "百分比 percent"),
    "‰": (NONE, 0.001, "‰", "‰", "", ""),
    "成": (NONE, 0.1, "成", "tenths", "", ""),
}  # fmt: skip
_BELOW = {"beds": "床", "seats": "座位", "grids": "网格", "windows": "窗口", "months": "月"}
# 千平方米, 十万人: a multiple in front of a unit.
MULTIPLES = {"": 1.0, "十": 10.0, "百": 100.0, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8}
ENGLISH_MULTIPLES = {"hundred": 100.0, "thousand": 1000.0, "million": 1e6}

WORDS: dict[str, UnitWord] = {}
_BY_WRITTEN: dict[str, UnitWord] = {}
for _key, (_dimension, _factor, _zh, _en, _one, _others) in _TABLE.items():
    WORDS[_key] = UnitWord(_key, _dimension, _factor, Text(_zh, _en), _one, _BELOW.get(_key, ""))
    for _written in (_key, *_others.split()):
        _BY_WRITTEN.setdefault(normalised(_written).casefold(), WORDS[_key])

# Units that a standard declares: name -> word.
OwnUnits = Mapping[str, UnitWord]


def find_word(written: str, own: OwnUnits) -> tuple[float, UnitWord] | None:
    """A multiple and a word: 万人 is 10,000 persons; None where there is no such word."""
    text = normalised(written)
    if text in own:
        return 1.0, own[text]
    if (word := _BY_WRITTEN.get(text.casefold())) is not None:
        return 1.0, word
    for measure in _MEASURES_OF_PEOPLE:  # 千名老人: the measure word stands between the multiple and the noun
        multiple, found, noun = text.partition(measure)
        if found and multiple in MULTIPLES and noun in _PEOPLE:
            return MULTIPLES[multiple], WORDS["persons"]
    for multiple, times in MULTIPLES.items():
        rest = text.removeprefix(multiple)
        if rest == text or not rest:
            continue
        word = own.get(rest) or _BY_WRITTEN.get(rest.casefold())
        if word is not None and word.dimension:
            return times, word
        if times != 1 and rest in _COUNTED:
            return times, WORDS[_COUNTED[rest]]
    return None


_MEASURES_OF_PEOPLE = ("名", "位", "个")
_PEOPLE = ("人", "老人", "老年人", "居民", "常住人口", "学生", "儿童", "职工")
# 万人口, 百户居民: who is counted, behind a multiple alone.
_COUNTED = {
    **dict.fromkeys((*_PEOPLE, "人口", "服务人口"), "persons"),
    **dict.fromkeys(("户居民", "户家庭"), "households"),
}


def every_word(own: OwnUnits) -> list[str]:
    """All that may be written, for suggestions."""
    return [*own, *_BY_WRITTEN]


def written_forms() -> list[tuple[UnitWord, tuple[str, ...]]]:
    """Every word with what may be written for it besides its key."""
    forms = {}
    for key, (_, _, zh, en, one, others) in _TABLE.items():
        found = dict.fromkeys((zh, en, one, *others.split()))
        forms[key] = tuple(form for form in found if form != key and normalised(form).casefold() in _BY_WRITTEN)
    return [(WORDS[key], written) for key, written in forms.items()]
