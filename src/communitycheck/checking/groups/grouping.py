"""Which records form a group: those of one county, or all of them."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from communitycheck.model.expression.values import Txt
from communitycheck.model.places.regions import Path, levels_to, names_of, numbered
from communitycheck.model.table import Ints, Table


class Grouping(Struct):
    """Which group each record belongs to. ``codes`` run along the records; -1 belongs to none."""

    codes: Ints
    levels: list[str]
    paths: list[Path]
    region_codes: list[str]

    def __len__(self) -> int:
        return len(self.paths)

    def named(self, level: str) -> Txt:
        """What the region of ``level`` is called that each group is or lies in; blank where that is not known."""
        names: dict[str, int] = {}
        codes = []
        for own, path in zip(self.levels, self.paths, strict=True):
            at = dict(zip(reversed(levels_to(own)), reversed(path), strict=False))
            name = at.get(level)
            codes.append(names.setdefault(name, len(names)) if name else -1)
        return Txt(np.array(codes, np.int32), list(names))


def group_by(table: Table, index: Ints, level: str) -> Grouping | None:
    """The records of ``index`` by their region at ``level``; two counties of one name in two cities stay apart.

    None where no record has a region at ``level``.
    """
    ids, paths = numbered(table, levels_to(level), index)
    order = sorted((k for k, path in enumerate(paths) if path[-1]), key=lambda k: names_of(paths[k]))
    if not order:
        return None
    rank = np.full(len(paths), -1, dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return Grouping(rank[ids], [level] * len(order), [paths[k] for k in order], [""] * len(order))


def whole(n: int, level: str, name: str, code: str) -> Grouping:
    """All ``n`` records as one group: a city's standard judged for that city."""
    return Grouping(np.zeros(n, dtype=np.int32), [level], [(name,)], [code])
