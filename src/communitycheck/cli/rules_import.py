"""``communitycheck rules import``: parse, call, render, exit."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communitycheck.cli.check import say_out
from communitycheck.cli.options import one_of
from communitycheck.errors import UsageError
from communitycheck.messages import Lang, say

if TYPE_CHECKING:
    from communitycheck.products.importing.lines import FormulaLine
    from communitycheck.products.importing.rules import Imported

# So many repeated lines of one sheet are listed one by one; more are summed up.
_LISTED = 5


def run_rules_import(
    path: str,
    *,
    output: str | None,
    sheet: list[str] | str | None,
    format_: str,
    lang: Lang,
    force: bool = False,
    region: str | None = None,
) -> int:
    """Make a rule file of a book of audit formulas; 1 where lines were refused, else 0."""
    from communitycheck.model.find_region import find_region
    from communitycheck.products.importing.front import COUNTRY, import_formulas
    from communitycheck.reporting.files import write_file
    from communitycheck.resources import data_dir
    from communitycheck.standards.book import load_rule_book

    one_of("--format", format_, ("text", "json"))
    target = None if output is None else Path(output)
    if target is not None and target.suffix.lower() not in (".yaml", ".yml"):
        raise UsageError("import-not-yaml", path=output)
    if target is not None and target.exists() and not force:
        raise UsageError("import-exists", path=output)
    book = load_rule_book([data_dir("rules")])
    place = COUNTRY if region is None else find_region(region, book.jurisdictions()).place
    names = {name for f in book.dictionary.fields.values() for name in (f.key, *f.also)}
    sheets = [sheet] if isinstance(sheet, str) else sheet or []
    named = target.stem if target is not None else None
    result = import_formulas(path, sheets=sheets, standard=named, jurisdiction=place, known_names=names)
    if target is not None:
        write_file(target, [result.text])
    code = 1 if result.refused else 0
    if format_ == "json":
        say_out(_as_json(result, output, code, lang))
    else:
        say_out("\n".join(_as_text(result, output, lang)) + "\n")
    return code


def _as_text(result: Imported, output: str | None, lang: Lang) -> list[str]:
    from communitycheck.products.importing.front import place_of

    out = []
    for sheet in result.sheets:
        imported, repeated, refused = result.of_sheet(sheet.name)
        if sheet.columns:
            letters = "、".join(letter for letter, _, _ in sheet.columns)
            header = "、".join(header for _, header, _ in sheet.columns)
            numbers: dict[str, Any] = {"imported": imported, "repeated": repeated, "refused": refused}
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


def _as_json(result: Imported, output: str | None, code: int, lang: Lang) -> str:
    def line_of(line: FormulaLine) -> dict[str, Any]:
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
        "summary": {**_counts(result), "exit_code": code},
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
