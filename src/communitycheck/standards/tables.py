"""Tables of a standard: rows by class or by range, each with a number, or with rows of the next key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from communitycheck.errors import ExpressionError, RuleFileError
from communitycheck.model.expression import Number
from communitycheck.model.expression.lookup_table import ByNumber, ByText, DatedNumbers, Entry, LookupTable, depth
from communitycheck.model.text import Text
from communitycheck.model.units import OwnUnits, canonical, measure_of
from communitycheck.nearest import nearest
from communitycheck.standards.dictionary import placed, unit_of
from communitycheck.standards.files.dates import day_near
from communitycheck.standards.files.schema import TableIn
from communitycheck.standards.files.yaml_file import Path_, YamlFile, dotted
from communitycheck.standards.language.quantities import split_number
from communitycheck.standards.language.side import clean
from communitycheck.standards.language.spoken import plain_number

NONE = "none"  # a row that says that there is no number for it
_ENDS = ("below", "up_to")
_MAX_KEYS = 4


def compile_table(
    name: str, raw: TableIn, layer: str, file: YamlFile, inherited: Mapping[str, LookupTable], units: OwnUnits
) -> LookupTable:
    """A table with its numbers in their canonical unit.

    Raises:
        RuleFileError: with file, line and key.
    """
    path: Path_ = ("tables", name)
    reader = _RowReader(file, units)
    given = [key for key in ("rows", "override") if getattr(raw, key) is not None]
    if len(given) != 1:
        raise reader.fault("table-rows-or-override", path)
    if raw.override is not None:
        base = inherited.get(name)
        if base is None:
            near = nearest(name, inherited)
            raise reader.fault("table-override-without", (*path, "override"), name=name, near=near)
        reader.unit, reader.dimension = base.unit, base.dimension
        reader.declared, reader.factor = base.declared, base.factor
        rows = reader.changed(base.rows, raw.override, (*path, "override"))
        assert isinstance(rows, ByText | ByNumber)
        return replace(base, rows=rows, layer=layer, clause=raw.clause or base.clause)
    stated = unit_of(raw.unit, units, file, (*path, "unit"))
    reader.unit, reader.dimension = stated.unit, stated.kind
    reader.declared, reader.factor = stated.text, stated.factor
    if not isinstance(raw.rows, dict | list):
        raise reader.fault("table-rows", (*path, "rows"))
    found = reader.entry(raw.rows, (*path, "rows"))
    if not isinstance(found, ByText | ByNumber) or not 1 <= depth(found) <= _MAX_KEYS:
        raise reader.fault("table-rows", (*path, "rows"))
    declared, factor = reader.declared, reader.factor
    if not declared and len(reader.written) == 1:
        own = unit_of(next(iter(reader.written)), units, file, (*path, "rows"))
        declared, factor = own.text, own.factor
    note = Text(raw.note.zh, raw.note.en)
    return LookupTable(name, found, reader.unit, reader.dimension, raw.clause, note, layer, declared, factor)


class _RowReader(Struct):
    """Reads rows out of the plain data of YAML.

    Either a unit is ``declared`` for the table, or every number of it has its own, ``written`` behind it, or none has;
    ``bare`` is one without.
    """

    file: YamlFile
    units: OwnUnits
    unit: str = ""
    dimension: str | None = None
    declared: str = ""
    factor: float = 1.0
    written: dict[str, None] = field(default_factory=dict)
    bare: str = ""
    end: str = ""

    def fault(self, code: str, path: Path_, **values: object) -> RuleFileError:
        return RuleFileError(code, file=self.file.name, line=self.file.line(path), key=dotted(path), **values)

    def entry(self, raw: Any, path: Path_) -> Entry:
        if isinstance(raw, dict):
            return self._by_text(raw, path)
        if isinstance(raw, list) and raw and not _is_dated(raw):
            return self._by_number(raw, path)
        return self._numbers(raw, path)

    def _by_text(self, raw: dict[Any, Any], path: Path_) -> ByText:
        if not raw:
            raise self.fault("table-rows", path)
        self._refuse_commas(raw, path)
        return ByText(tuple((str(key), self.entry(value, (*path, key))) for key, value in raw.items()))

    def _by_number(self, raw: list[Any], path: Path_) -> ByNumber:
        edges: list[tuple[float, bool]] = []
        entries: list[Entry] = []
        kind: str | None = None
        for i, row in enumerate(raw):
            end = self._end(row, (*path, i), last=i == len(raw) - 1)
            entries.append(self.entry(row["value"], (*path, i, "value")))
            if end is None:
                return ByNumber(tuple(edges), tuple(entries), kind or None)
            kind = self._kind_of_end(row, (*path, i), kind)
            if edges and end[0] <= edges[-1][0]:
                ends = {"before": f"{edges[-1][0]:.12g}", "found": f"{end[0]:.12g}"}
                raise self.fault("table-order", (*path, i), **ends)
            edges.append(end)
        return ByNumber(tuple(edges), (*entries, None), kind or None)

    def _kind_of_end(self, row: Any, path: Path_, before: str | None) -> str | None:
        """What the ends of the ranges measure, "" where they do not say it; all of a key the same."""
        key = next(key for key in _ENDS if key in row)
        number = self._quantity(row[key], (*path, key))
        kind = number.dimension or ("" if number.value else before)
        if before is not None and kind is not None and kind != before:
            if not (kind and before):
                others = {"text": row[key] if before else self.end, "unit": canonical(kind or before)}
                raise self.fault("number-without-unit", (*path, key), **others)
            raise self.fault("table-units", (*path, key), unit=canonical(kind), other=canonical(before))
        self.end = str(row[key])
        return kind

    def _refuse_commas(self, row: dict[Any, Any], path: Path_) -> None:
        """A comma inside a number cuts a row in braces in two."""
        for key in row:
            if cut := split_number(row, key):
                raise self.fault("rule-file-comma", (*path, key), text=cut[0], near=cut[1])

    def _end(self, row: Any, path: Path_, *, last: bool) -> tuple[float, bool] | None:
        """Where a range ends, and whether the end belongs to it; None for the last, which may have no end."""
        if isinstance(row, dict):
            self._refuse_commas(row, path)
        if not isinstance(row, dict) or "value" not in row or not row.keys() <= {*_ENDS, "value"}:
            raise self.fault("table-range", path)
        ends = [key for key in _ENDS if key in row]
        if len(ends) > 1 or (not ends and not last):
            raise self.fault("table-range", path)
        if not ends:
            return None
        return self._quantity(row[ends[0]], (*path, ends[0])).value, ends[0] == "up_to"

    def _numbers(self, raw: Any, path: Path_) -> DatedNumbers:
        if raw == NONE:
            return ()
        if not isinstance(raw, list):
            return ((None, self._number(raw, path)),)
        dated = []
        for i, item in enumerate(raw):
            start = item.get("from")
            if not item.keys() <= {"value", "from", "clause"} or "value" not in item:
                raise self.fault("table-range", (*path, i))
            if start is not None and not isinstance(start, date):
                raise self.fault("rule-file-date", (*path, i, "from"), text=start, near=day_near(str(start)))
            dated.append((start, self._number(item["value"], (*path, i, "value"))))
        return tuple(sorted(dated, key=lambda one: one[0] or date.min))

    def _number(self, raw: Any, path: Path_) -> float:
        number = self._quantity(raw, path)
        value, dimension = number.value, number.dimension
        if dimension is None:
            self.bare = self.bare or (str(raw) if value and not self.declared else "")
        elif self.dimension not in (None, dimension):
            own, stated = measure_of(self.dimension or "", self.units), measure_of(dimension, self.units)
            if own[0] != stated[0]:
                raise self.fault("table-units", path, unit=canonical(dimension), other=self.unit)
            value = clean(value * stated[1] / own[1])
        else:
            self.dimension, self.unit = dimension, canonical(dimension)
            self.written.setdefault(number.written)
        if self.bare and self.dimension is not None:
            raise self.fault("number-without-unit", path, text=self.bare, unit=next(iter(self.written), self.unit))
        return value if dimension is not None or self.factor == 1 else clean(value * self.factor)

    def _quantity(self, raw: Any, path: Path_) -> Number:
        if isinstance(raw, bool) or not isinstance(raw, int | float | str):
            raise self.fault("table-value", path, text=raw)
        try:
            number = plain_number(raw if isinstance(raw, str) else repr(raw), self.units)
        except ExpressionError as error:
            raise placed(error, self.file, path) from None
        if number is None:
            raise self.fault("table-value", path, text=raw)
        return number

    def changed(self, base: Entry, raw: Any, path: Path_) -> Entry:
        """The rows of ``base`` with those replaced that ``raw`` names."""
        match base:
            case ByText(rows) if isinstance(raw, dict):
                known = dict(rows)
                for key, value in raw.items():
                    if key not in known:
                        near = nearest(str(key), known)
                        raise self.fault("table-override-row", (*path, key), row=key, near=near)
                    known[key] = self.changed(known[key], value, (*path, key))
                return ByText(tuple(known.items()))
            case ByNumber(edges, entries, _) if isinstance(raw, list) and not _is_dated(raw):
                new = list(entries)
                for i, row in enumerate(raw):
                    end = self._end(row, (*path, i), last=True)
                    at = len(edges) if end is None else edges.index(end) if end in edges else -1
                    if at < 0 or new[at] is None:
                        shown = "value" if end is None else f"{_ENDS[end[1]]}: {end[0]:.12g}"
                        raise self.fault("table-override-row", (*path, i), row=shown, near="")
                    new[at] = self.changed(new[at], row["value"], (*path, i, "value"))
                return replace(base, entries=tuple(new))
            case tuple() if not isinstance(raw, dict):
                return self._numbers(raw, path)
            case _:
                raise self.fault("table-override-shape", path)


def _is_dated(raw: list[Any]) -> bool:
    """A list of numbers with their dates, not of ranges."""
    return all(isinstance(item, dict) for item in raw) and any("from" in item for item in raw)
