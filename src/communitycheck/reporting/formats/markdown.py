"""The report as Markdown: for a reply, an issue, or the summary page of a CI job. The same blocks as the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.printable import one_line
from communitycheck.reporting.document import Block, DocumentTable, Heading, Pairs, Paragraph, Piece, Spans
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.outline import outline
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import one_verdict
from communitycheck.reporting.words.sentences import Wording

# What Markdown reads anywhere, and what makes a heading, a list or an issue number at the start.
_SPECIAL = re.compile(r"[\\`*_\[\]|~$]|#(?=\d)|^[#+-]")
PAGE = 1_000_000  # bytes; the summary page of a GitHub step takes 1 MiB and shows nothing of a longer one
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_LINKS = re.compile(r"(?i)\b(www)\.|(https?|ftp|mailto|xmpp):")


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str]:
    """The report block by block; with ``all_verdicts`` a line for each verdict at the end while the page holds."""
    room = PAGE
    for piece in draw_blocks(outline(report, lang)):
        room -= len(piece.encode("utf-8", "replace"))
        yield piece
    if not options.all_verdicts:
        return
    wording = Wording.of(report, lang)
    yield f"\n## {escape(wording.say('heading-verdicts'))}\n\n"
    left = sum(result.total for result in report.results)
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


def draw_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """The blocks one after the other, the first under the heading of the page."""
    return draw(piece for number, block in enumerate(blocks) for piece in block.pieces(2 if number else 1))


def draw(pieces: Iterable[Piece]) -> Iterator[str]:
    """Each piece after a blank line, but the first; the items of a list follow each other."""
    between, item = "", False
    for piece in pieces:
        after_item, item = item, isinstance(piece, Paragraph) and piece.style == "item"
        yield between * (not (after_item and item)) + "".join(_lines(piece))
        between = "\n"


def _lines(piece: Piece) -> Iterator[str]:
    match piece:
        case Heading(level, text):
            yield f"{'#' * level} {escape(text)}\n"
        case Paragraph(spans, style):
            yield f"{'- ' if style == 'item' else ''}{_inline(spans)}\n"
        case Pairs(items):
            for label, value in items:
                yield f"- **{escape(label)}** {_inline(value)}\n" if label else f"  - {_inline(value)}\n"
        case DocumentTable(columns, rows, caption):
            if caption:
                yield f"**{escape(caption)}**\n\n"
            yield _row(c.title for c in columns)
            yield "|" + "|".join("---:" if c.right else "---" for c in columns) + "|\n"
            for row in rows:
                yield _row(row.cells)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(escape(cell) or " " for cell in cells) + " |\n"


def _inline(spans: Spans) -> str:
    """Spans in a row. What stands between them stays, though escaping would take a space away."""
    return "".join(_kept(s.text) if s.kind == "plain" else _strong(s.text) for s in spans).strip()


def _kept(text: str) -> str:
    return f"{' ' if text[:1].isspace() else ''}{escape(text)}{' ' if text[-1:].isspace() else ''}"


def _strong(text: str) -> str:
    """``text`` in bold. Punctuation at its ends stays outside: beside a Chinese word the marks would not count."""
    places = [k for k, char in enumerate(text) if char.isalnum()]
    if not places:
        return _kept(text)
    first, last = places[0], places[-1] + 1
    return f"{_kept(text[:first])}**{escape(text[first:last])}**{_kept(text[last:])}"
