"""What a reform changes as a workbook: the answer, everybody who changes side, and each curve with its chart."""

from __future__ import annotations

import math
from itertools import chain, islice
from pathlib import Path
from typing import IO

import numpy as np
from xlsxwriter.worksheet import Worksheet

from communitycheck.messages import Lang
from communitycheck.printable import one_line
from communitycheck.products.whatif.csv import COLUMNS, cells
from communitycheck.products.whatif.found import FoundCurve, FoundWhatIf
from communitycheck.products.whatif.lines import side_lines
from communitycheck.products.whatif.picture import shares
from communitycheck.products.whatif.sentence import EffectWords
from communitycheck.products.whatif.text import whatif_blocks
from communitycheck.reporting.excel import FONTS, ROWS
from communitycheck.reporting.formats.xlsx.blocks import blocks_sheet
from communitycheck.reporting.formats.xlsx.book import Book
from communitycheck.reporting.words.numbers import shown
from communitycheck.reporting.words.sentences import Wording

_CHARTED = 4_000  # corners of a curve that a chart can hold
_CORNERS = 20  # the column from which they stand, right of the chart
_FIGURES = ("column-observed", "whatif-column-required-before", "column-required", "column-row")


def write_workbook(found: FoundWhatIf, lang: Lang, sink: IO[bytes]) -> None:
    """Write the workbook."""
    wording = Wording.of(found.after, lang)
    words, say = EffectWords(found, Wording.of(found.before, lang), wording), wording.say
    kept = ("whatif", "whatif-rules", "whatif-levers", "whatif-regions")
    blocks = [block for block in whatif_blocks(found, lang, details=True) if block.key in kept]
    with Book(
        sink, font=FONTS[lang], folder=Path(), day=found.after.as_of, footer=say("whatif-title")
    ) as book:  # fmt: skip
        blocks_sheet(book, say("whatif-sheet-answer"), blocks)
        if any(one.changed for one in found.effects):
            _subjects(book, found, wording)
        for number, one in enumerate(found.curves, 1):
            name = say("whatif-sheet-curve") + (f" {number}" if len(found.curves) > 1 else "")
            if len(one.curve):
                _curve(book, name, one, words)


def _subjects(book: Book, found: FoundWhatIf, wording: Wording) -> None:
    sheet, last = book.sheet(wording.say("whatif-sheet-subjects")), 0
    for k, code in enumerate(COLUMNS):
        sheet.set_column(k, k, 28 if code in ("column-region", "column-path") else 14)
        book.put(sheet, 0, k, wording.say(code), "head")
    lines = chain.from_iterable(side_lines(effect) for effect in found.effects)
    for last, one in enumerate(islice(lines, ROWS - 1), 1):
        for k, text in enumerate(cells(one, wording, one_line)):  # a workbook takes no text for a formula
            _put(book, sheet, last, k, text, number=COLUMNS[k] in _FIGURES)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)


def _put(book: Book, sheet: Worksheet, row: int, column: int, text: str, *, number: bool) -> None:
    try:
        value = float(text) if number else math.nan
    except ValueError:
        value = math.nan
    if math.isfinite(value):
        sheet.write_number(row, column, value, book.format("number:General"))
    else:
        book.put(sheet, row, column, text)


def _curve(book: Book, name: str, one: FoundCurve, words: EffectWords) -> None:
    """Every limit with its numbers; the corners of the steps, which the chart is drawn from, beside them."""
    say, curve = words.say, one.curve
    sheet = book.sheet(name)
    sheet.set_column(0, 5, 14)
    inside = np.flatnonzero(curve.within(one.low, one.high))
    sure, may = (share[inside] for share in shares(curve))
    limits, factor = curve.written[inside], 100.0 if curve.rule.unit == "ratio" else 1.0
    unit = "%" if factor == 100.0 else shown(curve.rule.unit, words.now.lang)
    book.put(sheet, 0, 0, words.rule(curve.rule), "title")
    heads = [say("column-threshold") + (f" ({unit})" if unit else ""), say("column-passed"), say("column-failed"),
             say("column-no-data"), say("whatif-column-sure"), say("whatif-column-may")]  # fmt: skip
    for k, head in enumerate(heads):
        book.put(sheet, 2, k, head, "head")
    counts = (curve.passed[inside], curve.missed[inside], curve.unknown[inside])
    percent, plain = book.format("number:0.0%"), book.format("number:General")
    under, open_ = book.format('number:"<" General'), curve.open[inside].tolist()
    for row in range(min(len(limits), ROWS - 4)):
        sheet.write_number(row + 3, 0, float(f"{limits[row] * factor:.12g}"), under if open_[row] else plain)
        for k, column in enumerate(counts, 1):
            sheet.write_number(row + 3, k, int(column[row]), plain)
        for k, share in enumerate((sure, may), 4):
            sheet.write_number(row + 3, k, float(share[row]), percent)
    sheet.freeze_panes(3, 1)
    chosen = np.unique(np.linspace(0, len(limits) - 1, _CHARTED // 2).round().astype(int))
    upper = curve.holds_below
    _chart(book, sheet, name, limits[chosen] * factor, (sure[chosen], may[chosen]), heads, words, upper=upper)


def _chart(
    book: Book,
    sheet: Worksheet,
    name: str,
    limits: np.ndarray,
    both: tuple[np.ndarray, np.ndarray],
    heads: list[str],
    words: EffectWords,
    *,
    upper: bool,
) -> None:
    across = np.repeat(limits, 2)[1:-1] if len(limits) > 1 else limits
    down = [np.repeat(share[1:] if upper else share[:-1], 2) if len(limits) > 1 else share for share in both]
    for k, head in enumerate((heads[0], *heads[4:]), _CORNERS):
        sheet.write_string(2, k, head)
    for row, x in enumerate(across.tolist(), 3):
        sheet.write_number(row, _CORNERS, x)
        for k, share in enumerate(down, _CORNERS + 1):
            sheet.write_number(row, k, float(share[row - 3]), book.format("number:0.0%"))
    last, chart = 2 + len(across), book.chart("scatter", "straight")
    series = (_CORNERS + 1, _CORNERS + 2)
    for k in series if (both[0] != both[1]).any() else series[:1]:
        chart.add_series({
            "name": [name, 2, k], "categories": [name, 3, _CORNERS, last, _CORNERS], "values": [name, 3, k, last, k],
            "line": {"width": 1.75} if k == series[0] else {"width": 1.25, "dash_type": "dash", "color": "gray"},
            "marker": {"type": "none"},
        })  # fmt: skip
    chart.set_y_axis({"min": 0, "max": 1, "num_format": "0%"})
    chart.set_x_axis({"name": heads[0], "min": float(limits[0]), "max": float(limits[-1])})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 720, "height": 380})
    sheet.insert_chart(2, 7, chart, {"description": words.say("whatif-sheet-curve")})
