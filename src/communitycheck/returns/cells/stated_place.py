"""The place that a title, a line 填报单位：… or a name states, read from the province down: 和平区南湖街道社区月报.

A wrong place is worse than none: it names a subject. So each name must follow the one above it without a gap, what is a
kind of place (城市社区, 智慧社区, 各街道) is the name of none, and a 市 with nothing below it may be a city or a
county.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from communitycheck.model.places.place_names import ENDINGS, OFFICES, any_of
from communitycheck.patterns import pattern

LEVELS = ("province", "city", "county", "street", "community")

# What makes a kind of place of a level's word, and no name.
_KIND = pattern(
    "城市|农村|城乡|城镇|乡村|[城农乡镇村市县区街社小辖郊新老集旧]|城中|中心|行政|建制|自然|村改居|村转居|涉农|移民|搬迁|安置|"
    "[全本各该我贵某每]|[全本各该][省市县区镇乡村]|有关|所属|所在|所辖|相关|其[他它]|示范|智慧|绿色|和谐|平安|文明|完整|"
    "试点|星级|[三四五]星级?|品牌|特色|国际化?|未来|老旧|普通|一般|重点|综合|先进|未?达标|[新拟已在]建|开发|工业|旅游|风景|保税"
)
# A kind of community is what is set up, tried out or rated: 和谐社区创建情况.
_MAKES_A_KIND = pattern("建设|创建|示范|试点|治理|改造|评定|评估|达标|申报|培育|命名")
_STEM = r"[\u4e00-\u9fffA-Za-z0-9]"
# What ends the name of each level, without what only looks like it: 社区 is no county, 城市级 no city, 红旗 no banner.
_TOWN = "市(?!场|民(?!政)|政(?!府)|[容级直辖内域区委])"
_ENDS = {
    "province": "省|自治区",
    "city": rf"(?:{_TOWN}|自治州|地区|盟)",
    "county": rf"(?:自治县|自治旗|县|(?<![社小辖街片景园校学厂库牧林矿市郊])区)(?![级域划内间块片位])|{_TOWN}",
    "street": rf"(?:{any_of(OFFICES['street'])}|{any_of(ENDINGS['street'])})(?![级])",
    "community": rf"(?:(?:社区|村)?{any_of(OFFICES['community'])}|{any_of(ENDINGS['community'])})(?![级居民务庄镇])",
}
_LENGTH = {"province": "2,6", "city": "2,8", "county": "2,10", "street": "1,8", "community": "1,10"}
_SHAPES = {level: pattern(rf"(?P<stem>{_STEM}{{{_LENGTH[level]}}}?)(?:{_ENDS[level]})") for level in LEVELS}
# 滑县, 西区: the counties whose names have one character before the ending.
_SHORT_COUNTY = pattern(r"(?P<stem>[\u4e00-\u9fff])县(?!级|域|内|区|乡|城)|(?P<side>[东西])区(?![级域划内间块片位])")
_MUNICIPALITY = pattern("(?:北京|天津|上海|重庆)市")
# No name of a place holds another one, or a period.
_HOLDS_ANOTHER = pattern("省|自治|街道|社区|区|市(?!$)|[0-9]月|年度|半年|季度|[0-9]{4}")
# What may stand before a place.
_LEAD = pattern(
    r"^(?:附[件表]?[0-9一二三四五六七八九十]*[:、.]?|表[0-9一二三四五六七八九十]+[:、.]?|关于|"
    r"(?:截[至止])?(?:19|20)[0-9]{2}年?(?:度|末|底|[上下]半年|第?[一二三四1-4]季度|[0-9]{1,2}月份?(?:[0-9]{1,2}日)?|"
    r"[0-9]{1,2}[-—至][0-9]{1,2}月)?)+"
)
_SEAL = r"\((?:盖章|公章|签章)\)"
_REPORTER = pattern(
    rf"(?:填报|报送|编制|填表|上报|报出|申报|制表)(?:单位|部门|地区|街道|社区)(?:名称)?(?:{_SEAL})?:(?P<name>[^:]*?)"
    rf"(?:(?:填报|填表|报送|上报|制表)?(?:人|日期|时间|负责人):.*|(?:计量)?单位:.*|{_SEAL}.*)?$"
)
# The offices of a place that hand in its returns.
_OFFICE = pattern(
    r"(?:人民政府|政府|民政[局办科所]|社会事务办|党工委|党委|(?:党群|公共|便民|综合|社区)*服务中心|办事处|居委会|村委会|委员会)*"
)

# Between the parts of the name of a file, and what numbers it.
_BETWEEN = pattern(r"[\s_\-—－·.,，、+()（）\[\]【】《》]+")
_NUMBER = pattern(r"^[0-9]{1,3}(?![0-9年])")
# 红格镇、新九镇, 红格镇等5个乡镇: of several.
_GOES_ON = pattern(r"[、,/+和与及至等]|以及|[0-9两几一二三四五六七八九十]+个")
# What stands before the name of a street and is no part of it, or makes none of it: 报送红格镇, 新型城镇, XX镇.
_NO_STREET = pattern(
    "报送|上报|填报|申报|统计|汇总|台账|报表|情况|最[新终]|修改|修订|更新|定稿|[新旧终]版|模板|样表|附[件表]|新型|[xX]{2}"
)


class Place(Struct, frozen=True):
    """A place and those above it, as far as a text names them: (level, name) from the highest down."""

    names: tuple[tuple[str, str], ...]

    @property
    def level(self) -> str:
        return self.names[-1][0]

    @property
    def name(self) -> str:
        return self.names[-1][1]


def stated_place(titles: Iterable[str], names: Iterable[str] = ()) -> Place | None:
    """The finest place that the titles state; where they state none, the one of a name (of the sheet, of the file).

    None where they state none, or two that are not one inside the other.
    """
    found = [place for text in titles for place in (_of_reporter(text), _of_title(text)) if place is not None]
    found = found or [place for name in names if (place := _of_title(name)) is not None][:1]
    if not found:
        return None
    finest = max(found, key=lambda place: LEVELS.index(place.level))
    known = dict(finest.names)
    if any(known.get(level, name) != name for other in found for level, name in other.names):
        return None
    return None if finest.level == "city" else finest


def stated_street(titles: Iterable[str], names: Iterable[str] = ()) -> str:
    """The one street that the titles state, else the name of the sheet or of the file; empty where none or several do.

    A return of a township says once, over its table or in the name of its file, where all its communities lie.
    """
    titles = list(titles)
    found = {street for text in titles for street in (_street_of_reporter(text), _street_of_title(text)) if street}
    if not found:
        pieces = [piece for name in names for piece in _pieces(name)]
        found = set([street for piece in pieces if (street := _street_of_title(piece))][:1])
    return found.pop() if len(found) == 1 else ""


def _pieces(name: str) -> list[str]:
    """The parts of the name of a file or sheet: 盐边县_01红格镇（定稿）."""
    return [piece for part in _BETWEEN.split(name) if (piece := _NUMBER.sub("", part))]


def _street_of_reporter(text: str) -> str:
    place = _of_reporter(text)
    return dict(place.names).get("street", "") if place else ""


def _street_of_title(text: str) -> str:
    """The street that a text begins with, where it goes on to no other one: not that of 红格镇、新九镇."""
    read = _chain(body := _without_lead(text), LEVELS[:-1])
    street = dict(read[0].names).get("street", "") if read else ""
    if read is None or not street or _NO_STREET.search(street):
        return ""
    return "" if _GOES_ON.match(body, read[1]) or _end_of_name(body, read[1], "street") else street


def place_written(titles: Iterable[str], names: Iterable[str] = ()) -> str:
    """The place of a county's rank or above that the titles name, else the names of the sheet and file; empty where
    none does. It is quoted to people, and places nothing."""
    for text in (*titles, *names):
        place = _of_reporter(text) or _of_title(text)
        above = [name for level, name in place.names if level in ("province", "city", "county")] if place else []
        if above:
            return "".join(above)
    return ""


def is_place(text: str | None) -> bool:
    """Whether a text is the name of a place, from its first character to its last: 和平区南湖街道, 福安社区."""
    body = _plain(text or "")
    read = _chain(body)
    return read is not None and len(body) == read[1]


def named_places(text: str) -> tuple[tuple[str, str], ...]:
    """(level, name) of the places that a title begins with, from the highest down: 沈阳市, 和平区."""
    place = _of_title(text)
    return place.names if place is not None else ()


def without_place(text: str) -> str:
    """A text without the places that it begins with: 社区(村)情况表 of 昌图县八面城镇社区（村）情况表."""
    body = _without_lead(text)
    read = _chain(body)
    return body[read[1] :] if read is not None and read[0].level != "community" else body


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).strip('《》"“”')


def _without_lead(text: str) -> str:
    body = _plain(text)
    start = _LEAD.match(body)
    return body[start.end() :] if start else body


def _of_title(text: str) -> Place | None:
    body = _without_lead(text)
    read = _chain(body)
    if read is None:
        return None
    place, end = read
    if place.level == "community" and _MAKES_A_KIND.match(body, end):
        return Place(place.names[:-1]) if place.names[1:] else None
    return place


def _of_reporter(text: str) -> Place | None:
    found = _REPORTER.search(_plain(text))
    read = _chain(found["name"]) if found else None
    if found is None or read is None or not _OFFICE.fullmatch(found["name"], read[1]):
        return None
    return read[0]


def _chain(text: str, levels: Iterable[str] = LEVELS) -> tuple[Place, int] | None:
    """The places that a text begins with, each inside the one before it, and where they end."""
    names: list[tuple[str, str]] = []
    at = 0
    for level in levels:
        town = _MUNICIPALITY.match(text) if not names else None
        end = town.end() if town else _end_of_name(text, at, level)
        if end:
            names.append((level, _without_office(text[at:end], level)))
            at = end
    return (Place(tuple(names)), at) if names else None


def _end_of_name(text: str, at: int, level: str) -> int:
    """Where the name of a place of this level ends that begins at ``at``; 0 where none begins there."""
    short = _SHORT_COUNTY.match(text, at) if level == "county" else None
    if short is not None and (short["side"] or not _KIND.fullmatch(short["stem"])):
        return short.end()
    found = _SHAPES[level].match(text, at)
    if found is None or _KIND.fullmatch(found["stem"]) or _HOLDS_ANOTHER.search(found["stem"]):
        return 0
    return found.end()


def _without_office(name: str, level: str) -> str:
    """南湖街道办事处 runs 南湖街道; the office of a community goes by the community's name."""
    office = next((o for o in sorted(OFFICES.get(level, ()), key=len, reverse=True) if name.endswith(o)), "")
    stem = name.removesuffix(office)
    if level == "community":
        return stem if stem.endswith(ENDINGS["community"]) else name
    return stem if not office or stem.endswith(ENDINGS["street"]) else stem + "街道"
