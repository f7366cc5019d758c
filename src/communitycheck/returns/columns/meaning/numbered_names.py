"""Names with the number of their row in front: ``1.一社区``, ``2.二社区``."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from communitycheck.patterns import pattern
from communitycheck.returns.text_columns import TextArray

# A dot between two digits is a decimal point.
_NUMBERED = r"^\s*(?P<number>[0-9]{1,4})\s*[.．、)）]\s*(?P<name>[^0-9\s].*)$"
_FIRST = pattern(_NUMBERED)


def without_numbers(names: TextArray) -> TextArray | None:
    """The names without their numbers, where every one has one and they run from 1, beginning anew or not; else None.

    Args:
        names: an Arrow array of strings.
    """
    held = names.drop_null()
    if len(held) < 2 or not _FIRST.match(held[0].as_py()):
        return None
    parts = pc.extract_regex(names, _NUMBERED)
    if parts.null_count > names.null_count:
        return None
    numbers = np.asarray(pc.struct_field(parts.drop_null(), "number").cast("int32"))
    steps = np.diff(numbers)
    if numbers[0] != 1 or steps[0] != 1 or not ((steps == 1) | (numbers[1:] == 1)).all():
        return None
    return pc.struct_field(parts, "name")
