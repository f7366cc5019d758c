"""Comments on cells: the text part, the drawing that shows them, and threads where a cell already has one.

What is there stays: our text comes after that of a comment, and a thread gets a reply.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from communitycheck.model.address import column_letter
from communitycheck.products.markup.ooxml.frame import Frame
from communitycheck.products.markup.ooxml.parts import (
    RELATIONS,
    STRICT,
    STRICT_RELATIONS,
    TRANSITIONAL,
    Package,
    literal,
)
from communitycheck.reporting.excel import text_width

AUTHOR = "communitycheck"
Place = tuple[int, int]
BOX, LINE = 300, 17  # width of a box and height of a line in it, in pixels
LETTERS = 42  # that stand on a line of a box; a Chinese character counts double
MOST_LINES = 22
_LAST = 16_384
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_MICROSOFT = "http://schemas.microsoft.com/office/2017/10/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BLOCK = re.compile(rb"""(<(?:\w+:)?idmap\b[^>]*?\bdata\s*=\s*["'])([\d,\s]*)(["'])""")
_SHAPE = re.compile(rb"_x0000_s(\d+)")
OPENING, CLOSING = f"{AUTHOR}:", "———"  # what we say stands between these lines, so that it can be taken out again
_OWN_TEXT = re.compile(rf"(?:\n\n?|\nReply:\n    |^){OPENING}\n.*?\n\s*{CLOSING}(?=\n|$)", re.S)
_NOTE = re.compile(rb"<(?:\w+:)?shape\s.*?</(?:\w+:)?shape>", re.S)
_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor>)([^<]*)<")
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_KIND = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"{0}>'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
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


def add_comments(
    package: Package, book: str, sheet: str, frame: Frame, texts: Mapping[Place, str], drawings: Drawings, day: str
) -> None:
    """Comments on cells of one sheet. ``texts`` are by row and column, from 1, in order; ``day`` dates replies.

    Raises:
        NotMarkedError: ``not-marked-broken``: the comments that are there, or their drawing, cannot be read.
    """
    threads = _reply(package, book, sheet, texts, day)
    bare, longer = _write_texts(package, sheet, texts, threads, strict=frame.strict)
    if longer:
        _grow(package, sheet, frame, longer)
    if bare:
        _draw(package, sheet, frame, {place: texts[place] for place in bare}, drawings)


# --- what an earlier round left


def forget_comments(package: Package, book: str, sheet: str) -> None:
    """Take out what we said before; what others wrote before, between and after stays."""
    part = package.related(sheet, "comments")
    if part is None:
        return
    tree = package.tree(part)
    space = tree.getroot().tag.rpartition("}")[0] + "}"
    gone = set()
    for comment in list(tree.getroot().iter(f"{space}comment")):
        parts = list(comment.iter(f"{space}t"))
        whole = "".join(t.text or "" for t in parts)
        spans = [m.span() for m in _OWN_TEXT.finditer(whole)]
        if not spans:
            continue
        if not _OWN_TEXT.sub("", whole).strip():
            gone.add(comment.get("ref", ""))
            comment.getparent().remove(comment)
            continue
        start = 0
        for t in parts:
            text = t.text or ""
            kept = [c for k, c in enumerate(text, start) if not any(low <= k < high for low, high in spans)]
            start += len(text)
            t.text = "".join(kept)
    package.put_tree(part, tree)
    _forget_replies(package, book, sheet)
    for drawing in (r.target for r in package.relations(sheet) if r.kind == "vmlDrawing" and package.has(r.target)):
        package.put(drawing, _NOTE.sub(lambda m: b"" if _place_of(m[0]) in gone else m[0], package.read(drawing)))


def _place_of(shape: bytes) -> str:
    """The cell whose comment a shape shows."""
    row, column = re.search(rb"Row>\s*(\d+)", shape), re.search(rb"Column>\s*(\d+)", shape)
    if b"Note" not in shape or row is None or column is None:
        return ""
    return f"{column_letter(int(column[1]) + 1)}{int(row[1]) + 1}"


def _forget_replies(package: Package, book: str, sheet: str) -> None:
    part, people = package.related(sheet, "threadedComment"), package.related(book, "person")
    if part is None or people is None:
        return
    own = {e.get("id") for e in package.tree(people).getroot() if e.get("displayName") == AUTHOR}
    tree = package.tree(part)
    for reply in [e for e in tree.getroot() if e.get("personId") in own]:
        tree.getroot().remove(reply)
    package.put_tree(part, tree)


# --- the texts


def _write_texts(
    package: Package, sheet: str, texts: Mapping[Place, str], threads: set[Place], *, strict: bool
) -> tuple[list[Place], dict[str, str]]:
    """Add to the texts; the cells that had no comment before, and comments that grew, by their cells."""
    from lxml import etree

    part = package.related(sheet, "comments")
    if part is None:
        part = package.new_name("xl/comments", ".xml")
        space = STRICT if strict else TRANSITIONAL
        package.put(part, f'<comments xmlns="{space}"><authors/><commentList/></comments>'.encode())
        package.declare(part, _COMMENTS_TYPE)
        package.relate(sheet, f"{STRICT_RELATIONS if strict else RELATIONS}/comments", part)
    tree = package.tree(part)
    root = tree.getroot()
    space = root.tag.rpartition("}")[0] + "}"
    authors, listed = root.find(f"{space}authors"), root.find(f"{space}commentList")
    if authors is None or listed is None:
        raise package.broken(part)
    known = [e.text or "" for e in authors.iter(f"{space}author")]
    if AUTHOR not in known:
        etree.SubElement(authors, f"{space}author").text = AUTHOR
        known.append(AUTHOR)
    author = str(known.index(AUTHOR))
    there = {e.get("ref", ""): e for e in listed.iter(f"{space}comment")}
    bare = []
    longer = {}
    for (row, column), text in texts.items():
        name = f"{column_letter(column)}{row}"
        old = there.get(name)
        if old is None:
            comment = etree.SubElement(listed, f"{space}comment", ref=name, authorId=author)
            _run(etree.SubElement(comment, f"{space}text"), space, text)
            bare.append((row, column))
        elif (row, column) in threads:
            _append(old, space, f"\nReply:\n    {text}")
        else:
            _append(old, space, f"\n\n{text}")
            longer[name] = "".join(t.text or "" for t in old.iter(f"{space}t"))
    package.put_tree(part, tree)
    return bare, longer


def _append(comment: Any, space: str, text: str) -> None:
    """Put text after what a comment says; plain text becomes a run of its own, or it would not be shown any more."""
    from lxml import etree

    held = comment.find(f"{space}text")
    if held is None:
        held = etree.SubElement(comment, f"{space}text")
    plain = held.find(f"{space}t")
    if plain is not None:
        run = etree.Element(f"{space}r")
        plain.addprevious(run)
        plain.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(plain)
    runs = held.findall(f"{space}r")
    new = _run(held, space, text)
    if runs:
        runs[-1].addnext(new)


def _run(parent: Any, space: str, text: str) -> Any:
    from lxml import etree

    run = etree.SubElement(parent, f"{space}r")
    look = etree.SubElement(run, f"{space}rPr")
    etree.SubElement(look, f"{space}sz", val="9")
    etree.SubElement(look, f"{space}color", indexed="81")
    etree.SubElement(look, f"{space}rFont", val="Microsoft YaHei")
    etree.SubElement(look, f"{space}family", val="2")
    content = etree.SubElement(run, f"{space}t")
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    content.text = literal(text)
    return run


# --- threads


def _reply(package: Package, book: str, sheet: str, texts: Mapping[Place, str], day: str) -> set[Place]:
    """Reply in the threads on marked cells; the cells that have one."""
    from lxml import etree

    part = package.related(sheet, "threadedComment")
    if part is None:
        return set()
    tree = package.tree(part)
    root = tree.getroot()
    space = root.tag.rpartition("}")[0] + "}"
    first = {e.get("ref", ""): e for e in reversed(root.findall(f"{space}threadedComment")) if not e.get("parentId")}
    found = {(row, column) for row, column in texts if f"{column_letter(column)}{row}" in first}
    if not found:
        return found
    person = _person(package, book)
    for row, column in sorted(found):
        ref = f"{column_letter(column)}{row}"
        thread = [e for e in root.findall(f"{space}threadedComment") if e.get("ref") == ref]
        reply = etree.Element(
            f"{space}threadedComment",
            ref=ref,
            dT=max([f"{day}T00:00:00.00", *(e.get("dT", "") for e in thread)]),
            personId=person,
            id=_guid(f"{part}!{ref}:{len(thread)}"),
            parentId=first[ref].get("id", ""),
        )
        etree.SubElement(reply, f"{space}text").text = texts[row, column]
        thread[-1].addnext(reply)
    package.put_tree(part, tree)
    return found


def _person(package: Package, book: str) -> str:
    """Ourselves among the people who comment."""
    from lxml import etree

    part = package.related(book, "person")
    if part is None:
        part = package.new_name("xl/persons/person", ".xml")
        package.put(part, f'<personList xmlns="{_THREADS}"/>'.encode())
        package.declare(part, "application/vnd.ms-excel.person+xml")
        package.relate(book, f"{_MICROSOFT}/person", part)
    tree = package.tree(part)
    root = tree.getroot()
    space = root.tag.rpartition("}")[0] + "}"
    me = next((e for e in root.iter(f"{space}person") if e.get("displayName") == AUTHOR), None)
    if me is None:
        me = etree.SubElement(
            root, f"{space}person", displayName=AUTHOR, id=_guid("person"), userId=AUTHOR, providerId="None"
        )
        package.put_tree(part, tree)
    return str(me.get("id"))


def _guid(name: str) -> str:
    return f"{{{uuid.uuid5(uuid.NAMESPACE_URL, f'{AUTHOR}/{name}')}}}".upper()


# --- the drawing


def _draw(package: Package, sheet: str, frame: Frame, texts: Mapping[Place, str], drawings: Drawings) -> None:
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


def _grow(package: Package, sheet: str, frame: Frame, texts: Mapping[str, str]) -> None:
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

    for part in (r.target for r in package.relations(sheet) if r.kind == "vmlDrawing" and package.has(r.target)):
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
