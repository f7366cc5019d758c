"""A number in a cell, with its unit, its "about" and "at least", its sums and its brackets."""

from __future__ import annotations

import re

from msgspec import Struct

from communitycheck.model.table import State
from communitycheck.model.units import find_unit
from communitycheck.patterns import pattern
from communitycheck.returns.cells.bounds import about, approximate, bounding, odd, says_about
from communitycheck.returns.cells.cell import NO_RANGE, UNREADABLE, Cell, bound, number, unreadable
from communitycheck.returns.cells.column_unit import ColumnUnit
from communitycheck.returns.cells.numerals import NUMERAL, scale_of, value_of
from communitycheck.returns.cells.persons import are_persons
from communitycheck.returns.cells.standing.words import NOT_YET
from communitycheck.returns.cells.words import MARK, nothing, tidy


class Measure(Struct, frozen=True):
    """What a column measures.

    ``factor`` turns a bare number of the column into the unit in which the field is held. ``stated`` says that the
    column itself names its unit. ``counts`` allows a measure word and a noun behind the number (``1名律师``).
    ``unit`` is the one in which it is held.
    """

    dimension: str | None = None
    factor: float = 1.0
    stated: bool = False
    counts: bool = False
    unit: ColumnUnit | None = None

    def worth(self, written: str) -> float | None:
        """What one of a written unit is in the field's; None for one that does not fit."""
        return (self.unit or ColumnUnit(self.dimension)).worth(written)

    @property
    def unit_needed(self) -> bool:
        """Yuan or ten thousand yuan? A sum of money is not read by assumption."""
        return self.dimension == "money" and not self.stated


_PLAIN = pattern(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_NUMERAL = pattern(NUMERAL)
_DIGITS = pattern(r"[0-9][0-9.,]*")
_BRACKETED = pattern(r"([^()\[\]【】]*)[(\[【]([^()\[\]【】]*)[)\]】]")
# 600,其中租赁400 is 600(其中租赁400).
_ASIDE = pattern(r"([^()\[\]【】,;]+)[,;]\s*((?:其中|含|包括|包含)[^()\[\]【】]+)")
# Explanations that leave a number as it is, and parts of a whole that belong to it.
_LEAVES_WHOLE = pattern(
    r"租赁|租用|承租|借用|自有|国有|购置|新建|改建|含租赁|含租用|含借用|建筑面积|建面|总数|合计|共计|实数|"
    r"专职|兼职|兼|专职律师|全职|聘[请用任]|外聘|签约|在[编岗职]|持证|(?:自有|国有|有)?产权|自建|配建|"
    r"节假日照常|节假日不休息?|全年无休"
)
_PART = pattern(
    r"(?:其中|含|包括|包含|其中含)(?:租赁|租用|承租|借用|自有|国有|购置|新建|改建|扩建|女性?|男性?|党员|专职|兼职|聘用|持证|"
    r"少数民族|本科|大专)(?:面积|人员)?(?:约|为)?([0-9].*)"
)
# 1名已离职, 1个镇上的: the number does not stand for what the column asks.
_DOUBT = pattern(
    r"[拟原曾离辞退缺撤停关废待应招缓旧坏闲占借让迁拆期筹将欠差减邻隔镇乡约不无未没]|街道|合计|解聘|其中|共用|兼用"
)
_BETWEEN = pattern(r"[、,;/]")
_RANGE = pattern(rf"({NUMERAL}\s*(?:m2|[^0-9+]{{0,4}}?))\s*(?:-|—|–|―|~|～|至|到|--|——)\s*({NUMERAL}(?:m2|[^0-9]*))")
# The second end of a range is at most so many times the first: 24-88612345 is a telephone number.
_FAR = 10.0
# Nor is a number with a zero in front the end of one, nor years.
_NO_ENDS = pattern(r"0[0-9]|(?:19|20)[0-9]{2}[-年].*(?:19|20)[0-9]{2}年?$")
_EXACT = pattern(r"^(?:目前)?(?:共计|合计|总计|共有|现有|已有|实有|实际|现为|达到|共|计|达|有|现)\s*")
# What a column measures, said again in the cell: 建筑面积420.
_MEASURED = {
    "area": pattern(r"^总?(?:建筑面积|建面|面积)(?:约?为|[:=共])?\s*(?=[0-9一-十])"),
    "households": pattern(r"^(?:总|常住)?户数(?:为|[:=共])?\s*(?=[0-9一-十])"),
    "persons": pattern(r"^(?:总|常住)?人[口数](?:为|[:=共])?\s*(?=[0-9一-十])"),
}
# 400±10, 400±5%
_GIVE_OR_TAKE = pattern(r"([^±]+)±\s*([0-9.]+%?)(.*)")
_ODD = pattern(r"\s*(?:有余|余|多|来|几)\s*")


def read_number(text: str, measure: Measure) -> Cell:
    """Read one cell as a number in the canonical unit.

    A blank, an exemption or an error gives that state; ``无`` and prose are UNREADABLE here (the types that know
    better ask first). Never a guess: what could be two numbers is UNREADABLE.
    """
    tidied = tidy(text)
    if _PLAIN.fullmatch(tidied) and not measure.unit_needed:
        return number(scaled(float(tidied), measure.factor))
    return nothing(tidied) or read_tidied(tidied, measure)


def read_tidied(text: str, measure: Measure) -> Cell:
    """``read_number`` of text that has been tidied and says something."""
    text = text.rstrip("。、,;:!").replace("+/-", "±")
    if MARK in text:
        return UNREADABLE
    aside = _ASIDE.fullmatch(text)
    if aside:
        return _bracketed(f"{aside[1]}({aside[2]})", measure)
    if "(" in text or "[" in text or "【" in text:
        return _bracketed(text, measure)
    if "+" in text.strip("+"):
        return _sum(text, measure)
    return _bounded(text, measure)


def _bracketed(text: str, measure: Measure) -> Cell:
    """400(含租赁100): the number outside counts where what is inside takes nothing from it; a unit inside is its unit.

    What is inside is read by a closed list, since it may take a part out (含室外100) or name another kind (占地).
    """
    found = _BRACKETED.fullmatch(text)
    if not found or not found[1].strip():
        return UNREADABLE
    outside, inside = found[1].strip(), "".join(found[2].split())
    if says_about(inside):
        return about(read_tidied(outside, measure))
    if measure.worth(inside) is not None or find_unit(inside) is not None:
        return _bounded(f"{outside}{inside}", measure)
    cell = read_tidied(outside, measure)
    if not cell.known:
        return cell
    return cell.noted("bracket-left-out", inside=inside) if _takes_nothing(inside, cell, measure) else UNREADABLE


def _takes_nothing(inside: str, whole: Cell, measure: Measure) -> bool:
    """Whether an explanation of a number leaves the number as it is."""
    if measure.dimension == "days_per_year":
        return not NOT_YET.search(inside) and not _NUMERAL.fullmatch(inside)
    if _LEAVES_WHOLE.fullmatch(inside):
        return True
    if measure.counts and are_persons(inside):
        return whole.lo == len(_BETWEEN.split(inside))
    part = _PART.fullmatch(inside)
    cell = _core(part[1], measure) if part else None
    return cell is not None and cell.known and 0 <= cell.lo <= whole.hi


def _sum(text: str, measure: Measure) -> Cell:
    """350+120, also 350+120=470 where the total is right."""
    terms, _, total = text.partition("=")
    cells = [_core(term.strip(), measure) for term in terms.split("+")]
    if not all(c is not None and c.known and c.lo >= 0 for c in cells):
        return UNREADABLE
    value = sum(c.lo for c in cells if c is not None)
    if total:
        claimed = _core(total.strip(), measure)
        if claimed is None or abs(claimed.lo - value) > 1e-9 * max(1.0, abs(value)):
            return unreadable("sum-disagrees", value=value)
    return number(value).noted("sum-value", value=value)


def _bounded(text: str, measure: Measure) -> Cell:
    if ends := _RANGE.fullmatch(text):
        return _range(ends[1].strip(), ends[2].strip(), measure)
    if measure.dimension in _MEASURED:
        _, text = _strip(_MEASURED[measure.dimension], text)
    if given := _GIVE_OR_TAKE.fullmatch(text):
        return _give_or_take(given[1].strip() + given[3].strip(), given[2], measure)
    roughly, text = approximate(text)
    _, text = _strip(_EXACT, text)
    reading, text = bounding(text)
    cell = _core(text, measure)
    if reading is not None:
        cell = reading(cell) if cell is not None and cell.known else cell
    elif cell is None:
        cell = _with_odd(text, measure)
    if cell is None:
        return UNREADABLE
    return about(cell) if roughly else cell


def _give_or_take(text: str, leeway: str, measure: Measure) -> Cell:
    cell = _core(text, measure)
    figure = _NUMERAL.match(text)
    stated = value_of(figure[0]) if figure else None
    if cell is None or not cell.known or not stated or not _PLAIN.fullmatch(leeway.rstrip("%")):
        return UNREADABLE
    part = float(leeway.rstrip("%")) / (100 if leeway.endswith("%") else stated)
    return bound(scaled(cell.lo, 1 - part), scaled(cell.hi, 1 + part)) if part < 1 else UNREADABLE


def _range(first: str, last: str, measure: Measure) -> Cell:
    """10-15 lies between the two; what stands behind the second (万元) holds for both. A date or a code is no range."""
    unit = _DIGITS.sub("", last, count=1) if _DIGITS.fullmatch(first) else ""
    start, end = _core(first + unit, measure), _core(last, measure)
    times = measure.dimension == "hours_per_day"  # from eight to ten o'clock, or eight to ten hours
    if start is None or end is None or not (start.known and end.known) or times or _NO_ENDS.match(f"{first}-{last}"):
        return NO_RANGE
    return bound(start.lo, end.hi) if start.lo < end.hi <= _FAR * max(start.lo, 1.0) else NO_RANGE


def _strip(words: re.Pattern[str], text: str) -> tuple[bool, str]:
    rest = words.sub("", text, count=1)
    return rest != text, rest.strip()


def _with_odd(text: str, measure: Measure) -> Cell | None:
    """五千余, 300多平方米, 20多人: at least the number, less than its next round one; 300来户 is about 300."""
    for found in _ODD.finditer(text):
        head, tail = text[: found.start()], text[found.end() :]
        cell = _core(head + tail, measure)
        if cell is None or not cell.known or not _NUMERAL.fullmatch(head):
            continue
        if found[0].strip() == "来":
            return about(cell)
        bare = value_of(head) or 0.0
        return odd(cell, bare) if bare > 0 else None
    return None


def _core(text: str, measure: Measure) -> Cell | None:
    """Sign, numeral, unit; None where the text is anything else."""
    sign = 1.0
    if text[:1] in "+-" and text[:1]:
        sign, text = (-1.0 if text[0] == "-" else 1.0), text[1:].lstrip()
    found = _NUMERAL.match(text)
    if not found or text == "一":  # a lone 一 is as often a dash
        return None
    numeral = found[0]
    value = value_of(numeral)
    if value is None:
        return None
    rest = text[found.end() :].strip()
    if measure.dimension == "money":
        rest = rest.removesuffix("整")
    if measure.unit_needed and not rest and scale_of(numeral) == 1.0 and value != 0:
        return unreadable("money-without-unit")
    factor = _factor(numeral, rest, measure)
    noun = ""
    if factor is None and measure.counts:
        factor, noun = _counted_noun(numeral, rest, measure)
    if factor is None:
        if measure.unit is not None and rest and measure.unit.is_other(rest):
            return unreadable("cell-unit-differs", unit=rest, own=measure.unit.shown)
        return None
    cell = number(sign * scaled(value, factor))
    if noun:
        return cell.noted("words-left-out", rest=noun)
    if rest == "方":
        return cell.noted("unit-assumed", unit="m2")
    return cell.noted("spaced-thousands", value=value) if " " in numeral else cell


def scaled(value: float, factor: float) -> float:
    """``value * factor`` without the noise of binary fractions: 71.2 % is 0.712, not 0.7120000000000001."""
    return value if factor == 1.0 else float(f"{value * factor:.14g}")


def _factor(numeral: str, written: str, measure: Measure) -> float | None:
    """What one of the number is worth in the canonical unit; None for a unit that does not fit the column."""
    if written:
        return measure.worth("平方米" if written == "方" and measure.dimension == "area" else written)
    scale = scale_of(numeral)
    if scale == 1.0:
        return measure.factor
    if measure.dimension == "money":
        return measure.worth("元")  # 3万 in a money column is 30,000 yuan, whichever unit its head names
    if measure.factor == 1.0:
        return 1.0
    # A column in 万人 whose cell says 1.2万 says 万 twice, and means it once.
    return 1.0 if measure.factor == scale else None


def _counted_noun(numeral: str, rest: str, measure: Measure) -> tuple[float | None, str]:
    """1名律师: a measure word and then what is counted, in words alone."""
    unit = find_unit(rest[:1])
    noun = rest[1:]
    if unit is None or not re.fullmatch(r"[\u4e00-\u9fff]{1,8}", noun):
        return None, ""
    if NOT_YET.search(noun) or _DOUBT.search(noun):
        return None, ""
    if find_unit(rest) is not None or re.search(r"[一二两三四五六七八九十百千万次]", noun):
        return None, ""
    return measure.worth(rest[:1]), noun


def is_number(cell: Cell) -> bool:
    return cell.state is State.KNOWN and cell.lo == cell.lo
