"""Headers that name a level of places in words of their own: 村、社区, 旗县区, 所在街道, 镇（街道）名称."""

from __future__ import annotations

from communitycheck.model.places.place_names import OFFICES, any_of, endings
from communitycheck.patterns import pattern

_WHOSE = pattern(r"^(?:所属|所在|所辖|隶属)")
_ENDING = pattern(r"(?:名称|全称|简称|名)$")
# A word that joins has a level on each side: 和社区 is the name of a community.
_BETWEEN = pattern(r"[()、/,;·]|(?<!^)(?:和|与|或|及)(?!$)")
# What a level is called, apart from the endings of its places. 市 may be a city's rank or a county's.
_CALLED = {
    "province": ("直辖市", "省份"),
    "city": ("地级市", "设区市", "地市", "城市", "州"),
    "county": ("自治县", "自治旗", "县级市", "市辖区"),
    "street": ("民族乡", "乡镇", "街"),
    "community": ("行政村", "建制村", "村居", "居"),
}
_TOKENS = {
    word: level
    for level, called in _CALLED.items()
    for word in (*endings(level, but=("特别行政区", "地区", "市")), *OFFICES.get(level, ()), *called)
} | {"市": ""}
_TOKEN = pattern(any_of(_TOKENS))  # the longest first, so that 社区 is not read as 社 and 区
# Words that a level's tokens also make up and that mean something else.
_OTHER = frozenset({"市区", "市县", "街区", "村镇", "居", "街", "乡村"})


def level_of_header(text: str) -> str | None:
    """The level that a tidied header names, or None: ``旗县区`` is a county, ``街道社区`` neither of the two."""
    bare = _ENDING.sub("", _WHOSE.sub("", text))
    joined = _BETWEEN.sub("", bare)
    if not joined or bare in _OTHER or _TOKEN.sub("", joined):
        return None
    levels = {_TOKENS[token] for token in _TOKEN.findall(joined)}
    if "province" in levels and levels <= {"province", "county", ""}:  # 省(自治区、直辖市), 省(区、市)
        return "province"
    levels.discard("")
    if not levels:
        return "city" if joined == "市" else None
    return levels.pop() if len(levels) == 1 else None
