"""What a Word document says, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from docx import Document
from docx.oxml.ns import qn


def lines_of(file: Path | IO[bytes]) -> Iterator[tuple[str, str]]:
    """Style and text of every paragraph, content controls included; a row of a table is one line."""
    document = Document(str(file) if isinstance(file, Path) else file)
    names = {style.style_id: style.name for style in document.styles}
    for element in document.element.body:
        if element.tag == qn("w:p"):
            style = element.pPr.pStyle.val if element.pPr is not None and element.pPr.pStyle is not None else "Normal"
            yield names[style], text_of(element)
        elif element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                yield "row", " | ".join(text_of(cell) for cell in row.iter(qn("w:tc")))


def text_of(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t")))
