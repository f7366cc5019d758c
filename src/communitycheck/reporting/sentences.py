"""How the toolkit says things: names, thresholds, figures and the reason of a verdict, in one language.

``Wording`` holds what every format needs to put a report into words; formats differ in layout alone.
"""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from communitycheck.errors import CommunityCheckError
from communitycheck.messages import Lang, catalogue
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Binary, Call, ListOf, Name, Node, Number, Truth, Unary, show, walk
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Reason, Subject, Verdict
from communitycheck.model.returns import Address, Notice
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.table import State
from communitycheck.reporting.inert import one_line
from communitycheck.reporting.numbers import PERCENT, amount, amounts, count, difference, together

SIGNS = {"at_least": "≥ ", "more_than": "> ", "at_most": "≤ ", "less_than": "< ", "equals": "= "}
SHORT = {"at_most": "short-above", "less_than": "short-above", "equals": "short-off", "between": "short-off"}
CELLS_NAMED = 5  # how many cells a sentence names before it only counts the rest

Value = float | bool | tuple[float, float] | None


@dataclasses.dataclass(frozen=True, slots=True)
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


class Wording:
    """Puts things into words in one language.

    Args:
        rules: all rules of the report; an id that two standards share is then printed with its standard.
    """

    def __init__(
        self,
        lang: Lang,
        dictionary: Dictionary,
        standards: Iterable[Standard] = (),
        as_of: date | None = None,
        rules: Iterable[Rule] = (),
    ) -> None:
        self.lang: Lang = lang
        self.dictionary = dictionary
        self.standards = {s.id: s for s in standards}
        self.as_of = as_of
        self._index = 0 if lang == "zh" else 1
        self._catalogue = catalogue()
        self._labels: dict[tuple[str, str], str] = {}
        self._thresholds: dict[int, str] = {}
        ids = Counter(r.id for r in rules)
        self._shared_ids = {i for i, n in ids.items() if n > 1}

    @classmethod
    def of(cls, report: Report, lang: Lang) -> Wording:
        rules = [r.rule for r in report.results]
        return cls(lang, report.dictionary, report.standards, report.as_of, rules)

    # words

    def say(self, code: str, /, **values: Any) -> str:
        """The message ``code``, its values filled in."""
        return self._catalogue[code][self._index].format(**values)

    def outcome(self, outcome: Outcome) -> str:
        return self.say("outcome-" + outcome.word.replace("_", "-"))

    def severity(self, severity: str) -> str:
        return self.say(f"severity-{severity}")

    def entity(self, entity: str) -> str:
        code = f"entity-{entity}"
        return self.say(code) if code in self._catalogue else entity

    def entities(self, entity: str) -> str:
        """The kind of subject in the plural."""
        code = f"entities-{entity}"
        return self.say(code) if code in self._catalogue else entity

    def skipped(self, reason: str) -> str:
        """Why a row of a return is no record."""
        code = f"row-{reason}"
        return self.say(code) if code in self._catalogue else reason

    def truth(self, value: bool) -> str:
        return self.say("yes" if value else "no")

    def listed(self, items: Iterable[str]) -> str:
        return self.say("list-comma").join(items)

    def label(self, key: str, standard: str = "") -> str:
        """What people call the field ``key``; its key where nobody has a name for it."""
        cached = self._labels.get((key, standard))
        if cached is not None:
            return cached
        own = self.standards[standard].fields if standard in self.standards else None
        field = (own or {}).get(key) or self.dictionary.find(key)
        label = one_line((field.label.in_lang(self.lang) if field else "") or key)
        self._labels[key, standard] = label
        return label

    def unit_of(self, key: str, standard: str = "") -> str:
        """Canonical unit of the field ``key``."""
        own = self.standards[standard].fields if standard in self.standards else None
        field = (own or {}).get(key) or self.dictionary.find(key)
        return field.unit if field else ""

    # rules

    def rule_id(self, rule: Rule) -> str:
        return f"{rule.id}@{rule.standard}" if rule.id in self._shared_ids else rule.id

    def rule_title(self, rule: Rule) -> str:
        return one_line(rule.title.in_lang(self.lang))

    def rule_entity(self, rule: Rule) -> str:
        """The kind of subject that the rule judges: the smallest group level, else the records' own kind."""
        return rule.by[0] if rule.by else rule.applies_to

    def threshold(self, rule: Rule) -> str:
        """The rule's limit on the as-of date, as a table prints it: ``≥ 400 ㎡``. Empty where there is none."""
        cached = self._thresholds.get(id(rule))
        if cached is None:
            cached = self._thresholds[id(rule)] = one_line(self._threshold(rule))
        return cached

    def _threshold(self, rule: Rule) -> str:
        limits = rule.threshold
        if limits is None:
            return ""
        if limits.comparison == "covers":
            return self.say("threshold-covers", n=len(limits.items))
        limit = limits.at(self.as_of) if self.as_of else next(iter(limits.limits), None)
        if limit is None:
            return ""
        if limits.comparison == "is" and isinstance(limit.value, Number):
            return self.truth(bool(limit.value.value))
        low = self._limit(limit.value, rule)
        if limits.comparison == "between" and limits.upper is not None:
            return self._range(low, self._limit(limits.upper, rule))
        return SIGNS.get(limits.comparison, "") + low

    def _limit(self, node: Node, rule: Rule) -> str:
        if isinstance(node, Truth):
            return self.truth(node.value)
        value = self._constant(node, rule)
        if value is not None:
            return amount(value, rule.unit, self.lang)
        return show(self._named(node, rule))

    def _parameter(self, name: str, rule: Rule) -> float | None:
        standard = self.standards.get(rule.standard)
        parameter = standard.parameters.get(name) if standard else None
        return parameter.at(self.as_of or date.max) if parameter else None

    def _constant(self, node: Node, rule: Rule) -> float | None:
        """The value of an expression of numbers and parameters alone."""
        match node:
            case Number(value):
                return value
            case Name(name):
                return self._parameter(name, rule)
            case Unary("-", operand):
                inner = self._constant(operand, rule)
                return None if inner is None else -inner
            case Binary(op, left, right) if op in "+-*/":
                a, b = self._constant(left, rule), self._constant(right, rule)
                if a is None or b is None or (op == "/" and b == 0):
                    return None
                return {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else a}[op]
            case _:
                return None

    def _named(self, node: Node, rule: Rule) -> Node:
        """The expression with field labels for names and numbers for parameters."""
        match node:
            case Name(name):
                value = self._parameter(name, rule)
                return Number(value) if value is not None else Name(self.label(name, rule.standard))
            case ListOf(items):
                return ListOf(tuple(self._named(i, rule) for i in items))
            case Unary(op, operand):
                return Unary(op, self._named(operand, rule))
            case Binary(op, left, right):
                return Binary(op, self._named(left, rule), self._named(right, rule))
            case Call(function, arguments):
                return Call(function, tuple(self._named(a, rule) for a in arguments))
            case _:
                return node

    def expression(self, node: Node, rule: Rule) -> str:
        """An expression with people's names for fields and numbers for parameters."""
        return one_line(show(self._named(node, rule)))

    # subjects and places

    def region(self, subject: Subject) -> str:
        return one_line("/".join(subject.region))

    def name(self, subject: Subject) -> str:
        return one_line(subject.name) or self.entity(subject.entity)

    def place(self, at: Address | None, cells: tuple[str, ...] = ()) -> str:
        """``returns/a.xlsx [社区] F12``; empty for a group of records."""
        if at is None:
            return ""
        sheet = f" [{one_line(at.sheet)}]" if at.sheet else ""
        spot = " ".join(cells) or at.cell or (str(at.row) if at.row is not None else "")
        return f"{one_line(at.path)}{sheet} {spot}".rstrip()

    def spot(self, at: Address | None, cells: tuple[str, ...] = ()) -> str:
        """``F12``: the place inside its sheet."""
        if at is None:
            return ""
        return " ".join(cells) or at.cell or (str(at.row) if at.row is not None else "")

    # figures

    def figures(self, v: Verdict, add_unit: str = "") -> Figures:
        """The numbers of a verdict, printed so that those that differ look different."""
        unit, wanted = v.rule.unit, self.required(v)
        numbers = _numbers(v.observed, wanted)
        shown = dict(zip(numbers, self._printed(numbers, unit), strict=True))
        comparison = v.rule.threshold.comparison if v.rule.threshold else ""
        required = self._value(wanted, shown)
        if comparison == "between" and not isinstance(wanted, tuple):
            required = self.threshold(v.rule)  # its ends differ from subject to subject
        elif required and not isinstance(wanted, bool):
            required = SIGNS.get(comparison, "") + required
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
        """What the verdict was held against; of ``between`` both ends where the upper one is the same for all."""
        limits = v.rule.threshold
        if limits is None or limits.upper is None or not isinstance(v.required, float):
            return v.required
        upper = self._constant(limits.upper, v.rule)
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
            return self._range(shown[value[0]], shown[value[1]])
        return shown[value]

    def _range(self, low: str, high: str) -> str:
        """A range in words; an open end is empty. Of a unit at both ends only the last is kept."""
        if not low or not high:
            return self.say("range-to", high=high) if high else self.say("range-from", low=low)
        (bare, _, unit), (_, _, other) = low.partition(" "), high.partition(" ")
        return self.say("range", low=bare if unit == other else low, high=high)

    def _missing(self, shortfall: float, unit: str) -> str:
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
        sentence = self.say(
            v.reason.code, observed=self._observed(v, figures), required=self._required(v, figures)
        )
        if v.reason is Reason.MET:
            return [sentence]
        if v.missing_items:
            sentence += self.say("comma") + self.say("short-items", items=figures.missing)
        elif figures.missing:
            comparison = v.rule.threshold.comparison if v.rule.threshold else ""
            code = SHORT.get(comparison, "short-below")
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
        """The limit in words: 不少于 400 ㎡."""
        if not figures.required or v.rule.threshold is None:
            return self.say("none")
        comparison = v.rule.threshold.comparison
        if comparison == "covers":
            return self.say("limit-covers", value=len(v.rule.threshold.items))
        value = figures.required.removeprefix(SIGNS.get(comparison, ""))
        return self.say("limit-" + comparison.replace("_", "-"), value=value)

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

    # trouble

    def notice(self, notice: Notice) -> str:
        """The sentence of a notice, without its place."""
        values = {"path": notice.at.path, "sheet": notice.at.sheet, "row": notice.at.row, "cell": notice.at.cell}
        return self._sentence(notice.code, {**values, "text": notice.text, **notice.values})

    def error(self, error: CommunityCheckError) -> str:
        """The sentence of an error, without its place."""
        return self._sentence(error.code, error.values)

    def _sentence(self, code: str, values: Mapping[str, Any]) -> str:
        if code not in self._catalogue:
            return code
        shown: dict[str, Any] = {}
        for key, value in values.items():
            if hasattr(value, "in_lang"):
                shown[key] = one_line(value.in_lang(self.lang))
            elif value is not None:
                shown[key] = one_line(value) if isinstance(value, str) else value
        try:
            return self._catalogue[code][self._index].format_map(_Lenient(shown))
        except (ValueError, TypeError, AttributeError):  # a format that the value given does not bear
            return code


class _Lenient(dict[str, Any]):
    """A value that a sentence asks for and nobody gave is left out: a report is worth more than a blank."""

    def __missing__(self, key: str) -> str:
        return ""


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
    """True for the share of a group's records: what closes it is records, not an amount of a field."""
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


__all__ = ["SIGNS", "Figures", "Wording", "reason"]
