"""Patterns that a rule holds texts against, by an engine that takes no longer than the text is long (RE2, in Arrow)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def matching(texts: Sequence[str], pattern: str) -> npt.NDArray[np.bool_]:
    """Which of the texts have the form of the pattern from beginning to end.

    Raises:
        ValueError: the pattern is none.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = rf"\A(?:{pattern})\z"
    found: Any = pc.match_substring_regex(pa.array(texts, pa.string()), whole)
    marks: npt.NDArray[np.bool_] = np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)
    return marks
