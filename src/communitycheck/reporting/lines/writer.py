"""Verdicts as lines of text, very many at a time.

Most verdicts of a rule say the same but for a name, a place and some numbers: they are of one *shape*. A verdict of
each shape is put into words by the code that words a single verdict, with marks where the rest goes; that is the
shape's *pattern*, and Arrow joins its pieces and columns. A pattern that would not write its own verdict as that code
does is not used: the verdicts of that shape are written one by one, and so are the rarer kinds (groups, ranges, lists
of items, waived).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import replace

from communitycheck.model.address import Address
from communitycheck.model.report import Report
from communitycheck.model.result import Records, RuleResult, Subject, Verdict
from communitycheck.model.table import Ints
from communitycheck.reporting.lines import columns as at
from communitycheck.reporting.lines.columns import MarkColumns, MarkWriter, joined
from communitycheck.reporting.lines.numbers import Texts
from communitycheck.reporting.lines.shapes import ALONE, VerdictNumbers, shapes
from communitycheck.reporting.words.figures import Figures
from communitycheck.reporting.words.sentences import Wording
from communitycheck.system.scratch import scratch_folder
from communitycheck.system.threads import ahead

CHUNK = 1 << 14  # verdicts joined at once
BLOCK = 1 << 22  # bytes of lines that waited in a file
THREADS = 2
FEW = 32  # so many verdicts of a shape are sooner put into words one by one
_PIECES = re.compile(f"({at.MARKS})")
_COMMA = ",\ue130"  # behind the mark of a number that has thousands marks, so that a format sees a comma there
_NUMBER = re.compile(r"-?[0-9][0-9,.]*")  # of a figure, before its unit


class LineFormat(MarkWriter, Protocol):
    """How one format writes a verdict."""

    def line(self, verdict: Verdict, result: RuleResult) -> str:
        """One verdict, whole."""
        ...

    def pattern(self, verdict: Verdict, result: RuleResult, reason: str, numbers: frozenset[str]) -> str:
        """The line of a verdict whose name, place and reason hold marks; with marks for its row and ``numbers``."""
        ...


Part: TypeAlias = "tuple[int, _RuleLines, slice]"  # the number of a result, who writes it, and which of it


def verdict_lines(
    report: Report, format: LineFormat, wording: Wording, *, all_verdicts: bool = False
) -> Iterator[memoryview]:
    """The verdicts of a report in pieces of very many lines, in their order, in UTF-8."""
    if report.batches is not None:
        yield from _of_batches(report, format, wording)
        return
    parts = _parts(enumerate(report.results), format, wording, all_verdicts)
    few = sum(len(result.missed) for result in report.results) < CHUNK and not all_verdicts
    if few or len(report.results) < 2:
        yield from (writer.text(part) for _, writer, part in parts)
        return
    yield from (text for _, text in _side_by_side(parts))


def _side_by_side(parts: Iterable[Part]) -> Iterator[tuple[int, memoryview]]:
    """The number of the result and the text of each part, in their order: Arrow joins in several threads at once."""

    def written(part: Part) -> tuple[int, memoryview]:
        n, writer, lines = part
        return n, writer.text(lines)

    return ahead(written, parts, THREADS)


def _of_batches(report: Report, format: LineFormat, wording: Wording) -> Iterator[memoryview]:
    """The same of verdicts that come in batches of records: the lines of each rule wait in a file for those before."""
    assert report.batches is not None
    with scratch_folder() as folder, ExitStack() as opened:
        files: dict[int, BinaryIO] = {}
        each = chain.from_iterable(_parts(batch, format, wording, False) for batch in report.batches)
        for n, text in _side_by_side(each):
            if n not in files:
                files[n] = opened.enter_context(Path(folder, str(n)).open("wb+"))
            files[n].write(text)
        for n, result in enumerate(report.results):
            if n in files:
                files[n].seek(0)
                while block := files[n].read(BLOCK):
                    yield memoryview(block)
            elif not isinstance(result.subjects, Records):
                yield from (writer.text(part) for _, writer, part in _parts([(n, result)], format, wording, False))


def _parts(
    results: Iterable[tuple[int, RuleResult]], format: LineFormat, wording: Wording, all_verdicts: bool
) -> Iterator[Part]:
    """What is written as one piece, and by whom, with the number of its result."""
    regions: dict[tuple[str, ...], str] = {}  # those that have been written, for all rules
    for n, result in results:
        places = result.places(all_outcomes=all_verdicts)
        if len(places):
            writer = _RuleLines(result, places, format, wording, regions)
            for start in range(0, len(places), CHUNK):
                yield n, writer, slice(start, start + CHUNK)


class _RuleLines:
    """Writes the verdicts of one rule at ``places``."""

    def __init__(
        self,
        result: RuleResult,
        places: Ints,
        format: LineFormat,
        wording: Wording,
        regions: dict[tuple[str, ...], str],
    ) -> None:
        self._result, self._places, self._format, self._wording, self._regions = (
            result,
            places,
            format,
            wording,
            regions,
        )
        self._numbers = VerdictNumbers.of(result, places, wording)
        self._shapes = shapes(result, places, self._numbers)
        self._patterns: dict[int, list[str] | None] = {ALONE: None}

    def text(self, part: slice) -> memoryview:
        places, numbers, found = self._places[part], self._numbers.at(part), self._shapes[part]
        texts: list[Texts] = []
        order: list[npt.NDArray[np.signedinteger]] = []
        for shape in np.unique(found).tolist():
            some = np.flatnonzero(found == shape)
            texts.append(self._lines(shape, places[some], numbers.at(some)))
            order.append(some)
        if len(texts) == 1:
            return joined(texts[0])
        back = np.empty(len(places), np.int64)
        back[np.concatenate(order)] = np.arange(len(places))
        return joined(pa.concat_arrays(texts).take(pa.array(back)))

    def _lines(self, shape: int, places: Ints, numbers: VerdictNumbers) -> Texts:
        """Verdicts of one shape."""
        if len(places) > FEW:
            if shape not in self._patterns:
                self._patterns[shape] = self._pattern(places[:1], numbers.at(slice(1)))
            pattern = self._patterns[shape]
            if pattern is not None:
                return self._filled(pattern, places, numbers)
        verdicts = self._result.verdicts_at(places)
        return pa.array([self._format.line(v, self._result) for v in verdicts], at.TEXT)

    def _pattern(self, place: Ints, numbers: VerdictNumbers) -> list[str] | None:
        """Texts and, between them, marks; None where they do not write the verdict at ``place`` rightly."""
        result, format, wording = self._result, self._format, self._wording
        verdict = next(result.verdicts_at(place))
        figures, marks = _marked(verdict, wording.figures(verdict, result.add_unit))
        marked = replace(
            verdict,
            subject=Subject(verdict.subject.entity, at.NAME, at.CODE, (at.REGION,)),
            at=Address(at.PATH, at.SHEET, verdict.at.row if verdict.at else None),
            cells=tuple(map(_in_row, verdict.cells)),
            troubled=tuple((key, state, _in_row(cell)) for key, state, cell in verdict.troubled),
        )
        line = format.pattern(marked, result, wording.reason(marked, figures), marks)
        pattern = _PIECES.split(line.replace(_COMMA, ""))
        return (
            pattern if joined(self._filled(pattern, place, numbers)) == format.line(verdict, result).encode() else None
        )

    def _filled(self, pattern: list[str], places: Ints, numbers: VerdictNumbers) -> Texts:
        assert isinstance(self._result.subjects, Records)
        columns = MarkColumns(self._result.subjects, places, numbers, self._format, self._regions)
        parts: list[Texts | str] = [""]
        for piece in pattern:
            part = columns.get(piece) if _PIECES.match(piece) else piece
            if isinstance(part, str) and isinstance(parts[-1], str):
                parts[-1] += part
            else:
                parts.append(part)
        texts = (pa.scalar(part, at.TEXT) if isinstance(part, str) else part for part in parts)
        return pc.binary_join_element_wise(*texts, pa.scalar("", at.TEXT))


def _in_row(cell: str) -> str:
    """``F12`` -> ``F`` and the mark of the row."""
    return cell.rstrip("0123456789") + at.ROW if cell else ""


def _marked(v: Verdict, figures: Figures) -> tuple[Figures, frozenset[str]]:
    """Marks for the numbers in the figures that a verdict has, and those of its bare numbers."""

    def marked(figure: str, mark: str) -> str:
        return _NUMBER.sub(lambda number: mark + _COMMA * ("," in number[0]), figure, count=1)

    marks = Figures(
        marked(figures.observed, at.SEEN),
        marked(figures.required, at.WANTED),
        marked(figures.missing, at.MISSING),
        marked(figures.add, "-" + at.LESS if figures.add.startswith("-") else at.MORE),
    )
    numbers = {at.OBSERVED: v.observed, at.REQUIRED: v.required, at.SHORTFALL: v.shortfall, at.ADD: v.add}
    return marks, frozenset(mark for mark, value in numbers.items() if isinstance(value, float))
