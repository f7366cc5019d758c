"""Places that a title or the name of a file names: what is a place there, and what only looks like one."""

from __future__ import annotations

import re
import unicodedata

from communitycheck.model.places.divisions import counties_in, county_behind, division


def names_place(text: str, name: str) -> bool:
    """True where the text names the place: 朝阳市, but not in 朝阳市场."""
    return name in text and re.search(re.escape(name) + "(?!场)", text) is not None


def districts_in(text: str, prefix: str) -> set[str]:
    """The districts of a province that a text names where a name begins: 辽宁省铁西区."""
    names = {division(code) for code in counties_in(text, ("区",)) if prefix and code.startswith(prefix)}
    return {name for name in names if re.search(rf"(?:^|[^\u4e00-\u9fff]|[省市州年度]){name}", text)}


# What ends like a county beside the name of its city and is none: 铁岭市各县, 鞍山市城乡社区, 抚顺市民政局示范区.
_COUNTY = re.compile(
    "([\u4e00-\u9fff]{1,6}?[县区旗])(?=$|[^\u4e00-\u9fff]|民政|人民政府|社区|城乡|农村|城市|街道|各|综合)"
)
_NO_COUNTY = re.compile(
    "[社小园城辖地校景灾林市郊县]区$|^[各全本](?=.$)|各|所属|所辖|下属|下辖|[两几多三四五六七八九十]个|贫困|示范|试点|"
    "重点|先进|综合|民政|局|办事|(?<=.)[县区市旗镇乡村](?=.)"
)


def county_of(city: str, text: str) -> str:
    """The county that stands behind the name of its city (铁岭市昌图县民政局); empty where none does, or two."""
    known = county_behind(city, text)
    if known:
        return known
    found = {m[1] for m in (_COUNTY.match(rest) for rest in text.split(city)[1:]) if m}
    county = found.pop() if len(found) == 1 else ""
    return "" if len(county) < 2 or _NO_COUNTY.search(county) else county


_WRITTEN_CITY = re.compile("(?:[^省]{2,}(?:省|自治区))?(?P<city>.+?(?:自治州|地区|[市盟]))")


# 某市, ××县 and A市 withhold the name of a place that is there.
_WITHHELD = re.compile(
    "(?:某{1,3}|(?<![A-Za-z0-9])(?:[xX]{1,3}|[×*○〇◯□_?]{1,3}|[A-Za-z](?!区)))"
    "(?:省|市(?![场民政容级直辖])|自治州|[州盟旗]|地区|县(?![级域])|区(?![域划])|地(?=社区))"
)


def city_written(place: str, text: str) -> str:
    """The city of a place that a title is of: 青山市 in 某省青山市东区; else the one whose name its text withholds,
    某市, which is none that is known either."""
    found = _WRITTEN_CITY.match(place)
    withheld = None if found else _WITHHELD.search(unicodedata.normalize("NFKC", text))
    return found["city"] if found else withheld[0] if withheld else ""
