"""Parameters of a standard: numbers with a name, a unit and dates."""

from __future__ import annotations

from datetime import date

from communitycheck.errors import ExpressionError, RuleFileError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.standard import Parameter
from communitycheck.model.text import Text
from communitycheck.model.units import canonical
from communitycheck.standards.dictionary import placed, unit_of
from communitycheck.standards.files.schema import DatedValueIn, ParameterIn
from communitycheck.standards.files.yaml_file import Path_, YamlFile, dotted
from communitycheck.standards.language.parse import parse_quantity


def compile_parameter(name: str, raw: ParameterIn, layer: str, file: YamlFile, dictionary: Dictionary) -> Parameter:
    """A parameter with its values in the canonical unit, oldest first."""
    path: Path_ = ("parameters", name)
    if dictionary.find(name) is not None:
        raise RuleFileError("parameter-is-field", file=file.name, line=file.line(path), key=dotted(path), name=name)
    unit, dimension = unit_of(raw.unit, file, (*path, "unit"))
    dated = raw.value if isinstance(raw.value, list) else [DatedValueIn(value=raw.value)]
    values: list[tuple[date | None, float]] = []
    for item in dated:
        try:
            number = parse_quantity(item.value)
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
        if number.dimension is not None:
            dimension, unit = number.dimension, canonical(number.dimension)
        values.append((item.from_, number.value))
    values.sort(key=lambda v: v[0] or date.min)
    return Parameter(name, tuple(values), unit, dimension, raw.clause, Text(raw.note.zh, raw.note.en), layer)
