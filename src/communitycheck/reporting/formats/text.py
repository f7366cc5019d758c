"""The report on a terminal, or in a plain text file."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.reporting.brief import brief
from communitycheck.reporting.document import Block
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.outline import outline
from communitycheck.reporting.page import INDENT, Page
from communitycheck.reporting.words.phrases import one_verdict
from communitycheck.reporting.words.sentences import Wording


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str]:
    """The report in two screens; with ``details`` its long lists, with ``all_verdicts`` a line for each verdict too."""
    page = Page(options.width, options.colour)
    blocks = outline if options.details or options.all_verdicts else brief
    yield from page.draw_all(list(blocks(report, lang)))
    if not options.all_verdicts:
        return
    wording = Wording.of(report, lang)
    yield "\n" + page.draw(Block("verdicts", wording.say("heading-verdicts")))
    for result in report.results:
        for verdict in result.verdicts(all_outcomes=True):
            yield f"{INDENT}{one_verdict(result, verdict, wording)}\n"
