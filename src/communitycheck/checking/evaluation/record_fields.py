"""What the cells of some records say: the values of their fields, and why some give none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from communitycheck.checking.evaluation.functions.dates import days_of
from communitycheck.checking.evaluation.functions.texts import HIDDEN
from communitycheck.checking.evaluation.items import ItemsPresent, items_in
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Node, names_in
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num, Tru, Txt, Value
from communitycheck.model.places.code_formats import VALID
from communitycheck.model.subjects import Records
from communitycheck.model.table import Bools, Column, Floats, State, among

Element = TypeVar("Element", bound=np.generic)


class RecordFields:
    """The fields of single records.

    Attributes:
        shift: field -> what is added to its values, to see what more of it would do.
        bounded: a number that is not known lies within what its field can be, in place of being unknown.
        believing: figures that contradict each other are taken as they are stated.
    """

    def __init__(self, records: Records, dictionary: Dictionary | None = None) -> None:
        self.records = records
        self.dictionary = Dictionary({}) if dictionary is None else dictionary
        self.shift: dict[str, Floats] = {}
        self.bounded = False
        self.believing = False
        self._picked: dict[tuple[str, bool, bool], Value] = {}

    def __len__(self) -> int:
        return len(self.records)

    def field(self, name: str) -> Value:
        """The values of a field; those of picked records are copied once."""
        if self.records.index is None or self.shift:
            return self._field(name)
        key = name, self.bounded, self.believing
        if key not in self._picked:
            self._picked[key] = self._field(name)
        return self._picked[key]

    def half_step(self, name: str) -> Floats:
        """Half a unit of the last digit that each record prints for the field; 0 where that is not known."""
        column = self.column(name)
        if column is None or column.half_step is None:
            return np.zeros(())
        return np.nan_to_num(self.pick(column.half_step))

    def column(self, name: str) -> Column | None:
        return self.records.table.columns.get(name)

    def pick(self, values: npt.NDArray[Element]) -> npt.NDArray[Element]:
        """These records' part of a column of the table."""
        index = self.records.index
        return values if index is None else values[index]

    def _field(self, name: str) -> Value:
        column = self.column(name)
        if column is None:
            nothing = np.full(len(self), np.nan)
            return self._possible(name, Num(nothing, nothing), None)
        na = self._exempt(column)
        if column.text is not None:
            coded = column.coded()
            field = self.dictionary.fields.get(name)
            if field is not None and field.type == "date":
                day = days_of(self.pick(coded.codes), coded.names)
                return Num(day.lo, day.hi, na)
            return Txt(self.pick(coded.codes), coded.names, na)
        assert column.lo is not None and column.hi is not None
        low = self.pick(column.lo)
        high = low if column.hi is column.lo else self.pick(column.hi)
        refused = None if self.believing or column.state is None else among(column.state, State.CONTRADICTED)
        if refused is not None and refused.any():
            low = np.where(self.pick(refused), np.nan, low)
            high = low if column.hi is column.lo else np.where(self.pick(refused), np.nan, high)
        if name in self.shift:
            moved = low + self.shift[name]
            low, high = moved, moved if high is low else high + self.shift[name]
        if column.truth:
            return Tru(low == 1, high == 0, na)
        return self._possible(name, Num(low, high, na), column)

    def written(self, name: str) -> Value:
        """A text as it is written, also where that is no value of the field: for what asks of its form."""
        column = self.column(name)
        if column is None or column.refused is None:
            return self.field(name)
        coded = column.written()
        return Txt(self.pick(coded.codes), coded.names, self._exempt(column))

    def is_valid(self, name: str) -> Tru:
        """Whether what is written is a value of the field's type; not known of a blank, and of what was blotted out."""
        column = self.column(name)
        if column is None or column.text is None:
            nothing = np.zeros(len(self), bool)
            return Tru(nothing, nothing)
        field, known = self.dictionary.fields.get(name), column.coded()
        sound = np.array([*(field is None or field.type != "identity" or said == VALID for said in known.names), False])
        coded = column.written()
        refused = coded.names[len(known.names) :]
        good = np.array([*sound[:-1], *(False for _ in refused), False], bool)
        bad = np.array([*~sound[:-1], *(HIDDEN not in text for text in refused), False], bool)
        codes = self.pick(coded.codes)
        return Tru(good[codes], bad[codes], self._exempt(column))

    def _possible(self, name: str, value: Num, column: Column | None) -> Num:
        """The number, and within which bounds it lies where it is not known."""
        field = self.dictionary.fields.get(name) if self.bounded else None
        if field is None or not field.is_number or field.type == "truth":
            return value
        unknown = np.isnan(value.lo) if value.na is None else np.isnan(value.lo) & (value.na == 0)
        least, most = field.of(self.records.table.entity).possible
        low = np.where(unknown, least, value.lo)
        if field.zero_impossible and column is not None and column.state is not None:
            # A stated 0 was refused, but who knows: it may be the truth.
            low[among(self.pick(column.state), State.IMPOSSIBLE)] = min(least, 0.0)
        return Num(low, np.where(unknown, most, value.hi), value.na)

    def some_known(self, names: Iterable[str]) -> Bools:
        """Which records have a value in at least one of the fields."""
        known = np.zeros(len(self), bool)
        for column in filter(None, map(self.column, names)):
            if column.text is not None:
                known |= self.pick(column.coded().codes >= 0)
            elif column.state is not None:
                known |= among(self.pick(column.state), State.KNOWN)
            else:
                known[:] = True
        return known

    def contradicted(self, names: Iterable[str]) -> Bools:
        """Which records have a figure in one of the fields that cannot be beside another."""
        return self.in_state(names, State.CONTRADICTED)

    def in_state(self, names: Iterable[str], *states: State) -> Bools:
        """Which records have a cell of one of the fields in one of the states."""
        found = np.zeros(len(self), bool)
        for column in filter(None, map(self.column, names)):
            if column.state is not None:
                found |= among(self.pick(column.state), *states)
        return found

    def _exempt(self, column: Column) -> v.Na:
        if column.state is None:
            return None
        exempt = among(column.state, State.EXEMPT)
        if not exempt.any():
            return None
        return np.where(self.pick(exempt), np.uint8(v.EXEMPT), np.uint8(0))

    def is_blank(self, name: str) -> Tru:
        column = self.column(name)
        if column is None:
            blank = np.ones(len(self), bool)
        elif column.text is not None:
            blank = self.pick(column.coded().codes < 0)
        elif column.state is None:
            blank = np.zeros(len(self), bool)
        else:
            blank = among(self.pick(column.state), State.BLANK, State.ABSENT, State.UNLISTED)
        return Tru(blank, ~blank)

    def items_present(self, name: str, wanted: tuple[str, ...]) -> ItemsPresent:
        return items_in(self.field(name), len(self), wanted)

    def unusable(self, node: Node) -> Bools | None:
        found: Bools | None = None
        for name in names_in(node):
            column = self.column(name)
            if column is None or column.state is None:
                continue
            unusable = State.UNREADABLE, State.IMPOSSIBLE, State.CONTRADICTED, State.DOUBTED
            here = among(self.pick(column.state), *unusable)
            found = here if found is None else found | here
        return found if found is not None and found.any() else None

    def without_column(self, names: Iterable[str]) -> Bools:
        lacking = np.ones(len(self), bool)
        for name in names:
            column = self.column(name)
            if column is not None:
                absent = column.state is not None and among(self.pick(column.state), State.ABSENT)
                lacking &= absent
        return lacking
