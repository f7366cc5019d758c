"""Names that are the name of no one subject: several in one cell, all or the rest of them, a class word, a placeholder.

The figures beside such a name say nothing of any one subject: 420 m2 of two communities may be 400 and 20.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.messages.cell_words import NONE_WORDS
from communitycheck.model.places.place_names import ENDINGS, OFFICES, any_of
from communitycheck.model.table import Bools
from communitycheck.patterns import pattern
from communitycheck.returns.columns.headers.level_names import level_of_header
from communitycheck.returns.layout.cell_kinds import plain, without_brackets
from communitycheck.returns.layout.row_words import RANKS, is_class, region_rank
from communitycheck.returns.layout.rows.body import MANY
from communitycheck.returns.layout.statistic_words import heads_figures
from communitycheck.returns.text_columns import TextArray, bools

_PLACES = any_of({end for ends in (*ENDINGS.values(), *OFFICES.values()) for end in ends})
_LISTED = pattern(r"[、,;]")
# Between two names, and as often a part of one (和平, 以及 in no name): each side has to be a name.
_JOINED = pattern(r"[和与及/+]")
_COUNTED = pattern(
    rf"(?:.*(?:等|{_PLACES}))?(?:共计?|合计)?\d+[个家所](?:{_PLACES}|单位)*|.+等[一二三四五六七八九十两]+[个家所].*|.+{_PLACES}等"
)
_ALL_OR_REST = pattern(
    rf"(?:其他|其它|其余|剩余|另外|未列入?)(?:的|各|几个)*(?:城市|农村|城乡|小)*(?:{_PLACES})*|"
    rf"(?:各个?|每个?|所有|全部|全体)的?(?:城市|农村|城乡)?(?:{_PLACES})(?:平均[数值]?|均值|合计|总计|小计|汇总|情况)?|"
    r".+(?:平均[数值]?|均值|最大值|最小值|中位数)"
)
# 某某市 withholds the name of a place that is there; 某某社区 is what a form shows.
_STANDS_FOR_A_NAME = r"(?:[xX×*○〇◯□_?]{2,}|[×*○〇◯□_?]+|某+(?=社区|村|居委会|小区))"
_PLACEHOLDER = pattern(
    rf"(?:{_STANDS_FOR_A_NAME}(?:{_PLACES}))*{_STANDS_FOR_A_NAME}(?:{_PLACES}|小区)*\d?|"
    rf"(?:测试|示例|样例|范例|样表)(?:{_PLACES}|小区|数据)*\d?|(?:未|待|暂未|尚未)命名.{{0,4}}|名称?(?:未定|待定)"
)
_EXAMPLE = pattern(r"[(\[【{](?:填[写报表])?(?:示例|样例|范例|例|例如|样表|模板|测试)[)\]】}]")
# What is gone, or not there yet: 向阳社区（已并入红旗）. What a place was made of (由…合并) says nothing of the kind.
_NO_LONGER = pattern(
    r"[(\[【{](?:(?:已|已经|现已|现|\d{4}年)?(?:被)?(?:撤销|撤并|注销|裁撤|并入.*|合并[到至入].*|划[归入]给?.*)|"
    r"(?:拟|待|筹|在|未)(?:建|成立|设立)中?|筹备中?)[)\]】}]"
)
_NOT_YET = pattern(rf"(?:拟建?|拟成立|拟设立?|待建|筹建)(?:{_PLACES}|小区).{{0,4}}")
# So large a share of the names are those of communities where one that is none stands out.
_MOST = 0.6
_DIGITS = pattern(r"[\d.]+")
# One of these stands in every name that the patterns above fit, so that few names of a long table are looked at.
MAY_BE_NO_ONE = (
    r"[、，,；;和与及/+等个家所其另未各每全平均值数xX×*○〇◯□_?？某＊＿ｘＸ测示样范例待名拟筹撤注裁并划归标要目任达完比占同增环排每限指考规(（\[【]|"
    r"\d[个家所]|^[\d.]+$|^\S{1,3}$|^(?:城市|农村|城镇|乡村|城乡|村改居|行政村|建制村|自然村)"
)


def names_no_one(text: str) -> bool:
    """The text is surely not the name of one subject that is there."""
    shown = plain(text)
    bare = without_brackets(shown, of_any_kind=True)
    if not bare or shown in NONE_WORDS or _EXAMPLE.search(shown) or _NO_LONGER.search(shown):
        return True
    if any(words.fullmatch(bare) for words in (_COUNTED, _ALL_OR_REST, _PLACEHOLDER, _NOT_YET)):
        return True
    if level_of_header(bare) is not None or heads_figures(bare):
        return True
    return _names_several(bare)


def _names_several(bare: str) -> bool:
    if sum(bool(part) for part in _LISTED.split(bare)) > 1:
        return True
    ranks = [region_rank(part) for part in _JOINED.split(bare)]
    return len(ranks) > 1 and ranks[0] > 0 and len(set(ranks)) == 1


def no_one_subject(names: TextArray) -> Bools:
    """Which of the names of a table are the name of no one subject.

    A number is no name where the others are names, nor is a class of communities (城市); where most are such, they may
    stand for names.
    """
    found: Bools = np.zeros(len(names), bool)
    suspects = np.flatnonzero(bools(pc.fill_null(pc.match_substring_regex(names, MAY_BE_NO_ONE), False)) | _odd(names))
    numbers: list[int] = []
    classes: list[int] = []
    known: dict[str, bool] = {}
    for place, text in zip(suspects.tolist(), names.take(pa.array(suspects)).to_pylist(), strict=True):
        if text not in known:
            known[text] = names_no_one(text)
        found[place] = known[text]
        if _DIGITS.fullmatch(text):
            numbers.append(place)
        elif is_class(text):
            classes.append(place)
    for odd in (numbers, classes):
        if len(odd) * 2 < len(names) or (len(odd) * 2 == len(names) and _tell_their_level(names, odd)):
            found[odd] = True
    return found


def _odd(names: TextArray) -> Bools:
    """Names that do not end as those of communities do, where these are few."""
    ends = [pc.fill_null(pc.ends_with(names, end), True) for end in ("社区", "村", "会")]
    odd: Bools = ~np.logical_or.reduce([bools(end) for end in ends])
    return odd if odd.sum() <= MANY else np.zeros(len(names), bool)


def _tell_their_level(names: TextArray, but: list[int]) -> bool:
    """All the other names tell of which level they are."""
    return all(region_rank(text) > 0 for place, text in enumerate(names.to_pylist()) if place not in but)


def unmarked_strangers(names: TextArray, marked: Bools) -> Bools:
    """Names without a word for a place, where the others say that they are communities and no other column says that
    theirs is one as well: 机动 beside 红旗社区."""
    found: Bools = np.zeros(len(names), bool)
    if len(names) > MANY:
        return found
    ranks = np.array([region_rank(text) for text in names.to_pylist()])
    if (ranks == RANKS["community"]).sum() >= max(2, _MOST * len(names)):
        found = (ranks == 0) & ~marked & bools(names.is_valid())
    return found
