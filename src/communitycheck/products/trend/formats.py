"""The formats of ``trend``: by name on standard output, by the suffix of a file."""

from __future__ import annotations

from functools import partial

from communitycheck.messages import Lang
from communitycheck.products.trend.charts import charts
from communitycheck.products.trend.csv import trend_csv
from communitycheck.products.trend.found import FoundTrend
from communitycheck.products.trend.json import trend_json
from communitycheck.products.trend.text import trend_blocks
from communitycheck.reporting.document import Block
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats import markdown
from communitycheck.reporting.formats.registry import DOCUMENTS, Formats, FoundFormats, Look
from communitycheck.reporting.page import Page
from communitycheck.reporting.words.sentences import Wording

FORMATS = Formats(DOCUMENTS)


def _content(found: FoundTrend, format: str, lang: Lang, look: Look) -> Content:
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
            return Page(look.width, look.colour).draw_all(trend_blocks(found, wording, details=look.details))
        case "markdown":
            return markdown.draw_blocks(trend_blocks(found, wording, details=look.details))
        case _:
            from communitycheck.products.trend.svg import chart_svg  # what the others do without
            from communitycheck.reporting.formats.html.blocks import blocks_page  # Jinja

            pictures = [Block("trend-chart", one.title, picture=chart_svg(one, lang)) for one in charts(found, wording)]
            blocks = trend_blocks(found, wording, details=True)
            tables = sum(one.key in ("trend", "trend-level") for one in blocks)
            return blocks_page([*blocks[:tables], *pictures, *blocks[tables:]], wording)


_DRAWN = FoundFormats(FORMATS, _content)
render_trend, write_trend, check_trend_outputs = _DRAWN.render, _DRAWN.write, _DRAWN.check_outputs
