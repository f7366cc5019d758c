"""The list that an earlier round has added to a workbook which came back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from communitycheck.model.output_marks import MARK
from communitycheck.products.markup.ooxml.parts import BLOCK, Package

HEAD = 1 << 16  # bytes of a sheet in which its first row is looked for
_SHARED = re.compile(rb"<(?:\w+:)?si[\s>]")


def earlier_list(package: Package, book: str, parts: Mapping[str, str]) -> str:
    """Name of the sheet with the list; empty where there is none.

    Args:
        parts: name of each sheet of the workbook ``book`` -> its part.
    """
    mark = MARK.encode()
    shared = package.related(book, "sharedStrings")
    number = -1 if shared is None else _shared_number(package, shared, mark)
    index = re.compile(rb"""<(?:\w+:)?c\b[^>]*\bt="s"[^>]*><(?:\w+:)?v>%d</""" % number)
    for name, part in parts.items():
        with package.open(part) as source:
            first = re.split(rb"</(?:\w+:)?row>", source.read(HEAD), maxsplit=1)[0]
        if mark in first or (number >= 0 and index.search(first)):
            return name
    return ""


def _shared_number(package: Package, part: str, text: bytes) -> int:
    """Number of the shared text that holds ``text``; -1 where none does."""
    number, held = -1, b""
    with package.open(part) as source:
        while block := source.read(BLOCK):
            held += block
            found = held.find(text)
            cut = found if found >= 0 else max(0, held.rfind(b"<", 0, len(held) - len(text)))
            number += len(_SHARED.findall(held, 0, cut))
            if found >= 0:
                return number
            held = held[cut:]
    return -1
