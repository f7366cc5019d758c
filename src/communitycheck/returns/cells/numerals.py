"""Numbers as they are written: 1,234 and 1.2万 and 一千二百."""

from __future__ import annotations

from communitycheck.patterns import pattern

_FORMAL = str.maketrans("〇壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億两兩俩", "零一二二三三四五六六七八九十百千万亿二二二")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

ARABIC = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
)
_SCALE = "十百千万亿拾佰仟萬億"
_CHINESE = "零〇一二三四五六七八九两俩廿卅壹贰貳叁參肆伍陆陸柒捌玖" + _SCALE
# A number at the start of a text: plain, in Chinese, or mixed (1.2万, 3千5百).
NUMERAL = (
    rf"(?:{ARABIC}(?:[eE][+-]?[0-9]{{1,2}})?(?![0-9.,])(?:[{_SCALE}][0-9.{_CHINESE}]*)?|"
    rf"[{_CHINESE}][0-9.{_CHINESE}]*)"
)
_ARABIC = pattern(rf"{ARABIC}(?:[eE][+-]?[0-9]{{1,2}})?")
_TOKEN = pattern(r"[0-9]+(?:\.[0-9]+)?|[零一二三四五六七八九十百千万亿]")


def value_of(numeral: str) -> float | None:
    """The number that ``numeral`` writes; None where it could be two numbers (三四百, 1万2) or is none.

    >>> value_of("1,234.5"), value_of("一千二百"), value_of("3千5百")
    (1234.5, 1200.0, 3500.0)
    """
    if _ARABIC.fullmatch(numeral):
        return float(numeral.replace(",", "").replace(" ", ""))
    return _mixed(numeral.translate(_FORMAL).replace("廿", "二十").replace("卅", "三十"))


def scale_of(numeral: str) -> float:
    """The trailing 万 or 亿 of a numeral as a factor; 1 where it has none. ``1.2万`` -> 10000."""
    last = numeral[-1:].translate(_FORMAL)
    return float(_UNITS[last]) if last in "万亿" and last else 1.0


def _mixed(text: str) -> float | None:
    tokens = _TOKEN.findall(text)
    if not tokens or "".join(tokens) != text:
        return None
    if not any(t in _UNITS for t in tokens):
        return _spelled(text)
    total = section = 0.0
    held: float | None = None  # a digit that waits for its unit
    arabic = ""
    last, last_big = 0, 10**12  # the unit before (0 at the start), and the 万 or 亿 before
    within = 100_000  # units inside a section of 万 fall: 千百十
    zero = False
    for token in tokens:
        if token in _UNITS:
            unit = _UNITS[token]
            if unit < 10_000:
                if held is None and not (unit == 10 and (zero or section == 0)):
                    return None
                if unit >= within:
                    return None
                section += (1 if held is None else held) * unit
                within = unit
            else:
                section += held or 0
                if section == 0 or (total and unit >= last_big):
                    return None
                total, section, within = total + section * unit, 0.0, 100_000
                last_big = unit
            held, zero, last = None, False, unit
        elif token == "零":
            if held is not None:
                return None
            zero = True
        else:
            if held is not None:
                return None
            held, arabic = (float(_DIGITS[token]), "") if token in _DIGITS else (float(token), token)
    if held is not None:
        if last == 10 or zero or last == 0:
            section += held
        elif not arabic:
            section += held * last / 10  # 一千二 is 1200 in speech
        elif len(arabic) == len(str(last)) - 1:
            section += held  # 3百50
        else:
            return None
    return total + section


def _spelled(text: str) -> float | None:
    """Digits read out one by one: 二零二零. Two of them (三五) may also mean "three to five"."""
    if any(c not in _DIGITS for c in text) or len(text) == 2:
        return None
    return float("".join(str(_DIGITS[c]) for c in text))
