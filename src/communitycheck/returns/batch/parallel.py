"""Parts read by several processes at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from communitycheck.errors import ReturnError
from communitycheck.returns.batch.cache import Cache
from communitycheck.returns.batch.packing import pack, unpack
from communitycheck.returns.batch.parts import Part, PartRead, ReadingOptions
from communitycheck.returns.batch.service import serve
from communitycheck.returns.files.workers.pool import Job, answers

# Reading a part takes about so many times its size on disk.
SWELLING = 25


def read_in_parallel(
    parts: Sequence[Part], options: ReadingOptions, cache: Cache | None, workers: int
) -> Iterator[tuple[Part, PartRead]]:
    """What each part held, as they come; kept in ``cache`` if there is one.

    A part whose process dies, and dies again when it is read alone, is ``reader-died``.
    """
    packed = pack(options)
    kept = None if cache is None else {"folder": str(cache.folder), "secret": cache.secret.hex()}
    set_up = json.dumps(kept).encode() + b"\n" + packed
    jobs = [Job(json.dumps(asdict(part)).encode(), part.size * SWELLING) for part in parts]
    for number, answer in answers(serve, set_up, jobs, workers):
        part = parts[number]
        died = PartRead([], [ReturnError("reader-died", path=part.path)])
        yield part, died if answer is None else unpack(answer, PartRead)
