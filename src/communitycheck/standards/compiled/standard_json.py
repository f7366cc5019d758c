"""Compiled standards and the dictionary as JSON, and back.

Of the path of a rule file its name alone is written: where it lies is known to whoever reads it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from communitycheck.model import comparison, expression
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.entity import Entity
from communitycheck.model.expression import lookup_table
from communitycheck.model.rule import Limit, OfClass, RelativeTolerance, Rule, Threshold
from communitycheck.model.standard import Jurisdiction, Parameter, Source, Standard
from communitycheck.model.text import Text
from communitycheck.model.units import Dimension, UnitWord, declare
from communitycheck.packed import Packer, Unpacker, by_name, fields_of

_CLASSES = by_name(
    *(Dictionary, Entity, Field, Text, Dimension, UnitWord),
    *(Standard, Source, Jurisdiction, Parameter, Rule, Limit, Threshold, RelativeTolerance, OfClass),
    *(lookup_table.LookupTable, lookup_table.ByText, lookup_table.ByNumber),
    *(expression.Number, expression.Day, expression.String, expression.Truth, expression.ListOf, expression.Name),
    *(expression.TableOf, expression.Unary, expression.Binary, expression.Call),
)
# What is written depends on these.
FIELDS = fields_of(_CLASSES)
# Where the path of its file stands.
_FILE = {name: FIELDS[name].index("file") for name in ("Standard", "Rule")}


def to_json(value: object) -> str:
    """On one line.

    Raises:
        TypeError: it holds something that has no written form.
    """
    return json.dumps(_StandardPacker(_CLASSES, FIELDS).plain(value), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str | bytes, path_of: Callable[[str], str]) -> Any:
    """What was written; ``path_of`` the name of a rule file is where it lies."""
    found = _StandardUnpacker(path_of).whole(json.loads(text))
    if isinstance(found, Standard):
        declare(found.units)
    return found


class _StandardPacker(Packer):
    """Comparisons by their key, files by their name."""

    def packed(self, value: Any) -> Any:
        if isinstance(value, comparison.Comparison):
            return {"$": "comparison", "of": value.key}
        return super().packed(value)

    def values_of(self, value: Any) -> list[Any]:
        values, at = super().values_of(value), _FILE.get(type(value).__name__)
        if at is not None:
            values[at] = Path(values[at]).name
        return values


class _StandardUnpacker(Unpacker):
    def __init__(self, path_of: Callable[[str], str]) -> None:
        super().__init__(_CLASSES)
        self._path_of = path_of

    def made(self, kind: str, values: list[Any]) -> Any:
        if (at := _FILE.get(kind)) is not None:
            values[at] = self._path_of(values[at])
        return super().made(kind, values)

    def special(self, kind: str, of: Any) -> Any:
        return comparison.COMPARISONS[of] if kind == "comparison" else super().special(kind, of)
