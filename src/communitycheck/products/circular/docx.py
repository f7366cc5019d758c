"""The circular as a Word document, ready to be sent once its blanks are filled.

A blank is a content control that goes away when somebody types into it. The same report gives the same bytes.
"""

from __future__ import annotations

from typing import IO

from docx.shared import Pt

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.products.circular.draft import circular
from communitycheck.products.circular.letter import Circular
from communitycheck.reporting.document import Paragraph, Span
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.word_page import characters
from communitycheck.reporting.word_paper import Paper, ruled


def render(report: Report, lang: Lang, options: RenderOptions) -> Content:
    """What writes the circular of ``report`` to a file."""
    return lambda sink: write_circular(report, sink, lang)


def write_circular(report: Report, sink: IO[bytes], lang: Lang) -> None:
    """Write the circular of ``report`` to ``sink``."""
    one = circular(report, lang)
    paper = _Letter(one)
    for piece in (*one.head, *one.body):
        paper.piece(piece)
    paper.closing()
    paper.annex()
    paper.save(sink)


class _Letter(Paper):
    """The paper of a circular."""

    def __init__(self, circular: Circular) -> None:
        self.circular = circular
        super().__init__(circular.lang, circular.title, circular.as_of)

    def paragraph(self, paragraph: Paragraph) -> None:
        match paragraph.style:
            case "issuer":
                self.line("Circular Issuer", paragraph.spans)
            case "number":
                self.line("Circular Number")
                ruled(self.line("Circular Number", paragraph.spans), "C00000")
                self.line("Circular Number")
            case "recipients":
                self.line("Circular Flush")
                self.line("Circular Flush", paragraph.spans)
            case "note":
                self.line("Circular Note", paragraph.spans)
            case _:
                super().paragraph(paragraph)

    def closing(self) -> None:
        closing = self.document.paragraphs[-1:]  # the signature never stands on a page without text
        signed = False
        for paragraph in self.circular.closing:
            match paragraph.style:
                case "annex-note":
                    closing += [self.line("Circular Text"), self.line("Circular Text", paragraph.spans)]
                case "signature":
                    if not signed:
                        closing.append(self.line("Circular Text"))
                    signed = True
                    closing.append(self.line("Circular Sign", paragraph.spans))
                    if self.circular.lang == "zh":
                        characters(closing[-1]._p.get_or_add_pPr(), "right", 2, 16)
                case _:
                    self.line("Circular Text", paragraph.spans)
        for line in closing:
            line.paragraph_format.keep_with_next = True

    def annex(self) -> None:
        if not self.circular.annex:
            return
        label = self.line("Circular Annex", (Span(self.circular.annex_label),))
        label.paragraph_format.page_break_before = True
        title = self.line("Title", (Span(self.circular.annex_title),))
        title.paragraph_format.space_after = Pt(12)
        for piece in self.circular.annex:
            self.piece(piece)
