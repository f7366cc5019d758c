"""Quantities of an order that nobody means beside what they are held against.

0.2 m2 beside a field that is kept in hectares is 0.2 ha; 80 seats to each person are 80 to a thousand. Limits,
conditions, parameters and tables all ask here.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from msgspec.structs import replace

from communitycheck.model.text import Text
from communitycheck.model.units import RuleUnit, UnitPart
from communitycheck.model.units.dimension import of
from communitycheck.model.units.words import WORDS
from communitycheck.standards.language.bare_numbers import Doubt
from communitycheck.standards.language.side import Side, clean
from communitycheck.standards.language.spellings import in_thousands

# A hundredth of the unit in which a field is kept, 100 m2 of a ha; of what each of many has, 0.01 m2 and 0.01 yuan.
_TINY = 1e-2
_TINY_EACH = 1e-6
# So many of a unit that is so many times the one in which the figures are kept: 300 km beside metres.
_MANY = 100.0
_ANOTHER_ORDER = 1000.0
# Of no thing that is counted one by one does a standard ask more for each person: of seats and beds there are no more
# than people, of what many people share far fewer, of books a shelf. Where it is no more than asked, as complaints are,
# one for each is all that anybody has.
_MOST_EACH, _MOST_ALLOWED = 10.0, 1.0
_MOST_OF = {"beds": 1.0, "seats": 1.0, "windows": 0.1, "grids": 0.1, "books": 100.0}
# Half a place for each person is said of two persons; half a book is a mean.
_PART_OF_A_THING = (0.1, 1.0)
_IN_PARTS = frozenset({"beds", "seats", "books", "vehicles", "rooms"})
_MOST_M2, _MOST_MONEY = 10_000.0, 20.0  # 20 times 万元
_PERSONS = {"persons": 1.0, "households": 3.0}
_ITEMS, _AREA, _MONEY = of(items=1), of(length=2), of(money=1)
# There is no more of it: a day has 24 hours, a year 366 days.
_WHOLE = {of(hours=1, days=-1): 24.0, of(hours=1, years=-1): 8784.0, of(days=1, years=-1): 366.0}


def order_doubts(one: Side, other: Side, *, is_least: bool = False) -> Iterator[Doubt]:
    """What to ask of the one of two sides whose numbers are known, beside the other that they are held against.

    ``is_least``: at least that much is asked.
    """
    for limit, beside in ((one, other), (other, one)):
        if limit.most and beside.most is None and limit.written is not None:
            yield from _tiny(limit, limit.written, limit.most, beside)
            yield from _huge(limit, limit.written, limit.most, beside)
            yield from _fraction(limit, beside)
            yield from _more_than_all(limit, limit.written, limit.most, beside)
            yield from _too_much_each(limit, limit.written, limit.most, beside, is_least=is_least)


def rate_doubts(one: Side, other: Side) -> Iterator[Doubt]:
    """What to ask of so much for each, by which a number of people is multiplied."""
    for rate, beside in ((one, other), (other, one)):
        if rate.most and beside.most is None and rate.written is not None:
            yield from _too_much_each(rate, rate.written, rate.most, beside, is_least=True)


def _tiny(limit: Side, written: RuleUnit, most: float, beside: Side) -> Iterator[Doubt]:
    """2 m2 beside hectares, 5 元/年 beside 万元/年; so much to each is looked at for a single one."""
    kept = beside.written
    if kept is None or written.parts[0] == kept.parts[0] or limit.dimension != beside.dimension or not limit.dimension:
        return
    each = [replace(part, times=1.0) if part.word.dimension.is_count else part for part in kept.parts]
    to_each = any(part.word.dimension.is_count for part in each[1:])
    amount = most * limit.factor / RuleUnit((kept.parts[0], *each[1:])).factor
    if amount <= (_TINY_EACH if to_each else _TINY):
        meant = RuleUnit((kept.parts[0], *written.parts[1:]))
        yield Doubt(limit, beside, "lint-tiny-limit", _figure(limit, most, meant))


def _huge(limit: Side, written: RuleUnit, most: float, beside: Side) -> Iterator[Doubt]:
    """300 km beside what is kept in metres. Numbers of things and sums of money are said by 万 and 亿."""
    kept = beside.written
    if kept is None or len(written.parts) > 1 or limit.dimension != beside.dimension or not limit.dimension:
        return
    one, unit = written.parts[0], kept.parts[0]
    if one.word.dimension.is_count or "money" in dict(limit.dimension.powers):
        return
    figure = most / (limit.declared or 1.0)
    if one.factor >= _ANOTHER_ORDER * unit.factor and figure >= _MANY:
        yield Doubt(limit, beside, "lint-huge-limit", _figure(limit, most, kept))


def _fraction(limit: Side, beside: Side) -> Iterator[Doubt]:
    """1.2 persons beside what is counted one by one: the 万 before the unit is lost."""
    counted = beside.is_integral and not beside.is_loose and beside.is_number_of_things and not beside.is_whole
    if limit.odd is None or not counted or limit.dimension != beside.dimension:
        return
    if not isclose(beside.declared or 1.0, 1):
        return
    value = clean(limit.odd * limit.factor / beside.factor)
    if not value.is_integer():
        near = in_thousands(value, beside.unit_text)
        yield Doubt(limit._replace(most=limit.odd), beside, "lint-fraction-of-one", near)


def _more_than_all(limit: Side, written: RuleUnit, most: float, beside: Side) -> Iterator[Doubt]:
    """40 h/day beside a field in h/week."""
    whole = _WHOLE.get(written.dimension)
    if whole is not None and most * limit.factor > whole:
        meant = beside.written if beside.written is not None and beside.written != written else None
        near = Text() if meant is None else _figure(limit, most, meant)
        yield Doubt(limit, beside, "lint-more-than-all", near)


def _too_much_each(limit: Side, written: RuleUnit, most: float, beside: Side, *, is_least: bool) -> Iterator[Doubt]:
    thing, *below = written.parts
    whom = next((part for part in below if part.word.key in _PERSONS), None)
    if whom is None or whom.times != 1:
        return  # who writes per 100 has seen to it
    each, people = most * limit.factor, _PERSONS[whom.word.key]
    if written.parts == (whom, whom) and isclose(each, 1):  # 1 person/person is all of them, or one of so many
        yield Doubt(limit, beside, "lint-bare-one")
        return
    if thing.word.dimension == _AREA and each >= _MOST_M2 * people:
        first = UnitPart(1.0, WORDS["m2"])
    elif thing.word.dimension == _MONEY and thing.word.key != "yuan" and each >= _MOST_MONEY * people:
        first = UnitPart(1.0, WORDS["yuan"])
    elif len(below) == 1 and _is_many(each, thing, whom, beside, is_least=is_least):
        first, whom = thing, replace(whom, times=100.0 if whom.word.key == "households" else 1000.0)
    else:
        return
    meant = RuleUnit((first, *(whom if part.word == whom.word else part for part in below)))
    yield Doubt(limit, beside, "lint-too-many-each", _figure(limit, most, meant))


def _is_many(each: float, thing: UnitPart, whom: UnitPart, beside: Side, *, is_least: bool) -> bool:
    if thing.word.dimension != _ITEMS:
        return False
    if not is_least and {thing.word.key, beside.thing or "items"} == {"items"}:
        return each >= _MOST_ALLOWED * _PERSONS[whom.word.key]
    return _is_too_much(each, {thing.word.key, beside.thing or thing.word.key}, whom)


def _is_too_much(each: float, things: set[str], whom: UnitPart) -> bool:
    people = whom.word.key
    return any(is_too_many(each, one, people) for one in things) or _is_part(each, things, people)


def is_too_many(each: float, thing: str, whom: str) -> bool:
    """So many of a thing for a person, or a household of three."""
    return whom in _PERSONS and each > _MOST_OF.get(thing, _MOST_EACH) * _PERSONS[whom]


def _is_part(each: float, things: set[str], whom: str) -> bool:
    """Half a place for a person, which is said in a unit; a bare factor may be one to so many."""
    low, high = _PART_OF_A_THING
    return whom == "persons" and low < each < high and things.isdisjoint(_IN_PARTS)


def _figure(limit: Side, most: float, unit: RuleUnit) -> Text:
    """The figure as the file states it, in another unit."""
    figure = f"{float(f'{most / (limit.declared or 1.0):.12g}'):.12g}"
    return Text(*(f"{figure} {unit.shown(lang)}" for lang in ("zh", "en")))
