"""The report as Markdown: for a reply, an issue, or the summary page of a CI job. The same blocks as the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.reporting.document import Block
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.outline import outline
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import one_verdict
from communitycheck.reporting.words.sanitise import one_line
from communitycheck.reporting.words.sentences import Wording

# What Markdown reads anywhere, and what makes a heading, a list or an issue number at the start.
_SPECIAL = re.compile(r"[\\`*_\[\]|~$]|#(?=\d)|^[#+-]")
PAGE = 1_000_000  # bytes; the summary page of a GitHub step takes 1 MiB and shows nothing of a longer one
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_LINKS = re.compile(r"(?i)\b(www)\.|(https?|ftp|mailto|xmpp):")


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str]:
    """The report block by block; with ``all_verdicts`` a line for each verdict at the end while the page holds."""
    room = PAGE
    for number, block in enumerate(outline(report, lang)):
        for piece in _block(block, "##" if number else "#"):
            room -= len(piece.encode("utf-8", "replace"))
            yield piece
    if not options.all_verdicts:
        return
    wording = Wording.of(report, lang)
    yield f"\n## {escape(wording.say('heading-verdicts'))}\n\n"
    left = sum(len(result) for result in report.results)
    for result in report.results:
        for verdict in result.verdicts(all_outcomes=True):
            line = f"- {escape(one_verdict(result, verdict, wording))}\n"
            room -= len(line.encode("utf-8", "replace"))
            if room < 0:
                yield f"\n{escape(wording.say('more-page', n=count(left)))}\n"
                return
            yield line
            left -= 1


def escape(text: str) -> str:
    """``text`` that Markdown and the HTML it becomes show as it is: no link, no mention, no tag."""
    shown = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;")
    shown = _LINKS.sub(lambda m: f"{m[1]}&#46;" if m[1] else f"{m[2]}&#58;", shown)
    # A character reference written above is no issue number.
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", shown).replace("&\\#", "&#"))


def _block(block: Block, mark: str) -> Iterator[str]:
    yield f"{'' if mark == '#' else chr(10)}{mark} {escape(block.title)}\n\n"
    for label, value in block.pairs:
        yield f"- **{escape(label)}** {escape(value)}\n" if label else f"  - {escape(value)}\n"
    if block.rows:
        yield _row([c.title for c in block.columns])
        yield "|" + "|".join("---:" if c.right else "---" for c in block.columns) + "|\n"
        for row in block.rows:
            yield _row(list(row.cells))
    if block.rows and block.lines:
        yield "\n"
    for paragraph in block.lines:
        yield f"- {escape(paragraph)}\n"
    if block.more:
        yield f"\n{escape(block.more)}\n"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(escape(cell) or " " for cell in cells) + " |\n"
