"""The formats of ``overlap``: by name on standard output, by the suffix of a file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from communitycheck.messages import Lang
from communitycheck.products.overlap.found import FoundOverlap
from communitycheck.products.overlap.lines import overlap_csv, overlap_json
from communitycheck.products.overlap.text import LISTED, overlap_blocks
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats import markdown
from communitycheck.reporting.formats.registry import DOCUMENTS, Formats, texts
from communitycheck.reporting.own_folder import write_file
from communitycheck.reporting.page import Page
from communitycheck.reporting.words.sentences import Wording

FORMATS = Formats(DOCUMENTS)


def render_overlap(
    found: FoundOverlap,
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
        details: ``text`` and ``markdown`` list everything in place of the first.

    Raises:
        UsageError: no format of text has that name.
    """
    FORMATS.named(format)
    return texts(_content(found, format, lang, colour=colour, width=width, most=None if details else LISTED))


def write_overlap(found: FoundOverlap, path: str | Path, lang: Lang, *, force: bool = False) -> None:
    """Write what was found to a file in the format of its suffix: whole, or not at all.

    Raises:
        WriteError: an unknown suffix, a file that cannot be written, or without ``force`` one that we did not write.
    """
    target = Path(path)
    one = FORMATS.of_file(target)
    write_file(target, _content(found, one.name, lang, most=None), one.encoding, force=force)


def check_overlap_outputs(paths: list[str], *, force: bool = False) -> None:
    """Refuse at once what could only fail after all the work.

    Raises:
        WriteError: as ``write_overlap`` would.
    """
    FORMATS.check_outputs(paths, force=force)


def _content(
    found: FoundOverlap, format: str, lang: Lang, *, colour: bool = False, width: int | None = None, most: int | None
) -> Content:
    wording = Wording(lang, found.dictionary)
    match format:
        case "json":
            return overlap_json(found, wording)
        case "csv":
            return overlap_csv(found, wording)
        case "xlsx":
            from communitycheck.products.overlap.workbook import write_overlap_book  # XlsxWriter

            return partial(write_overlap_book, found, wording)
        case "text":
            return Page(width, colour).draw_all(overlap_blocks(found, wording, most=most))
        case "markdown":
            return markdown.draw_blocks(overlap_blocks(found, wording, most=most))
        case _:
            from communitycheck.reporting.formats.html.blocks import blocks_page  # Jinja

            return blocks_page(overlap_blocks(found, wording, most=most), wording)
