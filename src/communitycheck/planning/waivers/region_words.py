"""Whether a subject lies in a region that a person wrote: 沈阳市和平区, 沈阳市/和平区, 和平区."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from communitycheck.model.places.comparable_names import comparable
from communitycheck.model.places.place_names import OFFICES, place_of
from communitycheck.patterns import pattern

# The levels of a subject's place, the largest first, each with its name; empty or None where that is not known.
LeveledPath = tuple[tuple[str, str | None], ...]
_PARTS = pattern(r"\s*[/／>＞]\s*")


def lies_in(path: LeveledPath, region: str) -> bool | None:
    """Whether all that the region says is said of the subject's place too; None where nobody knows.

    What the region leaves out, above or between, is left open: 和平区 is in 沈阳市 and in 天津市.
    """
    wanted = _plain(region)
    names = [(level, place_of(comparable(name), level) if name else "") for level, name in path]
    for k in range(len(names) - 1, -1, -1):
        name = names[k][1]
        if name and wanted.endswith(name) and _said(names[:k], wanted.removesuffix(name)):
            return True
    return False if all(name for _, name in names) else None


def _said(above: Sequence[tuple[str, str]], rest: str) -> bool:
    for _, name in reversed(above):
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
