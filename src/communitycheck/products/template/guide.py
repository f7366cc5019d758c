"""The guidance sheet of a blank return: standards, how to fill in, every column with its clauses and thresholds."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from communitycheck.printable import one_line
from communitycheck.products.template.blank import Template, TemplateColumn
from communitycheck.products.template.words import TemplateWords
from communitycheck.reporting.excel import LINE, text_width

WIDTHS = (13, 28, 10, 38, 14, 15, 62)  # sheet, column, needed, how, rule, clause, what is checked
LISTS = 30  # hidden column from which long lists to choose from stand
_REQUIRED, _OPTIONAL = "#F8CBAD", "#DDEBF7"


def write_guide(
    workbook: Workbook, page: Worksheet, template: Template, words: TemplateWords, lists: Sequence[tuple[str, ...]]
) -> dict[tuple[str, ...], str]:
    """Write the guidance; returns where each of ``lists`` stands, as a cell's check refers to it."""
    guide = _Guide(workbook, page, template, words)
    guide.standards()
    guide.how()
    guide.columns()
    guide.aside()
    return guide.lists(lists)


class _Guide:
    def __init__(self, workbook: Workbook, page: Worksheet, template: Template, words: TemplateWords) -> None:
        self.page, self.template, self.words, self.say = page, template, words, words.say
        wrap = {"text_wrap": True, "valign": "top"}
        self.plain = workbook.add_format(wrap)
        self.cell = workbook.add_format({**wrap, "border": 1, "border_color": "#BFBFBF"})
        self.head = workbook.add_format({**wrap, "bold": True, "bg_color": "#D9D9D9", "border": 1})
        self.section_ = workbook.add_format({"bold": True, "font_size": 12, "valign": "vcenter"})
        fills = {True: _REQUIRED, False: _OPTIONAL}
        self.need = {
            k: workbook.add_format({**wrap, "border": 1, "border_color": "#BFBFBF", "bg_color": v})
            for k, v in fills.items()
        }
        for k, width in enumerate(WIDTHS):
            page.set_column(k, k, width)
        title = self.say("template-guidance-title", place=template.place).strip()
        page.set_row(0, 30)
        page.write_string(0, 0, title, workbook.add_format({"bold": True, "font_size": 16, "valign": "vcenter"}))
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.set_footer(f"&C{self.say('template-page')}")
        self.row = 1

    def standards(self) -> None:
        """Which standards the return is for."""
        self._section("template-about")
        codes = ("column-standard", "template-head-document", "template-head-issuer", "template-head-place")
        spans = ((0, 1), (2, 4), (5, 5), (6, 6))
        self._spread([self.say(c) for c in codes], spans, self.head)
        for one in self.template.standards:
            source = one.source
            day = source.date.isoformat() if source.date else ""
            document = self.say("comma").join(x for x in (self.say("card-document", title=source.document), day) if x)
            title = f"{one.title.in_lang(self.words.lang)} ({one.id})"
            self._spread([title, document, source.issuer, one.jurisdiction.name], spans, self.cell)

    def how(self) -> None:
        """How to fill in, point by point."""
        self._section("template-how")
        entities = [s.entity for s in self.template.sheets]
        listed = self.words.wording.listed
        values = {
            "entities": listed(self.words.wording.entity(e) for e in entities),
            "sheets": listed(self.words.sheet(e) for e in entities),
        }
        points = ("rows", "header", "required", "blank", "exempt", "numbers", "date", "check")
        for number, point in enumerate(points, start=1):
            text = f"{number}. {self.say(f'template-how-{point}', **values)}"
            self._spread([text], ((0, len(WIDTHS) - 1),), self.plain)

    def columns(self) -> None:
        """Every column, a row for each rule that reads it."""
        self._section("template-columns")
        codes = ("sheet", "column", "need", "fill")
        heads = [self.say(f"template-head-{c}") for c in codes]
        heads += [self.say("column-rule"), self.say("column-clause"), self.say("template-head-check")]
        self._row(heads, [self.head] * len(WIDTHS))
        self.first = self.row - 1
        for sheet in self.template.sheets:
            for column in sheet.columns:
                self._column(self.words.sheet(sheet.entity), column)

    def _column(self, sheet: str, column: TemplateColumn) -> None:
        say, words = self.say, self.words
        need = say("template-legend-required" if column.required else "template-legend-optional")
        note = one_line(column.field.note.in_lang(words.lang))
        fill = words.fill(column) + (f"\n{note}" if note else "")
        tail = [
            (words.rule_id(u), u.rule.clause, f"{words.check(u)} [{words.wording.severity(u.rule.severity)}]")
            for u in column.uses
            if u.judged
        ]
        scope = words.scope(column)
        tail += [("", "", scope)] if scope else []
        formats = [self.cell, self.cell, self.need[column.required], *[self.cell] * 4]
        for k, (rule, clause, check) in enumerate(tail or [("", "", "")]):
            front = (sheet, column.header, need, fill) if k == 0 else (sheet, column.header, "", "")
            self._row([*front, rule, clause, check], formats if k == 0 else [self.cell] * len(WIDTHS))

    def aside(self) -> None:
        """Clauses that people have to look at, or that are about others."""
        if not self.template.aside:
            return
        self._section("template-aside")
        spans = ((0, 0), (1, 2), (3, 3), (4, 6))
        heads = ("column-rule", "column-clause", "column-title", "template-head-reason")
        self._spread([self.say(c) for c in heads], spans, self.head)
        for standard, rule in self.template.aside:
            title = self.words.wording.rule_title(rule)
            self._spread([rule.id, rule.clause, title, self.words.aside(standard, rule)], spans, self.cell)

    def lists(self, lists: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
        """Long lists, in hidden columns."""
        found: dict[tuple[str, ...], str] = {}
        for k, choices in enumerate(lists):
            for row, choice in enumerate(choices):
                self.page.write_string(row, LISTS + k, choice)
            letter = xl_col_to_name(LISTS + k)
            found[choices] = f"='{self.words.guide}'!${letter}$1:${letter}${len(choices)}"
        if lists:
            self.page.set_column(LISTS, LISTS + len(lists) - 1, None, None, {"hidden": True})
        self.page.print_area(0, 0, self.row - 1, len(WIDTHS) - 1)
        return found

    def _section(self, code: str) -> None:
        self.page.set_row(self.row, 26)
        self.page.write_string(self.row, 0, self.say(code), self.section_)
        self.row += 1

    def _row(self, texts: Sequence[str], formats: Sequence[Format]) -> None:
        for k, (text, format_) in enumerate(zip(texts, formats, strict=True)):
            self.page.write_string(self.row, k, text, format_) if text else self.page.write_blank(
                self.row, k, None, format_
            )
        self._end(max(_lines(t, w) for t, w in zip(texts, WIDTHS, strict=True)))

    def _spread(self, texts: Sequence[str], spans: Sequence[tuple[int, int]], format_: Format) -> None:
        """One row whose cells run over several columns."""
        lines = 1
        for text, (first, last) in zip(texts, spans, strict=True):
            if first == last:
                self.page.write_string(self.row, first, text, format_)
            else:
                self.page.merge_range(self.row, first, self.row, last, text, format_)
            lines = max(lines, _lines(text, sum(WIDTHS[first : last + 1])))
        self._end(lines)

    def _end(self, lines: int) -> None:
        self.page.set_row(self.row, min(LINE * lines + 2, 400))
        self.row += 1


def _lines(text: str, width: int) -> int:
    return sum(max(1, -(-text_width(part) // (width - 1))) for part in text.split("\n")) if text else 1


__all__ = ["write_guide"]
