"""The formats of ``trend``: by name on standard output, by the suffix of a file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from communitycheck.messages import Lang
from communitycheck.products.trend.charts import charts
from communitycheck.products.trend.csv import trend_csv
from communitycheck.products.trend.found import FoundTrend
from communitycheck.products.trend.json import trend_json
from communitycheck.products.trend.text import trend_blocks
from communitycheck.reporting.document import Block
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats import markdown
from communitycheck.reporting.formats.registry import DOCUMENTS, Formats, texts
from communitycheck.reporting.own_folder import write_file
from communitycheck.reporting.page import Page
from communitycheck.reporting.words.sentences import Wording

FORMATS = Formats(DOCUMENTS)


def render_trend(
    found: FoundTrend,
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
        details: ``text`` and ``markdown`` list every period and everybody in place of the latest and the first.

    Raises:
        UsageError: no format of text has that name.
    """
    FORMATS.named(format)
    return texts(_content(found, format, lang, colour=colour, width=width, details=details))


def write_trend(found: FoundTrend, path: str | Path, lang: Lang, *, force: bool = False) -> None:
    """Write what was found to a file in the format of its suffix: whole, or not at all.

    Raises:
        WriteError: an unknown suffix, a file that cannot be written, or without ``force`` one that we did not write.
    """
    target = Path(path)
    one = FORMATS.of_file(target)
    write_file(target, _content(found, one.name, lang, details=True), one.encoding, force=force)


def check_trend_outputs(paths: list[str], *, force: bool = False) -> None:
    """Refuse at once what could only fail after all the work.

    Raises:
        WriteError: as ``write_trend`` would.
    """
    FORMATS.check_outputs(paths, force=force)


def _content(
    found: FoundTrend, format: str, lang: Lang, *, colour: bool = False, width: int | None = None, details: bool
) -> Content:
    wording = Wording.of(found.report, lang)
    match format:
        case "json":
            return trend_json(found, wording)
        case "csv":
            return trend_csv(found, wording)
        case "xlsx":
            from communitycheck.products.trend.workbook import write_trend_book  # XlsxWriter

            return partial(write_trend_book, found, wording)
        case "text":
            return Page(width, colour).draw_all(trend_blocks(found, wording, details=details))
        case "markdown":
            return markdown.draw_blocks(trend_blocks(found, wording, details=details))
        case _:
            from communitycheck.products.trend.svg import chart_svg  # what the others do without
            from communitycheck.reporting.formats.html.blocks import blocks_page  # Jinja

            pictures = [Block("trend-chart", one.title, picture=chart_svg(one, lang)) for one in charts(found, wording)]
            blocks = trend_blocks(found, wording, details=True)
            tables = sum(one.key in ("trend", "trend-level") for one in blocks)
            return blocks_page([*blocks[:tables], *pictures, *blocks[tables:]], wording)
