"""Which part of an xlsx holds what: found by relationships, as Office finds it, never by the name of the part."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import IO, NamedTuple
from urllib.parse import unquote

from communitycheck.returns.files.formats.spreadsheets.xlsx.events import Attributes, blocks, is_true, parse
from communitycheck.returns.files.formats.spreadsheets.xml_feed import Malformed

# Where the workbook lies in a package that does not say.
_USUAL = "xl/workbook.xml"


class SheetPart(NamedTuple):
    """A sheet, and the part that holds it."""

    name: str
    part: str
    hidden: bool


class BookParts(NamedTuple):
    """The parts of a workbook; ``styles`` and ``strings`` are None where it has none."""

    sheets: list[SheetPart]
    styles: str | None
    strings: str | None
    from_1904: bool


class OfficePackage:
    """A zip archive of parts. Their names are compared as Office does: either slash, either case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {part_name(name): name for name in archive.namelist()}

    def __contains__(self, part: str) -> bool:
        return part_name(part) in self._names

    def open(self, part: str) -> IO[bytes]:
        return self._archive.open(self._names[part_name(part)])

    def size(self, part: str) -> int:
        """Bytes of a part, unpacked."""
        return self._archive.getinfo(self._names[part_name(part)]).file_size

    def blocks(self, part: str) -> Iterator[bytes]:
        """A part in UTF-8."""
        with self.open(part) as stream:
            yield from blocks(stream)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id -> (the last word of the type, the part meant), for what lies in the package."""
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(element: str, attributes: Attributes) -> None:
            if element.rpartition("}")[2] == "Relationship" and attributes.get("TargetMode") != "External":
                target = unquote(attributes.get("Target", "")).replace("\\", "/")
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = kind, posixpath.normpath(posixpath.join("/", folder, target))[1:]

        if place in self:
            parse(self.blocks(place), start)
        return found

    def book(self) -> BookParts:
        """What the workbook is made of.

        Raises:
            Malformed: it names parts that are not there.
        """
        main = next((part for kind, part in self.relations("").values() if kind == "officeDocument"), _USUAL)
        if main not in self:
            main = _USUAL
        if main not in self:
            raise Malformed("no workbook")
        relations = self.relations(main)
        sheets: list[SheetPart] = []
        from_1904 = False

        def start(element: str, attributes: Attributes) -> None:
            nonlocal from_1904
            name = element.rpartition("}")[2]
            if name == "workbookPr":
                from_1904 = is_true(attributes.get("date1904"))
            elif name == "sheet":
                key = next((v for k, v in attributes.items() if k.endswith("}id")), "")
                kind, part = relations.get(key, ("worksheet", ""))
                if kind == "worksheet":
                    hidden = attributes.get("state", "visible") != "visible"
                    sheets.append(SheetPart(attributes.get("name", ""), part, hidden))

        parse(self.blocks(main), start)
        for sheet in sheets:
            if sheet.part not in self:
                raise Malformed(f"no part for the sheet {sheet.name}")
        by_kind = {kind: part for kind, part in relations.values() if part in self}
        return BookParts(sheets, by_kind.get("styles"), by_kind.get("sharedStrings"), from_1904)


def part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
