"""The raw shape of one standard -> model, with every rule checked so that what loads can be evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Literal

from communitycheck.errors import ExpressionError, RuleFileError
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.expression import Name, Node, Number, addends, is_group, names_in
from communitycheck.model.standard import COMPARISONS, Comparison, Limit, Parameter, Rule, Threshold
from communitycheck.model.text import Text
from communitycheck.model.units import canonical
from communitycheck.standards.dictionary import placed, unit_of
from communitycheck.standards.files.schema import DatedValueIn, ParameterIn, RuleBody, TextIn
from communitycheck.standards.files.yaml_file import Path_, YamlFile, dotted
from communitycheck.standards.language.kinds import KindChecker, outside_aggregates, with_field_keys
from communitycheck.standards.language.parse import parse, parse_quantity
from communitycheck.standards.meets import check_meets

PRINTED: Literal["printed"] = "printed"  # a tolerance taken from the digits that the return prints


@dataclass(frozen=True, slots=True)
class RawRule:
    """A rule before it is compiled: its keys, the standard that last set one of them, and where it stands."""

    id: str
    body: RuleBody
    layer: str
    file: YamlFile
    path: Path_


def overridden(raw: RawRule, change: RuleBody, layer: str, file: YamlFile) -> RawRule:
    """``raw`` with the keys that ``change`` sets. A new comparison replaces the old one whole."""
    kept = {name: getattr(raw.body, name) for name in raw.body.model_fields_set if name != "id"}
    changed = {name: getattr(change, name) for name in change.model_fields_set}
    if any(_attribute(c) in changed for c in COMPARISONS) or "manual" in changed:
        for comparison in COMPARISONS:
            kept.pop(_attribute(comparison), None)
    if "manual" in changed:
        kept.pop("indicator", None)
    if "indicator" in changed:
        kept.pop("manual", None)
    return RawRule(raw.id, RuleBody.model_construct(**{**kept, **changed}), layer, file, ("override", raw.id))


def _attribute(comparison: str) -> str:
    return "is_" if comparison == "is" else comparison


def compile_parameter(name: str, raw: ParameterIn, layer: str, file: YamlFile, dictionary: Dictionary) -> Parameter:
    """A parameter with its values in the canonical unit, oldest first."""
    path: Path_ = ("parameters", name)
    if dictionary.find(name) is not None:
        raise RuleFileError("parameter-is-field", file=file.name, line=file.line(path), key=dotted(path), name=name)
    unit, dimension = unit_of(raw.unit, file, (*path, "unit"))
    dated = raw.value if isinstance(raw.value, list) else [DatedValueIn(value=raw.value)]
    values: list[tuple[date | None, float]] = []
    for item in dated:
        try:
            number = parse_quantity(item.value)
        except ExpressionError as error:
            raise placed(error, file, (*path, "value")) from None
        if number is None:
            raise RuleFileError(
                "parameter-not-number",
                file=file.name,
                line=file.line((*path, "value")),
                key=dotted(path),
                text=item.value,
            )
        if number.dimension is not None:
            dimension, unit = number.dimension, canonical(number.dimension)
        values.append((item.from_, number.value))
    values.sort(key=lambda v: v[0] or date.min)
    return Parameter(name, tuple(values), unit, dimension, raw.clause, Text(raw.note.zh, raw.note.en), layer)


def compile_rules(
    raws: list[RawRule],
    standard: str,
    dictionary: Dictionary,
    parameters: Mapping[str, Parameter],
    faults: list[RuleFileError] | None = None,
) -> tuple[Rule, ...]:
    """All rules of one standard; those that cannot be compiled are left out where ``faults`` takes them.

    Raises:
        RuleFileError: the first fault, with file, line and key.
    """
    compiler = _Compiler(standard, dictionary, parameters, {r.id: r for r in raws})
    rules: list[Rule] = []
    for raw in raws:
        try:
            rules.append(compiler.rule(raw))
        except RuleFileError as error:
            if faults is None:
                raise
            faults.append(error)
    # A rule that was left out would only be missed here.
    if len(rules) == len(raws):
        try:
            check_meets(tuple(rules), {r.id: r for r in raws})
        except RuleFileError as error:
            if faults is None:
                raise
            faults.append(error)
    return tuple(rules)


class _Compiler:
    def __init__(
        self, standard: str, dictionary: Dictionary, parameters: Mapping[str, Parameter], raws: Mapping[str, RawRule]
    ) -> None:
        self.standard = standard
        self.dictionary = dictionary
        self.parameters = parameters
        self.raws = raws
        self.kinds = KindChecker(dictionary, parameters)

    def rule(self, raw: RawRule) -> Rule:
        body = raw.body
        if body.title is None:
            raise self.fault(raw, "rule-no-title")
        if body.applies_to is None:
            raise self.fault(raw, "rule-no-entity")
        if body.manual is not None:
            return self._manual(raw, body.title)
        if body.indicator is None:
            raise self.fault(raw, "rule-no-indicator")
        by = tuple(dict.fromkeys(body.by or ()))
        where = None if body.where is None else self.formula(raw, "where", body.where, truth=True)
        if where is not None and is_group(where):
            raise self.fault(raw, "rule-where-group", "where")
        indicator = self.formula(raw, "indicator", body.indicator)
        threshold = self.threshold(raw, indicator)
        self._check_grouping(raw, by, indicator, threshold)
        unit, dimension = self._unit(raw, indicator, threshold)
        return Rule(
            id=raw.id,
            standard=self.standard,
            title=_text(body.title),
            clause=body.clause or "",
            applies_to=body.applies_to,
            severity=body.severity or "expected",
            where=where,
            by=by,
            indicator=indicator,
            threshold=threshold,
            unit=unit,
            dimension=dimension,
            tolerance=self._tolerance(raw, by, indicator, threshold),
            plausible=self._plausible(raw),
            lever=self._lever(raw),
            due=body.due,
            note=_text(body.note),
            layer=raw.layer,
            entries=tuple(body.entries or ()),
            file=raw.file.name,
            line=raw.file.line(raw.path) or 0,
        )

    def _manual(self, raw: RawRule, title: TextIn) -> Rule:
        body = raw.body
        extra = [c for c in ("indicator", "where", *map(_attribute, COMPARISONS)) if getattr(body, c, None) is not None]
        if extra:
            raise self.fault(raw, "rule-manual-extra", extra[0].rstrip("_"), name=extra[0].rstrip("_"))
        assert body.applies_to is not None
        return Rule(
            id=raw.id,
            standard=self.standard,
            title=_text(title),
            clause=body.clause or "",
            applies_to=body.applies_to,
            severity=body.severity or "expected",
            due=body.due,
            note=_text(body.note),
            layer=raw.layer,
            manual=_text(body.manual),
            entries=tuple(body.entries or ()),
            file=raw.file.name,
            line=raw.file.line(raw.path) or 0,
        )

    def threshold(self, raw: RawRule, indicator: Node) -> Threshold:
        body = raw.body
        given = [c for c in COMPARISONS if getattr(body, _attribute(c), None) is not None]
        if len(given) != 1:
            code = "rule-no-threshold" if not given else "rule-two-thresholds"
            raise self.fault(raw, code, given[-1] if given else None, known=_list(COMPARISONS), given=_list(given))
        comparison: Comparison = given[0]
        indicator_kind = self.kinds.kind(indicator)
        if comparison == "is":
            try:
                self.kinds.truth(indicator)
            except ExpressionError as error:
                raise self._placed(error, raw, "indicator") from None
            return Threshold("is", (Limit(Number(float(bool(body.is_)))),))
        if comparison == "covers":
            if indicator_kind != "items":
                raise self.fault(raw, "rule-covers-items", "covers")
            assert body.covers is not None
            items = tuple(dict.fromkeys(body.covers))
            return Threshold("covers", (Limit(Number(float(len(items)))),), items=items)
        if indicator_kind != "number":
            raise self.fault(raw, "rule-not-number", "indicator", comparison=comparison)
        if comparison == "between":
            assert body.between is not None
            low, high = (self.limit(raw, "between", text) for text in body.between)
            if isinstance(low, Number) and isinstance(high, Number) and low.value > high.value:
                raise self.fault(raw, "rule-between-order", "between")
            return Threshold("between", (Limit(low),), upper=high)
        value = getattr(body, comparison)
        dated = value if isinstance(value, list) else [DatedValueIn(value=value)]
        limits = [Limit(self.limit(raw, comparison, d.value), d.from_, d.clause) for d in dated]
        limits.sort(key=lambda x: x.start or date.min)
        starts = [x.start for x in limits]
        if len(set(starts)) != len(starts):
            raise self.fault(raw, "rule-same-date", comparison)
        return Threshold(comparison, tuple(limits))

    def limit(self, raw: RawRule, key: str, text: str) -> Node:
        """A threshold's value: a quantity with a unit, or a formula."""
        try:
            quantity = parse_quantity(text)
        except ExpressionError as error:
            raise self._placed(error, raw, key) from None
        if quantity is not None:
            return quantity
        node = self.formula(raw, key, text)
        if self.kinds.kind(node) != "number":
            raise self.fault(raw, "rule-threshold-number", key)
        return node

    def formula(self, raw: RawRule, key: str, text: str, *, truth: bool = False) -> Node:
        try:
            node = with_field_keys(parse(text), self.dictionary, self.parameters)
            if truth:
                self.kinds.truth(node)
            else:
                self.kinds.kind(node)
        except ExpressionError as error:
            raise self._placed(error, raw, key) from None
        return node

    def _check_grouping(self, raw: RawRule, by: tuple[str, ...], indicator: Node, threshold: Threshold) -> None:
        parts = [("indicator", indicator)]
        parts += [(threshold.comparison, limit.value) for limit in threshold.limits]
        if threshold.upper is not None:
            parts.append(("between", threshold.upper))
        if by and not is_group(indicator):
            raise self.fault(raw, "rule-by-without-aggregate", "by")
        for key, node in parts:
            if not by and is_group(node) and (key == "indicator" or raw.body.applies_to not in REGION_LEVELS):
                raise self.fault(raw, "rule-aggregate-without-by", key)
            if by:
                loose = [n.name for n in outside_aggregates(node) if n.name not in self.parameters]
                if loose:
                    raise self.fault(raw, "rule-field-outside-aggregate", key, name=loose[0])
                _refuse_nested(self, raw, key, node, inside=False)

    def _unit(self, raw: RawRule, indicator: Node, threshold: Threshold) -> tuple[str, str | None]:
        """The indicator's unit: stated, or the field's, or the threshold's; they must not contradict each other."""
        if threshold.comparison in ("is", "covers"):
            return "", None
        held = [threshold.limits[0].value] + ([threshold.upper] if threshold.upper is not None else [])
        required = next((d for n in held if (d := self.kinds.dimension(n))), None)
        own = self.kinds.dimension(indicator)
        if raw.body.unit is not None:
            try:
                return unit_of(raw.body.unit, raw.file, (*raw.path, "unit"))
            except RuleFileError as error:
                error.key = _key(raw, "unit")
                raise
        explicit = next((n.dimension for n in held if isinstance(n, Number) and n.dimension), None)
        plain_without_unit = isinstance(indicator, Name) and own is None
        if explicit is not None and (plain_without_unit or (own is not None and own != explicit)):
            raise self.fault(
                raw,
                "rule-dimension",
                threshold.comparison,
                wanted=canonical(own) if own else "—",
                found=canonical(explicit),
            )
        dimension = own or required
        return (canonical(dimension), dimension) if dimension else ("", None)

    def _tolerance(
        self, raw: RawRule, by: tuple[str, ...], indicator: Node, threshold: Threshold
    ) -> float | Literal["printed"] | None:
        if raw.body.tolerance is None:
            return None
        if threshold.comparison != "equals":
            raise self.fault(raw, "rule-tolerance-place", "tolerance", comparison=threshold.comparison)
        if raw.body.tolerance == PRINTED:
            sides = [indicator, *(limit.value for limit in threshold.limits)]
            printed = {name for side in sides for name in addends(side)} - set(self.parameters)
            if by or not printed:
                raise self.fault(raw, "rule-tolerance-printed", "tolerance")
            return PRINTED
        try:
            return self._plain(raw, "tolerance", raw.body.tolerance)
        except RuleFileError as error:
            if error.code != "rule-plain-number":
                raise
            raise self.fault(raw, "rule-tolerance", "tolerance", text=raw.body.tolerance) from None

    def _plain(self, raw: RawRule, key: str, text: str | None) -> float | None:
        if text is None:
            return None
        try:
            number = parse_quantity(text)
        except ExpressionError as error:
            raise self._placed(error, raw, key) from None
        if number is None:
            raise self.fault(raw, "rule-plain-number", key, text=text)
        if key == "tolerance" and number.value < 0:
            raise self.fault(raw, "rule-tolerance-negative", key)
        return number.value

    def _plausible(self, raw: RawRule) -> tuple[float | None, float | None] | None:
        if raw.body.plausible is None:
            return None
        low, high = (self._plain(raw, "plausible", end) for end in raw.body.plausible)
        if low is not None and high is not None and low > high:
            raise self.fault(raw, "rule-plausible-order", "plausible")
        return low, high

    def _lever(self, raw: RawRule) -> str | None:
        if raw.body.lever is None:
            return None
        field = self.dictionary.find(raw.body.lever)
        if field is None or not field.is_number:
            near = get_close_matches(raw.body.lever, self.dictionary.fields, n=1)
            raise self.fault(raw, "rule-lever", "lever", name=raw.body.lever, near=near[0] if near else "—")
        return field.key

    def fault(self, raw: RawRule, code: str, key: str | None = None, **values: object) -> RuleFileError:
        path = raw.path if key is None else (*raw.path, key)
        line = raw.file.line(path)
        return RuleFileError(code, file=raw.file.name, line=line, key=_key(raw, key), rule=raw.id, **values)

    def _placed(self, error: ExpressionError, raw: RawRule, key: str) -> ExpressionError:
        placed(error, raw.file, (*raw.path, key))
        error.key = _key(raw, key)
        return error


def _key(raw: RawRule, key: str | None) -> str:
    return raw.id if key is None else f"{raw.id}.{key}"


def _refuse_nested(compiler: _Compiler, raw: RawRule, key: str, node: Node, *, inside: bool) -> None:
    from communitycheck.model.expression import GROUP_FUNCTIONS, Call, children

    aggregate = isinstance(node, Call) and node.function in GROUP_FUNCTIONS
    if aggregate and inside:
        raise compiler.fault(raw, "rule-nested-aggregate", key)
    for child in children(node):
        _refuse_nested(compiler, raw, key, child, inside=inside or aggregate)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _text(raw: TextIn | None) -> Text:
    return Text(raw.zh, raw.en) if raw is not None else Text()


__all__ = ["RawRule", "compile_parameter", "compile_rules", "names_in", "overridden"]
