"""Which area each record of a report lies in.

The areas are the regions of the largest level of which the report holds several: counties for a city, streets for a
county. Where no level does, each subject is an area of its own.
"""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
import numpy.typing as npt

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.places.regions import Numbers, Path, RegionIndex, completed, levels_above, names_of
from communitycheck.model.report import Report
from communitycheck.model.result import Records, Subject
from communitycheck.model.table import Table
from communitycheck.reporting.totals.regions import REGIONS


class AreaNumbers:
    """The areas, numbered.

    Attributes:
        tables: those that single records were judged in, in the order they came.
        level: a region level, or empty where each subject is an area.
        paths: the regions' paths by number, the one without a name last; empty where each subject is an area.
        n: how many areas there are; also the number of a record in none, such as a city's own among its counties.
    """

    def __init__(self, report: Report) -> None:
        single = [r.subjects for r in report.results if isinstance(r.subjects, Records)]
        self.tables = list(dict.fromkeys(records.table for records in single))
        # The records that some rule looked at: a report on one county looks at that county's alone.
        self.judged = {table: np.zeros(len(table), dtype=bool) for table in self.tables}
        for records in single:
            self.judged[records.table][slice(None) if records.index is None else records.index] = True
        self._index = RegionIndex()
        self._ids: dict[Table, Numbers] = {}
        self.level = self._level()
        self.paths: list[Path] = []
        if self.level:
            self._number_regions()
            self.n = len(self.paths)
        else:
            ends = np.cumsum([0, *map(len, self.tables)])
            self._starts: list[int] = ends[:-1].tolist()
            self._ids = {t: np.arange(s, s + len(t)) for t, s in zip(self.tables, self._starts, strict=True)}
            self.n = int(ends[-1])

    def of(self, records: Records) -> Numbers:
        """The area of each of the records; ``n`` for those in none."""
        ids = self._ids[records.table]
        return ids if records.index is None else ids[records.index]

    def of_rows(self, table: Table, rows: npt.NDArray[np.signedinteger]) -> Numbers:
        """The same for rows of a table."""
        found: Numbers = self._ids[table][rows]
        return found

    def of_region(self, paths: list[Path]) -> list[int]:
        """The areas that some paths of groups mean; -1 where a path means none of them, or could mean several."""
        number = {path: k for k, path in enumerate(self.paths)}
        stated = [_without_blanks(path) for path in paths]
        whole = completed(stated, self.paths)
        return [number.get(whole[path], -1) if path else -1 for path in stated]

    def path(self, k: int) -> tuple[str, ...]:
        """The names down to area ``k``'s own; empty for records that name no region."""
        if self.level:
            return names_of(self.paths[k])
        subject = self.subject(k)
        return (*subject.region, subject.name)

    def subject(self, k: int) -> Subject:
        """The subject that is area ``k``, where each is one."""
        table = bisect_right(self._starts, k) - 1  # of tables that begin alike all but the last are empty
        return Records(self.tables[table]).subject(k - self._starts[table])

    @property
    def region(self) -> dict[str, str]:
        """The region that all subjects lie in, level by level from the largest down; empty where they share none."""
        found: dict[str, str] = {}
        for level in REGION_LEVELS:
            if any(_is_outside(t, level) for t in self.tables) or not self.tables:
                break
            names = set().union(*(self._names(t, level) if level in t.regions else {""} for t in self.tables))
            if len(names) > 1:
                break
            if names != {""}:
                found[level] = names.pop()
        return found

    def _names(self, table: Table, level: str) -> set[str]:
        """Names of the regions that the table's judged records lie in; an empty one where a record states none."""
        coded = table.regions[level]
        codes = np.unique(coded.codes[self.judged[table]]).tolist()
        return {coded.names[k] if k >= 0 else "" for k in codes}

    def _level(self) -> str:
        for level in REGION_LEVELS:
            stating = [t for t in self.tables if level in t.regions and level not in t.untold]
            if len({name for table in stating for name in self._names(table, level) if name}) > 1:
                return level if sum(len(self._index.of(t, level)[1]) for t in stating) <= REGIONS else ""
        return ""

    def _number_regions(self) -> None:
        """A blank cell says no more here than a column that is not there: what can be told of it is filled in."""
        level = self.level
        known = {t: self._index.of(t, level) for t in self.tables if level in t.regions}
        stated = [_without_blanks(path) for _, paths in known.values() for path in paths]
        whole = completed(path for path in stated if path)
        named = dict.fromkeys(whole[path] for path in stated if path)
        self.paths = [*named, ()]
        number = {path: k for k, path in enumerate(self.paths)}
        for table in self.tables:
            if table in known:
                ids, paths = known[table]
                lookup = [number[whole.get(path, ())] for path in map(_without_blanks, paths)]
                self._ids[table] = np.array(lookup, dtype=np.int64)[ids]
            else:
                where = len(self.paths) if _is_outside(table, level) else number[()]
                self._ids[table] = np.full(len(table), where, dtype=np.int64)


def _without_blanks(path: Path) -> Path:
    """The path with None for what is blank; empty where it has no name at its end."""
    return tuple(name or None for name in path) if path and path[-1] else ()


def _is_outside(table: Table, level: str) -> bool:
    """True for records that lie in no region of ``level``: larger regions themselves, or no subjects of a region."""
    return not table.about.placed or table.entity in levels_above(level)
