"""What differs from line to line, as columns of Arrow: the texts that stand in the place of each mark of a pattern."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.result import Records
from communitycheck.model.table import Floats, Ints, combinations
from communitycheck.reporting.lines.numbers import Texts, together
from communitycheck.reporting.lines.shapes import VerdictNumbers

NAME, CODE, REGION, PATH, SHEET, ROW = "\ue100", "\ue101", "\ue102", "\ue103", "\ue104", "\ue105"
OBSERVED, REQUIRED, SHORTFALL, ADD = "\ue110", "\ue111", "\ue112", "\ue113"  # as machines read them
SEEN, WANTED, MISSING, MORE, LESS = "\ue120", "\ue121", "\ue122", "\ue123", "\ue124"  # as people do
MARKS = "[\ue100-\ue124]"
TEXT = pa.large_string()  # no number of long names overflows it


class MarkWriter(Protocol):
    """How one format writes what stands in the place of a mark."""

    # What may not stand in a name as it is (RE2); a name without it is not escaped.
    odd: str

    def escape(self, text: str) -> str:
        """A text of a return."""
        ...

    def region(self, path: tuple[str, ...]) -> str:
        """The regions above a subject."""
        ...

    def numbers(self, values: Floats) -> Texts:
        """Numbers as machines read them; empty where there is none."""
        ...


class SubjectColumns:
    """Names, places and the like of some records, as columns that are made when a mark first asks for them.

    ``regions`` are those that have been written before.
    """

    def __init__(self, records: Records, places: Ints, writer: MarkWriter, regions: dict[tuple[str, ...], str]) -> None:
        self._records, self._rows = records, records.rows(places)
        self._writer, self._regions = writer, regions
        self._made: dict[str, Texts | str] = {}

    def get(self, mark: str) -> Texts | str:
        """The texts for a mark; one where it is the same for all."""
        if mark not in self._made:
            self._made[mark] = self._make(mark)
        return self._made[mark]

    def _make(self, mark: str) -> Texts | str:
        table, rows = self._records.table, self._rows
        if mark == NAME:
            return self._named(table.about.name_field, table.names_at)
        if mark == CODE:
            return self._named(table.about.code_field, partial(table.texts_at, table.about.code_field))
        if mark == REGION:
            return self._region()
        if mark == ROW:
            return pc.cast(pa.array(table.row_of[rows]), TEXT)
        assert mark in (PATH, SHEET)
        first, which = combinations([(table.sheet_of[rows], len(table.sheets))], len(rows))
        sheets = [table.sheets[n] for n in table.sheet_of[rows[first]].tolist()]
        texts = [self._writer.escape(sheet.path if mark == PATH else sheet.name) for sheet in sheets]
        return texts[0] if len(texts) == 1 else one_of(texts, which)

    def _named(self, key: str, slowly: Callable[[Ints], list[str]]) -> Texts:
        """A text column, escaped: as it is or, where some are blank, found ``slowly``."""
        texts = self._texts(key)
        if texts is None:
            texts = pa.array(slowly(self._rows), TEXT)
        return written(texts, self._writer.escape, self._writer.odd)

    def _texts(self, key: str) -> Texts | None:
        """A text column of the records as it is; None where some are blank."""
        column = self._records.table.columns.get(key)
        if column is None or column.text is None:
            return None
        taken = column.text.take(pa.array(self._rows))
        if taken.null_count:
            return None
        taken = taken.cast(TEXT)
        return taken.combine_chunks() if isinstance(taken, pa.ChunkedArray) else taken

    def _region(self) -> Texts:
        ids, paths = self._records.regions(self._rows)
        known = self._regions
        return one_of([known.get(path) or known.setdefault(path, self._writer.region(path)) for path in paths], ids)


class MarkColumns(SubjectColumns):
    """The same of some verdicts, and their numbers."""

    def __init__(
        self,
        records: Records,
        places: Ints,
        numbers: VerdictNumbers,
        writer: MarkWriter,
        regions: dict[tuple[str, ...], str],
    ) -> None:
        super().__init__(records, places, writer, regions)
        self._numbers = numbers

    def _make(self, mark: str) -> Texts | str:
        numbers = self._numbers
        if mark in (SEEN, WANTED):
            both = together(numbers.observed, numbers.required, percent=numbers.percent)
            self._made[SEEN], self._made[WANTED] = both
            return self._made[mark]
        if mark == MISSING:
            return together(numbers.missing, percent=numbers.percent)[0]
        if mark in (MORE, LESS):
            return together(numbers.add if mark == MORE else -numbers.add, percent=numbers.add_percent)[0]
        bare = {OBSERVED: numbers.observed, REQUIRED: numbers.required, SHORTFALL: numbers.missing, ADD: numbers.add}
        return self._writer.numbers(bare[mark]) if mark in bare else super()._make(mark)


def written(texts: Texts, escape: Callable[[str], str], odd: str) -> Texts:
    """Texts as a format writes them: those that hold what is ``odd`` there (RE2) are escaped."""
    if not pc.match_substring_regex(pa.scalar(str(joined(texts), "utf-8"), TEXT), odd).as_py():
        return texts  # mostly; a look at all at once is cheap
    flags = pc.match_substring_regex(texts, odd)
    found = [escape(text) for text in texts.filter(flags).to_pylist()]
    return pc.replace_with_mask(texts, flags, pa.array(found, TEXT))


def one_of(texts: list[str], which: npt.NDArray[Any]) -> Texts:
    """For each the text that its number names."""
    return pa.array(texts, TEXT).take(pa.array(which))


def joined(texts: Texts) -> memoryview:
    """The texts, one behind another: as Arrow keeps them, no copy."""
    _, offsets, data = texts.buffers()
    ends = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return memoryview(data).cast("B")[ends[0] : ends[-1]]
