"""What became of a book of audit formulas, as text and JSON."""

from __future__ import annotations

from itertools import groupby

from communitycheck.messages import Lang, say
from communitycheck.printable import as_json
from communitycheck.products.importing.front import place_of
from communitycheck.products.importing.lines import FormulaLine
from communitycheck.products.importing.rules import Imported

# So many repeated lines of one sheet are listed one by one; more are summed up.
_LISTED = 5


def render_import(found: Imported, output: str | None, format: str, lang: Lang) -> str:
    """What was imported, repeated and refused; ``output`` is the rule file that was written, if one was."""
    if format == "json":
        return _json(found, output, lang)
    return "\n".join(_text(found, output, lang)) + "\n"


def _text(result: Imported, output: str | None, lang: Lang) -> list[str]:
    out = []
    for sheet in result.sheets:
        imported, repeated, refused = result.of_sheet(sheet.name)
        if sheet.columns:
            letters = "、".join(letter for letter, _, _ in sheet.columns)
            header = "、".join(header for _, header, _ in sheet.columns)
            numbers: dict[str, object] = {"imported": imported, "repeated": repeated, "refused": refused}
            numbers["read"] = imported + repeated + refused
            out.append(say("import-sheet", lang, sheet=sheet.name, column=letters, header=header, **numbers))
        else:
            out.append(say("import-sheet-none", lang, sheet=sheet.name))
        for letter, header, count in sheet.copies:
            out.append(say("import-sheet-copies", lang, sheet=sheet.name, column=letter, header=header, count=count))
    for name, pairs in groupby(result.repeated, key=lambda pair: pair[0].sheet):
        same = list(pairs)
        if len(same) > _LISTED:
            rows = {"first": same[0][0].row, "last": same[-1][0].row}
            out.append(say("import-repeated-sheet", lang, sheet=name, count=len(same), **rows))
            continue
        for line, first in same:
            where = {"place": place_of(line, lang), "first": place_of(first, lang)}
            out.append(say("import-repeated", lang, text=line.text, **where))
    for line, error in result.refused:
        why = say(error.code, lang, **error.values)
        out.append(say("import-refused", lang, place=place_of(line, lang), text=line.text, why=why))
    out.append(say("import-total", lang, **_counts(result)))
    code, values = ("import-unwritten", {}) if output is None else ("import-written", {"path": output})
    out.append(say(code, lang, standard=result.standard, **values))
    return out


def _counts(result: Imported) -> dict[str, int]:
    return {
        "read": result.read,
        "imported": len(result.imported),
        "repeated": len(result.repeated),
        "refused": len(result.refused),
        "rules": result.rules,
        "fields": result.fields,
    }


def _json(result: Imported, output: str | None, lang: Lang) -> str:
    def line_of(line: FormulaLine) -> dict[str, object]:
        return {
            "sheet": line.sheet,
            "row": line.row,
            "cell": line.cell,
            "text": line.text,
            "table": line.table or None,
            "serial": line.serial or None,
        }

    sheets = []
    for sheet in result.sheets:
        imported, repeated, refused = result.of_sheet(sheet.name)
        sheets.append(
            {
                "name": sheet.name,
                "read": imported + repeated + refused,
                "imported": imported,
                "repeated": repeated,
                "refused": refused,
                "columns": [{"column": c, "header": h, "formulas": n} for c, h, n in sheet.columns],
                "copies": [{"column": c, "header": h, "cells": n} for c, h, n in sheet.copies],
            }
        )
    report = {
        "schema": "communitycheck-import/1",
        "document": result.document,
        "standard": result.standard,
        "output": output,
        "sheets": sheets,
        "repeated": [{**line_of(line), "first": line_of(first)} for line, first in result.repeated],
        "refused": [
            {**line_of(line), "code": error.code, "message": say(error.code, lang, **error.values)}
            for line, error in result.refused
        ],
        "summary": {**_counts(result), "exit_code": result.exit_code},
    }
    return as_json(report, indent=2) + "\n"
