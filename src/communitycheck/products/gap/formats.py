"""The formats of ``gap``: by name on standard output, by the suffix of a file."""

from __future__ import annotations

from functools import partial

from communitycheck.messages import Lang
from communitycheck.products.gap.csv import gap_csv
from communitycheck.products.gap.found import FoundGap
from communitycheck.products.gap.json import gap_json
from communitycheck.products.gap.text import gap_blocks, group_block, head_block
from communitycheck.products.gap.waived import waived_block
from communitycheck.reporting.document import Block
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats import markdown
from communitycheck.reporting.formats.registry import DOCUMENTS, WORD, Formats, FoundFormats, Look
from communitycheck.reporting.page import Page
from communitycheck.reporting.words.sentences import Wording

FORMATS = Formats((*DOCUMENTS, WORD))
LISTED = 5_000  # lines that a page lists


def _content(found: FoundGap, format: str, lang: Lang, look: Look) -> Content:
    wording = Wording.of(found.report, lang)
    match format:
        case "json":
            return gap_json(found, lang)
        case "csv":
            return gap_csv(found, wording)
        case "xlsx":
            from communitycheck.products.gap.workbook.write import write_gap_book  # what the others do without

            waived = waived_block(found, wording, details=True)
            return partial(write_gap_book, found, lang, head_block(found, wording), group_block(found, wording), waived)
        case "text":
            return Page(look.width, look.colour).draw_all(gap_blocks(found, wording, details=look.details))
        case "markdown":
            return markdown.draw_blocks(gap_blocks(found, wording, details=look.details))
        case "html":
            from communitycheck.reporting.formats.html.blocks import blocks_page  # Jinja

            return blocks_page(_page_blocks(found, wording), wording)
        case _:
            from communitycheck.reporting.annex import write_annex  # python-docx

            blocks = gap_blocks(found, wording, details=False, how="")
            return partial(write_annex, blocks, found.report.as_of, lang)


def _page_blocks(found: FoundGap, wording: Wording) -> list[Block]:
    """Everybody, where a page can hold them."""
    lines = sum(len(one) for one in found.needs.levers)
    return gap_blocks(found, wording, details=lines <= LISTED, how="")


_DRAWN = FoundFormats(FORMATS, _content)
render_gap, write_gap, check_gap_outputs = _DRAWN.render, _DRAWN.write, _DRAWN.check_outputs
