"""Work on columns by two threads: numpy and Arrow let others run while they go through one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
# Below this many records threads cost more than they save.
_MANY = 20_000


def side_by_side(function: Callable[[T], R], items: Iterable[T], records: int) -> Iterator[R]:
    """``map`` by two threads, where there are enough records for it to pay."""
    if records < _MANY:
        yield from map(function, items)
        return
    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(function, items)
