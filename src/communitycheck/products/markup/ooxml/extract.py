"""Some rows of a workbook as a workbook of their own: nothing of the rest is left in it, in no part.

It is built of what is wanted, never by taking away what is not: sheets with their wanted rows, the texts of these
alone, the formats. Comments, drawings, caches, names, links, properties and macros do not come along, and a formula
gives way to its result, for it may speak of rows that are gone. Rows keep their numbers; the gaps are empty and folded.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import IO, Any

from msgspec import Struct, field

from communitycheck.model.address import column_letter, column_number
from communitycheck.products.markup.ooxml.frame import Frame, frame_of
from communitycheck.products.markup.ooxml.parts import (
    CONTENT_TYPES,
    DECLARATION,
    PACKAGE,
    RELATIONS,
    STRICT,
    STRICT_RELATIONS,
    Package,
    literal,
    sheet_parts,
)
from communitycheck.products.markup.ooxml.rows import PickedRows
from communitycheck.products.markup.ooxml.stream import pieces_of

# What stands around the rows and says how they look, nothing else.
_LOOKS = frozenset({"sheetViews", "sheetFormatPr", "cols", "sheetData", "printOptions", "pageMargins", "pageSetup"})
_AFTER_MERGED = frozenset({"printOptions", "pageMargins", "pageSetup"})
_TYPES = "application/vnd.openxmlformats-officedocument"
_SHARED = "xl/sharedStrings.xml"
_BOOK = "xl/workbook.xml"


class SheetExtract(Struct):
    """What is wanted of a sheet; rows and columns count from 1.

    Attributes:
        rows: the wanted rows. records: those that take over what a merged cell further up says for them.
        keeps: row, column, text, whether it is a number -> whether a cell of a wanted row is wanted.
        inherited: row -> column -> the text that a blank cell gets.
    """

    rows: set[int]
    records: set[int]
    keeps: Callable[[int, int, str, bool], bool]
    inherited: Mapping[int, Mapping[int, str]] = field(default_factory=dict)


def extract(package: Package, wanted: Mapping[str, SheetExtract], sink: IO[bytes]) -> None:
    """Write a workbook of the wanted rows.

    Args:
        wanted: name of a sheet of ``package`` -> what is wanted of it; sheets that are not named do not come along.

    Raises:
        NotMarkedError: a part of the workbook is not as it should be.
        OSError: the sink refuses.
    """
    book = package.related("", "officeDocument")
    if book is None:
        raise package.broken("_rels/.rels")
    tree = package.tree(book)
    parts = {name: part for name, part in sheet_parts(package, book, tree).items() if name in wanted}
    sheets = [_Rows(package, part, wanted[name]) for name, part in parts.items()]
    texts = _Texts(package, book, sheets)
    sheets_content = [sheet.content(texts, first=k == 0) for k, sheet in enumerate(sheets)]
    strict = tree.getroot().tag.startswith(f"{{{STRICT}}}")
    looks = {kind: part for kind in ("styles", "theme") if (part := package.related(book, kind))}
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in (
            (CONTENT_TYPES, _content_types(package, book, looks, len(sheets))),
            ("_rels/.rels", _relations([("officeDocument", _BOOK)], strict)),
            (_BOOK, _workbook(tree, list(parts), strict)),
            (f"{_BOOK[:3]}_rels/workbook.xml.rels", _book_relations(looks, len(sheets), strict)),
            (_SHARED, texts.part()),
            *((f"xl/{kind}.xml", package.read(part)) for kind, part in looks.items()),
            *((f"xl/worksheets/sheet{k}.xml", content) for k, content in enumerate(sheets_content, 1)),
        ):
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


class _Rows:
    """The wanted rows of one sheet as elements."""

    def __init__(self, package: Package, part: str, wanted: SheetExtract) -> None:
        self.wanted = wanted
        self.package, self.part = package, part
        with package.open(part) as source:
            self.frame: Frame = frame_of(source, package.path, part)
        self.shell = package.parsed(self.frame.head + self.frame.tail, part).getroot()
        self.space = self.shell.tag.rpartition("}")[0] + "}"
        # Merged cells that reach from row to row, some of them not wanted, come apart.
        self.split = [m for m in self.frame.merged if m[2] > m[0] and not wanted.rows.issuperset(range(m[0], m[2] + 1))]
        anchors = {m[0] for m in self.split if wanted.records & set(range(m[0], m[2] + 1))}
        picked = PickedRows(wanted.rows | anchors)
        with package.open(part) as source:
            for _ in pieces_of(source, picked):
                pass
        data = self.shell.find(f"{self.space}sheetData")
        if data is None:
            raise package.broken(part)
        opening = self.frame.head[self.frame.head.rindex(b"<" + self.frame.prefix.encode() + b"worksheet") :]
        opening = opening[: opening.index(b">") + 1]
        closing = f"</{self.frame.prefix}worksheet>".encode()
        rows = package.parsed(opening + b"".join(picked.content) + closing, part).getroot()
        self.rows = dict(zip(picked.numbers, rows, strict=True))

    def cells(self) -> list[Any]:
        return [cell for row in self.rows.values() for cell in row.iter(f"{self.space}c")]

    def content(self, texts: _Texts, *, first: bool) -> bytes:
        """The part."""
        from lxml import etree

        said: dict[int, dict[int, Any]] = {}
        for top, left, bottom, _ in self.split:
            cell = self._by_column(top).get(left)
            for row in range(top, bottom + 1) if cell is not None and _has_value(cell) else ():
                if row in self.wanted.records and row != top:
                    said.setdefault(row, {})[left] = cell
        data = self.shell.find(f"{self.space}sheetData")
        last = 0
        said = {row: {column: deepcopy(cell) for column, cell in cells.items()} for row, cells in said.items()}
        for number, row in self.rows.items():
            if number not in self.wanted.rows:
                continue
            for gap in range(last + 1, number):
                etree.SubElement(data, f"{self.space}row", r=str(gap), hidden="1")
            self._settle(number, row, texts, said.get(number, {}))
            data.append(row)
            last = number
        self._settle_frame(data, first=first)
        return DECLARATION + bytes(etree.tostring(self.shell))

    def _by_column(self, number: int) -> dict[int, Any]:
        """The cells of a row; each gets the address that it may have left out."""
        found: dict[int, Any] = {}
        row = self.rows.get(number)
        for cell in [] if row is None else row.findall(f"{self.space}c"):
            letters = (cell.get("r") or "").rstrip("0123456789")
            column = column_number(letters) if letters else max(found, default=0) + 1
            cell.set("r", f"{column_letter(column)}{number}")
            found[column] = cell
        return found

    def _settle(self, number: int, row: Any, texts: _Texts, said: Mapping[int, Any]) -> None:
        """Leave in a row what is wanted, and fill in what it took over from rows that are gone."""
        cells = self._by_column(number)
        row.set("r", str(number))
        for column, cell in list(cells.items()):
            if _has_value(cell) and not self.wanted.keeps(number, column, texts.text(cell), _is_number(cell)):
                del cells[column]
        for column, cell in cells.items():
            if column in said and not _has_value(cell):
                style, source = cell.get("s"), said[column]
                cells[column] = source
                source.attrib.pop("s", None)
                if style is not None:
                    source.set("s", style)
        for column, cell in said.items():
            cells.setdefault(column, cell)
        for column, text in self.wanted.inherited.get(number, {}).items():
            if column not in cells or not _has_value(cells[column]):
                cells[column] = self._inline(cells.get(column), text)
        for child in list(row):
            row.remove(child)
        row.attrib.pop("spans", None)
        for column in sorted(cells):
            row.append(self._plain(cells[column], f"{column_letter(column)}{number}", texts))

    def _plain(self, cell: Any, address: str, texts: _Texts) -> Any:
        """A cell with its value alone."""
        cell.set("r", address)
        for child in list(cell):
            if child.tag not in (f"{self.space}v", f"{self.space}is"):
                cell.remove(child)
        for name in ("cm", "vm", "ph"):
            cell.attrib.pop(name, None)
        value = cell.find(f"{self.space}v")
        if cell.get("t") == "s" and value is not None and value.text:
            value.text = str(texts.number(int(value.text)))
        return cell

    def _inline(self, old: Any, text: str) -> Any:
        from lxml import etree

        cell = etree.Element(f"{self.space}c", t="inlineStr")
        if old is not None and old.get("s"):
            cell.set("s", old.get("s"))
        etree.SubElement(etree.SubElement(cell, f"{self.space}is"), f"{self.space}t").text = literal(text)
        return cell

    def _settle_frame(self, data: Any, *, first: bool) -> None:
        from lxml import etree

        for child in list(self.shell):
            if not isinstance(child.tag, str) or child.tag.rpartition("}")[2] not in _LOOKS:
                self.shell.remove(child)
        for view in self.shell.iter(f"{self.space}sheetView"):
            view.set("tabSelected", "1" if first else "0")
        for setup in self.shell.iter(f"{self.space}pageSetup"):
            for name in [n for n in setup.attrib if n.endswith("}id")]:
                del setup.attrib[name]
        kept = [m for m in self.frame.merged if self.wanted.rows.issuperset(range(m[0], m[2] + 1))]
        kept = [m for m in kept if self.wanted.keeps(m[0], m[1], "", False)]  # nothing is left of what it showed
        if kept:
            merged = etree.Element(f"{self.space}mergeCells", count=str(len(kept)))
            data.addnext(merged)
            for top, left, bottom, right in kept:
                area = f"{column_letter(left)}{top}:{column_letter(right)}{bottom}"
                etree.SubElement(merged, f"{self.space}mergeCell", ref=area)


class _Texts:
    """The shared texts that some rows use, numbered anew."""

    def __init__(self, package: Package, book: str, sheets: list[_Rows]) -> None:
        from lxml import etree

        used = {
            int(value.text)
            for sheet in sheets
            for cell in sheet.cells()
            if cell.get("t") == "s" and (value := cell.find(f"{sheet.space}v")) is not None and value.text
        }
        self._found: dict[int, bytes] = {}
        self._words: dict[int, str] = {}
        self._new: dict[int, int] = {}
        self._space = ""
        part = package.related(book, "sharedStrings")
        if part is None:
            return
        with package.open(part) as source:
            try:
                number = 0
                for _, element in etree.iterparse(source, resolve_entities=False, no_network=True, load_dtd=False):
                    space, _, local = element.tag.rpartition("}")
                    self._space = space[1:]
                    if local != "si":
                        continue
                    if number in used:
                        self._found[number] = etree.tostring(element, with_tail=False)
                        self._words[number] = "".join(t.text or "" for t in element.iter(f"{{{self._space}}}t"))
                    number += 1
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
            except etree.XMLSyntaxError as error:
                raise package.broken(part) from error
        if used - self._found.keys():
            raise package.broken(part)

    def text(self, cell: Any) -> str:
        """What a cell says."""
        if cell.get("t") == "s":
            return self._words.get(int(next((v.text for v in cell if v.text), "-1")), "")
        return "".join(t for e in cell if not e.tag.endswith("}f") for t in e.itertext())

    def number(self, old: int) -> int:
        """The new number of a text, which is wanted from now on."""
        return self._new.setdefault(old, len(self._new))

    def part(self) -> bytes:
        held = b"".join(self._found[old] for old in self._new)
        return DECLARATION + f'<sst xmlns="{self._space or PACKAGE}">'.encode() + held + b"</sst>"


def _has_value(cell: Any) -> bool:
    return any(e.tag.endswith(("}v", "}is")) and "".join(e.itertext()) for e in cell if isinstance(e.tag, str))


def _is_number(cell: Any) -> bool:
    return cell.get("t", "n") in ("n", "b", "e", "d")


def _content_types(package: Package, book: str, looks: Mapping[str, str], sheets: int) -> bytes:
    of_book = next(
        (e.get("ContentType") for e in package.tree(CONTENT_TYPES).getroot() if e.get("PartName") == f"/{book}"),
        f"{_TYPES}.spreadsheetml.sheet.main+xml",
    )
    known = {f"/{_BOOK}": of_book, f"/{_SHARED}": f"{_TYPES}.spreadsheetml.sharedStrings+xml"}
    for kind in looks:
        known[f"/xl/{kind}.xml"] = f"{_TYPES}.{'spreadsheetml.styles' if kind == 'styles' else 'theme'}+xml"
    for k in range(1, sheets + 1):
        known[f"/xl/worksheets/sheet{k}.xml"] = f"{_TYPES}.spreadsheetml.worksheet+xml"
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in known.items())
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return DECLARATION + (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def _book_relations(looks: Mapping[str, str], sheets: int, strict: bool) -> bytes:
    pairs = [("worksheet", f"worksheets/sheet{k}.xml") for k in range(1, sheets + 1)]
    return _relations([*pairs, ("sharedStrings", "sharedStrings.xml"), *((k, f"{k}.xml") for k in looks)], strict)


def _relations(targets: list[tuple[str, str]], strict: bool) -> bytes:
    base = STRICT_RELATIONS if strict else RELATIONS
    each = "".join(
        f'<Relationship Id="rId{k}" Type="{base}/{kind}" Target="{target}"/>'
        for k, (kind, target) in enumerate(targets, 1)
    )
    return DECLARATION + f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'.encode()


def _workbook(tree: Any, names: list[str], strict: bool) -> bytes:
    """The workbook part: its sheets, and from which year its days count."""
    from lxml import etree

    old = tree.getroot()
    space = old.tag.rpartition("}")[0] + "}"
    relations = STRICT_RELATIONS if strict else RELATIONS
    spaces: Any = {None: space[1:-1], "r": relations}
    root = etree.Element(f"{space}workbook", nsmap=spaces)
    if strict:
        root.set("conformance", "strict")
    since = old.find(f"{space}workbookPr")
    if since is not None and since.get("date1904"):
        etree.SubElement(root, f"{space}workbookPr", date1904=since.get("date1904"))
    sheets = etree.SubElement(root, f"{space}sheets")
    for k, name in enumerate(names, 1):
        sheet = etree.SubElement(sheets, f"{space}sheet", name=name, sheetId=str(k))
        sheet.set(f"{{{relations}}}id", f"rId{k}")
    return DECLARATION + bytes(etree.tostring(root))
