"""The numbers of a verdict in print: observed, required, what is missing and what would close it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from communitycheck.model.comparison import COMPARISONS, Comparison
from communitycheck.model.expression import Binary, Call, Node, walk
from communitycheck.model.expression.calendar_days import DATE, apart
from communitycheck.model.result import GapCause, Verdict
from communitycheck.model.standard import Rule
from communitycheck.printable import one_line
from communitycheck.reporting.words.numbers import PERCENT, amount, amounts, count, difference, together
from communitycheck.reporting.words.thresholds import ThresholdNames

# What the lower and the upper end of a range ask, each by itself.
_ENDS = (COMPARISONS["at_least"], COMPARISONS["at_most"])

Value = float | bool | tuple[float, float] | None


class Figures(Struct, frozen=True):
    """A verdict's numbers in print; empty where there is none.

    ``part`` and ``whole`` are a group's numerator and denominator, ``gaps`` how many of its records are not known and
    why, ``again`` how many are of subjects that others count for.
    """

    observed: str = ""
    required: str = ""
    missing: str = ""
    add: str = ""
    part: str = ""
    whole: str = ""
    gaps: str = ""
    again: str = ""


class FigureWords(ThresholdNames):
    """Names, and the numbers of verdicts printed with them."""

    def figures(self, v: Verdict, add_unit: str = "") -> Figures:
        """The numbers of a verdict, printed so that those that differ look different."""
        unit, wanted = v.rule.unit, self.required(v)
        numbers = _numbers(v.observed, wanted)
        shown = dict(zip(numbers, self._printed(numbers, unit, _lower(v.required)), strict=True))
        comparison = v.rule.threshold.comparison if v.rule.threshold else None
        limited = comparison is not None and comparison.form == "limit"
        if limited and isinstance(wanted, tuple) and math.isinf(wanted[1]):
            wanted = wanted[0]  # at least 1, and nobody knows how much more
        required = self._value(wanted, shown)
        if comparison is not None and comparison.form == "range" and not isinstance(wanted, tuple):
            required = self.threshold(v.rule)  # its ends differ from subject to subject
        elif comparison is not None and comparison.form == "range" and isinstance(wanted, tuple) and required:
            if (end := _one_end(wanted)) is not None:
                required = end.prefix + shown[wanted[0] if end.direction == "up" else wanted[1]]
        elif comparison is not None and required and not isinstance(wanted, bool):
            required = comparison.prefix + required
        shortfall = self.shortfall(v)
        missing = "" if shortfall is None else self.missing(shortfall, unit)
        if v.missing_items:
            missing = self._missing_items(v)
        elif isinstance(v.required, bool):
            missing = ""
        add = ""
        if v.add is not None:
            add = amount(v.add, add_unit or self.unit_of(v.rule.lever or "", v.rule.standard), self.lang)
        part, whole = _fraction(v)
        gaps = [self.say(f"gap-{cause.word}", n=count(n)) for cause, n in zip(GapCause, v.gaps, strict=False) if n]
        again = count(v.again) if v.again else ""
        return Figures(self._value(v.observed, shown), required, missing, add, part, whole, self.listed(gaps), again)

    def _missing_items(self, v: Verdict) -> str:
        """The items that a list lacks; how many of them would do where not all are needed."""
        threshold, items = v.rule.threshold, self.listed(one_line(i) for i in v.missing_items)
        assert threshold is not None
        needed = threshold.items_needed - (len(threshold.items) - len(v.missing_items))
        return items if needed == len(v.missing_items) else self.say("missing-some", n=needed, items=items)

    def required(self, v: Verdict) -> Value:
        """What the verdict was held against; both ends of a range whose upper end is the same for all."""
        limits = v.rule.threshold
        if limits is None or limits.upper is None or not isinstance(v.required, float):
            return v.required
        upper = self.constant(limits.upper, v.rule)
        return v.required if upper is None else (v.required, upper)

    def shortfall(self, v: Verdict) -> float | None:
        """The shortfall without the noise that the difference of two large numbers leaves."""
        required = v.required[0] if isinstance(v.required, tuple) else v.required
        return difference(v.shortfall, required)

    def known_as(self, pairs: Sequence[tuple[float, float]], unit: str) -> list[str]:
        """Figures in print, each with its unit, so that those that differ look different: one number where its ends
        are one, else a range, an end that is not reached as it was written."""
        written = [(low, high) if low == high else (_written(low), _written(high)) for low, high in pairs]
        ends = self._printed([end for pair in written for end in pair], unit, None)
        texts = []
        for k, (low, high) in enumerate(pairs):
            one, other = ends[2 * k : 2 * k + 2]
            if low == high:
                texts.append(one)
            elif low == 0 and _written(high) > high:
                texts.append(self.say("range-short-of", high=other))
            else:
                texts.append(self.range(one, other))
        return texts

    def _printed(self, values: list[float], unit: str, limit: float | None) -> list[str]:
        finite = [x for x in values if math.isfinite(x)]
        texts = iter(amounts(finite, unit, self.lang, limit))
        return [next(texts) if math.isfinite(x) else "" for x in values]

    def _value(self, value: Value, shown: dict[float, str]) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.truth(value)
        if isinstance(value, tuple):
            return self.range(shown[value[0]], shown[value[1]])
        return shown[value]

    def missing(self, shortfall: float, unit: str) -> str:
        """What is missing in print: ``88 ㎡``, or percentage points where the value is a share."""
        if unit == PERCENT:
            return self.say("percentage-points", n=together([shortfall], percent=True)[0])
        return amount(shortfall, apart(unit), self.lang)

    def fraction(self, v: Verdict, figures: Figures) -> str:
        """``131/132``; ``111～117/132`` where only bounds of the part are known; empty where there is no share."""
        if not figures.whole or v.numerator is None:
            return ""
        low, high = v.numerator
        part = figures.part
        if high != low:
            part = self.range(part, together([high, v.denominator or 0.0])[0] if math.isfinite(high) else "")
        return f"{part}/{figures.whole}"

    def full(self, figures: Figures) -> str:
        """The observed value with what it was made of: ``90.1%（482/535，另有 3 个空白）``."""
        parts = [f"{figures.part}/{figures.whole}"] if figures.whole else []
        if figures.gaps:
            parts.append(self.say("gaps", gaps=figures.gaps))
        if not parts:
            return figures.observed
        inside = self.say("comma").join(parts)
        return figures.observed + self.say("brackets", text=inside) if figures.observed else inside

    def limit(self, rule: Rule, required: str) -> str:
        """A limit in words: 不少于 400 ㎡ for ``≥ 400 ㎡``."""
        if not required or rule.threshold is None:
            return self.say("none")
        comparison = rule.threshold.comparison
        if comparison.form == "items" and rule.threshold.items_needed < len(rule.threshold.items):
            return self.covered(rule.threshold)
        value = str(len(rule.threshold.items)) if comparison.form == "items" else required
        if comparison.form == "range":
            comparison = next((end for end in _ENDS if required.startswith(end.prefix)), comparison)
        words = (comparison.of_dates if rule.unit == DATE else None) or comparison.words
        return self.fill(words, value=value.removeprefix(comparison.prefix))


def _written(end: float) -> float:
    """An end that is not reached as it was written."""
    return float(f"{end:.8g}")


def _one_end(ends: tuple[float, float]) -> Comparison | None:
    """What a range asks that has one end alone."""
    return next((one for one, far in zip(_ENDS, reversed(ends), strict=True) if math.isinf(far)), None)


def _lower(required: Value) -> float | None:
    """The one number that is required."""
    return required if isinstance(required, float) and math.isfinite(required) else None


def _numbers(*values: Value) -> list[float]:
    """The numbers among ``values``, each once."""
    found: list[float] = []
    for value in values:
        if isinstance(value, tuple):
            found += value
        elif value is not None and not isinstance(value, bool):
            found.append(value)
    return list(dict.fromkeys(found))


def _divides(indicator: Node | None) -> bool:
    """True for a share, a mean or a quotient, but not for a plain sum or count."""
    return any(
        (isinstance(n, Binary) and n.op == "/") or (isinstance(n, Call) and n.function in ("share", "mean"))
        for n in (walk(indicator) if indicator is not None else ())
    )


def _fraction(v: Verdict) -> tuple[str, str]:
    """Numerator and denominator of a group's share in print; empty where there is none."""
    if v.numerator is None or v.denominator is None or not _divides(v.rule.indicator):
        return "", ""
    part, whole = v.numerator[0], v.denominator
    if not (math.isfinite(part) and math.isfinite(whole)):
        return "", ""
    first, second = together([part, whole])
    return first, second
