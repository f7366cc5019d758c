"""Verdicts as lines of text, very many at a time.

Most verdicts of a rule say the same but for a name, a place and some numbers. What they share, their *shape*, is put
into words once, by the code that words a single verdict, with marks where the rest goes; Arrow joins pieces and
columns. A shape that would not write its first verdict as that code does is not used: its verdicts are written one by
one, and so are the rarer ones (groups, ranges, lists of items, waived).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from communitycheck.model.report import Report
from communitycheck.model.result import Reason, Records, RuleResult, Subject, Verdict
from communitycheck.model.returns import Address
from communitycheck.model.table import NAME_FIELDS, Bools, Floats, Ints, State
from communitycheck.reporting.numbers import PERCENT, alone, differences, together
from communitycheck.reporting.sentences import SIGNS, Figures, Wording

CHUNK = 1 << 14  # verdicts joined at once
THREADS = 2
# Marks for what differs from verdict to verdict.
NAME, CODE, REGION, PATH, SHEET, ROW, REASON = "\ue100", "\ue101", "\ue102", "\ue103", "\ue104", "\ue105", "\ue106"
OBSERVED, REQUIRED, SHORTFALL, ADD = "\ue110", "\ue111", "\ue112", "\ue113"  # as machines read them
_SEEN, _WANTED, _MISSING, _MORE, _LESS = "\ue120", "\ue121", "\ue122", "\ue123", "\ue124"  # as people do
_MARK = re.compile("([\ue100-\ue124])")
_NUMBER = re.compile(r"-?[0-9][0-9,.]*")  # of a figure, before its unit
_JUDGED = [int(Reason.MET), int(Reason.MISSED)]
# Shapes are numbered: so many ways to order the columns of a rule, and so many columns with their states, fit.
_ORDERS, _FIELDS, _STATES = 1000, 12, len(State)
_TEXT = pa.large_string()  # no number of long names overflows it

Texts = Any  # an Arrow array of texts, one for each verdict


class Form(Protocol):
    """How one format writes a verdict."""

    # What may not stand in a name as it is (RE2); a name without it is not escaped.
    odd: str

    def line(self, verdict: Verdict, result: RuleResult) -> str:
        """One verdict, whole."""
        ...

    def pattern(self, verdict: Verdict, result: RuleResult, numbers: frozenset[str]) -> str:
        """The line of a verdict whose name and place are marks, with ``ROW``, ``REASON`` and marks for ``numbers``."""
        ...

    def escape(self, text: str) -> str:
        """A text of a return as it stands in the place of its mark."""
        ...

    def region(self, path: tuple[str, ...]) -> str:
        """The regions above a subject as they stand in the place of ``REGION``."""
        ...

    def sentence(self, texts: Texts) -> Texts:
        """Reasons as they stand in the place of ``REASON``."""
        ...

    def numbers(self, values: list[float]) -> list[str]:
        """Finite numbers as machines read them."""
        ...


@dataclass(frozen=True, slots=True)
class _Shape:
    """The pieces of a line and of the reason in it: texts and, between them, marks."""

    line: list[str]
    reason: list[str]


def lines(report: Report, form: Form, wording: Wording, *, all_verdicts: bool = False) -> Iterator[bytes]:
    """The verdicts of a report in pieces of very many lines, in their order, in UTF-8."""
    parts = _parts(report, form, wording, all_verdicts)
    few = sum(len(result.missed) for result in report.results) < CHUNK and not all_verdicts
    if few or len(report.results) < 2:
        yield from (writer.text(places) for writer, places in parts)
        return
    with ThreadPoolExecutor(THREADS) as threads:  # Arrow joins in several at once
        ahead: deque[Future[bytes]] = deque()
        for writer, places in parts:
            ahead.append(threads.submit(writer.text, places))
            if len(ahead) > THREADS:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _parts(report: Report, form: Form, wording: Wording, all_verdicts: bool) -> Iterator[tuple[_Writer, Ints]]:
    """What is written as one piece, and by whom."""
    regions: dict[tuple[str, ...], str] = {}  # those that have been written, for all rules
    for result in report.results:
        writer = _Writer(result, form, wording, regions)
        places = result.places(all_outcomes=all_verdicts)
        for start in range(0, len(places), CHUNK):
            yield writer, places[start : start + CHUNK]


class _Writer:
    """Writes the verdicts of one rule."""

    def __init__(self, result: RuleResult, form: Form, wording: Wording, regions: dict[tuple[str, ...], str]) -> None:
        self._result, self._form, self._wording, self._regions = result, form, wording, regions
        self._shapes: dict[int, _Shape | None] = {}
        self._orders = _Orders()
        limits = result.rule.threshold
        self._alike = isinstance(result.subjects, Records) and len(result.fields) <= _FIELDS and limits is not None
        if result.kind != "truth":
            self._alike &= result.kind == "number" and limits is not None and limits.comparison in SIGNS

    def text(self, places: Ints) -> bytes:
        parts: list[Any] = []
        found: list[Any] = []
        rest = np.ones(len(places), bool)
        if self._alike:
            chunk = _Chunk(self._result, places, self._form, self._wording, self._regions)
            for number, some in chunk.shapes(self._orders):
                if number not in self._shapes:
                    self._shapes[number] = self._shape(chunk, some[:1])
                shape = self._shapes[number]
                if shape is not None:
                    parts.append(chunk.lines(shape, some))
                    found.append(some)
                    rest[some] = False
        if rest.any():
            verdicts = self._result.verdicts_at(places[rest])
            parts.append(pa.array([self._form.line(v, self._result) for v in verdicts], _TEXT))
            found.append(np.flatnonzero(rest))
        order = np.empty(len(places), np.int64)
        order[np.concatenate(found)] = np.arange(len(places))
        return _joined(parts[0] if len(parts) == 1 else pa.concat_arrays(parts).take(pa.array(order)))

    def _shape(self, chunk: _Chunk, one: Any) -> _Shape | None:
        """The shape of a verdict of the chunk; None where it does not write that one rightly."""
        result, form, wording = self._result, self._form, self._wording
        verdict = result.verdict(int(chunk.places[one[0]]))
        figures, numbers = _marked(verdict, wording.figures(verdict, result.add_unit))
        marked = replace(
            verdict,
            subject=Subject(verdict.subject.entity, NAME, CODE, (REGION,)),
            at=Address(PATH, SHEET, verdict.at.row if verdict.at else None),
            cells=tuple(map(_in_row, verdict.cells)),
            troubled=tuple((key, state, _in_row(cell)) for key, state, cell in verdict.troubled),
        )
        line = form.pattern(marked, result, numbers)
        shape = _Shape(_MARK.split(line), _MARK.split(wording.reason(marked, figures)))
        return shape if _joined(chunk.lines(shape, one)) == form.line(verdict, result).encode() else None


def _in_row(cell: str) -> str:
    """``F12`` -> ``F`` and the mark of the row."""
    return cell.rstrip("0123456789") + ROW if cell else ""


def _marked(v: Verdict, figures: Figures) -> tuple[Figures, frozenset[str]]:
    """Marks for the numbers in the figures that a verdict has, and those of its bare numbers."""
    more = "-" + _LESS if figures.add.startswith("-") else _MORE
    marks = Figures(
        _NUMBER.sub(_SEEN, figures.observed, count=1),
        _NUMBER.sub(_WANTED, figures.required, count=1),
        _NUMBER.sub(_MISSING, figures.missing, count=1),
        _NUMBER.sub(more, figures.add, count=1),
    )
    numbers = {OBSERVED: v.observed, REQUIRED: v.required, SHORTFALL: v.shortfall, ADD: v.add}
    return marks, frozenset(mark for mark, value in numbers.items() if isinstance(value, float))


class _Orders:
    """The ways in which sheets order the columns of a rule, numbered as they come, in whatever thread."""

    def __init__(self) -> None:
        self._known: dict[tuple[str | None, ...], int] = {}
        self._lock = Lock()

    def number(self, order: tuple[str | None, ...]) -> int:
        with self._lock:
            return self._known.setdefault(order, len(self._known))


class _Chunk:
    """Some verdicts on single records: their shapes, and their columns, each made when a shape first asks for it."""

    def __init__(
        self, result: RuleResult, places: Ints, form: Form, wording: Wording, regions: dict[tuple[str, ...], str]
    ) -> None:
        records = result.subjects
        assert isinstance(records, Records)
        self.places = places
        self._result, self._form, self._wording, self._regions = result, form, wording, regions
        self._records, self._rows = records, records.rows(places)
        self._observed, self._required = result.observed_lo[places], result.required_lo[places]
        self._short, self._add = result.short_and_add(places)
        lever = result.rule.lever or ""
        self._add_unit = result.add_unit or wording.unit_of(lever, result.rule.standard)
        self._made: dict[str, Texts] = {}

    def shapes(self, orders: _Orders) -> Iterator[tuple[int, Any]]:
        """The number of each shape and the positions in this chunk that have it; not those to be written alone.

        ``orders`` is the same for all chunks of a rule.
        """
        result, places = self._result, self.places
        reason = result.reason[places]
        order, straight = self._orders(orders)
        shape = result.outcome[places].astype(np.int64) * 64 + reason
        for value in (self._observed, self._required):
            known = np.where(np.isnan(value), 2, value > 0) if result.kind == "truth" else np.isfinite(value)
            shape = shape * 3 + known
        for value in (self._short, self._add):
            shape = shape * 3 + np.where(np.isnan(value), 2, value < 0)
        shape = (shape * _ORDERS + order) * _STATES**_FIELDS + self._states(reason)
        alike = straight & _same(self._observed, result.observed_hi[places])
        alike &= _same(self._required, result.required_hi[places]) & ~np.isinf(self._short) & ~np.isinf(self._add)
        alike &= ~np.isin(places, [*result.waived, *result.items_missing])
        shape[~alike] = -1
        sorted_ = np.argsort(shape, kind="stable")
        distinct, starts = np.unique(shape[sorted_], return_index=True)
        for number, some in zip(distinct.tolist(), np.split(sorted_, starts[1:]), strict=True):
            if number >= 0:
                yield number, some

    def _orders(self, known: _Orders) -> tuple[Ints, Bools]:
        """How each record's sheet orders the columns, and whether its cells are letters with the number of its row."""
        table, fields = self._records.table, self._result.fields
        sheets = table.sheet_of[self._rows]
        if any(column.lent for key in fields if (column := table.columns.get(key)) is not None):
            return sheets * 0, np.zeros(len(sheets), bool)
        orders, straight = np.zeros(len(table.sheets), np.int32), np.zeros(len(table.sheets), bool)
        for n in np.unique(sheets).tolist():
            order = tuple(table.sheets[n].column_of(key) for key in fields)
            orders[n] = known.number(order)
            straight[n] = not table.sheets[n].transposed and orders[n] < _ORDERS
        return orders[sheets], straight[sheets]

    def _states(self, reason: Any) -> Any:
        """The states of the rule's cells as one number; they are told only where they kept it from judging."""
        states = np.zeros(len(reason), np.int64)
        for key in self._result.fields:
            column = self._records.table.columns.get(key)
            here = State.ABSENT if column is None else 0 if column.state is None else column.state[self._rows]
            states = states * _STATES + here
        return np.where(np.isin(reason, _JUDGED), 0, states)

    def lines(self, shape: _Shape, some: Any) -> Texts:
        """The lines of the verdicts at ``some`` positions of this chunk."""
        index = None if len(some) == len(self.places) else pa.array(some)
        reason = self._filled(shape.reason, index, len(some), None)
        return self._filled(shape.line, index, len(some), self._form.sentence(reason))

    def _filled(self, pieces: list[str], index: Any, n: int, reason: Texts) -> Texts:
        parts: list[Any] = []
        for piece in pieces:
            if piece == REASON:
                parts.append(reason)
            elif _MARK.fullmatch(piece):
                parts.append(self._column(piece) if index is None else self._column(piece).take(index))
            else:
                parts.append(pa.scalar(piece, _TEXT))
        if len(parts) == 1:
            return pa.array([parts[0].as_py()] * n, _TEXT) if isinstance(parts[0], pa.Scalar) else parts[0]
        return pc.binary_join_element_wise(*parts, pa.scalar("", _TEXT))

    def _column(self, mark: str) -> Texts:
        if mark in (_SEEN, _WANTED) and mark not in self._made:
            self._made[_SEEN], self._made[_WANTED] = self._pair()
        elif mark not in self._made:
            self._made[mark] = self._make(mark)
        return self._made[mark]

    def _make(self, mark: str) -> Texts:
        table, rows, form = self._records.table, self._rows, self._form
        if mark == NAME:
            names = self._texts(NAME_FIELDS.get(table.entity, "")) or pa.array(table.names_at(rows), _TEXT)
            return escaped(names, form.odd, form.escape)
        if mark == CODE:
            codes = self._texts("region_code") or pa.array(table.texts_at("region_code", rows), _TEXT)
            return escaped(codes, form.odd, form.escape)
        if mark == REGION:
            ids, paths = self._records.regions(rows)
            known = self._regions
            texts = [known[path] if path in known else known.setdefault(path, form.region(path)) for path in paths]
            return pa.array(texts, _TEXT).take(pa.array(ids))
        if mark in (PATH, SHEET):
            numbers, which = np.unique(table.sheet_of[rows], return_inverse=True)
            sheets = [table.sheets[n] for n in numbers.tolist()]
            texts = [form.escape(sheet.path if mark == PATH else sheet.name) for sheet in sheets]
            return pa.array(texts, _TEXT).take(pa.array(which))
        if mark == ROW:
            return pc.cast(pa.array(table.row_of[rows]), _TEXT)
        return self._printed(mark)

    def _texts(self, key: str) -> Texts | None:
        """A text column of the records as it is; None where some are blank."""
        column = self._records.table.columns.get(key)
        if column is None or column.text is None:
            return None
        taken = column.text.take(pa.array(self._rows))
        if taken.null_count:
            return None
        taken = taken.cast(_TEXT)
        return taken.combine_chunks() if isinstance(taken, pa.ChunkedArray) else taken

    def _printed(self, mark: str) -> Texts:
        """One of the numbers, for machines or, without its unit, for people."""
        percent = (self._add_unit if mark in (_MORE, _LESS) else self._result.rule.unit) == PERCENT
        values = {
            OBSERVED: self._observed, REQUIRED: self._required, ADD: self._add,
            _MORE: self._add, _LESS: -self._add,
        }.get(mark)  # fmt: skip
        if values is None:
            values = differences(self._short, self._required)
        if mark in (OBSERVED, REQUIRED, SHORTFALL, ADD):
            return _each(values, self._form.numbers)
        return _each(values, lambda some: alone(some, percent=percent))

    def _pair(self) -> tuple[Texts, Texts]:
        """Observed and required as people read them, with the digits it takes to tell them apart."""
        percent = self._result.rule.unit == PERCENT
        values = self._observed, self._required
        seen, wanted = (_each(side, lambda some: alone(some, percent=percent)) for side in values)
        known = np.isfinite(values[0]) & np.isfinite(values[1])
        close = np.flatnonzero(_flags(pc.equal(seen, wanted)) & known & (values[0] != values[1]))
        if not len(close):
            return seen, wanted
        pairs = zip(*(side[close].tolist() for side in values), strict=True)
        told = [pa.array(texts, _TEXT) for texts in zip(*(_told(pair, percent) for pair in pairs), strict=True)]
        flags = np.zeros(len(known), bool)
        flags[close] = True
        mask = pa.array(flags)
        return pc.replace_with_mask(seen, mask, told[0]), pc.replace_with_mask(wanted, mask, told[1])


@lru_cache(maxsize=1 << 14)
def _told(pair: tuple[float, float], percent: bool) -> list[str]:
    return together(list(pair), percent=percent)


def _each(values: Floats, write: Callable[[list[float]], list[str]]) -> Texts:
    """Each number written, those that recur once; empty where it is none."""
    encoded = pa.array(values).dictionary_encode()
    distinct: Floats = encoded.dictionary.to_numpy(zero_copy_only=False)
    texts = np.full(len(distinct), "", object)
    finite = np.isfinite(distinct)
    texts[finite] = write(distinct[finite].tolist())
    return pa.array(texts, _TEXT).take(encoded.indices)


def escaped(texts: Texts, odd: str, escape: Callable[[str], str]) -> Texts:
    """``texts`` with those escaped in which the pattern ``odd`` (RE2) is found."""
    where = np.flatnonzero(_flags(pc.match_substring_regex(texts, odd)))
    if not len(where):
        return texts
    changed = texts.to_pylist()
    for k in where.tolist():
        changed[k] = escape(changed[k])
    return pa.array(changed, _TEXT)


def quoted(texts: Texts) -> Texts:
    """Cells of a CSV file, in quotation marks where need be."""
    doubled = pc.replace_substring(texts, '"', '""')
    mark, nothing = pa.scalar('"', _TEXT), pa.scalar("", _TEXT)
    within = pc.binary_join_element_wise(mark, doubled, mark, nothing)
    return pc.if_else(pc.match_substring_regex(texts, '[,"\r\n]'), within, texts)


def _flags(mask: Any) -> Bools:
    flags: Bools = mask.to_numpy(zero_copy_only=False)
    return flags


def _same(low: Floats, high: Floats) -> Bools:
    same: Bools = (low == high) | (np.isnan(low) & np.isnan(high))
    return same


def _joined(texts: Texts) -> bytes:
    """The texts, one behind another: as Arrow keeps them."""
    _, offsets, data = texts.buffers()
    ends = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return bytes(memoryview(data)[ends[0] : ends[-1]])
