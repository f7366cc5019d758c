"""The sentence of a verdict, and its figures: observed, required, what is missing and what would close it.

``Wording`` holds what every format needs to put a report into words; formats differ in layout alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from communitycheck.messages import Lang
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Call, Name, Node, walk
from communitycheck.model.result import Outcome, Reason, Verdict
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.table import State
from communitycheck.reporting.words.numbers import PERCENT, amount, amounts, count, difference, together
from communitycheck.reporting.words.sanitise import one_line
from communitycheck.reporting.words.thresholds import ThresholdNames

CELLS_NAMED = 5  # how many cells a sentence names before it only counts the rest

Value = float | bool | tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Figures:
    """A verdict's numbers in print; empty where there is none.

    ``part`` and ``whole`` are a group's numerator and denominator, ``blanks`` how many of its cells were blank.
    """

    observed: str = ""
    required: str = ""
    missing: str = ""
    add: str = ""
    part: str = ""
    whole: str = ""
    blanks: str = ""


class Wording(ThresholdNames):
    """Names, and the sentences of verdicts made with them."""

    def figures(self, v: Verdict, add_unit: str = "") -> Figures:
        """The numbers of a verdict, printed so that those that differ look different."""
        unit, wanted = v.rule.unit, self.required(v)
        numbers = _numbers(v.observed, wanted)
        shown = dict(zip(numbers, self._printed(numbers, unit), strict=True))
        comparison = v.rule.threshold.comparison if v.rule.threshold else None
        required = self._value(wanted, shown)
        if comparison is not None and comparison.form == "range" and not isinstance(wanted, tuple):
            required = self.threshold(v.rule)  # its ends differ from subject to subject
        elif comparison is not None and required and not isinstance(wanted, bool):
            required = comparison.prefix + required
        shortfall = self.shortfall(v)
        missing = "" if shortfall is None else self._missing(shortfall, unit)
        if v.missing_items:
            missing = self.listed(one_line(i) for i in v.missing_items)
        elif isinstance(v.required, bool):
            missing = ""
        add = ""
        if v.add is not None:
            add = amount(v.add, add_unit or self.unit_of(v.rule.lever or "", v.rule.standard), self.lang)
        part, whole = _fraction(v)
        blanks = count(v.blanks) if v.blanks else ""
        return Figures(self._value(v.observed, shown), required, missing, add, part, whole, blanks)

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

    def _printed(self, values: list[float], unit: str) -> list[str]:
        finite = [x for x in values if math.isfinite(x)]
        texts = iter(amounts(finite, unit, self.lang))
        return [next(texts) if math.isfinite(x) else "" for x in values]

    def _value(self, value: Value, shown: dict[float, str]) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.truth(value)
        if isinstance(value, tuple):
            return self.range(shown[value[0]], shown[value[1]])
        return shown[value]

    def _missing(self, shortfall: float, unit: str) -> str:
        """What is missing in print: ``88 ㎡``, or percentage points where the value is a share."""
        if unit == PERCENT:
            return f"{together([shortfall], percent=True)[0]} {self.say('percentage-points')}"
        return amount(shortfall, unit, self.lang)

    def full(self, figures: Figures) -> str:
        """The observed value with what it was made of: ``90.1%（482/535，另有 3 个空白）``."""
        parts = [f"{figures.part}/{figures.whole}"] if figures.whole else []
        if figures.blanks:
            parts.append(self.say("blanks", n=figures.blanks))
        if not parts:
            return figures.observed
        inside = self.say("comma").join(parts)
        return figures.observed + self.say("brackets", text=inside) if figures.observed else inside

    # reasons

    def reason(self, v: Verdict, figures: Figures | None = None) -> str:
        """Why the verdict is what it is: observed, required, what is missing and what closes it, or the cells."""
        figures = figures or self.figures(v)
        if v.reason in (Reason.MET, Reason.MISSED):
            parts = self._judged(v, figures)
        elif v.reason is Reason.MANUAL and v.rule.manual is not None:
            parts = [one_line(v.rule.manual.in_lang(self.lang)) or self.say("reason-manual")]
        else:
            parts = [self._not_judged(v, figures)]
        if v.outcome in (Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE):
            parts += self._dates(v)
        if v.waiver is not None:
            parts.append(self.say("waived", reason=one_line(v.waiver.reason)))
        return self.say("semicolon").join(p for p in parts if p)

    def _judged(self, v: Verdict, figures: Figures) -> list[str]:
        sentence = self.say(v.reason.code, observed=self._observed(v, figures), required=self._required(v, figures))
        if v.reason is Reason.MET:
            return [sentence]
        if v.missing_items:
            sentence += self.say("comma") + self.say("short-items", items=figures.missing)
        elif figures.missing:
            code = v.rule.threshold.comparison.shortfall_code if v.rule.threshold else "short-below"
            sentence += self.say("comma") + self.say(code, value=figures.missing)
        lever = v.rule.lever
        if v.add is not None and figures.add and is_share(v.rule):
            return [sentence, self.say("lever-subjects", n=together([v.add])[0])]
        if not figures.add or lever is None or v.rule.indicator == Name(lever):
            return [sentence]  # the shortfall already says what to add
        code, add = "lever-add", figures.add
        if v.add is not None and v.add < 0:
            code, add = "lever-remove", figures.add.removeprefix("-")
        return [sentence, self.say(code, field=self.label(lever, v.rule.standard), value=add)]

    def _observed(self, v: Verdict, figures: Figures) -> str:
        value = figures.observed or self.say("none")
        if isinstance(v.observed, bool):
            return self.say("observed-truth", value=value)
        if figures.whole:
            text = self.say("observed-fraction", part=figures.part, whole=figures.whole, value=value)
        else:
            text = self.say("observed-value", value=value)
        return text + (self.say("observed-blanks", n=figures.blanks) if figures.blanks else "")

    def _required(self, v: Verdict, figures: Figures) -> str:
        return self.limit(v.rule, figures.required)

    def limit(self, rule: Rule, required: str) -> str:
        """A limit in words: 不少于 400 ㎡ for ``≥ 400 ㎡``."""
        if not required or rule.threshold is None:
            return self.say("none")
        comparison = rule.threshold.comparison
        value = str(len(rule.threshold.items)) if comparison.form == "items" else required
        return self.fill(comparison.words, value=value.removeprefix(comparison.prefix))

    def _not_judged(self, v: Verdict, figures: Figures) -> str:
        cells = self.cells(v.troubled, v.rule.standard)
        if v.reason is Reason.IMPLAUSIBLE:
            spots = " ".join(v.cells)
            cells = self.say("brackets", text=spots) if spots else ""
        elif not cells:
            cells = self.say("cells-unknown")
        observed = figures.observed or self.say("none")
        if v.reason is Reason.BLANKS_UNDECIDED:
            observed = self.full(figures)
        return self.say(v.reason.code, observed=observed, required=self._required(v, figures), cells=cells)

    def _dates(self, v: Verdict) -> list[str]:
        parts = []
        if v.rule.due is not None and v.outcome is not Outcome.PASS:
            code = "due-ahead" if v.outcome is Outcome.NOT_DUE else "due-past"
            parts.append(self.say(code, due=v.rule.due.isoformat()))
        standard = self.standards.get(v.rule.standard)
        horizon = standard.horizon if standard else None
        if horizon is not None and self.as_of is not None and self.as_of > horizon:
            parts.append(self.say("past-horizon", horizon=horizon.isoformat()))
        return parts

    def cells(self, troubled: tuple[tuple[str, State, str], ...], standard: str = "") -> str:
        """``F12 空白（综合服务设施面积）；…``: the cells that gave no value. Absent columns only if nothing else."""
        present = [t for t in troubled if t[1] is not State.ABSENT] or list(troubled)
        named = []
        for key, state, cell in present[:CELLS_NAMED]:
            code = f"{'cell' if cell or state is State.ABSENT else 'nocell'}-{state.name.lower()}"
            named.append(self.say(code, cell=cell, field=self.label(key, standard)))
        if len(present) > CELLS_NAMED:
            named.append(self.say("and-cells", n=len(present) - CELLS_NAMED))
        return self.say("semicolon").join(named)


def _numbers(*values: Value) -> list[float]:
    """The numbers among ``values``, each once."""
    found: list[float] = []
    for value in values:
        if isinstance(value, tuple):
            found += value
        elif value is not None and not isinstance(value, bool):
            found.append(value)
    return list(dict.fromkeys(found))


def is_share(rule: Rule) -> bool:
    """True for the share of a group's records, whose gap is closed by more records, not by more of a field."""
    return isinstance(rule.indicator, Call) and rule.indicator.function == "share"


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


def reason(
    verdict: Verdict,
    dictionary: Dictionary,
    lang: Lang,
    *,
    standard: Standard | None = None,
    as_of: date | None = None,
) -> str:
    """The reason of one verdict in a sentence. With ``standard`` and ``as_of`` it also says that a plan has ended."""
    standards = [standard] if standard else []
    return Wording(lang, dictionary, standards, as_of).reason(verdict)


__all__ = ["Figures", "Wording", "reason"]
