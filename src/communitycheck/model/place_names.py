"""How the names of places end, by level. Whatever tells places by their names builds its pattern from these lists.

The patterns differ in what they may safely take for a place: a header that holds 盟 is as often about a 联盟. So each
takes the endings of some levels, says which it leaves out (``but``) or adds (``also``), and why.
"""

from __future__ import annotations

from collections.abc import Iterable

ENDINGS: dict[str, tuple[str, ...]] = {
    "province": ("省", "自治区", "特别行政区"),
    "city": ("市", "自治州", "地区", "盟"),
    "county": ("区", "县", "旗"),
    "street": ("街道", "镇", "乡", "苏木"),
    "community": ("社区", "村", "嘎查"),
}
# Offices that are named for the place which they run.
OFFICES: dict[str, tuple[str, ...]] = {
    "street": ("街道办事处", "街道办", "办事处"),
    "community": ("居民委员会", "村民委员会", "居委会", "村委会"),
}
TRADITIONAL: dict[str, tuple[str, ...]] = {
    "county": ("區", "縣"),
    "street": ("鎮", "鄉"),
    "community": ("社區",),
}
# The last character of a city's name where that stands inside a longer one (铁岭市清河区): 州 for 自治州 and 凉山州;
# not the 区 of 地区, which ends the names of counties.
CITY_CHARACTERS = "市州盟"


def endings(*levels: str, but: Iterable[str] = (), also: Iterable[str] = ()) -> tuple[str, ...]:
    """The endings of some levels, without some and with others."""
    left_out = set(but)
    return (*(end for level in levels for end in ENDINGS[level] if end not in left_out), *also)


def any_of(words: Iterable[str]) -> str:
    """A regular expression for one of the words, the longest first."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"
