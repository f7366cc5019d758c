"""Yes or no, as people tick, write and explain it."""

from __future__ import annotations

import re

from communitycheck.messages.cell_words import NONE_WORDS
from communitycheck.model.dictionary import Field
from communitycheck.model.table import State
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cell import UNREADABLE, Cell, number
from communitycheck.returns.cells.numbers import Measure, read_tidied
from communitycheck.returns.cells.persons import are_persons, count_persons
from communitycheck.returns.cells.standing.words import NOT_YET
from communitycheck.returns.cells.ticks import ticked
from communitycheck.returns.cells.words import MARK, UNSURE_WORDS, nothing, tidy
from communitycheck.returns.cells.written_forms import match_form

YES = number(1.0)
NO = number(0.0)

# Words that answer every question.
_YES_WORDS = frozenset(
    {
        "是", "是的", "有", "√", "√√", "✓", "✔", "☑", "■", "●", "对", "1", "y", "yes", "true", "t", "v",
        "ok",
    }
)
_NO_WORDS = NONE_WORDS | frozenset(
    {
        "否", "不是", "没", "×", "✗", "✘", "╳", "x", "0", "n", "no", "false", "f", "不存在", "未有", "还没有",
        "暂时无", "尚无",
    }
)
# Words for what is done or in force; they say nothing of a burden that should not be.
_DONE = frozenset(
    {
        "已覆盖", "覆盖", "全覆盖", "已签", "已签订", "已设置", "已设", "完成", "已完成", "全部", "全年无休",
        "已有", "具备", "已配备", "配备", "已落实", "落实", "已建立", "建立", "已开展", "开展", "已制定",
        "已出台", "已成立", "可以", "已公开", "设有", "已设立", "设立", "已公示", "已实施", "已执行", "已印发",
        "已编制", "已开放", "已配置", "均有", "都有", "全部覆盖", "已全覆盖",
    }
)
_UNDONE = frozenset(
    {
        "未覆盖", "未签", "未签订", "未设置", "未设", "未完成", "不具备", "未配备", "未落实", "未建立",
        "未开展", "未制定", "未出台", "未成立", "未公开", "未设立", "尚未", "暂未", "未公示", "未实施",
        "未执行", "未印发", "未编制", "未开放", "未配置",
    }
)
# Words for what stands, or is being built.
_STANDS = frozenset(
    {
        "已建", "已建成", "建成", "建有", "投入使用", "已投入使用", "正常运行", "已建成并投入使用",
        "已建成投入使用", "已建成投用", "建成投用", "已投用", "已启用", "启用", "已接入", "接入", "已安装",
        "已开通", "已挂牌", "已挂",
    }
)
_STANDS_NOT = frozenset(
    {
        "未建", "未建成", "在建", "拟建", "正在兴建", "未启用", "无办公场所", "无场所", "暂未建", "没有建",
        "未投入使用", "未投用", "未接入", "未安装", "未开通", "未挂牌", "未挂",
    }
)
# Words of grade.
_GRADED = frozenset({"达标", "已达标", "合格", "符合"})
_GRADED_NOT = frozenset({"不达标", "未达标", "不合格", "不符合"})
# A burden: none was found, or so many cases.
_FREE = pattern(
    r"(?:未|没有|尚未|暂未|均未)(?:发现|发生|出现|收到|接到|存在|反映)|无(?:反映|反馈|投诉)|0[件起例宗次项]"
)
_CASES = pattern(r"[1-9][0-9]*[件起例宗次项]")
_NONE_OF = pattern(r"(?:无|没有|暂无|目前无|不存在|(?:未|没有)(?:发现|发生|出现)?)(?:有|过)?")
_SOME_OF = pattern(r"有|存在|建有|设有")
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
_FROM_TO = pattern(r"[0-9][^0-9]*[-—–―~～至到][^0-9]*[0-9]")
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
    cell = _answered(packed, field) or _word(packed, field.states) or _named_after(packed, field)
    if cell is not None:
        return cell
    if field.states == "burden":
        return _ticked(text, field) or _burden(packed, counted=counted)
    if forms or MARK in packed or (_BARE.fullmatch(packed) and not counted):
        return UNREADABLE
    cell = _ticked(text, field) or _counted(packed) or _explained(packed, field.states)
    return cell or _named(packed, field.person_names) or UNREADABLE


def _answered(packed: str, field: Field) -> Cell | None:
    """A word that answers this question and no other: 免费 where it is asked whether something is free."""
    found = next((answer for answer, words in field.answers.items() if packed in words), None)
    return None if found is None else YES if found == "true" else NO


def _nothing(text: str) -> Cell | None:
    return UNREADABLE if text.casefold() in UNSURE_WORDS else nothing(text)


def _word(packed: str, states: str) -> Cell | None:
    """A word of the lists: every question takes the plain ones, the others only those that they can answer."""
    folded = packed.casefold()
    if folded in _YES_WORDS:
        return YES
    if folded in _NO_WORDS:
        return NO
    if states == "burden":
        return None
    if folded in _DONE or (states == "thing" and folded in _STANDS) or (states == "grade" and folded in _GRADED):
        return YES
    if states == "thing" and (folded in _NOT_YET_WORDS or folded in _STANDS_NOT):
        return NO.noted("not-yet") if folded in _NOT_YET_WORDS or NOT_YET.search(packed) else NO
    return NO if folded in _UNDONE or (states == "grade" and folded in _GRADED_NOT) else None


def _named_after(packed: str, field: Field) -> Cell | None:
    """无转嫁, 没有儿童之家: the words of the question itself, with a no or a yes before them."""
    names = [re.sub(r"^是否", "", name) for name in (field.label.zh, *field.aliases)]
    for words, answer in ((_NONE_OF, NO), (_SOME_OF, YES)):
        found = words.match(packed)
        rest = packed[found.end() :] if found else ""
        if len(rest) > 1 and (rest in names or (field.states == "burden" and any(n.startswith(rest) for n in names))):
            return answer
    return None


def _burden(packed: str, *, counted: bool) -> Cell:
    if _FREE.fullmatch(packed):
        return NO
    if _CASES.fullmatch(packed) or (counted and _BARE.fullmatch(packed)):
        return YES
    if found := re.fullmatch(r"([^(),;:。]+)(?:\(([^()]+)\)|[,;:。]([^()]+))", packed):
        takes_back = _TAKES_BACK.search(found[2] or found[3])
        return NO.noted("truth-explained") if found[1] in _NO_WORDS and not takes_back else UNREADABLE
    return UNREADABLE


def _ticked(text: str, field: Field | None = None) -> Cell | None:
    """☑是□否, 有（ ）无（√）: the ticked choice; several or none ticked is UNREADABLE."""
    own = tuple(word for words in field.answers.values() for word in words) if field is not None else ()
    choice = ticked(text, own)
    if choice is None:
        return None
    if not choice:
        return UNREADABLE
    answer = _answered(choice, field) if field is not None else None
    return answer or _word(choice, field.states if field is not None else "thing") or nothing(choice) or UNREADABLE


def _counted(text: str) -> Cell | None:
    """3, 2个, 300㎡: more than none is yes."""
    for dimension in ("items", "area"):
        cell = read_tidied(text, Measure(dimension))
        if cell.known and cell.lo >= 0:
            sure = (cell.lo > 0 or cell.hi == 0) and not _FROM_TO.search(text)  # 3-5 may be a day
            return (YES if cell.lo > 0 else NO) if sure else UNREADABLE
        if cell.known:
            return Cell(state=State.IMPOSSIBLE, note="impossible-value")
    return None


def _explained(text: str, states: str = "thing") -> Cell | None:
    """有(租用), 是,面积300㎡, 无(已申请), 计划2024年建成; None where the explanation may change what is said."""
    if states == "thing" and _PLANNED.fullmatch(text):
        return NO.noted("not-yet")
    head, behind = _split(text)
    if not behind:
        return None
    word = _word(head, states)
    if word is not None and word.lo == 0:
        return None if _TAKES_BACK.search(behind) else NO.noted("truth-explained")
    if word is not None and word.lo == 1 and all(_is_harmless(part) for part in re.split(r"[,;、]", behind)):
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
    cell = _word(packed, "thing") or (YES if names and packed in _ENGAGED else None)
    if cell is None:
        inside = re.fullmatch(r"(?:是|有|√|已配备|配备|已有)[(,:]?(.*?)\)?", packed)
        stated = read_tidied(inside[1], measure) if inside and inside[1] else UNREADABLE
        if stated.known:
            return stated
        cell = (count_persons(packed) if names else None) or _ticked(text) or _explained(packed) or UNREADABLE
    if not cell.known:
        return cell
    return cell if cell.note or cell.lo != 1.0 else YES.noted("yes-means-one")
