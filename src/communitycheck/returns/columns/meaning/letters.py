"""Which of very many names have enough letters in common with a text to be alike: told for all of them at once.

To compare a text with each name, letter by letter, takes milliseconds, and a wide table has thousands of headers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct


class Letters(Struct, frozen=True):
    """Names, and how often each letter stands in each of them: ``counts`` has a number for each name by letter."""

    names: list[str]
    lengths: npt.NDArray[Any]
    counts: dict[str, npt.NDArray[Any]]

    @classmethod
    def of(cls, names: Iterable[str]) -> Letters:
        listed = list(names)
        counts: dict[str, npt.NDArray[Any]] = {}
        for at, name in enumerate(listed):
            for letter, times in Counter(name).items():
                counts.setdefault(letter, np.zeros(len(listed), np.int32))[at] = times
        return cls(listed, np.array([len(name) for name in listed], np.int32), counts)

    def shared(self, text: str, likeness: float) -> list[str]:
        """The names that may be so alike, in their order: twice the letters in common over those of both is more, as
        ``SequenceMatcher.quick_ratio`` counts them, or they hold every letter of the text."""
        common = np.zeros(len(self.names), np.int32)
        for letter, times in Counter(text).items():
            if letter in self.counts:
                common += np.minimum(self.counts[letter], times)
        may_be = (2 * common > likeness * (self.lengths + len(text))) | (common == len(text))
        return [self.names[at] for at in np.flatnonzero(may_be).tolist()]
