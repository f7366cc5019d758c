"""The form in which headers and names of fields are compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from communitycheck.patterns import pattern
from communitycheck.returns.cells.words import plain

# Traditional and misspelt characters and brackets that headers are known to have, each with the one in the dictionary.
_SAME = str.maketrans(
    "區縣鄉鎮戶數積綜務設開時間會員願冊單協議兒養書類稱實駐籤簽團體訓練導網臺帳帐絡億萬總計產權屬質黨組織"
    "絕對與無個點樓場館備註註記編號區劃碼報統標準達範圍運轉經費辦衛醫護殘復檔錄條層級長輔負責電話聯繫",
    "区县乡镇户数积综务设开时间会员愿册单协议儿养书类称实驻签签团体训练导网台账账络亿万总计产权属质党组织"
    "绝对与无个点楼场馆备注注记编号区划码报统标准达范围运转经费办卫医护残复档录条层级长辅负责电话联系",
) | str.maketrans("[{【〔〖「『<《]}】〕〗」』>》", "(" * 9 + ")" * 9)
_SLIPS = (
    ("自愿者", "志愿者"), ("志愿着", "志愿者"), ("面绩", "面积"), ("法制宣传", "法治宣传"), ("法制文化", "法治文化"),
    ("志愿者服务站", "志愿服务站"), ("人囗", "人口"),
)  # fmt: skip
_NUMBERED = pattern(
    r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十0-9]{1,2}\)|[0-9]{1,2}[、.)](?![0-9])|[①-⑳])"
)
_BEHIND = r"[*★☆#△▲▽▼↑↓⇅※◆:;,。、?\s]"
_MARKS = pattern(
    rf"^[*★☆#△▲●※◆■:\s]+|(?<!{_BEHIND}){_BEHIND}+$|\((?:必填|选填)项?\)$|(?<![(,;、])(?:必填|选填)项?$"
)
_AMONG = pattern(r"^(?:其中[:、,]?|求和项:|sumof(?=.{2}))")
_RAISED = pattern("10([⁰¹²³⁴⁵⁶⁷⁸⁹])")


# So many marks and numbers are taken off, one behind the other; more say nothing.
_ROUNDS = 10


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """A header or alias in the form in which they are compared: half-width, no spaces, numbering or marks."""
    text = _RAISED.sub(r"10^\1", text.replace("㎡", "m2").replace("m²", "m2"))
    if text[:1] and "①" <= text[0] <= "⑳":
        text = text[1:]
    text = unicodedata.normalize("NFKC", plain(text)).casefold().translate(_SAME)
    text = "".join(text.split()).replace("_", "").replace("'", "").replace('"', "")
    for wrong, right in _SLIPS:
        text = text.replace(wrong, right)
    for _ in range(_ROUNDS):
        before = text
        text = without_marks(text)
        text = _NUMBERED.sub("", text)
        text = _AMONG.sub("", text) or text
        if text == before:
            break
    return text


def without_marks(text: str) -> str:
    """A name without the marks around it: stars, colons, that it must be filled in."""
    return _MARKS.sub("", text)
