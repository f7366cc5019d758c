"""The drawing that shows comments: a box for each, as Excel has drawn them since before its files were XML."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from communitycheck.model.address import column_letter
from communitycheck.products.markup.ooxml.frame import Frame
from communitycheck.products.markup.ooxml.parts import (
    RELATIONS,
    STRICT_RELATIONS,
    Package,
)
from communitycheck.reporting.excel import text_width

Place = tuple[int, int]  # row and column, from 1
BOX, LINE = 300, 17  # width of a box and height of a line in it, in pixels
LETTERS = 42  # that stand on a line of a box; a Chinese character counts double
MOST_LINES = 22
_LAST = 16_384
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BLOCK = re.compile(rb"""(<(?:\w+:)?idmap\b[^>]*?\bdata\s*=\s*["'])([\d,\s]*)(["'])""")
_SHAPE = re.compile(rb"_x0000_s(\d+)")
_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor>)([^<]*)<")
_NOTE = re.compile(rb"<(?:\w+:)?shape\s.*?</(?:\w+:)?shape>", re.S)
_KIND = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"{0}>'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)


class Drawings:
    """Numbers for new shapes: each drawing of the workbook has blocks of 1024 of its own."""

    def __init__(self, package: Package) -> None:
        highest = 0
        for part in package.names():
            if part.lower().endswith(".vml"):
                content = package.read(part)
                blocks = [int(b) for m in _BLOCK.finditer(content) for b in m[2].split(b",") if b.strip()]
                shapes = [int(number) // 1024 for number in _SHAPE.findall(content)]
                highest = max([highest, *blocks, *shapes])
        self._next = highest + 1

    def take(self, count: int) -> tuple[list[int], list[int]]:
        """New blocks, and ``count`` shape numbers in them."""
        blocks = list(range(self._next, self._next + -(-count // 1023)))
        self._next += len(blocks)
        numbers = [1024 * block + k for block in blocks for k in range(1, 1024)]
        return blocks, numbers[:count]


def forget_boxes(package: Package, sheet: str, cells: Collection[str]) -> None:
    """Take out the boxes of comments on these cells."""
    for part in _drawings(package, sheet):
        package.put(part, _NOTE.sub(lambda m: b"" if _place_of(m[0]) in cells else m[0], package.read(part)))


def _drawings(package: Package, sheet: str) -> list[str]:
    return [r.target for r in package.relations(sheet) if r.kind == "vmlDrawing" and package.has(r.target)]


def _place_of(shape: bytes) -> str:
    """The cell whose comment a shape shows."""
    row, column = re.search(rb"Row>\s*(\d+)", shape), re.search(rb"Column>\s*(\d+)", shape)
    if b"Note" not in shape or row is None or column is None:
        return ""
    return f"{column_letter(int(column[1]) + 1)}{int(row[1]) + 1}"


def draw_boxes(package: Package, sheet: str, frame: Frame, texts: Mapping[Place, str], drawings: Drawings) -> None:
    """A hidden box for each text, in the sheet's drawing of comments."""
    blocks, numbers = drawings.take(len(texts))
    part = None
    if frame.legacy is not None:
        part = next((r.target for r in package.relations(sheet) if r.id == frame.legacy), None)
        if part is None or not package.has(part):
            raise package.broken(sheet)
    own = "" if part is None else f" {_NAMESPACES}"
    shapes = "".join(
        _box(number, place, text, frame, own) for number, (place, text) in zip(numbers, texts.items(), strict=True)
    )
    stated = ",".join(map(str, blocks))
    if part is None:
        part = package.new_name("xl/drawings/vmlDrawing", ".vml")
        layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{stated}"/></o:shapelayout>'
        package.put(part, f"<xml {_NAMESPACES}>{layout}{_KIND.format('')}{shapes}</xml>".encode())
        package.declare(part, _VML_TYPE, suffix="vml")
        kind = f"{STRICT_RELATIONS if frame.strict else RELATIONS}/vmlDrawing"
        frame.with_legacy(package.relate(sheet, kind, part))
        return
    content = package.read(part)
    # Not always well-formed, so it is added to as it stands.
    end = content.rfind(b"</xml>")
    if end < 0:
        raise package.broken(part)
    kind_ = b"" if b"_x0000_t202" in content else _KIND.format(own).encode()
    content = content[:end] + kind_ + shapes.encode() + content[end:]
    package.put(part, _BLOCK.sub(rb"\g<1>\g<2>," + stated.encode() + rb"\g<3>", content, count=1))


def grow_boxes(package: Package, sheet: str, frame: Frame, texts: Mapping[str, str]) -> None:
    """Make the boxes of comments that were there tall enough for what they say now; none gets smaller."""

    def taller(shape: re.Match[bytes]) -> bytes:
        text = texts.get(_place_of(shape[0]))
        anchor = _ANCHOR.search(shape[0]) if text is not None else None
        edges = [int(edge) for edge in anchor[2].split(b",") if edge.strip().isdigit()] if anchor else []
        if text is None or anchor is None or len(edges) != 8:
            return shape[0]
        edges[6] = max(edges[6], edges[2] + _rows_for(text, frame))
        new = ", ".join(map(str, edges)).encode()
        return shape[0][: anchor.start(2)] + new + shape[0][anchor.end(2) :]

    for part in _drawings(package, sheet):
        package.put(part, _NOTE.sub(taller, package.read(part)))


def _rows_for(text: str, frame: Frame) -> int:
    """Rows of the sheet that a box for ``text`` spans."""
    return -(-_height(text) // max(8, round(frame.height * 4 / 3)))


def _height(text: str) -> int:
    """Height of a box in pixels."""
    lines = sum(max(1, -(-text_width(line) // LETTERS)) for line in text.split("\n"))
    return min(lines, MOST_LINES) * LINE + 12


def _box(number: int, place: Place, text: str, frame: Frame, namespaces: str) -> str:
    row, column = place
    height = _height(text)
    left = column  # counted from 0, the next column
    right, room = left, BOX
    while room > 0 and right < _LAST - 1:
        room -= round(frame.width_of(right + 1) * 7 + 5)
        right += 1
    if room > 0:  # at the right edge of the sheet
        left, right = max(0, column - 6), column - 1
    top = max(0, row - 2)
    anchor = f"{left}, 12, {top}, 4, {right}, 8, {top + _rows_for(text, frame)}, 4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202"{namespaces} style="position:absolute;'
        f'width:{BOX * 3 // 4}pt;height:{height * 3 // 4}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" '
        'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row>"
        f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )
