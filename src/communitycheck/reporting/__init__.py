"""Report -> text or bytes. One file per format, chosen by name or by a file's suffix, loaded when it is used."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from communitycheck.errors import ReturnError, UsageError
from communitycheck.messages import Lang
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.report import Report
from communitycheck.model.returns import Notice, Return
from communitycheck.reporting.files import FORMATS, SUFFIXES, check_output, format_of, write_file

if TYPE_CHECKING:  # what `explain` alone needs
    from communitycheck.products.explain.explanation import Explained

__all__ = ["FORMATS", "SUFFIXES", "check_output", "render", "render_explanation", "render_inspect", "write"]


def render(
    report: Report,
    format: str,
    lang: Lang,
    *,
    all_verdicts: bool = False,
    colour: bool = False,
    width: int | None = None,
) -> Iterator[str]:
    """The report in pieces of text.

    Args:
        format: one of ``FORMATS``.
        all_verdicts: also what passed and what was out of scope.
        colour, width: for ``text``; the width of the terminal where there is colour, else 100.

    Raises:
        UsageError: no such format.
    """
    pieces = _pieces(report, format, lang, all_verdicts=all_verdicts, colour=colour, width=width)
    yield from (piece if isinstance(piece, str) else str(piece, "utf-8") for piece in pieces)


def _pieces(
    report: Report, format: str, lang: Lang, *, all_verdicts: bool, colour: bool = False, width: int | None = None
) -> Iterator[str | memoryview]:
    """The report in pieces of text, those that are large in UTF-8."""
    match format:
        case "text":
            from communitycheck.reporting.formats.text import text

            yield from text(report, lang, all_verdicts=all_verdicts, colour=colour, width=_width(width, colour))
        case "json":
            from communitycheck.reporting.formats.json import json_report

            yield from json_report(report, lang, all_verdicts=all_verdicts)
        case "csv":
            from communitycheck.reporting.formats.csv import csv_report

            yield from csv_report(report, lang, all_verdicts=all_verdicts)
        case "markdown":
            from communitycheck.reporting.formats.markdown import markdown

            yield from markdown(report, lang, all_verdicts=all_verdicts)
        case "html":
            from communitycheck.reporting.formats.html.page import html

            yield from html(report, lang, all_verdicts=all_verdicts)
        case "github":
            from communitycheck.reporting.formats.github import github

            yield from github(report, lang, all_verdicts=all_verdicts)
        case "junit":
            from communitycheck.reporting.formats.junit import junit

            yield from junit(report, lang, all_verdicts=all_verdicts)
        case "sarif":
            from communitycheck.reporting.formats.sarif import sarif

            yield from sarif(report, lang, all_verdicts=all_verdicts)
        case "circular":
            from communitycheck.products.circular.markdown import circular_markdown

            yield from circular_markdown(report, lang)
        case _:
            raise UsageError("format-unknown", format=format, known=", ".join(FORMATS))


def write(report: Report, path: str | Path, lang: Lang, *, all_verdicts: bool = False) -> None:
    """Write the report to ``path`` in the format of its suffix: whole, or not at all.

    Raises:
        WriteError: an unknown suffix, or a file that cannot be written.
    """
    target = Path(path)
    format = format_of(target)
    if format == "xlsx":
        from communitycheck.reporting.formats.xlsx.sheets import write_workbook

        def content(sink: IO[bytes]) -> None:
            write_workbook(report, sink, lang, folder=target.parent, all_verdicts=all_verdicts)

        write_file(target, content)
        return
    if format == "docx":
        from communitycheck.products.circular.docx import write_circular

        write_file(target, lambda sink: write_circular(report, sink, lang))
        return
    # Excel takes a CSV file for UTF-8 only with a byte-order mark.
    encoding = "utf-8-sig" if format == "csv" else "utf-8"
    write_file(target, _pieces(report, format, lang, all_verdicts=all_verdicts), encoding)


def render_inspect(
    returns: Iterable[Return],
    unread: Iterable[ReturnError],
    notices: Iterable[Notice],
    format: str,
    lang: Lang,
    *,
    dictionary: Dictionary | None = None,
    colour: bool = False,
    width: int | None = None,
) -> Iterator[str]:
    """How returns were read, as ``text`` or ``json``. ``dictionary`` gives the fields their names."""
    from communitycheck.reporting.formats import inspection

    known = dictionary or Dictionary({})
    if format == "json":
        yield from inspection.inspect_json(returns, unread, notices, lang, known)
    elif format == "text":
        yield from inspection.inspect_text(
            list(returns), list(unread), list(notices), lang, known, colour=colour, width=_width(width, colour)
        )
    else:
        raise UsageError("format-unknown", format=format, known="text, json")


def render_explanation(
    found: Explained, format: str, lang: Lang, *, colour: bool = False, width: int | None = None
) -> Iterator[str]:
    """Verdicts taken apart, as ``text`` or ``json``."""
    if format == "json":
        from communitycheck.products.explain.json import explanation_json

        yield from explanation_json(found, lang)
    elif format == "text":
        from communitycheck.products.explain.text import explanation_text

        yield from explanation_text(found, lang, colour=colour, width=_width(width, colour))
    else:
        raise UsageError("format-unknown", format=format, known="text, json")


def _width(width: int | None, terminal: bool) -> int | None:
    return shutil.get_terminal_size((100, 24)).columns if width is None and terminal else width
