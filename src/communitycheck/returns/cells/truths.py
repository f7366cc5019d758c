"""Yes or no, as people tick, write and explain it."""

from __future__ import annotations

import re

from communitycheck.model.dictionary import Field
from communitycheck.model.table import State
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cell import UNREADABLE, Cell, number
from communitycheck.returns.cells.forms import match_form
from communitycheck.returns.cells.numbers import Measure, read_tidied
from communitycheck.returns.cells.persons import are_persons, count_persons
from communitycheck.returns.cells.ticks import ticked
from communitycheck.returns.cells.words import MARK, NONE_WORDS, NOT_YET, UNSURE_WORDS, nothing, tidy

YES = number(1.0)
NO = number(0.0)

_YES_WORDS = frozenset(
    {
        "是", "有", "√", "✓", "✔", "☑", "■", "●", "对", "1", "y", "yes", "true", "t", "已建", "已建成", "建成",
        "已覆盖", "覆盖",
        "全覆盖", "达标", "已达标", "合格", "符合", "已签", "已签订", "已设置", "已设", "完成", "已完成", "全部",
        "全年无休", "已有",
        "具备", "已配备", "配备", "已落实", "落实", "已建立", "建立", "已开展", "开展", "已制定", "已出台", "已接入",
        "接入", "已成立", "已启用", "启用", "投入使用", "已投入使用", "正常运行", "v", "ok", "可以",
        "已挂牌", "已公开", "建有", "设有", "√√", "已设立", "设立",
        "已建成并投入使用", "已建成投入使用", "已建成投用", "建成投用", "已投用", "已公示",
        "已实施",
        "已执行", "已印发", "已编制", "已开放", "已配置", "已安装", "已开通", "均有", "都有", "全部覆盖", "已全覆盖",
    }
)
_NO_WORDS = NONE_WORDS | frozenset(
    {
        "否", "×", "✗", "✘", "╳", "x", "0", "n", "no", "false", "f", "未建", "未建成", "在建", "拟建",
        "正在兴建", "未覆盖",
        "不达标", "未达标", "不合格", "不符合", "未签", "未签订", "未设置", "未设", "未完成", "不具备", "未配备",
        "未落实", "未建立",
        "未开展", "未制定", "未出台", "未接入", "未成立", "未启用", "无办公场所",
        "无场所", "不是", "没",
        "未挂牌", "未公开", "未设立", "尚未", "暂未",
        "暂未建", "还没有",
        "没有建", "未有", "暂时无", "尚无", "未公示", "未实施", "未执行", "未印发", "未编制", "未开放", "未配置",
        "未安装",
        "未开通", "未投入使用", "未投用", "不存在", "未转嫁",
    }
)
# A post of a person, filled or vacant.
_ENGAGED = frozenset({"已聘", "已聘请", "已聘用", "已选聘"})
_VACANT = frozenset({"空缺", "缺", "缺编", "暂缺"})
# What is planned or being built does not stand today.
_PLANNED = pattern(
    r"(?:无|没有|否|暂无|尚无)?[,;]?(?:已?(?:计划|规划|预计|拟|拟定|准备|打算|争取|力争))(?:于|在)?"
    r"(?:(?:[0-9]{2,4}|[一二三四五六七八九十])(?:年|月)|今年|明年|后年|年内|[上下]半年|本年|年)*(?:前|底|末|初|中|度)?"
    r"(?:开工|动工|开始)?(?:新建|建设|建成|建立|兴建|修建|扩建|改建|建|完工|竣工|完成|启用|投入使用|投用)"
)
_NOT_YET_WORDS = frozenset(
    {
        "在建", "拟建", "筹建", "筹建中", "待建", "续建", "在建中", "正在建", "正在建设", "正在建设中", "建设中",
        "正在筹建", "正在兴建", "正在施工", "施工中", "规划中", "筹备中", "计划中", "拟新建", "计划建", "计划建设",
        "已申请", "申请中", "正在申请", "未开工", "未完工", "未竣工", "尚未建成", "尚未建", "未启用", "尚未启用",
    }
)
# What may stand behind a yes without taking anything from it; a quantity may too.
_HARMLESS = pattern(
    r"租用|租赁|自有|自建|新建|国有|免费|正常(?:使用|开放|运行)?|已?(?:投入使用|启用|挂牌|建成|投用|公示|公开)|"
    r"已开放|全天|全年|均有|都有|面积|建筑面积"
)
# What behind a no makes it none: 无, 但街道有.
_TAKES_BACK = pattern(
    r"有|是|已(?!申请|申报|规划|立项|列入|纳入)|√|✓|✔|☑|但|除|原|曾|共|只|仅|[镇乡街邻隔]|建成(?!年)|"
    r"[0-9一二两三四五六七八九十]+[个处所间项名]"
)
_BARE = pattern(r"[0-9]+")
_QUANTITY = pattern(r"(?:共|共有|现有|面积|建筑面积|约|有)?")


def read_truth(text: str, field: Field, *, counted: bool = False) -> Cell:
    """Yes (1.0) or no (0.0), by closed lists of words; every other word is UNREADABLE.

    A count of things (2个) is yes above 0; a bare figure above 1 may as well be a code (1有 2无), unless ``counted``:
    the header asks how many there are. What is still being built is no, with a note; the ticked one of several choices
    counts, and in a field that asks for persons a name.
    """
    forms = field.values
    text = tidy(text)
    cell = _nothing(text)
    if cell is not None:
        return cell
    packed = text.replace(" ", "").rstrip("。,;!")
    if forms:
        own, _ = match_form(packed, forms)
        if own in ("true", "false"):
            return YES if own == "true" else NO
    cell = _answered(packed, field) or _word(packed)
    if cell is not None:
        return cell
    if forms or MARK in packed or (_BARE.fullmatch(packed) and not counted):
        return UNREADABLE
    cell = _ticked(text, field) or _counted(packed) or _explained(packed)
    return cell or _named(packed, field.person_names) or UNREADABLE


def _answered(packed: str, field: Field) -> Cell | None:
    """A word that answers this question and no other: 免费 where it is asked whether something is free."""
    found = next((answer for answer, words in field.answers.items() if packed in words), None)
    return None if found is None else YES if found == "true" else NO


def _nothing(text: str) -> Cell | None:
    return UNREADABLE if text.casefold() in UNSURE_WORDS else nothing(text)


def _word(packed: str) -> Cell | None:
    """A word of the lists."""
    folded = packed.casefold()
    if folded in _YES_WORDS:
        return YES
    if folded in _NOT_YET_WORDS:
        return NO.noted("not-yet")
    if folded in _NO_WORDS:
        return NO.noted("not-yet") if NOT_YET.search(packed) else NO
    return None


def _ticked(text: str, field: Field | None = None) -> Cell | None:
    """☑是□否, 有（ ）无（√）: the ticked choice; several or none ticked is UNREADABLE."""
    own = tuple(word for words in field.answers.values() for word in words) if field is not None else ()
    choice = ticked(text, own)
    if choice is None:
        return None
    if not choice:
        return UNREADABLE
    answer = _answered(choice, field) if field is not None else None
    return answer or _word(choice) or nothing(choice) or UNREADABLE


def _counted(text: str) -> Cell | None:
    """3, 2个, 300㎡: more than none is yes."""
    for dimension in ("items", "area"):
        cell = read_tidied(text, Measure(dimension))
        if cell.known and cell.lo >= 0:
            sure = cell.lo > 0 or cell.hi == 0
            return (YES if cell.lo > 0 else NO) if sure else UNREADABLE
        if cell.known:
            return Cell(state=State.IMPOSSIBLE, note="impossible-value")
    return None


def _explained(text: str) -> Cell | None:
    """有(租用), 是,面积300㎡, 无(已申请), 计划2024年建成; None where the explanation may change what is said."""
    if _PLANNED.fullmatch(text):
        return NO.noted("not-yet")
    head, behind = _split(text)
    if not behind:
        return None
    if head in _NO_WORDS or head in _NOT_YET_WORDS:
        return None if _TAKES_BACK.search(behind) else NO.noted("truth-explained")
    if head in _YES_WORDS and all(_is_harmless(part) for part in re.split(r"[,;、]", behind)):
        return YES.noted("truth-explained")
    return None


def _split(text: str) -> tuple[str, str]:
    """The words before a comma or a bracket, and those behind it."""
    found = re.fullmatch(r"([^(),;:。]+)(?:\(([^()]+)\)|[,;:。]([^()]+))", text)
    if found is None:
        count = re.fullmatch(r"(有|√|是|建有|设有)([0-9一二两三四五六七八九十].*)", text)
        return (count[1], count[2]) if count else (text, "")
    return found[1], found[2] or found[3]


def _is_harmless(text: str) -> bool:
    if _HARMLESS.fullmatch(text):
        return True
    rest = _QUANTITY.sub("", text, count=1)
    cells = [read_tidied(rest, Measure(dimension)) for dimension in ("items", "area", "persons")] if rest else []
    return any(cell.known and cell.lo > 0 for cell in cells)


def _named(text: str, names: bool) -> Cell | None:
    return YES.noted("name-means-yes") if names and are_persons(text) else None


def read_count(text: str, measure: Measure, *, names: bool = False) -> Cell:
    """A number of things; a bare yes is 1, a no is 0. Where ``names`` says that it counts persons, their names are
    counted, and a post that is vacant is no blank."""
    text = tidy(text)
    packed = text.replace(" ", "").rstrip("。,;!")
    if names and packed in _VACANT:
        return UNREADABLE
    cell = _nothing(text)
    if cell is not None:
        return cell
    cell = read_tidied(text, measure)
    if cell.known or cell.note != "unreadable-value":
        return cell
    cell = _word(packed) or (YES if names and packed in _ENGAGED else None)
    if cell is None:
        inside = re.fullmatch(r"(?:是|有|√|已配备|配备|已有)[(,:]?(.*?)\)?", packed)
        stated = read_tidied(inside[1], measure) if inside and inside[1] else UNREADABLE
        if stated.known:
            return stated
        cell = (count_persons(packed) if names else None) or _ticked(text) or _explained(packed) or UNREADABLE
    if not cell.known:
        return cell
    return cell if cell.note or cell.lo != 1.0 else YES.noted("yes-means-one")
