"""Lines of audit formulas -> rules with ids, and the keys of the fields that they read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from communitycheck.errors import ExpressionError, RuleFileError
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.expression import GROUP_FUNCTIONS, RECORD_FUNCTIONS
from communitycheck.products.importing.dates import check_dates, date_codes
from communitycheck.products.importing.formulas import AuditRelation
from communitycheck.products.importing.lines import FormulaLine, SheetLines, canonical, relations_of
from communitycheck.products.importing.subjects import DEFAULT, subject_named, subject_of_table

_RESERVED = frozenset({"and", "or", "not", "in", "true", "false", *RECORD_FUNCTIONS, *GROUP_FUNCTIONS})


class Imported(Struct):
    """What became of a book. ``read`` is the sum of ``imported``, ``repeated`` and ``refused``.

    Attributes:
        standard: id of the standard. document: name of the book.
        repeated: line -> the imported line that states the same.
        refused: lines with the reason.
        rules: how many rules were made (a line may hold several relations). fields: how many indicators they read.
        text: the rule file. dates: the codes of dates, in lower case.
        lines: the line of each rule, by its id.
    """

    standard: str
    document: str
    sheets: list[SheetLines]
    imported: list[FormulaLine] = field(default_factory=list)
    repeated: list[tuple[FormulaLine, FormulaLine]] = field(default_factory=list)
    refused: list[tuple[FormulaLine, RuleFileError]] = field(default_factory=list)
    rules: int = 0
    fields: int = 0
    text: str = ""
    dates: frozenset[str] = frozenset()
    lines: dict[str, FormulaLine] = field(default_factory=dict)

    @property
    def read(self) -> int:
        return len(self.imported) + len(self.repeated) + len(self.refused)

    @property
    def exit_code(self) -> int:
        """1 where a line was refused."""
        return 1 if self.refused else 0

    def of_sheet(self, name: str) -> tuple[int, int, int]:
        """Lines of one sheet that were imported, repeated and refused."""
        return (
            sum(line.sheet == name for line in self.imported),
            sum(line.sheet == name for line, _ in self.repeated),
            sum(line.sheet == name for line, _ in self.refused),
        )


class ImportedRule(Struct):
    """One relation of a line as a rule; ``also`` are the lines that state the same."""

    id: str
    line: FormulaLine
    relation: AuditRelation
    entity: str = DEFAULT
    about_dates: bool = False
    also: list[FormulaLine] = field(default_factory=list)


def sort_out(
    result: Imported, entity: str | None = None, unfit: Mapping[FormulaLine, RuleFileError] | None = None
) -> list[ImportedRule]:
    """The rules of all lines, in the order of the book; fills in what was imported, repeated and refused.

    Of lines that state the same, the first that has a table code or serial number is imported, else the first.

    Args:
        entity: the kind of subject that all are about; by default what the book says.
        unfit: lines of which no rule can be made, with the reason.
    """
    lines = [line for sheet in result.sheets for line in sheet.lines]
    short = _short_tables({line.table for line in lines})
    result.dates = date_codes(r for line in lines for r in relations_of(line.text, line.condition)[0])
    taken: set[str] = set()
    stated: dict[tuple[str, ...], ImportedRule] = {}
    rules: list[ImportedRule] = []
    order = {line: i for i, line in enumerate(lines)}
    for line in sorted(lines, key=lambda line: not (line.table or line.serial)):
        relations, error = relations_of(line.text, line.condition)
        try:
            if fault := error or (unfit or {}).get(line):
                raise fault
            about_dates = [check_dates(relation, result.dates) for relation in relations]
            subject = entity or _subject(line, result.document)
        except RuleFileError as refusal:
            result.refused.append((line, refusal))
            continue
        said = [(subject, *canonical(relation)) for relation in relations]
        known = [stated[one] for one in said if one in stated]
        every = zip(relations, about_dates, said, strict=True)
        new = [(relation, dated) for relation, dated, one in every if one not in stated]
        for rule in known:
            rule.also.append(line)
        if not new:
            result.repeated.append((line, known[0].line))
            continue
        result.imported.append(line)
        for i, (relation, dated) in enumerate(new):
            base = _base_id(line, short) + (f"-{i + 1}" if len(relations) > 1 else "")
            rule = ImportedRule(_unique(base, taken, "-"), line, relation, subject, dated)
            stated.setdefault((subject, *canonical(relation)), rule)
            rules.append(rule)
    result.refused += [
        (line, ExpressionError("formula-outside-column")) for sheet in result.sheets for line in sheet.strays
    ]
    place = {sheet.name: i for i, sheet in enumerate(result.sheets)}
    result.imported.sort(key=lambda line: order[line])
    result.repeated.sort(key=lambda pair: order[pair[0]])
    result.refused.sort(key=lambda pair: (place[pair[0].sheet], pair[0].row, pair[0].cell))
    rules.sort(key=lambda rule: order[rule.line])
    result.lines = {rule.id: rule.line for rule in rules}
    return rules


def _subject(line: FormulaLine, document: str) -> str:
    """The kind of subject whose figures a line is about."""
    if line.subject:
        if not (named := subject_named(line.subject)):
            raise ExpressionError("formula-subject", text=line.subject)
        return named
    tables = (subject_of_table(name) for name in (line.table, line.sheet, document.rpartition(".")[0]))
    return next(filter(None, tables), DEFAULT)


def _short_tables(tables: set[str]) -> dict[str, str]:
    """Table codes without the words before them (综定NM301-02 is NM301-02), where they stay different."""
    short = {t: re.sub(r"^[^\x00-\x7f]+(?=[A-Za-z].*\d)", "", t) for t in tables}
    return short if len(set(short.values())) == len(short) else {t: t for t in tables}


def _base_id(line: FormulaLine, short: Mapping[str, str]) -> str:
    parts = [short[line.table] or line.sheet, line.serial or f"r{line.row}"]
    return as_id("-".join(parts)) or f"r{line.row}"


def as_id(text: str) -> str:
    """The text as an id: letters, digits, ``_ . -``; it begins with a letter or digit."""
    kept = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFKC", text)).strip("-._")
    return kept[:70].rstrip("-._")


def shared_fields(rules: Iterable[ImportedRule], dates: frozenset[str], dictionary: Dictionary) -> dict[str, str]:
    """Codes, in lower case, that are headings of a field of the dictionary -> its key: a column has one meaning alone.

    Only where the field holds what the book takes the code for, on the sheets of the subjects that its rules judge.
    """
    asked: dict[str, set[str]] = {}
    for rule in rules:
        for code in rule.relation.codes:
            asked.setdefault(code.casefold(), set()).add(rule.entity)
    meant: dict[str, list[Field]] = {}
    for one in dictionary.fields.values():
        for name in {name.casefold() for name in (one.label.zh, *one.aliases)} & asked.keys():
            meant.setdefault(name, []).append(one)
    return {
        code: fields[0].key
        for code, fields in meant.items()
        if len(fields) == 1
        and (fields[0].type == "date" if code in dates else fields[0].is_number and fields[0].type != "truth")
        and (not fields[0].entities or asked[code] <= set(fields[0].entities))
    }


def field_keys(codes: Iterable[str], known: frozenset[str], shared: Mapping[str, str]) -> dict[str, str]:
    """Code -> field key. Codes that differ in case alone are one; a name that means something else gets a mark."""
    keys: dict[str, str] = {}
    by_fold: dict[str, str] = dict(shared)
    taken = set(known) | _RESERVED
    for code in codes:
        fold = code.casefold()
        if fold not in by_fold:
            by_fold[fold] = _unique(re.sub(r"\W", "_", code), taken, "_")
        keys[code] = by_fold[fold]
    return keys


def _unique(base: str, taken: set[str], separator: str) -> str:
    """``base``, with a number behind it where it is taken."""
    name, n = base, 1
    while name in taken:
        n += 1
        name = f"{base}{separator}{n}"
    taken.add(name)
    return name
