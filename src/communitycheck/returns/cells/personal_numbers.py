"""Telephone, identity and bank card numbers, however they are spelled: 138.1234.5678, （024）8612 3456转801, 一三八….

Digits of any width, Chinese ones too, that stand together or are parted by a few signs make a run of groups. A number
of a person is a row of whole groups whose digits are such a number and whose parting is one that people use: a list of
three figures, a date and a figure with thousands marks are parted otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from communitycheck.model.places.code_formats import credit_code
from communitycheck.patterns import pattern

_CHINESE = "零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_VALUES = dict(zip(_CHINESE, "0001234567891123456789", strict=True))
_PARTING = (
    " \t\r\n\u00a0\u3000\u2002-\u200f\u202a-\u202f\u2060\ufeff\u00ad"
    r"\-‐‑‒–—―－−_＿.．。·•・‧/／\\,，、:：;；()（）\[\]【】~～*＊'’|+＋#=＝&＆…^＾<>＜＞{}｛｝《》「」\"“”"
)
# Of other scripts, in circles, raised and lowered: whatever Unicode says is a single digit.
_OTHERS = "\u0660-\u0669\u06f0-\u06f9\u0966-\u096f⓪①-⑨⑴-⑼❶-❾➀-➈➊-➒⁰¹²³⁴-⁹₀-₉\U0001d7ce-\U0001d7ff"
DIGIT = f"[0-9０-９{_CHINESE}{_OTHERS}]"
GAP = f"(?:[{_PARTING}]{{0,3}}|[xX×])"  # 138x1234x5678
# For whole columns at once: a text that does not fit holds no such number. RE2 and Python both read it.
SEVEN_DIGITS = f"(?:{DIGIT}{GAP}){{7}}"

_RUN = pattern(f"{DIGIT}(?:{GAP}{DIGIT}){{6,}}")
_GROUP = pattern(rf"[0-9０-９]+|[{_CHINESE}]+|[{_OTHERS}]+")
_CHECK_LETTER = "XxＸｘ"
_SHORTEST, _LONGEST = 10, 20  # digits of a number; the longest of one that is parted

_SHORTEST_IDENTITY = 15
_CALL_BEGINS = pattern(r"0|1[3-9]|[48]00|86")  # asked first: most rows of digits are no number of any kind
# 1.3812345678E10: a mobile that a spreadsheet took for a number.
_AS_A_SIZE = pattern(r"1[.．][3-9]\d{9}[Ee]\+?10(?!\d)")
_MOBILE = pattern(r"1[3-9]\d{9}")
_MOBILE_GROUPS = {(3, 4, 4), (3, 8), (7, 4), (6, 5), (3, 3, 5), (3, 5, 3), (3, 4, 2, 2), (3, 2, 2, 4), (3, 2, 2, 2, 2)}
_LANDLINE = pattern(r"(010|02\d|0[3-9]\d\d)\d{7,8}")
_ABROAD = pattern(r"0?(?:10|2\d|[3-9]\d\d)\d{7,8}")  # as it follows +86
_HOTLINE = pattern(r"[48]00\d{7}")
_HOTLINE_GROUPS = {(3, 3, 4), (3, 4, 3), (3, 7)}
_BORN = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = pattern(rf"[1-9]\d{{5}}(?:18|19|20)\d\d{_BORN}\d{{3}}[\dX]")
_OLD_IDENTITY = pattern(rf"[1-9]\d{{5}}\d\d{_BORN}\d{{3}}")
_WHOLE_PART = pattern(r"([0-9０-９]+)[.．]$")
_CARD = pattern(r"62\d+|9558\d+")
_EXTENSION = pattern(
    rf"[ \-－—–,，]{{0,2}}(?:转|分机|内线|ext(?:ension|n)?\.?|x|#)[ .:：\-]{{0,2}}(?:分机)?号?{DIGIT}{{1,6}}",
    re.IGNORECASE,
)
_SHORT_EXTENSION = pattern(rf" ?[\-－—–] ?{DIGIT}{{1,6}}(?!{DIGIT})")
_OPEN = "(（[【"
_LEAD, _CLOSED = pattern(r"[+＋]?[(（\[【]?[+＋]?$"), pattern(r"[)）\]】]")
_TOKEN = pattern(r"[0-9A-Za-z]+")

# ``bare`` is a landline or a hotline that nothing parts: it may be a code as well.
Kind = Literal["mobile", "landline", "bare", "identity", "card"]
Behind = Literal["no", "fraction", "perhaps a list"]


class PersonalNumber(Struct, frozen=True):
    start: int
    end: int
    kind: Kind


class _Group(Struct, frozen=True):
    start: int
    end: int
    digits: str


def personal_numbers(text: str) -> Iterator[PersonalNumber]:
    """The numbers of persons in a text, from left to right, with their country code and extension."""
    for run in _RUN.finditer(text):
        if (mobile := _AS_A_SIZE.match(text, run.start())) is not None:
            yield PersonalNumber(mobile.start(), mobile.end(), "mobile")
            continue
        groups = [_Group(g.start(), g.end(), _plain(g[0])) for g in _GROUP.finditer(text, run.start(), run.end())]
        at = 0
        while at < len(groups):
            count, kind = _longest(text, groups, at)
            if kind is None:
                at += 1
                continue
            yield PersonalNumber(*_around(text, groups[at].start, groups[at + count - 1].end, kind), kind)
            at += count


def _plain(text: str) -> str:
    return "".join(_VALUES.get(c) or str(unicodedata.digit(c)) for c in text)


def _longest(text: str, groups: list[_Group], at: int) -> tuple[int, Kind | None]:
    """How many groups from ``at`` on make a number, and of which kind."""
    some: list[_Group] = []
    digits = 0
    found: tuple[int, Kind | None] = (1, None)
    behind = _behind_a_point(text, groups[at].start)
    if behind == "fraction":
        return found
    for group in groups[at : at + _LONGEST]:  # each has a digit at least
        digits += len(group.digits)
        if some and digits > _LONGEST:
            break
        some.append(group)
        kind = _kind(text, some, behind) if digits >= _SHORTEST else None
        if kind is not None:
            found = (len(some), kind)
    return found


def _kind(text: str, groups: list[_Group], behind: Behind) -> Kind | None:
    digits = "".join(g.digits for g in groups)
    if behind == "perhaps a list" and not _MOBILE.fullmatch(digits):
        return None
    if len(digits) < _SHORTEST_IDENTITY and not _CALL_BEGINS.match(digits):
        return None
    lengths = tuple(len(g.digits) for g in groups)
    if set(lengths) == {1}:  # each digit apart
        lengths = (len(digits),)
    written = _written_together(groups)
    called = _called(digits, written) or _called_from_abroad(text, groups[0].start, digits, written)
    return called or _identity_or_card(text, groups, digits, lengths)


def _written_together(groups: list[_Group]) -> tuple[int, ...]:
    """How many digits stand without a gap, in whatever script each is: 1３8一2345678."""
    lengths: list[int] = []
    for before, group in zip([None, *groups], groups, strict=False):
        if before is not None and before.end == group.start:
            lengths[-1] += len(group.digits)
        else:
            lengths.append(len(group.digits))
    return (sum(lengths),) if set(lengths) == {1} else tuple(lengths)


def _behind_a_point(text: str, start: int) -> Behind:
    """What digits are that stand behind a decimal point: a fraction, but that of ``1.13812345678`` is taken for the
    first in a list of mobile numbers."""
    if text[start - 1 : start] not in (".", "．"):
        return "no"
    before = _WHOLE_PART.search(text, max(0, start - 20), start)
    if before is None:
        return "no"
    return "perhaps a list" if len(before[1]) <= 2 and _plain(before[1]).strip("0") != "" else "fraction"


def _called(digits: str, lengths: tuple[int, ...]) -> Kind | None:
    if _MOBILE.fullmatch(digits) and (len(lengths) == 1 or lengths in _MOBILE_GROUPS or _in_pairs(lengths)):
        return "mobile"
    landline = _LANDLINE.fullmatch(digits)
    if landline and (len(lengths) == 1 or lengths[0] == len(landline[1])):
        return "bare" if len(lengths) == 1 else "landline"
    if _HOTLINE.fullmatch(digits):
        if len(lengths) == 1:
            return None if digits.endswith("0000") else "bare"
        return "landline" if lengths in _HOTLINE_GROUPS and not _are_round(digits, lengths) else None
    return None


def _called_from_abroad(text: str, start: int, digits: str, lengths: tuple[int, ...]) -> Kind | None:
    """With the code of the country: 86 before a mobile number, +86 or 0086 before any."""
    code = next((code for code in ("0086", "86") if digits.startswith(code)), "")
    if not code or lengths[0] < len(code):
        return None
    rest = (lengths[0] - len(code), *lengths[1:]) if lengths[0] > len(code) else lengths[1:]
    kind = _called(digits.removeprefix(code), rest) if rest else None
    if kind == "mobile":
        return kind
    marked = code == "0086" or text[start - 1 : start] in ("+", "＋")
    return "landline" if marked and _ABROAD.fullmatch(digits.removeprefix(code)) else None


def _identity_or_card(text: str, groups: list[_Group], digits: str, lengths: tuple[int, ...]) -> Kind | None:
    if len(digits) == 17 and text[groups[-1].end : groups[-1].end + 1] in tuple(_CHECK_LETTER):
        digits += "X"
    if len(lengths) == 1 and len(digits) >= 15 and len(groups) == 1:
        return None if _is_credit_code(text, groups[0], digits) else "identity"
    if _IDENTITY.fullmatch(digits):
        return "identity"
    parted = len(lengths) > 1
    if len(groups) == 2 and text[groups[0].end : groups[1].start] in (".", "．"):
        return None  # a figure with its decimals
    if _OLD_IDENTITY.fullmatch(digits) and (not parted or lengths[0] == 6 or lengths[:-1] in ((4, 4, 4), (3,) * 4)):
        return "identity"
    if not 16 <= len(digits) <= 19 or digits.endswith("X"):
        return None
    in_fours = parted and set(lengths[:-1]) == {4} and lengths[-1] <= 4
    is_card = _CARD.fullmatch(digits) or _luhn(digits)
    return "card" if not parted or ((in_fours or lengths[0] == 6) and is_card) else None


def _is_credit_code(text: str, group: _Group, digits: str) -> bool:
    """A code of an organisation, of 18 letters and digits, which may happen to have no letter."""
    start = group.start
    while start and text[start - 1].isascii() and text[start - 1].isalnum():
        start -= 1
    token = _TOKEN.match(text, start)
    code = token[0].upper() if token else ""
    if len(code) != 18 or code[0] not in "123456789ANY" or _IDENTITY.fullmatch(code):
        return False
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if not code[:17].isdigit() or code[17] not in "0123456789X":
        return all(sign in signs for sign in code)
    return code[0] in "159" and credit_code(code)


def _around(text: str, start: int, end: int, kind: Kind) -> tuple[int, int]:
    """The number with what belongs to it: the sign of a country code, a bracket, a check letter, an extension."""
    before = _LEAD.search(text, max(0, start - 3), start)
    lead = before[0] if before else ""
    if not _CLOSED.search(text, start, end):
        lead = lead.lstrip(_OPEN + "+＋") if lead[-1:] in tuple(_OPEN) else lead.lstrip(_OPEN)
    if kind == "identity" and text[end : end + 1] in tuple(_CHECK_LETTER):
        end += 1
    extension = None
    if kind != "identity":
        extension = _EXTENSION.match(text, end) or (_SHORT_EXTENSION.match(text, end) if kind == "landline" else None)
    return start - len(lead), extension.end() if extension else end


def _in_pairs(lengths: tuple[int, ...]) -> bool:
    return len(lengths) == 6 and set(lengths[1:-1]) == {2}


def _are_round(digits: str, lengths: tuple[int, ...]) -> bool:
    """Figures in a row: 400 500 6000."""
    ends = [sum(lengths[: k + 1]) for k in range(len(lengths))]
    return all(digits[end - 1] == "0" for end in ends)


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (1 + k % 2) for k, d in enumerate(reversed(digits)))
    return sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


__all__ = ["DIGIT", "GAP", "SEVEN_DIGITS", "Kind", "PersonalNumber", "personal_numbers"]
