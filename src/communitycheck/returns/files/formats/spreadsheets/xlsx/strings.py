"""The table of shared strings: texts that cells name by number."""

from __future__ import annotations

from collections.abc import Iterable

from communitycheck.returns.files.formats.spreadsheets.xlsx.cells import written
from communitycheck.returns.files.formats.spreadsheets.xlsx.events import Attributes, parse


def shared_strings(data: Iterable[bytes]) -> list[str | None]:
    """The texts by their number; None for one in which nothing is seen."""
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
