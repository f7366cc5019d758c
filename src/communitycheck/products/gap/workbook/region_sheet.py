"""The sheet of one region: its sums by lever on top, the subjects below; the sums are formulas over the subjects."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct, field
from xlsxwriter.worksheet import Worksheet

from communitycheck.checking.missed.least import step_of
from communitycheck.model.table import Ints
from communitycheck.planning.costs import money_for
from communitycheck.planning.needs import LeverNeed, NeedKind
from communitycheck.products.gap.found import FoundGap
from communitycheck.products.gap.lines import NeedLine, need_lines
from communitycheck.products.gap.workbook.names import block, cell
from communitycheck.products.gap.workbook.prices import PriceCells
from communitycheck.reporting.formats.xlsx.book import Book
from communitycheck.reporting.words.numbers import plain, shown
from communitycheck.reporting.words.sentences import Wording

# Columns of the subjects.
NAME, PLACE, LEVER, UNIT, NOW, ADD, MOST, ENDLESS, PRICE, COST, COST_MOST, GIVEN, KNOWN, RULES, WHERE = range(15)
# Columns of the sums: of the lever, its unit, and of what is in the column below.
SUMS = (LEVER, UNIT, NOW, ADD, MOST, ENDLESS, PRICE, COST, COST_MOST, GIVEN)
WIDTHS = (18, 30, 22, 8, 11, 12, 12, 14, 13, 15, 15, 15, 14, 16, 30)
COUNT, MONEY = "number:#,##0", "number:#,##0.00"


class LeverSums(Struct):
    """Where the sums of one lever stand in the sheet of a region, and what they come to."""

    sheet: str
    row: int
    short: int = 0
    add: float = 0.0
    most: float = 0.0
    endless: int = 0
    cost: float = 0.0
    cost_most: float = 0.0
    given: float = 0.0


class RegionSheet(Struct):
    """What is written to a sheet; ``labels`` are those of the needs, which tell them apart."""

    found: FoundGap
    book: Book
    wording: Wording
    labels: Sequence[str]
    prices: PriceCells
    sums: dict[int, LeverSums] = field(default_factory=dict)

    def write(self, name: str, title: str, lines: dict[int, Ints]) -> dict[int, LeverSums]:
        """Write the sheet ``name``; the sums by the place of the lever among the needs."""
        sheet, say = self.book.sheet(name), self.wording.say
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        self.book.put(sheet, 0, 0, title, "title")
        head = 2
        first = head + len(lines) + 4
        last = first + sum(len(order) for order in lines.values()) - 1
        self._heads(sheet, head, [say(f"gap-sheet-sum-{c}") for c in ("lever", "unit", "short")], LEVER)
        self._heads(sheet, head, self._figures(), ADD)
        for n, (k, order) in enumerate(lines.items()):
            self.sums[k] = LeverSums(name, head + 1 + n)
            self._add_up(k, order)
            self._sum_row(sheet, k, first, last)
        self.book.put(sheet, first - 2, 0, say("gap-sheet-subjects"), "section")
        self._heads(sheet, first - 1, self._columns(), NAME)
        row = first
        for k, order in lines.items():
            need = self.found.levers[k]
            given = None if self.found.plan is None else self.found.plan.gives(need)[order].tolist()
            for n, one in enumerate(need_lines(need, order)):
                self._line(sheet, row, k, one, 0.0 if given is None else given[n])
                row += 1
        sheet.autofilter(first - 1, 0, last, WHERE)
        sheet.freeze_panes(first, 1)
        sheet.repeat_rows(first - 1)
        return self.sums

    def _figures(self) -> list[str]:
        codes = ("add", "most", "endless", "price", "cost", "cost-most", "given")
        return [self.wording.say(f"gap-sheet-{code}") for code in codes]

    def _columns(self) -> list[str]:
        say = self.wording.say
        front = [
            say("column-name"),
            say("column-region"),
            say("column-lever"),
            say("column-unit"),
            say("gap-column-now"),
        ]
        return [*front, *self._figures(), say("gap-column-kind"), say("column-rules"), say("gap-sheet-where")]

    def _heads(self, sheet: Worksheet, row: int, titles: Sequence[str], column: int) -> None:
        for k, title in enumerate(titles, column):
            kind = "head-figure" if NOW <= k <= GIVEN else "head-after" if k == KNOWN else "head"
            self.book.put(sheet, row, k, title, kind)

    def _add_up(self, k: int, order: Ints) -> None:
        """What the formulas come to, which a program that does not work them out shows."""
        need, one = self.found.levers[k], self.sums[k]
        place = order[~need.again[order] & (need.kind[order] != int(NeedKind.NONE))]
        least, most = need.least[place], need.most[place]
        short = need.short[place]
        one.short = int(short.sum())
        one.add = round(float(least.sum()), 4)
        bounded = [x for x in most.tolist() if math.isfinite(x)]
        one.most, one.endless = round(sum(bounded), 4), len(most) - len(bounded)
        price = self.prices.price(need)
        if price is not None:
            one.cost, one.cost_most = (
                round(sum(money_for(x, x, price).least for x in ends), 2) for ends in (least.tolist(), bounded)
            )
        if self.found.plan is not None:
            one.given = round(float(self.found.plan.gives(need)[place].sum()), 4)

    def _sum_row(self, sheet: Worksheet, k: int, first: int, last: int) -> None:
        need, one, book = self.found.levers[k], self.sums[k], self.book
        row, mine = one.row, f"--({block(first, last, LEVER)}={cell(one.row, LEVER)})"
        book.put(sheet, row, LEVER, self.labels[k])
        book.put(sheet, row, UNIT, shown(need.unit, self.wording.lang))
        short = f"=SUMPRODUCT({mine},--({block(first, last, ADD)}>0))"
        sheet.write_formula(row, NOW, short, book.format(COUNT), one.short)
        shapes = {COST: MONEY, COST_MOST: MONEY, ENDLESS: COUNT}
        for column, value in (
            (ADD, one.add), (MOST, one.most), (ENDLESS, one.endless), (COST, one.cost),
            (COST_MOST, one.cost_most), (GIVEN, one.given),
        ):  # fmt: skip
            priced = bool(self.prices.of(need)) or column not in (COST, COST_MOST)
            if not priced or (column == GIVEN and self.found.plan is None):
                continue
            formula = f"=SUMPRODUCT({mine},{block(first, last, column)})"
            sheet.write_formula(row, column, formula, book.format(shapes.get(column, figure_of(need))), value)

    def _line(self, sheet: Worksheet, row: int, k: int, one: NeedLine, given: float) -> None:
        need, book, wording = self.found.levers[k], self.book, self.wording
        texts = {
            NAME: wording.name(one.subject), PLACE: wording.region(one.subject), LEVER: self.labels[k],
            UNIT: shown(need.unit, wording.lang), KNOWN: self._known(one),
            RULES: wording.listed(wording.rule_id(rule) for rule in one.rules),
            WHERE: wording.place(one.at, (one.cell,) if one.cell else ()),
        }  # fmt: skip
        for column, text in texts.items():
            book.put(sheet, row, column, text, "plain-after" if column == KNOWN else "plain")
        if one.now is not None:
            if one.now[0] == one.now[1]:
                sheet.write_number(row, NOW, one.now[0], book.format(figure_of(need)))
            else:
                ends = (plain(end) if math.isfinite(end) else "" for end in one.now)
                book.put(sheet, row, NOW, wording.range(*ends), "right")
        if one.kind is NeedKind.NONE or not one.counted:
            return
        sheet.write_number(row, ADD, one.least, book.format(figure_of(need)))
        if math.isfinite(one.most):
            sheet.write_number(row, MOST, one.most, book.format(figure_of(need)))
        else:
            sheet.write_number(row, ENDLESS, 1, book.format(COUNT))
        if price := self.prices.of(need):
            amount = self.prices.price(need) or 0.0
            sheet.write_formula(row, PRICE, f"={price}", book.format(MONEY), amount)
            for column, source, end in ((COST, ADD, one.least), (COST_MOST, MOST, one.most)):
                if math.isfinite(end):
                    formula = f"=ROUND({cell(row, source)}*{cell(row, PRICE)},2)"
                    sheet.write_formula(row, column, formula, book.format(MONEY), money_for(end, end, amount).least)
        if given:
            sheet.write_number(row, GIVEN, given, book.format(figure_of(need)))

    def _known(self, one: NeedLine) -> str:
        if not one.counted:
            return self.wording.say("gap-sheet-again")
        return self.wording.say(f"gap-kind-{one.kind.word}")


def figure_of(need: LeverNeed) -> str:
    """How amounts of a lever are shown: counts whole, shares in percent."""
    step = step_of(need.lever)
    return COUNT if step == 1 else "number:0.00%" if need.lever.type == "share" else MONEY


def label_of(need: LeverNeed, levers: Sequence[LeverNeed], wording: Wording) -> str:
    """What a lever is called, with the kind of its subjects where several have it."""
    label = wording.label(need.lever.key, need.parts[0].rule.standard)
    alike = [one for one in levers if one.lever.key == need.lever.key]
    return label if len(alike) == 1 else label + wording.say("brackets", text=wording.entity(need.table.entity))
