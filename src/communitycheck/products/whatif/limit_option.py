"""``--set`` and ``--parameter``: a value as rule files write it, held against the limit or parameter that it replaces.

What is not clear is asked: a rule without a single number as its limit, a unit that measures something else, a bare
number beside a percentage that could be a share.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from communitycheck.errors import ExpressionError, UsageError
from communitycheck.model.comparison import COMPARISONS
from communitycheck.model.expression import Number, names_in, show
from communitycheck.model.expression.calendar_days import DATE
from communitycheck.model.expression.folding import fold
from communitycheck.model.standard import Parameter, Rule, Standard
from communitycheck.model.units import OwnUnits, measure_of
from communitycheck.nearest import nearest
from communitycheck.standards import RuleBook, parse_quantity
from communitycheck.standards.files.schema import ParameterIn, ReformIn, RuleBody
from communitycheck.standards.files.yaml_file import YamlFile
from communitycheck.standards.language.spoken import plain_number
from communitycheck.standards.lint.reasoning.bounds import bounds
from communitycheck.standards.raw_rule import RawRule
from communitycheck.standards.reforms.reform import Reform

PERCENT = "%"
_NAMED = 12  # names that a question lists


class LimitSpan(Struct, frozen=True):
    """The limits of a rule between two ends, each as it is written with its unit; an open end is empty."""

    rule: str
    layers: tuple[str, ...]
    key: str
    low: str
    high: str
    unit: str

    def reforms(self, value: str) -> list[Reform]:
        """The rule with one of its limits."""
        return [_limit_reform(self.rule, layer, self.key, value, f"--set {self.rule}={value}") for layer in self.layers]


def is_span(written: str) -> bool:
    """Whether ``RULE=VALUE`` names a span of limits."""
    return ".." in written.partition("=")[2]


def limit_asked(written: str, book: RuleBook, standards: Sequence[Standard]) -> list[Reform] | LimitSpan:
    """What ``--set RULE=VALUE`` changes, or the span of ``--set RULE=LOW..HIGH``.

    Args:
        standards: those that are judged by, as ``book`` has them.

    Raises:
        UsageError, RuleFileError: no such rule, no single number as its limit, a value that cannot be that limit.
    """
    option = f"--set {written}"
    name, value = _parts(option, written)
    rule_name, _, of = name.partition("@")
    found = [
        (standard, rule)
        for standard in standards
        for rule in standard.rules
        if rule.id.casefold() == rule_name.strip().casefold() and of.strip() in ("", standard.id)
    ]
    if not found:
        known = [rule.id for standard in standards for rule in standard.rules]
        near = nearest(name, [*known, *(f"{r.id}@{s.id}" for s in standards for r in s.rules)] if of else known)
        raise UsageError("rule-unknown", name=name, near=near or "")
    standard, rule = found[0]
    raw = next(one for one in book.raws(standard.id) if one.id == rule.id)
    key = _comparison_set(option, rule, raw, standard)
    own = _unit_of_limit(raw, key, rule)
    units = standard.dictionary_on(book.dictionary).units
    layers = tuple(dict.fromkeys(of.strip() or r.layer for s, r in found))
    low, span, high = value.partition("..")
    if rule.unit != DATE and any(map(_is_below_zero, (low, high))) and _is_never_below_zero(rule, standard, book):
        raise UsageError("whatif-below-zero", option=option, rule=rule.id)
    if not span:
        text = value if rule.unit == DATE else _quantity(option, value, own, rule.dimension, units)
        return [_limit_reform(rule.id, layer, key, text, option) for layer in layers]
    held = rule.threshold
    if held is None or held.comparison.direction is None or held.comparison.form != "limit" or rule.unit == DATE:
        raise UsageError("whatif-no-span", option=option, rule=rule.id, limit=f"{key}: {raw.body.compared.get(key)}")
    ends = [end.strip() for end in (low, high)]
    if ends[0] and ends[1] and _is_bare(ends[0], units) and not _is_bare(ends[1], units):
        ends[0] += " " + ends[1].lstrip("-+.0123456789").strip()  # 300..800 m2
    ends = [end and _quantity(option, end, own, rule.dimension, units) for end in ends]
    return LimitSpan(rule.id, layers, key, ends[0], ends[1], own)


def parameter_asked(written: str, book: RuleBook, standards: Sequence[Standard]) -> list[Reform]:
    """What ``--parameter NAME=VALUE`` changes.

    Raises:
        UsageError, RuleFileError: no such parameter, a value that cannot be its own.
    """
    option = f"--parameter {written}"
    name, value = _parts(option, written)
    found = [(standard, standard.parameters[name]) for standard in standards if name in standard.parameters]
    if not found:
        known = list(dict.fromkeys(key for standard in standards for key in standard.parameters))
        near = nearest(name, known) or ""
        raise UsageError("whatif-parameter-unknown", name=name, near=near, known=", ".join(known[:_NAMED]) or "—")
    standard, parameter = found[0]
    units = standard.dictionary_on(book.dictionary).units
    text = _quantity(option, value, _unit_of_parameter(parameter), parameter.dimension, units)
    raw = ParameterIn(value=text, unit=parameter.unit if parameter.dimension not in (None, "ratio") else "")
    layers = dict.fromkeys(one.layer or s.id for s, one in found)
    return [Reform(ReformIn(extends=layer, parameters={name: raw}), _file(option)) for layer in layers]


def _parts(option: str, written: str) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in written.partition("="))
    if not (equals and name and value):
        raise UsageError("whatif-form", option=option)
    return name, value


def _limit_reform(rule: str, layer: str, key: str, text: str, option: str) -> Reform:
    body = RuleBody.model_validate({key: text})
    return Reform(ReformIn(extends=layer, override={rule: body}), _file(option))


def _file(option: str) -> YamlFile:
    """What a fault names in place of a file."""
    return YamlFile(option, None, {}, {}, "")


def _comparison_set(option: str, rule: Rule, raw: RawRule, standard: Standard) -> str:
    """The key of the one number that the rule has as its limit."""
    held = rule.threshold
    if rule.manual is not None or held is None:
        raise UsageError("whatif-manual", option=option, rule=rule.id)
    if held.comparison.form == "items":
        return "at_least"  # beside the list: how many of it are needed
    latest = {name: one.values[-1][1] for name, one in standard.parameters.items()}
    fixed = [fold(limit.value, latest.get) for limit in held.limits]
    if held.comparison.form == "limit" and (rule.unit == DATE or all(isinstance(one, Number) for one in fixed)):
        return held.comparison.key
    key, limit = next((key, value) for key, value in raw.body.compared.items() if key in COMPARISONS)
    used = {name for node in rule.judged for name in names_in(node)}
    asked = [show(node) for node in rule.judged]
    named = [f"--parameter {name}=… ({_shown(one)})" for name, one in standard.parameters.items() if name in used]
    named += [f"--reform FILE (tables: {name})" for name in standard.tables if any(name in text for text in asked)]
    shown = f"{key}: {_text_of(limit)}"
    raise UsageError(
        "whatif-no-number", option=option, rule=rule.id, limit=shown, can="; ".join(named[:_NAMED]),
        override=f"override: {{{rule.id}: {{{key}: …}}}}",
    )  # fmt: skip


def _text_of(limit: object) -> str:
    if isinstance(limit, list):
        return "[" + ", ".join(str(getattr(one, "value", one)) for one in limit) + "]"
    return str(limit).lower() if isinstance(limit, bool) else str(limit)


def _shown(parameter: Parameter) -> str:
    value = parameter.values[-1][1]
    unit = _unit_of_parameter(parameter)
    value = value * 100 if unit == PERCENT else value
    return f"{value:.12g}{unit}" if unit == PERCENT else f"{value:.12g} {unit}".strip()


def _unit_of_parameter(parameter: Parameter) -> str:
    return PERCENT if parameter.dimension == "ratio" else parameter.declared or parameter.unit


def _unit_of_limit(raw: RawRule, key: str, rule: Rule) -> str:
    """In which unit the file states the limit: "" where it states a bare number."""
    value = raw.body.compared.get(key)
    last = value[-1].value if isinstance(value, list) else value
    try:
        number = None if last is None else parse_quantity(str(last))
    except ExpressionError:
        number = None
    if number is not None and number.dimension is None:
        return ""
    if rule.dimension == "ratio":
        return PERCENT
    return number.written if number is not None else rule.unit


def _is_below_zero(text: str) -> bool:
    try:
        number = plain_number(text.strip(), {})
    except ExpressionError:
        number = None
    return number is not None and number.value < 0


def _is_never_below_zero(rule: Rule, standard: Standard, book: RuleBook) -> bool:
    return rule.indicator is not None and bounds(rule.indicator, standard.dictionary_on(book.dictionary))[0] >= 0


def _is_bare(text: str, units: OwnUnits) -> bool:
    try:
        number = plain_number(text, units)
    except ExpressionError:
        return False
    return number is not None and number.dimension is None


def _quantity(option: str, text: str, own: str, dimension: str | None, units: OwnUnits) -> str:
    """A value with its unit, which has to measure what the limit does; a bare number is in the limit's ``own`` unit."""
    try:
        number = plain_number(text, units)
    except ExpressionError as error:
        error.file, error.line, error.key = option, None, None
        raise
    if number is None:
        raise UsageError("whatif-value", option=option, value=text, near=f"600 {own}".strip())
    if number.dimension is None:
        if own == PERCENT and 0 < abs(number.value) <= 1:
            raise UsageError(
                "whatif-share", option=option, value=text, share=f"{number.value * 100:.12g}%", percent=f"{text}%"
            )
        return f"{text}{own}" if own == PERCENT else f"{text} {own}".strip()
    if dimension is None:
        if number.dimension == "ratio":  # a bare share, as a file may write it
            return text
        raise UsageError("whatif-unit-none", option=option, value=text)
    if number.dimension != dimension and measure_of(number.dimension, units)[0] != measure_of(dimension, units)[0]:
        raise UsageError("whatif-unit", option=option, value=text, unit=own or dimension)
    return text


__all__ = ["LimitSpan", "is_span", "limit_asked", "parameter_asked"]
