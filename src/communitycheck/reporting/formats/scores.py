"""Assessment sheets as CSV: a row for each subject, the lowest score first, and a column for each item.

Numbers are plain; a range is ``low~high``, and empty is what does not apply. As in the CSV of the verdicts every text
stays on one line, and what a spreadsheet would run as a formula is led by an apostrophe.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.scores.score_result import ScoreResult
from communitycheck.model.table import Bools, Floats, Ints
from communitycheck.reporting.formats.csv import CsvLines, record
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.lines.columns import CODE, NAME, REGION
from communitycheck.reporting.lines.numbers import Texts, rounded
from communitycheck.reporting.lines.scores import RangeStyle, ScoreColumns, grade_states, in_chunks
from communitycheck.reporting.scores import DECIMALS, item_heading
from communitycheck.reporting.words.sanitise import cell
from communitycheck.reporting.words.sentences import Wording

COLUMNS = (
    "scores",
    "standard",
    "entity",
    "region",
    "name",
    "code",
    "score-low",
    "score-high",
    "grade",
    "vetoes",
    "open-vetoes",
    "sheet-applies",
)
_STYLE = RangeStyle("", "~", "", "")


def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str | memoryview]:
    """The rows in pieces, a header first; with several sheets the items of each behind those of the one before."""
    wording = Wording.of(report, lang)
    headings: list[str] = []
    for found in report.scores:
        of_sheet = f"{found.score.id}/" if len(report.scores) > 1 else ""
        headings += [cell(of_sheet + item_heading(one.item, lang)) for one in found.items]
    yield record([*(wording.say(f"column-{c}") for c in COLUMNS), *headings])
    regions: dict[tuple[str, ...], str] = {}
    before, behind = 0, len(headings)
    for found in report.scores:
        behind -= len(found.items)
        rows = _SheetRows(found, wording, regions, before, behind)
        yield from in_chunks(found.order(), rows.parts)
        before += len(found.items)


class _SheetRows:
    """The rows of one sheet; ``before`` and ``behind`` are how many items of other sheets stand on its sides."""

    def __init__(
        self, found: ScoreResult, wording: Wording, regions: dict[tuple[str, ...], str], before: int, behind: int
    ) -> None:
        self._found, self._wording, self._regions = found, wording, regions
        self._before, self._behind = before, behind
        self._lines, self._states = CsvLines(wording), grade_states(found)

    def parts(self, places: Ints) -> Iterator[Texts | str]:
        """What the rows of the subjects at ``places`` are joined of."""
        found = self._found
        columns = ScoreColumns(found, places, self._lines, _STYLE, self._regions)
        cells: list[Texts | str] = [
            self._head(),
            columns.of_subject(REGION),
            columns.of_subject(NAME),
            columns.of_subject(CODE),
            columns.range_of(_printed(found.lo), _printed(found.lo)),
            columns.range_of(_printed(found.hi), _printed(found.hi)),
            columns.one_for_each(self._states, self._graded),
        ]
        for one in found.items:
            cells.append(columns.range_of(_printed(np.where(one.left_out, np.nan, one.lo)), _printed(one.hi)))
        yield from chain.from_iterable(("," * (k > 0), text) for k, text in enumerate(cells))
        yield "," * self._behind + "\n"

    def _head(self) -> str:
        score, wording = self._found.score, self._wording
        entity = wording.entity(score.by or score.applies_to)
        return record([cell(score.title.in_lang(wording.lang)), score.standard, entity])[:-1]

    def _graded(self, i: int) -> str:
        """Grades, vetoes and whether the sheet applies, and the empty cells of the items of sheets before."""
        found, lang = self._found, self._wording.lang
        vetoes = [self._vetoes(flags, i) for flags in (found.vetoed, found.may_veto)]
        grades = "~".join(grade.name.in_lang(lang) for grade in found.grades_of(i))
        applies = self._wording.say("score-unknown") if found.may_not_apply[i] else self._wording.truth(True)
        return record([cell(text) for text in (grades, *vetoes, applies)])[:-1] + "," * self._before

    def _vetoes(self, flags: list[Bools], i: int) -> str:
        vetoes = zip(self._found.score.vetoes, flags, strict=True)
        return "; ".join(veto.title.in_lang(self._wording.lang) for veto, some in vetoes if some[i])


def _printed(points: Floats) -> Floats:
    """With the decimals of every sheet that people read."""
    return rounded(points, np.full(points.shape, DECIMALS))
