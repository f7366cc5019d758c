"""Records in columns: what a return says, ready to be judged.

A class of the model that stands for one thing (a table, a notice, a rule) is compared and hashed by identity
(``eq=False``), so that it can be a key; what is a value (an address, an expression) is compared by value.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from communitycheck.model.entity import Entity
from communitycheck.model.sheet import Sheet

# A table of so many numbers is cheaper than sorting some records.
SPAN = 1 << 16

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]


class State(IntEnum):
    """Whether a cell gives a value, and if not, why."""

    KNOWN = 0
    BLANK = 1  # nothing, or a sign for nothing
    UNREADABLE = 2  # text that is no value of the field's type
    IMPOSSIBLE = 3  # a value that cannot be (negative, out of the plausible range)
    EXEMPT = 4  # 不适用, 不涉及: stated not to apply
    ABSENT = 5  # this sheet has no such column
    CONTRADICTED = 6  # a value that cannot be beside another of its record; it stands in the column, but is not used
    UNLISTED = 7  # the sheet that has the column does not list the subject
    DOUBTED = 8  # a value of which the return itself says that it is not that of today: 尚未建成, 规划数


@dataclass(slots=True, eq=False)
class Coded:
    """Text as numbers: ``names[codes[i]]``; code -1 is blank."""

    codes: Ints
    names: list[str]


@dataclass(slots=True, eq=False)
class Column:
    """One field of a table, a value for each record.

    Numbers and truths (1.0 and 0.0) stand in ``lo`` and ``hi``; both are NaN where nothing is known. They are the
    same array unless some cell is a bound (``300余`` is 300 up to 400). Text stands in ``text``, an Arrow string
    array, null where blank. ``truth`` marks a yes/no column. ``state`` holds ``State``
    codes; None means every cell is known. ``half_step`` is half a unit of the last digit that the cell prints, in the
    canonical unit (68.8% is good to 0.0005), NaN where that is not known; None where it is known for no cell.
    ``refused`` holds what stands in cells of a text column that are UNREADABLE by their form (an Arrow string array,
    null elsewhere): it is no value, and only what asks how the cell is written takes it (``written``).
    ``borrowed`` gives, for records whose value stands in another sheet of the return, its address there (``月报!E27``).
    """

    field: str
    lo: Floats | None = None
    hi: Floats | None = None
    text: Any = None
    state: Bytes | None = None
    truth: bool = False
    half_step: Floats | None = None
    refused: Any = None
    borrowed: dict[int, str] | None = None
    _coded: Coded | None = dataclasses.field(default=None, repr=False)
    _codes: Ints | None = dataclasses.field(default=None, repr=False)  # where ``names`` would be too many to keep
    _written: Coded | None = dataclasses.field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.lo) if self.lo is not None else len(self.text)

    @property
    def exact(self) -> bool:
        """Whether no cell is a bound."""
        return self.hi is self.lo

    def ends(self, start: int, stop: int) -> tuple[Floats | None, Floats | None]:
        """Both ends of some records in a row, the same array where none of them is a bound."""
        low = None if self.lo is None else self.lo[start:stop]
        return low, low if self.exact or self.hi is None else self.hi[start:stop]

    def coded(self) -> Coded:
        """The text column as codes and names (computed once)."""
        if self._coded is None:
            self._coded = _encoded(self.text)
        return self._coded

    def written(self) -> Coded:
        """The same with what stands in the cells that are refused for their form."""
        if self.refused is None:
            return self.coded()
        if self._written is None:
            known, refused = self.coded(), _encoded(self.refused)
            codes = np.where(refused.codes < 0, known.codes, refused.codes + np.int32(len(known.names)))
            self._written = Coded(codes, [*known.names, *refused.names])
        return self._written

    @property
    def known_codes(self) -> Ints | None:
        """A number for each record's text, -1 for blank, where the reader has found it already."""
        return self._codes if self._coded is None else self._coded.codes

    @property
    def listed(self) -> Coded | None:
        """The text column as codes and names, where the reader has listed them already."""
        return self._coded

    def keep_codes(self, codes: Ints, names: list[str] | None) -> None:
        """Keep the text as codes, and as names where those are not too many (else None)."""
        self._coded, self._codes = None if names is None else Coded(codes, names), codes

    def state_at(self, i: int) -> State:
        return State.KNOWN if self.state is None else State(int(self.state[i]))


def _encoded(text: Any) -> Coded:
    encoded = text.dictionary_encode()
    if hasattr(encoded, "combine_chunks"):
        encoded = encoded.combine_chunks()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return Coded(codes, encoded.dictionary.to_pylist())


@dataclass(frozen=True, slots=True, eq=False)
class Contradiction:
    """Figures that the ``plausible`` range (``low`` to ``high``, in ``unit``) of a rule calls impossible beside each
    other: the rows of each field that are CONTRADICTED by it, in order."""

    rule: str
    standard: str
    low: float | None
    high: float | None
    unit: str
    rows: dict[str, Ints]

    def holds(self, key: str, row: int) -> bool:
        """Whether the figure of a field in a row is among them."""
        rows = self.rows.get(key)
        if rows is None:
            return False
        place = int(np.searchsorted(rows, row))
        return place < len(rows) and int(rows[place]) == row


@dataclass(slots=True, eq=False)
class Table:
    """Records of one kind of subject. One is equal to itself alone, so that what is known of it can be kept by it.

    Attributes:
        about: what its records are; ``entity`` is the key of it.
        columns: field key -> column; all of the same length.
        sheets: the sheets the records came from; ``sheet_of[i]`` says which, ``row_of[i]`` the row in it (from 1),
            or the column (from 1) where the sheet is transposed.
        regions: region level -> the record's region there, filled before judging.
        contradictions: why figures are CONTRADICTED, filled before judging.
        torn: the files in which further records may stand that nobody read, filled before judging.
        stands_for: how many records each row stands for in all counts of them, where an engine of a database has judged
            the others; None is one each. Such a row says where they lie, and nothing else.
        untold: region levels that such rows do not say, because their regions are too many to be told one by one.
    """

    about: Entity
    columns: dict[str, Column]
    sheets: list[Sheet]
    sheet_of: Ints
    row_of: Ints
    regions: dict[str, Coded] = dataclasses.field(default_factory=dict)
    contradictions: list[Contradiction] = dataclasses.field(default_factory=list)
    torn: frozenset[str] = frozenset()
    stands_for: npt.NDArray[np.int64] | None = None
    untold: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.row_of)

    @property
    def entity(self) -> str:
        return self.about.key

    def name_at(self, i: int) -> str:
        """The subject's name: its own name column, else its place in the file."""
        return self.names_at(np.array([i]))[0]

    def address_in_return(self, key: str, i: int) -> str:
        """Where a cell of record ``i`` stands, for another sheet: ``设施!F12``, or the sheet alone."""
        sheet = self.sheets[int(self.sheet_of[i])]
        cell = sheet.cell_of(key, int(self.row_of[i]))
        return f"{sheet.name}!{cell}" if cell else sheet.name

    def place_of(self, key: str, i: int) -> str:
        """Where a cell of record ``i`` stands, for other files: ``2022.xlsx[设施]!F12``."""
        sheet = self.sheets[int(self.sheet_of[i])]
        place = int(self.row_of[i])
        cell = " ".join(part for part in (sheet.key_of(place), sheet.cell_of(key, place)) if part)
        home = f"{sheet.path}[{sheet.name}]" if sheet.name else sheet.path
        return f"{home}!{cell}" if cell else home

    def names_at(self, rows: npt.NDArray[Any]) -> list[str]:
        """The names of several subjects."""
        found = self.texts_at(self.about.name_field, rows)
        region = self.regions.get(self.entity)
        if region is None or all(found):
            return found
        codes = region.codes[rows].tolist()
        return [name or (region.names[k] if k >= 0 else "") for name, k in zip(found, codes, strict=True)]

    def texts_at(self, key: str, rows: npt.NDArray[Any]) -> list[str]:
        """The texts of a column in several rows; empty where blank or absent."""
        column = self.columns.get(key)
        if column is None or column.text is None:
            return [""] * len(rows)
        return [text or "" for text in column.text.take(rows).to_pylist()]

    def written_at(self, key: str, row: int, *, refused: bool) -> str:
        """What is written in a cell of a text column, also where it is no value; with ``refused`` only there."""
        column = self.columns.get(key)
        if column is None or column.text is None:
            return ""
        told = None if column.refused is None else column.refused[row].as_py()
        return told or ("" if refused else column.text[row].as_py() or "")

    def states_at(self, key: str, rows: npt.NDArray[Any]) -> list[int] | None:
        """The states of a column's cells in several rows; None where all are known."""
        column = self.columns.get(key)
        if column is None:
            return [State.ABSENT] * len(rows)
        return None if column.state is None else column.state[rows].tolist()


def combinations(
    columns: Iterable[tuple[npt.NDArray[Any], int]], n: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The distinct combinations of codes that ``n`` records have: where each comes first, and the number of each
    record's own. They are numbered in the order of their codes, as ``np.unique`` would, without sorting the records.

    Args:
        columns: codes from -1 (nothing) up, with how many names there are.
    """
    ids, span, first = np.zeros(n, dtype=np.int64), 1, np.zeros(min(n, 1), dtype=np.int64)
    for codes, names in columns:
        if not names:  # a column that says nothing
            continue
        joint, span = ids * (names + 1) + codes + 1, span * (names + 1)
        if span > SPAN + 8 * n:
            _, first, ids = np.unique(joint, return_index=True, return_inverse=True)
        else:
            start = np.full(span, n, dtype=np.int64)
            start[joint[::-1]] = np.arange(n - 1, -1, -1)
            present = np.flatnonzero(start < n)
            rank = np.empty(span, dtype=np.int64)
            rank[present] = np.arange(len(present))
            first, ids = start[present], rank[joint]
        span = len(first)
    return first, ids


def among(codes: npt.NDArray[np.uint8], *members: int) -> Bools:
    """Where a column of codes (``State``, ``Outcome``, ``Reason``) is one of the members. Held against a member itself
    numpy would make eight bytes of each code first; against a plain number it does not."""
    first, *others = members
    found: Bools = codes == int(first)
    for other in others:
        found |= codes == int(other)
    return found


def begun(begins: Bools) -> npt.NDArray[np.int64]:
    """For each place of something sorted the place where its run of equals began; ``begins`` marks those."""
    places: npt.NDArray[np.int64] = np.maximum.accumulate(np.where(begins, np.arange(len(begins)), 0))
    return places
