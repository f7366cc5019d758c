"""The formats of ``conflicts``: by name on standard output, by the suffix of a file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from communitycheck.messages import Lang
from communitycheck.products.conflicts.found import FoundConflicts
from communitycheck.products.conflicts.rows import conflicts_csv, conflicts_json
from communitycheck.products.conflicts.text import LISTED, conflict_blocks
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats import markdown
from communitycheck.reporting.formats.registry import DOCUMENTS, WORD, Formats, texts
from communitycheck.reporting.own_folder import write_file
from communitycheck.reporting.page import Page
from communitycheck.reporting.words.sentences import Wording

FORMATS = Formats((*DOCUMENTS, WORD))
_PAGE = 5_000  # lines of a list on a page
_PAPER = 200  # in a Word document


def render_conflicts(
    found: FoundConflicts,
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
        details: ``text`` and ``markdown`` list every cell in place of the first.

    Raises:
        UsageError: no format of text has that name.
    """
    FORMATS.named(format)
    return texts(_content(found, format, lang, colour=colour, width=width, most=None if details else LISTED))


def write_conflicts(found: FoundConflicts, path: str | Path, lang: Lang, *, force: bool = False) -> None:
    """Write what was found to a file in the format of its suffix: whole, or not at all.

    Raises:
        WriteError: an unknown suffix, a file that cannot be written, or without ``force`` one that we did not write.
    """
    target = Path(path)
    one = FORMATS.of_file(target)
    content = _content(found, one.name, lang, most=_PAGE, more="conflicts-more-elsewhere")
    write_file(target, content, one.encoding, force=force)


def check_conflicts_outputs(paths: list[str], *, force: bool = False) -> None:
    """Refuse at once what could only fail after all the work.

    Raises:
        WriteError: as ``write_conflicts`` would.
    """
    FORMATS.check_outputs(paths, force=force)


def _content(
    found: FoundConflicts,
    format: str,
    lang: Lang,
    *,
    colour: bool = False,
    width: int | None = None,
    most: int | None,
    more: str = "compare-more",
) -> Content:
    wording = Wording.of(found.report, lang)
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
            return Page(width, colour).draw_all(conflict_blocks(found, wording, most=most, more=more))
        case "markdown":
            return markdown.draw_blocks(conflict_blocks(found, wording, most=most, more=more))
        case _:
            from communitycheck.reporting.formats.html.blocks import blocks_page  # Jinja

            return blocks_page(conflict_blocks(found, wording, most=_PAGE, more="conflicts-more-elsewhere"), wording)
