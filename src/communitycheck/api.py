"""Every public function of the toolkit. The command line calls this and nothing below it.

Importing this module loads no room: what a function needs is imported when it is called, since a reader, a rule book or
a format of reports takes longer to load than most questions take to answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communitycheck.check import check
from communitycheck.errors import ReturnError, UsageError
from communitycheck.messages import Lang

if TYPE_CHECKING:
    import pandas as pd

    from communitycheck.model.dictionary import Dictionary
    from communitycheck.model.report import Report
    from communitycheck.model.returns import Return
    from communitycheck.model.standard import Standard
    from communitycheck.products.bundles.index import Index
    from communitycheck.products.explain.front import explain, render_explanation
    from communitycheck.products.importing.new_file import import_rules
    from communitycheck.products.importing.report import render_import
    from communitycheck.products.markup.front import MarkedCopies
    from communitycheck.products.rulebook.case_files import run_case_files
    from communitycheck.products.rulebook.cases_report import render_cases
    from communitycheck.products.rulebook.coverage import cover_book, cover_returns
    from communitycheck.products.rulebook.coverage_report import render_book_coverage, render_return_coverage
    from communitycheck.products.rulebook.docs_folder import write_docs
    from communitycheck.products.rulebook.lint_report import lint_rules, render_lint
    from communitycheck.products.rulebook.lists import render_list, render_show
    from communitycheck.products.rulebook.new_file import new_rule_file
    from communitycheck.products.rulebook.select import find_rules, list_rules
    from communitycheck.products.template.new_file import write_template
    from communitycheck.reporting.formats.registry import Formats
    from communitycheck.returns.batch.read_many import Progress

# What products offer as it stands -> the module that holds it.
_PRODUCTS = {
    "explain": "explain.front",
    "render_explanation": "explain.front",
    "import_rules": "importing.new_file",
    "render_import": "importing.report",
    "run_case_files": "rulebook.case_files",
    "render_cases": "rulebook.cases_report",
    "cover_book": "rulebook.coverage",
    "cover_returns": "rulebook.coverage",
    "render_book_coverage": "rulebook.coverage_report",
    "render_return_coverage": "rulebook.coverage_report",
    "write_docs": "rulebook.docs_folder",
    "lint_rules": "rulebook.lint_report",
    "render_lint": "rulebook.lint_report",
    "render_list": "rulebook.lists",
    "render_show": "rulebook.lists",
    "new_rule_file": "rulebook.new_file",
    "find_rules": "rulebook.select",
    "list_rules": "rulebook.select",
    "write_template": "template.new_file",
}

__all__ = [
    "Inspection",
    "bundle_kinds",
    "check",
    "check_folder",
    "check_output",
    "cover_book",
    "cover_returns",
    "explain",
    "find_rules",
    "formats",
    "import_rules",
    "in_columns",
    "inspect",
    "leave_pandas_out",
    "lint_rules",
    "list_rules",
    "load_standard",
    "mark_up",
    "new_rule_file",
    "read_return",
    "render",
    "render_book_coverage",
    "render_cases",
    "render_explanation",
    "render_import",
    "render_inspection",
    "render_lint",
    "render_list",
    "render_return_coverage",
    "render_show",
    "run_case_files",
    "save_mapping",
    "split_by_region",
    "split_by_return",
    "write",
    "write_docs",
    "write_template",
]


def __getattr__(name: str) -> Any:
    if name not in _PRODUCTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Each product waits for its use: one run needs one of them.
    found = getattr(import_module(f"communitycheck.products.{_PRODUCTS[name]}"), name)
    globals()[name] = found
    return found


def leave_pandas_out() -> None:
    """Keep pandas, half a second to load, out of a process that never makes a DataFrame, such as a command's."""
    from communitycheck.returns.files.startup import leave_pandas_out

    leave_pandas_out()


def load_standard(standard: str | Path, *, rules_dir: str | Path | None = None) -> Standard:
    """A standard with everything it inherits in place.

    Args:
        standard: the id of one that comes with the toolkit or lies in ``rules_dir``, or the path of a YAML file.

    Raises:
        UsageError: there is no standard of that id; the nearest is named.
        RuleFileError: a fault in a rule file, with file, line and key.
    """
    from communitycheck.standards.choose import named_standards, open_rule_book

    return named_standards(open_rule_book(rules_dir, [standard]), [standard])[0]


def read_return(
    source: str | Path | pd.DataFrame,
    *,
    standards: Sequence[str | Path] | str | Path = (),
    mapping: str | Path | None = None,
) -> Return:
    """Read one return without judging it: its sheets, its tables, and a notice for every cell that gave trouble.

    Args:
        source: a file, or a DataFrame whose columns are named like those of a return.
        standards: standards (ids or YAML files) whose own fields are recognised in addition to the dictionary's.
        mapping: a YAML file that pins sheets, header rows and columns.

    Raises:
        ReturnError: it cannot be read; also for a folder or an archive of several returns (``check`` takes those).
        QuestionError: it can be read two ways.
        UsageError: it is neither.
    """
    from communitycheck import returns
    from communitycheck.returns.frames import return_of_frame
    from communitycheck.standards.choose import open_rule_book, whole_dictionary

    named = [standards] if isinstance(standards, str | Path) else standards
    book = open_rule_book()
    dictionary = whole_dictionary(book, [load_standard(one) for one in named])
    if isinstance(source, str | Path):
        return returns.read_return(source, dictionary, mapping=mapping)
    if not hasattr(source, "iloc"):
        raise UsageError("path-kind", kind=type(source).__name__)
    return return_of_frame(source, dictionary, name="DataFrame", mapping=mapping)


@dataclass(frozen=True, slots=True)
class Inspection:
    """How returns were read: those that were, those that could not be, and the fields by which they were read."""

    returns: list[Return]
    unread: list[ReturnError]
    dictionary: Dictionary


def inspect(
    paths: Sequence[str | Path],
    standards: Sequence[str | Path] = (),
    *,
    rules_dir: str | Path | None = None,
    mapping: str | Path | None = None,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> Inspection:
    """Read returns without judging them. A column that raises a question is left out; a notice tells it.

    Args:
        standards: YAML files whose own fields are to be recognised as well; those of the rule book always are.
        rules_dir, mapping, jobs, cache, progress: as for ``check``.

    Raises:
        RuleFileError: a fault in a rule file.
    """
    from communitycheck.returns.gather import read_all
    from communitycheck.standards.choose import open_rule_book, whole_dictionary

    book = open_rule_book(rules_dir, standards)
    dictionary = whole_dictionary(book, book.all())
    returns, unread = read_all(
        paths, dictionary, mapping=mapping, open_questions=True, jobs=jobs, cache=cache, progress=progress
    )
    return Inspection(returns, unread, dictionary)


def render_inspection(found: Inspection, format: str, lang: Lang, *, colour: bool = False) -> Iterator[str]:
    """How returns were read, as ``text`` or ``json``."""
    from communitycheck.reporting.inspection import render_inspect

    notices = [notice for one in found.returns for notice in one.notices]
    return render_inspect(
        found.returns, found.unread, notices, format, lang, dictionary=found.dictionary, colour=colour
    )


def save_mapping(path: str | Path, returns: Iterable[Return]) -> None:
    """Write how columns were taken for fields as a mapping, which a person may correct and ``check`` takes.

    Raises:
        WriteError: the file cannot be written.
    """
    from communitycheck.reporting.files import write_file
    from communitycheck.returns import mapping_text

    write_file(Path(path), [mapping_text(list(returns))])


@cache
def formats() -> Formats:
    """The formats of a report: those of the reporting room, then those that products add."""
    from communitycheck.products import circular
    from communitycheck.reporting.formats import FORMATS
    from communitycheck.reporting.formats.registry import Formats

    return Formats((*FORMATS, *circular.FORMATS))


def render(
    report: Report,
    format: str,
    lang: Lang,
    *,
    all_verdicts: bool = False,
    colour: bool = False,
    width: int | None = None,
) -> Iterator[str]:
    """The report in pieces of text.

    Args:
        format: one of ``formats().names``.
        all_verdicts: also what passed and what was out of scope.
        colour, width: for ``text``; the width of the terminal where there is colour, else 100.

    Raises:
        UsageError: no such format.
    """
    from communitycheck.reporting.formats.registry import RenderOptions

    return formats().render(report, format, lang, RenderOptions(all_verdicts, colour, width))


def write(report: Report, path: str | Path, lang: Lang, *, all_verdicts: bool = False) -> None:
    """Write the report to ``path`` in the format of its suffix: whole, or not at all.

    Raises:
        WriteError: an unknown suffix, or a file that cannot be written.
    """
    formats().write(report, path, lang, all_verdicts=all_verdicts)


def check_output(path: str | Path) -> None:
    """Refuse at once a file that ``write`` could not write: its suffix, its folder, its permission.

    Raises:
        WriteError: as ``write`` would.
    """
    formats().check_output(path)


def check_folder(path: str | Path) -> None:
    """Refuse at once a folder that could not be made or written to.

    Raises:
        WriteError: it could not.
    """
    from communitycheck.reporting import files

    files.check_folder(path)


def bundle_kinds(*, by_region: bool) -> tuple[Sequence[str], Sequence[str]]:
    """What can be written for each region, or else for each return: all kinds of files, and the usual ones."""
    from communitycheck.products.bundles import kinds

    if by_region:
        return kinds.kinds_of_region(formats()), kinds.USUAL
    return kinds.kinds_of_return(formats()), kinds.USUAL_OF_RETURN


def split_by_region(
    report: Report, folder: str | Path, level: str, lang: Lang, *, kinds: Sequence[str], all_verdicts: bool = False
) -> Index:
    """Write a folder for each region of ``level``, the whole report above them, and an index.

    Args:
        kinds: what each folder holds: formats by their suffix, ``marked`` for marked-up copies of the returns.

    Raises:
        UsageError: no record says to which region of that level it belongs, or a return lies where a report should.
        WriteError: a folder cannot be made, or a file not be written.
    """
    from communitycheck.products.bundles.folders import Copies, write_bundles

    def mark_up_part(part: Report, place: Path) -> Copies:
        copies = mark_up(part, place, lang)
        if copies.failed:
            raise copies.failed[0]
        return Copies(list(copies.written.values()), list(copies.refused))

    return write_bundles(
        report, folder, level, lang, formats(), kinds=kinds, all_verdicts=all_verdicts, mark_up=mark_up_part
    )


def split_by_return(
    report: Report, folder: str | Path, lang: Lang, *, kinds: Sequence[str] = ("xlsx",), all_verdicts: bool = False
) -> list[Path]:
    """Write a file of each kind for each return, and a manifest of what was read and what was refused.

    Returns:
        What was written, the manifest last.

    Raises:
        UsageError: a return lies where a report should.
        WriteError: the folder cannot be made, or a file not be written.
    """
    from communitycheck.products.bundles.per_return import write_returns

    return write_returns(report, folder, lang, formats(), kinds=kinds, all_verdicts=all_verdicts)


def mark_up(report: Report, folder: str | Path, lang: Lang, *, given: Sequence[str | Path] = ()) -> MarkedCopies:
    """Write a marked-up copy of every return in which something calls for mending.

    Args:
        folder: where to; made if it is missing.
        given: the paths the report was made of; copies keep their places below the folders among them.

    Raises:
        UsageError: a copy would take the place of a return.
        WriteError: the folder cannot be made.
    """
    from communitycheck.products.markup.front import mark_up_returns

    return mark_up_returns(report, folder, lang, given=given)


def in_columns(table: Sequence[Sequence[str]]) -> list[str]:
    """Rows of text as lines, each column as wide as its widest cell."""
    from communitycheck.reporting.layout import in_columns

    return in_columns(table)
