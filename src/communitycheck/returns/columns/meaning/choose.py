"""Which field a column is, and which of several columns is the field. What can be read two ways is a question."""

from __future__ import annotations

from datetime import date

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from communitycheck.errors import QuestionError
from communitycheck.model.dictionary import Field
from communitycheck.model.table import Bools, Column, State
from communitycheck.model.text import Text
from communitycheck.model.units import canonical
from communitycheck.model.units import shown as shown_unit
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cast.column import cast
from communitycheck.returns.cells.cast.findings import Finding
from communitycheck.returns.cells.cast.scale import Scale
from communitycheck.returns.cells.privacy import masked
from communitycheck.returns.columns.headers.header import Header
from communitycheck.returns.columns.headers.units import UnitLine
from communitycheck.returns.columns.meaning.by_values import share_read
from communitycheck.returns.columns.meaning.field_names import Candidate, FieldNames
from communitycheck.returns.columns.meaning.raw_columns import RawColumn
from communitycheck.returns.columns.meaning.repeated_names import repeats_names
from communitycheck.returns.grid import letter

# Of two columns for one field, the one whose header has such a word is meant: residents before all on the books.
PREFERRED = ("常住",)
# Roles whose columns may repeat without harm; the first one counts.
_HARMLESS_ROLES = frozenset({"seq", "note"})
# A header that asks how many there are: 儿童之家数, 儿童之家(数量).
_HOW_MANY = pattern(r"(?:数|数量|个数|多少|几个)\s*[)）]?\s*$")


class Chosen(Struct, frozen=True):
    """The column that carries a field, and how its numbers are scaled."""

    column: RawColumn
    confidence: float
    scale: Scale


class TablePlace(Struct, frozen=True):
    """Where the table stands, for questions and for telling what its records are. ``cells`` are those of the labels of
    a form."""

    path: str
    sheet: str
    titles: tuple[str, ...] = ()
    unit_line: str | None = None
    transposed_from: tuple[int, int] | None = None
    period: date | None = None
    cells: tuple[str, ...] = ()

    def column(self, index: int) -> str:
        """Letter of a column; in a transposed table the number of the row, in a form the cell of the label."""
        if self.cells:
            return self.cells[index]
        return letter(index) if self.transposed_from is None else str(self.transposed_from[0] + index + 1)

    def code(self, code: str) -> str:
        """The message for columns, or the one for rows."""
        return code if self.transposed_from is None else f"{code}-turned"


# --- which field a column is


def fitting_candidates(
    column: RawColumn, names: FieldNames, entity: str | None, caption: UnitLine, *, named: bool
) -> tuple[RawColumn, list[Finding]]:
    """The column with the candidates that the kind of subject and its unit allow; and the units that do not fit.

    Args:
        caption: the line of units over the table, which holds where the header states none.
        named: another column names the subjects by their kind (小区名称), so that 区域 or 名称 beside it says
            something else.
    """
    if not column.candidates:
        return column, []
    kept, misfits, refused, misfit = [], [], [], ""
    for candidate in column.candidates:
        field = names.fields[candidate.key]
        if entity is not None and field.entities and entity not in field.entities and not column.given:
            continue
        wrong = wrong_unit(field, column.header, names)
        if column.header.unit is None and not wrong and not column.given:
            wrong = caption.unfit(field.dimension)
        if wrong:
            values = {"field": field.label, "key": field.key, "unit": wrong, "own": unit_in_words(field)}
            misfits.append(Finding(-1, _misfit(field, column.header, names), column.text, values))
            refused.append(candidate.key)
            misfit = misfit or wrong
        else:
            kept.append(candidate)
    allowed = tuple(kept if named or column.given else _named_after(kept, names, entity))
    return replace(column, candidates=allowed, refused=tuple(refused), misfit=misfit), misfits


def _misfit(field: Field, header: Header, names: FieldNames) -> str:
    """The message for a unit that does not fit."""
    if names.unit_in(field, header).other_span:
        return "span-does-not-fit"
    return "unit-does-not-fit" if field.declared or field.unit else "field-without-unit"


def unit_in_words(field: Field) -> Text:
    """The unit of a field as it was declared."""
    unit = field.declared or field.unit
    return Text(shown_unit(unit, "zh") or unit, shown_unit(unit, "en") or unit)


def _named_after(kept: list[Candidate], names: FieldNames, entity: str | None) -> list[Candidate]:
    """A column headed just 名称 names what the records are."""
    key = names.entity(entity).name_field
    if key not in names.fields:
        return kept
    return [replace(c, key=key) if c.key == "subject_name" else c for c in kept]


def wrong_unit(field: Field, header: Header, names: FieldNames) -> str:
    """What the header states and the field is not in: a unit that measures something else, or another span of time;
    empty where it fits or none is stated."""
    if not field.is_number:
        return ""
    if field.type in ("truth", "count"):
        ratio = header.unit is not None and header.unit.dimension == "ratio" and not header.foreign
        return header.unit_text if ratio else ""
    unit = names.unit_in(field, header)
    if header.foreign and header.unit is None and unit.is_span(header.foreign):
        return ""
    if header.foreign:
        return header.foreign if header.unit is not None or unit.worth(header.foreign) is None else ""
    if header.unit is None:
        other = next((aside for aside in header.asides if unit.is_other(aside)), "")  # one that a standard declares
        return other or ("/".join(header.levels) if unit.other_span and not header.asides else "")
    return header.unit_text if unit.worth(header.unit_text) is None else ""


def field_of(column: RawColumn, names: FieldNames, place: TablePlace) -> str:
    """The key of a column's field: the one that a standard declares first, then the one of a special entity, then by
    the unit, then by what its cells can be read as.

    Raises:
        QuestionError: ``one-column-two-fields``.
    """
    kept = list(column.candidates)
    if len(kept) > 1 and any(c.key in names.own for c in kept):
        kept = [max(kept, key=lambda c: names.own.index(c.key) if c.key in names.own else -1)]
    if len(kept) > 1:
        kept = [c for c in kept if names.fields[c.key].entities] or kept
    if len(kept) > 1 and column.header.unit is not None:
        kept = [c for c in kept if names.fields[c.key].dimension == column.header.unit.dimension] or kept
    if len(kept) > 1:
        filled = column.cells.drop_null()
        readable = [share_read(names.fields[c.key], filled) for c in kept]
        kept = [c for c, n in zip(kept, readable, strict=True) if n == max(readable)]
    if len(kept) > 1:
        raise QuestionError(
            place.code("one-column-two-fields") if len(column.cells) else "one-header-two-fields",
            columns=(place.column(column.index),),
            path=place.path,
            sheet=place.sheet or None,
            column=place.column(column.index),
            header=shown(column.text),
            fields="、".join(c.key for c in kept),
        )
    return kept[0].key


# --- how its numbers are scaled


def scale_of_column(
    field: Field, column: RawColumn, caption: UnitLine, days_in_year: int, names: FieldNames
) -> Scale:
    """By the unit in the header, else by the one of the caption (单位：户、%) that can mean it."""
    header = column.header
    scale = Scale(days_in_year=days_in_year)
    if field.type == "truth":
        return replace(scale, stated=header.unit is not None or _HOW_MANY.search(column.text) is not None)
    if field.type == "count" or not field.is_number:
        return scale
    unit = names.unit_in(field, header)
    scale = replace(scale, unit=unit)
    texts = (header.unit_text,) if header.unit is not None else (header.foreign, *header.asides)
    found = next(((worth, text) for text in texts if (worth := unit.worth(text)) is not None), None)
    if found is None:
        fits = {worth: text for text in caption.texts if (worth := unit.worth(text)) is not None}
        if len(fits) != 1 or field.dimension is None:
            # A column headed by the field's own name, as programs write it, is in the field's unit.
            named = column.text.strip() in (field.key, *field.also)
            own = field.factor != 1 or field.unit != canonical(field.dimension or "")
            return replace(scale, factor=field.factor, stated=named or own)
        found = next(iter(fits.items()))
    if field.type == "share":
        return replace(scale, share_unit=found[1] if found[1] in ("%", "‰") else "")
    return replace(scale, factor=found[0], stated=True)


# --- which of several columns the field is


def choose(
    field: Field, columns: list[RawColumn], scales: list[Scale], place: TablePlace, *, named: bool = False
) -> tuple[Chosen, list[RawColumn]]:
    """The column that carries the field, and those passed over.

    A column given in the mapping comes first, then a better match, then a preferred word; equal columns are one, and so
    are names that a slip of the pen parts here and there.

    Args:
        named: the field names subjects.

    Raises:
        QuestionError: ``two-columns-one-field``.
    """
    left = [Chosen(c, c.candidates[0].confidence, scale) for c, scale in zip(columns, scales, strict=True)]
    blank = not len(columns[0].cells)  # a form that nobody has filled in
    harmless = field.personal or field.role in _HARMLESS_ROLES or (blank and field.role is not None)
    if len(left) == 1 or harmless or (field.type in ("text", "date") and field.role is None):
        return left[0], columns[1:]
    given = [c for c in left if c.column.given]
    best = max(c.confidence for c in left)
    for fewer in (given, [c for c in left if c.confidence == best], _preferred(left)):
        if len(fewer) == 1:
            return fewer[0], [c for c in columns if c is not fewer[0].column]
        left = fewer or left
    fullest = None if blank else _fullest(field, left)
    if fullest is None and named and repeats_names([c.column for c in left]):
        fullest = left[0]
    if fullest is None:
        first, second = left[0].column, left[1].column
        raise QuestionError(
            "two-headers-one-field" if blank else place.code("two-columns-one-field"),
            columns=tuple(place.column(c.column.index) for c in left),
            path=place.path,
            sheet=place.sheet or None,
            field=field.label,
            key=field.key,
            first=place.column(first.index),
            first_header=shown(first.text),
            second=place.column(second.index),
            second_header=shown(second.text),
        )
    return fullest, [c for c in columns if c is not fullest.column]


def _preferred(left: list[Chosen]) -> list[Chosen]:
    return [c for c in left if any(word in c.column.text for word in PREFERRED)]


def _fullest(field: Field, left: list[Chosen]) -> Chosen | None:
    """Where all columns say the same, the one that says it for every record; None where they differ."""
    columns = [cast(field, c.column.cells, c.scale)[0] for c in left]
    known = [_known(column) for column in columns]
    best = max(range(len(left)), key=lambda i: int(known[i].sum()))
    for column, here in zip(columns, known, strict=True):
        if bool((here & ~known[best]).any()) or not _agree(column, columns[best], here & known[best]):
            return None
    return left[best]


def _known(column: Column) -> Bools:
    return np.ones(len(column), np.bool_) if column.state is None else column.state == State.KNOWN


def _agree(a: Column, b: Column, where: Bools) -> bool:
    if a.lo is not None and b.lo is not None and a.hi is not None and b.hi is not None:
        return bool(np.array_equal(a.lo[where], b.lo[where]) and np.array_equal(a.hi[where], b.hi[where]))
    first, second = a.coded(), b.coded()
    names = {name: i for i, name in enumerate(first.names)}
    same = np.array([names.get(name, -2) for name in second.names] + [-1], np.int64)
    return bool(np.array_equal(first.codes[where], same[second.codes[where]]))


def shown(header: str) -> str:
    """A header as reports print it."""
    return masked(" ".join(header.split()))
