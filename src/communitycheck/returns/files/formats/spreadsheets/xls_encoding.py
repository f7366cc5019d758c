"""In which encoding an old xls (BIFF5 and before) holds its texts.

Its code page is that of the machine that wrote it. Many programs write the Western one, or none, beside Chinese text;
so where the file claims no other, its texts decide: Chinese characters are pairs of high bytes, and the accents, dots
and apostrophes of Western text stand alone.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlrd

BYTES = "latin-1"  # every byte as a character: texts as they stand in the file
_CLAIMS_NOTHING = (None, 1252, 367, 10000)
_LENIENT = "lenient_"
_HIGH = re.compile(rb"[\x80-\xff]+")


def stated(book: xlrd.Book) -> str | None:
    """The encoding that a file states, None where what it states says nothing."""
    return None if book.codepage in _CLAIMS_NOTHING or book.encoding in ("ascii", BYTES) else str(book.encoding)


def texts_of(book: xlrd.Book) -> list[bytes]:
    """The texts with other characters than ASCII, of a book that was opened as ``BYTES``."""
    cells = (value for sheet in book.sheets() for row in range(sheet.nrows) for value in sheet.row_values(row))
    every = [*book.sheet_names(), *cells]
    return [text.encode(BYTES) for text in every if isinstance(text, str) and not text.isascii()]


def encoding_of(texts: Iterable[bytes], codepage: int | None) -> str:
    """The encoding that most of the texts speak for."""
    pairs = alone = 0
    for text in texts:
        for run in _HIGH.findall(text):
            if len(run) % 2:
                alone += 1
            else:
                pairs += len(run) // 2
    if pairs > alone:
        return "gb18030"
    return "gb18030" if codepage is None and not alone else "mac_roman" if codepage == 10000 else "cp1252"


def lenient(encoding: str) -> str:
    """An encoding that takes any byte: what it cannot read becomes ``�``, where xlrd would give up the whole file."""
    return f"{_LENIENT}{encoding}"


def plain(encoding: str) -> str:
    return encoding.removeprefix(_LENIENT)


def fits(texts: Iterable[bytes], encoding: str) -> bool:
    """Whether all texts can be read so."""
    try:
        for text in texts:
            text.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _lenient_codec(name: str) -> codecs.CodecInfo | None:
    if not name.startswith(_LENIENT):
        return None
    found = codecs.lookup(plain(name))
    return codecs.CodecInfo(found.encode, lambda data, _errors="strict": found.decode(data, "replace"), name=name)


codecs.register(_lenient_codec)
