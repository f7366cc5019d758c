"""The entries of a baseline file by the column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.checking.repeated.keys import Keys, joined, numbers_of_texts
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.entity import Entity
from communitycheck.model.result import Outcome
from communitycheck.model.table import Ints, Table
from communitycheck.model.text import Text
from communitycheck.planning.baseline.entries import Hashes
from communitycheck.planning.compare.side import RuleKey, RuleVerdicts, SubjectKind
from communitycheck.planning.compare.subjects import WHOLE, group_of, known_by, of_columns
from communitycheck.products.compare.json_columns import JsonColumns, columns_of_lines

FIGURES = ("observed", "required", "shortfall")
_NAMED = ("standard", "rule", "entity")
_TEXT = pa.string()
_SCHEMA = pa.schema(
    [
        *((key, _TEXT) for key in (*_NAMED, "code", "name", "outcome", "unit", "threshold_hash")),
        ("group", pa.bool_()),
        ("region", pa.struct([(level, _TEXT) for level in REGION_LEVELS])),
        *((key, pa.float64()) for key in FIGURES),
    ]
)


def entry_columns(file: IO[bytes]) -> EntryColumns | None:
    """The entries from where the file stands to its end; None where they have to be looked at one by one."""
    pieces: list[tuple[dict[str, pa.Array], JsonColumns]] = []
    for piece in columns_of_lines(file, _SCHEMA, FIGURES):
        texts = None if piece is None else _texts(piece.table)
        if piece is None or texts is None:
            return None
        pieces.append((texts, piece))
    return EntryColumns(pieces)


def _texts(table: pa.Table) -> dict[str, pa.Array] | None:
    """All but the figures; None where one has no standard, rule or entity, or is no fail."""
    table = table.combine_chunks()
    one = {name: table.column(name).chunk(0) for name in table.column_names}
    found = {key: one[key].dictionary_encode() for key in (*_NAMED, "outcome", "unit", "threshold_hash")}
    if any("" in found[key].dictionary.to_pylist() for key in _NAMED):
        return None
    if found.pop("outcome").dictionary.to_pylist() != [Outcome.FAIL.word]:
        return None
    found |= {"code": one["code"], "name": one["name"], "group": one["group"].fill_null(False)}
    for level in REGION_LEVELS:
        found[level] = pc.struct_field(one["region"], level).fill_null("").dictionary_encode()
    return found


class EntryColumns:
    """All entries of a file in their order."""

    def __init__(self, pieces: Sequence[tuple[dict[str, pa.Array], JsonColumns]]) -> None:
        self._columns = {name: _whole([texts[name] for texts, _ in pieces]) for name in pieces[0][0]}
        self._figures = {
            key: tuple(np.concatenate([piece.figures[key][end] for _, piece in pieces]) for end in (0, 1))
            for key in FIGURES
        }
        self.subjects: dict[SubjectKind, Table] = {}
        self.verdicts: dict[RuleKey, RuleVerdicts] = {}
        self.hashes: dict[RuleKey, Hashes] = {}

    def sort(self, dictionary: Dictionary) -> bool:
        """Sort them by subject and rule; False where a rule has one subject twice."""
        rows = np.empty(len(self._columns["code"]), np.int32)
        for some in _alike(self._numbers(None, "entity", "group")):
            kind = SubjectKind(self._at("entity", some), self._at("group", some))
            first, rows[some] = _numbered_in_order(self._numbers(some, "code", "name", *REGION_LEVELS))
            self.subjects[kind] = self._listed(kind, pa.array(some[first]), dictionary)
        for some in _alike(self._numbers(None, *_NAMED, "group")):
            kind = SubjectKind(self._at("entity", some), self._at("group", some))
            key = RuleKey(self._at("standard", some), self._at("rule", some), kind.entity)
            if key in self.verdicts or len(np.unique(rows[some])) < len(some):
                return False
            self.verdicts[key] = self._verdicts(key, kind, some, rows[some])
            asked = self._columns["threshold_hash"].take(pa.array(some))
            self.hashes[key] = np.array(asked.dictionary.to_pylist(), object)[asked.indices.to_numpy()]
        return True

    def _listed(self, kind: SubjectKind, at: pa.Array, dictionary: Dictionary) -> Table:
        codes, names = (self._columns[key].take(at) for key in ("code", "name"))
        regions = {level: self._columns[level].take(at).cast(pa.string()) for level in REGION_LEVELS}
        if not kind.group:
            about = dictionary.entities.get(kind.entity) or Entity(kind.entity)
            return of_columns(known_by(about), codes, names, regions)
        if kind.entity not in REGION_LEVELS:
            names = pc.if_else(pc.equal(names, ""), WHOLE, names)
        return of_columns(group_of(kind.entity), codes, names, regions)

    def _verdicts(self, key: RuleKey, kind: SubjectKind, some: Ints, rows: Ints) -> RuleVerdicts:
        (low, high), (least, most), (short, _) = (
            tuple(end[some] for end in self._figures[figure]) for figure in FIGURES
        )
        outcome = np.full(len(rows), np.uint8(Outcome.FAIL))
        return RuleVerdicts(
            key, kind, Text(), "", self._at("unit", some), "", "", rows, outcome, low, high, least, most, short
        )  # fmt: skip

    def _at(self, name: str, some: Ints) -> Any:
        """What the first of some entries says."""
        return self._columns[name][int(some[0])].as_py()

    def _numbers(self, some: Ints | None, *names: str) -> Keys:
        """What entries say of several things together, as numbers."""
        columns = [self._columns[name] if some is None else self._columns[name].take(pa.array(some)) for name in names]
        return joined([_numbers_of(column) for column in columns])


def _numbers_of(column: pa.Array) -> Keys:
    if pa.types.is_string(column.type):
        return numbers_of_texts(column)
    whole = column if pa.types.is_boolean(column.type) else column.indices
    numbers: Keys = whole.cast(pa.int64()).to_numpy(zero_copy_only=False)
    return numbers


def _whole(parts: list[pa.Array]) -> pa.Array:
    return pa.chunked_array(parts).unify_dictionaries().combine_chunks()


def _alike(numbers: Keys) -> list[Ints]:
    """The places of each number, in the order in which they first come."""
    first, number = _numbered_in_order(numbers)
    return [np.flatnonzero(number == k).astype(np.int32) for k in range(len(first))]


def _numbered_in_order(keys: Keys) -> tuple[Ints, Ints]:
    """Where each key first comes, in this order; and the number of each in it."""
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return first[order].astype(np.int32), rank[inverse]
