"""The formats of ``compare``: by name on standard output, by the suffix of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from communitycheck.errors import ReturnError
from communitycheck.messages import Lang
from communitycheck.model.dictionary import Dictionary
from communitycheck.planning.compare.comparison import ComparedRuns
from communitycheck.products.compare.csv import compare_csv
from communitycheck.products.compare.json import compare_json
from communitycheck.products.compare.text import LISTED, compare_blocks
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats import markdown
from communitycheck.reporting.formats.registry import DOCUMENTS, Formats, texts
from communitycheck.reporting.own_folder import write_file
from communitycheck.reporting.page import Page
from communitycheck.reporting.words.sentences import Wording

FORMATS = Formats(DOCUMENTS)
_PAGE = 5_000  # lines of a list on a page


@dataclass(frozen=True, slots=True)
class FoundChanges:
    """What was compared, and the words of its fields and kinds."""

    comparison: ComparedRuns
    dictionary: Dictionary
    unread: tuple[ReturnError, ...] = ()


def render_changes(
    found: FoundChanges,
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
        details: ``text`` and ``markdown`` list every change in place of the first.

    Raises:
        UsageError: no format of text has that name.
    """
    FORMATS.named(format)
    return texts(_content(found, format, lang, colour=colour, width=width, most=None if details else LISTED))


def write_changes(found: FoundChanges, path: str | Path, lang: Lang, *, force: bool = False) -> None:
    """Write what was found to a file in the format of its suffix: whole, or not at all.

    Raises:
        WriteError: an unknown suffix, a file that cannot be written, or without ``force`` one that we did not write.
    """
    target = Path(path)
    one = FORMATS.of_file(target)
    write_file(target, _content(found, one.name, lang, most=_PAGE), one.encoding, force=force)


def check_changes_outputs(paths: list[str], *, force: bool = False) -> None:
    """Refuse at once what could only fail after all the work.

    Raises:
        WriteError: as ``write_changes`` would.
    """
    FORMATS.check_outputs(paths, force=force)


def _content(
    found: FoundChanges, format: str, lang: Lang, *, colour: bool = False, width: int | None = None, most: int | None
) -> Content:
    wording, comparison = Wording(lang, found.dictionary), found.comparison
    match format:
        case "json":
            return compare_json(comparison, wording)
        case "csv":
            return compare_csv(comparison, wording)
        case "xlsx":
            from communitycheck.products.compare.workbook import write_workbook  # XlsxWriter

            return partial(write_workbook, comparison, wording)
        case "text":
            return Page(width, colour).draw_all(compare_blocks(comparison, wording, most=most))
        case "markdown":
            return markdown.draw_blocks(compare_blocks(comparison, wording, most=most))
        case _:
            from communitycheck.reporting.formats.html.blocks import blocks_page  # Jinja

            return blocks_page(compare_blocks(comparison, wording, most=_PAGE), wording)
