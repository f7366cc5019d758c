"""Blocks of a document as one HTML page that needs nothing else: no script, no network, no other file."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.printable import printed
from communitycheck.reporting.document import Block
from communitycheck.reporting.words.sentences import Wording

FOLDED = 40  # rows from which a table opens on a click


def blocks_page(blocks: list[Block], wording: Wording) -> Iterator[str]:
    """The page, drawn by ``assets/blocks.html``."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("communitycheck.reporting.formats.html", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=printed,
    )
    page = environment.get_template("blocks.html")
    yield from page.generate(lang=wording.lang, blocks=blocks, say=wording.say, folded=FOLDED)
