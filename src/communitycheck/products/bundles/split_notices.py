"""Which notices concern which part of a report: those in its rows, and those about a sheet or a file as a whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain

import numpy as np
from msgspec import Struct

from communitycheck.model.address import Address, column_number
from communitycheck.model.periods.past_records import PAST_NOTICES
from communitycheck.model.report import STRAYS, Report
from communitycheck.model.result import Records
from communitycheck.model.returns import Notice
from communitycheck.model.sheet import Sheet
from communitycheck.model.table import Ints
from communitycheck.products.bundles.parts import Parts

_CELL = re.compile(r"([A-Z]+)?([0-9]+)?")


class _SheetRecords(Struct, frozen=True):
    """The records of one sheet: where they stand in it, in ascending order, and the part of each."""

    sheet: Sheet
    places: Ints
    parts: Ints

    def part(self, place: int) -> int | None:
        """The part of the record at ``place``; None where no record stands there."""
        k = int(np.searchsorted(self.places, place))
        return int(self.parts[k]) if k < len(self.places) and self.places[k] == place else None


class NoticeBoard:
    """The notices of a report, by what they are about."""

    def __init__(self, report: Report, parts: Parts) -> None:
        self._sheets = _by_sheet(report.records, parts)
        self._in_part: dict[int, set[Notice]] = defaultdict(set)
        self._on_sheet: dict[tuple[str, str | None], set[Notice]] = defaultdict(set)
        self._on_file: dict[str, set[Notice]] = defaultdict(set)
        self._everywhere: set[Notice] = set()
        own = {n for r in report.returns for n in r.notices}
        files = {r.path for r in report.returns}
        for notice in chain(own, report.notices):
            if notice.code == STRAYS and notice not in own and report.stray:
                continue  # counted anew for each part
            if notice.code in PAST_NOTICES:
                continue
            self._add(notice, files)

    def of(self, k: int, sheets: Iterable[Sheet]) -> set[Notice]:
        """The notices for part ``k``, whose records stand on ``sheets``."""
        kept = self._everywhere | self._in_part.get(k, set())
        for sheet in sheets:
            kept |= self._on_sheet.get((sheet.path, sheet.name), set()) | self._on_file.get(sheet.path, set())
        return kept

    def _add(self, notice: Notice, files: set[str]) -> None:
        at = notice.at
        if at.path not in files:
            # About another file: one like it that was read, or a standard, which concerns everybody.
            first = notice.values.get("first")
            if first in files:
                self._on_file[str(first)].add(notice)
            elif "standard" in notice.values:
                self._everywhere.add(notice)
            return
        tables = self._sheets.get((at.path, at.sheet), [])
        if not tables:
            self._on_file[at.path].add(notice)
            return
        letters, row = _spot(at)
        named = [one for one in tables if any(c.column in (letters, str(row)) for c in one.sheet.columns)]
        about_a_row = False
        for one in named or tables:
            place = column_number(letters) if one.sheet.transposed and letters else row
            if not place or place in one.sheet.header_rows or place in one.sheet.title_rows:
                continue
            part = one.part(place)
            if part is not None:
                self._in_part[part].add(notice)
                return
            about_a_row = True  # of no record, such as a total: it concerns no part
        if not about_a_row:
            self._on_sheet[at.path, at.sheet].add(notice)


def _spot(at: Address) -> tuple[str, int]:
    """The column's letters and the row that an address names; empty and 0 where it names none."""
    found = _CELL.fullmatch(at.cell or "") if at.key is None else None
    letters, row = (found[1] or "", int(found[2] or 0)) if found else ("", 0)
    return letters, row or at.row or 0


def _by_sheet(records: list[Records], parts: Parts) -> dict[tuple[str, str | None], list[_SheetRecords]]:
    """The records of each sheet, by the sheet's file and name."""
    found: dict[tuple[str, str | None], list[_SheetRecords]] = defaultdict(list)
    for some in records:
        table = some.table
        picked = np.arange(len(table), dtype=np.int32) if some.index is None else some.index
        order = picked[np.lexsort((table.row_of[picked], table.sheet_of[picked]))]
        bounds = np.searchsorted(table.sheet_of[order], np.arange(len(table.sheets) + 1))
        for k, sheet in enumerate(table.sheets):
            here = order[bounds[k] : bounds[k + 1]]
            if len(here):
                one = _SheetRecords(sheet, table.row_of[here], parts.of_table[table][here])
                found[sheet.path, sheet.name].append(one)
    return found
