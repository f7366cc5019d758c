"""Which subjects of a rule a waiver is for: by their codes, else by their names within a region; never by their place
in a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from communitycheck.checking.repeated.keys import compared_names, own_code_texts
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.places.comparable_names import comparable
from communitycheck.model.places.divisions import division, divisions_of
from communitycheck.model.places.place_names import place_of
from communitycheck.model.places.regions import levels_above, levels_to, numbered
from communitycheck.model.subjects import Groups
from communitycheck.model.table import Bools, Ints, Table
from communitycheck.model.waiver import WaivedSubject
from communitycheck.nearest import nearest_few
from communitycheck.patterns import pattern
from communitycheck.planning.waivers.region_words import PlaceIndex, PlaceNames, place_names

_OF_CODES = pattern(r"[*?]*[0-9][0-9*?]*")
_NEAR, _MANY = 3, 50_000
Numbers = npt.NDArray[np.int64]


class Fit(Struct, frozen=True):
    """Positions of the subjects that fit, and of those that have the name while nobody knows whether they lie there."""

    places: Ints
    unplaced: Ints


_NOBODY = np.zeros(0, np.int32)
_NONE = Fit(_NOBODY, _NOBODY)


class Finder:
    """The subjects of one kind by what waivers may call them: their names in the form in which names are compared, and
    their codes.

    Args:
        names, codes: of each subject; None where the kind has none.
        wanted: all who will be asked for.
    """

    def __init__(self, names: Any, codes: Any, wanted: Sequence[WaivedSubject]) -> None:
        self._names = _Index(names, [self._form(one.name) for one in wanted if one.name])
        self._codes = _Index(codes, [self._code(one.code) for one in wanted if one.code])
        self._known: dict[WaivedSubject, Fit] = {}

    # Of codes of regions those of a larger one are filled up with zeros.
    filled = False

    def find(self, subject: WaivedSubject) -> Fit:
        if subject not in self._known:
            self._known[subject] = self._found(subject)
        return self._known[subject]

    def near(self, subject: WaivedSubject) -> str:
        """The name that is most like one that nobody has, of those in its region."""
        inside = self._inside(self._names.told(), subject.region).places
        names = self._names.texts.take(pa.array(inside)).unique()
        if len(names) > _MANY:
            return ""
        near = nearest_few(self._form(subject.name), names.to_pylist(), _NEAR)
        return "、".join(near)

    def lying_in(self, subjects: Ints) -> tuple[Numbers, PlaceIndex]:
        """Where some subjects lie: for each the number of a place, and the places."""
        raise NotImplementedError

    def known_by_name(self, places: Ints) -> Bools:
        """Which of them are told from all others by their names alone, wherever they lie."""
        raise NotImplementedError

    def _form(self, name: str) -> str:
        raise NotImplementedError

    def _code(self, code: str) -> str:
        return comparable(code).ljust(12, "0") if self.filled else comparable(code)

    def _found(self, subject: WaivedSubject) -> Fit:
        if subject.code:
            found = self._codes.of(self._code(subject.code))
            if len(found) or not self.filled:
                return self._inside(found, subject.region)
            return self._of_division(comparable(subject.code))
        if subject.name:
            return self._inside(self._names.of(self._form(subject.name)), subject.region)
        index = self._codes if _OF_CODES.fullmatch(subject.pattern) else self._names
        return self._inside(index.like(comparable(subject.pattern)), subject.region)

    def _of_division(self, code: str) -> Fit:
        """The region of a code where the returns give names alone."""
        known = [name for name in divisions_of(code[:6].ljust(6, "0")) if name] if not code[6:].strip("0") else []
        if not known or division(code[:6].ljust(6, "0")) != known[-1]:
            return _NONE
        return self.find(WaivedSubject(name=known[-1], region=known[-2] if len(known) > 1 else ""))

    def _inside(self, places: Ints, region: str) -> Fit:
        if not region or not len(places):
            return Fit(places, _NOBODY)
        numbers, known = self.lying_in(places)
        inside = np.isin(numbers, known.inside(region))
        unknown = known.unsure[numbers] & ~inside
        free = self.known_by_name(places) & unknown
        return Fit(places[inside | free], places[unknown & ~free])


class _Index:
    """A text of each subject, and who has those that are ``wanted``: all are looked for at once."""

    def __init__(self, texts: Any, wanted: Sequence[str]) -> None:
        texts = pa.nulls(0, pa.string()) if texts is None else texts
        self.texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
        self._wanted = wanted

    @cached_property
    def _found(self) -> tuple[dict[str, int], Ints, Numbers]:
        """The number of each wanted text, who has one of them, ordered by it, and where each begins there."""
        number = {text: k for k, text in enumerate(dict.fromkeys(self._wanted))}
        of = pc.index_in(self.texts, value_set=pa.array(number, pa.string())).fill_null(-1)
        numbers = of.to_numpy(zero_copy_only=False)
        rows = np.flatnonzero(numbers >= 0).astype(np.int32)
        rows = rows[np.argsort(numbers[rows], kind="stable")]
        return number, rows, np.searchsorted(numbers[rows], np.arange(len(number) + 1))

    def told(self) -> Ints:
        """Who has a text at all."""
        return self._where(self.texts.is_valid())

    def of(self, text: str) -> Ints:
        """Who has just this text."""
        number, rows, bounds = self._found
        if text not in number:
            return self._where(pc.equal(self.texts, text))
        return rows[bounds[number[text]] : bounds[number[text] + 1]]

    def like(self, text: str) -> Ints:
        """Whose text fits a pattern: * is anything, ? one character."""
        wanted = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_").replace("*", "%").replace("?", "_")
        return self._where(pc.match_like(self.texts, wanted))

    def _where(self, fits: Any) -> Ints:
        return np.flatnonzero(fits.fill_null(False).to_numpy(zero_copy_only=False)).astype(np.int32)


class RecordFinder(Finder):
    """The records of a table."""

    def __init__(self, table: Table, wanted: Sequence[WaivedSubject]) -> None:
        self._table = table
        self.filled = table.entity in REGION_LEVELS
        codes = _filled(table) if self.filled else own_code_texts(table)
        super().__init__(compared_names(table), codes, wanted)

    @cached_property
    def _regions(self) -> tuple[Numbers, list[PlaceNames], PlaceIndex]:
        levels = levels_above(self._table.entity)
        ids, paths = numbered(self._table, levels)
        names = [place_names(levels, path) for path in paths]
        return ids, names, PlaceIndex(names)

    def lying_in(self, subjects: Ints) -> tuple[Numbers, PlaceIndex]:
        ids, names, known = self._regions
        around = [key for key in reversed(self._table.about.within) if key not in REGION_LEVELS]
        if not around:
            return ids[subjects], known
        texts = zip(*(self._table.texts_at(key, subjects) for key in around), strict=True)
        regions = (names[n] for n in ids[subjects].tolist())
        whole = [(*place, *place_names(around, some)) for place, some in zip(regions, texts, strict=True)]
        return np.arange(len(subjects)), PlaceIndex(whole)

    def known_by_name(self, places: Ints) -> Bools:
        return np.full(len(places), not (self._table.about.placed and self._table.about.apart))

    def _form(self, name: str) -> str:
        return place_of(comparable(name), self._table.entity if self.filled else "community")


class GroupFinder(Finder):
    """Regions that were judged as a whole."""

    filled = True

    def __init__(self, groups: Groups, wanted: Sequence[WaivedSubject]) -> None:
        self._groups = groups
        forms = [
            place_of(comparable(path[-1] or ""), level) if path else ""
            for level, path in zip(groups.levels, groups.paths, strict=True)
        ]
        codes = [code.ljust(12, "0") if code else None for code in groups.codes]
        super().__init__(pa.array(forms, pa.string()), pa.array(codes, pa.string()), wanted)

    def lying_in(self, subjects: Ints) -> tuple[Numbers, PlaceIndex]:
        groups = self._groups
        levels = [levels_to(groups.levels[i])[:-1] for i in subjects.tolist()]
        names = [place_names(of, groups.region(i)[:-1]) for of, i in zip(levels, subjects.tolist(), strict=True)]
        return np.arange(len(subjects)), PlaceIndex(names)

    def known_by_name(self, places: Ints) -> Bools:
        return np.array([self._groups.levels[i] in ("city", "province") for i in places.tolist()], bool)

    def _form(self, name: str) -> str:
        return place_of(comparable(name), "street")


def _filled(table: Table) -> Any:
    """The codes of records that are regions, all of twelve digits."""
    column = table.columns.get(table.about.code_field)
    return None if column is None or column.text is None else pc.utf8_rpad(column.text, 12, "0")


def finder_of(subjects: Table | Groups, wanted: Sequence[WaivedSubject]) -> Finder:
    return GroupFinder(subjects, wanted) if isinstance(subjects, Groups) else RecordFinder(subjects, wanted)
