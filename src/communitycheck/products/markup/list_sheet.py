"""The sheet that is added to a marked-up copy: what to mend, verdict by verdict, with links to the cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from communitycheck.model.address import column_letter
from communitycheck.model.output_marks import MARK
from communitycheck.model.result import Outcome
from communitycheck.printable import clip, one_line
from communitycheck.products.markup.marks import OFFENDING, UNDECIDED, place_of
from communitycheck.products.markup.ooxml.parts import STRICT, TRANSITIONAL, literal
from communitycheck.products.markup.ooxml.styles import Styles
from communitycheck.products.markup.words import COLUMNS, Line, MarkupWords
from communitycheck.reporting.excel import LINE, LINES, LINKS, LONGEST, text_width

# Shades that no program offers, so that they are known again in a copy that comes back.
COLOURS = {OFFENDING: "FFC7CD", UNDECIDED: "FFEB9B"}
WIDTHS = dict(zip(COLUMNS, (10, 13, 12, 18, 22, 10, 26, 13, 14, 13, 12, 44, 12, 22), strict=True))
_RIGHT = frozenset({"observed", "required", "shortfall", "add"})
_WRAPPED = frozenset(COLUMNS) - {"outcome", "cells"}
_TONES = {Outcome.FAIL: OFFENDING, Outcome.NO_DATA: UNDECIDED}


def list_sheet(
    heading: Iterable[str],
    lines: Iterable[Line],
    words: MarkupWords,
    styles: Styles,
    names: Mapping[str, str],
    *,
    strict: bool,
) -> Iterator[str]:
    """The worksheet part.

    Args:
        heading: sentences above the table. names: sheets that links may lead to, by the reader's name.
    """
    rows = _ListRows(words, styles, names)
    top = [*rows.title(), *rows.heading(heading), *rows.legend(), *rows.blank(), *rows.header()]
    header = rows.number
    body = [rows.line(line) for line in lines]
    last = column_letter(len(COLUMNS))
    columns = "".join(
        f'<col min="{k}" max="{k}" width="{width}" customWidth="1"/>'
        for k, width in enumerate(WIDTHS.values(), start=1)
    )
    space = STRICT if strict else TRANSITIONAL
    yield (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{space}">'
        '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}{rows.number}"/><sheetViews><sheetView workbookViewId="0">'
        f'<pane xSplit="4" ySplit="{header}" topLeftCell="E{header + 1}" activePane="bottomRight" state="frozen"/>'
        '<selection pane="topRight"/><selection pane="bottomLeft"/><selection pane="bottomRight"/>'
        "</sheetView></sheetViews>"
        f'<sheetFormatPr defaultRowHeight="{LINE}"/><cols>{columns}</cols><sheetData>'
    )
    yield from top
    yield from body
    yield f'</sheetData><autoFilter ref="A{header}:{last}{rows.number}"/>'
    if rows.links:
        yield f"<hyperlinks>{''.join(rows.links)}</hyperlinks>"
    yield (
        '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>&amp;C{escape(words.say('page'))}</oddFooter></headerFooter></worksheet>"
    )


class _ListRows:
    """Rows one below the other."""

    def __init__(self, words: MarkupWords, styles: Styles, names: Mapping[str, str]) -> None:
        self.words, self.styles, self.names = words, styles, names
        self.number = 0
        self.links: list[str] = []

    def title(self) -> Iterator[str]:
        mark = self.styles.look(size=8, colour="A6A6A6", right=True)
        title = self.styles.look(bold=True, size=14)
        yield self._row([(1, self.words.say("markup-title"), title), (len(COLUMNS), MARK, mark)], 26)

    def heading(self, sentences: Iterable[str]) -> Iterator[str]:
        look = self.styles.look()
        for sentence in sentences:
            yield self._row([(1, sentence, look)], LINE)

    def legend(self) -> Iterator[str]:
        for kind, outcome, code in (
            (OFFENDING, Outcome.FAIL, "markup-legend-offending"),
            (UNDECIDED, Outcome.NO_DATA, "markup-legend-undecided"),
        ):
            name = self.words.wording.outcome(outcome)
            cells = [(1, name, self.styles.look(fill=COLOURS[kind])), (2, self.words.say(code), self.styles.look())]
            yield self._row(cells, LINE)

    def blank(self) -> Iterator[str]:
        self.number += 1
        yield f'<row r="{self.number}"/>'

    def header(self) -> Iterator[str]:
        cells = [
            (k, self.words.say(f"column-{column}"), self.styles.look(bold=True, fill="DDEBF7", line=True,
             right=column in _RIGHT))
            for k, column in enumerate(COLUMNS, start=1)
        ]  # fmt: skip
        yield self._row(cells, 1.4 * LINE)

    def line(self, line: Line) -> str:
        """One verdict; its cell is a link where the workbook has that sheet."""
        cells = []
        height = 1
        linked = False
        for k, (column, text) in enumerate(zip(COLUMNS, line.texts, strict=True), start=1):
            if column == "sheet":
                text = self.names.get(text, text)
            text = clip(one_line(text), LONGEST)
            wrap = column in _WRAPPED and len(text) * 2 + 2 > WIDTHS[column]
            if wrap:
                height = max(height, -(-text_width(text) // (WIDTHS[column] - 1)))
            if column == "cells" and line.sheet in self.names and place_of(line.cell) and len(self.links) < LINKS:
                linked = True
                look = self.styles.look(colour="0563C1", link=True)
            elif column == "outcome" and line.outcome in _TONES:
                look = self.styles.look(fill=COLOURS[_TONES[line.outcome]])
            else:
                look = self.styles.look(wrap=wrap, right=column in _RIGHT)
            if text:
                cells.append((k, text, look))
        row = self._row(cells, LINE * min(height, LINES))
        if linked:
            sheet = self.names[line.sheet].replace("'", "''")
            at = f"{column_letter(COLUMNS.index('cells') + 1)}{self.number}"
            self.links.append(f'<hyperlink ref="{at}" location={quoteattr(f"{_quoted(sheet)}!{line.cell}")}/>')
        return row

    def _row(self, cells: Iterable[tuple[int, str, int]], height: float) -> str:
        self.number += 1
        held = "".join(
            f'<c r="{column_letter(column)}{self.number}" s="{look}" t="inlineStr"><is>'
            f'<t xml:space="preserve">{escape(literal(text))}</t></is></c>'
            for column, text, look in cells
        )
        return f'<row r="{self.number}" ht="{height:g}" customHeight="1">{held}</row>'


def _quoted(sheet: str) -> str:
    return f"'{sheet}'"
