"""A standard: one published document as rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic, Literal, TypeVar

from communitycheck.model.comparison import Comparison
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.entity import Entity
from communitycheck.model.expression import Node, Number, Truth
from communitycheck.model.expression.folding import Parameters, fold
from communitycheck.model.expression.lookup_table import LookupTable
from communitycheck.model.places.place_names import ENDINGS, any_of, endings
from communitycheck.model.text import Text
from communitycheck.model.units import OwnUnits
from communitycheck.patterns import pattern

Severity = Literal["mandatory", "expected", "advisory"]
SEVERITIES: tuple[Severity, ...] = ("mandatory", "expected", "advisory")


# What a rule's own message may name.
PLACEHOLDERS = ("name", "observed", "required", "shortfall")


@dataclass(frozen=True, slots=True)
class Source:
    document: str
    issuer: str = ""
    date: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Where a standard applies. ``code`` is the 6-digit region code (000000 is the whole country; empty where the place
    has none); ``divisions`` are the names of the counties below, by which a record without a code or a city is placed.
    """

    code: str
    name: str
    divisions: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """The leading digits that every code inside shares: 210100 -> 2101."""
        stem = self.code
        while stem.endswith("00"):
            stem = stem[:-2]
        return stem

    @property
    def level(self) -> str:
        """``country``, ``province``, ``city`` or ``county``."""
        return {0: "country", 2: "province", 4: "city"}.get(len(self.prefix), "county")

    @property
    def short_name(self) -> str:
        """沈阳市 -> 沈阳; a name of two characters stays whole."""
        stem = self.name.rstrip("省市区县")
        return stem if len(stem) >= 2 else self.name


COUNTY_ENDINGS = endings("county", also=("市",))  # 市: a city of a county's rank
# A city, a county, or a county of a city.
PLACE = pattern(
    rf"(?!.*(?:省|自治区))(?P<city>[\u4e00-\u9fff]{{1,12}}?{any_of(ENDINGS['city'])}(?!中区|南区|北区))?"
    rf"(?P<county>(?!地区)[\u4e00-\u9fff]{{1,12}}{any_of(COUNTY_ENDINGS)})?"
)


@dataclass(frozen=True, slots=True)
class Locality:
    """Where records belong: the narrowest jurisdiction known, and the names of a city and a county inside it that have
    no standard of their own (鞍山市 and 铁东区 in 辽宁省); empty where none is named.

    Attributes:
        elsewhere: several cities are named, and none of them has a standard of its own.
    """

    place: Jurisdiction
    city: str = ""
    county: str = ""
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named, dated, cited number that rules share. ``values`` are (from, value), oldest first, in ``unit``; a number
    without one is ``factor`` of it, as the file states it in ``declared``."""

    name: str
    values: tuple[tuple[date | None, float], ...]
    unit: str = ""
    dimension: str | None = None
    factor: float = 1.0
    clause: str = ""
    note: Text = Text()
    layer: str = ""
    declared: str = ""

    def at(self, day: date) -> float | None:
        """The value in force on ``day``; None before the first."""
        current = None
        for start, value in self.values:
            if start is None or start <= day:
                current = value
        return current


@dataclass(frozen=True, slots=True)
class Limit:
    """One dated value of a threshold: an expression (most often a plain number)."""

    value: Node
    start: date | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """The limit an indicator is held against.

    ``limits`` are in order of their dates. ``upper`` is the second limit of a range; ``items`` are those of a list, of
    which the limit says how many are needed.
    """

    comparison: Comparison
    limits: tuple[Limit, ...] = ()
    upper: Node | None = None
    items: tuple[str, ...] = ()

    @property
    def items_needed(self) -> int:
        """How many of the items a list has to hold: all, unless the rule says fewer."""
        if not self.limits:
            return len(self.items)
        needed = self.limits[0].value
        assert isinstance(needed, Number)
        return int(needed.value)

    def at(self, day: date) -> Limit | None:
        """The limit in force on ``day``; None before the first."""
        current = None
        for limit in self.limits:
            if limit.start is None or limit.start <= day:
                current = limit
        return current

    def folded(self, parameter: Parameters) -> Threshold:
        """The threshold with parameters worked into its limits."""
        limits = tuple(replace(limit, value=fold(limit.value, parameter)) for limit in self.limits)
        return replace(self, limits=limits, upper=None if self.upper is None else fold(self.upper, parameter))


@dataclass(frozen=True, slots=True)
class RelativeTolerance:
    """Both sides may differ by a ``share`` of the limit."""

    share: float


T = TypeVar("T")
V = TypeVar("V", covariant=True)


@dataclass(frozen=True, slots=True)
class OfClass(Generic[V]):
    """``value`` for the subjects that meet ``where``, of those that no earlier class has; None is all others."""

    where: Node | None
    value: V


def folded_classes(classes: Sequence[OfClass[T]], parameter: Parameters) -> tuple[OfClass[T], ...]:
    """The classes with parameters worked into their conditions."""
    return tuple(one if one.where is None else replace(one, where=fold(one.where, parameter)) for one in classes)


# What loads but is better written otherwise, for lint: code, key, values.
Remark = tuple[str, str, Mapping[str, object]]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """Our machine test of a clause.

    Attributes:
        applies_to: the kind of subject whose records are read.
        where: which of them are in scope; None is all.
        by: group levels (``county``, ``city``...); empty judges each record.
        indicator: the number or truth judged; None for a manual rule.
        unit: canonical unit of the indicator; ``dimension`` likewise.
        tolerance: slack of ``equals``, absolute or of the limit; ``printed`` takes it from the digits that the return
            prints, None is no slack beyond the noise of arithmetic.
        plausible: range of the indicator outside of which the data, not the subject, is at fault.
        lever: the field by which a shortfall is closed.
        severity: how binding it is; where that hangs on the class (``severities``), the strictest of them.
        due: the day by which it has to be met; where that hangs on the class (``dues``), the earliest of them.
        layer: id of the standard that set this version of the rule.
        message: what a fail says in place of our sentence, with ``PLACEHOLDERS`` in braces; ``advice`` comes after it.
        manual: why it cannot be judged from a return.
        entries: catalogue entries that the rule encodes, restatements included.
        remarks: what is better written otherwise.
        line: where it stands in its file.
    """

    id: str
    standard: str
    title: Text
    clause: str
    applies_to: str
    severity: Severity
    where: Node | None = None
    by: tuple[str, ...] = ()
    indicator: Node | None = None
    threshold: Threshold | None = None
    unit: str = ""
    dimension: str | None = None
    tolerance: float | Literal["printed"] | RelativeTolerance | None = None
    plausible: tuple[float | None, float | None] | None = None
    lever: str | None = None
    due: date | None = None
    severities: tuple[OfClass[Severity], ...] = ()
    dues: tuple[OfClass[date], ...] = ()
    note: Text = Text()
    message: Text | None = None
    advice: Text | None = None
    layer: str = ""
    manual: Text | None = None
    entries: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def judged(self) -> list[Node]:
        """Indicator, every dated limit and the upper limit, as far as there are such."""
        held = self.threshold
        limits = [] if held is None else [*(limit.value for limit in held.limits), held.upper]
        return [node for node in (self.indicator, *limits) if node is not None]

    @property
    def class_conditions(self) -> list[Node]:
        """By what the subjects are told apart for whom severity or deadline differ."""
        return [one.where for one in (*self.severities, *self.dues) if one.where is not None]

    @property
    def expressions(self) -> list[Node]:
        """Every expression of the rule: scope, what is judged, and classes."""
        return [*([] if self.where is None else [self.where]), *self.judged, *self.class_conditions]

    @property
    def least_severity(self) -> Severity:
        """The mildest that it is for anybody."""
        return max((one.value for one in self.severities), key=SEVERITIES.index, default=self.severity)

    @property
    def days_due(self) -> list[date]:
        """Every day that is a deadline for somebody, each once."""
        days = [one.value for one in self.dues] or ([] if self.due is None else [self.due])
        return sorted(set(days))

    @property
    def last_due(self) -> date | None:
        """The latest day that anybody has; None where it is due at once for all."""
        return max(self.days_due, default=None)

    def folded(self, parameter: Parameters) -> Rule:
        """The rule as it is judged: parameters worked into scope, indicator and threshold."""
        where = None if self.where is None else fold(self.where, parameter)
        return replace(
            self,
            where=None if where == Truth(True) else where,
            indicator=None if self.indicator is None else fold(self.indicator, parameter),
            threshold=None if self.threshold is None else self.threshold.folded(parameter),
            severities=folded_classes(self.severities, parameter),
            dues=folded_classes(self.dues, parameter),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """One document as rules, with everything it inherits already in place.

    ``lineage`` are the ids of the standards it extends, nearest first, and ``sources`` their documents by id.
    ``fields``, ``units`` and ``entities`` are its own ones.
    ``horizon`` is the end of the plan's period: judged after it, verdicts say so.
    """

    id: str
    title: Text
    source: Source
    jurisdiction: Jurisdiction
    rules: tuple[Rule, ...]
    parameters: dict[str, Parameter]
    tables: dict[str, LookupTable] = field(default_factory=dict)
    in_force_from: date | None = None
    in_force_to: date | None = None
    horizon: date | None = None
    lineage: tuple[str, ...] = ()
    sources: dict[str, Source] = field(default_factory=dict)
    fields: dict[str, Field] | None = None
    units: OwnUnits = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    file: str = ""
    sha256: str = ""
    note: Text = Text()

    def dictionary_on(self, base: Dictionary) -> Dictionary:
        """``base`` with the standard's own fields and entities."""
        return base.with_fields(self.fields or {}, self.entities)

    def in_force(self, day: date) -> bool:
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_to is None or day <= self.in_force_to
        )
