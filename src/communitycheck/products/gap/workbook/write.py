"""The workbook: the sums of all regions first, then prices, shares, and a sheet for each region."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import numpy as np
from msgspec import Struct
from xlsxwriter.worksheet import Worksheet

from communitycheck.messages import Lang
from communitycheck.planning.needs import LeverNeed
from communitycheck.planning.regions import whole_need
from communitycheck.products.gap.found import FoundGap
from communitycheck.products.gap.workbook.content import ListedRegions, RegionLines, content_of
from communitycheck.products.gap.workbook.names import SheetNames, block, cell
from communitycheck.products.gap.workbook.prices import PriceCells, price_sheet
from communitycheck.products.gap.workbook.region_sheet import (
    ADD,
    COST,
    COST_MOST,
    COUNT,
    ENDLESS,
    GIVEN,
    MONEY,
    MOST,
    NOW,
    LeverSums,
    RegionSheet,
    figure_of,
    label_of,
)
from communitycheck.reporting.document import Block
from communitycheck.reporting.excel import FONTS
from communitycheck.reporting.formats.xlsx.book import Book
from communitycheck.reporting.words.numbers import count, shown
from communitycheck.reporting.words.sentences import Wording

_SUMMED = (NOW, ADD, MOST, ENDLESS, COST, COST_MOST, GIVEN)  # columns of a region's sums that are rolled up


def write_gap_book(
    found: FoundGap, lang: Lang, head: Block, groups: Block | None, waived: Block | None, sink: IO[bytes]
) -> None:
    """Write the workbook.

    Args:
        head: what the report says on top; groups: its table of shares and sums; waived: that of what is excused.
    """
    wording = Wording.of(found.report, lang)
    say, names = wording.say, SheetNames()
    held = content_of(found)
    with Book(
        sink, font=FONTS[lang], folder=Path(), day=found.report.as_of, footer=say("gap-title")
    ) as book:  # fmt: skip
        first = book.sheet(names.new(say("gap-sheet-summary")))
        prices = price_sheet(names.new(say("gap-sheet-prices")), found.levers, found.costs, book, wording)
        if groups is not None:
            _group_sheet(book, names.new(say("gap-sheet-groups")), groups)
        if waived is not None:
            _group_sheet(book, names.new(say("gap-sheet-waived")), waived)
        labels = [label_of(one, found.levers, wording) for one in found.levers]
        sheets: list[tuple[RegionLines, dict[int, LeverSums]]] = []
        for one in held.regions:
            title = "/".join(filter(None, one.names)) or say("gap-sheet-all" if not held.level else "region-unnamed")
            name = names.new(one.name or title)
            sheets.append((one, RegionSheet(found, book, wording, labels, prices).write(name, title, one.lines)))
        _Summary(found, book, wording, held, labels, prices).write(first, head, sheets)


def _group_sheet(book: Book, name: str, block_: Block) -> None:
    sheet = book.sheet(name)
    book.put(sheet, 0, 0, block_.title, "title")
    for k, column in enumerate(block_.columns):
        sheet.set_column(k, k, 34 if k in (0, len(block_.columns) - 1) else 18)
        book.put(sheet, 2, k, column.title, "head-figure" if column.right else "head")
    for n, row in enumerate(block_.rows):
        for k, text in enumerate(row.cells):
            book.put(sheet, 3 + n, k, text, "right" if block_.columns[k].right else "wrap")
    sheet.freeze_panes(3, 1)


class _Summary(Struct):
    """The first sheet: each lever with a row for each region, subtotals of the regions above, and the whole."""

    found: FoundGap
    book: Book
    wording: Wording
    held: ListedRegions
    labels: list[str]
    prices: PriceCells

    def write(self, sheet: Worksheet, head: Block, sheets: list[tuple[RegionLines, dict[int, LeverSums]]]) -> None:
        say, book = self.wording.say, self.book
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 8)
        sheet.set_column(2, 8, 18)
        book.put(sheet, 0, 0, say("gap-title"), "title")
        row = 2
        for label, value in head.pairs:
            book.put(sheet, row, 0, label, "label")
            book.put(sheet, row, 1, value)
            row += 1
        for line in head.lines:
            book.put(sheet, row, 0, line)
            row += 1
        if self.held.left_out:
            book.put(sheet, row, 0, say("gap-sheet-too-many", n=count(self.held.left_out)))
            row += 1
        for k, need in enumerate(self.found.levers):
            row = self._lever(sheet, row + 1, k, need, sheets)

    def _lever(
        self, sheet: Worksheet, row: int, k: int, need: LeverNeed,
        sheets: list[tuple[RegionLines, dict[int, LeverSums]]],
    ) -> int:  # fmt: skip
        say, book = self.wording.say, self.book
        unit = shown(need.unit, self.wording.lang)
        book.put(sheet, row, 0, self.labels[k] + (say("brackets", text=unit) if unit else ""), "section")
        level = self.wording.entity(self.held.level) if self.held.level else say("label-region")
        titles = (
            level,
            "",
            *(say(f"gap-sheet-{code}") for code in ("short", "add", "most", "endless", "cost", "cost-most", "given")),
        )
        for column, title in enumerate(titles):
            book.put(sheet, row + 1, column, title, "head" if column < 2 else "head-figure")
        first = row = row + 2
        mine = [(one, sums[k]) for one, sums in sheets if k in sums]
        if not mine:
            return self._plain(sheet, row, need)
        subtotals = self._subtotals(mine)
        for n, (one, sums) in enumerate(mine):
            self._region(sheet, row, one, sums, need)
            row += 1
            for path, begin in subtotals.get(n, ()):
                self._subtotal(sheet, row, path[-1], first + begin + self._above(subtotals, begin), row - 1, need,
                               [s for _, s in mine[begin : n + 1]])  # fmt: skip
                row += 1
        self._subtotal(sheet, row, say("gap-total"), first, row - 1, need, [sums for _, sums in mine])
        return row + 1

    def _above(self, subtotals: dict[int, list[tuple[tuple[str, ...], int]]], begin: int) -> int:
        """How many rows of subtotals stand before the region at ``begin``."""
        return sum(len(rows) for n, rows in subtotals.items() if n < begin)

    def _subtotals(self, mine: list[tuple[RegionLines, LeverSums]]) -> dict[int, list[tuple[tuple[str, ...], int]]]:
        """Behind which region which larger ones end, and where these begin; none of a level that has one alone."""
        found: dict[int, list[tuple[tuple[str, ...], int]]] = {}
        depth = len(mine[0][0].names)
        for size in range(depth - 1, 0, -1):
            paths = [one.names[:size] for one, _ in mine]
            if len(set(paths)) < 2:
                continue
            begin = 0
            for n in range(1, len(mine) + 1):
                if n == len(mine) or paths[n] != paths[begin]:
                    found.setdefault(n - 1, []).append((paths[begin], begin))
                    begin = n
        return found

    def _region(self, sheet: Worksheet, row: int, one: RegionLines, sums: LeverSums, need: LeverNeed) -> None:
        say, book = self.wording.say, self.book
        name = one.name or say("region-unnamed")
        sheet.write_url(row, 0, f"internal:{cell(0, 0, sums.sheet).replace('$', '')}", book.format("link"), name)
        for column, source, value in self._columns(sums, need):
            shape = book.format(_shape(source, need))
            sheet.write_formula(row, column, f"={cell(sums.row, source, sums.sheet)}", shape, value)

    def _columns(self, sums: LeverSums, need: LeverNeed) -> list[tuple[int, int, float]]:
        values = (sums.short, sums.add, sums.most, sums.endless, sums.cost, sums.cost_most, sums.given)
        return [
            (column, source, float(value))
            for column, (source, value) in enumerate(zip(_SUMMED, values, strict=True), 2)
            if (self.prices.of(need) or source not in (COST, COST_MOST))
            and (self.found.plan is not None or source != GIVEN)
        ]

    def _subtotal(
        self, sheet: Worksheet, row: int, name: str, first: int, last: int, need: LeverNeed, parts: list[LeverSums]
    ) -> None:
        """A sum that leaves out the sums above it, as SUBTOTAL does."""
        book = self.book
        book.put(sheet, row, 0, name or self.wording.say("region-unnamed"), "head")
        book.put(sheet, row, 1, "", "head")
        columns = [self._columns(one, need) for one in parts]
        for at, (column, source, _) in enumerate(columns[0]):
            value = round(float(np.sum([one[at][2] for one in columns])), 4)
            kind = f"total:{_shape(source, need).removeprefix('number:')}"
            formula = f"=SUBTOTAL(9,{block(first, last, column)})"
            sheet.write_formula(row, column, formula, book.format(kind), value)

    def _plain(self, sheet: Worksheet, row: int, need: LeverNeed) -> int:
        """The whole, where its subjects are too many to be listed."""
        whole = whole_need(need)
        self.book.put(sheet, row, 0, self.wording.say("gap-total"), "head")
        for column, value in ((2, whole.short), (3, whole.least), (4, whole.most), (5, whole.unbounded)):
            sheet.write_number(row, column, value, self.book.format(_shape(_SUMMED[column - 2], need)))
        return row + 1


def _shape(source: int, need: LeverNeed) -> str:
    """How the sums of a column are shown."""
    return {NOW: COUNT, ENDLESS: COUNT, COST: MONEY, COST_MOST: MONEY}.get(source, figure_of(need))
