"""What the records of a sheet are: communities, streets, counties, cities, estates, or what a standard declares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import numpy as np
import pyarrow.compute as pc

from communitycheck.model.dictionary import Field
from communitycheck.model.entity import Entity
from communitycheck.model.places.place_names import ENDINGS, OFFICES, any_of, endings, is_county_level_city
from communitycheck.patterns import pattern
from communitycheck.returns.columns.meaning.declared_entities import declared_entity, distinct
from communitycheck.returns.text_columns import TextArray, first_held

# From the finest to the coarsest; the finest that has a name column names the records.
LEVELS = ("community", "street", "county", "city", "province")
_ENDINGS = {
    "community": pattern(rf"{any_of(endings('community', also=(*OFFICES['community'], '居')))}(?:[(（].*)?$"),
    "street": pattern(rf"{any_of(endings('street', also=OFFICES['street']))}(?:[(（].*)?$"),
    "county": pattern(rf"(?<!地){any_of(ENDINGS['county'])}(?:[(（].*)?$"),  # 铜仁地区 is a city's equal
    "city": pattern(rf"{any_of(endings('city', also=('州',)))}(?:[(（].*)?$"),  # 凉山州
    "province": pattern(rf"{any_of(ENDINGS['province'])}$|^(?:北京|天津|上海|重庆)市?$"),
    "estate": pattern(r"(?:小区|花园|家园|苑|公寓|广场|城|府|里|楼盘|项目)(?:[(（].*)?$"),
}
_THING = pattern(
    r"^(?!.*(?:社区|村|居委)).*(?:公园|图书馆|博物馆|文化馆|体育馆|美术馆|纪念馆|学校|小学|中学|大学|学院|幼儿园|医院|卫生院|诊所|药店|"
    r"超市|商店|市场|商场|公司|企业|工厂|银行|酒店|宾馆|餐厅|饭店|养老院|敬老院|福利院|派出所|车站|加油站|中心|服务站|协会|工程|设备)$|"
    r"\b(?:park|library|museum|school|college|university|hospital|clinic|pharmacy|shop|store|market|mall|company|bank|hotel|"
    r"station|centre|center|office|garden|gym|pool|church|theatre|theater)s?$",
    re.I,
)
_LATIN_TAIL = pattern(r"(?<=[\u4e00-\u9fff])[A-Za-z'.-]{2,}$")
_SHEET_NAMES = {
    "community": pattern(r"社区|村|居委|communit|village", re.I),
    "street": pattern(r"街道|乡镇|镇街|街镇|street|township", re.I),
    "county": pattern(r"县|区县|区级|county|district", re.I),
    "city": pattern(r"^(?:全市|市级?|市本级|地市|城市(?!社区))|city", re.I),
    "estate": pattern(r"小区|楼盘|estate", re.I),
    "province": pattern(r"^(?:全省|省级?|省本级)|province", re.I),
}
_TITLE = pattern(
    r"(小区|社区|村居|街道|乡镇|镇街|县区|区县|市级|设区市|各市)[^社区街道乡镇县市]{0,14}(?:情况|一览|统计|汇总|明细|"
    r"基本|信息)?表?$"
)
_TITLE_LEVEL = {
    "小区": "estate", "社区": "community", "村居": "community", "街道": "street", "乡镇": "street", "镇街": "street",
    "县区": "county", "区县": "county", "市级": "city", "设区市": "city", "各市": "city",
}  # fmt: skip
# So many fields that nothing else has tell what a sheet is about.
SEVERAL = 3
_CODE_LEVELS = ((9, "community"), (6, "street"), (4, "county"), (2, "city"), (-1, "province"))


def entity_of(
    named: Mapping[str, TextArray],
    fields: list[tuple[str, Field]],
    sheet: str,
    titles: list[str],
    entities: Mapping[str, Entity],
) -> str | None:
    """The kind of subject, or None where nothing tells.

    Args:
        named: key of a name, region or code field -> its cells (an Arrow array of strings).
        fields: all fields that the sheet's columns may be, each with the name that its header gives it.
        sheet: name of the sheet. titles: its title lines.
        entities: all kinds of subject that there are.
    """
    declared = [entity for entity in entities.values() if entity.placed and entity.key not in _ENDINGS]
    if declared:
        others = [entity for entity in entities.values() if entity.placed and entity not in declared]
        level = level_of_cells(named["subject_name"]) if "subject_name" in named else None
        own = declared_entity(declared, others, named, [field for _, field in fields], (sheet, *titles), level)
        if own is not None:
            return own or None
    finest = _finest(named)
    plain = named.get("subject_name")
    if plain is not None and finest is None and names_things(plain):
        return None
    if plain is not None:
        told = _by_words(sheet, titles) if finest is None else None
        told = told or _by_codes(named.get("region_code")) or _by_fields(fields)
        level = level_of_cells(plain)
        # 福安里 and 金色城 may be an estate, or anything else that titles and fields say they are.
        level = told or level if level in (None, "estate") else level
        if level is not None and (finest is None or _rank(level) <= _rank(finest)):
            return level
    if finest in ("community", "estate"):
        return finest
    words = _by_words(sheet, titles)
    if finest is not None:
        repeats = distinct(named[finest]) < 0.7
        if repeats and words is not None and _rank(words) < _rank(finest):
            return words
        if repeats:
            below = _by_codes(named.get("region_code")) or _by_fields(fields)
            if below is not None and _rank(below) < _rank(finest):
                return below
        return finest
    if not fields:
        return None
    return _by_codes(named.get("region_code")) or _by_fields(fields) or words


def names_subjects(cells: TextArray, named: Mapping[str, TextArray]) -> bool:
    """Whether a column headed just 单位 names the subjects: the names of places stand there, finer than those of any
    other column, and hardly one of them twice. Units of measure and offices that hand in a return end otherwise."""
    level = level_of_cells(cells)
    if level is None or "subject_name" in named or distinct(cells) < 0.7:
        return False
    finest = _finest(named)
    return finest is None or _rank(level) < _rank(finest)


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else -1


def _finest(named: Mapping[str, TextArray]) -> str | None:
    """Of the places and estates that columns name, those of which there are most."""
    estate, community = named.get("estate"), named.get("community")
    if estate is not None and (community is None or distinct(estate) > distinct(community)):
        return "estate"
    return next((level for level in LEVELS if level in named), None)


def is_wordy(cells: TextArray) -> bool:
    """False where most filled cells are numbers: a column 社区 may also count communities."""
    head = first_held(cells, 2000)
    if not len(head):
        return True
    numeric = pc.match_substring_regex(head, r"^\s*[0-9.,]+\s*[个]?\s*$")
    return bool(pc.sum(numeric).as_py() * 5 < len(head) * 4)


def level_of_cells(cells: TextArray) -> str | None:
    """The level whose names end like most of the cells do."""
    names = [bare for text in first_held(cells, 2000).unique().to_pylist() if (bare := _bare(text))]
    if not names:
        return None
    votes = Counter(level for name in names for level in [_level_of(name)] if level)
    if not votes:
        return None
    if votes["county"] and votes["county"] + votes["city"] >= 0.6 * len(names) and votes["city"] < 0.8 * len(names):
        return "county"  # 甲市 among districts and counties is one of them, 雄安新区 among cities one of those
    level, n = votes.most_common(1)[0]
    return level if n >= 0.6 * len(names) else None


def _bare(name: str) -> str:
    """沈 阳 市 Shenyang: a name without the spaces that stretch it and without its other language."""
    return _LATIN_TAIL.sub("", "".join(name.split()))


def names_things(cells: TextArray) -> bool:
    """Most of the names are those of things that a place has, and none of places: a title that speaks of communities
    speaks of theirs."""
    names = [n.strip() for n in first_held(cells, 2000).unique().to_pylist() if n.strip()]
    return bool(names) and sum(_THING.search(n) is not None for n in names) >= 0.6 * len(names)


def _level_of(name: str) -> str | None:
    order = ("province", "community", "street", "county", "city", "estate")
    if is_county_level_city(name):
        return "county"
    return next((level for level in order if _ENDINGS[level].search(name)), None)


_AROUND_A_NAME = pattern(r"[(（].*$|(?<![:：、,，\s])[:：、,，\s]+$|^[一二三四五六七八九十]+、")


def level_of_labels(labels: list[str]) -> str | None:
    """Which level the labels of group rows name: 和平区（12个） is a county."""
    names = [_AROUND_A_NAME.sub("", label).strip() for label in labels]
    votes = Counter(level for name in names for level in [_level_of(name)] if level in LEVELS)
    if not votes:
        return None
    level, n = votes.most_common(1)[0]
    return level if n >= 0.6 * len(names) else None


def _by_words(sheet: str, titles: list[str]) -> str | None:
    for level in ("estate", "community", "street", "county", "city", "province"):
        if sheet and _SHEET_NAMES[level].search(sheet):
            return level
    for title in titles:
        found = _TITLE.search(re.sub(r"[\s(（].*$", "", title))
        if found:
            return _TITLE_LEVEL[found[1]]
    return None


def _by_codes(cells: TextArray) -> str | None:
    """By how many digits are left without the zeros at the end: more than 9 a community, more than 6 a street."""
    if cells is None:
        return None
    codes = [c for c in first_held(cells, 2000).to_pylist() if re.fullmatch(r"[0-9]{6}(?:[0-9]{3}){0,2}", c)]
    if not codes or len(codes) * 2 < min(2000, len(cells) - cells.null_count):
        return None
    stems = [re.sub(r"(?:00)+$" if len(c) == 6 else r"(?:000)+$", "", c) for c in codes]
    sizes = np.array([len(s) for s in stems])
    size = int(np.median(sizes))
    return next(level for digits, level in _CODE_LEVELS if size > digits)


def _by_fields(fields: list[tuple[str, Field]]) -> str | None:
    """The kind of sheet that most of the fields belong to, if one leads and its own name tells: 社区类型, 街道工作人员.

    What others have as well (类型, 开放时间, 面积) says nothing of what has it here, unless there are several of it.
    """
    own = {field.key: (name, field) for name, field in fields if field.entities}
    votes = Counter(level for _, field in own.values() for level in field.entities)
    told = {level for level in votes if any(_tells(level, name, field) for name, field in fields)}
    single = Counter(field.entities[0] for _, field in own.values() if len(field.entities) == 1)
    ranked = [(n, level) for level, n in votes.items() if level in told or (not told and single[level] >= SEVERAL)]
    best = [level for n, level in ranked if n == max(ranked)[0]]
    return best[0] if len(best) == 1 else None


def _tells(level: str, name: str, field: Field) -> bool:
    """A name that speaks of the level; a category of it that the cells were found to be of; periods that are stated
    record by record."""
    if field.role == "period":
        return level == "period"
    says = _SHEET_NAMES.get(level)
    return level in field.entities and ((says is not None and says.search(name) is not None) or bool(field.values))
