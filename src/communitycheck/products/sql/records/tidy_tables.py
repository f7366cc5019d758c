"""What the tables are to look like: one for each kind of subject, a column for each field, NULL where it is blank."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from communitycheck.model.dictionary import Field
from communitycheck.products.sql.refusals import NotCovered

LOW, HIGH = "__low", "__high"
WHOLE = frozenset({"int", "count", "days"})
_MOST = 1.7976931348623157e308  # of a DOUBLE: infinity is no figure
_LONGEST = 40  # bytes of a name, so that PostgreSQL keeps what stands behind it


class TidyTables(Struct, frozen=True):
    """The tables that the views read.

    Attributes:
        names: kind of subject -> its table, where that is not called like the kind.
        columns: the columns that the tables have; None is every one that a rule asks for.
        bounded: fields with two more columns, ``FIELD__low`` and ``FIELD__high``, of a figure known between bounds.
        passed: columns that the views of records hand on as they are.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    columns: frozenset[str] | None = None
    bounded: frozenset[str] = frozenset()
    passed: tuple[str, ...] = ()

    def table(self, entity: str) -> str:
        return self.names.get(entity, entity)

    def has(self, name: str) -> bool:
        return self.columns is None or name in self.columns


def kind_of(one: Field) -> str:
    """``number``, ``truth``, ``text`` or ``date``: what the column of a field holds.

    Raises:
        NotCovered: a list or the number of a person.
    """
    if one.type == "truth":
        return "truth"
    if one.is_number:
        return "number"
    if one.type in ("items", "identity"):
        raise NotCovered("field-type", field=one.key, type=one.type)
    return "date" if one.type == "date" else "text"


def possible_range(one: Field) -> tuple[float, float]:
    """Outside of which a figure cannot be, as the reader of returns has it."""
    low = 0.0 if one.low is None else one.low
    high = _MOST if one.high is None else one.high
    return low, min(high, 24.0) if one.type == "hours" else high


def own_name(key: str, number: int) -> str:
    """What the columns of a field are called in the views."""
    return key if len(key.encode()) <= _LONGEST else f"f{number}"
