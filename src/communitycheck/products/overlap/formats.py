"""The formats of ``overlap``: by name on standard output, by the suffix of a file."""

from __future__ import annotations

from functools import partial

from communitycheck.messages import Lang
from communitycheck.products.overlap.found import FoundOverlap
from communitycheck.products.overlap.lines import overlap_csv, overlap_json
from communitycheck.products.overlap.text import LISTED, overlap_blocks
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats import markdown
from communitycheck.reporting.formats.registry import DOCUMENTS, Formats, FoundFormats, Look
from communitycheck.reporting.page import Page
from communitycheck.reporting.words.sentences import Wording

FORMATS = Formats(DOCUMENTS)


def _content(found: FoundOverlap, format: str, lang: Lang, look: Look) -> Content:
    wording, most = Wording(lang, found.dictionary), None if look.details else LISTED
    match format:
        case "json":
            return overlap_json(found, wording)
        case "csv":
            return overlap_csv(found, wording)
        case "xlsx":
            from communitycheck.products.overlap.workbook import write_overlap_book  # XlsxWriter

            return partial(write_overlap_book, found, wording)
        case "text":
            return Page(look.width, look.colour).draw_all(overlap_blocks(found, wording, most=most))
        case "markdown":
            return markdown.draw_blocks(overlap_blocks(found, wording, most=most))
        case _:
            from communitycheck.reporting.formats.html.blocks import blocks_page  # Jinja

            return blocks_page(overlap_blocks(found, wording, most=most), wording)


_DRAWN = FoundFormats(FORMATS, _content)
render_overlap, write_overlap, check_overlap_outputs = _DRAWN.render, _DRAWN.write, _DRAWN.check_outputs
