"""Which column of a table carries which field. What can be read two ways is asked, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np

from communitycheck.errors import QuestionError
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.returns import SheetColumn
from communitycheck.model.table import NAME_FIELDS, Column, State
from communitycheck.model.units import Unit, canonical
from communitycheck.returns.cells.findings import Finding
from communitycheck.returns.cells.numbers import fitting
from communitycheck.returns.cells.privacy import masked
from communitycheck.returns.columns.entity import LEVELS, entity_of, is_wordy, names_subjects
from communitycheck.returns.columns.headers import Header, parse_header, units_in_line
from communitycheck.returns.columns.match import NAMED_LEVEL, Names, Option, options, similar
from communitycheck.returns.columns.paired import answers, question_of
from communitycheck.returns.grid import letter
from communitycheck.returns.layout.tables import LayoutColumn
from communitycheck.returns.table.cast import How, cast
from communitycheck.returns.table.numbered import without_numbers

# Of two columns for one field, the one whose header has such a word is meant: residents before all on the books.
PREFERRED = ("常住",)
# Roles whose columns may repeat without harm; the first one counts.
_HARMLESS_ROLES = frozenset({"seq", "note"})
_NAME_ROLES = frozenset({"name", "region"})
_SAMPLE = 400


Cells = Callable[[int, bool], Any]


@dataclass(frozen=True, slots=True)
class Source:
    """One column of a table: place, header, cells. ``answer`` is set for a column that answers together with another
    one: True for the first, which has the answers of both for its cells, False for the second."""

    index: int
    raw: str
    header: Header
    cells: Any
    options: tuple[Option, ...] = ()
    pinned: bool = False
    answer: bool | None = None
    # The cells are not what the grid holds.
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """The column that carries a field, and how its numbers are scaled."""

    source: Source
    confidence: float
    how: How


@dataclass(slots=True)
class Assignment:
    """The answer for one table. ``notes`` are (column index, finding about its header)."""

    entity: str | None
    fields: dict[str, Chosen] = field(default_factory=dict)
    columns: list[SheetColumn] = field(default_factory=list)
    notes: list[tuple[int, Finding]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the table stands, for questions and for telling what its records are."""

    path: str
    sheet: str
    titles: tuple[str, ...] = ()
    unit_line: str | None = None
    turned: tuple[int, int] | None = None

    def column(self, index: int) -> str:
        """Letter of a column; of a table that lies on its side the number of the row."""
        return letter(index) if self.turned is None else str(self.turned[0] + index + 1)

    def code(self, code: str) -> str:
        """The message for columns, or the one for rows."""
        return code if self.turned is None else f"{code}-turned"


def assign(
    columns: list[LayoutColumn],
    cells: Cells,
    names: Names,
    place: Place,
    *,
    pinned: Mapping[int, str | None] | None = None,
    entity: str | None = None,
    days_in_year: int = 365,
) -> Assignment:
    """Find the field of every column.

    Args:
        cells: (grid column index, carry) -> the texts of the records (Arrow array); with ``carry``, names that stand
            once for several rows are filled in.
        pinned: grid column index -> field key, or None for "no field": what the user has settled.
        entity: what the records are, where the user has settled that.

    Raises:
        QuestionError: ``two-columns-one-field`` or ``one-column-two-fields``.
    """
    sources = _paired([_source(column, cells, names, pinned or {}) for column in columns], names)
    sources = _by_unit(sources, names)
    named = _named(sources, names)
    if entity is None:
        possible = [names.fields[o.key] for s in sources for o in s.options]
        entity = entity_of(named, possible, place.sheet, list(place.titles))
    result = Assignment(entity)
    sources = [_narrowed(s, names, entity, result) for s in sources]
    line = units_in_line(place.unit_line)
    carriers: dict[str, list[Source]] = {}
    for source in sources:
        if source.options:
            carriers.setdefault(_one(source, names, place).key, []).append(source)
    for key in _in_order(carriers, sources):
        entry = names.fields[key]
        how = [_how(entry, s, line, days_in_year) for s in carriers[key]]
        chosen, passed = _pick(entry, carriers[key], how, place)
        result.fields[key] = chosen
        for other in passed:
            values = {"field": entry.label, "other": place.column(chosen.source.index)}
            code = place.code("column-passed-over")
            result.notes.append((other.index, Finding(-1, code, other.raw, values, "info")))
    _share_columns(result, names.fields, line, days_in_year)
    _without_numbers(result)
    for source, other in pairwise(sources):
        if source.answer:
            values = {"other": other.raw}
            result.notes.append((source.index, Finding(-1, "columns-answer-together", source.raw, values, "info")))
    result.columns = _listed(sources, result, names, place)
    _say_similar(sources, result, names)
    return result


def _source(column: LayoutColumn, cells: Cells, names: Names, pinned: Mapping[int, str | None]) -> Source:
    header = parse_header(column.header, column.unit_text)
    if column.index in pinned:
        key = pinned[column.index]
        settled = (Option(key, 1.0, column.header),) if key is not None else ()
        carry = key is not None and not never_carried(names.fields[key])
        return Source(column.index, column.header, header, cells(column.index, carry), settled, pinned=True)
    found = tuple(options(header, names))
    texts = cells(column.index, bool(found) and not any(never_carried(names.fields[o.key]) for o in found))
    naming = tuple(o for o in found if names.fields[o.key].role in _NAME_ROLES)
    if naming:  # 行政村 names villages, or counts them
        found = naming if is_wordy(texts) else tuple(o for o in found if o not in naming)
    return Source(column.index, column.header, header, texts, found)


def _paired(sources: list[Source], names: Names) -> list[Source]:
    """有 and 无 side by side under one heading become one column, the second none."""
    for i, (yes, no) in enumerate(pairwise(sources)):
        question = None if yes.pinned or no.pinned else question_of(yes.header, no.header)
        found = tuple(options(question, names)) if question is not None else ()
        if question is None or not any(names.fields[o.key].type in ("truth", "count") for o in found):
            continue
        cells = answers(yes.cells, no.cells)
        if cells is not None:
            sources[i] = replace(yes, header=question, cells=cells, options=found, answer=True, changed=True)
            sources[i + 1] = replace(no, options=(), answer=False)
    return sources


def _by_unit(sources: list[Source], names: Names) -> list[Source]:
    """A column headed 单位, or 填报单位, where the subjects are named there and nowhere else."""
    named = _named(sources, names)
    for i, source in enumerate(sources):
        plain = source.header.levels[-1:] == ("单位",) and not source.options
        reporter = any(o.key == "reporter" for o in source.options)
        if (plain or reporter) and not source.pinned and names_subjects(source.cells, named):
            sources[i] = replace(source, options=(Option("subject_name", NAMED_LEVEL, source.raw),))
            break
    return sources


def _without_numbers(result: Assignment) -> None:
    """Names of subjects lose the number of their row, by which other returns would not know them."""
    key = NAME_FIELDS.get(result.entity or "", "")
    chosen = result.fields.get(key)
    bare = without_numbers(chosen.source.cells) if chosen is not None else None
    if chosen is not None and bare is not None:
        result.fields[key] = replace(chosen, source=replace(chosen.source, cells=bare, changed=True))
        result.notes.append((chosen.source.index, Finding(-1, "names-numbered", chosen.source.raw, {}, "info")))


def never_carried(field: Field) -> bool:
    """A name may hold for the rows below it; a number or a code is one record's own."""
    return field.is_number or field.type == "code"


def _named(sources: list[Source], names: Names) -> dict[str, Any]:
    """Cells of the columns that name, place or number the records, by field."""
    found: dict[str, Any] = {}
    for source in sources:
        for option in source.options:
            role = names.fields[option.key].role
            if (role in _NAME_ROLES or role == "code" or option.key in LEVELS) and source.cells.null_count < len(
                source.cells
            ):
                found.setdefault(option.key, source.cells)
    return found


def _narrowed(source: Source, names: Names, entity: str | None, result: Assignment) -> Source:
    """The source with the options that its entity and unit allow."""
    if source.pinned or not source.options:
        return source
    kept = []
    for option in source.options:
        entry = names.fields[option.key]
        if entity is not None and entry.entities and entity not in entry.entities:
            continue
        wrong = _wrong_unit(entry, source.header)
        if wrong:
            values = {"field": entry.label, "unit": wrong}
            result.notes.append((source.index, Finding(-1, "unit-does-not-fit", source.raw, values)))
        else:
            kept.append(option)
    kept = _named_after(kept, names, entity)
    return replace(source, options=tuple(kept))


def _named_after(kept: list[Option], names: Names, entity: str | None) -> list[Option]:
    """A column headed just 名称 names what the records are."""
    key = NAME_FIELDS.get(entity or "")
    if key is None or key not in names.fields:
        return kept
    return [replace(o, key=key) if o.key == "subject_name" else o for o in kept]


def _wrong_unit(entry: Field, header: Header) -> str:
    """The stated unit where it measures something else than the field; empty where it fits or none is stated."""
    if not entry.is_number:
        return ""
    asks = entry.type in ("truth", "count")
    if header.foreign:
        return "" if asks else header.foreign
    if header.unit is None:
        return ""
    if asks:
        return header.unit_text if header.unit.dimension == "ratio" else ""
    return header.unit_text if fitting(entry.dimension, header.unit, header.unit_text) is None else ""


def _one(source: Source, names: Names, place: Place) -> Option:
    """The one field of a column: the more special entity first, then the unit, then what its cells can be read as."""
    kept = list(source.options)
    if len(kept) > 1:
        special = [o for o in kept if names.fields[o.key].entities]
        kept = special or kept
    if len(kept) > 1 and source.header.unit is not None:
        same = [o for o in kept if names.fields[o.key].dimension == source.header.unit.dimension]
        kept = same or kept
    if len(kept) > 1:
        sample = source.cells.drop_null().slice(0, _SAMPLE)
        readable = [_readable(names.fields[o.key], sample) for o in kept]
        kept = [o for o, n in zip(kept, readable, strict=True) if n == max(readable)]
    if len(kept) > 1:
        raise QuestionError(
            place.code("one-column-two-fields"),
            columns=(place.column(source.index),),
            path=place.path,
            sheet=place.sheet or None,
            column=place.column(source.index),
            header=_shown(source.raw),
            fields="、".join(o.key for o in kept),
        )
    return kept[0]


def _readable(entry: Field, sample: Any) -> int:
    column, _ = cast(entry, sample, How())
    return len(sample) if column.state is None else int((column.state == State.KNOWN).sum())


def _in_order(carriers: dict[str, list[Source]], sources: list[Source]) -> list[str]:
    place = {s.index: i for i, s in enumerate(sources)}
    return sorted(carriers, key=lambda key: min(place[s.index] for s in carriers[key]))


def _how(entry: Field, source: Source, line: list[tuple[Unit, str]], days_in_year: int) -> How:
    """Scale of a column: the unit in its header, else the one of the caption that can mean it."""
    unit, written = source.header.unit, source.header.unit_text
    how = How(days_in_year=days_in_year)
    if entry.type in ("truth", "count") or not entry.is_number:
        return how
    if unit is None:
        fits = {
            f: (u, w) for u, w in line for f in [fitting(entry.dimension, u, w)] if f is not None and entry.dimension
        }
        if len(fits) != 1:
            return how
        unit, written = next(iter(fits.values()))
    if entry.type == "share":
        return replace(how, share_unit=written if written in ("%", "‰") else "")
    factor = float(fitting(entry.dimension, unit, written) or 1.0)
    # 户均 is per household, and the field per hundred.
    if entry.dimension == "area_per_100_households" and unit.dimension == "area" and "户均" in source.raw:
        factor *= 100
    return replace(how, factor=factor, stated=True)


def _pick(entry: Field, sources: list[Source], how: list[How], place: Place) -> tuple[Chosen, list[Source]]:
    """The column that carries the field, and those passed over.

    A column the user pinned comes first, then a better match, then a preferred word; equal columns are one.
    """
    chosen = [Chosen(s, s.options[0].confidence, h) for s, h in zip(sources, how, strict=True)]
    if (
        len(chosen) == 1
        or entry.personal
        or entry.role in _HARMLESS_ROLES
        or (entry.type in ("text", "date") and entry.role is None)
    ):
        return chosen[0], sources[1:]
    pins = [c for c in chosen if c.source.pinned]
    best = max(c.confidence for c in chosen)
    for fewer in (pins, [c for c in chosen if c.confidence == best], _preferred(chosen)):
        if len(fewer) == 1:
            return fewer[0], [s for s in sources if s is not fewer[0].source]
        chosen = fewer or chosen
    fullest = _fullest(entry, chosen)
    if fullest is None:
        raise QuestionError(
            place.code("two-columns-one-field"),
            columns=tuple(place.column(c.source.index) for c in chosen),
            path=place.path,
            sheet=place.sheet or None,
            field=entry.label,
            key=entry.key,
            first=place.column(chosen[0].source.index),
            first_header=_shown(chosen[0].source.raw),
            second=place.column(chosen[1].source.index),
            second_header=_shown(chosen[1].source.raw),
        )
    return fullest, [s for s in sources if s is not fullest.source]


def _preferred(chosen: list[Chosen]) -> list[Chosen]:
    return [c for c in chosen if any(word in c.source.raw for word in PREFERRED)]


def _fullest(entry: Field, chosen: list[Chosen]) -> Chosen | None:
    """Where all columns say the same, the one that says it for every record; None where they differ."""
    columns = [cast(entry, c.source.cells, c.how)[0] for c in chosen]
    known = [_known(column) for column in columns]
    best = max(range(len(chosen)), key=lambda i: int(known[i].sum()))
    for column, here in zip(columns, known, strict=True):
        if bool((here & ~known[best]).any()) or not _agree(column, columns[best], here & known[best]):
            return None
    return chosen[best]


def _known(column: Column) -> Any:
    n = len(column)
    return np.ones(n, np.bool_) if column.state is None else column.state == State.KNOWN


def _agree(a: Column, b: Column, where: Any) -> bool:
    if a.lo is not None and b.lo is not None and a.hi is not None and b.hi is not None:
        return bool(np.array_equal(a.lo[where], b.lo[where]) and np.array_equal(a.hi[where], b.hi[where]))
    first, second = a.coded(), b.coded()
    names = {name: i for i, name in enumerate(first.names)}
    same = np.array([names.get(name, -2) for name in second.names] + [-1], np.int64)
    return bool(np.array_equal(first.codes[where], same[second.codes[where]]))


def _share_columns(
    result: Assignment, fields: Mapping[str, Field], line: list[tuple[Unit, str]], days_in_year: int
) -> None:
    """Fields that are read from the column of another one, where no column of their own was found."""
    for key, entry in fields.items():
        host = result.fields.get(entry.same_column or "")
        allowed = not entry.entities or result.entity is None or result.entity in entry.entities
        if key not in result.fields and host is not None and allowed:
            result.fields[key] = Chosen(host.source, host.confidence, _how(entry, host.source, line, days_in_year))


def _listed(sources: list[Source], result: Assignment, names: Names, place: Place) -> list[SheetColumn]:
    """Every column for ``inspect``, in order; one that answers two questions is listed twice."""
    listed = []
    for source in sources:
        own = [(k, c) for k, c in result.fields.items() if c.source.index == source.index]
        for key, chosen in own:
            entry = names.fields[key]
            listed.append(
                SheetColumn(
                    place.column(source.index),
                    _shown(source.raw),
                    key,
                    entry.unit or None,
                    chosen.how.factor,
                    chosen.confidence,
                )
            )
        if not own:
            unit = source.header.unit
            stated = canonical(unit.dimension) if unit is not None else None
            factor = float(unit.factor) if unit is not None else 1.0
            listed.append(SheetColumn(place.column(source.index), _shown(source.raw), None, stated, factor))
    return listed


def _say_similar(sources: list[Source], result: Assignment, names: Names) -> None:
    """What was matched by likeness, and what came close."""
    for key, chosen in result.fields.items():
        if chosen.confidence < 1.0 and names.fields[key].same_column not in result.fields:
            values = {"field": names.fields[key].label, "confidence": f"{chosen.confidence:.0%}"}
            finding = Finding(-1, "column-by-likeness", chosen.source.raw, values, "info")
            result.notes.append((chosen.source.index, finding))
    used = {c.source.index for c in result.fields.values()}
    noted = {index for index, _ in result.notes}
    for source in sources:
        if source.index not in used | noted and not (source.pinned or source.options or source.answer is False):
            near = similar(source.header, names)
            if near:
                result.notes.append((source.index, Finding(-1, "column-similar", source.raw, {"name": near}, "info")))


def _shown(raw: str) -> str:
    return masked(" ".join(raw.split()))


def dictionary_names(dictionary: Dictionary) -> Names:
    """The lookup of a dictionary, made once for each."""
    cached = _LOOKUPS.get(id(dictionary))
    if cached is None or cached[0] is not dictionary:
        cached = (dictionary, Names.of(dictionary))
        _LOOKUPS.clear()
        _LOOKUPS[id(dictionary)] = cached
    return cached[1]


_LOOKUPS: dict[int, tuple[Dictionary, Names]] = {}
