"""Every function that the command line may call; it calls nothing below this.

What Python programs should call is exported by the package itself (``docs/python.md``). A function that stands in one
module is taken from there when it is first asked for, since a reader, a rule book or a format of reports takes longer
to load than most questions take to answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communitycheck.check import check
from communitycheck.errors import WriteError
from communitycheck.messages import Lang
from communitycheck.products import circular
from communitycheck.products.bundles.kinds import USUAL, USUAL_OF_RETURN, kinds_of_region, kinds_of_return
from communitycheck.reporting.formats import FORMATS
from communitycheck.reporting.formats.registry import Formats, RenderOptions

if TYPE_CHECKING:
    from communitycheck.model.report import Report
    from communitycheck.products.bundles.folders import RegionFolders
    from communitycheck.products.bundles.index import Index
    from communitycheck.products.bundles.per_return import PerReturn, ReturnFiles
    from communitycheck.products.compare.baseline import (
        apply_baseline,
        check_baseline_target,
        left_out_of_baseline,
        open_baseline,
        render_baseline,
        update_baseline,
        write_baseline,
    )
    from communitycheck.products.compare.formats import check_changes_outputs, render_changes, write_changes
    from communitycheck.products.compare.front import compare
    from communitycheck.products.conflicts.formats import (
        check_conflicts_outputs,
        render_conflicts,
        write_conflicts,
    )
    from communitycheck.products.conflicts.front import conflicts
    from communitycheck.products.explain.front import explain, render_explanation
    from communitycheck.products.gap.front import FoundGap, check_gap_outputs, gap, render_gap, write_gap
    from communitycheck.products.importing.new_file import import_rules
    from communitycheck.products.importing.report import render_import
    from communitycheck.products.inspect.front import Inspection, inspect, read_return, render_inspection, save_mapping
    from communitycheck.products.markup.front import MarkedCopies
    from communitycheck.products.overlap.formats import check_overlap_outputs, render_overlap, write_overlap
    from communitycheck.products.overlap.front import overlap
    from communitycheck.products.rulebook.case_files import run_case_files
    from communitycheck.products.rulebook.cases_report import render_cases
    from communitycheck.products.rulebook.coverage import cover_book, cover_returns
    from communitycheck.products.rulebook.coverage_report import render_book_coverage, render_return_coverage
    from communitycheck.products.rulebook.docs_folder import write_docs
    from communitycheck.products.rulebook.language.find import find_help
    from communitycheck.products.rulebook.language.report import render_help
    from communitycheck.products.rulebook.linting.lint_report import lint_rules, render_lint
    from communitycheck.products.rulebook.linting.waiver_lint import lint_waivers
    from communitycheck.products.rulebook.lists import render_list, render_show
    from communitycheck.products.rulebook.select import find_rules, list_rules
    from communitycheck.products.rulebook.starting.new_file import new_rule_file
    from communitycheck.products.sql.front import sql_script, write_sql
    from communitycheck.products.template.new_file import write_template
    from communitycheck.products.trend.formats import check_trend_outputs, render_trend, write_trend
    from communitycheck.products.trend.front import trend
    from communitycheck.products.whatif.front import (
        FoundWhatIf,
        check_whatif_outputs,
        render_whatif,
        whatif,
        write_whatif,
    )
    from communitycheck.reporting.files import check_folder
    from communitycheck.reporting.own_folder import OwnFolder, refuse_others
    from communitycheck.reporting.sample import copy_sample
    from communitycheck.reporting.text_width import in_columns
    from communitycheck.returns.files.database_urls import logins_kept
    from communitycheck.returns.files.find import find_files, named_in_list
    from communitycheck.returns.files.over_limit import limits
    from communitycheck.returns.files.own_outputs import is_no_return
    from communitycheck.returns.files.startup import leave_pandas_out
    from communitycheck.standards.choose import built_in_shadow as built_in_shadow
    from communitycheck.standards.choose import load_standard, region_level

# Public functions that stand in one module -> that module.
_HOMES = {
    "Inspection": "products.inspect.front",
    "inspect": "products.inspect.front",
    "read_return": "products.inspect.front",
    "render_inspection": "products.inspect.front",
    "save_mapping": "products.inspect.front",
    "load_standard": "standards.choose",
    "region_level": "standards.choose",
    "built_in_shadow": "standards.choose",
    "explain": "products.explain.front",
    "render_explanation": "products.explain.front",
    "apply_baseline": "products.compare.baseline",
    "check_baseline_target": "products.compare.baseline",
    "left_out_of_baseline": "products.compare.baseline",
    "compare": "products.compare.front",
    "open_baseline": "products.compare.baseline",
    "render_baseline": "products.compare.baseline",
    "update_baseline": "products.compare.baseline",
    "write_baseline": "products.compare.baseline",
    "check_changes_outputs": "products.compare.formats",
    "render_changes": "products.compare.formats",
    "write_changes": "products.compare.formats",
    "FoundGap": "products.gap.front",
    "check_gap_outputs": "products.gap.front",
    "gap": "products.gap.front",
    "write_gap": "products.gap.front",
    "render_gap": "products.gap.front",
    "conflicts": "products.conflicts.front",
    "check_conflicts_outputs": "products.conflicts.formats",
    "render_conflicts": "products.conflicts.formats",
    "write_conflicts": "products.conflicts.formats",
    "check_overlap_outputs": "products.overlap.formats",
    "overlap": "products.overlap.front",
    "render_overlap": "products.overlap.formats",
    "write_overlap": "products.overlap.formats",
    "trend": "products.trend.front",
    "check_trend_outputs": "products.trend.formats",
    "render_trend": "products.trend.formats",
    "write_trend": "products.trend.formats",
    "import_rules": "products.importing.new_file",
    "render_import": "products.importing.report",
    "run_case_files": "products.rulebook.case_files",
    "render_cases": "products.rulebook.cases_report",
    "cover_book": "products.rulebook.coverage",
    "cover_returns": "products.rulebook.coverage",
    "render_book_coverage": "products.rulebook.coverage_report",
    "render_return_coverage": "products.rulebook.coverage_report",
    "write_docs": "products.rulebook.docs_folder",
    "lint_rules": "products.rulebook.linting.lint_report",
    "lint_waivers": "products.rulebook.linting.waiver_lint",
    "render_lint": "products.rulebook.linting.lint_report",
    "find_help": "products.rulebook.language.find",
    "render_help": "products.rulebook.language.report",
    "render_list": "products.rulebook.lists",
    "render_show": "products.rulebook.lists",
    "new_rule_file": "products.rulebook.starting.new_file",
    "find_rules": "products.rulebook.select",
    "list_rules": "products.rulebook.select",
    "write_template": "products.template.new_file",
    "whatif": "products.whatif.front",
    "FoundWhatIf": "products.whatif.front",
    "check_whatif_outputs": "products.whatif.front",
    "render_whatif": "products.whatif.front",
    "write_whatif": "products.whatif.front",
    "check_in_engine": "products.sql.engine.front",
    "sql_script": "products.sql.front",
    "write_sql": "products.sql.front",
    "find_files": "returns.files.find",
    "named_in_list": "returns.files.find",
    "logins_kept": "returns.files.database_urls",
    "is_no_return": "returns.files.own_outputs",
    "limits": "returns.files.over_limit",
    "check_folder": "reporting.files",
    "refuse_others": "reporting.own_folder",
    "copy_sample": "reporting.sample",
    "in_columns": "reporting.text_width",
    "leave_pandas_out": "returns.files.startup",
}

__all__ = [
    "FoundGap",
    "FoundWhatIf",
    "Inspection",
    "apply_baseline",
    "bundle_kinds",
    "check",
    "check_baseline_target",
    "check_changes_outputs",
    "check_conflicts_outputs",
    "check_folder",
    "check_gap_outputs",
    "check_outputs",
    "check_overlap_outputs",
    "check_trend_outputs",
    "check_whatif_outputs",
    "compare",
    "conflicts",
    "copy_sample",
    "cover_book",
    "cover_returns",
    "explain",
    "find_files",
    "find_help",
    "find_rules",
    "formats",
    "gap",
    "import_rules",
    "in_columns",
    "inspect",
    "is_no_return",
    "leave_pandas_out",
    "left_out_of_baseline",
    "limits",
    "lint_rules",
    "lint_waivers",
    "list_rules",
    "load_standard",
    "logins_kept",
    "mark_up",
    "named_in_list",
    "new_rule_file",
    "open_baseline",
    "overlap",
    "plan_regions",
    "plan_returns",
    "read_return",
    "refuse_others",
    "region_level",
    "render",
    "render_baseline",
    "render_book_coverage",
    "render_cases",
    "render_changes",
    "render_conflicts",
    "render_explanation",
    "render_gap",
    "render_help",
    "render_import",
    "render_inspection",
    "render_lint",
    "render_list",
    "render_overlap",
    "render_return_coverage",
    "render_show",
    "render_trend",
    "render_whatif",
    "run_case_files",
    "save_mapping",
    "split_by_region",
    "split_by_return",
    "sql_script",
    "trend",
    "update_baseline",
    "whatif",
    "write",
    "write_baseline",
    "write_changes",
    "write_conflicts",
    "write_docs",
    "write_gap",
    "write_overlap",
    "write_sql",
    "write_template",
    "write_trend",
    "write_whatif",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Rooms and products are heavy, and a run needs few of them.
    found = getattr(import_module(f"communitycheck.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})


@cache
def formats() -> Formats:
    """The formats of a report: those of the reporting room, then those that products add."""
    return Formats((*FORMATS, *circular.FORMATS))


def render(
    report: Report,
    format: str,
    lang: Lang,
    *,
    all_verdicts: bool = False,
    colour: bool = False,
    width: int | None = None,
    details: bool = False,
) -> Iterator[str]:
    """The report in pieces of text.

    Args:
        format: one of ``formats().names``.
        all_verdicts: also what passed and what was out of scope.
        colour, width, details: for ``text``: colours of a terminal, cells in a line (100 by default), and the long
            lists in place of two screens.

    Raises:
        UsageError: no such format.
    """
    return formats().render(report, format, lang, RenderOptions(all_verdicts, colour, width, details=details))


def write(
    report: Report, path: str | Path, lang: Lang, *, all_verdicts: bool = False, force: bool = False
) -> None:
    """Write the report to ``path`` in the format of its suffix: whole, or not at all.

    A file that is there is replaced only where the list in its folder says that we wrote it and it has not been changed
    since; any file with ``force``.

    Raises:
        WriteError: an unknown suffix, a file that cannot be written, or one that must not be replaced.
    """
    formats().write(report, path, lang, all_verdicts=all_verdicts, force=force)


def check_outputs(paths: Sequence[str | Path], *, force: bool = False) -> None:
    """Refuse at once files that ``write`` could not write: their suffix, folder, permission, what lies there.

    Raises:
        WriteError: as ``write`` would.
    """
    formats().check_outputs(paths, force=force)


def bundle_kinds(*, by_region: bool) -> tuple[Sequence[str], Sequence[str]]:
    """What can be written for each region, or else for each return: all kinds of files, and the usual ones."""
    if by_region:
        return kinds_of_region(formats()), USUAL
    return kinds_of_return(formats()), USUAL_OF_RETURN


def plan_regions(
    report: Report,
    folder: str | Path,
    level: str,
    lang: Lang,
    *,
    kinds: Sequence[str],
    all_verdicts: bool = False,
    force: bool = False,
) -> RegionFolders:
    """Plan a folder for each region of ``level``, the whole report above them, and an index.

    Args:
        kinds: what each folder holds: formats by their suffix, ``marked`` for marked-up copies of the returns.
        force: replace what others wrote, too; no marked-up copy that somebody has mended.

    Raises:
        UsageError: no record says to which region of that level it belongs, or a return lies where a report should.
        WriteError: files lie there that we did not write.
    """
    # Its templates and drawers are for this alone.
    from communitycheck.products.bundles.folders import Copies, RegionFolders
    from communitycheck.products.markup.front import mark_up_returns

    def mark_up_part(part: Report, place: Path, shared: Collection[str], own: OwnFolder) -> Copies:
        try:
            copies = mark_up_returns(part, place, lang, shared=shared, own=own)
        except WriteError as error:
            return Copies(failed=[error])
        return Copies(list(copies.written.values()), list(copies.refused), copies.failed, copies.beside)

    return RegionFolders(
        *(report, folder, level, lang, formats()),
        kinds=kinds, all_verdicts=all_verdicts, mark_up=mark_up_part, force=force,
    )  # fmt: skip


def split_by_region(
    report: Report,
    folder: str | Path,
    level: str,
    lang: Lang,
    *,
    kinds: Sequence[str],
    all_verdicts: bool = False,
    force: bool = False,
) -> Index:
    """Write what ``plan_regions`` plans.

    Raises:
        UsageError, WriteError: as there; and a folder or an index that cannot be written.
    """
    return plan_regions(report, folder, level, lang, kinds=kinds, all_verdicts=all_verdicts, force=force).write()


def plan_returns(
    report: Report,
    folder: str | Path,
    lang: Lang,
    *,
    kinds: Sequence[str] = ("xlsx",),
    all_verdicts: bool = False,
    force: bool = False,
) -> PerReturn:
    """Plan a file of each kind for each return, and a manifest of what was read and what was refused.

    Raises:
        UsageError: a return lies where a report should.
        WriteError: files lie there that we did not write.
    """
    # Splitting a report is for this alone.
    from communitycheck.products.bundles.per_return import PerReturn

    return PerReturn(report, folder, lang, formats(), kinds=kinds, all_verdicts=all_verdicts, force=force)


def split_by_return(
    report: Report,
    folder: str | Path,
    lang: Lang,
    *,
    kinds: Sequence[str] = ("xlsx",),
    all_verdicts: bool = False,
    force: bool = False,
) -> ReturnFiles:
    """Write what ``plan_returns`` plans.

    Raises:
        UsageError, WriteError: as there; and a folder or a manifest that cannot be written.
    """
    return plan_returns(report, folder, lang, kinds=kinds, all_verdicts=all_verdicts, force=force).write()


def mark_up(report: Report, folder: str | Path, lang: Lang, *, given: Sequence[str | Path] = ()) -> MarkedCopies:
    """Write a marked-up copy of every return in which something calls for mending.

    One that somebody has mended stays; the new copy gets a name beside it.

    Args:
        folder: where to; made if it is missing.
        given: the paths the report was made of; copies keep their places below the folders among them.

    Raises:
        UsageError: a copy would take the place of a return.
        WriteError: the folder cannot be made, or a link lies in the way.
    """
    # Workbooks are taken apart for this alone.
    from communitycheck.products.markup.front import mark_up_returns

    return mark_up_returns(report, folder, lang, given=given)


