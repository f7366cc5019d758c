"""Cell formats of a workbook, added to: every new one is made from one that is there, so that a coloured cell keeps
its number format, its font and its borders."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from communitycheck.errors import NotMarkedError
from communitycheck.products.markup.ooxml.parts import RELATIONS, STRICT, STRICT_RELATIONS, TRANSITIONAL, Package

MOST = 65_000  # cell formats that a spreadsheet program takes (65,490), with some left for its own
# The schema's order of what stands in the style sheet before the cell formats.
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
# What each of these begins with; of fills, programs take the first two as their own whatever stands there.
_FIRST = {
    "fonts": ['<font><sz val="11"/><name val="Calibri"/></font>'],
    "fills": [f'<fill><patternFill patternType="{pattern}"/></fill>' for pattern in ("none", "gray125")],
    "borders": ["<border><left/><right/><top/><bottom/><diagonal/></border>"],
}
_EMPTY = (
    '<styleSheet xmlns="{0}">'
    + "".join(f'<{name} count="{len(first)}">{"".join(first)}</{name}>' for name, first in _FIRST.items())
    + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)


class Styles:
    """The style sheet of a workbook.

    Args:
        strict: of a workbook in the strict form; matters only where it has no style sheet yet.

    Raises:
        NotMarkedError: ``not-marked-broken``: the style sheet is no XML.
    """

    def __init__(self, package: Package, book: str, *, strict: bool) -> None:
        self._package = package
        found = package.related(book, "styles")
        if found is None:
            found = package.new_name("xl/styles", ".xml")
            package.put(found, _EMPTY.format(STRICT if strict else TRANSITIONAL).encode())
            package.declare(found, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml")
            package.relate(book, f"{STRICT_RELATIONS if strict else RELATIONS}/styles", found)
        self.part = found
        self._tree = package.tree(found)
        self._root = self._tree.getroot()
        self._space = self._root.tag.rpartition("}")[0] + "}"
        self._xfs = self._section("cellXfs")
        self._known: dict[tuple[Any, ...], int] = {}
        self._count = len(self._elements(self._xfs))
        if not self._count:
            self._add(self._xfs, self._new("xf", numFmtId="0", fontId="0", fillId="0", borderId="0", xfId="0"))
            self._count = 1

    def filled(self, base: int, colour: str) -> int:
        """The format ``base`` with another background (``FFC7CE``)."""
        key = ("filled", base, colour)
        if key not in self._known:
            xf = self._copy(base)
            fill = self._fill(colour, self._shade(xf))
            self._known[key] = self._add_xf(xf, fillId=str(fill), applyFill="1")
        return self._known[key]

    def look(
        self, *, bold: bool = False, size: float = 10, colour: str = "", fill: str = "", line: bool = False,
        link: bool = False, wrap: bool = False, right: bool = False,
    ) -> int:  # fmt: skip
        """A format of our own in the workbook's first font, for text that is never taken for a formula."""
        key = ("look", bold, size, colour, fill, line, link, wrap, right)
        if key not in self._known:
            xf = self._new("xf", numFmtId="0", borderId="0", xfId="0", quotePrefix="1", applyAlignment="1")
            align = {"vertical": "center"}
            align |= {"wrapText": "1"} if wrap else {}
            align |= {"horizontal": "right", "indent": "1"} if right else {}
            xf.append(self._new("alignment", **align))
            font = self._font(bold=bold, size=size, colour=colour, link=link)
            more = {"fontId": str(font), "applyFont": "1", "fillId": str(self._fill(fill)) if fill else "0"}
            more |= {"borderId": str(self._line()), "applyBorder": "1"} if line else {}
            self._known[key] = self._add_xf(xf, **more)
        return self._known[key]

    def save(self) -> None:
        """Hand the style sheet back to the package."""
        self._package.put_tree(self.part, self._tree)

    def cleared(self, colours: Iterable[str]) -> dict[int, int]:
        """Formats with one of these backgrounds, from an earlier round -> the same with the background below it."""
        shades = {f"FF{colour}" for colour in colours}
        below: dict[str, int] = {}
        for number, fill in enumerate(self._elements(self._section("fills"))):
            shade = fill.find(f".//{self._space}fgColor")
            if shade is not None and (shade.get("rgb") or "").upper() in shades:
                kept = fill.find(f".//{self._space}bgColor")
                own = None if kept is None or kept.get("indexed") == "64" else dict(kept.attrib)
                below[str(number)] = self._solid(own) if own else 0
        shaded = [(k, xf) for k, xf in enumerate(self._elements(self._xfs)) if xf.get("fillId") in below]
        return {k: self._add_xf(deepcopy(xf), fillId=str(below[xf.get("fillId")]), applyFill="1") for k, xf in shaded}

    def _shade(self, xf: Any) -> dict[str, str]:
        """The colour of a plain background; empty where there is none."""
        fills = self._elements(self._section("fills"))
        number = int(xf.get("fillId") or 0)
        pattern = fills[number].find(f"{self._space}patternFill") if number < len(fills) else None
        if pattern is None or pattern.get("patternType") != "solid":
            return {}
        shade = pattern.find(f"{self._space}fgColor")
        return {} if shade is None else dict(shade.attrib)

    # parts of the style sheet

    def _section(self, name: str) -> Any:
        found = self._root.find(self._space + name)
        if found is None:
            found = self._new(name)
            later = _ORDER[_ORDER.index(name) + 1 :]
            follower = next((e for e in self._root if e.tag in {self._space + n for n in later}), None)
            if follower is not None:
                follower.addprevious(found)
            else:
                before = [e for e in self._root if e.tag in {self._space + n for n in _ORDER}]
                self._root.insert(self._root.index(before[-1]) + 1 if before else 0, found)
        return found

    def _begun(self, name: str) -> Any:
        """A section with the entries that cells have which say nothing: programs that write few leave them out."""
        from lxml import etree

        section = self._section(name)
        for entry in _FIRST[name][len(self._elements(section)) :]:
            self._add(section, etree.fromstring(entry.replace(">", f' xmlns="{self._space[1:-1]}">', 1)))
        return section

    def _elements(self, section: Any) -> list[Any]:
        return [e for e in section if isinstance(e.tag, str)]

    def _new(self, name: str, **attributes: str) -> Any:
        from lxml import etree

        element = etree.Element(self._space + name, nsmap=self._root.nsmap)
        for key, value in attributes.items():
            element.set(key, value)
        return element

    def _add(self, section: Any, element: Any) -> int:
        section.append(element)
        number = len(self._elements(section))
        section.set("count", str(number))
        return number - 1

    def _add_xf(self, xf: Any, **attributes: str) -> int:
        for key, value in attributes.items():
            xf.set(key, value)
        if self._count >= MOST:
            raise NotMarkedError("not-marked-formats", path=self._package.path)
        self._xfs.append(xf)
        self._count += 1
        self._xfs.set("count", str(self._count))
        return self._count - 1

    def _copy(self, base: int) -> Any:
        known = self._elements(self._xfs)
        return deepcopy(known[base] if base < len(known) else known[0])

    def _fill(self, colour: str, below: dict[str, str] | None = None) -> int:
        """A plain background. What it covers is kept as its second colour, which a plain one does not show."""
        return self._solid({"rgb": f"FF{colour}"}, below)

    def _solid(self, shade: dict[str, str], below: dict[str, str] | None = None) -> int:
        key = ("fill", *shade.items(), *(below or {}).items())
        if key not in self._known:
            fill = self._new("fill")
            pattern = self._new("patternFill", patternType="solid")
            pattern.append(self._new("fgColor", **shade))
            pattern.append(self._new("bgColor", **(below or {"indexed": "64"})))
            fill.append(pattern)
            self._known[key] = self._add(self._begun("fills"), fill)
        return self._known[key]

    def _line(self) -> int:
        key = ("line",)
        if key not in self._known:
            border = self._new("border")
            for side in ("left", "right", "top", "bottom", "diagonal"):
                border.append(self._new(side))
            bottom = border[3]
            bottom.set("style", "thin")
            bottom.append(self._new("color", rgb="FFA6A6A6"))
            self._known[key] = self._add(self._begun("borders"), border)
        return self._known[key]

    def _font(self, *, bold: bool, size: float, colour: str, link: bool) -> int:
        key = ("font", bold, size, colour, link)
        if key not in self._known:
            fonts = self._begun("fonts")
            own = self._elements(fonts)
            first = own[0] if own else None
            font = self._new("font")
            # In the order in which programs write them.
            if bold:
                font.append(self._new("b"))
            if link:
                font.append(self._new("u"))
            font.append(self._new("sz", val=f"{size:g}"))
            if colour:
                font.append(self._new("color", rgb=f"FF{colour}"))
            for name in ("name", "family", "charset", "scheme"):
                kept = None if first is None else first.find(self._space + name)
                if kept is not None:
                    font.append(deepcopy(kept))
            self._known[key] = self._add(fonts, font)
        return self._known[key]
