"""Parameters of a standard: numbers with a name, a unit and dates."""

from __future__ import annotations

from datetime import date

from communitycheck.errors import ExpressionError, RuleFileError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Number
from communitycheck.model.standard import Parameter
from communitycheck.model.text import Text
from communitycheck.model.units import canonical, measure_of
from communitycheck.standards.dictionary import placed, unit_of
from communitycheck.standards.files.schema import ParameterIn
from communitycheck.standards.files.shape_parts import DatedValueIn
from communitycheck.standards.files.yaml_file import Path_, YamlFile, dotted
from communitycheck.standards.language.side import clean
from communitycheck.standards.language.spoken import plain_number


def compile_parameter(name: str, raw: ParameterIn, layer: str, file: YamlFile, dictionary: Dictionary) -> Parameter:
    """A parameter with its values in the canonical unit, oldest first."""
    path: Path_ = ("parameters", name)
    if dictionary.find(name) is not None:
        raise RuleFileError("parameter-is-field", file=file.name, line=file.line(path), key=dotted(path), name=name)
    stated = unit_of(raw.unit, dictionary.units, file, (*path, "unit"))
    kind = stated.kind
    dated = raw.value if isinstance(raw.value, list) else [DatedValueIn(value=raw.value)]
    read = [(item.from_, _number(item.value, file, (*path, "value"), dictionary)) for item in dated]
    # What no `unit` states, every value has to.
    stating = [number for _, number in read if number.dimension is not None]
    if stating and kind is None:
        kind = stating[0].dimension
        for item, (_, number) in zip(dated, read, strict=True):
            if number.dimension is None and number.value:
                line = file.line((*path, "value"))
                raise RuleFileError(
                    "number-without-unit",
                    file=file.name,
                    line=line,
                    key=dotted(path),
                    text=item.value,
                    unit=stating[0].written,
                )
    told = stated
    if not stated.text and len({number.written for number in stating}) == 1:
        told = unit_of(stating[0].written, dictionary.units, file, (*path, "value"))
    values: list[tuple[date | None, float]] = []
    for start, number in read:
        value = number.value * stated.factor if number.dimension is None else number.value
        if number.dimension is not None and number.dimension != kind:
            value = _converted(name, number, kind or "", dictionary, file)
        values.append((start, clean(value)))
    values.sort(key=lambda v: v[0] or date.min)
    note = Text(raw.note.zh, raw.note.en)
    unit = "" if kind is None else canonical(kind)
    return Parameter(name, tuple(values), unit, kind, told.factor, raw.clause, note, layer, told.text)


def _number(text: str, file: YamlFile, path: Path_, dictionary: Dictionary) -> Number:
    try:
        number = plain_number(text, dictionary.units)
    except ExpressionError as error:
        raise placed(error, file, path) from None
    if number is None:
        line, key = file.line(path), dotted(path[:-1])
        raise RuleFileError("parameter-not-number", file=file.name, line=line, key=key, text=text)
    return number


def _converted(name: str, number: Number, kind: str, dictionary: Dictionary, file: YamlFile) -> float:
    """A value that states another unit than the parameter does."""
    own, stated = measure_of(kind, dictionary.units), measure_of(number.dimension or "", dictionary.units)
    if own[0] != stated[0]:
        path: Path_ = ("parameters", name, "value")
        raise RuleFileError(
            "parameter-units",
            file=file.name,
            line=file.line(path),
            key=dotted(path),
            unit=canonical(kind),
            found=canonical(number.dimension or ""),
        )
    return number.value * stated[1] / own[1]
