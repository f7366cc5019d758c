"""The formats of ``conflicts``: by name on standard output, by the suffix of a file."""

from __future__ import annotations

from functools import partial

from communitycheck.messages import Lang
from communitycheck.products.conflicts.found import FoundConflicts
from communitycheck.products.conflicts.rows import conflicts_csv, conflicts_json
from communitycheck.products.conflicts.text import LISTED, conflict_blocks
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats import markdown
from communitycheck.reporting.formats.registry import DOCUMENTS, WORD, Formats, FoundFormats, Look
from communitycheck.reporting.page import Page
from communitycheck.reporting.words.sentences import Wording

FORMATS = Formats((*DOCUMENTS, WORD))
_PAGE = 5_000  # lines of a list on a page
_PAPER = 200  # in a Word document


def _content(found: FoundConflicts, format: str, lang: Lang, look: Look) -> Content:
    wording = Wording.of(found.report, lang)
    most = _PAGE if look.to_file else None if look.details else LISTED
    more = "conflicts-more-elsewhere" if look.to_file else "compare-more"
    match format:
        case "json":
            return conflicts_json(found, wording)
        case "csv":
            return conflicts_csv(found, wording)
        case "xlsx":
            from communitycheck.products.conflicts.workbook import write_conflicts_book  # XlsxWriter

            return partial(write_conflicts_book, found, wording)
        case "word":
            from communitycheck.reporting.annex import write_annex  # python-docx

            blocks = conflict_blocks(found, wording, most=_PAPER, more=more)
            return partial(write_annex, blocks, found.report.as_of, lang)
        case "text":
            return Page(look.width, look.colour).draw_all(conflict_blocks(found, wording, most=most, more=more))
        case "markdown":
            return markdown.draw_blocks(conflict_blocks(found, wording, most=most, more=more))
        case _:
            from communitycheck.reporting.formats.html.blocks import blocks_page  # Jinja

            return blocks_page(conflict_blocks(found, wording, most=_PAGE, more="conflicts-more-elsewhere"), wording)


_DRAWN = FoundFormats(FORMATS, _content)
render_conflicts, write_conflicts, check_conflicts_outputs = _DRAWN.render, _DRAWN.write, _DRAWN.check_outputs
