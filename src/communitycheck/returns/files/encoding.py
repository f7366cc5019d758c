"""Bytes of a text file -> text: byte order mark, then strict decoders, then a guess by statistics."""

from __future__ import annotations

import codecs
import mmap
from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Two Chinese characters of UTF-8 side by side, three of GBK of which the first is rare: each a byte that leads one and
# two that follow.
_KINDS = bytes(ord("L" if 0xE4 <= byte <= 0xE9 else "f" if 0x80 <= byte <= 0xBF else ".") for byte in range(256))
_PAIR = b"LffLff"
_ASCII = bytes(range(128))
_BLOCK = 1 << 20
# Four characters of UTF-8 in one line: by chance once in a billion lines of GBK.
FOUR = 12
Slices = bytes | mmap.mmap
# So many characters may be lost of a short text as well, where twenty times as many are read.
FEW = 3


def encoding_of(data: bytes) -> str | None:
    """Name of the encoding that reads all of ``data``; None where it is no text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name if _reads(data, name) else None
    wide = _wide(data)
    if wide:
        return wide if _reads(data, wide) else None
    if b"\x00" in data[:65536]:
        return None
    if _reads(data, "utf-8"):
        return "utf-8"
    if _looks_big5(data) and _reads(data, "cp950"):
        return "big5"
    if _reads(data, "gb18030"):
        return None if lines_of_utf8(data) else "gb18030"
    return _guessed(data)


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return False
    return True


def lines_of_utf8(data: Slices, *, least: int = 0, most: int = 1) -> list[int]:
    """The first lines, from 1 on, of a text in GBK that are UTF-8: two files were joined, and GBK would read 绀惧尯.

    Args:
        data: bytes, or a file mapped into memory.
        least: bytes above ASCII that such a line has at least. Among many lines one of three rare characters may by
            chance be UTF-8 as well.
        most: so many are looked for.
    """
    found: list[int] = []
    end = 0  # of the line looked at last
    for pair in _pairs(data):
        if pair < end:
            continue
        start, stop = data.rfind(b"\n", end, pair) + 1 or end, data.find(b"\n", pair)
        end = len(data) if stop < 0 else stop
        line = data[start:end]
        if _reads(line, "utf-8") and len(line.translate(None, _ASCII)) >= least:
            found.append(end)
            if len(found) == most:
                break
    return _numbers(data, found)


def _pairs(data: Slices) -> Iterator[int]:
    """Where two Chinese characters of UTF-8 stand side by side."""
    for at in range(0, len(data), _BLOCK):
        kinds = data[at : at + _BLOCK + len(_PAIR) - 1].translate(_KINDS)
        place = kinds.find(_PAIR)
        while place >= 0:
            yield at + place
            place = kinds.find(_PAIR, place + 1)


def _numbers(data: Slices, ends: list[int]) -> list[int]:
    numbers, line, at = [], 1, 0
    for end in ends:
        for start in range(at, end, _BLOCK):
            line += data[start : min(start + _BLOCK, end)].count(b"\n")
        numbers.append(line)
        at = end
    return numbers


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: line ends and digits put a NUL into every other byte."""
    head = data[:4096]
    if len(head) < 4 or b"\x00" not in head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 20 < len(head):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _looks_big5(data: bytes) -> bool:
    """Double bytes as Big5 writes them.

    Both encodings start a character above 0x80. Its second byte lies below 0x7F in some four of ten characters of
    Big5, and hardly ever in Chinese text in GBK, whose common characters keep both bytes above 0xA0.
    """
    low = total = 0
    i, head = 0, data[: 1 << 18]
    while i < len(head) - 1:
        if head[i] < 0x81:
            i += 1
            continue
        total += 1
        low += head[i + 1] < 0x7F
        i += 2
    return total > 0 and low > total * 0.2


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 1 << 18], cp_isolation=["big5", "cp950", "gb18030", "big5hkscs", "utf_8"]).best()
    if best is not None and _reads(data, best.encoding):
        return str(best.encoding)
    # A stray byte in an otherwise readable file: better one replaced character than no return at all.
    for name in ("utf-8", "gb18030", "cp950"):
        if name == "gb18030" and lines_of_utf8(data, least=FOUR):
            continue
        text = data.decode(name, "replace")
        lost = text.count("\ufffd")
        if lost * 1000 < len(text) or (lost <= FEW and lost * 20 < len(text)):
            return f"{name}?"
    return None


def decoded(data: bytes, encoding: str) -> str:
    """``data`` as text; an encoding marked ``?`` replaces what it cannot read."""
    if encoding.endswith("?"):
        return data.decode(encoding[:-1], "replace")
    return data.decode("cp950" if encoding == "big5" else encoding)
