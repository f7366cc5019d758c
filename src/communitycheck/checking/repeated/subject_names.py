"""The names of the subjects of a table, as they are compared.

Of a million records nearly all are found by their codes, so their names are numbered only when somebody asks for all:
two that stand side by side are compared as texts, and those that a few records bear are looked for among the others.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.checking.repeated.keys import Keys, name_texts, numbers_of_texts, region_numbers, region_stems
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.places.place_names import ENDINGS, any_of
from communitycheck.model.table import Bools, Ints, Table

# Where one record in so many asks, it is no longer worth a search of its own.
_FEW = 4


class SubjectNames:
    """The names of all records; of a table of periods those of the sheets, whose figures are series."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._endings = ENDINGS.get(table.entity, ())
        region = table.regions.get(table.entity)
        self._region = region if table.entity in REGION_LEVELS else None
        self._is_sheet = table.about.kind == "period"

    @cached_property
    def _texts(self) -> Any:
        """The names as Arrow strings in one piece; None where they are of regions or sheets, or there are none."""
        if self._region is not None or self._is_sheet:
            return None
        texts = name_texts(self._table)
        return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts

    @cached_property
    def numbers(self) -> Keys:
        """Equal names as equal numbers; -1 where there is none."""
        table = self._table
        if self._is_sheet:
            number = {name: k for k, name in enumerate(dict.fromkeys(sheet.name for sheet in table.sheets))}
            return np.array([number[sheet.name] for sheet in table.sheets], np.int64)[table.sheet_of]
        if self._region is not None:
            return region_numbers(self._region, table.entity)
        return self._none() if self._texts is None else numbers_of_texts(self._texts)

    def differ(self, here: Ints, other: Ints) -> Bools:
        """Where records side by side have different names."""
        if self._texts is None or "numbers" in self.__dict__:
            one, two = self.numbers[here], self.numbers[other]
            differ: Bools = (one != two) & (one >= 0) & (two >= 0)
            return differ
        return _differ(self._texts.take(pa.array(here)), self._texts.take(pa.array(other)))

    def borne_by(self, rows: Ints) -> Keys:
        """The numbers of all names that some of ``rows`` bear; others may be left out (-1)."""
        if self._texts is None or "numbers" in self.__dict__ or len(rows) * _FEW > len(self._table):
            return self.numbers
        return _places_in(self._texts, self._texts.take(pa.array(rows)).unique())

    def stems_differ(self, here: Ints, other: Ints) -> Bools:
        """Where records side by side have different names, whatever these end in."""
        if not len(here):
            return np.zeros(0, bool)
        if self._texts is None or not self._endings:
            stems = self._stems[0]
            return np.asarray(stems[here] != stems[other])
        return _differ(*(self._without_ending(self._texts.take(pa.array(rows)))[0] for rows in (here, other)))

    def stems_borne_by(self, rows: Ints) -> tuple[Keys, Bools]:
        """The same as ``borne_by`` for names without what their kind ends in (红旗村 and 红旗社区 are 红旗), and which
        of these have no such ending. Where the kind has no endings they are the names."""
        if self._texts is None or "_stems" in self.__dict__ or len(rows) * _FEW > len(self._table):
            return self._stems
        if not self._endings:
            return self.borne_by(rows), np.zeros(len(self._table), bool)
        stems, _ = self._without_ending(self._texts.take(pa.array(rows)).unique().drop_null())
        stems = stems.unique()
        forms = pa.concat_arrays([stems, *(pc.binary_join_element_wise(stems, end, "") for end in self._endings)])
        at = np.flatnonzero(_places_in(self._texts, forms.unique()) >= 0)
        found, ended = self._without_ending(self._texts.take(pa.array(at)))
        numbers, bare = self._none(), np.zeros(len(self._table), bool)
        numbers[at] = _places_in(found, stems)
        bare[at] = ~ended
        return numbers, bare

    @cached_property
    def _stems(self) -> tuple[Keys, Bools]:
        if self._region is not None:
            return region_stems(self._region, self._table.entity)
        if self._texts is None or not self._endings:
            return self.numbers, np.zeros(len(self._table), bool)
        stems, ended = self._without_ending(self._texts)
        return numbers_of_texts(stems), ~ended

    def _without_ending(self, texts: Any) -> tuple[Any, Bools]:
        """Names without their endings, and which had one; one that is not known counts as such."""
        ending = f"(.){any_of(self._endings)}$"
        ended = pc.fill_null(pc.match_substring_regex(texts, ending), True)
        stems = pc.replace_substring_regex(texts, ending, "\\1")
        return stems, np.asarray(ended.to_numpy(zero_copy_only=False), bool)

    def _none(self) -> Keys:
        return np.full(len(self._table), -1, np.int64)


def _differ(one: Any, two: Any) -> Bools:
    """Where both are known and not the same."""
    found: Bools = pc.fill_null(pc.not_equal(one, two), False).to_numpy(zero_copy_only=False)
    return found.copy()


def _places_in(texts: Any, wanted: Any) -> Keys:
    """For each text its place among those that are wanted; -1 where it is none of them, or null."""
    found = pc.index_in(texts, value_set=wanted.drop_null()).fill_null(-1)
    places: Keys = found.to_numpy(zero_copy_only=False).astype(np.int64)
    return places
