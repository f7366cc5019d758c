"""What the cells of a column say about what its header may mean: 类型 of 公园, 图书馆 is no type of communities."""

from __future__ import annotations

from communitycheck.model.dictionary import Field
from communitycheck.model.table import State
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cast.column import cast
from communitycheck.returns.cells.cast.scale import Scale
from communitycheck.returns.columns.field_names import Candidate, FieldNames
from communitycheck.returns.text_columns import TextArray

# So many cells tell what a column holds.
_SAMPLE = 400
# A header that says itself of what it gives the kind: 社区类型, 城乡属性, street or township.
_SAYS_OF_WHAT = pattern("社区|村|居|城乡|城市|农村|乡|镇|街|communit|village|urban|rural|street|township")


def by_values(found: tuple[Candidate, ...], cells: TextArray, names: FieldNames) -> tuple[Candidate, ...]:
    """The candidates without the categories whose values the cells are not.

    Only where the header leaves open whose kind it gives: what 社区类型 holds is a type of communities,
    readable or not.
    """
    held = cells.drop_null()
    if not len(held):
        return found
    return tuple(c for c in found if not _leaves_open(c, names) or share_read(names.fields[c.key], held) >= 0.5)


def _leaves_open(candidate: Candidate, names: FieldNames) -> bool:
    field = names.fields[candidate.key]
    return bool(field.values) and not _SAYS_OF_WHAT.search(candidate.name)


def share_read(field: Field, cells: TextArray) -> float:
    """The share of some filled cells that can be read as a field."""
    sample = cells.slice(0, _SAMPLE)
    column, _ = cast(field, sample, Scale())
    return 1.0 if column.state is None else float((column.state == State.KNOWN).mean())
