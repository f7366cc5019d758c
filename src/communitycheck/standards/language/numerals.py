"""Numbers in words, 五分钟, 八成 and five windows: no rule file has them, but what they mean is told."""

from __future__ import annotations

import re

from communitycheck.patterns import pattern

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_RUN = rf"[{''.join(_DIGITS)}{''.join(_SCALES)}{''.join(_LARGE)}]+"
_PARTS = pattern(rf"({_RUN})分之({_RUN})")
_TENTHS = pattern(rf"({_RUN})成({_RUN})?")
_HALF = pattern(r"^(?:半数|一半)$|(?<![\w])半(?=[^\W\d])")
# 百户 and 千人 behind a stroke or 每 are units.
_NUMBER = pattern(rf"(?:(?<![每/·\w])|(?<=[^\W\d每/·{_RUN[1:-2]}]))({_RUN})(?:点([{''.join(_DIGITS)}]+)([万亿])?)?")


_ENGLISH = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: n for n, word in enumerate(_ENGLISH)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_MULTIPLES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_ANY_WORD = rf"\b(?:{'|'.join((*_WORDS, *_MULTIPLES))})"
_IN_ENGLISH = pattern(rf"{_ANY_WORD}(?:(?:[ -]|\s+and\s+){_ANY_WORD})*\b", re.IGNORECASE)
_HALF_OF = pattern(r"(?:a |one )?half", re.IGNORECASE)
_LONGEST = 30  # what people write for a number in words


def with_figures(text: str) -> str:
    """The text with figures in place of the numbers in words; itself where there are none."""
    if len(text) > _LONGEST:
        return text
    if text.isascii():
        return "50%" if _HALF_OF.fullmatch(text.strip()) else _IN_ENGLISH.sub(_english, text)
    found = _PARTS.sub(_fraction, text.strip())
    found = _TENTHS.sub(lambda one: f"{_value(one[1]) * 10 + _value(one[2] or '零')}%", found)
    found = _HALF.sub(lambda one: "50%" if len(one[0]) > 1 else "0.5", found)
    found = _NUMBER.sub(_figures, found)
    return text if found == text.strip() else found


def _english(found: re.Match[str]) -> str:
    whole, part = 0, 0
    for word in re.split(r"[ -]+", found[0].lower()):
        if word == "hundred":
            part = (part or 1) * 100
        elif word in _MULTIPLES:
            whole, part = whole + (part or 1) * _MULTIPLES[word], 0
        else:
            part += _WORDS.get(word, 0)
    return str(whole + part)


def _fraction(found: re.Match[str]) -> str:
    below, above = found[1], _value(found[2])
    signs = {"百": "%", "千": "‰"}
    return f"{above}{signs[below]}" if below in signs else f"{above}/{_value(below)}"


def _figures(found: re.Match[str]) -> str:
    """A multiple of 万 or 亿 stays as it is before its unit: 五万人 is 5万人."""
    run, decimals, large = found[1], found[2], found[3] or ""
    if run[0] not in _DIGITS and run[0] != "十":
        return found[0]  # 百户 alone says no number
    if decimals:
        return f"{_value(run)}.{''.join(str(_DIGITS[sign]) for sign in decimals)}{large}"
    if run[-1] in _LARGE and found.end() < len(found.string):
        return f"{_value(run[:-1])}{run[-1]}"
    return str(_value(run))


def _value(run: str) -> int:
    if len(run) > 1 and all(sign in _DIGITS for sign in run):
        return int("".join(str(_DIGITS[sign]) for sign in run))
    whole, part, digit = 0, 0, 0
    for sign in run:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _SCALES:
            part, digit = part + (digit or 1) * _SCALES[sign], 0
        else:
            whole, part, digit = whole + (part + digit or 1) * _LARGE[sign], 0, 0
    return whole + part + digit
