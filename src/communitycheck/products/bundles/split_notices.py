"""Which notices concern which region: those in its rows, and those about a sheet or a file as a whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from communitycheck.model.address import Address, column_number
from communitycheck.model.report import STRAYS, Report
from communitycheck.model.result import Records
from communitycheck.model.returns import Notice
from communitycheck.model.sheet import Sheet
from communitycheck.model.table import Ints, Table

_CELL = re.compile(r"([A-Z]+)?([0-9]+)?")


@dataclass(frozen=True, slots=True)
class _Part:
    """The records of one sheet: their places in ascending order, and the region of each."""

    sheet: Sheet
    places: Ints
    regions: Ints

    def region(self, place: int) -> int | None:
        """The region of the record at ``place``; None where no record stands there."""
        k = int(np.searchsorted(self.places, place))
        return int(self.regions[k]) if k < len(self.places) and self.places[k] == place else None


class NoticeBoard:
    """The notices of a report, by what they are about.

    Args:
        regions: for each table the number of each record's region.
    """

    def __init__(self, report: Report, regions: Mapping[Table, Ints]) -> None:
        self._report = report
        self._parts = _parts(report.records, regions)
        self._in_region: dict[int, set[Notice]] = defaultdict(set)
        self._on_sheet: dict[tuple[str, str | None], set[Notice]] = defaultdict(set)
        self._on_file: dict[str, set[Notice]] = defaultdict(set)
        self._everywhere: set[Notice] = set()
        own = {n for r in report.returns for n in r.notices}
        files = {r.path for r in report.returns}
        for notice in (n for some in (*(r.notices for r in report.returns), report.notices) for n in some):
            if notice.code == STRAYS and notice not in own and report.stray:
                continue  # counted anew for each region
            self._file(notice, files)

    def of(self, k: int, sheets: Iterable[Sheet]) -> set[Notice]:
        """The notices for region ``k``, whose records stand on ``sheets``."""
        kept = self._everywhere | self._in_region.get(k, set())
        for sheet in sheets:
            kept |= self._on_sheet.get((sheet.path, sheet.name), set()) | self._on_file.get(sheet.path, set())
        return kept

    def _file(self, notice: Notice, files: set[str]) -> None:
        at = notice.at
        if at.path not in files:
            # About another file: one like it that was read, or a standard, which concerns everybody.
            first = notice.values.get("first")
            if first in files:
                self._on_file[str(first)].add(notice)
            elif "standard" in notice.values:
                self._everywhere.add(notice)
            return
        parts = self._parts.get((at.path, at.sheet), [])
        letters, row = _spot(at)
        if not parts:
            self._on_file[at.path].add(notice)
            return
        among = [p for p in parts if any(c.column in (letters, str(row)) for c in p.sheet.columns)]
        beside = False
        for part in among or parts:
            place = column_number(letters) if part.sheet.transposed and letters else row
            if not place or place in part.sheet.header_rows or place in part.sheet.title_rows:
                continue
            region = part.region(place)
            if region is not None:
                self._in_region[region].add(notice)
                return
            beside = True
        if not beside:
            self._on_sheet[at.path, at.sheet].add(notice)


def _spot(at: Address) -> tuple[str, int]:
    """The column's letters and the row that an address names; empty and 0 where it names none."""
    found = _CELL.fullmatch(at.cell or "")
    letters, row = (found[1] or "", int(found[2] or 0)) if found else ("", 0)
    return letters, row or at.row or 0


def _parts(records: list[Records], regions: Mapping[Table, Ints]) -> dict[tuple[str, str | None], list[_Part]]:
    """The records of each sheet, by the sheet's file and name."""
    found: dict[tuple[str, str | None], list[_Part]] = defaultdict(list)
    for some in records:
        table = some.table
        picked = np.arange(len(table), dtype=np.int32) if some.index is None else some.index
        order = picked[np.lexsort((table.row_of[picked], table.sheet_of[picked]))]
        bounds = np.searchsorted(table.sheet_of[order], np.arange(len(table.sheets) + 1))
        for k, sheet in enumerate(table.sheets):
            here = order[bounds[k] : bounds[k + 1]]
            if len(here):
                found[sheet.path, sheet.name].append(_Part(sheet, table.row_of[here], regions[table][here]))
    return found
