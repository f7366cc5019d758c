"""Large texts that Arrow does not take as they are, put into UTF-8 with line feeds: UTF-16, lines of old Macs."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from communitycheck.returns.files.encoding import encoding_of
from communitycheck.system.scratch import scratch_folder

_HEAD = 1 << 16
_BLOCK = 1 << 20
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@contextmanager
def recoded(file: Path) -> Iterator[tuple[Path, str] | None]:
    """The file as Arrow reads it, for as long as it is needed, and the encoding it has; None where it is neither UTF-16
    nor a text whose lines end in a carriage return alone."""
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    # Asked first: what else a text may be takes statistics to tell where the head ends within a character.
    if not (b"\x00" in head or head.startswith(_WIDE_MARKS) or (b"\r" in head and b"\n" not in head)):
        yield None
        return
    encoding = encoding_of(head[: len(head) // 4 * 4])
    if encoding is None or not encoding.startswith("utf-16"):  # a character may be cut in two
        encoding = encoding_of(head[: head.rfind(b"\r") + 1])
    wide = encoding is not None and encoding.startswith("utf-16")
    if not wide and (encoding not in ("utf-8", "gb18030") or b"\r" not in head or b"\n" in head):
        yield None
        return
    assert encoding is not None
    with scratch_folder() as folder:
        place = Path(folder) / "text"
        try:
            with file.open(encoding=encoding) as source, place.open("w", encoding="utf-8", newline="\n") as sink:
                while block := source.read(_BLOCK):
                    sink.write(block)
        except UnicodeError:
            yield None
            return
        yield place, encoding
