"""YAML -> data dictionary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from communitycheck.errors import ExpressionError, RuleFileError
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import is_group
from communitycheck.model.text import Text
from communitycheck.model.units import UNITS, canonical, find_unit
from communitycheck.nearest import nearest
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.files.partial import shaped
from communitycheck.standards.files.schema import DictionaryIn, FieldIn
from communitycheck.standards.files.yaml_file import YamlFile, dotted, read_yaml
from communitycheck.standards.language.kinds import KindChecker
from communitycheck.standards.language.names import name_near, with_field_keys
from communitycheck.standards.language.parse import parse


def load_dictionary(path: Path) -> Dictionary:
    """Read a data dictionary.

    Raises:
        RuleFileError: with file, line and key.
    """
    faults = FaultList()
    file = read_yaml(path, faults)
    shape, _ = shaped(file, DictionaryIn, faults)
    dictionary, _ = compile_dictionary(shape.fields, file, Dictionary({}), faults)
    faults.raise_any()
    return dictionary


def compile_dictionary(
    raw: dict[str, FieldIn], file: YamlFile, below: Dictionary, faults: FaultList
) -> tuple[Dictionary, frozenset[str]]:
    """The fields of ``raw`` on top of those of ``below``, and the keys of those that have a fault."""
    broken: set[str] = set()
    fields: dict[str, Field] = {}
    for key, one in raw.items():
        before = len(faults.found)
        fields[key] = _field(key, one, file, faults)
        broken |= {key} if len(faults.found) > before else set()
    plain = below.with_fields(fields)
    _check_names(plain, raw, file, faults)
    derived: dict[str, Field] = {}
    checker = KindChecker(plain, {})
    for key, source in raw.items():
        if source.derived is None:
            continue
        try:
            node = with_field_keys(parse(source.derived), plain, {})
            checker.kind(node)
            if is_group(node):
                raise ExpressionError("expression-group-place")
        except ExpressionError as error:
            faults.note(placed(error, file, ("fields", key, "derived")))
            broken.add(key)
        else:
            derived[key] = replace(plain.fields[key], derived=node)
    return plain.with_fields(derived), frozenset(broken)


def stand_in(key: str) -> Field:
    """A field of which nothing is known but its name, as its entry could not be read."""
    return Field(key, Text(key, key), "decimal")


def _field(key: str, raw: FieldIn, file: YamlFile, faults: FaultList) -> Field:
    unit, dimension = "", None
    with faults.noted():
        unit, dimension = unit_of(raw.unit, file, ("fields", key, "unit"))
    low, high = raw.range or (None, None)
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
        unit=unit,
        dimension=dimension or ("ratio" if raw.type == "share" else None),
        entities=tuple(raw.entities),
        low=low,
        high=high,
        most={str(entity): most for entity, most in raw.most.items()},
        usual=raw.usual,
        zero_impossible=raw.zero == "impossible",
        values={name: tuple(forms) for name, forms in raw.values.items()},
        unclear=tuple(raw.unclear),
        answers={str(answer): tuple(words) for answer, words in raw.answers.items()},
        same_column=raw.same_column,
        personal=raw.personal,
        person_names=raw.person_names,
        premises=raw.premises or ("part" if dimension == "area" else ""),
        states=raw.states,
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


def unit_of(written: str, file: YamlFile, path: tuple[str | int, ...]) -> tuple[str, str | None]:
    """Canonical unit and dimension of a written unit; both empty where none is written."""
    if not written:
        return "", None
    found = find_unit(written)
    if found is None:
        near = nearest(written, UNITS)
        raise RuleFileError(
            "rule-unit-unknown",
            file=file.name,
            line=file.line(path),
            key=dotted(path),
            unit=written,
            near=near,
        )
    return canonical(found.dimension), found.dimension


def placed(error: ExpressionError, file: YamlFile, path: tuple[str | int, ...]) -> ExpressionError:
    """The error, and what comes with it, with file, line and key of the entry that holds the formula."""
    for one in (error, *error.others):
        one.file, one.line, one.key = file.name, file.line(path), dotted(path)
    return error
