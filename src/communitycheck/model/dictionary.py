"""The data dictionary: every field a return may carry, and the kinds of subject that it may list."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from communitycheck.model.entity import Entity
from communitycheck.model.expression import Node, names_in
from communitycheck.model.text import Text
from communitycheck.model.units import OwnUnits

FieldType = Literal[
    "int",  # a whole number
    "decimal",  # a number
    "share",  # a ratio; percent signs and percent columns become fractions
    "truth",  # yes or no; a count above 0 also means yes
    "count",  # a whole number; a bare yes means 1, no means 0
    "hours",  # hours a day, also written as opening times
    "days",  # days a year; 全年无休 means every day of the year
    "times",  # times a year; 每季度 means 4
    "category",  # one of ``values``
    "items",  # a list written in one cell, split at 、 and ,
    "text",  # names and remarks
    "date",  # a day, or a period (its last day)
    "code",  # digits kept as text
    "identity",  # the identity number of a person, of which is kept whether it is valid
]
NUMERIC_TYPES = frozenset({"int", "decimal", "share", "truth", "count", "hours", "days", "times"})

REGION_LEVELS: tuple[str, ...] = ("province", "city", "county", "street")


class Field(Struct, frozen=True):
    """One named column of a return.

    Attributes:
        key: the canonical name, used in rules.
        also: other names that rules may use for it.
        label: what people call it.
        aliases: headers that mean it; ``not_aliases`` look alike but do not.
        unit: canonical unit of its numbers (``model.units``), empty where it has none.
        declared: the unit that its definition states; one of it is ``factor`` of ``unit``. Bare numbers beside the
            field in rules, and columns that state no unit, are in it.
        dimension: the unit's dimension, None where it has none.
        entities: the kinds of subject whose sheets carry it; empty means any.
        low, high: possible range; a value outside cannot be.
        most: the highest possible value of one kind of subject, where that is less than ``high`` (a community has
            fewer people than a city).
        usual: the highest value that is no surprise; the office is asked about one above it, which is used.
        zero_impossible: a stated 0 is an error (a community with no residents).
        values: for ``category``: canonical value -> written forms; ``unclear`` values are refused with a notice.
        answers: for ``truth``: words that say yes (``true``) or no (``false``) to this question, beside those that say
            so to every one.
        same_column: read from the column of that field (one column can answer two questions).
        derived: how it is worked out from other fields where it has no column.
        personal: never copied into a report.
        states: of a ``truth``: what a yes says: that a ``thing`` stands, that a ``grade`` is reached, that there is a
            ``burden``. Words of building answer only the first, words of grade only the second.
        person_names: it asks for persons, so that a person's name in a cell means one of them; in no other field does
            a name mean yes.
        premises: it says something of the rooms of its subject: of the facility as a ``whole``, or of a ``part`` of it
            (a room, what happens there), or of a ``place`` that may be elsewhere. Where these do not stand, or are not
            in use, what it says is not so.
        residents: it counts ``all`` who live there, or a ``part`` of them: it grows as they do.
        role: what the reader uses it for, apart from judging: ``seq``, ``name``, ``region``, ``period``, ``code``.
    """

    key: str
    label: Text
    type: FieldType
    also: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    not_aliases: tuple[str, ...] = ()
    unit: str = ""
    dimension: str | None = None
    declared: str = ""
    factor: float = 1.0
    entities: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    most: dict[str, float] = field(default_factory=dict)
    usual: float | None = None
    zero_impossible: bool = False
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unclear: tuple[str, ...] = ()
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    same_column: str | None = None
    derived: Node | None = None
    personal: bool = False
    person_names: bool = False
    premises: str = ""
    states: str = ""
    residents: str = ""
    role: str | None = None
    note: Text = Text()

    @property
    def is_number(self) -> bool:
        return self.type in NUMERIC_TYPES

    @property
    def shown_unit(self) -> str:
        """The unit behind its figures in print: ``ratio`` is that of percentages, of which a field declared as a plain
        ratio has none."""
        return "ratio" if self.type == "share" else "" if self.declared == "ratio" else self.unit

    @property
    def possible(self) -> tuple[float, float]:
        """Between which numbers a value lies that nobody knows. Upwards no count or area has an end that is certain; a
        day has 24 hours, a year its days and a share its whole."""
        least = -math.inf if self.low is None else self.low
        if self.zero_impossible and least == 0 and self.type in ("int", "count"):
            least = 1.0
        most = self.high if self.type in ("share", "hours", "days") else None
        return least, math.inf if most is None else most

    def of(self, entity: str | None) -> Field:
        """The field as a subject of that kind may carry it."""
        most = self.most.get(entity or "")
        return self if most is None else replace(self, high=most if self.high is None else min(most, self.high))


class Dictionary(Struct, frozen=True, eq=False):
    """All fields and entities by key. ``find`` also knows the other names of a field; ``units`` are those of a
    standard's own, ``own`` the keys of the fields that standards declare, the last one last."""

    fields: dict[str, Field]
    units: OwnUnits = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    own: tuple[str, ...] = ()

    def find(self, name: str) -> Field | None:
        if name in self.fields:
            return self.fields[name]
        return next((f for f in self.fields.values() if name in f.also), None)

    def level(self, word: str) -> str:
        """The region level that goes by that key or name (borough, 区县); empty where none does."""
        wanted = word.strip().casefold()
        for level in REGION_LEVELS:
            one, named = self.entities.get(level), self.fields.get(level)
            texts = [*((one.label, one.plural) if one else ()), *((named.label,) if named else ())]
            names = {level, *(name for text in texts for name in (text.zh, text.en)), *(named.also if named else ())}
            if wanted in {name.casefold() for name in names}:
                return level
        return ""

    def entity(self, key: str) -> Entity:
        """The entity of that key; one that is not declared is a place named by the field of its key."""
        return self.entities.get(key) or Entity(key, name_field=key)

    def behind(self, names: Iterable[str]) -> set[str]:
        """The names, and the fields that any of them may be derived from."""
        found = set(names)
        new = found
        while new:
            fields = (self.fields.get(name) for name in new)
            derived = [one.derived for one in fields if one is not None and one.derived is not None]
            new = {name for node in derived for name in names_in(node)} - found
            found |= new
        return found

    def named_by(self, field: str) -> str:
        """The kind of subject whose names the field gives; empty where it names none."""
        return next((key for key, entity in self.entities.items() if entity.name_field == field), "")

    def with_fields(self, extra: Mapping[str, Field], entities: Mapping[str, Entity] | None = None) -> Dictionary:
        """A dictionary that also holds a standard's own fields and entities; the standard's definition wins."""
        if not (extra or entities):
            return self
        return Dictionary({**self.fields, **extra}, self.units, {**self.entities, **(entities or {})}, self.own)

    def with_own(self, extra: Mapping[str, Field], entities: Mapping[str, Entity]) -> Dictionary:
        """``with_fields`` of a standard: below a header that names several, its own field is meant."""
        held = self.with_fields(extra, entities)
        return replace(held, own=(*(key for key in self.own if key not in extra), *extra)) if extra else held

    def with_units(self, units: OwnUnits) -> Dictionary:
        """A dictionary that also knows a standard's own units."""
        return Dictionary(self.fields, {**self.units, **units}, self.entities, self.own) if units else self
