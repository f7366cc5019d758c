"""Parts read by several processes at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

from communitycheck.errors import ReturnError
from communitycheck.returns.batch.cache import Cache
from communitycheck.returns.batch.packing import pack, unpack
from communitycheck.returns.batch.parts import Part, PartRead, ReadingOptions, read_part
from communitycheck.returns.files.startup import leave_pandas_out
from communitycheck.returns.files.workers.pool import Job, answers

# Reading a part takes about so many times its size on disk.
SWELLING = 25


def read_in_parallel(
    parts: Sequence[Part], options: ReadingOptions, cache: str | None, workers: int
) -> Iterator[tuple[Part, PartRead]]:
    """What each part held, as they come. ``cache`` is its folder.

    A part whose process dies, and dies again when it is read alone, is ``reader-died``.
    """
    packed = pack(options)
    set_up = json.dumps(cache).encode() + b"\n" + packed
    jobs = [Job(json.dumps(asdict(part)).encode(), part.size * SWELLING) for part in parts]
    for number, answer in answers(serve, set_up, jobs, workers):
        part = parts[number]
        died = PartRead([], [ReturnError("reader-died", path=part.path)])
        yield part, died if answer is None else unpack(answer, PartRead)


def serve(set_up: bytes) -> Callable[[bytes], bytes]:
    """The service of the processes: told once what to read by, then a part with each job."""
    leave_pandas_out()
    folder, _, packed = set_up.partition(b"\n")
    place = json.loads(folder)
    options = unpack(packed, ReadingOptions)
    cache = None if place is None else Cache(place, options)

    def read(job: bytes) -> bytes:
        part = Part(**json.loads(job))
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
