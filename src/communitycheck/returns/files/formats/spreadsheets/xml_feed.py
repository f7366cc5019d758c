"""XML that is fed to expat piece by piece."""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat


class Malformed(Exception):
    """What should be XML is not, or declares entities, which can grow without bound."""


def refuse(*_: object) -> None:
    """The handler of what no file may hold: a document type, an entity."""
    raise Malformed("a document type or an entity")


def feed(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    """Let a parser call its handlers for all of a document; text comes as a whole as far as it can.

    Raises:
        Malformed: it is not XML.
    """
    parser.buffer_text = True
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as trouble:
        raise Malformed(str(trouble)) from trouble
