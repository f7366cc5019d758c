"""A table that goes on below another header: its totals may stand for records on the pages that follow."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.returns.layout.layout import Layout
from communitycheck.returns.layout.rows.body import REASONS, UNREAD, figures
from communitycheck.returns.layout.rows.claims import Claim

# What sums of figures with a point may be off by, for each part.
_SLACK = 1e-6


def settle_claims(layouts: list[Layout]) -> None:
    """Forget the false claims of totals that hold once the records below the following headers are counted as well.

    Args:
        layouts: the tables of some columns, from top to bottom; those below another header say so (``second``).
    """
    for at, layout in enumerate(layouts):
        following = _pages_after(layouts, at)
        if layout.false_claims and following:
            layout.false_claims = [claim for claim in layout.false_claims if not _is_met(claim, following)]


def unread_refuted_totals(layout: Layout) -> None:
    """Rows that only a word calls totals and whose figures are no sums may as well be subjects: nobody can tell."""
    false: dict[int, set[int]] = {}
    for claim in layout.false_claims:
        false.setdefault(claim.row, set()).add(claim.column)
    refuted = {total.row for total in layout.word_totals if total.is_refuted(false.get(total.row, set()))}
    if refuted:
        layout.classes[[row - 1 - layout.body_first for row in refuted]] = UNREAD
        layout.totals_rows = [row for row in layout.totals_rows if row not in refuted]
        layout.skipped = [(row, REASONS[UNREAD] if row in refuted else why) for row, why in layout.skipped]


def _pages_after(layouts: list[Layout], at: int) -> list[Layout]:
    """The tables right below one, as long as each stands below another header of the same columns."""
    own = layouts[at]
    pages = []
    for layout in layouts[at + 1 :]:
        if not layout.second:
            break
        if layout.first_column == own.first_column:
            pages.append(layout)
    return pages


def _is_met(claim: Claim, pages: list[Layout]) -> bool:
    """The records up to the end of a page, or up to a total there, add up to what the total says."""
    if claim.part or claim.summed > claim.stated:
        return False
    return any(abs(claim.summed + more - claim.stated) <= _SLACK * claim.stated for more in _sums(claim.column, pages))


def _sums(column: int, pages: list[Layout]) -> Iterator[float]:
    """The sums of a column over the first records of the pages, at each total and at the end of each page."""
    before = 0.0
    for page in pages:
        if not len(page.data_rows):
            continue
        running = np.nancumsum(figures(page.grid.columns[column], page.data_rows))
        ends = np.searchsorted(page.data_rows, [row - 1 for row in page.totals_rows])
        yield from (before + float(running[end - 1]) for end in ends.tolist() if end)
        before += float(running[-1])
        yield before
