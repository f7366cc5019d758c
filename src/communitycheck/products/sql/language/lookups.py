"""``lookup`` as SQL: the number of a table's row (``checking.evaluation.functions.tables``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce

from msgspec import Struct

from communitycheck.model.expression.lookup_table import ByNumber, ByText, Entry, in_force, numbers_of
from communitycheck.model.expression.values import ABSOLUTE, NOT_LAID_DOWN, RELATIVE
from communitycheck.products.sql.language import terms as t
from communitycheck.products.sql.language.arithmetic import Keep
from communitycheck.products.sql.language.operands import NumberSql, Operand, TextSql, larger_na, settled
from communitycheck.products.sql.language.terms import Sql


class _Row(Struct, frozen=True):
    """What a row gives, NULL where it has no number for the keys; and where the table lays nothing down."""

    low: Sql
    high: Sql
    void: Sql


def look_up(rows: Entry, keys: Sequence[Operand], day: date, keep: Keep) -> NumberSql:
    kept = [_kept(key, keep) for key in keys]
    found = _found(rows, kept, day, keep)
    na = larger_na(*(key.na for key in keys))
    if not t.is_false(found.void):
        none = t.choose((found.void, t.whole(NOT_LAID_DOWN)), default=t.whole(0))
        na = larger_na(na, keep(none))
    numbers = list(numbers_of(rows))
    exact = all(key.exact for key in kept if isinstance(key, NumberSql))
    low = keep(found.low)
    return NumberSql(low, low if exact else keep(found.high), na, min(numbers, default=0.0), max(numbers, default=0.0))


def _kept(key: Operand, keep: Keep) -> Operand:
    match key:
        case NumberSql():
            figure = settled(key)
            low = keep(figure.lo)
            return NumberSql(low, low if figure.exact else keep(figure.hi), figure.na)
        case TextSql():
            return TextSql(keep(key.written), key.na)
        case _:
            raise TypeError("no key of a table")


def _found(entry: Entry, keys: Sequence[Operand], day: date, keep: Keep) -> _Row:
    match entry:
        case ByText(rows):
            text = keys[0].written if isinstance(keys[0], TextSql) else t.unknown_text()
            parts = [_found(one, keys[1:], day, keep) for _, one in rows]
            here = [t.same(text, t.text(name)) for name, _ in rows]
            return _of_one(here, parts, t.is_null(text))
        case ByNumber(edges, entries):
            key = keys[0]
            assert isinstance(key, NumberSql)
            parts = [_found(one, keys[1:], day, keep) for one in entries]
            low, high = ([_beyond(end, edge, belongs) for edge, belongs in edges] for end in (key.lo, key.hi))
            if key.exact:
                return _of_one([*map(t.negated, low), t.is_known(key.lo)], parts, t.is_null(key.lo))
            return _of_several(low, high, parts, t.is_null(key.lo), keep)
        case None:
            return _Row(t.unknown_number(), t.unknown_number(), t.constant(False))
        case ():
            return _Row(t.unknown_number(), t.unknown_number(), t.constant(True))
        case _:
            value = in_force(entry, day)
            number = t.unknown_number() if value is None else t.double(value)
            return _Row(number, number, t.constant(False))


def _beyond(number: Sql, edge: float, belongs: bool) -> Sql:
    """Whether a number lies behind the end of a range. An end within the tolerance counts as met."""
    room = abs(edge) * RELATIVE + ABSOLUTE
    return t.more(number, edge + room) if belongs else t.at_least(number, edge - room)


def _of_one(here: Sequence[Sql], parts: Sequence[_Row], unknown: Sql) -> _Row:
    """The first of the parts of which ``here`` holds; of a key that is not known what all of them say."""
    cases = list(zip(here, parts, strict=True))
    agreed = _agreed(parts)
    low, high = (
        t.choose(
            *(((unknown, t.choose((agreed, getattr(parts[0], end)))),) if not t.is_false(agreed) else ()),
            *((when, getattr(part, end)) for when, part in cases),
            default=t.unknown_number(),
        )
        for end in ("low", "high")
    )
    void = t.choose(*((when, part.void) for when, part in cases), default=t.constant(False))
    return _Row(low, high, void)


def _of_several(
    low_beyond: Sequence[Sql], high_beyond: Sequence[Sql], parts: Sequence[_Row], unknown: Sql, keep: Keep
) -> _Row:
    """The least and the most of the parts from the one of the lower end to that of the upper."""
    last = len(parts) - 1
    here = []
    for at in range(len(parts)):
        reached = t.constant(True) if at == last else t.negated(low_beyond[at])
        begun = t.constant(True) if at == 0 else high_beyond[at - 1]
        here.append(keep(t.both(reached, begun)))
    agreed = _agreed(parts)

    def end(name: str, far: float, take: Callable[[Sql, Sql], Sql]) -> Sql:
        ends = [keep(t.choose((when, getattr(one, name)), default=far)) for when, one in zip(here, parts, strict=True)]
        some = reduce(lambda one, other: take(one, keep(other)), ends)
        of_all = t.choose((agreed, getattr(parts[0], name)), default=t.unknown_number())
        return t.choose((unknown, of_all), default=some)

    nothing = [t.either(t.negated(when), one.void) for when, one in zip(here, parts, strict=True)]
    void = t.surely(t.both(t.negated(unknown), *nothing))
    return _Row(end("low", float("inf"), t.smaller), end("high", float("-inf"), t.larger), void)


def _agreed(parts: Sequence[_Row]) -> Sql:
    """Where all parts say the same; false where nobody knows."""
    first, *others = parts
    pairs = [(getattr(first, end), getattr(one, end)) for one in others for end in ("low", "high")]
    known = t.is_known(first.low)
    return t.surely(t.both(known, *(t.same(one, other) for one, other in dict.fromkeys(pairs) if one != other)))
