"""Words around a number that make it the end or the middle of a range: 不少于400, 近400, 约400, 400左右, about 400.

约 leaves a tenth of the number open on either side: 约425 may be 400, and 约450 is more. 近 leaves a unit of the last
digit that is no zero open, downwards alone. A limit within the range cannot be judged by the number, one outside it
can.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from msgspec.structs import replace

from communitycheck.patterns import pattern
from communitycheck.returns.cells.cell import UNREADABLE, Cell, at_least, bound

_TENTH = 0.1
_ABOUT_WORDS = (
    r"大约摸?|约[莫计略]?|大概|大[致体]|差不多|近似|粗估|[估概]算|[估预]计|概数|≈|≒|≅|≃|~|∼|±|"
    r"about|approx(?:imate(?:ly)?|\.)?|around|roughly|circa|ca\.?|c\.|estimated|est\."
)
_ABOUT = pattern(
    rf"^(?:{_ABOUT_WORDS}|some)(?:[为是有:]\s*|\s*(?![a-z]))|\s*(?:左右|上下|前后|or so|{_ABOUT_WORDS})$", re.I
)
_ONLY_ABOUT = pattern(rf"(?:{_ABOUT_WORDS})[数值]?", re.I)


def approximate(text: str) -> tuple[bool, str]:
    """Whether the text calls its number an approximation, and the text without the words that do."""
    return _strip(_ABOUT, text)


def says_about(words: str) -> bool:
    """The words say nothing but that a number is approximate: 约, 估算."""
    return _ONLY_ABOUT.fullmatch(words) is not None


def bounding(text: str) -> tuple[Reading | None, str]:
    """How the words around a number bound it, and the text without them; None where they do not."""
    for words, reading in _WORDS:
        found, rest = _strip(words, text)
        if found:
            return reading, rest
    return None, text


def about(cell: Cell) -> Cell:
    """An approximation: each end of the reading moved outwards by what 约 leaves open."""
    if not cell.known or cell.lo == cell.hi == 0:
        return cell
    low, high = cell.lo - abs(cell.lo) * _TENTH, cell.hi + abs(cell.hi) * _TENTH
    return replace(bound(low, high), note="about-value") if math.isfinite(high) else at_least(low)


def odd(cell: Cell, written: float) -> Cell:
    """300余, 五千多: the number or more, less than its next round one; ``written`` is the number in the cell's unit."""
    return bound(cell.lo, short_of(cell.lo + step(written) * (cell.lo / written)))


def short_of(end: float) -> float:
    """An end that is not reached: by more than the tolerance of a comparison, by less than anybody writes."""
    return end * (1 - 4e-9)


def step(value: float) -> float:
    """Size of the last digit that is not zero: 300 -> 100, 1250 -> 10, 12.5 -> 0.1."""
    digits = f"{value:.10g}"
    if "e" in digits:
        return 10.0 ** (len(f"{value:.0f}") - len(f"{value:.0f}".rstrip("0")))
    if "." in digits:
        return float(10.0 ** -len(digits.partition(".")[2]))
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def _last_digit(value: float) -> float:
    """``step``, and a tenth of it where the number is that step alone: 近1000 is over 900, as 近400 is over 300."""
    size = step(value)
    return size / 10 if size >= value else size


def _from(cell: Cell) -> Cell:
    return at_least(cell.lo)


def _at_most(cell: Cell) -> Cell:
    return bound(0.0, cell.hi)


def _below(cell: Cell) -> Cell:
    return bound(0.0, short_of(cell.hi)) if cell.hi > 0 else UNREADABLE


def _nearly(cell: Cell) -> Cell:
    """近400 is over 300 and below 400; 近1000 is over 900."""
    return bound(cell.hi - _last_digit(cell.hi), short_of(cell.hi)) if cell.hi > 0 else UNREADABLE


def _strip(words: re.Pattern[str], text: str) -> tuple[bool, str]:
    rest = words.sub("", text, count=1)
    return rest != text, rest.strip()


Reading = Callable[[Cell], Cell]
_WORDS: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (
        pattern(
            r"^(?:不少于|不低于|不小于|至少|最少|多于|大于等于|大于|超过|突破|高于|超|≥|≧|>=|>|"
            r"(?:at least|no(?:t)? (?:less|fewer) than|more than|over|above)\b)\s*|\s*(?:及以上|以上|\+|or more)$",
            re.I,
        ),
        _from,
    ),
    (
        pattern(
            r"^(?:不超过|不高于|不大于|不多于|至多|最多|小于等于|≤|≦|<=|(?:at most|no(?:t)? more than|up to)\b)\s*|"
            r"\s*(?:及以下|以下|以内|之内|or (?:less|fewer))$",
            re.I,
        ),
        _at_most,
    ),
    (
        pattern(
            r"^(?:小于|少于|低于|不足|不到|不满|未满|未达|<|(?:(?:less|fewer) than|under|below)\b)\s*|"
            r"\s*(?:不到|不足|不满)$",
            re.I,
        ),
        _below,
    ),
    (pattern(r"^(?:将近|接近|近|(?:nearly|almost|close to|just under)\b)\s*", re.I), _nearly),
)
