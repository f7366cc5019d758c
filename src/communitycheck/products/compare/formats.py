"""The formats of ``compare``: by name on standard output, by the suffix of a file."""

from __future__ import annotations

from functools import partial

from msgspec import Struct

from communitycheck.errors import ReturnError
from communitycheck.messages import Lang
from communitycheck.model.dictionary import Dictionary
from communitycheck.planning.compare.comparison import ComparedRuns
from communitycheck.products.compare.csv import compare_csv
from communitycheck.products.compare.json import compare_json
from communitycheck.products.compare.text import LISTED, compare_blocks
from communitycheck.products.compare.words import ChangeWords
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats import markdown
from communitycheck.reporting.formats.registry import DOCUMENTS, WORD, Format, Formats, FoundFormats, Look
from communitycheck.reporting.page import Page
from communitycheck.reporting.words.sentences import Wording

FORMATS = Formats((
    *DOCUMENTS, WORD, Format("junit", (".xml",)), Format("sarif", (".sarif",)), Format("github", commands=True)
))  # fmt: skip
_PAGE = 5_000  # lines of a list on a page
_PAPER = 200  # in a Word document


class FoundChanges(Struct, frozen=True):
    """What was compared, and the words of its fields and kinds; ``read`` are the returns of both sides."""

    comparison: ComparedRuns
    dictionary: Dictionary
    unread: tuple[ReturnError, ...] = ()
    read: tuple[str, ...] = ()


def _content(found: FoundChanges, format: str, lang: Lang, look: Look) -> Content:
    wording, comparison = Wording(lang, found.dictionary), found.comparison
    most = _PAGE if look.to_file else None if look.details else LISTED
    more = "compare-more-elsewhere" if look.to_file else "compare-more"
    match format:
        case "json":
            return compare_json(comparison, wording)
        case "csv":
            return compare_csv(comparison, wording)
        case "xlsx":
            from communitycheck.products.compare.workbook import write_workbook  # XlsxWriter

            return partial(write_workbook, comparison, wording)
        case "text":
            return Page(look.width, look.colour).draw_all(compare_blocks(comparison, wording, most=most, more=more))
        case "markdown":
            return markdown.draw_blocks(compare_blocks(comparison, wording, most=most, more=more))
        case "junit" | "sarif" | "github":
            return _for_build_servers(found, format, ChangeWords(comparison, wording), every=most is None)
        case "word":
            from communitycheck.reporting.annex import write_annex  # python-docx

            blocks = compare_blocks(comparison, wording, most=_PAPER, more=more)
            return partial(write_annex, blocks, comparison.after.day, lang)
        case _:
            from communitycheck.reporting.formats.html.blocks import blocks_page  # Jinja

            return blocks_page(compare_blocks(comparison, wording, most=_PAGE, more="compare-more-elsewhere"), wording)


def _for_build_servers(found: FoundChanges, format: str, words: ChangeWords, *, every: bool) -> Content:
    from communitycheck.products.compare.github import compare_annotations  # what the others do without
    from communitycheck.products.compare.junit import compare_junit  # the same
    from communitycheck.products.compare.sarif import compare_sarif  # the same

    draw = {"junit": compare_junit, "sarif": compare_sarif, "github": compare_annotations}[format]
    return draw(found.comparison, words, found.unread, every=every)


_DRAWN = FoundFormats(FORMATS, _content)
render_changes, write_changes, check_changes_outputs = _DRAWN.render, _DRAWN.write, _DRAWN.check_outputs
