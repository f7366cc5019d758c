"""Words that stand for nothing, for no, or for "does not apply"; and how a cell is tidied before it is read."""

from __future__ import annotations

import re
import unicodedata

from communitycheck.messages.cell_words import EXEMPT_WORDS
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cell import BLANK, ERROR_CELL, EXEMPT, Cell

# Signs and words for "nothing stated". Compared after ``tidy`` and case folding.
BLANK_WORDS = frozenset(
    {
        "", "—", "——", "———", "-", "--", "---", "–", "――", "―", "─", "──", "一一", "/", "//", "\\", "...", "......",
        "..",
        "…", "……", "空", "空白", "空缺", "未填", "未填写", "未填报", "未上报", "未报", "缺", "缺失", "缺项", "不详",
        "未知",
        "待定", "待核实", "待核", "待统计", "待补", "待补充", "待填", "待报", "未统计", "未掌握", "暂缺", "暂无数据",
        "无数据",
        "无统计", "没有数据", "数据缺失", "n/a", "na", "n.a.", "null", "none", "nan", "nil", "?", "??", "???",
        "无法统计",
        "不清楚", "不明", "_", "__", "*", "**", ".", "#", "(空)", "(空白)", "<空>", "(null)", "<na>", "<null>",
        "unknown",
        "tbd", "missing", "blank",
    }
)
# Among them those by which somebody says that it is not known: no answer to a question of yes or no, yet no blank.
UNSURE_WORDS = frozenset({"不详", "待定", "未知", "待核实", "待核", "不清楚", "不明", "unknown", "tbd"})

# What spreadsheets show where a formula failed: #DIV/0!, #N/A, ##### for a column too narrow; Err:502 in LibreOffice.
_ERROR = pattern(r"#[A-Z][A-Z0-9_/]*[!?]|#(?:N/A|GETTING_DATA|#+)|Err:[0-9]{3}", re.I)
_ESCAPED = pattern(r"_x([0-9A-Fa-f]{4})_")
_INVISIBLE = pattern("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_SPACE = pattern(r"\s+")
# Stands where a footnote mark or a raised digit stood, so that 400① is not read as 4001.
MARK = "\u00a4"


def plain(text: str) -> str:
    """Text without control marks (``_x000D_``), invisible characters and runs of white space; otherwise as written."""
    if "_x" in text:
        text = _ESCAPED.sub(_unescaped, text)
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return " " if code < 32 else found[0]


def tidy(text: str) -> str:
    """Text as cells are read: plain, half-width, with footnote marks and raised digits made visible."""
    text = plain(text)
    if text.isascii():
        return text.strip("'\"` ")
    text = text.replace("m²", "m2").replace("M²", "m2").replace("m³", "m3")
    text = "".join(MARK if unicodedata.category(c) == "No" else c for c in text)
    text = unicodedata.normalize("NFKC", text).replace("−", "-").replace("﹣", "-")
    return _SPACE.sub(" ", text).strip("'\"`‘’“” ")


def nothing(tidied: str) -> Cell | None:
    """BLANK, EXEMPT or an error cell where the text says no value at all; None where it has to be read on."""
    folded = tidied.casefold()
    if folded in BLANK_WORDS:
        return BLANK
    if folded in EXEMPT_WORDS:
        return EXEMPT
    if tidied[:1] in "#E" and _ERROR.fullmatch(tidied):
        return ERROR_CELL
    return None
