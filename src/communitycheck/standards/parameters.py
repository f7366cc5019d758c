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
from communitycheck.standards.files.schema import DatedValueIn, ParameterIn
from communitycheck.standards.files.yaml_file import Path_, YamlFile, dotted
from communitycheck.standards.language.dimensions import clean
from communitycheck.standards.language.parse import parse_quantity


def compile_parameter(name: str, raw: ParameterIn, layer: str, file: YamlFile, dictionary: Dictionary) -> Parameter:
    """A parameter with its values in the canonical unit, oldest first."""
    path: Path_ = ("parameters", name)
    if dictionary.find(name) is not None:
        raise RuleFileError("parameter-is-field", file=file.name, line=file.line(path), key=dotted(path), name=name)
    stated = unit_of(raw.unit, dictionary.units, file, (*path, "unit"))
    kind = stated.kind
    dated = raw.value if isinstance(raw.value, list) else [DatedValueIn(value=raw.value)]
    values: list[tuple[date | None, float]] = []
    for item in dated:
        try:
            number = parse_quantity(item.value, dictionary.units)
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
        value = number.value if number.dimension else number.value * stated.factor
        if number.dimension is not None and number.dimension != kind:
            if kind is None:
                kind = number.dimension
            else:
                value = _converted(name, number, kind, dictionary, file)
        values.append((item.from_, clean(value)))
    values.sort(key=lambda v: v[0] or date.min)
    unit = "" if kind is None else canonical(kind)
    note = Text(raw.note.zh, raw.note.en)
    return Parameter(name, tuple(values), unit, kind, stated.factor, raw.clause, note, layer)


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
