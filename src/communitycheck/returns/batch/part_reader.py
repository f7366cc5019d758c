"""The processes' side of ``parallel.py``: a part read, packed, and kept in the cache."""

from __future__ import annotations

import json
from collections.abc import Callable

from communitycheck.returns.batch.cache import Cache
from communitycheck.returns.batch.packing import pack, unpack
from communitycheck.returns.batch.parts import Part, PartRead, ReadingOptions, read_part


def part_reader(set_up: bytes) -> Callable[[bytes], bytes]:
    """What answers the jobs in such a process."""
    folder, _, packed = set_up.partition(b"\n")
    kept = json.loads(folder)
    options = unpack(packed, ReadingOptions)
    cache = None if kept is None else Cache(kept["folder"], options, bytes.fromhex(kept["secret"]))

    def read(job: bytes) -> bytes:
        order = json.loads(job)
        part = Part(**{**order, "sheets": tuple(order["sheets"])})
        return read_and_keep(part, options, cache)[1]

    return read


def read_and_keep(part: Part, options: ReadingOptions, cache: Cache | None) -> tuple[PartRead, bytes]:
    """Read a part; what it held, packed as well, and kept in the cache if there is one."""
    key = cache.key(part) if cache is not None else None
    found = read_part(part, options)
    data = pack(found)
    if cache is not None:
        cache.put(key, part, data, found)
    return found, data
