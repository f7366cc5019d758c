"""Records of something finer than the subject that they name: its grids, its buildings, its rooms, its staff.

社区 | 网格 | 户数 names each community several times, and each row tells of one of its grids. Nothing of that may be
judged as if it were the community.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from communitycheck.patterns import pattern
from communitycheck.returns.columns.meaning.entity import is_wordy
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.meaning.raw_columns import RawColumn
from communitycheck.returns.text_columns import encode

Numbers = npt.NDArray[np.int64]
# So few records are no pattern, and the first so many show what a long table is like.
_ENOUGH = 4
_LOOKED_AT = 5_000
# Where subjects are named so often each, they are no records of the table.
_MOST_ONCE = 0.7
_EACH = 0.98
# 机构名称 | 所在社区: the records lie in the communities.
_PLACED = pattern(r"^(?:所属|所在|所辖|隶属)")
_TELLING = frozenset({"region", "name", "period"})


class FinerRecords(NamedTuple):
    """The column that names the records, and the one that names what they are parts of."""

    column: RawColumn
    whole: RawColumn


def parts_of(columns: list[RawColumn], names: FieldNames, entity: str | None) -> FinerRecords | None:
    """What tells the records apart where the names of the subjects repeat; None where they do not, or where nothing
    else names the records."""
    own = names.entity(entity).name_field
    name = next((c for c in columns if any(one.key == own for one in c.candidates)), None)
    if name is None or name.given or len(name.cells) < _ENOUGH:
        return None
    placed = _PLACED.search("".join(name.header.levels)) is not None
    if not placed and _share(_codes(name)) > _MOST_ONCE:
        return None
    told = [c for c in columns if any(names.fields[one.key].role in _TELLING for one in c.candidates)]
    key = _together([_codes(column) for column in told])
    share = _share(key)
    for column in columns:
        if any(names.fields[one.key].is_number for one in column.candidates):
            break
        left = placed and share < 1.0 and column.index < name.index
        if not (left or share <= _MOST_ONCE) or not _may_name_records(column, names):
            continue
        if _share(_together([key, _codes(column)])) >= _EACH:
            return FinerRecords(column, name)
    return None


def _may_name_records(column: RawColumn, names: FieldNames) -> bool:
    known = any(not names.fields[one.key].personal for one in column.candidates)
    return not (known or column.given) and bool(column.header.levels) and is_wordy(column.cells)


def _codes(column: RawColumn) -> Numbers:
    """A number for each text of the first records; -1 for none."""
    return encode(column.cells.slice(0, _LOOKED_AT))[0].astype(np.int64)


def _together(codes: list[Numbers]) -> Numbers:
    """A number for each combination."""
    key = codes[0]
    for other in codes[1:]:
        key = np.unique(key * (int(other.max(initial=-1)) + 2) + other + 1, return_inverse=True)[1].astype(np.int64)
    return key


def _share(codes: Numbers) -> float:
    """Different numbers for each record."""
    return len(np.unique(codes)) / max(1, len(codes))
