"""The formats of ``gap``: by name on standard output, by the suffix of a file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from communitycheck.messages import Lang
from communitycheck.products.gap.csv import gap_csv
from communitycheck.products.gap.found import FoundGap
from communitycheck.products.gap.json import gap_json
from communitycheck.products.gap.text import gap_blocks, group_block, head_block
from communitycheck.products.gap.waived import waived_block
from communitycheck.reporting.document import Block
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats import markdown
from communitycheck.reporting.formats.registry import DOCUMENTS, WORD, Formats, texts
from communitycheck.reporting.own_folder import write_file
from communitycheck.reporting.page import Page
from communitycheck.reporting.words.sentences import Wording

FORMATS = Formats((*DOCUMENTS, WORD))
LISTED = 5_000  # lines that a page lists


def render_gap(
    found: FoundGap,
    format: str,
    lang: Lang,
    *,
    colour: bool = False,
    width: int | None = None,
    details: bool = False,
) -> Iterator[str]:
    """What was found in a format of text.

    Args:
        colour, width: of ``text``: colours of a terminal, cells in a line (100 by default).
        details: ``text`` and ``markdown`` list every subject in place of the nearest to the line.

    Raises:
        UsageError: no format of text has that name.
    """
    FORMATS.named(format)
    return texts(_content(found, format, lang, colour=colour, width=width, details=details))


def write_gap(found: FoundGap, path: str | Path, lang: Lang, *, force: bool = False) -> None:
    """Write what was found to a file in the format of its suffix: whole, or not at all.

    Raises:
        WriteError: an unknown suffix, a file that cannot be written, or without ``force`` one that we did not write.
    """
    target = Path(path)
    one = FORMATS.of_file(target)
    write_file(target, _content(found, one.name, lang, details=True), one.encoding, force=force)


def check_gap_outputs(paths: list[str], *, force: bool = False) -> None:
    """Refuse at once what could only fail after all the work.

    Raises:
        WriteError: as ``write_gap`` would.
    """
    FORMATS.check_outputs(paths, force=force)


def _content(
    found: FoundGap, format: str, lang: Lang, *, colour: bool = False, width: int | None = None, details: bool
) -> Content:
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
            return Page(width, colour).draw_all(gap_blocks(found, wording, details=details))
        case "markdown":
            return markdown.draw_blocks(gap_blocks(found, wording, details=details))
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
