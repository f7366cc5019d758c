"""What the cells of a column say about what its header may mean: 类型 of 公园, 图书馆 is no type of communities."""

from __future__ import annotations

from communitycheck.model.dictionary import Field
from communitycheck.model.table import State
from communitycheck.patterns import pattern
from communitycheck.returns.cells.cast.column import cast
from communitycheck.returns.cells.cast.scale import Scale
from communitycheck.returns.columns.meaning.field_names import Candidate, FieldNames
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.row_words import region_rank
from communitycheck.returns.text_columns import TextArray, first_held

# So many cells tell what a column holds.
SAMPLE = 400
# By ``region_rank``: communities in a column of streets, streets in one of communities.
_OTHER_RANKS = {"street": 5, "community": 4}
# A header that says itself of what it gives the kind: 社区类型, 城乡属性, street or township.
_SAYS_OF_WHAT = pattern("社区|村|居|城乡|城市|农村|乡|镇|街|communit|village|urban|rural|street|township")


def by_values(found: tuple[Candidate, ...], cells: TextArray, names: FieldNames) -> tuple[Candidate, ...]:
    """The candidates without the categories whose values the cells are not.

    Only where the header leaves open whose kind it gives: what 社区类型 holds is a type of communities,
    readable or not.
    """
    held = first_held(cells, SAMPLE)
    if not len(held):
        return found
    found = tuple(c for c in found if not _names_another_level(c.key, held))
    return tuple(c for c in found if not _leaves_open(c, names) or share_read(names.fields[c.key], held) >= 0.5)


def _names_another_level(key: str, cells: TextArray) -> bool:
    """社区名称 over 乐安街道, 清河镇: places, and of another level than the header says."""
    other = _OTHER_RANKS.get(key)
    names = [plain(name) for name in cells.slice(0, SAMPLE).unique().to_pylist()] if other else []
    return len(names) > 1 and sum(region_rank(name) == other for name in names) >= 0.9 * len(names)


def _leaves_open(candidate: Candidate, names: FieldNames) -> bool:
    field = names.fields[candidate.key]
    return bool(field.values) and not _SAYS_OF_WHAT.search(candidate.name)


def share_read(field: Field, cells: TextArray) -> float:
    """The share of some filled cells that can be read as a field."""
    sample = cells.slice(0, SAMPLE)
    column, _ = cast(field, sample, Scale())
    return 1.0 if column.state is None or not len(sample) else float((column.state == State.KNOWN).mean())
