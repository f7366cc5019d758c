"""The cells of some rows of a sheet, found in its bytes at once: as arrays, a number for each cell.

This reads what programs write: elements ``row``, ``c``, ``v``, ``f``, ``is``, ``t`` without comments among them, in any
order of attributes and with either quote. What has anything else is ``Unusual``, and is left to ``sheet.py``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Owners = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint64]


class Unusual(Exception):
    """Bytes that only a parser can be trusted with."""


class CellTokens(NamedTuple):
    """CellTokens in the order of the file; rows and columns count from 0.

    Attributes:
        kind: the first letter of the type, ``str`` being ``S``. style: its number.
        start, end: where its text lies. held: there is a place for a value, be it empty.
        formula: it has one.
    """

    row: Ints
    column: Ints
    kind: Bytes
    style: Ints
    start: Ints
    end: Ints
    held: Bools
    formula: Bools
    hidden_rows: list[int]


class _RowNumbers(NamedTuple):
    """The number of each row; its digits as the upper bytes of a word, which bytes those are, and how many."""

    number: Ints
    digits: Words
    mask: Words
    length: Ints


# Kinds of tags by the first two bytes of the name.
_C, _V, _T, _F, _IS, _ROW, _END = range(1, 8)
_OPEN, _BLANK, _SLASH, _CLOSE = b"< />"
_NUMBER, _SHARED, _TEXT, _INLINE = b"nsSi"
_BYTE, _LOWER = np.uint64(255), np.uint64(0xFFFFFFFF)
_1, _2, _3, _4 = (np.uint64(8 * n) for n in range(1, 5))  # what moves a word by so many bytes
_AROUND = np.uint64(0xFF00FF)
_BLANK_IS = np.uint64(ord("=") << 16 | _BLANK)  # the bytes around the one letter of an attribute's name
_PRESERVE = b'<t xml:space="preserve"'
# What may follow a name, and how long the types are by their kind.
_AFTER = np.isin(np.arange(256), np.frombuffer(b"> /\t\r\n", np.uint8))
_TYPES = np.zeros(256, np.int64)
_TYPES[list(b"sbend")], _TYPES[_TEXT], _TYPES[_INLINE] = 1, 3, 9


def _kinds() -> Bytes:
    table = np.zeros(1 << 16, np.uint8)
    for kind, letter in ((_C, "c"), (_V, "v"), (_T, "t"), (_F, "f")):
        for after in np.flatnonzero(_AFTER).tolist():
            table[ord(letter) | after << 8] = kind
    for kind, two in ((_IS, b"is"), (_ROW, b"ro"), *((_END, b"/" + bytes([first])) for first in b"cvtfir")):
        table[two[0] | two[1] << 8] = kind
    return table


_KINDS = _kinds()
# How a row mostly begins, and what tells more than its number; zero is a height of rows that are hidden.
_USUAL_WORD = np.uint64(int.from_bytes(b'<row r="', "little"))
_TENS = 10 ** np.arange(7)
_TELLING = (b"hidden", b'ht="0', b"ht='0", b"ht =", b"xmlns")
_ROW_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]+)""")


class Rows:
    """The rows that some bytes hold; ``cells`` finds what is in them.

    Args:
        data: whole rows, the elements without a prefix.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        # Room at both ends, to look at words of eight bytes anywhere.
        padded = np.frombuffer(bytes(8) + data + bytes(16), np.uint8)
        self.bytes: Bytes = padded[8:]
        self._words = np.ndarray((len(data) + 8,), "<u8", padded, strides=(1,))  # the eight bytes before each place
        self._pairs = np.ndarray((len(data) + 8,), "<u2", padded, 8, strides=(1,))

    def cells(self) -> CellTokens:
        """Find them.

        Raises:
            Unusual: not by this.
        """
        data = self.bytes[: len(self._data)]
        opens = np.flatnonzero(data == _OPEN)
        # Every tag has its own closing bracket: where there are no more of those, none stands in a text or in quotes.
        if np.count_nonzero(data == _CLOSE) != len(opens):
            raise Unusual
        kinds = _KINDS[self._pairs[opens + 1]]
        at = {kind: np.flatnonzero(kinds == kind) for kind in (_ROW, _C, _V, _T, _F, _IS)}
        ends = int(np.count_nonzero(kinds == _END))
        if sum(map(len, at.values())) + ends != len(opens):
            raise Unusual
        if not len(at[_C]) or not len(at[_ROW]) or at[_ROW][0] != 0:
            raise Unusual
        rows, hidden, empty = self._rows(opens[at[_ROW]])
        cells = at[_C]
        inside = np.repeat(np.arange(len(at[_ROW])), np.diff(np.searchsorted(cells, at[_ROW]), append=len(cells)))
        column, kind, style, closed = self._attributes(opens[cells] + 2, rows, inside)
        found = CellTokens(rows.number[inside] - 1, column, kind, style, *_nothing(len(cells)), hidden)
        owner = np.cumsum(kinds == _C, dtype=np.int32) - 1
        if len(at[_F]):
            empty += self._formulas(found, opens[at[_F]], owner[at[_F]])
        empty += closed + sum(self._texts(found, opens, kinds, at[tag], owner, tag) for tag in (_V, _T))
        after = data[opens[at[_IS]] + 3]
        # With as many ends as beginnings no element is left open.
        if ends * 2 + empty + np.count_nonzero(after == _SLASH) != len(opens) or not _AFTER[after].all():
            raise Unusual
        return found

    def _rows(self, opens: Ints) -> tuple[_RowNumbers, list[int], int]:
        """The numbers of the rows, which of them (from 0) are hidden, how many have nothing in them."""
        hidden: list[int] = []
        empty = 0
        if (self._words[opens + 8] == _USUAL_WORD).all():
            numbers, ends = self._digits(opens + 8, np.full(1, 34, np.uint64))
            if (self.bytes[ends + 1] != _CLOSE).any():
                hidden, empty = self._told(opens, ends)
        else:
            tags = [self._tag(at) for at in opens.tolist()]
            told, hidden = _numbers_told(tags)
            numbers, empty = np.array(told, np.int64), sum(tag.endswith(b"/") for tag in tags)
            ends = opens + np.array([_end_of_number(tag) for tag in tags], np.int64)
        if numbers[0] < 1 or numbers[-1] > 1 << 20 or (np.diff(numbers) <= 0).any():
            raise Unusual
        lengths = np.searchsorted(_TENS, numbers, "right")
        masks = ~((np.uint64(1) << (64 - 8 * lengths).astype(np.uint64)) - np.uint64(1))
        return _RowNumbers(numbers, self._words[ends] & masks, masks, lengths), hidden, empty

    def _tag(self, at: int) -> bytes:
        return self._data[at : self._data.index(b">", at)]

    def _told(self, opens: Ints, ends: Ints) -> tuple[list[int], int]:
        """The same of rows that say more than their number."""
        tags = [self._tag(at) for at in opens.tolist()]
        together = b" ".join(tags)
        hidden = _numbers_told(tags)[1] if any(word in together for word in _TELLING) else []
        return hidden, sum(tag.endswith(b"/") for tag in tags)

    def _attributes(self, cursor: Ints, rows: _RowNumbers, inside: Ints) -> tuple[Ints, Bytes, Ints, int]:
        """Column, kind and style of the cells whose attributes begin at these places, in whatever order they stand.

        And how many of them have nothing in them.
        """
        count = len(cursor)
        column, style = np.full(count, -1, np.int64), np.zeros(count, np.int64)
        kind = np.full(count, _NUMBER, np.uint8)
        left, closed = np.arange(count), 0
        for _ in range(4):
            words = self._words[cursor + 8]
            here, after = words & _BYTE, words >> _1 & _BYTE
            empty = (here == _SLASH) | ((here == _BLANK) & (after == _SLASH))
            done = empty | (here == _CLOSE) | ((here == _BLANK) & (after == _CLOSE))
            if done.any():
                closed += int(np.count_nonzero(empty))
                more = ~done
                left, cursor, words, after = left[more], cursor[more], words[more], after[more]
            if not len(left):
                break
            lower = words & _LOWER
            if alike := bool((lower == lower[0]).all()):
                lower = lower[:1]
            quotes = lower >> _3
            if ((lower & _AROUND) != _BLANK_IS).any() or not ((quotes == 34) | (quotes == 39)).all():
                raise Unusual
            ends = np.empty(len(left), np.int64)
            for name in (int(after[0]),) if alike else np.unique(after).tolist():
                chosen = slice(None) if alike else np.flatnonzero(after == name)
                cells, place, word = (left, cursor, words) if alike else (left[chosen], cursor[chosen], words[chosen])
                quote = quotes if alike else quotes[chosen]
                if name == ord("r"):
                    column[cells], ends[chosen] = self._addresses(place + 4, word >> _4, quote, rows, inside[cells])
                elif name == ord("t"):
                    kind[cells], ends[chosen] = self._types(place + 4, word >> _4, quote)
                elif name == ord("s"):
                    style[cells], ends[chosen] = self._digits(place + 4, quote)
                else:
                    raise Unusual
            cursor = ends + 1
        else:
            raise Unusual
        if (column < 0).any() or (column >= 1 << 14).any():
            raise Unusual
        return column, kind, style, closed

    def _addresses(self, place: Ints, word: Words, quote: Words, rows: _RowNumbers, inside: Ints) -> tuple[Ints, Ints]:
        """The column of each address, and where it ends. Its row must be that of the element around it."""
        column = (word & _BYTE).astype(np.int64) - 64
        if ((column < 1) | (column > 26)).any():
            raise Unusual
        ends = place + 1
        for count, shift in ((1, _1), (2, _2)):
            letter = (word >> shift & _BYTE).astype(np.int64) - 64
            more = (letter > 0) & (ends == place + count)
            if not more.any():
                break
            if (letter[more] > 26).any():
                raise Unusual
            column = np.where(more, column * 26 + letter, column)
            ends += more
        alike = rows.length[0] == rows.length[-1]
        length, mask = (rows.length[0], rows.mask[0]) if alike else (rows.length[inside], rows.mask[inside])
        ends += length
        if (self.bytes[ends] != quote).any() or ((self._words[ends] & mask) != rows.digits[inside]).any():
            raise Unusual
        return column - 1, ends

    def _types(self, place: Ints, word: Words, quote: Words) -> tuple[Bytes, Ints]:
        """The kind that each type is, and where it ends."""
        first, alone = word & _BYTE, (word >> _1 & _BYTE) == quote
        text = (first == _SHARED) & ~alone
        kind = np.where(text, _TEXT, first).astype(np.uint8)
        ends = place + _TYPES[kind]
        if (self.bytes[ends] != quote).any() or (ends == place).any():
            raise Unusual
        return kind, ends

    def _digits(self, place: Ints, quote: Words) -> tuple[Ints, Ints]:
        """The whole numbers that begin at these places, and where they end."""
        values, ends = np.zeros(len(place), np.int64), place
        for _ in range(9):
            here = self.bytes[ends]
            more = here != quote
            if not more.any():
                return values, ends
            if ((here - 48 > 9) & more).any():
                raise Unusual
            values = np.where(more, values * 10 + here - 48, values)
            ends = ends + more
        raise Unusual

    def _formulas(self, found: CellTokens, opens: Ints, owners: Owners) -> int:
        """Mark the cells with a formula; how many of those say no more than that it is shared."""
        if (owners < 0).any() or (found.kind[owners] == _INLINE).any():
            raise Unusual
        found.formula[owners] = True
        data = self._data
        return sum(data[data.index(b">", at) - 1] == _SLASH for at in opens.tolist())

    def _texts(self, found: CellTokens, opens: Ints, kinds: Bytes, places: Ints, owner: Owners, tag: int) -> int:
        """Put down where the values lie, in ``v`` or in the one ``t`` of a text; how many of them are empty."""
        owners, at = owner[places], opens[places]
        if (owners[1:] <= owners[:-1]).any() or (len(owners) and owners[0] < 0) or found.held[owners].any():
            raise Unusual
        if ((found.kind[owners] == _INLINE) != (tag == _T)).any():
            raise Unusual
        start = at + 3
        after = self.bytes[start - 1]
        if (odd := after != _CLOSE).any():
            spaced = odd & (self.bytes[at + len(_PRESERVE)] == _CLOSE)
            if any(self._data[a : a + len(_PRESERVE)] != _PRESERVE for a in at[spaced].tolist()):
                raise Unusual
            if (odd & ~spaced & (after != _SLASH)).any():
                raise Unusual
            start = np.where(spaced, at + len(_PRESERVE) + 1, start)
            full = ~odd | spaced
        else:
            full = ~odd
        following = np.minimum(places + 1, len(opens) - 1)
        if (kinds[following[full]] != _END).any():
            raise Unusual
        found.start[owners] = start
        found.end[owners] = np.where(full, opens[following], start)
        found.held[owners] = True
        return len(full) - int(np.count_nonzero(full))


def _end_of_number(tag: bytes) -> int:
    found = _ROW_NUMBER.search(tag)
    if found is None:
        raise Unusual
    return found.end(1)


def _nothing(n: int) -> tuple[Ints, Ints, Bools, Bools]:
    return np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.bool_), np.zeros(n, np.bool_)


def number_of_row(data: bytes, begins: bytes) -> int:
    """The number of the row that the bytes begin with (with ``begins``), by its own word."""
    tag = data[: data.find(b">")]
    if not tag.startswith(begins):
        raise Unusual
    return _numbers_told([b"<row" + tag.removeprefix(begins)])[0][0]


def _numbers_told(tags: list[bytes]) -> tuple[list[int], list[int]]:
    """The numbers of rows and which of them (from 0) are hidden, by the attributes of their tags."""
    numbers, hidden = [], []
    for tag in tags:
        attributes = {name: plain or single for name, plain, single in _ROW_ATTRIBUTE.findall(tag)}
        number = attributes.get(b"r", b"")
        if not number.isdigit() or number[:1] == b"0" or len(number) > 7 or b"xmlns" in tag or tag[:4] != b"<row":
            raise Unusual
        numbers.append(int(number))
        if attributes.get(b"hidden") in (b"1", b"true", b"on") or not attributes.get(b"ht", b"1").strip(b"0. "):
            hidden.append(int(number) - 1)
    return numbers, hidden
