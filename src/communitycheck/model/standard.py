"""A standard: one published document as rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, field

from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.entity import Entity
from communitycheck.model.expression.lookup_table import LookupTable
from communitycheck.model.places.place_names import ENDINGS, any_of, endings
from communitycheck.model.rule import (
    PLACEHOLDERS,
    SEVERITIES,
    Limit,
    OfClass,
    RelativeTolerance,
    Remark,
    Rule,
    Severity,
    Threshold,
    folded_classes,
)
from communitycheck.model.text import Text
from communitycheck.model.units import OwnUnits
from communitycheck.patterns import pattern

if TYPE_CHECKING:
    from communitycheck.model.scores.score import Score


class Source(Struct, frozen=True):
    document: str
    issuer: str = ""
    date: date | None = None
    url: str = ""


class Jurisdiction(Struct, frozen=True):
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


class Locality(Struct, frozen=True):
    """Where records belong: the narrowest jurisdiction known, and the names of a city and a county inside it that have
    no standard of their own (鞍山市 and 铁东区 in 辽宁省); empty where none is named.

    Attributes:
        elsewhere: several cities are named, and none of them has a standard of its own.
    """

    place: Jurisdiction
    city: str = ""
    county: str = ""
    elsewhere: bool = False


class Parameter(Struct, frozen=True):
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


class Standard(Struct, frozen=True, eq=False):
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
    scores: tuple[Score, ...] = ()
    fields: dict[str, Field] | None = None
    units: OwnUnits = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    file: str = ""
    sha256: str = ""
    note: Text = Text()

    def dictionary_on(self, base: Dictionary) -> Dictionary:
        """``base`` with the standard's own fields, units and entities."""
        return base.with_own(self.fields or {}, self.entities).with_units(self.units)

    def in_force(self, day: date) -> bool:
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_to is None or day <= self.in_force_to
        )

    @property
    def judged(self) -> tuple[Rule, ...]:
        """Everything that is judged: its rules, and what its scores judge themselves."""
        return (*self.rules, *(rule for score in self.scores for rule in score.own_rules))


__all__ = [
    "PLACEHOLDERS",
    "SEVERITIES",
    "Jurisdiction",
    "Limit",
    "Locality",
    "OfClass",
    "Parameter",
    "RelativeTolerance",
    "Remark",
    "Rule",
    "Severity",
    "Source",
    "Standard",
    "Threshold",
    "folded_classes",
]
