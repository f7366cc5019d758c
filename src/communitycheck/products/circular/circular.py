"""The circular as Markdown, to paste into a reply. Blanks and leads stand out in bold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.products.circular.draft import circular
from communitycheck.products.circular.pieces import Circular, Grid, Heading, Piece, Spans
from communitycheck.reporting.formats.markdown import escape
from communitycheck.reporting.formats.registry import RenderOptions


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str]:
    """The circular piece by piece."""
    one = circular(report, lang)
    yield from _head(one)
    for piece in one.body:
        yield _piece(piece)
    if one.annex_note:
        yield f"\n{escape(one.annex_note)}\n"
    for line in (*one.signature, one.contact):
        yield f"\n{_spans(line)}\n"
    if one.annex:
        yield f"\n---\n\n## {escape(one.annex_label)} {escape(one.annex_title)}\n"
        for piece in one.annex:
            yield _piece(piece)


def _head(one: Circular) -> Iterator[str]:
    if one.lang == "zh":
        yield f"{_spans(one.issuer)}\n\n{_spans(one.number)}\n\n# {escape(one.title)}\n\n{_spans(one.recipients)}\n"
        return
    yield f"# {escape(one.memorandum)}\n\n"
    for label, value in one.head:
        yield f"- **{escape(label)}:** {_spans(value)}\n"


def _piece(piece: Piece) -> str:
    if isinstance(piece, Heading):
        return f"\n{'#' * (piece.level + 1)} {escape(piece.text)}\n"
    if isinstance(piece, Grid):
        return "\n" + "".join(_grid(piece))
    return f"\n{_spans(piece.spans)}\n"


def _grid(grid: Grid) -> Iterator[str]:
    if grid.caption:
        yield f"**{escape(grid.caption)}**\n\n"
    yield _row(c.title for c in grid.columns)
    yield "|" + "|".join("---:" if c.right else "---" for c in grid.columns) + "|\n"
    for row in grid.rows:
        yield _row(row)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(escape(cell) or " " for cell in cells) + " |\n"


def _spans(spans: Spans) -> str:
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
