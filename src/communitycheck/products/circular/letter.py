"""What a template has written, read into a document: paragraphs with their leads and blanks, numbered headings, tables.

A template writes small elements: ``<h2>`` and ``<h3>`` are numbered headings, ``<item>`` is a numbered paragraph,
``<table>`` a table; any other element is a paragraph, and its name says what for. In a paragraph ``<b>`` stands out,
``<blank>`` is for the office to fill in, and ``<list>`` runs its ``<li>`` into the sentence. A paragraph without words,
or whose list is empty, is left out, and a heading with nothing under it. How numbers, list marks and line breaks look
in the language stands on the outermost element.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal
from xml.etree.ElementTree import Element, fromstring

from msgspec import Struct

from communitycheck.messages import Lang
from communitycheck.reporting.document import (
    DocumentTable,
    Heading,
    Pairs,
    Paragraph,
    Piece,
    Row,
    Span,
    Spans,
    TableColumn,
)

KINDS: dict[str, Literal["plain", "strong", "blank"]] = {"b": "strong", "blank": "blank", "span": "plain"}
HEADINGS = {"h2": 2, "h3": 3}
_BREAK = re.compile(r"\s*\n\s*")


class Circular(Struct, frozen=True):
    """The whole circular. ``closing`` ends with the signature and the contact; ``annex`` has a page of its own."""

    lang: Lang
    as_of: date
    title: str
    head: list[Piece]
    body: list[Piece]
    closing: list[Paragraph]
    annex_label: str
    annex_title: str
    annex: list[Piece]


def read_letter(text: str, lang: Lang, as_of: date) -> Circular:
    """The circular that a template has written."""
    root = fromstring(text)
    reader = _Reader(root)
    parts = {part.tag: part for part in root}
    annex = parts.get("annex", Element("annex"))
    return Circular(
        lang,
        as_of,
        title=reader.text(parts["title"]),
        head=[reader.piece(e) for e in parts["head"]],
        body=reader.pieces(parts["body"]),
        closing=[reader.paragraph(e) for e in parts["closing"]],
        annex_label=annex.get("label", ""),
        annex_title=annex.get("title", ""),
        annex=reader.pieces(annex),
    )


class _Reader:
    """Counts headings, items and tables as they come."""

    def __init__(self, root: Element) -> None:
        self._style = root.attrib
        self._numerals = root.attrib["numerals"].split()
        self._chapter = self._section = self._item = self._table = 0

    def pieces(self, part: Element) -> list[Piece]:
        return [self.piece(element) for element in _filled(part)]

    def piece(self, element: Element) -> Piece:
        match element.tag:
            case "h1":
                return Heading(1, self.text(element))
            case "h2":
                self._chapter, self._section, self._item = self._chapter + 1, 0, 0
                return Heading(2, self._numbered("chapter", self._numerals[self._chapter - 1]) + self.text(element))
            case "h3":
                self._section, self._item = self._section + 1, 0
                return Heading(3, self._numbered("section", self._numerals[self._section - 1]) + self.text(element))
            case "table":
                return self._read_table(element)
            case "pairs":
                return Pairs(tuple((e.get("label", ""), self.spans(e)) for e in element))
            case _:
                return self.paragraph(element)

    def paragraph(self, element: Element) -> Paragraph:
        spans = self.spans(element)
        if element.tag == "item":
            self._item += 1
            lead = Span(self._numbered("item", self._item) + spans[0].text, spans[0].kind)
            spans = (lead, *spans[1:])
        return Paragraph(spans, "" if element.tag in ("p", "item") else element.tag)

    def text(self, element: Element) -> str:
        return "".join(s.text for s in self.spans(element))

    def spans(self, element: Element) -> Spans:
        """The words of a paragraph; words of one kind that follow each other are one span, a ``<span>`` is its own."""
        found: list[Span] = []
        plain = element.text or ""
        for child in element:
            if child.tag == "list":
                items = [self.text(li) for li in child]
                plain += child.get("by", self._style["list"]).join(i for i in items if i)
            else:
                found += [Span(plain), Span("".join(child.itertext()), KINDS[child.tag])]
                plain = ""
            plain += child.tail or ""
        found.append(Span(plain))
        joined = [Span(_BREAK.sub(self._style["break"], s.text), s.kind) for s in found]
        return _stripped([s for s in joined if s.text])

    def _read_table(self, element: Element) -> DocumentTable:
        caption = "".join(self.text(e) for e in element.iterfind("caption"))
        if caption:
            self._table += 1
            caption = self._numbered("table", self._table) + caption
        columns = [
            TableColumn(self.text(e), right=e.get("align") == "right", share=int(e.get("share", "2")))
            for e in element.iterfind("column")
        ]
        return DocumentTable(
            columns, [Row(tuple(self.text(cell) for cell in row)) for row in element.iterfind("row")], caption
        )

    def _numbered(self, what: str, n: int | str) -> str:
        return self._style[what].format(n)


def _filled(part: Element) -> list[Element]:
    """The elements of ``part`` that say something."""
    kept: list[Element] = []
    for element in reversed(part):
        if element.tag in HEADINGS:
            filled = bool(kept) and HEADINGS.get(kept[-1].tag, 9) > HEADINGS[element.tag]
        else:
            filled = all("".join(e.itertext()).strip() for e in (element, *element.iter("list")))
        if filled:
            kept.append(element)
    return kept[::-1]


def _stripped(spans: list[Span]) -> Spans:
    """``spans`` without white space at either end."""
    if spans:
        spans[0] = Span(spans[0].text.lstrip(), spans[0].kind)
        spans[-1] = Span(spans[-1].text.rstrip(), spans[-1].kind)
    return tuple(s for s in spans if s.text)
