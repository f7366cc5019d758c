"""YAML -> data dictionary."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from communitycheck.errors import ExpressionError, RuleFileError
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.entity import Entity
from communitycheck.model.expression import is_group
from communitycheck.model.text import Text
from communitycheck.model.units import (
    OwnUnits,
    UnitWord,
    canonical,
    column_kind,
    declare,
    every_word,
    kind_of,
    measure_of,
    own_word,
    parse_unit,
)
from communitycheck.nearest import nearest
from communitycheck.patterns import pattern
from communitycheck.standards.entities import check_entities, with_entities
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.files.partial import shaped
from communitycheck.standards.files.schema import DictionaryIn, FieldIn, StandardIn, UnitIn
from communitycheck.standards.files.yaml_file import YamlFile, dotted, read_yaml
from communitycheck.standards.language.dimensions import TYPES_OF_TIME, Dimensions
from communitycheck.standards.language.kinds import KindChecker
from communitycheck.standards.language.names import name_near, with_field_keys
from communitycheck.standards.language.parse import parse
from communitycheck.standards.language.side import clean


def load_dictionary(path: Path, below: Dictionary | None = None) -> Dictionary:
    """Read a data dictionary. One that adds to others may speak of the entities ``below``.

    Raises:
        RuleFileError: with file, line and key.
    """
    faults = FaultList()
    file = read_yaml(path, faults)
    shape, _ = shaped(file, DictionaryIn, faults)
    known = {} if below is None else below.entities
    dictionary, _ = compile_dictionary(shape, file, Dictionary({}, entities=known), faults)
    faults.raise_any()
    return dictionary


def compile_dictionary(
    shape: DictionaryIn | StandardIn,
    file: YamlFile,
    below: Dictionary,
    faults: FaultList,
    lost: frozenset[str] = frozenset(),
) -> tuple[Dictionary, frozenset[str]]:
    """The fields and entities of ``shape`` on top of those of ``below``, and the keys of fields that have a fault.

    Args:
        lost: entities that have no shape; what speaks of them is not told that they are unknown.
    """
    raw = shape.fields
    broken: set[str] = set()
    fields: dict[str, Field] = {}
    for key, one in raw.items():
        before = len(faults.found)
        fields[key] = _field(key, one, file, below.units, faults)
        broken |= {key} if len(faults.found) > before else set()
    plain = with_entities(below.with_fields(fields), shape.entities, raw, file, faults)
    plain = plain.with_fields({}, {key: Entity(key) for key in lost})
    _check_names(plain, raw, file, faults)
    for key, one in raw.items():
        check_entities(one.entities, plain.entities, file, ("fields", key, "entities"), faults)
        check_entities(one.most, plain.entities, file, ("fields", key, "most"), faults)
    derived: dict[str, Field] = {}
    checker, dimensions = KindChecker(plain, {}), Dimensions(plain, {})
    for key, source in raw.items():
        if source.derived is None:
            continue
        try:
            node = with_field_keys(parse(source.derived, below.units, plain.find), plain, {})
            checker.kind(node)
            if is_group(node):
                raise ExpressionError("expression-group-place")
            node = dimensions.derived(plain.fields[key], node)
        except ExpressionError as error:
            faults.note(placed(error, file, ("fields", key, "derived")))
            broken.add(key)
        else:
            derived[key] = replace(plain.fields[key], derived=node)
    return plain.with_fields(derived), frozenset(broken)


def stand_in(key: str) -> Field:
    """A field of which nothing is known but its name, as its entry could not be read."""
    return Field(key, Text(key, key), "decimal")


def _field(key: str, raw: FieldIn, file: YamlFile, units: OwnUnits, faults: FaultList) -> Field:
    stated = DeclaredUnit()
    with faults.noted():
        stated = unit_of(raw.unit, units, file, ("fields", key, "unit"))
        if raw.type in TYPES_OF_TIME:
            stated = stated.of_type(TYPES_OF_TIME[raw.type], units)
    # A share is of a whole; what may be more than all, or less than nothing, has a range of its own.
    known = raw.range or ((0.0, 1.0) if raw.type == "share" and stated.text != "ratio" else (None, None))
    low, high = (end if raw.range is None else stated.held(end) for end in known)
    if low is not None and high is not None and low > high:
        path = ("fields", key, "range")
        faults.note(RuleFileError("field-range-order", file=file.name, line=file.line(path), key=".".join(path)))
    _check_type(key, raw, file, faults)
    return Field(
        key=key,
        label=Text(raw.label.zh, raw.label.en),
        type=raw.type,
        also=tuple(raw.also),
        aliases=tuple(raw.aliases),
        not_aliases=tuple(raw.not_aliases),
        unit=stated.unit,
        dimension=stated.dimension or ("ratio" if raw.type == "share" else None),
        declared=stated.text,
        factor=1.0 if raw.type == "share" else stated.factor,
        entities=tuple(raw.entities),
        low=low,
        high=high,
        most={str(entity): most * stated.factor for entity, most in raw.most.items()},
        usual=stated.held(raw.usual),
        zero_impossible=raw.zero == "impossible",
        values={name: tuple(forms) for name, forms in raw.values.items()},
        unclear=tuple(raw.unclear),
        answers={str(answer): tuple(words) for answer, words in raw.answers.items()},
        same_column=raw.same_column,
        personal=raw.personal,
        person_names=raw.person_names,
        premises=raw.premises or ("part" if stated.dimension == "area" else ""),
        states=raw.states,
        residents=raw.residents,
        role=raw.role,
        note=Text(raw.note.zh, raw.note.en),
    )


# What a column of each role may hold; the reader takes it for text, a code or a period.
_TYPES_OF_ROLES = {
    "name": ("text",),
    "region": ("text",),
    "note": ("text",),
    "code": ("code", "text"),
    "period": ("date", "text"),
    "seq": ("text", "int", "code"),
}


def _check_type(key: str, raw: FieldIn, file: YamlFile, faults: FaultList) -> None:
    """The type fits what else is said of the field."""
    if raw.role is not None and raw.type not in (fitting := _TYPES_OF_ROLES[raw.role]):
        path = ("fields", key, "role")
        values = {"role": raw.role, "found": raw.type, "wanted": fitting[0]}
        faults.note(RuleFileError("field-role", file=file.name, line=file.line(path), key=dotted(path), **values))
    if raw.type == "category" and not raw.values:
        line = file.line(("fields", key, "type"))
        faults.note(RuleFileError("field-values", file=file.name, line=line, key=f"fields.{key}", name=key))


def _check_names(dictionary: Dictionary, raw: dict[str, FieldIn], file: YamlFile, faults: FaultList) -> None:
    taken: dict[str, str] = {}

    def fault(code: str, key: str, at: str, shown: str, **values: str) -> None:
        line = file.line(("fields", key, at))
        faults.note(RuleFileError(code, file=file.name, line=line, key=shown, **values))

    for key, field in dictionary.fields.items():
        for name in (key, *field.also):
            if name in taken and taken[name] != key and key in raw:
                fault("field-name-taken", key, "also", f"fields.{key}", name=name, other=taken[name])
            taken[name] = key
        if key in raw and field.same_column is not None and field.same_column not in dictionary.fields:
            near = name_near(field.same_column, dictionary)
            shown = f"fields.{key}.same_column"
            fault("field-same-column-unknown", key, "same_column", shown, name=field.same_column, near=near)


class DeclaredUnit(Struct, frozen=True):
    """The unit that a file states for a number: its ``text``, the unit in which such numbers are held, the kind of
    number, what one of it is in that unit, and the ``dimension`` by which columns know it. All are empty where none is
    stated."""

    text: str = ""
    unit: str = ""
    kind: str | None = None
    factor: float = 1.0
    dimension: str | None = None

    def of_type(self, kind: str, units: OwnUnits) -> DeclaredUnit:
        """The unit of a field that is held by the day or by the year: 42 h/week are 6 a day."""
        found = parse_unit(self.text, units) if self.text else None
        whole, short = measure_of(kind, units)[0], parse_unit(canonical(kind), units)
        if found is None or short is None or found.dimension not in (whole, short.dimension):
            return self
        return DeclaredUnit(self.text, canonical(kind), kind, found.factor, kind)

    def held(self, value: float | None) -> float | None:
        """``value`` of this unit as tables hold it."""
        return value if value is None or self.factor == 1 else clean(value * self.factor)


def unit_of(written: str, units: OwnUnits, file: YamlFile, path: tuple[str | int, ...]) -> DeclaredUnit:
    """What a written unit is; a fault where there is no such unit."""
    if not written:
        return DeclaredUnit()
    found = parse_unit(written, units)
    if found is None:
        near = nearest(written, every_word(units))
        own = "" if near or _NO_NAME.search(written) else written
        raise RuleFileError(
            "rule-unit-unknown",
            file=file.name,
            line=file.line(path),
            key=dotted(path),
            unit=written,
            near=near,
            own=own,
        )
    kind = kind_of(found)
    return DeclaredUnit(
        found.text, canonical(kind), kind, clean(found.factor / measure_of(kind, units)[1]), column_kind(found)
    )


def compile_units(
    raw: Mapping[str, UnitIn], file: YamlFile, below: OwnUnits, faults: FaultList
) -> dict[str, UnitWord]:
    """A standard's own units on top of those of ``below``."""
    units = dict(below)
    for name, source in raw.items():
        place = functools.partial(RuleFileError, file=file.name, line=file.line(("units", name)), key=f"units.{name}")
        if parse_unit(name, {}) is not None:
            faults.note(place("unit-name-taken", name=name))
            continue
        if _NO_NAME.search(name):
            faults.note(place("unit-name", name=name))
            continue
        word = own_word(name, source.zh, source.en, source.is_, units)
        if word is None:
            near = nearest(source.is_, every_word(units))
            faults.note(place("rule-unit-unknown", unit=source.is_, near=near, own=""))
            continue
        units[name] = word
    declare(units)
    return units


_NO_NAME = pattern(r"[\s/0-9*+()<>=,.]")


def placed(error: ExpressionError, file: YamlFile, path: tuple[str | int, ...]) -> ExpressionError:
    """The error, and what comes with it, with file, line and key of the entry that holds the formula."""
    for one in (error, *error.others):
        one.file, one.line, one.key = file.name, file.line(path), dotted(path)
    return error
