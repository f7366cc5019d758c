"""Cells that hold words: names, codes, lists, categories."""

from __future__ import annotations

import re

from communitycheck.messages.cell_words import EXEMPT_WORDS, NONE_WORDS
from communitycheck.model.dictionary import Field
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cell import BLANK, UNREADABLE, Cell, unreadable, word
from communitycheck.returns.cells.privacy import is_personal_number, masked
from communitycheck.returns.cells.standing.words import NOT_YET
from communitycheck.returns.cells.words import BLANK_WORDS, UNSURE_WORDS, nothing, plain, tidy
from communitycheck.returns.cells.written_forms import UNCLEAR, match_form

_SPREAD = pattern(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_DIGITS = pattern(r"[0-9]+")
_FLOAT = pattern(r"([0-9]+)\.0+")
_SCIENTIFIC = pattern(r"([0-9])(?:\.([0-9]+))?[eE]\+?([0-9]{1,2})")
_OTHER_CODE = pattern(r"[0-9A-Za-z][0-9A-Za-z_./-]*")
_ITEM = pattern(r"[、,;/|。]+")
# What stands for 等 at the end of a list.
MORE = "等"
_OPEN_END = pattern(r"(.+?)等?等(?:[0-9一二三四五六七八九十]+[项个类种])?(?:内容|场景|课程|应用)?[。.]?")
_CIRCLED = pattern("[\u2460-\u249b\u24ea-\u24f4\u24f5-\u24fe\u2776-\u2793]")
_NUMBERING = pattern(
    r"\((?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})\)|(?<![0-9A-Za-z.])[0-9]{1,2}(?:[.、)]|\s*[.、)])(?![0-9])|"
    r"(?:(?<=[\s、,;。])|^)(?:[一二三四五六七八九十]{1,2}(?:[、.)]|是)|[A-Za-z][.、)]|[0-9]{1,2}\s+(?=[\u4e00-\u9fff]))"
)
_BRACKET = pattern(r"([^()]+)\(([^()]*)\)")
_THERE = pattern(
    r"有|是|√|✓|✔|☑|已(?:建|建成|完成|有|上线|启用|投用|投入使用|开设|开展|落实|安装|开通)|建成|完成|投入使用|"
    r"[1-9][0-9]*[个套处台路部]"
)
# A bracket about all the items before it.
_OF_ALL = pattern(r"[均都]|全部|以上|上述|等")
# Words that make a list a statement: what is lacking, what is meant by all, where to look.
_NO_ITEM = pattern(
    r"^除|除.+外|^(?:未(?!成年|来)|没|尚|暂|拟|计划|正在|在建|待|缺|只|仅|有|不)|^无(?!障|人|线|感|忧|纸|现|缝|废)|"
    r"(?:未|没有|不|待|拟|正在|尚)(?:建|装|完|开|设|用|通|实|含|具)|均|全部|^所有|^其余|同上|附件|详见|如上|^见|部分|"
    r"[:√✓✔☑☒□☐■●○×✗✘]|等$|除外|(?:\s|^)[有无是否](?:\s|$)|[设进工备]中|"
    r"已?建成|已[建完装开]|停用|拆除|撤销|取消|^[共全]?[0-9一二两三四五六七八九十]+[项个类种门]"
)


def read_text(text: str) -> Cell:
    """A name or remark, as written but for stray spaces, control marks and what identifies a person; words for nothing
    are BLANK."""
    text = _SPREAD.sub("", masked(plain(text)))  # a number is known by its spaces, a name without them
    tidied = tidy(text)
    if tidied.casefold() in BLANK_WORDS or tidied in NONE_WORDS or tidied in EXEMPT_WORDS:
        return BLANK
    cell = nothing(tidied)
    return cell if cell is not None else word(masked(text))


def read_code(text: str) -> Cell:
    """Digits kept as text. A code that a spreadsheet turned into 2.10102E+11 has lost digits and is UNREADABLE, and
    so is the telephone or identity number of a person."""
    tidied = tidy(text)
    cell = nothing(tidied)
    if cell is not None:
        return cell
    if tidied in NONE_WORDS:
        return BLANK
    packed = re.sub(r"(?<=[0-9])[ -](?=[0-9])", "", tidied)
    if is_personal_number(tidied) or is_personal_number(packed) or is_personal_number(packed.removesuffix(".0")):
        return UNREADABLE
    if _DIGITS.fullmatch(packed):
        return word(packed)
    whole = _FLOAT.fullmatch(packed)
    if whole:
        return word(whole[1])
    lost = _SCIENTIFIC.fullmatch(packed)
    if lost:
        digits, zeros = lost[1] + (lost[2] or ""), int(lost[3]) - len(lost[2] or "")
        return word(digits) if zeros == 0 else unreadable("code-lost-digits")
    return word(packed) if _OTHER_CODE.fullmatch(packed) else UNREADABLE


# A province, a city, a county, a street, a community; what is longer is a code of another kind that begins with one.
CODE_LENGTHS = (2, 4, 6, 9, 12)


def read_region_code(text: str) -> Cell:
    """A code of a region; one that has lost a digit or has one too many may be that of any other region."""
    cell = read_code(text)
    digits = cell.text or ""
    if digits.isdecimal() and len(digits) not in CODE_LENGTHS and len(digits) <= CODE_LENGTHS[-1] + 1:
        return unreadable("code-length", digits=len(digits))
    return cell


def read_items(text: str) -> Cell:
    """A list in one cell, its items joined by 、; 无 is an empty list.

    Numbering goes, and brackets that say an item is there; one that is not there yet keeps its bracket, so that it is
    no item by that name. 等 at the end stays as ``MORE``. A list that says what is lacking, or how many there are
    without naming them, is UNREADABLE.
    """
    tidied = tidy(_CIRCLED.sub("、", "、".join(text.replace("_x000D_", "").split("\n"))))
    cell = nothing(tidied)
    if cell is not None:
        return cell
    if tidied in NONE_WORDS:
        return word("")
    ended = _OPEN_END.fullmatch(tidied)
    items = [item.strip() for item in _ITEM.split(_NUMBERING.sub("、", ended[1] if ended else tidied))]
    read = [_item(item.rstrip("。")) for item in items if item.rstrip("。")]
    named = [item for item in read if item is not None]
    if len(named) < len(read):
        return UNREADABLE
    listed = word(masked("、".join([*named, MORE] if ended else named)))
    return listed.noted("open-list") if ended else listed


def _item(item: str) -> str | None:
    """One item without its bracket; None where the words are no plain name of a thing that is there."""
    if _NO_ITEM.search(item.partition("(")[0]) or _OF_ALL.search(item.partition("(")[2]):
        return None
    found = _BRACKET.fullmatch(item)
    if found is None:
        return None if "(" in item or ")" in item else item
    if _THERE.fullmatch(found[2]):
        return found[1]
    return item if NOT_YET.search(found[2]) else None


def read_category(text: str, field: Field) -> Cell:
    """The canonical value whose written form the cell has, or ends with; refused forms are UNREADABLE."""
    tidied = tidy(text)
    forms = {value: (*written, value) for value, written in field.values.items()}
    value, ending = match_form(tidied.rstrip("。"), forms, field.unclear)
    if value is None or (value == UNCLEAR and not ending):
        # 待定: nothing is known, but something is said.
        cell = UNREADABLE if tidied.casefold() in UNSURE_WORDS else nothing(tidied)
        if cell is not None or tidied in NONE_WORDS:
            return cell or BLANK
    if value is None:
        return unreadable("unknown-category")
    if value == UNCLEAR:
        return unreadable("unclear-category")
    return word(value).noted("category-by-ending", form=ending) if ending else word(value)
