"""Files -> Returns: open, find the tables, match the columns, read the cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from communitycheck.errors import QuestionError, ReturnError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Return, Sheet
from communitycheck.returns.assemble import Reading, assemble
from communitycheck.returns.assign import dictionary_names
from communitycheck.returns.bundled import without_reports
from communitycheck.returns.grid import Grid
from communitycheck.returns.guidance import is_aside, is_our_list
from communitycheck.returns.layout import Layout, find_layouts
from communitycheck.returns.mapping import Mapping, SheetMapping, load_mapping
from communitycheck.returns.match import Names
from communitycheck.returns.open import Opened, open_any, open_file
from communitycheck.returns.periods import lend_figures
from communitycheck.returns.sideways import form, sideways

# What is picked up from a folder; a file that is named itself is always tried, whatever it is called.
SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods", ".et", ".ett", ".csv", ".tsv", ".zip"})


def read_return(
    path: str | Path,
    dictionary: Dictionary,
    *,
    mapping: Mapping | str | Path | None = None,
    display: str | None = None,
) -> Return:
    """Read one file, no archive.

    Args:
        mapping: what the user has settled about its sheets, or the file that says so.
        display: the path to show in messages; default: ``path`` as given.

    Raises:
        ReturnError: the file cannot be opened, or none of its sheets holds a table with data.
        QuestionError: two columns may both be one field, or one column may be two.
        UsageError: the mapping file is missing or wrong.
    """
    settled = _settled(mapping, dictionary)
    return build(open_file(path, display=display), dictionary, settled)


def build(
    opened: Opened, dictionary: Dictionary, mapping: Mapping | None = None, questions: list[QuestionError] | None = None
) -> Return:
    """The return that an opened file holds. Raises like ``read_return``.

    Args:
        questions: given, a question about columns is put here instead of being raised, and its columns are left out.
    """
    names = dictionary_names(dictionary)
    result = Return(opened.path, opened.sha256, opened.format, encoding=opened.encoding, notices=list(opened.notices))
    grids, opened.grids = opened.grids, []
    refusals: list[str] = []
    guided = any(not is_aside(grid) for grid in grids)
    while grids:
        grid = grids.pop(0)
        pins = mapping.of(grid.sheet) if mapping else None
        if (guided and pins is None and is_aside(grid)) or is_our_list(grid):
            result.sheets.append(Sheet(grid.path, grid.sheet, hidden=grid.hidden))
            continue
        layouts = [_told(layout, names) for layout in _layouts(grid, pins)]
        if not layouts:
            result.sheets.append(Sheet(grid.path, grid.sheet, hidden=grid.hidden))
        for layout in layouts:
            if layout.first_row is None and layout.empty:
                refusals.append(layout.empty)
            reading = _assembled(layout, names, pins, questions)
            result.sheets.append(reading.sheet)
            result.notices += reading.notices
            if reading.table is not None:
                result.tables.append(reading.table)
    _lend(result.sheets)
    lend_figures(result.tables)
    if not any(sheet.first_row is not None for sheet in result.sheets):
        raise ReturnError(refusals[0] if refusals else "no-table", path=opened.path)
    return result


def _assembled(
    layout: Layout, names: Names, pins: SheetMapping | None, questions: list[QuestionError] | None
) -> Reading:
    """One table, read; where questions are collected, without the columns that they are about."""
    while True:
        try:
            return assemble(layout, names, pins)
        except QuestionError as question:
            if questions is None:
                raise
            questions.append(question)
            settled = pins or SheetMapping()
            pins = replace(settled, columns={**settled.columns, **dict.fromkeys(question.columns)})


def _told(layout: Layout, names: Names) -> Layout:
    """The layout once the names of the fields are known: turned where it lies on its side, no table where a form."""
    refusal = form(layout, names)
    if refusal is None:
        return sideways(layout, names) or layout
    layout.empty, layout.first_row, layout.last_row = refusal, None, None
    return layout


def _settled(mapping: Mapping | str | Path | None, dictionary: Dictionary) -> Mapping | None:
    return load_mapping(mapping, dictionary) if isinstance(mapping, str | Path) else mapping


def _lend(sheets: list[Sheet]) -> None:
    """A sheet that states no period or has no title takes them from the other sheets of its file."""
    periods = {sheet.period for sheet in sheets if sheet.period is not None}
    titles = list(dict.fromkeys(title for sheet in sheets for title in sheet.titles))
    for sheet in sheets:
        if sheet.period is None and len(periods) == 1 and sheet.records:
            sheet.period = next(iter(periods))
        if not sheet.titles and titles:
            sheet.region_text = " ".join((sheet.region_text, *titles))


def _layouts(grid: Grid, pins: SheetMapping | None) -> list[Layout]:
    """The tables of a sheet; where the user has pinned the header, the one below it."""
    if pins is None or not pins.header_rows:
        return find_layouts(grid)
    from communitycheck.returns.pinned import pinned_layouts

    return pinned_layouts(grid, pins.header_rows)


def read_returns(
    paths: Iterable[str | Path],
    dictionary: Dictionary,
    *,
    mapping: Mapping | str | Path | None = None,
    open_questions: bool = False,
) -> tuple[list[Return], list[ReturnError]]:
    """Read files, folders and patterns; zips give the files inside.

    One file that cannot be read does not stop the others.

    Args:
        open_questions: a file with a question about its columns is both among the returns, without these columns, and
            among the errors; else only among the errors.

    Returns:
        The returns and the errors, each in the order of their paths, whatever the order they were given in.
    """
    settled = _settled(mapping, dictionary)
    files, errors = find_files(paths)
    returns: list[Return] = []
    for file in files:
        got, failed = _read_any(file, dictionary, settled, open_questions)
        returns += got
        errors += failed
    returns.sort(key=lambda r: r.path)
    errors.sort(key=lambda e: (e.path, e.code))
    return returns, errors


def _read_any(
    file: str, dictionary: Dictionary, mapping: Mapping | None, open_questions: bool
) -> tuple[list[Return], list[ReturnError]]:
    """One file or archive. An error in reading it becomes its entry among the errors."""
    returns: list[Return] = []
    errors: list[ReturnError] = []
    for opened in open_any(file):
        try:
            if isinstance(opened, ReturnError):
                raise opened
            questions: list[QuestionError] = []
            returns.append(build(opened, dictionary, mapping, questions if open_questions else None))
            errors += questions
        except ReturnError as error:
            errors.append(error)
    return returns, errors


def find_files(paths: Iterable[str | Path]) -> tuple[list[str], list[ReturnError]]:
    """All files behind ``paths``, each once, sorted; ``file-missing`` and ``folder-empty`` for what leads nowhere."""
    found: dict[Path, str] = {}
    errors: dict[str, ReturnError] = {}
    for given in paths:
        shown = str(given)
        path = Path(given)
        if path.is_dir():
            inside = _in_folder(path)
            if not inside:
                errors[shown] = ReturnError("folder-empty", path=shown)
        elif path.exists():
            inside = [shown]
        elif re.search(r"[*?\[]", shown):
            matches = sorted(_matching(shown))
            inside = [file for m in matches for file in (_in_folder(Path(m)) if Path(m).is_dir() else [m])]
            inside = without_reports(inside, Path())
            if not inside:
                errors[shown] = ReturnError("pattern-empty", path=shown)
        else:
            inside = []
            errors[shown] = ReturnError("file-missing", path=shown)
        for file in inside:
            real = Path(file).resolve()
            found[real] = min(found.get(real, file), file)
    return sorted(found.values()), list(errors.values())


def _matching(pattern: str) -> list[str]:
    """Files and folders that fit a pattern such as ``2020/**/*.xlsx``."""
    anchor = Path(pattern).anchor
    root = Path(anchor)
    try:
        return [str(found) for found in root.glob(pattern[len(anchor) :])]
    except (ValueError, NotImplementedError):
        return []


def _in_folder(folder: Path) -> list[str]:
    """Files of a folder and below that look like returns; lock files, hidden ones and our own reports are left out."""
    found = [
        str(file)
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in SUFFIXES
        and file.is_file()
        and not file.name.startswith(("~$", ".", "__MACOSX"))
        and not any(part.startswith((".", "__MACOSX")) for part in file.relative_to(folder).parts)
    ]
    return without_reports(found, folder)


