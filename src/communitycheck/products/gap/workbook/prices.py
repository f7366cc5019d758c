"""The sheet of prices: the cells that every cost in the workbook is worked out from."""

from __future__ import annotations

from msgspec import Struct, field

from communitycheck.planning.costs import Costs
from communitycheck.planning.needs import LeverNeed
from communitycheck.products.gap.workbook.names import cell
from communitycheck.reporting.formats.xlsx.book import Book
from communitycheck.reporting.words.numbers import shown
from communitycheck.reporting.words.sentences import Wording


class PriceCells(Struct):
    """Where the price of a lever stands: that of its cheapest method, which costs are worked out with."""

    costs: Costs
    cells: dict[str, str] = field(default_factory=dict)

    def of(self, need: LeverNeed) -> str:
        return self.cells.get(need.lever.key, "")

    def price(self, need: LeverNeed) -> float | None:
        found = self.costs.cheapest(need)
        return None if found is None else found.price


def price_sheet(name: str, levers: list[LeverNeed], costs: Costs, book: Book, wording: Wording) -> PriceCells:
    """Write the sheet, where there are prices; a price that is changed in it changes every cost."""
    held, say = PriceCells(costs), wording.say
    named = list({one.lever.key: one for one in levers if costs.of(one.lever.key)}.values())
    if not named:
        return held
    sheet = book.sheet(name)
    for column, width in enumerate((28, 18, 16, 16, 12)):
        sheet.set_column(column, column, width)
    book.put(sheet, 0, 0, say("gap-sheet-prices"), "title")
    book.put(sheet, 1, 0, say("gap-sheet-prices-note"), "label")
    for column, code in enumerate(("column-lever", "gap-column-method", "gap-column-price", "gap-column-running")):
        book.put(sheet, 3, column, say(code), "head" if column < 2 else "head-figure")
    book.put(sheet, 3, 4, say("column-unit"), "head")
    row = 4
    for need in named:
        for n, price in enumerate(costs.of(need.lever.key)):
            book.put(sheet, row, 0, wording.label(need.lever.key, need.parts[0].rule.standard))
            book.put(sheet, row, 1, price.method.in_lang(wording.lang))
            sheet.write_number(row, 2, price.price, book.format("number:#,##0.00##"))
            if price.running is not None:
                sheet.write_number(row, 3, price.running, book.format("number:#,##0.00##"))
            book.put(sheet, row, 4, shown(f"yuan/{need.lever.unit}", wording.lang))
            if not n:
                held.cells[need.lever.key] = cell(row, 2, name)
            row += 1
    return held
