"""A Word document that is filled from the top down: headings, paragraphs, tables that repeat their header.

A blank is a content control that goes away when somebody types into it. The same pieces give the same bytes.
"""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Row
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from communitycheck.messages import Lang
from communitycheck.printable import one_line
from communitycheck.reporting.document import DocumentTable, Heading, Pairs, Paragraph, Piece, Span, Spans
from communitycheck.reporting.word_page import LEFT, RIGHT, lay_out

WIDTH = {"zh": 156, "en": 160}  # millimetres between the margins
WHOLE = 8  # rows of a table that stays on one page
MARGIN = 57  # twentieths of a point beside the text of a cell: 1 mm
SHADE = "FFF2CC"  # behind a blank
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file can name
_LONGEST_FACT = 255  # characters of the title that Word keeps among the facts of a document


class Paper:
    """A Word document that is filled from the top down; ``day`` stands for the time at which it was made."""

    def __init__(self, lang: Lang, title: str, day: date) -> None:
        self.lang = lang
        self.document = Document()
        self._blanks = 0
        self._styles: dict[str, str] = {}
        self._after_table = False
        lay_out(self.document, lang)
        self._properties(title, datetime(day.year, day.month, day.day))

    def _properties(self, title: str, day: datetime) -> None:
        facts = self.document.core_properties
        facts.title = title if len(title) <= _LONGEST_FACT else title[: _LONGEST_FACT - 1] + "…"
        facts.author, facts.last_modified_by, facts.comments = "", "", ""
        facts.created = facts.modified = day
        facts.revision, facts.language = 1, "zh-CN" if self.lang == "zh" else "en-GB"
        package = self.document.part.package
        for key, relation in list(package.rels.items()):
            if relation.reltype.endswith("/thumbnail"):  # the template's
                del package.rels[key]

    def piece(self, piece: Piece) -> None:
        match piece:
            case Heading(1, text):
                line = self.line("Title", (Span(text),))
                if self.lang == "en":
                    line.alignment = LEFT
            case Heading(level, text):
                self.line(f"Heading {level - 1}", (Span(text),))
            case Paragraph():
                self.paragraph(piece)
            case Pairs():
                self.pairs(piece)
            case DocumentTable():
                self.table(piece)
        self._after_table = isinstance(piece, DocumentTable)

    def paragraph(self, paragraph: Paragraph) -> None:
        line = self.line("Circular Text", paragraph.spans)
        if self._after_table:
            line.paragraph_format.space_before = Pt(6)

    def pairs(self, pairs: Pairs) -> None:
        table = self.document.add_table(rows=0, cols=2)
        table.autofit = False
        for label, value in pairs.items:
            cells = table.add_row().cells
            for cell, width in zip(cells, (30, 130), strict=True):
                cell.width = Mm(width)
            self.fill(cells[0].paragraphs[0], "Circular Flush", (Span(label, "strong"),))
            self.fill(cells[1].paragraphs[0], "Circular Flush", value)
        for column, width in zip(table.columns, (30, 130), strict=True):
            column.width = Mm(width)
        ruled(self.line("Circular Flush"), "000000")

    def table(self, piece: DocumentTable) -> None:
        if piece.caption:
            self.line("Circular Caption", (Span(piece.caption),))
        table = self.document.add_table(rows=1, cols=len(piece.columns), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        margins = parse_xml(
            f"<w:tblCellMar {nsdecls('w')}>"
            f'<w:left w:w="{MARGIN}" w:type="dxa"/><w:right w:w="{MARGIN}" w:type="dxa"/></w:tblCellMar>'
        )
        table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # Word wants them in this order
        whole = sum(c.share for c in piece.columns)
        widths = [Mm(WIDTH[self.lang] * c.share / whole) for c in piece.columns]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        _kept_together(table.rows[0]._tr, repeated=True)
        for cell, column, width in zip(table.rows[0].cells, piece.columns, widths, strict=True):
            cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
            self.fill(cell.paragraphs[0], "Circular Head", (Span(column.title),))
        for row in piece.rows:
            line = table.add_row()
            _kept_together(line._tr, repeated=False)
            for cell, text, column, width in zip(line.cells, row.cells, piece.columns, widths, strict=True):
                cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
                self.fill(cell.paragraphs[0], "Circular Cell", (Span(text),))
                if column.right:
                    cell.paragraphs[0].alignment = RIGHT
                if len(piece.rows) <= WHOLE and row is not piece.rows[-1]:
                    cell.paragraphs[0].paragraph_format.keep_with_next = True

    def save(self, sink: IO[bytes]) -> None:
        """Write the document."""
        packed = BytesIO()
        self.document.save(packed)
        _repack(packed, sink)

    def line(self, style: str, spans: Spans = ()) -> WordParagraph:
        paragraph = self.document.add_paragraph()
        self.fill(paragraph, style, spans)
        return paragraph

    def fill(self, paragraph: WordParagraph, style: str, spans: Spans) -> None:
        # python-docx looks through all styles for each paragraph; their ids are looked up once.
        if style not in self._styles:
            self._styles[style] = self.document.styles[style].style_id
        paragraph._p.style = self._styles[style]
        for span in spans:
            if span.kind == "blank":
                self._blanks += 1
                paragraph._p.append(_blank(span.text, self._blanks))
            else:
                run = paragraph.add_run(_printable(span.text))
                run.bold = True if span.kind == "strong" else None


def _printable(text: str) -> str:
    """``one_line``, with the space that separates it from its neighbours."""
    return f"{' ' if text[:1] == ' ' else ''}{one_line(text)}{' ' if text[-1:] == ' ' else ''}"


def _blank(text: str, number: int) -> BaseOxmlElement:
    """A place to fill in, which a click selects whole and typing replaces."""
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias w:val={quoteattr(text)}/><w:id w:val='{number}'/><w:temporary/>"
        f"<w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr>"
        f"<w:shd w:val='clear' w:color='auto' w:fill='{SHADE}'/></w:rPr><w:t>{escape(text)}</w:t></w:r>"
        f"</w:sdtContent></w:sdt>"
    )


def ruled(paragraph: WordParagraph, colour: str) -> None:
    """A line under the paragraph."""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="4" w:color="{colour}"/></w:pBdr>'
        )
    )


def _kept_together(row: CT_Row, *, repeated: bool) -> None:
    """A row that no page break cuts; the header row comes again on every page."""
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeated:
        properties.append(OxmlElement("w:tblHeader"))


def _repack(packed: BytesIO, sink: IO[bytes]) -> None:
    """The package with its parts in a fixed order and without the time it was made."""
    with ZipFile(packed) as source, ZipFile(sink, "w", ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            part = ZipInfo(name, FIRST_DAY)
            part.compress_type, part.create_system, part.external_attr = ZIP_DEFLATED, 3, 0o600 << 16
            target.writestr(part, source.read(name))
