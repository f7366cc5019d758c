"""Regions that expressions name: ``county == "东区"``."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression import Binary, ListOf, Name, Node, String, walk

_SAME = ("==", "!=", "in", "not in")


def regions_named(node: Node) -> Iterator[tuple[str, str]]:
    """The levels whose names an expression holds against texts, each with the text."""
    for part in walk(node):
        if not isinstance(part, Binary) or part.op not in _SAME:
            continue
        for one, other in ((part.left, part.right), (part.right, part.left)):
            if isinstance(one, Name) and one.name in REGION_LEVELS:
                texts = other.items if isinstance(other, ListOf) else (other,)
                yield from ((one.name, text.value) for text in texts if isinstance(text, String))
