"""A marked-up copy of a return: the workbook as it was submitted, its cells at fault coloured and commented, with a
sheet that lists them.

Nothing of the workbook is rebuilt from a library's idea of it: the copy is made part by part, and only the parts that
have to say something new are touched.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any

import numpy as np
from msgspec import Struct

from communitycheck.errors import NotMarkedError
from communitycheck.products.markup.earlier_list import earlier_list
from communitycheck.products.markup.list_sheet import COLOURS, list_sheet
from communitycheck.products.markup.marks import Cells, Marks
from communitycheck.products.markup.ooxml.comment_boxes import Drawings
from communitycheck.products.markup.ooxml.comments import add_comments, forget_comments
from communitycheck.products.markup.ooxml.frame import Frame, frame_of
from communitycheck.products.markup.ooxml.parts import RELATIONS, STRICT, STRICT_RELATIONS, Package, sheet_parts
from communitycheck.products.markup.ooxml.rows import Numbers, anchored, restyled
from communitycheck.products.markup.ooxml.styles import Styles
from communitycheck.products.markup.words import MarkupWords
from communitycheck.reporting.words.numbers import count

COMMENTED = 5_000  # cells of a sheet that get a comment; more make a workbook slow to open
LISTED = 20_000  # lines of the list
NAME = 31  # characters of a sheet's name
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class Marked(Struct, frozen=True):
    """What a copy holds: coloured cells, those with a comment, lines of the list; ``signed``: a signature broke."""

    cells: int
    comments: int
    lines: int
    signed: bool


def mark_up(
    file: Path,
    sink: IO[bytes],
    marks: Marks,
    words: MarkupWords,
    *,
    names: Mapping[str, str] | None = None,
    remarks: Iterable[str] = (),
) -> Marked:
    """Write the marked-up copy of the workbook ``file``.

    Args:
        names: the reader's name of a sheet -> its name in ``file``, where they differ.
        remarks: more to say above the list.

    Raises:
        NotMarkedError: it cannot be marked up without losing something.
        OSError: the sink refuses.
    """
    package = Package(file, marks.path)
    try:
        return _Copy(package, marks, words, names or {}).write(sink, remarks)
    except (ValueError, LookupError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        # A number that is none, a name that leads nowhere: the file is another than it says.
        raise package.broken("") from error
    finally:
        package.close()


class _Copy:
    """One copy in the making."""

    def __init__(self, package: Package, marks: Marks, words: MarkupWords, names: Mapping[str, str]) -> None:
        self.package, self.marks, self.words = package, marks, words
        book = package.related("", "officeDocument")
        if book is None:
            raise package.broken("_rels/.rels")
        self.book = book
        self.tree = package.tree(book)
        root = self.tree.getroot()
        self.space = root.tag.rpartition("}")[0] + "}"
        self.strict = self.space == f"{{{STRICT}}}"
        if package.related(book, "revisionHeaders"):
            raise NotMarkedError("not-marked-shared", path=marks.path)
        self.parts = sheet_parts(package, book, self.tree)
        self.names = {name: name for name in self.parts} | {k: v for k, v in names.items() if v in self.parts}
        self.styles = Styles(package, book, strict=self.strict)
        self.earlier = earlier_list(package, book, self.parts)
        self.list_name = self.earlier or self._free_name(words.say("markup-sheet"))
        self.cleared = self.styles.cleared(COLOURS.values()) if self.earlier else {}
        self.cells = self.comments = 0

    def write(self, sink: IO[bytes], remarks: Iterable[str]) -> Marked:
        marks = {}
        for sheet, cells in self.marks.sheets.items():
            if sheet not in self.names:
                raise NotMarkedError("not-marked-sheet", path=self.marks.path, name=sheet)
            marks[self.names[sheet]] = cells
        for name in [n for n in self.parts if self.earlier not in ("", n)]:
            forget_comments(self.package, self.book, self.parts[name])
            if name not in marks:
                self._unmark(self.parts[name])
        drawings = Drawings(self.package)
        for name, cells in marks.items():
            self._mark(self.parts[name], cells, drawings)
        lines = min(len(self.marks.listed), LISTED)
        self._add_list(self._heading(remarks), lines)
        self.package.write(sink, last=self.styles.part, settle=self.styles.save)
        signed = any(name.lower().startswith("_xmlsignatures/") for name in self.package.names())
        return Marked(self.cells, self.comments, lines, signed)

    # marked cells

    def _unmark(self, part: str) -> None:
        """A sheet on which nothing is marked any more."""
        if not self.cleared:
            return
        try:
            with self.package.open(part) as source:
                frame = frame_of(source, self.marks.path, part)
        except NotMarkedError:  # a sheet without rows, which never had a mark
            return
        nothing = np.zeros(0, np.int64)
        self._stream(part, frame, nothing, nothing, nothing)

    def _mark(self, part: str, cells: Cells, drawings: Drawings) -> None:
        with self.package.open(part) as source:
            frame = frame_of(source, self.marks.path, part)
        if frame.merged:
            cells = cells.moved(*anchored(cells.rows, cells.columns, frame.merged))
        begins = np.flatnonzero((np.diff(cells.rows, prepend=0) != 0) | (np.diff(cells.columns, prepend=0) != 0))
        texts = dict(islice(self._comments(cells, begins), COMMENTED))
        add_comments(
            self.package, self.book, part, frame, texts, drawings, self.words.report.as_of.isoformat()
        )
        self.cells += len(begins)
        self.comments += len(texts)
        self._stream(part, frame, cells.rows[begins], cells.columns[begins], cells.kinds[begins])

    def _stream(self, part: str, frame: Frame, rows: Numbers, columns: Numbers, kinds: Numbers) -> None:
        def restyle(base: int, kind: int) -> int:
            return self.styles.filled(base, COLOURS[kind])

        def change(source: IO[bytes]) -> Iterator[bytes]:
            return restyled(source, frame, rows, columns, kinds, restyle, self.marks.path, self.cleared)

        self.package.put_stream(part, change)

    def _comments(self, cells: Cells, begins: Numbers) -> Iterator[tuple[tuple[int, int], str]]:
        """Cells in order with what is said of them."""
        ends = [*begins[1:].tolist(), len(cells)]
        for start, end in zip(begins.tolist(), ends, strict=True):
            verdicts = list(zip(cells.results[start:end].tolist(), cells.subjects[start:end].tolist(), strict=True))
            place = int(cells.rows[start]), int(cells.columns[start])
            yield place, self.words.comment(verdicts, self.list_name, self.marks.questions)

    # the added sheet

    def _free_name(self, wanted: str) -> str:
        taken = {e.get("name", "").casefold() for e in self.tree.getroot().iter(f"{self.space}sheet")}
        name, number = wanted, 1
        while name.casefold() in taken:
            number += 1
            name = f"{wanted[: NAME - 5]} ({number})"
        return name

    def _heading(self, remarks: Iterable[str]) -> Iterator[str]:
        say, marks = self.words.say, self.marks
        yield from self.words.caption()
        counts = say("markup-counts", fails=count(marks.fails), undecided=count(marks.undecided))
        yield counts + (say("markup-counts-groups", groups=count(marks.groups)) if marks.groups else "")
        yield from self.words.questions(marks.questions)
        yield say("markup-how")
        if self.comments < self.cells:
            yield say(
                "markup-comments-capped", total=count(self.cells), most=count(COMMENTED), n=count(self.comments)
            )
        if len(marks.listed) > LISTED:
            yield say("markup-list-capped", n=count(LISTED), total=count(len(marks.listed)))
        yield from remarks

    def _add_list(self, heading: Iterable[str], lines: int) -> None:
        package, relations = self.package, STRICT_RELATIONS if self.strict else RELATIONS
        listed = (self.words.line(*pair) for pair in self.marks.listed[:lines].tolist())
        content = list_sheet(heading, listed, self.words, self.styles, self.names, strict=self.strict)
        if self.earlier:
            self._replace_list(content)
            return
        folder = self.book.rpartition("/")[0]
        part = package.new_name(f"{folder}/worksheets/sheet".lstrip("/"), ".xml")
        package.put(part, "".join(content).encode())
        package.declare(part, _SHEET_TYPE)
        id = package.relate(self.book, f"{relations}/worksheet", part)
        self._enter(id, f"{{{relations}}}id")
        package.put_tree(self.book, self.tree)
        self._count_sheet()

    def _replace_list(self, content: Iterable[str]) -> None:
        """Write the list in the place of the earlier one; the names that its filter and its print-out had go."""
        self.package.put(self.parts[self.earlier], "".join(content).encode())
        root = self.tree.getroot()
        index = str([e.get("name") for e in root.iter(f"{self.space}sheet")].index(self.earlier))
        for name in list(root.iter(f"{self.space}definedName")):
            if name.get("localSheetId") == index and (name.get("name") or "").startswith("_xlnm."):
                name.getparent().remove(name)
        names = root.find(f"{self.space}definedNames")
        if names is not None and not len(names):
            root.remove(names)
        self.package.put_tree(self.book, self.tree)

    def _enter(self, id: str, key: str) -> None:
        """The new sheet as the workbook's last one."""
        from lxml import etree

        sheets = self.tree.getroot().find(f"{self.space}sheets")
        if sheets is None:
            raise self.package.broken(self.book)
        numbers = [int(e.get("sheetId", "0")) for e in sheets if isinstance(e.tag, str)]
        sheet = etree.SubElement(sheets, f"{self.space}sheet")
        sheet.set("name", self.list_name)
        sheet.set("sheetId", str(max(numbers, default=0) + 1))
        sheet.set(key, id)

    def _count_sheet(self) -> None:
        """Tell the document properties of one more sheet, where they list them as programs do."""
        part = self.package.related("", "extended-properties")
        if part is None:
            return
        tree = self.package.tree(part)
        pairs = [e for e in tree.iter() if _local(e) == "HeadingPairs"]
        titles = [e for e in tree.iter() if _local(e) == "TitlesOfParts"]
        numbers = [e for p in pairs for e in p.iter() if _local(e) in ("i4", "int")]
        vector = next((e for t in titles for e in t.iter() if _local(e) == "vector"), None)
        if not numbers or vector is None or not (numbers[0].text or "").isdigit():
            return
        sheets = int(numbers[0].text)
        if not 0 < sheets <= len(vector):
            return
        new = vector[sheets - 1].makeelement(vector[sheets - 1].tag)
        new.text = self.list_name
        vector[sheets - 1].addnext(new)
        vector.set("size", str(len(vector)))
        numbers[0].text = str(sheets + 1)
        self.package.put_tree(part, tree)


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
