"""Markup as events. Names come with their namespace before them: ``namespace}name``."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, NamedTuple
from xml.parsers import expat

from communitycheck.returns.files.formats.spreadsheets.xml_feed import Malformed, feed, refuse

BLOCK = 384 << 10
Attributes = dict[str, str]
Start = Callable[[str, Attributes], object]

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_OPENING = re.compile(rb"<((?:[^\s:<>/]+:)?)[^\s:<>/]+\s*>")
# What no XML may hold, plain or as a reference; some programs write it all the same.
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.I
)


def blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """A stream in UTF-8, block by block, whatever its encoding."""
    head = stream.read(BLOCK)
    encoding = encoding_of(head)
    decoder = None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)("replace")
    block = head.removeprefix(codecs.BOM_UTF8)
    while block:
        yield block if decoder is None else decoder.decode(block).encode()
        block = stream.read(BLOCK)


def encoding_of(head: bytes) -> str:
    """The encoding of a part that begins so."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith((b"<\0", b"\0<")):
        return "utf-16-le" if head[0] else "utf-16-be"
    declared = _DECLARED.match(head)
    try:
        name = codecs.lookup(declared.group(1).decode()).name if declared else "utf-8"
    except LookupError:
        return "utf-8"
    return "utf-8" if name == "ascii" or name.startswith("utf-16") else name


def parse(
    data: Iterable[bytes],
    start: Start,
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Call the three for each element's start, its end, and for text (which may come in pieces).

    Args:
        data: blocks of UTF-8.

    Raises:
        Malformed: it is not XML.
    """
    parser = expat.ParserCreate("utf-8", "}")
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    feed(parser, data)


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


class PartHead(NamedTuple):
    """How a part begins, as far as an element.

    Attributes:
        end: the byte after the tag of the element. prefix: that of its name, with the colon.
        opening, closing: an element around its content that knows the same namespaces, and is in the same.
    """

    end: int
    prefix: bytes
    opening: bytes
    closing: bytes


class _Reached(Exception):
    pass


def head_of(data: bytes, name: str) -> PartHead | None:
    """The beginning of a part, up to the tag of an element; None where that has not come yet.

    Raises:
        Malformed: it is no XML, or the element is empty or in another namespace than the first one.
    """
    spaces: dict[str | None, str] = {}
    first = ""

    def start(element: str, _: Attributes) -> None:
        nonlocal first
        first = first or element
        if element.rpartition("}")[2] == name:
            raise _Reached(element, parser.CurrentByteIndex)

    parser = expat.ParserCreate("utf-8", "}")
    parser.StartElementHandler = start
    parser.StartNamespaceDeclHandler = spaces.__setitem__
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, False)
    except _Reached as reached:
        element, at = reached.args
        found = _OPENING.match(data, at)
        if found is None:
            if b">" not in data[at:]:
                return None
            raise Malformed("no content") from None
        if first.rpartition("}")[0] != element.rpartition("}")[0]:
            raise Malformed("namespaces") from None
        declared = "".join(f' xmlns{":" * bool(p)}{p or ""}="{_quoted(uri or "")}"' for p, uri in spaces.items())
        prefix = found.group(1)
        return PartHead(found.end(), prefix, b"<%sw%s>" % (prefix, declared.encode()), b"</%sw>" % prefix)
    except expat.ExpatError as trouble:
        raise Malformed(str(trouble)) from trouble
    return None


def mended(data: Iterable[bytes]) -> list[bytes]:
    """The same without control characters, and with bytes that are no UTF-8 replaced; Excel's rivals write such."""
    return [_CONTROLS.sub("", b"".join(data).decode("utf-8", "replace")).encode()]


def is_true(value: str | None) -> bool:
    return value in ("1", "true", "on")
