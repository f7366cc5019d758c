"""A spreadsheet of audit formulas -> a standard. Every line of the book is imported, named as a repeat, or refused.

a workbook -> returns (open, layout) -> lines -> standards (audit formulas) -> the text of a rule file
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from communitycheck.errors import ReturnError, RuleFileError, UsageError
from communitycheck.messages import LANGS, Lang, say
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.standard import Jurisdiction
from communitycheck.model.text import Text
from communitycheck.nearest import nearest
from communitycheck.products.importing.lines import FormulaLine, read_lines
from communitycheck.products.importing.rules import Imported, ImportedRule, as_id, field_keys, shared_fields, sort_out
from communitycheck.products.importing.text import AuditRule, rule_file
from communitycheck.returns.files.open import open_file

COUNTRY = Jurisdiction("000000", "全国")


def import_formulas(
    path: str | Path,
    *,
    sheets: Sequence[str] = (),
    standard: str | None = None,
    jurisdiction: Jurisdiction = COUNTRY,
    dictionary: Dictionary | None = None,
    entity: str | None = None,
    unfit: Mapping[FormulaLine, RuleFileError] | None = None,
) -> Imported:
    """Make a standard of the audit formulas in a spreadsheet.

    Args:
        sheets: read these alone; default: all.
        standard: what to call the standard; default: the file's name. Signs that an id cannot hold become hyphens.
        entity: the kind of subject whose figures the formulas are about; default: what the book says, else a period.
        unfit: lines of which no rule can be made, with the reason.
        dictionary: the fields that are known; a code that heads the column of one is that field.

    Raises:
        ReturnError: the file cannot be read, or holds no column of formulas (``import-nothing``).
        UsageError: ``import-no-sheet``.
    """
    opened = open_file(path)
    grids = opened.grids
    stem = Path(path).stem
    names = [grid.sheet or stem for grid in grids]
    for wanted in sheets:
        if wanted not in names:
            near = nearest(wanted, names)
            raise UsageError("import-no-sheet", name=wanted, near=near, known="、".join(names))
    found = [read_lines(g, n) for g, n in zip(grids, names, strict=True) if not sheets or n in sheets]
    if not any(sheet.lines for sheet in found):
        raise ReturnError("import-nothing", path=str(path))
    result = Imported(as_id(standard or stem) or "imported", Path(path).name, found)
    rules = sort_out(result, entity, unfit)
    fields = dictionary or Dictionary({})
    shared = shared_fields(rules, result.dates, fields)
    known = frozenset(name for f in fields.fields.values() for name in (f.key, *f.also))
    keys = field_keys([code for rule in rules for code in rule.relation.codes], known, shared)
    result.rules, result.fields = len(rules), len(set(keys.values()))
    result.text = _text(result, rules, keys, frozenset(shared.values()), jurisdiction)
    return result


# --- the rule file


def place_of(line: FormulaLine, lang: Lang = "zh") -> str:
    """Sheet and row of a line, for people."""
    return say("import-place", lang, sheet=line.sheet, row=line.row)


def _text(
    result: Imported,
    rules: Sequence[ImportedRule],
    keys: Mapping[str, str],
    shared: frozenset[str],
    jurisdiction: Jurisdiction,
) -> str:
    counts = {"read": result.read, "rules": len(rules)}
    counts |= {"repeated": len(result.repeated), "refused": len(result.refused)}
    head = [say("import-head", "zh", document=result.document, **counts)]
    for line, error in result.refused:
        why = say(error.code, "zh", **error.values)
        head.append(say("import-head-refused", "zh", place=place_of(line), text=line.text, why=why))
    return rule_file(
        [
            AuditRule(r.id, _title(r.line), _clause(r.line), r.relation, _also(r.also), r.entity, r.about_dates)
            for r in rules
        ],
        keys,
        {keys[code] for code in keys if code.casefold() in result.dates},
        shared,
        standard=result.standard,
        title=Path(result.document).stem,
        document=result.document,
        jurisdiction=jurisdiction,
        head=head,
    )


def _title(line: FormulaLine) -> str:
    """The formula as the book has it, with its condition where that stands in a cell of its own."""
    if not line.condition:
        return line.text
    return say("import-conditional", "zh", condition=line.condition, text=line.text)


def _clause(line: FormulaLine) -> str:
    """Where the line stands in the book: sheet, row, table code and serial number."""
    table = say("import-clause-table", "zh", table=line.table) if line.table else ""
    serial = say("import-clause-serial", "zh", serial=line.serial) if line.serial else ""
    return say("import-clause", "zh", place=place_of(line), table=table, serial=serial)


def _also(lines: Sequence[FormulaLine]) -> Text | None:
    """Where the book states the same again."""
    if not lines:
        return None
    zh, en = (say("list-comma", lang).join(place_of(line, lang) for line in lines) for lang in LANGS)
    return Text(say("import-repeated-note", "zh", places=zh), say("import-repeated-note", "en", places=en))
