"""What several forms ask for, field by field: the same of the same subjects, or what follows from other answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct, field

from communitycheck.errors import QuestionError
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary, Field
from communitycheck.model.expression import names_in
from communitycheck.model.places.comparable_names import comparable
from communitycheck.model.returns import Return
from communitycheck.model.sheet import Sheet, SheetColumn

# From the smallest to the largest: the figures of a level are the sums of those below it.
_LEVELS = ("community", *reversed(REGION_LEVELS))
# What adds up: a count or an amount, and no share, hour or year.
_COUNTED = ("int", "count", "decimal")
_SUMMED = ("m2", "yuan", "persons", "households", "items")


class FormSheet(Struct, frozen=True, eq=False):
    """One sheet, or what of it is about one kind of subject, with what it asks for. ``number`` counts from 1.

    Attributes:
        fields: key of each field that it asks for -> the columns, mostly one; names, numbers of rows and remarks, which
            say whom a form is about, are left out.
        others: the columns that mean no field of the dictionary.
    """

    number: int
    path: str
    sheet: str
    entity: str | None
    period: date | None
    fields: dict[str, list[SheetColumn]] = field(default_factory=dict)
    others: list[SheetColumn] = field(default_factory=list)

    def same_subjects(self, other: FormSheet) -> bool:
        """Both are about one kind of subject, as far as they tell."""
        return not (self.entity and other.entity) or self.entity == other.entity


class Asked(Struct, frozen=True):
    """A form and the column in which it asks for something."""

    form: FormSheet
    column: SheetColumn


class SharedField(Struct, frozen=True):
    """A field that several forms ask for of one kind of subject; None where none of them tells it."""

    key: str
    entity: str | None
    asked: tuple[Asked, ...]

    @property
    def forms(self) -> int:
        return len({one.form.number for one in self.asked})

    @property
    def periods_differ(self) -> bool:
        return len({one.form.period for one in self.asked} - {None}) > 1

    @property
    def units_differ(self) -> bool:
        return len({(one.column.unit, one.column.factor) for one in self.asked}) > 1


class Derivable(Struct, frozen=True):
    """What a form asks for and can be worked out from what else is asked for.

    ``summed``: it is the sum of the answers of the subjects below, where those are all there.
    """

    asked: Asked
    source: tuple[tuple[str, Asked], ...]
    summed: bool = False


class AlikeHeader(Struct, frozen=True):
    """Headers that mean no field, and are spelled alike in several forms; that they mean the same nobody knows."""

    asked: tuple[Asked, ...]

    @property
    def forms(self) -> int:
        return len({one.form.number for one in self.asked})


class Overlap(Struct, frozen=True, eq=False):
    """Attributes:
    shared: by how many forms ask for it, the most first. twice: what one form asks for more than once.
    same_headers: forms of which every header is spelled alike: perhaps one form, filled in by several.
    """

    forms: list[FormSheet]
    shared: list[SharedField]
    twice: list[SharedField]
    derivable: list[Derivable]
    alike: list[AlikeHeader]
    same_headers: list[tuple[FormSheet, ...]]
    questions: list[QuestionError]

    @property
    def comparable(self) -> bool:
        """Whether there are two forms to hold against each other."""
        return len(self.forms) > 1

    @property
    def not_known(self) -> list[Asked]:
        """The headers that mean no field, form by form."""
        return [Asked(form, column) for form in self.forms for column in form.others]

    def in_common(self, one: FormSheet, other: FormSheet) -> int:
        """How many fields both ask for; of a form and itself how many it asks for."""
        return len(one.fields.keys() & other.fields.keys()) if one.same_subjects(other) else 0

    def alone(self, one: FormSheet) -> int:
        """How many fields no other form asks for."""
        others = [other for other in self.forms if other is not one and one.same_subjects(other)]
        return sum(not any(key in other.fields for other in others) for key in one.fields)


def find_overlap(returns: Iterable[Return], questions: Sequence[QuestionError], dictionary: Dictionary) -> Overlap:
    """Hold forms against each other: sheets of ``returns``, whether filled in or not.

    Args:
        questions: those that their headers raised; the columns in question count as no field.
    """
    asked = {(one.path, one.sheet or "", at) for one in questions for at in one.columns}
    forms: list[FormSheet] = []
    for one in returns:
        forms += _forms(one, len(forms) + 1, dictionary, asked)
    shared, twice = _shared(forms, dictionary)
    return Overlap(
        forms, shared, twice, _derivable(forms, dictionary), _alike(forms), _same_headers(forms), list(questions)
    )


def _forms(one: Return, first: int, dictionary: Dictionary, asked: set[tuple[str, str, str]]) -> Iterator[FormSheet]:
    """The sheets of a return that ask for something; tables of one sheet are one form, save those that are about
    different kinds of subject."""
    sheets = [sheet for sheet in one.sheets if sheet.columns and not sheet.hidden]
    reporting = [sheet for sheet in sheets if sheet.not_read != "example-sheet"]
    tables: dict[tuple[str, str | None], list[Sheet]] = defaultdict(list)
    for sheet in reporting or sheets:
        told = [other.entity for other in reporting or sheets if other.name == sheet.name and other.entity]
        several = tables[sheet.name, sheet.entity or next(iter(told), None)]
        same = [{c.header for c in other.columns} for other in several]
        if {c.header for c in sheet.columns} not in same:  # a panel, or the next page, of one table
            several.append(sheet)
    for number, ((name, entity), several) in enumerate(tables.items(), first):
        period = next((sheet.period for sheet in several if sheet.period), None)
        form = FormSheet(number, one.path, name, entity, period)
        for sheet in several:
            _sort_columns(form, sheet, dictionary, asked)
        yield form


def _sort_columns(form: FormSheet, sheet: Sheet, dictionary: Dictionary, asked: set[tuple[str, str, str]]) -> None:
    hosts = {(column.column, column.field) for column in sheet.columns}
    for column in sheet.columns:
        known = dictionary.fields.get(column.field or "")
        if known is None:
            if column.header and (form.path, form.sheet, column.column) not in asked:
                form.others.append(column)
        elif known.role is None and (column.column, known.same_column or "") not in hosts:
            form.fields.setdefault(known.key, []).append(column)


def _shared(forms: list[FormSheet], dictionary: Dictionary) -> tuple[list[SharedField], list[SharedField]]:
    """What several forms ask for, and what one form asks for more than once."""
    shared, twice = [], []
    for key in dictionary.fields:
        having = [form for form in forms if key in form.fields]
        told = list(dict.fromkeys(form.entity for form in having if form.entity))
        for entity in told or (None,):
            asked = tuple(Asked(f, c) for f in having if f.entity in (entity, None) for c in f.fields[key])
            one = SharedField(key, entity, asked)
            if one.forms > 1:
                shared.append(one)
        twice += [
            SharedField(key, form.entity, tuple(Asked(form, column) for column in form.fields[key]))
            for form in having
            if len(form.fields[key]) > 1
        ]
    return sorted(shared, key=lambda one: -one.forms), twice


def _derivable(forms: list[FormSheet], dictionary: Dictionary) -> list[Derivable]:
    found = []
    for form in forms:
        beside = [form, *(other for other in forms if other is not form and form.same_subjects(other))]
        for key, columns in form.fields.items():
            known, asked = dictionary.fields[key], Asked(form, columns[0])
            source = _source(key, beside, dictionary, ())
            if source:
                found.append(Derivable(asked, tuple(source.items())))
            below = _below(form, known, forms)
            if below is not None:
                found.append(Derivable(asked, ((key, below),), summed=True))
    return found


def _source(key: str, forms: list[FormSheet], dictionary: Dictionary, trail: tuple[str, ...]) -> dict[str, Asked]:
    """The fields that are asked for and from which a field follows; none where one is missing."""
    known, found = dictionary.fields.get(key), dict[str, Asked]()
    if known is None or known.derived is None or key in trail:
        return {}
    for name in names_in(known.derived):
        if name in trail:
            return {}
        at = next((Asked(form, form.fields[name][0]) for form in forms if name in form.fields), None)
        part = {name: at} if at is not None else _source(name, forms, dictionary, (*trail, key))
        if not part:
            return {}
        found |= part
    return found


def _below(form: FormSheet, known: Field, forms: list[FormSheet]) -> Asked | None:
    """Where the same is asked of the subjects of a level below, the nearest first."""
    adds_up = known.type in _COUNTED and known.unit in _SUMMED
    if form.entity not in _LEVELS or not adds_up:
        return None
    for level in reversed(_LEVELS[: _LEVELS.index(form.entity)]):
        for other in forms:
            if other.entity == level and known.key in other.fields:
                return Asked(other, other.fields[known.key][0])
    return None


def _alike(forms: list[FormSheet]) -> list[AlikeHeader]:
    places: dict[str, list[Asked]] = defaultdict(list)
    for form in forms:
        for column in form.others:
            places[comparable(column.header)].append(Asked(form, column))
    found = [AlikeHeader(tuple(asked)) for text, asked in places.items() if text]
    return sorted((one for one in found if one.forms > 1), key=lambda one: -one.forms)


def _same_headers(forms: list[FormSheet]) -> list[tuple[FormSheet, ...]]:
    groups: dict[tuple[str, ...], list[FormSheet]] = defaultdict(list)
    for form in forms:
        headers = [c.header for columns in form.fields.values() for c in columns] + [c.header for c in form.others]
        groups[tuple(sorted(map(comparable, headers)))].append(form)
    return [tuple(group) for headers, group in groups.items() if headers and len(group) > 1]
