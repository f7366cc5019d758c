"""The unit in which a table holds a field, and what the units that returns write are worth in it.

Units are read by the grammar of rule files. What a header leaves out because its title or the field says it (hours,
of a field in hours a week) is filled in; a title that speaks of another span of time is not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from msgspec import Struct, field

from communitycheck.model.dictionary import Field
from communitycheck.model.text import Text
from communitycheck.model.units import (
    Dimension,
    OwnUnits,
    RuleUnit,
    Unit,
    UnitPart,
    column_unit,
    kind_of,
    measure_of,
    parse_unit,
    says_unit,
    shown,
)
from communitycheck.patterns import pattern

# Fields of these types hold what is done in a day or a year.
_OF_TYPES = {"hours": "h/day", "days": "days/year", "times": "times/year"}
_SPANS = {
    "days": pattern(r"每[天日]|[日天]均|一天|daily|(?:per|each)\s*day"),
    "weeks": pattern(r"每个?(?:周|星期)|周均|一周|weekly|(?:per|each)\s*week"),
    "months": pattern(r"每个?月|月均|monthly|(?:per|each)\s*month"),
    "quarters": pattern(r"每个?季|季均|quarterly|(?:per|each)\s*quarter"),
    "half years": pattern(r"每半年|half-?\s*yearly|(?:per|each)\s*half-?\s*year"),
    "years": pattern(
        r"每年|年均|全年|(?:本|该|上|全|按|以)年度|annual|(?<!half)(?<!half[- ])yearly|(?:per|each)\s*year"
    ),
}


def spans_in(text: str) -> frozenset[str]:
    """The spans of time, by the keys of their units, that the words of a title give their figures: 每周开放时间."""
    folded = text.casefold()
    return frozenset(key for key, said in _SPANS.items() if said.search(folded))


def spans_of_title(levels: Sequence[str]) -> frozenset[str]:
    """The spans that the last level of a header speaks of, or else one above it; there 全年 says when, not per what."""
    for level in reversed(levels):
        if spans := spans_in(level if level is levels[-1] else level.replace("全年", "")):
            return spans
    return frozenset()


class ColumnUnit(Struct, frozen=True):
    """The unit of a field's numbers.

    Attributes:
        kind: by which name columns know them.
        measures: what they measure, and ``size`` what one of them is in the product of the atoms' units.
        per: what the numbers are per where a unit does not say it.
        spans: of time, that the title of the column speaks of.
        shown: the unit in words.
    """

    kind: str | None = None
    measures: Dimension | None = None
    size: float = 1.0
    per: tuple[UnitPart, ...] = ()
    spans: frozenset[str] = frozenset()
    own: OwnUnits = field(default_factory=dict)
    shown: Text = Text()

    @classmethod
    def of(cls, entry: Field, own: OwnUnits, levels: Sequence[str] = ()) -> ColumnUnit:
        """The unit of a field in a column of that header."""
        declared = parse_unit(entry.declared, own) if entry.declared else None
        held = parse_unit(_OF_TYPES.get(entry.type, entry.unit), own) if entry.unit else None
        if held is None:
            return cls(entry.dimension, own=own)
        if declared is not None and entry.type not in _OF_TYPES:
            held = declared  # times/year are held as times
        per = declared.parts[1:] if declared is not None and len(declared.parts) > 1 else held.parts[1:]
        if any("户均" in level for level in levels):
            per = tuple(UnitPart(1.0, part.word) if part.word.key == "households" else part for part in per)
        words = Text(shown(entry.unit, "zh"), shown(entry.unit, "en"))
        size = measure_of(kind_of(held), own)[1]
        return cls(entry.dimension, held.dimension, size, per, spans_of_title(levels), own, words)

    @property
    def other_span(self) -> bool:
        """The title gives its figures another span of time than the field has."""
        own = _spans_of(self.per)
        return bool(own and self.spans) and not own & self.spans

    def worth(self, written: str) -> float | None:
        """What one of a written unit is in this one; None where it measures something else, or it cannot be told."""
        stated = parse_unit(written, self.own) if written else None
        if stated is not None and self.measures is not None:
            said, asked = _spans_of(stated.parts[1:]), _spans_of(self.per)
            if said and self.spans and not said & self.spans:
                return None  # 每日开放时间(小时/周)
            if said and not asked:  # 每月次数(次/月) of a field in 次 says it twice
                rest = RuleUnit(tuple(part for part in stated.parts if part.word.key not in _SPANS))
                same = rest.dimension == self.measures and said <= self.spans
                return rest.factor / self.size if same else None
            if not said and self.other_span:
                return None
            full = self._filled_in(stated)
            if full is not None:
                return full.factor / self.size
        unit = column_unit(written)
        loosely = None if unit is None else fitting(self.kind, unit, written)
        return None if loosely is None else loosely / (self.size if self.kind in _BASES else 1.0)

    def is_span(self, written: str) -> bool:
        """It is no unit of the numbers, but the span of time that they are about: 次数（年） of a field in times a
        year; any year or month of a field without a unit, such as the year in which something was built."""
        stated = parse_unit(written, self.own)
        word = stated.parts[0].word.key if stated is not None and len(stated.parts) == 1 else ""
        if self.measures is None:
            return word in _SPANS and self.kind is None
        return word in _SPANS and word != "days" and word in _spans_of(self.per)

    def is_other(self, written: str) -> bool:
        """It is a unit, of something else."""
        known = says_unit(written) or parse_unit(written, self.own) is not None
        return self.measures is not None and known and self.worth(written) is None

    def _filled_in(self, stated: RuleUnit) -> RuleUnit | None:
        """The unit with as little of what the numbers are per as makes it measure the same."""
        for many in range(len(self.per) + 1):
            for left_out in combinations(self.per, many):
                full = RuleUnit((*stated.parts, *left_out))
                if full.dimension == self.measures:
                    return full
        return None


# Kinds that have one unit with which all others are compared: square metres, 10,000 yuan.
_BASES = frozenset({"area", "money", "households", "persons", "items"})
COUNTED = frozenset({"items", "persons", "households", "times_per_year"})


def _spans_of(parts: Sequence[UnitPart]) -> frozenset[str]:
    return frozenset(part.word.key for part in parts if part.word.key in _SPANS)


def fitting(dimension: str | None, unit: Unit, written: str) -> float | None:
    """Factor of ``unit`` in a column of ``dimension``; None where it measures something else."""
    if unit.dimension == dimension:
        return unit.factor
    written = "".join(written.split())
    if dimension is None:
        return 10_000.0 if written == "万" else unit.factor if unit.dimension in COUNTED else None
    if written == "万":
        return 10_000.0 if dimension in COUNTED or dimension == "area" else None
    if dimension in COUNTED and written.endswith("个"):
        return unit.factor
    if dimension == "households" and written == "家":
        return unit.factor
    if dimension == "items" and written in ("名", "位", "次"):
        return unit.factor
    if dimension == "hours_per_day" and unit.dimension == "minutes":
        return unit.factor / 60
    if dimension == "minutes" and written in ("小时", "个小时", "h", "hour", "hours"):
        return unit.factor * 60
    if dimension in ("area_per_100_households", "area_per_person") and unit.dimension == "area":
        return unit.factor
    return None
