"""Sheets that hold no records: guidance on how to fill in a return, and the list of findings in a marked-up copy."""

from __future__ import annotations

from communitycheck.model.output_marks import MARK
from communitycheck.patterns import pattern
from communitycheck.returns.columns.headers.normal import normal
from communitycheck.returns.grid import Grid

_GUIDANCE = pattern(
    r"(?:填报|填表|填写|编制|使用|指标|字段|操作)(?:说明|须知|指南|要求|解释)|(?:howtofillin|guidance|guide|instructions|readme)"
)

_FIRST_COLUMNS = 64  # among which the mark of our list is looked for; it has fewer

# A sheet that shows how it is done, and one to be filled in: with a number, or in a longer name (附件1填报样表).
_EXAMPLE = pattern(r".*(?:样表|示例|样例|范例|例表|示例表|填报例子)\(?\d*\)?|examples?(?:sheet)?\d*|demo\d*")
_BLANK_FORM = pattern(r".*(?:模板|模版|空表|空白表)\(?\d*\)?|(?:blank)?(?:template|form)\d*|samples?(?:sheet|data)?\d*")


def is_example(sheet: str) -> bool:
    """The sheet's name is one for an example: what stands in it nobody reports."""
    return _EXAMPLE.fullmatch(normal(sheet)) is not None


def is_blank_form(sheet: str) -> bool:
    """The sheet's name is one for a form that was sent out; somebody may have filled it in and left its name."""
    return _BLANK_FORM.fullmatch(normal(sheet)) is not None


def is_guidance(sheet: str) -> bool:
    """True where the sheet's name is one for guidance, and nothing else: 填报说明, 填表须知, Guidance."""
    return _GUIDANCE.fullmatch(normal(sheet)) is not None


def is_our_list(grid: Grid) -> bool:
    """True for the list that a marked-up copy was given: it repeats what was wrong and reports nothing."""
    return any(grid.cell(0, column) == MARK for column in range(min(grid.n_columns, _FIRST_COLUMNS)))


def is_aside(grid: Grid) -> bool:
    """True for a sheet that is no part of what the return reports."""
    return is_guidance(grid.sheet) or is_our_list(grid)
