"""Yes or no, as people tick, write and explain it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from communitycheck.model.table import State
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cell import UNREADABLE, Cell, number
from communitycheck.returns.cells.forms import match_form
from communitycheck.returns.cells.numbers import Measure, read_tidied
from communitycheck.returns.cells.words import MARK, NONE_WORDS, NOT_YET, nothing, tidy

YES = number(1.0)
NO = number(0.0)

_YES_WORDS = frozenset(
    {
        "是", "有", "√", "✓", "✔", "☑", "■", "●", "对", "1", "y", "yes", "true", "t", "已建", "已建成", "建成",
        "已覆盖", "覆盖",
        "全覆盖", "达标", "已达标", "合格", "符合", "已签", "已签订", "已设置", "已设", "完成", "已完成", "全部",
        "全年无休", "已有",
        "具备", "已配备", "配备", "已落实", "落实", "已建立", "建立", "已开展", "开展", "已制定", "已出台", "已接入",
        "接入", "已纳入",
        "纳入", "已成立", "免费", "正常", "已启用", "启用", "投入使用", "已投入使用", "正常运行", "v", "ok", "可以",
        "统一", "已统一",
        "已明确", "明确", "同步", "已同步", "已挂牌", "已公开", "建有", "设有", "√√", "已设立", "设立",
    }
)
_NO_WORDS = NONE_WORDS | frozenset(
    {
        "否", "×", "✗", "✘", "╳", "x", "☐", "□", "0", "n", "no", "false", "f", "未建", "未建成", "在建", "拟建",
        "正在兴建", "未覆盖",
        "不达标", "未达标", "不合格", "不符合", "未签", "未签订", "未设置", "未设", "未完成", "不具备", "未配备",
        "未落实", "未建立",
        "未开展", "未制定", "未出台", "未接入", "未纳入", "未成立", "不免费", "收费", "未启用", "无办公场所",
        "无场所", "不是", "没",
        "未统一", "不统一", "未明确", "不明确", "不同步", "未同步", "未挂牌", "未公开", "未设立", "尚未", "暂未",
        "暂未建", "还没有",
        "没有建", "未有", "暂时无", "尚无",
    }
)
# Half a yes, a pointer elsewhere, or the choices of an unfilled form.
_VAGUE = pattern(
    r"部分|个别|少数|多数|大部|基本|一般|尚可|较好|较差|良好|其[他它]|同上|附件|详见|另附|如上|见上|见表|不清|不明|"
    r"不详|是否|有无|"
    r"是[/、或]否|有[/、或]无|[?]|待|或者|可能|也许|不定|○|△|◯|〇|▲|☆|★"
)
_NO_START = pattern(
    r"(?:否|没有|尚未|暂未|暂无|未(?!来|央|名)|不(?:达标|合格|符合|具备|是|同意|开放|统一|明确)|×|✗|✘|"
    r"无(?=[,、。;:(（]|$))"
)
_YES_START = pattern(
    r"(?:是|有|√|✓|✔|☑|已(?:建(?!设中)|有|设|签|配|覆盖|达标|成立|制定|出台|接入|纳入|落实|开展|完成|挂牌|投入)|达标|"
    r"配备|建有|设有|具备|全覆盖|覆盖)"
)
_EMPTY_BOX, _TICKED_BOX = "□☐口", "☑√✓✔■R"


def read_truth(text: str, forms: Mapping[str, tuple[str, ...]] | None = None) -> Cell:
    """Yes (1.0) or no (0.0).

    A count is yes above 0; a name or an address is yes, with a note; what is still being built is no, with a note.
    ``forms`` are the field's own words under ``true`` and ``false``: where it has any, no other word is guessed at.
    """
    text = tidy(text)
    cell = nothing(text)
    if cell is not None:
        return cell
    packed = text.replace(" ", "").rstrip("。,;!")
    if forms:
        own, _ = match_form(packed, forms)
        if own in ("true", "false"):
            return YES if own == "true" else NO
    folded = packed.casefold()
    if folded in _YES_WORDS:
        return YES
    if folded in _NO_WORDS:
        return NO.noted("not-yet") if NOT_YET.search(packed) else NO
    if forms or MARK in packed:
        return UNREADABLE
    return _ticked(packed) or _counted(packed) or _explained(packed)


def _ticked(text: str) -> Cell | None:
    """☑是□否, 有√无□: the ticked choice."""
    choice = re.fullmatch(
        rf"([{_EMPTY_BOX}{_TICKED_BOX}]?)(是|有)([{_EMPTY_BOX}{_TICKED_BOX}]?)[/、,]?"
        rf"([{_EMPTY_BOX}{_TICKED_BOX}]?)(否|无|没有)([{_EMPTY_BOX}{_TICKED_BOX}]?)",
        text,
    )
    if choice is None:
        return None
    before = bool(choice[1])
    yes, no = (choice[1], choice[4] or choice[3]) if before else (choice[3], choice[6] or choice[4])
    if not before and choice[4] and not choice[6]:
        yes, no = choice[3], choice[4]
    ticked = [mark != "" and mark in _TICKED_BOX for mark in (yes, no)]
    if ticked == [True, False]:
        return YES
    if ticked == [False, True]:
        return NO
    return UNREADABLE


def _counted(text: str) -> Cell | None:
    """3, 2个, 300㎡: more than none is yes."""
    for dimension in ("items", "area", "persons", "households", "money", "times_per_year"):
        cell = read_tidied(text, Measure(dimension, counts=True))
        if cell.known and cell.lo >= 0:
            sure = cell.lo > 0 or cell.hi == 0
            return (YES if cell.lo > 0 else NO) if sure else UNREADABLE
        if cell.known:
            return Cell(state=State.IMPOSSIBLE, note="impossible-value")
    return None


def _explained(text: str) -> Cell:
    """有(与邻社区共用), 无(已申请), 在建, or a name."""
    head = re.split(r"[(,;。:]", text, maxsplit=1)[0]
    if head in _NO_WORDS or _NO_START.match(text):
        return NO.noted("truth-explained")
    if NOT_YET.search(text):
        return UNREADABLE if _YES_START.match(text) else NO.noted("not-yet")
    if head in _YES_WORDS or _YES_START.match(text):
        return UNREADABLE if _VAGUE.search(text) else YES.noted("truth-explained")
    if _VAGUE.search(text) or text[:1] in "无不没未非" or len(text) < 2 or len(text) > 40:
        return UNREADABLE
    if re.search(r"[\u4e00-\u9fff]{2}|[A-Za-z]{3}", text) and not re.search(r"[/=<>~]", text):
        return YES.noted("name-means-yes")
    return UNREADABLE


def read_count(text: str, measure: Measure) -> Cell:
    """A number of things; a bare yes is 1, a no is 0, names are counted."""
    text = tidy(text)
    cell = nothing(text)
    if cell is not None:
        return cell
    packed = text.replace(" ", "").rstrip("。,;!")
    folded = packed.casefold()
    if folded in _NO_WORDS:
        return NO.noted("not-yet") if NOT_YET.search(packed) else NO
    cell = read_tidied(text, measure)
    if cell.known or cell.note != "unreadable-value":
        return cell
    if folded in _YES_WORDS:
        return YES.noted("yes-means-one")
    inside = re.fullmatch(r"(?:是|有|√|已配备|配备|已有)[(,:]?(.*?)\)?", packed)
    if inside and inside[1]:
        cell = read_tidied(inside[1], measure)
        if cell.known:
            return cell
    return _names(packed) or _explained_count(packed)


def _names(text: str) -> Cell | None:
    names = re.split(r"[、,;/]", text)
    if len(names) < 2 or not all(re.fullmatch(r"[\u4e00-\u9fff·]{2,4}", name) for name in names):
        return None
    if any(_VAGUE.search(name) or name in _YES_WORDS | _NO_WORDS for name in names):
        return None
    return number(float(len(names))).noted("names-counted", count=len(names))


def _explained_count(text: str) -> Cell:
    cell = _ticked(text) or _explained(text)
    if not cell.known:
        return cell
    if cell.lo == 1.0:
        return YES.noted("yes-means-one")
    return cell
