"""What identifies a person is blotted out before it can reach a notice, a name or a report.

Columns that the dictionary marks ``personal`` are never read. This is for what stands elsewhere: a telephone number in
a column it slipped into, a name after ``填表人：`` in a title. Each character of it becomes ``*``, so that the cell is
still recognised; its address says where to look.
"""

from __future__ import annotations

import math
import re

from msgspec.structs import replace

from communitycheck.model.returns import Notice, Return
from communitycheck.model.sheet import Sheet
from communitycheck.patterns import pattern
from communitycheck.returns.cells.personal_numbers import DIGIT, GAP, SEVEN_DIGITS, personal_numbers

# For whole columns at once: a text that does not fit has nothing to hide. RE2 and Python both read it.
SUSPECT = rf"{SEVEN_DIGITS}|[:：]|姓名|电话|手机"

_LABELLED_NUMBER = pattern(
    rf"((?:电话|手机|联系方式|传真|座机|热线|身份证|证件|银行卡|卡号|账号|帐号|微信|QQ)(?!用户|户|数|量|费|率|普及)"
    rf"(?:(?!{DIGIT})[^,，;；。]){{0,8}}?[:： ]{{0,2}})([+＋(（]{{0,2}}{DIGIT}(?:{GAP}{DIGIT}){{5,}}[XxＸｘ]?)"
)
_ROLES = (
    "填表人|填报人|制表人|经办人|审核人|审批人|复核人|统计人|负责人|责任人|联系人|联络人|签名|签字|签发人|姓名|"
    "法人代表|分管领导|主管领导|书记|主任|会计|网格员|楼长"
)
_LABELLED_NAME = pattern(
    rf"((?:{_ROLES})(?:[(（][^()（）]*[)）])?[ \u3000]*[:：][ \u3000]*)([\u4e00-\u9fff·]{{2,6}})"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧阎闫齐庞樊殷施"
)
# Words that begin like a name and are none.
_WORDS = (
    "常年|万人|万元|万户|方便|文化|康复|白天|金额|高层|任何|常住|高于|于年|方米|平方|江边|田间|石材|文件|文体|高中|"
    "常规|任意|方案|文明|万余|常态|施工|方式|何时|许多|余人|余户|金属|高速|石油|马路|林业|江南|江北"
)
_PERSON = rf"(?!(?:{_WORDS}))(?:(?:欧阳|上官|司马|诸葛|司徒|东方|尉迟|皇甫)|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_PLACE = r"(?<![村居屯镇乡街道路里园坊苑区组队站所院室厅楼馆校元户人天时年月日次个处米])"
_WHOLE_NAME = pattern(rf"\s*({_PERSON}{_PLACE})(?:同志|女士|先生|书记|主任)?\s*")
_BESIDE = pattern(
    rf"(?<![\u4e00-\u9fff])({_PERSON}{_PLACE})(?=[ ,，、:：(（/]{{0,3}}\*{{7}})"
    rf"|(?<=\*{{7}})([ ,，、:：)）/]{{0,3}})({_PERSON}{_PLACE})(?![\u4e00-\u9fff])"
)


def masked(text: str) -> str:
    """The text without telephone, identity and bank card numbers, and without the names that stand beside them or
    behind a label such as ``填表人：``."""
    if not text or _MAY_HIDE.search(text) is None:
        return text
    parts, at = [], 0
    for number in personal_numbers(text):
        parts += [text[at : number.start], _stars(text[number.start : number.end])]
        at = number.end
    text = "".join([*parts, text[at:]])
    text = _LABELLED_NUMBER.sub(lambda m: m[1] + _stars(m[2]), text)
    text = _LABELLED_NAME.sub(lambda m: m[1] + _stars(m[2]), text)
    return _BESIDE.sub(lambda m: (m[2] or "") + _stars(m[1] or m[3]), text)


_MAY_HIDE = pattern(SUSPECT)


def masked_cell(text: str) -> str:
    """The same for a cell that could not be read; one that holds nothing but names of persons is masked whole."""
    text = masked(text)
    parts = re.split(r"([、,，;；/])", text)
    names = [_WHOLE_NAME.fullmatch(part) for part in parts[::2]]
    if not all(names):
        return text
    parts[::2] = [part.replace(n[1], _stars(n[1])) for part, n in zip(parts[::2], names, strict=True) if n]
    return "".join(parts)


_LONGEST_NUMBER = 150  # characters of one, with every gap and an extension


def is_personal_number(text: str) -> bool:
    """Whether the text is a telephone, identity or bank card number and nothing else; a code may begin with a zero."""
    text = text.strip()
    if len(text) > _LONGEST_NUMBER:
        return False
    found = next(personal_numbers(text), None)
    return found is not None and (found.start, found.end) == (0, len(text)) and found.kind != "bare"


def _stars(text: str) -> str:
    return re.sub(r"\S", "*", text)


def mask(found: Return) -> None:
    """Mask what the notices, titles and headers of a return say about persons. Its file's and sheets' names are
    kept: they are addresses."""
    # A note on how a number was read repeats the number; a telephone number is refused in a notice of its own.
    found.notices = [_notice(notice) for notice in found.notices if not _repeats_a_number(notice)]
    for sheet in found.sheets:
        _sheet(sheet)


def _notice(notice: Notice) -> Notice:
    text = masked_cell(notice.text)
    values = {key: _value(value) for key, value in notice.values.items()}
    return notice if text == notice.text and values == notice.values else replace(notice, text=text, values=values)


def _repeats_a_number(notice: Notice) -> bool:
    numbers = [v for v in notice.values.values() if isinstance(v, float) and v >= 1e10 and math.isfinite(v)]
    return notice.level == "info" and any(is_personal_number(f"{v:.0f}") for v in numbers)


def _value(value: object) -> object:
    return masked(value) if isinstance(value, str) else value


def _sheet(sheet: Sheet) -> None:
    sheet.titles = [masked(title) for title in sheet.titles]
    sheet.region_text = masked(sheet.region_text)
    sheet.place = masked(sheet.place)
    sheet.unit_line = masked(sheet.unit_line) if sheet.unit_line else sheet.unit_line
    sheet.remarks = [replace(one, text=masked(one.text)) for one in sheet.remarks]
    sheet.columns = [
        column if (header := masked(column.header)) == column.header else replace(column, header=header)
        for column in sheet.columns
    ]
