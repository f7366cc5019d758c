"""Whether a subject lies in a region that a person wrote: 沈阳市和平区, 沈阳市/和平区, 和平区."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from communitycheck.model.places.comparable_names import comparable
from communitycheck.model.places.place_names import OFFICES, place_of
from communitycheck.patterns import pattern

# The names of what a subject lies in, as they are compared, the largest first; empty where one is not known.
PlaceNames = tuple[str, ...]
_PARTS = pattern(r"\s*[/／>＞]\s*")


def place_names(levels: Iterable[str], names: Iterable[str | None]) -> PlaceNames:
    return tuple(place_of(comparable(name), level) if name else "" for level, name in zip(levels, names, strict=True))


class PlaceIndex:
    """PlaceIndex by the names that they hold, so that a region is not looked for in each of them."""

    def __init__(self, places: Sequence[PlaceNames]) -> None:
        self._places = places
        self._holding: dict[str, set[int]] = defaultdict(set)
        for number, names in enumerate(places):
            for name in dict.fromkeys(names):
                self._holding[name].add(number)
        self.unsure = np.zeros(len(places), bool)
        self.unsure[list(self._holding.pop("", ()))] = True
        self._inside: dict[str, npt.NDArray[np.int64]] = {}

    def inside(self, region: str) -> npt.NDArray[np.int64]:
        """The numbers of those of which all that the region says is said; where a name is not known (``unsure``) nobody
        knows of the others.

        What the region leaves out, above or between, is left open: 和平区 is in 沈阳市 and in 天津市.
        """
        if region not in self._inside:
            wanted = _plain(region)
            found = sorted(number for number in self._near(wanted) if _lies_in(self._places[number], wanted))
            self._inside[region] = np.array(found, np.int64)
        return self._inside[region]

    def _near(self, wanted: str) -> set[int]:
        """Those that hold the last name of a region, and some name before it where there is more."""
        near: set[int] = set()
        for end in (wanted[at:] for at in range(len(wanted))):
            if holding := self._holding.get(end):
                rest = wanted.removesuffix(end)
                above = (self._holding.get(rest[at:], set()) for at in range(len(rest)))
                near |= holding.intersection(set().union(*above)) if rest else holding
        return near


def _lies_in(place: PlaceNames, wanted: str) -> bool:
    return any(
        name and wanted.endswith(name) and _said(place[:k], wanted.removesuffix(name)) for k, name in enumerate(place)
    )


def _said(above: PlaceNames, rest: str) -> bool:
    for name in reversed(above):
        if name and rest.endswith(name):
            rest = rest.removesuffix(name)
    return not rest


@lru_cache(maxsize=4096)
def _plain(region: str) -> str:
    """The region's names as they are compared, one behind the other."""
    parts = [comparable(part) for part in _PARTS.split(region)]
    for level in OFFICES:
        parts = [place_of(part, level) for part in parts]
    return "".join(parts)
