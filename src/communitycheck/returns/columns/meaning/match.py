"""Headers -> fields. Exact names first, then names that differ in filler words alone; anything else is not mapped."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from msgspec.structs import replace

from communitycheck.model.dictionary import Field
from communitycheck.patterns import pattern
from communitycheck.returns.cells.column_unit import ColumnUnit
from communitycheck.returns.columns.headers.header import Header
from communitycheck.returns.columns.headers.level_names import level_of_header
from communitycheck.returns.columns.headers.normal import normal
from communitycheck.returns.columns.meaning.field_names import YEARLY, Candidate, FieldNames, core

# Below this likeness nothing is mapped; above ``SIMILAR`` the nearest name is at least shown.
FUZZY = 0.85
SIMILAR = 0.75
# Headers that are kept for the next table.
MOST_HEADERS = 4096
# A last header level that stands under a group title we do not know counts a little less than its own name.
UNDER_GROUP = 0.9
# A level in words of its own counts less than one of its names: beside 社区名称, 所属社区 is passed over.
NAMED_LEVEL = 0.95
_DASH = pattern(r"(?<=[\u4e00-\u9fff])[-—–_]+(?=[\u4e00-\u9fff])")
_LEVELS_ABOVE = ("street", "county", "city", "province")
# First letters of a name in pinyin (hs, zhfwssmj), or a place (b, f12): what has a vowel may be a word.
_CODE = pattern(r"[b-df-hj-np-tv-z]{1,16}|[a-z][0-9]{0,3}")
_TWO_LANGUAGES = (
    pattern(r"(?P<zh>[\u4e00-\u9fff][^a-z]*)(?P<en>[a-z][^\u4e00-\u9fff]{3,})"),
    pattern(r"(?P<en>[a-z][^\u4e00-\u9fff]{3,})(?P<zh>[\u4e00-\u9fff][^a-z]*)"),
)
_HAN = pattern(r"[\u4e00-\u9fff]")
_ENGLISH = pattern(r"[a-z]{4}")
_PART_IN_ENGLISH = pattern(
    r"male|women|boys|girls|urban|rural|ofwhich|aged|elder|child|growth|change|increase|index|plan|target|"
    r"ratio|rate|share|percent|%|last|previous|new|other"
)
# Shorter names say too little without the word they leave out: 社区用房面积, 用房面积.
LONG = 6

# The subjects themselves: 社区总户数 is 总户数.
_WHOSE = pattern(r"^(?:城乡社区|本社区|社区|本辖区|辖区内?|本村|村居|村)(?=.{2})")
# A last level of this kind says how much of the level above or in which year, and nothing else.
_AMOUNT = pattern(
    r"总?(?:数量|个数|人数|数|量|计)|合计|小计|总计|名称|有无|有/无|是否|情况|是否有|是否建有|建设情况|是否配备|"
    r"现状|(?:现有|实有|实际|已有)[数值]?|(?:本期|本年度?|本月|本季度?|报告期|期末|年末|当期|当年)(?:实际|实有|末)?[数值]?|"
    r"(?:19|20)[0-9]{2}(?:年(?:度|末|底)?)?"
)
# 总户数 in English: total number of households.
_COUNT_OF = pattern(r"^(?:total)?(?:numberof|no\.of)")

# 户数合计 is 户数, where no column is just that.
_ALL_OF = pattern(r"(?<=.{2})(?:合计|总计)$")

# Group titles that say nothing about what their columns count ...
_NEUTRAL = pattern(
    r"基本|情况|概况|信息|基础|有关|相关|主要|具体|现状|总计|合计|小计|总数|全部|总体|其中|社区|村居|行政村|村|居委会|居民|人口|家庭|户数|户|"
    r"辖区|规模|指标|数据|项目|内容|"
    r"单位|常住|街道|乡镇|名称|自评|填报|统计|综合|服务|设施|阵地|建设|党群|中心|公共|城乡|城市|农村|用房|面积|人员|"
    r"队伍|组织|开放|配备|配置|"
    r"本年|当年|本期|期末|年末|年底|[0-9]{4}年度?|第?[一二三四1-4]季度|[0-9]{1,2}月|截至|数量|数|及|和|与|的|等|是否|"
    r"建有|功能|场所|活动|工作|"
    r"[()、,:;0-9a-z·-]"
)
# A title over how many people there are, and what its unit alone then says.
_PEOPLE = pattern(r"(?:常住)?(?:人口|居民|住户|人户)(?:情况|概况|状况|规模)")
_OF_PEOPLE = {"households": "户数", "persons": "人口"}
# 指建筑面积, 按常住人口: the name again.
_BY_THE_NAME = pattern(r"^(?:指|按|即|为|以|total|numberof|no\.?of)|(?:计|计算|口径|total)$")
_LATIN = pattern(r"[a-z0-9]")
# A title over the columns that say where a record belongs.
_GENERAL = pattern(r"(?:基本|情况|概况|信息|所属|所在|行政|区划|区域|地区|单位|名称|地址|地)*")
# ... and words that narrow it to a part, another time, or another thing.
_NARROW = pattern(
    r"家庭户|集体户|低保|五保|特困|困难|残疾|老年|老人|长者|[0-9]{2}岁|岁|流动|户籍|外来|租户|出租|空置|空挂|男|女|少数民族|民族|"
    r"脱贫|贫困|规划|计划|拟建|在建|"
    r"新建|新增|增加|增长|减少|上年|去年|上期|同期|上季|目标|任务|应建|应有|缺口|差额|占比|占地|用地|比例|比重|比率|"
    r"率$|其他|其它|外出|死亡|出生|"
    r"迁入|迁出|在校|学生|儿童|妇女|青少年|退役|军人|优抚|党员|团员|志愿|室外|户外|室内|使用|租赁|借用|自有|共用|"
    r"不含|除|非|未|无|不"
)


def candidates(header: Header, names: FieldNames) -> list[Candidate]:
    """The fields that the header may mean, all of the same confidence; empty where it means none we know."""
    known = names.headers.get(header)
    if known is None:
        if len(names.headers) >= MOST_HEADERS:
            names.headers.clear()
        found = _candidates(header, names)
        known = names.headers[header] = [c for c in found if _says_no_more(header, c, names)]
    return known


def _says_no_more(header: Header, candidate: Candidate, names: FieldNames) -> bool:
    """Of a figure every bracket counts: what is no unit, no part of its name and no empty word may change what it is
    (租用, 坪, 估). Such a column is asked about. 年份 under 综合服务设施 is a year of that, no period of the record.
    """
    entry = names.fields[candidate.key]
    if entry.role == "period":
        return _GENERAL.fullmatch("".join(header.levels[:-1])) is not None or candidate.name != header.levels[-1]
    if not entry.is_number or entry.type in ("truth", "count"):
        return True
    unit = names.unit_in(entry, header) if header.asides else ColumnUnit()
    return all(
        aside in candidate.name or _repeats(aside, entry) or unit.worth(aside) is not None for aside in header.asides
    )


def _repeats(aside: str, entry: Field) -> bool:
    rest = _BY_THE_NAME.sub("", aside)
    if _NARROW.search(rest):
        return False
    own = [normal(name) for name in (entry.label.zh, entry.label.en, *entry.aliases)]
    if any(rest in name for name in own):
        return True
    for part in (*own, *(name[at:] for name in own for at in range(1, len(name) - 1))):
        rest = rest.replace(part, "")
    return not _LATIN.search(rest) and not _NEUTRAL.sub("", rest)


def _candidates(header: Header, names: FieldNames) -> list[Candidate]:
    barred = _barred(header, names)
    whole = {"".join(header.levels), "".join(header.bare)}
    for name, confidence in _spellings(header):
        # A name split over rows (注册 over 志愿者) is barred for what it says as a whole alone.
        out = names.barred.get(name, set()) if name in whole else barred
        keys = [k for k in names.exact.get(name, []) if k not in out]
        keys = [k for k in keys if confidence >= 1.0 or _group_fits(header, names.fields[k], name)]
        if keys:
            asks = all(names.fields[k].type == "truth" for k in keys)  # 综合服务设施（㎡） is no yes or no
            return (asks and _with_its_measure(header, names)) or [Candidate(k, confidence, name) for k in keys]
    level = _level(header, names)
    nearly = [o for o in _nearly(header, names, barred) if o.key not in {place.key for place in level}]
    found = [*level, *nearly] or _bilingual(header, names) or _above_code(header, names)
    found = found or _above_translation(header, names)
    return found or _parted_by_dash(header, names) or _with_its_measure(header, names)


def _level(header: Header, names: FieldNames) -> list[Candidate]:
    """A header that names a level in words of its own; the cells tell whether it names places or counts them."""
    if not header.levels or header.unit is not None or header.foreign:
        return []
    texts = ["/".join(header.levels), *(header.levels[-1:] if _GENERAL.fullmatch("".join(header.levels[:-1])) else [])]
    level = next((found for text in texts if (found := level_of_header(text))), None)
    return [Candidate(level, NAMED_LEVEL, texts[0])] if level in names.fields else []


def _parted_by_dash(header: Header, names: FieldNames) -> list[Candidate]:
    """基本情况-户数: a heading and what stands below it, in one cell."""
    if not any(_DASH.search(level) for level in header.levels):
        return []
    levels = tuple(part for level in header.levels for part in _DASH.split(level))
    bare = tuple(part for level in header.bare for part in _DASH.split(level))
    return candidates(replace(header, levels=levels, bare=bare), names)


def _with_its_measure(header: Header, names: FieldNames) -> list[Candidate]:
    """服务站（㎡） is 服务站面积, 户 below 人口情况 is 户数: of which measure a column is, its unit says as well."""
    if header.unit is None or not header.levels:
        return []
    if header.unit.dimension == "area" and "积" not in header.bare[-1]:
        levels, bare = ((*texts[:-1], f"{texts[-1]}面积") for texts in (header.levels, header.bare))
    elif header.unit.dimension in _OF_PEOPLE and len(header.bare) == 1 and _PEOPLE.fullmatch(header.bare[0]):
        levels = bare = (_OF_PEOPLE[header.unit.dimension],)
    else:
        return []
    meant = candidates(replace(header, levels=levels, bare=bare), names)
    return [replace(one, confidence=min(one.confidence, NAMED_LEVEL)) for one in meant]


def _above_code(header: Header, names: FieldNames) -> list[Candidate]:
    """户数 over HS or over B: the code that a system, or a form, gives the column."""
    if len(header.levels) < 2 or not _CODE.fullmatch(header.levels[-1]) or _CODE.fullmatch(header.levels[-2]):
        return []
    levels, bare = header.levels[:-1], header.bare[:-1]
    return candidates(replace(header, levels=levels, bare=bare), names)


def _above_translation(header: Header, names: FieldNames) -> list[Candidate]:
    """年末户数 over Year-end Households: the Chinese says it, unless the English is known to say something else or what
    part of it (男 in another tongue) the column gives."""
    if len(header.levels) < 2 or not _HAN.search(header.levels[-2]) or _HAN.search(header.levels[-1]):
        return []
    english = header.levels[-1]
    if not _ENGLISH.search(english) or _PART_IN_ENGLISH.search(english):
        return []
    meant = candidates(replace(header, levels=header.levels[:-1], bare=header.bare[:-1]), names)
    keys = {o.key for o in candidates(Header((english,), (english,)), names)}
    if keys and not keys.issuperset(o.key for o in meant):
        return []
    return [replace(o, confidence=min(o.confidence, UNDER_GROUP)) for o in meant]


def _bilingual(header: Header, names: FieldNames) -> list[Candidate]:
    """户数Households: what the Chinese says, unless the English is known to say something else. English in front
    of Chinese is as often a part of its word (wifi覆盖), so there both have to say the same."""
    found = [m for level in header.bare for pattern in _TWO_LANGUAGES if (m := pattern.fullmatch(level))]
    if not found or len(found) != len(header.bare):
        return []
    zh, en = tuple(m["zh"] for m in found), tuple(m["en"] for m in found)
    behind = all(m.start("zh") == 0 for m in found)
    meant = candidates(Header(zh, zh, header.asides, header.unit, header.unit_text, header.foreign), names)
    keys = {o.key for o in candidates(Header(en, en), names)}
    if (keys and not keys.issuperset(o.key for o in meant)) or (not keys and not behind):
        return []
    return [replace(o, confidence=min(o.confidence, 1.0 if keys else UNDER_GROUP)) for o in meant]


def _spellings(header: Header) -> list[tuple[str, float]]:
    """Names to look up, the surest first."""
    found: dict[str, float] = {}
    aside = any(_narrows(a, header) for a in header.asides)
    for levels in (header.levels, header.bare):
        if not levels:
            continue
        if levels is header.bare and header.asides:
            for text in header.asides:
                found.setdefault(text + levels[-1], 1.0)  # 户数(户籍) is 户籍户数
            if aside:
                continue
        found.setdefault("/".join(levels), 1.0)
        found.setdefault("".join(levels), 1.0)
        dated = YEARLY.sub("", "".join(levels))
        found.setdefault(dated, 1.0)
        found.setdefault(_COUNT_OF.sub("", dated), 1.0)
        if len(levels) < 2:
            found.setdefault(_ALL_OF.sub("", dated), UNDER_GROUP)
            continue
        above, last = levels[-2], levels[-1]
        found.setdefault(above + last, 1.0)
        found.setdefault(last + above, 1.0)
        found.setdefault(f"{above}/{last}", 1.0)
        if _AMOUNT.fullmatch(last):
            found.setdefault(above, 1.0)
        else:
            found.setdefault(last, UNDER_GROUP if not _neutral("".join(levels[:-1])) else 1.0)
    return sorted(found.items(), key=lambda item: -item[1])


def _narrows(aside: str, header: Header) -> bool:
    """An aside that narrows what the column gives to a part of it, or widens it to a level above: 面积(街道).

    Of a name it only says which: 单位名称(街道).
    """
    if _NARROW.search(aside):
        return True
    return level_of_header(aside) in _LEVELS_ABOVE and not _GENERAL.fullmatch("".join(header.bare))


def _neutral(group: str) -> bool:
    return not _NARROW.search(group) and not _NEUTRAL.sub("", group)


def _group_fits(header: Header, entry: Field, name: str) -> bool:
    """May a column under an unknown group title be the field that its last level names?"""
    group = "".join(header.bare[:-1])
    if any(group in normal(alias) for alias in (*entry.aliases, entry.label.zh)):
        return True
    # 志愿服务 does not narrow 注册志愿者, which is about volunteers anyway; 流动人口 does narrow 户数.
    return len(name) >= 5 and all(word in name for word in _NARROW.findall(group))


def _barred(header: Header, names: FieldNames) -> set[str]:
    """Fields whose look-alikes the header names."""
    barred: set[str] = set()
    for levels in (header.levels, header.bare):
        texts = ["".join(levels), *levels[-1:], "".join(levels[-2:])]
        texts += [level + aside for level in header.bare[-1:] for aside in header.asides]
        texts += [aside + level for level in header.bare[-1:] for aside in header.asides]
        for text in texts:
            barred |= names.barred.get(text, set())
            barred |= names.barred.get(core(text), set())
    return barred


def _nearly(header: Header, names: FieldNames, barred: set[str]) -> list[Candidate]:
    """Names that differ from the header in filler alone."""
    if any(_narrows(a, header) for a in header.asides):
        return []
    for name, confidence in _spellings(header):
        if confidence < 1.0:
            continue
        known = names.exact.get(_WHOSE.sub("", name)) or _of_communities(name, names)
        keys = [k for k in known if k not in barred]
        if keys:
            return [Candidate(k, max(FUZZY, round(_likeness(name, names.fields[k]), 2)), name) for k in keys]
        short = core(name)
        if len(short) < 3:
            continue
        keys = [k for k in names.cores.get(short, []) if k not in barred]
        if keys:
            return [Candidate(k, max(FUZZY, round(_likeness(name, names.fields[k]), 2)), name) for k in keys]
    return []


def _of_communities(name: str, names: FieldNames) -> list[str]:
    """Fields that are named for the community, which a return of communities need not say again."""
    if len(name) < LONG:
        return []
    return next((keys for whose in ("社区", "村", "本社区") if (keys := names.exact.get(whose + name))), [])


def _likeness(name: str, entry: Field) -> float:
    best = max(SequenceMatcher(None, name, normal(a)).ratio() for a in (*entry.aliases, entry.label.zh or entry.key))
    return min(best, 0.99)


def similar(header: Header, names: FieldNames) -> str | None:
    """The known name most like a header that maps to nothing, for people to judge."""
    text = "".join(header.bare)
    if len(text) < 3 or re.fullmatch(r"[0-9年季度月日第一二三四上下半.~-]+", text):
        return None
    if re.fullmatch(r"[a-z]+[0-9][a-z0-9.-]*", text):  # codes are alike and mean different things
        return None
    matcher = SequenceMatcher(b=text)
    best, found = SIMILAR, None
    for name in names.sharing(text, SIMILAR):
        matcher.set_seq1(name)
        if matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
            best, found = ratio, name
    return names.shown.get(found) if found else None
