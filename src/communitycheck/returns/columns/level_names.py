"""Headers that name a level of places in words of their own: 村、社区, 旗县区, 所在街道, 镇（街道）名称."""

from __future__ import annotations

from communitycheck.patterns import pattern

_WHOSE = pattern(r"^(?:所属|所在|所辖|隶属)")
_ENDING = pattern(r"(?:名称|全称|简称|名)$")
_BETWEEN = pattern(r"[()、/,;·]|和|与|或|及")
# What a level is called, the longest first, so that 社区 is not read as 社 and 区.
_TOKENS = {
    "居民委员会": "community", "村民委员会": "community", "街道办事处": "street", "居委会": "community",
    "村委会": "community", "行政村": "community", "建制村": "community", "街道办": "street", "办事处": "street",
    "民族乡": "street", "自治县": "county", "自治旗": "county", "县级市": "county", "市辖区": "county",
    "自治州": "city", "地级市": "city", "设区市": "city", "自治区": "province", "直辖市": "province",
    "社区": "community", "村居": "community", "嘎查": "community", "街道": "street", "乡镇": "street", "苏木": "street",
    "村": "community", "居": "community", "街": "street", "乡": "street", "镇": "street", "县": "county",
    "旗": "county", "区": "county", "省": "province", "州": "city", "盟": "city", "市": "",
}  # fmt: skip
_TOKEN = pattern("|".join(_TOKENS))
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
