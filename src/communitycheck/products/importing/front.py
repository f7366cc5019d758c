"""A spreadsheet of audit formulas -> a standard. Every line of the book is imported, named as a repeat, or refused.

a workbook -> returns (open, layout) -> lines -> standards (audit formulas) -> the text of a rule file
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from communitycheck.errors import ExpressionError, ReturnError, UsageError
from communitycheck.messages import LANGS, Lang, say
from communitycheck.model.expression import GROUP_FUNCTIONS, RECORD_FUNCTIONS
from communitycheck.model.standard import Jurisdiction
from communitycheck.model.text import Text
from communitycheck.products.importing.formulas import Relation, looks_like_formula, parse_formula
from communitycheck.products.importing.text import AuditRule, one_line, rule_file

if TYPE_CHECKING:
    from communitycheck.returns.grid import Grid

COUNTRY = Jurisdiction("000000", "全国")

_FORMULA_HEADER = re.compile(
    r"公式|审核关系|关系式|(?:逻辑|校验|平衡|勾稽)关系|表达式|formula|relation|expression", re.I
)
_TABLE_HEADER = re.compile(r"(?:报?表|表格|报表)(?:代码|代号|编号|编码|号|名称?)|报表|table(?:code|name|no\.?)?", re.I)
_SERIAL_HEADER = re.compile(r"(?:审核|公式|规则)?(?:序号|编号|顺序号)|序|no\.?|№|id|serial(?:no\.?)?", re.I)
_SIGN = "[<>=≥≤≧≦⩾⩽＝＞＜≠]"
_RESERVED = frozenset({"and", "or", "not", "in", "true", "false", *RECORD_FUNCTIONS, *GROUP_FUNCTIONS})


@dataclass(frozen=True, slots=True)
class Line:
    """One formula of the book. ``row`` counts from 1; ``table`` and ``serial`` are empty where the book has none."""

    sheet: str
    row: int
    cell: str
    text: str
    table: str = ""
    serial: str = ""


@dataclass(slots=True)
class SheetLines:
    """What one sheet holds. ``columns`` and ``copies`` are (letter, header, cells): columns of formulas, and those
    that only write the formula of their row again."""

    name: str
    columns: list[tuple[str, str, int]] = field(default_factory=list)
    copies: list[tuple[str, str, int]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    strays: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Imported:
    """What became of a book. ``read`` is the sum of ``imported``, ``repeated`` and ``refused``.

    Attributes:
        standard: id of the standard. document: name of the book.
        repeated: line -> the imported line that states the same.
        refused: lines with the reason.
        rules: how many rules were made (a line may hold several relations). fields: how many indicators they read.
        text: the rule file.
    """

    standard: str
    document: str
    sheets: list[SheetLines]
    imported: list[Line] = field(default_factory=list)
    repeated: list[tuple[Line, Line]] = field(default_factory=list)
    refused: list[tuple[Line, ExpressionError]] = field(default_factory=list)
    rules: int = 0
    fields: int = 0
    text: str = ""

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


def import_formulas(
    path: str | Path,
    *,
    sheets: Sequence[str] = (),
    standard: str | None = None,
    jurisdiction: Jurisdiction = COUNTRY,
    known_names: Iterable[str] = (),
) -> Imported:
    """Make a standard of the audit formulas in a spreadsheet.

    Args:
        sheets: read these alone; default: all.
        standard: what to call the standard; default: the file's name. Signs that an id cannot hold become hyphens.
        known_names: names that fields cannot take (those of the data dictionary).

    Raises:
        ReturnError: the file cannot be read, or holds no column of formulas (``import-nothing``).
        UsageError: ``import-no-sheet``.
    """
    from communitycheck.returns.files.open import open_file

    opened = open_file(path)
    grids = opened.grids
    stem = Path(path).stem
    names = [grid.sheet or stem for grid in grids]
    for wanted in sheets:
        if wanted not in names:
            near = get_close_matches(wanted, names, n=1, cutoff=0.0)
            raise UsageError("import-no-sheet", name=wanted, near=near[0] if near else "—", known="、".join(names))
    found = [read_lines(g, n) for g, n in zip(grids, names, strict=True) if not sheets or n in sheets]
    if not any(sheet.lines for sheet in found):
        raise ReturnError("import-nothing", path=str(path))
    result = Imported(_clean(standard or stem) or "imported", Path(path).name, found)
    rules = _sorted_out(result)
    keys = _keys([code for rule in rules for code in rule.relation.codes], frozenset(known_names))
    result.rules, result.fields = len(rules), len(set(keys.values()))
    result.text = _text(result, rules, keys, jurisdiction)
    return result


# --- finding the lines


def read_lines(grid: Grid, name: str) -> SheetLines:
    """The formulas of a sheet, from top to bottom."""
    from communitycheck.returns.grid import cell_name

    sheet = SheetLines(name)
    like = _formula_cells(grid)
    used: set[tuple[int, int]] = set()
    for region in _regions(grid, like):
        _read_region(grid, region, like, sheet, used)
    for column, rows in sorted(like.items()):
        for row, text in rows:
            if (row, column) not in used and _parsed(text)[0]:
                sheet.strays.append(Line(name, row + 1, cell_name(row, column), one_line(text)))
    sheet.lines.sort(key=lambda line: line.row)
    sheet.strays.sort(key=lambda line: line.row)
    return sheet


@dataclass(frozen=True, slots=True)
class _Region:
    """The rows (from 0, the last one included) and columns of one table, and what heads its columns."""

    first: int
    last: int
    columns: range
    headers: Mapping[int, str]


def _formula_cells(grid: Grid) -> dict[int, list[tuple[int, str]]]:
    """Cells with a sign of comparison and a letter, by column: (row, text)."""
    import numpy as np
    import pyarrow.compute as pc

    found: dict[int, list[tuple[int, str]]] = {}
    for index, column in enumerate(grid.columns):
        rows = np.flatnonzero(np.asarray(pc.fill_null(pc.match_substring_regex(column, _SIGN), False)))
        cells = [(int(row), str(column[int(row)].as_py())) for row in rows]
        cells = [(row, text) for row, text in cells if looks_like_formula(text)]
        if cells:
            found[index] = cells
    return found


def _regions(grid: Grid, like: Mapping[int, list[tuple[int, str]]]) -> list[_Region]:
    """The tables of a sheet; the whole sheet where no table is found, or where a formula was taken for a header."""
    from communitycheck.returns.layout.tables import find_layouts

    whole = [_Region(0, grid.n_rows - 1, range(grid.n_columns), {})]
    layouts = find_layouts(grid) if like else []
    marks = [(min([*o.title_rows, *o.header_rows, o.first_row or grid.n_rows]) - 1, o) for o in layouts]
    if not marks or any(_parsed(column.header)[0] for _, o in marks for column in o.columns):
        return whole
    regions = []
    for start, o in marks:
        first = max(o.header_rows) if o.header_rows else start
        last = min([top for top, _ in marks if top > start], default=grid.n_rows) - 1
        headers = {c.index: "".join(c.header.split()) for c in o.columns}
        regions.append(_Region(first, last, range(o.first_column, o.last_column + 1), headers))
    return regions


def _read_region(
    grid: Grid,
    region: _Region,
    like: Mapping[int, list[tuple[int, str]]],
    sheet: SheetLines,
    used: set[tuple[int, int]],
) -> None:
    from communitycheck.returns.grid import cell_name, letter

    tables = _filled_down(_cells(grid, region, _headed(region, _TABLE_HEADER)), region)
    serials = _cells(grid, region, _headed(region, _SERIAL_HEADER))
    before: dict[int, str] = {}  # row -> what the first column of formulas says there
    for column in region.columns:
        cells = _formula_column(grid, region, column, like)
        if not cells:
            continue
        used |= {(row, column) for row in cells}
        own = {row: text for row, text in cells.items() if not _same(text, before.get(row))}
        copied = len(cells) - len(own)
        if before and copied * 2 >= len(cells):
            # Where the copy cannot be read or its row's formula could not, the row has its line already.
            own = {r: t for r, t in own.items() if r not in before or (_parsed(t)[0] and _parsed(before[r])[0])}
        heading = (letter(column), one_line(region.headers.get(column, "")))
        if own:
            sheet.columns.append((*heading, len(own)))
        if len(cells) > len(own):
            sheet.copies.append((*heading, len(cells) - len(own)))
        for row, text in own.items():
            place = (tables.get(row, ""), serials.get(row, ""))
            sheet.lines.append(Line(sheet.name, row + 1, cell_name(row, column), one_line(text), *place))
        before |= {row: text for row, text in own.items() if row not in before}


def _formula_column(
    grid: Grid, region: _Region, column: int, like: Mapping[int, list[tuple[int, str]]]
) -> dict[int, str]:
    """The filled cells of a column of formulas, headings left out; empty where it is none.

    Most of its cells are relations, or its header says what it is and some cells look like one.
    """
    relations = [(r, t) for r, t in like.get(column, ()) if region.first <= r <= region.last]
    if not relations:
        return {}
    header = region.headers.get(column, "")
    cells = _cells(grid, region, column)
    cells = {row: text for row, text in cells.items() if not header or "".join(text.split()) != header}
    if not region.headers:
        cells = {row: text for row, text in cells.items() if row >= relations[0][0]}
    read = sum(1 for _, text in relations if _parsed(text)[0])
    return cells if read * 2 >= len(cells) or _FORMULA_HEADER.search(header) else {}


def _headed(region: _Region, pattern: re.Pattern[str]) -> int | None:
    return next((c for c in region.columns if pattern.fullmatch(region.headers.get(c, ""))), None)


def _cells(grid: Grid, region: _Region, column: int | None) -> dict[int, str]:
    if column is None:
        return {}
    texts = grid.columns[column].slice(region.first, region.last + 1 - region.first).to_pylist()
    return {region.first + i: text for i, text in enumerate(texts) if text and text.strip()}


def _filled_down(cells: Mapping[int, str], region: _Region) -> dict[int, str]:
    """A table code written once stands for the lines below it, too."""
    filled: dict[int, str] = {}
    last = ""
    for row in range(region.first, region.last + 1) if cells else ():
        last = one_line(cells[row]) if row in cells else last
        filled[row] = last
    return filled


@cache
def _parsed(text: str) -> tuple[tuple[Relation, ...], ExpressionError | None]:
    try:
        return parse_formula(text), None
    except ExpressionError as error:
        return (), error


def _same(text: str, other: str | None) -> bool:
    """Both state the same, whatever their spelling."""
    if other is None:
        return False
    ours, theirs = _parsed(text)[0], _parsed(other)[0]
    return text == other or (bool(ours) and [_canonical(r) for r in ours] == [_canonical(r) for r in theirs])


def _canonical(relation: Relation) -> tuple[str, str, str]:
    names = {code: code.casefold() for code in relation.codes}
    left, right = relation.sides(names)
    return left, relation.comparison.key, right


# --- lines -> rules


@dataclass(slots=True)
class _Rule:
    id: str
    line: Line
    relation: Relation
    also: list[Line] = field(default_factory=list)


def _sorted_out(result: Imported) -> list[_Rule]:
    """The rules of all lines, in the order of the book; fills in what was imported, repeated and refused.

    Of lines that state the same, the first that has a table code or serial number is imported, else the first.
    """
    lines = [line for sheet in result.sheets for line in sheet.lines]
    short = _short_tables({line.table for line in lines})
    taken: set[str] = set()
    stated: dict[tuple[str, str, str], _Rule] = {}
    rules: list[_Rule] = []
    order = {line: i for i, line in enumerate(lines)}
    for line in sorted(lines, key=lambda line: not (line.table or line.serial)):
        relations, error = _parsed(line.text)
        if error is not None:
            result.refused.append((line, error))
            continue
        known = [stated[c] for r in relations if (c := _canonical(r)) in stated]
        new = [r for r in relations if _canonical(r) not in stated]
        for rule in known:
            rule.also.append(line)
        if not new:
            result.repeated.append((line, known[0].line))
            continue
        result.imported.append(line)
        for i, relation in enumerate(new):
            base = _base_id(line, short) + (f"-{i + 1}" if len(relations) > 1 else "")
            rule = _Rule(_unique(base, taken), line, relation)
            stated.setdefault(_canonical(relation), rule)
            rules.append(rule)
    result.refused += [
        (line, ExpressionError("formula-outside-column")) for sheet in result.sheets for line in sheet.strays
    ]
    place = {sheet.name: i for i, sheet in enumerate(result.sheets)}
    result.imported.sort(key=lambda line: order[line])
    result.repeated.sort(key=lambda pair: order[pair[0]])
    result.refused.sort(key=lambda pair: (place[pair[0].sheet], pair[0].row, pair[0].cell))
    rules.sort(key=lambda rule: order[rule.line])
    return rules


def _short_tables(tables: set[str]) -> dict[str, str]:
    """Table codes without the words before them (综定NM301-02 is NM301-02), where they stay different."""
    short = {t: re.sub(r"^[^\x00-\x7f]+(?=[A-Za-z].*\d)", "", t) for t in tables}
    return short if len(set(short.values())) == len(short) else {t: t for t in tables}


def _base_id(line: Line, short: Mapping[str, str]) -> str:
    parts = [short[line.table] or line.sheet, line.serial or f"r{line.row}"]
    return _clean("-".join(parts)) or f"r{line.row}"


def _clean(text: str) -> str:
    """The text as an id: letters, digits, ``_ . -``; it begins with a letter or digit."""
    kept = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFKC", text)).strip("-._")
    return kept[:70].rstrip("-._")


def _unique(base: str, taken: set[str]) -> str:
    name, n = base, 1
    while name in taken:
        n += 1
        name = f"{base}-{n}"
    taken.add(name)
    return name


def _keys(codes: Iterable[str], known: frozenset[str]) -> dict[str, str]:
    """Code -> field key. Codes that differ in case alone are one; a name that means something else gets a mark."""
    keys: dict[str, str] = {}
    by_fold: dict[str, str] = {}
    taken = set(known) | _RESERVED
    for code in codes:
        fold = code.casefold()
        if fold not in by_fold:
            by_fold[fold] = _free(re.sub(r"\W", "_", code), taken)
        keys[code] = by_fold[fold]
    return keys


def _free(base: str, taken: set[str]) -> str:
    name, n = base, 1
    while name in taken:
        n += 1
        name = f"{base}_{n}"
    taken.add(name)
    return name


# --- the rule file


def place_of(line: Line, lang: Lang = "zh") -> str:
    """Sheet and row of a line, for people."""
    return say("import-place", lang, sheet=line.sheet, row=line.row)


def _text(result: Imported, rules: Sequence[_Rule], keys: Mapping[str, str], jurisdiction: Jurisdiction) -> str:
    counts = {"read": result.read, "rules": len(rules)}
    counts |= {"repeated": len(result.repeated), "refused": len(result.refused)}
    head = [say("import-head", "zh", document=result.document, **counts)]
    for line, error in result.refused:
        why = say(error.code, "zh", **error.values)
        head.append(say("import-head-refused", "zh", place=place_of(line), text=line.text, why=why))
    return rule_file(
        [AuditRule(r.id, r.line.text, _clause(r.line), r.relation, _also(r.also)) for r in rules],
        keys,
        standard=result.standard,
        title=Path(result.document).stem,
        document=result.document,
        jurisdiction=jurisdiction,
        head=head,
    )


def _clause(line: Line) -> str:
    """Where the line stands in the book: sheet, row, table code and serial number."""
    table = say("import-clause-table", "zh", table=line.table) if line.table else ""
    serial = say("import-clause-serial", "zh", serial=line.serial) if line.serial else ""
    return say("import-clause", "zh", place=place_of(line), table=table, serial=serial)


def _also(lines: Sequence[Line]) -> Text | None:
    """Where the book states the same again."""
    if not lines:
        return None
    zh, en = (say("list-comma", lang).join(place_of(line, lang) for line in lines) for lang in LANGS)
    return Text(say("import-repeated-note", "zh", places=zh), say("import-repeated-note", "en", places=en))
