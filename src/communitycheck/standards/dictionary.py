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
from communitycheck.standards.files.faults import check_shape
from communitycheck.standards.files.schema import DictionaryIn, FieldIn
from communitycheck.standards.files.yaml_file import YamlFile, dotted, read_yaml
from communitycheck.standards.language.kinds import KindChecker
from communitycheck.standards.language.names import with_field_keys
from communitycheck.standards.language.parse import parse


def load_dictionary(path: Path) -> Dictionary:
    """Read a data dictionary.

    Raises:
        RuleFileError: with file, line and key.
    """
    file = read_yaml(path)
    return compile_dictionary(check_shape(file, DictionaryIn).fields, file, Dictionary({}))


def compile_dictionary(raw: dict[str, FieldIn], file: YamlFile, below: Dictionary) -> Dictionary:
    """The fields of ``raw`` on top of those of ``below``."""
    plain = below.with_fields({key: _field(key, field, file) for key, field in raw.items()})
    _check_names(plain, raw, file)
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
            raise placed(error, file, ("fields", key, "derived")) from None
        derived[key] = replace(plain.fields[key], derived=node)
    return plain.with_fields(derived)


def _field(key: str, raw: FieldIn, file: YamlFile) -> Field:
    unit, dimension = unit_of(raw.unit, file, ("fields", key, "unit"))
    low, high = raw.range or (None, None)
    if low is not None and high is not None and low > high:
        path = ("fields", key, "range")
        raise RuleFileError("field-range-order", file=file.name, line=file.line(path), key=".".join(path))
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


def _check_names(dictionary: Dictionary, raw: dict[str, FieldIn], file: YamlFile) -> None:
    taken: dict[str, str] = {}
    for key, field in dictionary.fields.items():
        for name in (key, *field.also):
            if name in taken and taken[name] != key and key in raw:
                raise RuleFileError(
                    "field-name-taken",
                    file=file.name,
                    line=file.line(("fields", key, "also")),
                    key=f"fields.{key}",
                    name=name,
                    other=taken[name],
                )
            taken[name] = key
        if key in raw and field.same_column is not None and field.same_column not in dictionary.fields:
            near = nearest(field.same_column, dictionary.fields)
            raise RuleFileError(
                "field-same-column-unknown",
                file=file.name,
                line=file.line(("fields", key, "same_column")),
                key=f"fields.{key}.same_column",
                name=field.same_column,
                near=near,
            )


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
    """The error with file, line and key of the entry that holds the formula."""
    error.file, error.line, error.key = file.name, file.line(path), dotted(path)
    return error
