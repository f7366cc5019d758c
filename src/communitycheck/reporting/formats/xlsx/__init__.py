"""The report as an Excel workbook."""

from functools import partial

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.formats.xlsx.sheets import write_workbook


def render(report: Report, lang: Lang, options: RenderOptions) -> Content:
    """What writes the workbook to a file."""
    return partial(write_workbook, report, lang=lang, folder=options.folder, all_verdicts=options.all_verdicts)


__all__ = ["render"]
