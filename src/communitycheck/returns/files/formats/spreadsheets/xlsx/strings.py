"""The table of shared strings: texts that cells name by number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communitycheck.returns.files.formats.spreadsheets.xlsx.cells import dereferenced, written
from communitycheck.returns.files.formats.spreadsheets.xlsx.events import Attributes, parse
from communitycheck.returns.files.formats.spreadsheets.xml_feed import Malformed

_BEGIN = re.compile(rb"\s*(?:<\?xml[^>]*\?>)?\s*<sst(?:\s[^<>]*)?(?<!/)>")
_END = re.compile(rb"</sst\s*>\s*\Z")
_LONGEST_END = 100
_SPACE = b' xml:space="preserve"'
_ITEM = re.compile(rb"<si><t(?:%s)?>([^<]*)</t></si>" % _SPACE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def shared_strings(data: Iterable[bytes]) -> list[str | None]:
    """The texts by their number; None for one in which nothing is seen."""
    whole = b"".join(data)
    return _plain_strings(whole) or _parsed([whole])


def _plain_strings(data: bytes) -> list[str | None] | None:
    """A table that has nothing but plain texts, as most programs write it; None for any other."""
    begin, end = _BEGIN.match(data), _END.search(data, max(0, len(data) - _LONGEST_END))
    if begin is None or end is None or _CONTROL.search(data):
        return None
    texts = _ITEM.findall(data, begin.end(), end.start())
    # Where the items are all that there is, nothing has been passed over.
    length = sum(map(len, texts)) + len(b"<si><t></t></si>") * len(texts)
    if length + len(_SPACE) * data.count(_SPACE, begin.end(), end.start()) != end.start() - begin.end():
        return None
    try:
        found = b"\0".join(texts).decode().split("\0") if texts else []
        if any(mark in data for mark in (b"&", b"\r")):
            found = [dereferenced(text) for text in found]
    except (UnicodeDecodeError, Malformed):
        return None
    return [written(text) for text in found]


def _parsed(data: Iterable[bytes]) -> list[str | None]:
    table = _Strings()
    parse(data, table.start, table.end, table.pieces.append)
    return table.found


class _Strings:
    """A text may come in runs of different fonts; how it is pronounced is no part of it."""

    def __init__(self) -> None:
        self.found: list[str | None] = []
        self.pieces: list[str] = []
        self._runs: list[str] = []
        self._spoken = False
        self._space: str | None = None

    def start(self, element: str, _attributes: Attributes) -> None:
        if self._space is None:
            self._space = element.rpartition("}")[0]
        space, _, name = element.rpartition("}")
        if space != self._space:
            return
        if name == "t":
            self.pieces.clear()
        elif name == "rPh":
            self._spoken = True
        elif name == "si":
            self._runs = []

    def end(self, element: str) -> None:
        space, _, name = element.rpartition("}")
        if space != self._space:
            return
        if name == "t" and not self._spoken:
            self._runs.append("".join(self.pieces))
        elif name == "rPh":
            self._spoken = False
        elif name == "si":
            self.found.append(written("".join(self._runs)))
