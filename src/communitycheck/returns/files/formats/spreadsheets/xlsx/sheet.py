"""One sheet of an xlsx, read by the events of its markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from communitycheck.returns.files.formats.number_formats import Shown
from communitycheck.returns.files.formats.reader_service import Place, Refusal
from communitycheck.returns.files.formats.spreadsheets.xlsx.cells import ERROR, number_text, typed_text, written
from communitycheck.returns.files.formats.spreadsheets.xlsx.events import Attributes, is_true, parse

MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14
_ADDRESS = re.compile(r"\s*\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})\s*", re.A)
_DIGITS = "0123456789"


class BookContext(NamedTuple):
    """What the cells of all sheets share: the strings, what each style shows, the first day of the calendar.

    ``worded``: style -> its format, where that writes words to a number.
    """

    strings: Sequence[str | None]
    shown: list[Shown]
    worded: dict[int, str]
    from_1904: bool

    def shared(self, number: str) -> str | None:
        """The string of that number; one that is not there is an error."""
        number = number.strip()
        if number.isascii() and number.isdigit() and int(number) < len(self.strings):
            return self.strings[int(number)]
        return ERROR

    def number(self, raw: str, shown: Shown, style: int) -> str | None:
        """A number as text."""
        code = self.worded.get(style) if shown is Shown.WORDED else None
        return number_text(raw, shown, self.from_1904, code)


class SheetFacts:
    """All of a sheet, counted from 0. Of the facts see ``Grid``.

    Attributes:
        columns: column -> its texts from row 0 on, as far as it goes. filled: how many cells hold something.
    """

    def __init__(self) -> None:
        self.columns: dict[int, list[str | None]] = {}
        self.filled = 0
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[Place] = []
        self.percent: list[Place] = []
        self.uncached: list[Place] = []


class SheetEvents:
    """Takes the events of a sheet, or of some rows of it, and keeps what they tell in ``facts``.

    Args:
        space: the namespace of the sheet's own elements; None: that of the first one.
        first: the row (from 0) that the columns kept begin with.
    """

    def __init__(self, context: BookContext, *, space: str | None = None, first: int = 0) -> None:
        self.facts = SheetFacts()
        self.pieces: list[str] = []
        self._context = context
        self._plain = {str(i): shown for i, shown in enumerate(context.shown) if shown is not Shown.NUMBER}
        self._names: dict[str, str] | None = None if space is None else _names(space)
        self._letters: dict[str, int] = {}
        self._first = first
        self._row, self._row_named, self._column = first - 1, False, -1
        self._cell: Attributes = {}
        self._value: str | None = None
        self._runs: list[str] | None = None
        self._formula = self._spoken = False

    def start(self, element: str, attributes: Attributes) -> None:
        if self._names is None:
            self._names = _names(element.rpartition("}")[0])
        name = self._names.get(element)
        if name is None:
            return
        if name == "c":
            self._cell, self._value, self._runs, self._formula = attributes, None, None, False
        elif name in ("v", "t"):
            self.pieces.clear()
        elif name == "f":
            self._formula = True
        elif name == "is":
            self._runs = []
        elif name == "rPh":
            self._spoken = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col":
            self._hide_columns(attributes)

    def end(self, element: str) -> None:
        name = self._names.get(element) if self._names is not None else None
        if name == "c":
            self._end_cell()
        elif name == "v":
            self._value = "".join(self.pieces)
        elif name == "t":
            if self._runs is not None and not self._spoken:
                self._runs.append("".join(self.pieces))
        elif name == "rPh":
            self._spoken = False

    def _begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "").strip()
        self._row_named = number.isascii() and number.isdigit() and 0 < int(number) <= MOST_ROWS
        self._row = int(number) - 1 if self._row_named else self._row + 1
        self._column = -1
        if is_true(attributes.get("hidden")) or _is_zero(attributes.get("ht")):
            self.facts.hidden_rows.append(self._row)

    def _end_cell(self) -> None:
        attributes = self._cell
        row, column = self._place(attributes.get("r"))
        self._column = column
        value, kind = self._value, attributes.get("t", "n")
        if self._runs is not None and kind in ("inlineStr", "n"):
            text = written("".join(self._runs))
        elif not value:
            # A text that a formula has computed may be empty; any other formula without a value was never computed.
            if self._formula and not (kind == "str" and value is not None):
                self.facts.uncached.append((row, column))
            text = ERROR if kind == "e" else None
        elif kind == "s":
            text = self._context.shared(value)
        elif kind == "n":
            shown = self._plain.get(attributes.get("s", "0"), Shown.NUMBER)
            if shown is Shown.NUMBER and value.isascii() and value.isdigit() and value[0] != "0" and len(value) < 16:
                text = value
            else:
                text = self._context.number(value, shown, int(attributes.get("s", "0")) if shown is Shown.WORDED else 0)
                if shown is Shown.PERCENT and text is not None:
                    self.facts.percent.append((row, column))
        else:
            text = typed_text(kind, value)
        if text is not None:
            self._put(row, column, text)

    def _place(self, address: str | None) -> tuple[int, int]:
        """Row and column of a cell; one that does not say stands beside the one before."""
        if address is not None:
            letters = address.rstrip(_DIGITS)
            column = self._letters.get(letters)
            if column is not None and len(address) > len(letters):
                row = int(address[len(letters) :]) - 1
            elif found := _ADDRESS.fullmatch(address):
                row, column = int(found.group(2)) - 1, column_number(found.group(1))
                self._letters[letters] = column
            else:
                return self._row, self._column + 1
            if not self._row_named:
                self._row, self._row_named = row, True
            return row, column
        return self._row, self._column + 1

    def _put(self, row: int, column: int, text: str) -> None:
        if not (self._first <= row < MOST_ROWS and 0 <= column < MOST_COLUMNS):
            raise Refusal("unreadable-file")
        self.facts.filled += 1
        row -= self._first
        texts = self.facts.columns.setdefault(column, [])
        if row == len(texts):
            texts.append(text)
        elif row < len(texts):
            texts[row] = text
        else:
            texts.extend([None] * (row - len(texts)))
            texts.append(text)

    def _merge(self, area: str) -> None:
        first, _, last = area.partition(":")
        ends = [_ADDRESS.fullmatch(end) for end in (first, last or first)]
        if ends[0] and ends[1]:
            (c1, r1), (c2, r2) = ((column_number(e.group(1)), int(e.group(2)) - 1) for e in ends if e)
            self.facts.merged.append((min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2)))

    def _hide_columns(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")) or _is_zero(attributes.get("width")):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdigit() and last.isdigit():
                self.facts.hidden_columns.append((int(first) - 1, int(last) - 1))


def read_sheet(data: Iterable[bytes], context: BookContext) -> SheetFacts:
    """All of a sheet.

    Raises:
        Malformed: it is not XML.
    """
    events = SheetEvents(context)
    parse(data, events.start, events.end, events.pieces.append)
    return events.facts


def _names(space: str) -> dict[str, str]:
    """The elements that tell something about cells."""
    before = f"{space}}}" if space else ""
    return {before + name: name for name in ("c", "v", "t", "f", "is", "rPh", "row", "mergeCell", "col")}


def column_number(letters: str) -> int:
    """``A`` is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _is_zero(size: str | None) -> bool:
    return size is not None and size.strip("0. ") == "" and "0" in size
