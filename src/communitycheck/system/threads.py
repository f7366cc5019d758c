"""Work by threads: numpy, Arrow and DuckDB let others run while they go through columns."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
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


def ahead(function: Callable[[T], R], items: Iterable[T], threads: int = 1) -> Iterator[R]:
    """``map`` in which so many threads work on the next items while one looks at those before; no more are held."""
    with ThreadPoolExecutor(threads) as pool:
        begun: deque[Future[R]] = deque()
        for item in items:
            begun.append(pool.submit(function, item))
            if len(begun) > threads:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
