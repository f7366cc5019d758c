"""The circular as Markdown, to paste into a reply. Blanks and leads stand out in bold."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.products.circular.draft import circular
from communitycheck.reporting.document import Heading, Pairs
from communitycheck.reporting.formats.markdown import draw
from communitycheck.reporting.formats.registry import RenderOptions


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str]:
    """The circular piece by piece."""
    one = circular(report, lang)
    head = [Pairs(tuple((f"{label}:", v) for label, v in p.items)) if isinstance(p, Pairs) else p for p in one.head]
    yield from draw([*head, *one.body, *one.closing])
    if one.annex:
        yield "\n---\n\n"
        yield from draw([Heading(2, f"{one.annex_label} {one.annex_title}"), *one.annex])
