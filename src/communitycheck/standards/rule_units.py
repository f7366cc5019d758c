"""The indicator of a rule and its limits in one unit: what measures different things is refused, the rest converted."""

from __future__ import annotations

import dataclasses
from math import isclose

from msgspec import Struct
from msgspec.structs import replace

from communitycheck.errors import ExpressionError, RuleFileError
from communitycheck.model.expression import Binary, Node, Number, show
from communitycheck.model.expression.calendar_days import DATE
from communitycheck.model.standard import Limit, Remark, Threshold
from communitycheck.model.units import NONE, OwnUnits, canonical, kind_of, measure_of, parse_unit
from communitycheck.printable import clip
from communitycheck.standards.dictionary import DeclaredUnit, unit_of
from communitycheck.standards.formulas import Formulas
from communitycheck.standards.language.bare_numbers import Doubt, Fault, code_of, reading
from communitycheck.standards.language.multipliers import LostUnit, doubts_between, lacking, lost_between
from communitycheck.standards.language.orders import order_doubts
from communitycheck.standards.language.rounding import check_stated
from communitycheck.standards.language.side import Side, clean, comparable, is_power_of_ten, times
from communitycheck.standards.language.spellings import lone_ten_thousand, remedy, spelled
from communitycheck.standards.limit_words import as_remark, other_things, small_end, small_percentages, suggested
from communitycheck.standards.raw_rule import RawRule


class UnitsOfRule(Struct, frozen=True):
    """A rule's indicator and threshold, both in the unit of ``kind``.

    Attributes:
        beside: what a bare number has to be read beside.
        remarks: what loads but is better written otherwise: (code, key, values).
        is_multiple: a ratio that is said as a plain number, 1.8, and not as a percentage.
    """

    indicator: Node
    threshold: Threshold
    kind: str = ""
    beside: Side | None = None
    remarks: tuple[Remark, ...] = ()
    is_date: bool = False
    is_multiple: bool = False

    @property
    def unit(self) -> str:
        if self.is_date:
            return DATE
        return canonical(self.kind) if self.kind and not self.is_multiple else ""

    @property
    def dimension(self) -> str | None:
        return None if self.is_multiple else self.kind or None

    def held(self, number: Number, units: OwnUnits) -> float | None:
        """A quantity in the rule's unit (days for dates); None where it measures something else."""
        if self.is_date:
            return number.value if number.dimension in (None, "days") else None
        if number.dimension is None:
            factor = 1.0 if self.beside is None else self.beside.declared or 1.0
            return clean(number.value * factor) if factor != 1 else number.value
        own, stated = measure_of(self.kind, units) if self.kind else None, measure_of(number.dimension, units)
        if own is None or (own[0] != stated[0] and not (own[0].is_count and stated[0].is_count)):
            return None
        return number.value if own[1] == stated[1] else clean(number.value * stated[1] / own[1])


def units_of_rule(raw: RawRule, indicator: Node, threshold: Threshold, formulas: Formulas) -> UnitsOfRule:
    """The rule in one unit.

    Raises:
        RuleFileError: indicator and limit measure different things, or a number lacks its unit.
    """
    measured, remarks = _settled(raw, "indicator", indicator, formulas)
    if threshold.comparison.kind != "number":
        return UnitsOfRule(measured.node, threshold, remarks=remarks)
    if formulas.kinds.kind(indicator) == "date":
        for key in ("unit", "plausible"):
            if getattr(raw.body, key) is not None:
                raise raw.fault("rule-date-key", key, name=key)
        return UnitsOfRule(measured.node, threshold, remarks=remarks, is_date=True)
    units = _RuleUnits(raw, measured, threshold, formulas).settled()
    # Whose dividend has no unit is asked for that first.
    asked = any(code == "lint-bare-dividend" for code, *_ in remarks)
    own = [remark for remark in units.remarks if not (asked and remark[0] == "lint-scaled")]
    return replace(units, remarks=(*remarks, *own))


def settled_where(raw: RawRule, where: Node, formulas: Formulas) -> tuple[Node, tuple[Remark, ...]]:
    """The condition, with its bare numbers in the units of what they are held against, and what to say of these."""
    side, remarks = _settled(raw, "where", where, formulas)
    return side.node, remarks


def _settled(raw: RawRule, key: str, node: Node, formulas: Formulas) -> tuple[Side, tuple[Remark, ...]]:
    try:
        side, doubts = formulas.dimensions.with_doubts(node)
    except ExpressionError as error:
        raise raw.placed(error, key) from None
    said = (as_remark(key, doubt) for doubt in doubts)
    return side, (*said, *small_percentages(raw, key, side.node, formulas))


class _RuleUnits:
    def __init__(self, raw: RawRule, measured: Side, threshold: Threshold, formulas: Formulas) -> None:
        self.raw = raw
        self.key = threshold.comparison.key
        self.units = formulas.dictionary.units
        self.formulas = formulas
        self.measured = measured
        self.threshold = threshold
        self.stated = self._stated()
        held = [limit.value for limit in threshold.limits]
        if threshold.upper is not None:
            held.append(threshold.upper)
        settled = [_settled(raw, self.key, node, formulas) for node in held]
        self.limits = [self._in_stated(side) for side, _ in settled]
        self.remarks: list[Remark] = [remark for _, remarks in settled for remark in remarks]
        if threshold.upper is not None:
            self.remarks += small_end(raw, settled[0][0].node, settled[-1][0].node, formulas)

    def settled(self) -> UnitsOfRule:
        as_written = [self._taken_as_written(limit) for limit in self.limits]
        kind = self._kind(as_written)
        is_multiple = kind == "ratio" and self._is_multiple()
        told = self.measured.is_told and not any(as_written)
        limits = [
            self._as_written(limit) if written else self._converted(limit, kind)
            for limit, written in zip(self.limits, as_written, strict=True)
        ]
        if not limits:
            return UnitsOfRule(self.measured.node, self.threshold)
        if is_multiple:
            limits = [
                dataclasses.replace(node, written="ratio") if isinstance(node, Number) else node for node in limits
            ]
        upper = limits.pop() if self.threshold.upper is not None else None
        if isinstance(upper, Number) and isinstance(limits[0], Number) and limits[0].value > upper.value:
            ends = {"low": spelled(self.limits[0]), "high": spelled(self.limits[-1])}
            raise self.raw.fault("rule-between-order", self.key, comparison=self.key, **ends)
        dated = zip(self.threshold.limits, limits, strict=True)
        threshold = replace(
            self.threshold, limits=tuple(Limit(node, one.start, one.clause) for one, node in dated), upper=upper
        )
        indicator = self._scaled(kind) if told and kind else self.measured.node
        return UnitsOfRule(indicator, threshold, kind, self._beside(kind), tuple(self.remarks), is_multiple=is_multiple)

    def _stated(self) -> DeclaredUnit:
        """The rule's own ``unit``, which has to measure what the indicator does."""
        raw, measured = self.raw, self.measured
        try:
            stated = unit_of(raw.body.unit or "", self.units, raw.file, (*raw.path, "unit"))
        except RuleFileError as error:
            error.key = raw.key("unit")
            raise
        if stated.kind is not None and measured.is_told:
            own = self._side(Number(1.0, stated.kind))
            things = own.is_number_of_things and measured.is_number_of_things
            if not (comparable(own, measured) or things or self._differs_in_counts(own)):
                raise raw.fault(
                    "rule-unit-differs", "unit", unit=own.unit, indicator=_brief(measured.node), wanted=measured.unit
                )
            self._check_rounding(self._side(Number(1.0, stated.kind, stated.text)))
        return stated

    def _check_rounding(self, held: Side) -> None:
        """An indicator that is rounded is so in the unit in which the rule speaks."""
        try:
            check_stated(self.measured, held)
        except ExpressionError as error:
            raise self.raw.placed(error, "indicator") from None

    def _side(self, number: Number) -> Side:
        return self.formulas.dimensions.settled(number)

    def _in_stated(self, limit: Side) -> Side:
        """A bare limit is in the rule's unit, where it states one."""
        if not limit.is_bare or self.stated.kind is None:
            return limit
        own = self._side(Number(1.0, self.stated.kind, self.stated.text))
        if (fault := reading(limit, own).fault) == "percent":
            raise self._bare(fault, limit, own)
        own = self._side(Number(1.0, self.stated.kind))
        return own.with_node(times(limit.node, self.stated.factor, self.stated.kind))

    # whether they go together

    def _taken_as_written(self, limit: Side) -> bool:
        """The two are held against each other as they stand; a fault where they cannot be."""
        measured = self.measured
        if limit.is_bare:
            return self._bare_as_written(limit)
        if not limit.is_told:
            self._refuse_nameless(limit)
            return True
        if measured.dimension is None:
            self._refuse_nameless(limit)
            return True
        self.remarks += other_things(self.threshold.comparison, measured, limit, self.units)
        is_least = self.threshold.comparison.direction == "up"
        self.remarks += [as_remark(self.key, doubt) for doubt in order_doubts(limit, measured, is_least=is_least)]
        if comparable(limit, measured):
            if limit.is_quantity:
                self._check_rounding(limit)
            self._refuse_scaled_twice(limit)
            self._ask_of_multiplier(limit)
            return limit.dimension != measured.dimension and limit.is_number_of_things
        if self._differs_in_counts(limit):
            self._remark("lint-scaled", limit)
            return True
        if limit.is_number_of_things and measured.is_number_of_things and not limit.is_quantity:
            return True
        if (near := lone_ten_thousand(limit, measured)) is not None:
            beside = _brief(measured.node)
            raise self.raw.fault("bare-ten-thousand", self.key, beside=beside, wanted=measured.unit, near=near)
        self._refuse_multiplier(lacking(limit, measured))
        raise self._fault("rule-dimension", limit, wanted=measured.unit, found=limit.unit)

    def _ask_of_multiplier(self, limit: Side) -> None:
        if limit.dimension != self.measured.dimension:
            self._refuse_multiplier(lost_between(limit, self.measured))
        self.remarks += [as_remark(self.key, doubt) for doubt in doubts_between(limit, self.measured)]

    def _refuse_multiplier(self, lost: LostUnit | None) -> None:
        """A bare number behind ``*`` or ``/`` whose unit is lost."""
        if lost is not None:
            raise self.raw.fault(code_of(lost.fault), self.key, **lost.values())

    def _refuse_nameless(self, limit: Side) -> None:
        """A limit whose unit would say in what a field is that declares none."""
        if self.raw.body.unit:
            return
        for one, other in ((self.measured, limit), (limit, self.measured)):
            if one.takes_unit_of(other):
                raise self._fault("rule-no-field-unit", limit, field=one.nameless)

    def _bare_as_written(self, limit: Side) -> bool:
        measured = self.measured
        self._refuse_nameless(limit)
        in_parts = any(one.is_bare and not one.is_integral for one in self.limits)  # 0.5 now and 1 later
        equated = self.threshold.comparison.equates or self.threshold.upper is not None or in_parts
        found = reading(limit, measured, "equated" if equated else "compared")
        if found.fault:
            raise self._bare(found.fault, limit, measured)
        if measured.is_whole and limit.most:
            self._ask_of_multiplier(limit)
        if found.doubt:
            self.remarks.append(as_remark(self.key, Doubt(limit, measured, found.doubt)))
        loose = measured.is_told and measured.is_loose and not measured.is_number_of_things
        if found.is_plain and limit.most != 0 and loose:
            small = measured.dimension == NONE and limit.most is not None and limit.most <= 1
            if small and is_power_of_ten(measured.scale or 0):
                raise self._scaled_twice(limit)
            self._remark("lint-scaled", limit)
        return found.is_plain

    def _bare(self, fault: Fault, limit: Side, beside: Side) -> RuleFileError:
        near = remedy(fault, limit, beside)
        return self.raw.fault(
            code_of(fault),
            self.key,
            beside=clip(str(self.raw.body.indicator), 60),
            wanted=self.measured.unit,
            limit=spelled(limit),
            near=near,
        )

    def _differs_in_counts(self, limit: Side) -> bool:
        """The old spelling: the indicator brings its own ``* 100``, and the limit is so many of what it counts."""
        measured = self.measured
        if limit.dimension is None or measured.dimension is None or not measured.is_loose:
            return False
        same = limit.dimension.without_counts == measured.dimension.without_counts
        return same and limit.dimension.is_single

    def _refuse_scaled_twice(self, limit: Side) -> None:
        """``* 100`` beside a limit that already says per 100."""
        measured = self.measured
        if measured.is_whole or not measured.is_loose:
            return
        if measured.dimension != limit.dimension and limit.is_number_of_things:
            return
        if not limit.is_quantity and (limit.dimension is None or limit.dimension.is_single):
            return  # a tenth of another field
        scale = measured.scale or 0
        if is_power_of_ten(scale) or any(
            isclose(scale, ratio, rel_tol=1e-9) and not isclose(ratio, 1) for ratio in self._ratios(limit)
        ):
            raise self._scaled_twice(limit)

    def _ratios(self, limit: Side) -> tuple[float, float]:
        return self.measured.factor / limit.factor, limit.factor / self.measured.factor

    def _scaled_twice(self, limit: Side) -> RuleFileError:
        scale = self.measured.scale or 1.0
        factor = f"* {scale:.12g}" if scale > 1 else f"/ {1 / scale:.12g}"
        return self._fault("rule-scaled-twice", limit, key="indicator", factor=factor)

    def _fault(self, code: str, limit: Side, *, key: str | None = None, **values: object) -> RuleFileError:
        given = {
            "indicator": _brief(self.measured.node),
            "limit": spelled(limit),
            "near": suggested(self.measured, limit),
            "comparison": self.key,
        }
        return self.raw.fault(code, key or self.key, **{**given, **values})

    def _remark(self, code: str, limit: Side) -> None:
        near = suggested(self.measured, limit)
        values = {"indicator": _brief(self.measured.node), "limit": spelled(limit), "near": near}
        if not any(code == one for one, *_ in self.remarks):
            self.remarks.append((code, self.key, values))

    # in one unit

    def _kind(self, as_written: list[bool]) -> str:
        """The kind of unit that is shown: the rule's own, else the one that the indicator keeps, else the limit's."""
        if self.stated.kind is not None:
            return self.stated.kind
        measured = self.measured
        stated = next((limit for limit in self.limits if limit.is_told and limit.kind), None)
        if measured.kind == "items" and stated is not None and stated.thing:
            return stated.kind
        if measured.kind:
            return measured.kind
        bare = any(limit.is_bare and limit.most != 0 for limit in self.limits)
        if stated is not None and (stated.is_quantity or not measured.is_told or not any(as_written)):
            return stated.kind
        if measured.dimension is None or measured.is_whole:
            return ""
        if measured.is_loose and bare and not measured.dimension.is_single:
            return ""
        if measured.dimension == NONE:
            return "" if measured.is_loose else "ratio"
        if measured.is_loose:
            return "" if measured.dimension is None or not measured.dimension.is_single else self._product_kind()
        return self._product_kind()

    def _is_multiple(self) -> bool:
        """The rule, else a limit, else the field says ``ratio``."""
        if self.stated.text:
            return self.stated.text == "ratio"
        stated = [limit.written.text for limit in self.limits if limit.written is not None]
        if stated:
            return "ratio" in stated
        return self.measured.written is not None and self.measured.written.text == "ratio"

    def _product_kind(self) -> str:
        unit = parse_unit(self.measured.unit_text, self.units)
        bare = any(limit.is_bare for limit in self.limits)
        if unit is None or (bare and not isclose(unit.factor, self.measured.factor)):
            return ""  # a bare number is in the units of the fields, of which this is another one
        return kind_of(unit)

    def _beside(self, kind: str) -> Side:
        """What a tolerance and the like are read beside: the unit of the rule, else the one that it is held in."""
        if not kind or (kind == self.measured.kind and self.stated.kind is None):
            return self.measured
        limits = () if kind == "ratio" else self.limits
        unit = self.stated.text or next((s.written.text for s in limits if s.written and s.kind == kind), "")
        own = self._side(Number(1.0, kind, unit))
        return own if self.stated.kind is not None else own._replace(declared=1.0)

    def _as_written(self, limit: Side) -> Node:
        """A bare limit beside an indicator with a factor of its own is in the units that its fields declare."""
        beside = self.measured
        return times(limit.node, beside.declared or 1.0) if limit.is_bare and beside.dimension else limit.node

    def _converted(self, limit: Side, kind: str) -> Node:
        """A limit in numbers of ``kind``."""
        if limit.is_bare:
            measured, factor = self.measured, 1.0
            if kind and measured.is_told and not measured.is_whole:
                factor = measured.factor / measure_of(kind, self.units)[1]
            node = times(limit.node, clean((measured.declared or 1.0) * factor))
            return Number(node.value, kind or None) if isinstance(node, Number) and kind == "ratio" else node
        if not kind or not limit.is_told or limit.is_whole:
            return limit.node
        factor = limit.factor / measure_of(kind, self.units)[1]
        if isinstance(limit.node, Number):
            return Number(clean(limit.node.value * factor) if factor != 1 else limit.node.value, kind)
        return times(limit.node, factor, kind)

    def _scaled(self, kind: str) -> Node:
        """The indicator in numbers of ``kind``: ``facility_area / households`` by 100 households."""
        node = self.measured.node
        if self.measured.is_whole:
            return node
        ratio = self.measured.factor / measure_of(kind, self.units)[1]
        if isclose(ratio, 1, rel_tol=1e-12):
            return node
        unit = parse_unit(canonical(kind), self.units)
        for part in () if unit is None else unit.parts[1:]:
            held = kind_of(replace(unit, parts=(replace(part, times=1.0),))) if unit is not None else ""
            size = part.factor / measure_of(held, self.units)[1]
            if isclose(size, ratio, rel_tol=1e-12):
                return Binary("*", node, Number(clean(ratio), held))
        return times(node, ratio)


def _brief(node: Node) -> str:
    return clip(show(node), 60)
