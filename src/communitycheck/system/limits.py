"""What reading may use. One table of limits holds for every kind of input; who has more may raise them.

They are in force for the rest of a run (``raise_limits``) or for a block of a program (``held``), and travel with the
jobs of other processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Literal, NamedTuple

Unit = Literal["bytes", "seconds", "times", "count"]
KB, MB, GB = 1 << 10, 1 << 20, 1 << 30
_UNITS = {"": 1, "B": 1, "KB": KB, "MB": MB, "GB": GB, "TB": 1 << 40}
_VALUE = re.compile(r"(\d[\d_,]*(?:\.\d+)?)\s*([KMGT]?B)?", re.IGNORECASE)
_MOST = 1 << 50
# So little may be packed as tightly as it can be.
PACKED_AT_WILL = 64 * MB


class ReadingLimit(NamedTuple):
    """One limit: what it is called, its value unless somebody says another, and the message for what is over it."""

    name: str
    default: int
    unit: Unit = "count"
    code: str = "too-large"


# All hold for one input, whatever its format: a file, or an archive with all that is in it. Beside each: of what, and
# why it is enough for real returns.
TABLE = (
    # Of the process that reads a workbook; six times its content is added, which no honest one needs.
    ReadingLimit("memory", GB, "bytes"),
    # Of the processor; a second for each 8 MB of content is added, three times what reading takes.
    ReadingLimit("seconds", 6, "seconds", "took-too-long"),
    # Of a workbook, or of all members of an archive: three million rows have 3 GB.
    ReadingLimit("unpacked", 6 * GB, "bytes"),
    # That content is larger than on the disk, looked at above 64 MB: tables are 5 to 30 times.
    ReadingLimit("packing", 400, "times"),
    # Of all sheets: three million rows of fifty columns.
    ReadingLimit("cells", 150_000_000, code="too-many-cells"),
    # Of one sheet: the country has some 600,000 communities and villages.
    ReadingLimit("rows", 4_000_000, code="too-many-rows"),
    # Of one sheet that hold something: the widest return that was seen has 280.
    ReadingLimit("columns", 2_000, code="too-many-columns"),
    # Of one workbook that hold something: one for each community of a city.
    ReadingLimit("sheets", 1_000, code="too-many-sheets"),
    # Returns in an archive and in those inside it: those of a whole province.
    ReadingLimit("members", 20_000, code="too-many-members"),
    # Archives one in the other: counties in a city in a province.
    ReadingLimit("depth", 4, code="archives-too-deep"),
    # Of one row of a text: thirty cells as long as Excel lets a cell be have as much.
    ReadingLimit("line", MB, "bytes", "line-too-long"),
    # Cells of a text or page that is read row by row, at some two microseconds each: 100,000 rows of 30.
    ReadingLimit("irregular", 3_000_000, code="text-irregular"),
    # Of a file of rules, a mapping or a list of paths: the largest that was seen has 200 KB.
    ReadingLimit("settings", 4 * MB, "bytes"),
)
_BY_NAME = {one.name: one for one in TABLE}
_DEFAULTS = {one.name: one.default for one in TABLE}
_IN_FORCE: ContextVar[Mapping[str, int]] = ContextVar("limits", default=MappingProxyType(_DEFAULTS))


class OverLimit(Exception):
    """An input asks for more than a limit allows; how much is not always known."""

    def __init__(self, name: str, found: int | None = None, most: int | None = None) -> None:
        super().__init__(name, found, most)
        self.name, self.found = name, found
        self.most: int = limit(name) if most is None else most

    @property
    def code(self) -> str:
        """The message for it."""
        return _BY_NAME[self.name].code

    @property
    def values(self) -> dict[str, str]:
        """What a message says of it: the limit, what was found, what is allowed."""
        found = "" if self.found is None else shown(self.name, self.found)
        return {"limit": self.name, "found": found, "most": shown(self.name, self.most)}


def in_force() -> dict[str, int]:
    """The limits that hold here and now, by name."""
    return dict(_IN_FORCE.get())


def limit(name: str) -> int:
    """The limit of that name."""
    return _IN_FORCE.get()[name]


def refuse_more(name: str, found: int) -> None:
    """Hold a number against the limit of that name.

    Raises:
        OverLimit: there are more.
    """
    if found > limit(name):
        raise OverLimit(name, found)


def refuse_packing(unpacked: int, packed: int) -> None:
    """Hold what content unpacks to against its size on disk.

    Raises:
        OverLimit: ``unpacked``, or ``packing`` for what is packed more tightly than any table.
    """
    refuse_more("unpacked", unpacked)
    if unpacked > PACKED_AT_WILL:
        refuse_more("packing", unpacked // max(1, packed))


def raise_limits(wanted: Mapping[str, int | str]) -> None:
    """Put other limits into force for the rest of the run. Raises like ``limit_value``."""
    _IN_FORCE.set({**_IN_FORCE.get(), **{name: limit_value(name, value) for name, value in wanted.items()}})


@contextmanager
def held(those: Mapping[str, int]) -> Iterator[Mapping[str, int]]:
    """Just these limits for a block."""
    token = _IN_FORCE.set(those)
    try:
        yield those
    finally:
        _IN_FORCE.reset(token)


def limit_value(name: str, given: int | str) -> int:
    """A limit as it was written: 8GB, 512 MB, 600.

    Raises:
        ValueError: no limit is called so, or this is no value for it.
    """
    if name not in _BY_NAME:
        raise ValueError(name)
    found = _VALUE.fullmatch(str(given).strip())
    if found is None or (found[2] and _BY_NAME[name].unit != "bytes"):
        raise ValueError(given)
    value = int(float(re.sub("[_,]", "", found[1])) * _UNITS[(found[2] or "").upper()])
    if not 0 < value <= _MOST:
        raise ValueError(given)
    return value


def shown(name: str, value: int) -> str:
    """A value of a limit as people read it, and as ``limit_value`` does."""
    if _BY_NAME[name].unit != "bytes":
        return f"{value:,}"
    for unit in ("TB", "GB", "MB", "KB"):
        if value >= _UNITS[unit]:
            return f"{value / _UNITS[unit]:.1f}".removesuffix(".0") + f" {unit}"
    return f"{value} B"

