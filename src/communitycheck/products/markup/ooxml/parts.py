"""An Office Open XML file as its parts: read, changed one by one, and written again with the rest as it was."""

from __future__ import annotations

import posixpath
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from msgspec import Struct

from communitycheck.errors import NotMarkedError

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT_TYPES = "[Content_Types].xml"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BLOCK = 1 << 20
LARGE = 1 << 31  # from here on a member needs the wide fields of a zip
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ID = re.compile(r"rId(\d+)")


def literal(text: str) -> str:
    """Text as it is put into a spreadsheet: ``_x0041_`` would be read as a character there."""
    return _ESCAPED.sub("_x005F_", text)


class Relation(Struct, frozen=True):
    """A relationship of a part; ``target`` is the name of the part it leads to, ``kind`` the last word of its type."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a file. Names are those of the zip, without a leading slash.

    Raises:
        NotMarkedError: ``not-marked-broken``: it is no zip, or a part that is needed is missing or no XML.
    """

    def __init__(self, file: Path, path: str) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self.broken("") from error
        self._names = {name.replace("\\", "/").lower(): name for name in self._zip.namelist()}
        self._changed: dict[str, bytes] = {}
        self._streams: dict[str, Callable[[IO[bytes]], Iterator[bytes]]] = {}
        self._relations: dict[str, list[Relation]] = {}

    def close(self) -> None:
        self._zip.close()

    def broken(self, part: str) -> NotMarkedError:
        return NotMarkedError("not-marked-broken", path=self.path, part=part or "zip")

    # reading

    def names(self) -> list[str]:
        """Every part, the new ones too."""
        return list(dict.fromkeys([*self._names.values(), *self._changed]))

    def has(self, part: str) -> bool:
        return part in self._changed or part.lower() in self._names

    def read(self, part: str) -> bytes:
        """A part as it stands now."""
        if part in self._changed:
            return self._changed[part]
        with self.open(part) as source:
            return source.read()

    def open(self, part: str) -> IO[bytes]:
        """A part as it came."""
        name = self._names.get(part.lower())
        if name is None:
            raise self.broken(part)
        try:
            return self._zip.open(name)
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
            raise self.broken(part) from error

    def tree(self, part: str) -> Any:
        """A part as an element tree; entities and anything outside the file are left alone."""
        return self.parsed(self.read(part), part)

    def parsed(self, content: bytes, part: str) -> Any:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            tree = etree.fromstring(content, parser).getroottree()
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.broken(part) from error
        if b"<!DOCTYPE" in content:
            raise self.broken(part)
        return tree

    # changing

    def put(self, part: str, content: bytes) -> None:
        self._changed[self._names.get(part.lower(), part)] = content

    def put_tree(self, part: str, tree: Any) -> None:
        from lxml import etree

        self.put(part, etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))

    def put_stream(self, part: str, change: Callable[[IO[bytes]], Iterator[bytes]]) -> None:
        """Write a part as ``change`` gives it from what it was; for parts too large to hold."""
        self._streams[self._names[part.lower()]] = change

    def new_name(self, stem: str, suffix: str) -> str:
        """``stem`` with the first number that no part has."""
        number = 1
        while self.has(f"{stem}{number}{suffix}"):
            number += 1
        return f"{stem}{number}{suffix}"

    # relationships

    def relations(self, part: str) -> list[Relation]:
        """Where a part leads to; of the package itself with ``""``. What lies outside the file is left out."""
        if part not in self._relations:
            found = []
            rels = _rels_of(part)
            if self.has(rels):
                for element in self.tree(rels).getroot():
                    if not isinstance(element.tag, str) or element.get("TargetMode") == "External":
                        continue
                    target = _resolved(part, element.get("Target", ""))
                    found.append(Relation(element.get("Id", ""), element.get("Type", "").rsplit("/", 1)[-1], target))
            self._relations[part] = found
        return self._relations[part]

    def related(self, part: str, kind: str) -> str | None:
        """The first part of that kind that ``part`` leads to."""
        return next((r.target for r in self.relations(part) if r.kind == kind and self.has(r.target)), None)

    def relate(self, part: str, type: str, target: str) -> str:
        """A new relationship of ``part``; its id."""
        from lxml import etree

        rels = _rels_of(part)
        empty = f'<Relationships xmlns="{PACKAGE}/relationships"/>'.encode()
        tree = self.tree(rels) if self.has(rels) else self.parsed(empty, rels)
        root = tree.getroot()
        taken = [int(m[1]) for e in root if (m := _ID.fullmatch(e.get("Id") or ""))]
        new = f"rId{max(taken, default=0) + 1}"
        etree.SubElement(
            root, f"{{{etree.QName(root).namespace}}}Relationship", Id=new, Type=type, Target=_relative(part, target)
        )
        self.put_tree(rels, tree)
        self._relations.pop(part, None)
        return new

    def declare(self, part: str, content_type: str, *, suffix: str = "") -> None:
        """Say what a new part is: by its suffix where one is given, else by its name."""
        from lxml import etree

        tree = self.tree(CONTENT_TYPES)
        root = tree.getroot()
        namespace = f"{{{etree.QName(root).namespace}}}"
        if not suffix:
            etree.SubElement(root, f"{namespace}Override", PartName=f"/{part}", ContentType=content_type)
        elif not any((e.get("Extension") or "").lower() == suffix for e in root):
            default = etree.Element(f"{namespace}Default", Extension=suffix, ContentType=content_type)
            root.insert(0, default)
        self.put_tree(CONTENT_TYPES, tree)

    # writing

    def write(self, sink: IO[bytes], *, last: str, settle: Callable[[], None]) -> None:
        """Write all parts, what was not changed byte for byte.

        Args:
            last: a part that depends on how the others were written; ``settle`` is called before it is written.

        Raises:
            OSError: the sink refuses. NotMarkedError: a part turns out to be broken.
        """
        infos = {info.filename: info for info in self._zip.infolist()}
        last = self._names.get(last.lower(), last)
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as out:
            for name in dict.fromkeys([*infos, *self._changed]):
                if name != last:
                    self._write(out, name, infos.get(name))
            settle()
            self._write(out, last, infos.get(last))

    def _write(self, out: zipfile.ZipFile, name: str, old: zipfile.ZipInfo | None) -> None:
        info = zipfile.ZipInfo(name, old.date_time if old else (1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_STORED if old and old.compress_type == zipfile.ZIP_STORED else 8
        info.external_attr = old.external_attr if old else 0o600 << 16
        if old is not None and old.is_dir():
            out.writestr(info, b"")
            return
        if name in self._changed:
            out.writestr(info, self._changed[name])
            return
        assert old is not None
        with out.open(info, "w", force_zip64=old.file_size > LARGE) as target, self.open(name) as source:
            try:
                if name in self._streams:
                    for chunk in self._streams[name](source):
                        target.write(chunk)
                else:
                    shutil.copyfileobj(source, target, BLOCK)
            except (zipfile.BadZipFile, EOFError) as error:
                raise self.broken(name) from error


def sheet_parts(package: Package, book: str, tree: Any) -> dict[str, str]:
    """Name of each worksheet of the workbook ``book`` (``tree``) -> its part."""
    targets = {r.id: r.target for r in package.relations(book) if r.kind == "worksheet"}
    root = tree.getroot()
    found = {}
    for sheet in root.iter(f"{root.tag.rpartition('}')[0]}}}sheet"):
        id = sheet.get(f"{{{RELATIONS}}}id") or sheet.get(f"{{{STRICT_RELATIONS}}}id")
        if id in targets:
            found[sheet.get("name", "")] = targets[id]
    return found


def _rels_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _resolved(part: str, target: str) -> str:
    """The part that a relationship of ``part`` names."""
    from urllib.parse import unquote

    target = unquote(target.replace("\\", "/"))
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _relative(part: str, target: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(part) or ".")
