"""The built-in standards as they were compiled when the toolkit was made.

Rule files are read, checked key by key and compiled by ``book.py``, whoever wrote them. Those that travel with the
toolkit are the same in every run, so what they were compiled to stands beside this file as JSON, a line for each
standard, written by ``python tools/built_in.py``. The first line says of which files: where one of them differs by a
byte, or one of our classes by a field, all of it is passed over and the files are compiled anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
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
from communitycheck.resources import data_dir

COMPILED = Path(__file__).with_name("compiled.jsonl")

_CLASSES = by_name(
    *(Dictionary, Entity, Field, Text, Dimension, UnitWord),
    *(Standard, Source, Jurisdiction, Parameter, Rule, Limit, Threshold, RelativeTolerance, OfClass),
    *(lookup_table.LookupTable, lookup_table.ByText, lookup_table.ByNumber),
    *(expression.Number, expression.Day, expression.String, expression.Truth, expression.ListOf, expression.Name),
    *(expression.TableOf, expression.Unary, expression.Binary, expression.Call),
)
_FIELDS = fields_of(_CLASSES)
# Where the path of its file stands in what is made of a line; written is the name alone.
_FILE = {name: _FIELDS[name].index("file") for name in ("Standard", "Rule")}


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """What the rule files of ``folder`` were compiled to: the dictionary, and of each standard by its id the name of
    its file and its jurisdiction. The standard itself is made when it is asked for."""

    folder: Path
    dictionary: Dictionary
    files: dict[str, tuple[str, Jurisdiction]]
    lines: dict[str, bytes]
    made: dict[str, Standard] = field(default_factory=dict)

    def standard(self, name: str) -> Standard:
        if name not in self.made:
            found: Standard = _StandardUnpacker(self.folder).whole(json.loads(self.lines[name]))
            declare(found.units)
            self.made[name] = found
        return self.made[name]


def built_in(folder: Path) -> BuiltIn | None:
    """What the files of ``folder`` were compiled to; None where nothing was written of just these."""
    if folder != data_dir("rules"):
        return None
    try:
        lines = COMPILED.read_bytes().splitlines()
        digests = _digests(folder)
    except OSError:
        return None
    head = json.loads(lines[0])
    if head["files"] != digests or head["fields"] != _FIELDS:
        return None
    unpacker = _StandardUnpacker(folder)
    files = unpacker.whole(head["standards"])
    return BuiltIn(folder, unpacker.whole(json.loads(lines[1])), files, dict(zip(files, lines[2:], strict=True)))


def compiled(folder: Path, dictionary: Dictionary, standards: Iterable[Standard]) -> Iterator[str]:
    """The lines from which ``built_in`` reads the dictionary and the standards of ``folder``."""
    standards = list(standards)
    packer = _StandardPacker(_CLASSES, _FIELDS)
    files = {one.id: packer.plain((Path(one.file).name, one.jurisdiction)) for one in standards}
    yield _line({"files": _digests(folder), "fields": _FIELDS, "standards": files})
    yield _line(packer.plain(dictionary))
    for one in standards:
        yield _line(packer.plain(one))


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _digests(folder: Path) -> dict[str, str]:
    """What each rule file of the folder holds."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


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
    def __init__(self, folder: Path) -> None:
        super().__init__(_CLASSES)
        self._folder = folder

    def made(self, kind: str, values: list[Any]) -> Any:
        if (at := _FILE.get(kind)) is not None:
            values[at] = str(self._folder / values[at])
        return super().made(kind, values)

    def special(self, kind: str, of: Any) -> Any:
        return comparison.COMPARISONS[of] if kind == "comparison" else super().special(kind, of)
