"""A blank return as an Excel workbook: guidance, then a sheet to fill in for each kind of subject.

The workbook carries a mark in its document properties (toolkit version, standards and their SHA-256), which a
spreadsheet program keeps and no reader takes for data.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from communitycheck.messages import Lang
from communitycheck.printable import clip
from communitycheck.products.template.blank import Template, TemplateColumn, TemplateSheet
from communitycheck.products.template.guide import write_guide
from communitycheck.products.template.words import TemplateWords
from communitycheck.reporting.excel import FONTS, LINE, close_workbook, new_workbook, text_width

HEADER = 2  # row of the header, counted from 0: a title and a line for unit and date stand above
LAST = 20_000  # row down to which cells are checked while they are filled in
RULED = 25  # rows that are ruled from the start, so that a blank return can be printed and filled in by hand
FORMATTED = 500  # rows whose percentage cells are there from the start, for programs that fill the sheet in
TITLE, MESSAGE, LIST = 32, 255, 255  # characters that Excel allows in a prompt's title, in its text, in a list
NARROW, WIDE, LINES = 9, 24, 4
ONE_LINE = 14  # headers up to this width are not broken
_REQUIRED, _OPTIONAL, _MISSING = "#F8CBAD", "#DDEBF7", "#FDE9DD"
_RULED = {"border": 1, "border_color": "#A6A6A6"}
_WHOLE = frozenset({"int", "count", "days"})
_SHAPES = {"share": "0.0###%", "date": "yyyy-mm-dd", "code": "@", "text": "@", "identity": "@", "items": "@"}


def write_template(template: Template, sink: IO[bytes], lang: Lang) -> None:
    """Write the workbook: the same template gives the same bytes.

    Raises:
        OSError: the file could not be written.
    """
    words = TemplateWords(template, lang)
    # In memory, so that no file is left behind where the disk is full.
    workbook = new_workbook(sink, FONTS[lang], _day(template), in_memory=True)
    _mark(workbook, template)
    guide = workbook.add_worksheet(words.guide)
    lists = write_guide(workbook, guide, template, words, _long_lists(template))
    for sheet in template.sheets:
        _Form(workbook, template, sheet, words, lists).write()
    close_workbook(workbook)


def _day(template: Template) -> date:
    """The newest document dates the workbook."""
    days = [s.source.date or s.in_force_from for s in template.standards]
    return max((d for d in days if d is not None), default=date(2000, 1, 1))


def _mark(workbook: Workbook, template: Template) -> None:
    workbook.set_custom_property("communitycheck-template", template.version)
    for number, standard in enumerate(template.standards, start=1):
        workbook.set_custom_property(f"communitycheck-standard-{number}", f"{standard.id} sha256:{standard.sha256}")


def _long_lists(template: Template) -> list[tuple[str, ...]]:
    """Choices that Excel cannot hold inside a cell's check."""
    every = dict.fromkeys(c.choices for s in template.sheets for c in s.columns if c.choices)
    return [choices for choices in every if len(",".join(choices)) > LIST or any("," in c for c in choices)]


class _Form:
    """One sheet to fill in."""

    def __init__(
        self,
        workbook: Workbook,
        template: Template,
        sheet: TemplateSheet,
        words: TemplateWords,
        lists: dict[tuple[str, ...], str],
    ) -> None:
        self.template, self.sheet, self.words, self.lists = template, sheet, words, lists
        self.page = workbook.add_worksheet(words.sheet(sheet.entity))
        self.format = workbook.add_format

    def write(self) -> None:
        self._set_up()
        head = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
        colours = {
            True: self.format({**head, "bg_color": _REQUIRED}),
            False: self.format({**head, "bg_color": _OPTIONAL}),
        }
        lines = 1
        for k, column in enumerate(self.sheet.columns):
            width, needed = _width(column)
            lines = max(lines, needed)
            look = {"num_format": _SHAPES.get(column.field.type, "General"), "valign": "vcenter"}
            look |= {"align": "center"} if column.choices else {}
            shape, ruled = self.format(look), self.format({**look, **_RULED})
            self.page.set_column(k, k, width, shape)
            self.page.write_string(HEADER, k, column.header, colours[column.required])
            self.page.data_validation(HEADER + 1, k, LAST - 1, k, self._check(column))
            there = FORMATTED if column.field.type == "share" else RULED
            for row in range(there):
                self.page.write_blank(HEADER + 1 + row, k, None, ruled if row < RULED else shape)
        self.page.set_row(HEADER, LINE * lines + 6)
        self._mark_rows()

    def _set_up(self) -> None:
        """Title, caption, frozen header, and how it prints."""
        page, say = self.page, self.words.say
        plain = self.format({"num_format": "General"})
        page.set_row(0, 27, plain)
        page.set_row(1, 20, plain)
        title = self.words.title(self.sheet.entity)
        page.write_string(0, 0, title, self.format({"bold": True, "font_size": 16, "valign": "vcenter"}))
        page.write_string(1, 0, say("template-caption"), self.format({"valign": "vcenter", "font_color": "#404040"}))
        page.freeze_panes(HEADER + 1, self.sheet.name_column + 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.repeat_rows(HEADER)
        page.repeat_columns(0, self.sheet.name_column)
        page.set_footer(f"&C{say('template-page')}")
        if sum(_width(c)[0] for c in self.sheet.columns) <= 170:
            page.fit_to_pages(1, 0)

    def _mark_rows(self) -> None:
        """Rows with a name are ruled, and their required cells coloured while they are empty."""
        name, row = xl_col_to_name(self.sheet.name_column), HEADER + 2
        everything = (HEADER + 1, 0, LAST - 1, len(self.sheet.columns) - 1)
        ruled = {"type": "formula", "criteria": f'=${name}{row}<>""', "format": self.format(_RULED)}
        self.page.conditional_format(*everything, ruled)
        wanted = [k for k, c in enumerate(self.sheet.columns) if c.required and k != self.sheet.name_column]
        if not wanted:
            return
        spans = [f"{xl_col_to_name(a)}{row}:{xl_col_to_name(b)}{LAST}" for a, b in _runs(wanted)]
        first = xl_col_to_name(wanted[0])
        self.page.conditional_format(
            spans[0],
            {
                "type": "formula",
                "criteria": f'=AND(${name}{row}<>"",{first}{row}="")',
                "format": self.format({"bg_color": _MISSING}),
                "multi_range": " ".join(spans),
            },
        )

    def _check(self, column: TemplateColumn) -> dict[str, object]:
        """What Excel lets into a cell of the column, and what it says there."""
        say, field = self.words.say, column.field
        fill = self.words.fill(column)
        rules: dict[str, object] = {
            "validate": "any",
            "input_title": clip(column.header, TITLE),
            "input_message": self.words.prompt(column, MESSAGE),
            "error_title": say("template-error-title"),
            "ignore_blank": True,
        }
        if column.choices:
            source: Any = self.lists.get(column.choices) or list(column.choices)
            return {**rules, "validate": "list", "source": source, "error_message": say("template-error-choice")}
        if field.type == "date":
            limits: dict[str, object] = {"validate": "date", "criteria": ">=", "value": date(1900, 1, 1)}
        elif field.is_number:
            limits = {"validate": "integer" if field.type in _WHOLE else "decimal", **self._limits(column)}
        else:
            return rules
        # A warning, not a stop: 不适用 and opening times are right answers in a column of numbers.
        message = clip(say("template-error-number", fill=fill), MESSAGE)
        return {**rules, **limits, "error_type": "warning", "error_message": message}

    def _limits(self, column: TemplateColumn) -> dict[str, object]:
        low, high = self.words.limits(column.field)
        if column.field.zero_impossible and low <= 0 and column.field.type not in _WHOLE:
            above = {"criteria": "between", "minimum": 1e-6, "maximum": high}
            return {"criteria": ">", "value": 0} if high is None else above
        if high is None:
            return {"criteria": ">=", "value": low}
        return {"criteria": "between", "minimum": low, "maximum": high}


def _width(column: TemplateColumn) -> tuple[float, int]:
    """Width of a column, and lines of its header."""
    text = text_width(column.header)
    longest = max((text_width(c) for c in column.choices), default=0) + 4
    least = {"date": 12, "code": 15, "items": 24}.get(column.field.type, NARROW)
    if column.lead and column.field.type == "text":
        least = 14 if not column.required else 12
    word = max((text_width(w) for w in column.header.split() if w.isascii()), default=0) + 3
    width = max(least, longest, min(word, WIDE), text + 2 if text <= ONE_LINE else min(-(-text // 2) + 3, WIDE))
    while width < WIDE and -(-text // (width - 2)) > LINES:
        width += 1
    return width, -(-text // (width - 2))


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers as spans."""
    spans: list[tuple[int, int]] = []
    for k in places:
        if spans and spans[-1][1] == k - 1:
            spans[-1] = (spans[-1][0], k)
        else:
            spans.append((k, k))
    return spans


__all__ = ["write_template"]
