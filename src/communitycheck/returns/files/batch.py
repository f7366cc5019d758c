"""Many files -> Returns: found, taken from the cache or read, by one process or several, in the order of paths."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from communitycheck.errors import ReturnError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Return
from communitycheck.returns.columns.mapping import Mapping
from communitycheck.returns.files.cache import Cache
from communitycheck.returns.files.find import find_files
from communitycheck.returns.files.portions import Portion, Reading, Setting, portions_of, read_portion
from communitycheck.returns.read import settled

# How many files are read, of how many, and the one just read.
Progress = Callable[[int, int, str], None]

# A worker takes as long to start as it takes to read so many small files, or so many bytes of a larger one. A large
# text file keeps several cores busy by itself, and handing it over takes longer than reading it.
WORTH_FILES = 12
WORTH_BYTES = 1 << 20
TEXT = (".csv", ".tsv", ".txt")


def read_returns(
    paths: Iterable[str | Path],
    dictionary: Dictionary,
    *,
    mapping: Mapping | str | Path | None = None,
    open_questions: bool = False,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> tuple[list[Return], list[ReturnError]]:
    """Read files, folders, patterns and ``@list.txt``; zips give the files inside.

    One file that cannot be read does not stop the others, not even where its process dies.

    Args:
        mapping: what the user has settled about the sheets, or the file that says so.
        open_questions: see ``Setting``.
        jobs: how many processes read; None: one for a few small files, else one for each core.
        cache: a folder of readings from earlier runs (see ``Cache``).
        progress: called in this thread after each file.

    Returns:
        The returns and the errors, each in the order of their paths, whatever the order they were given in and
        whatever ``jobs`` and ``cache``.
    """
    setting = Setting(dictionary, settled(mapping, dictionary), open_questions)
    files, errors = find_files(paths)
    portions = portions_of(files)
    total, done = sum(portion.files for portion in portions), 0
    readings: dict[Portion, Reading] = {}
    for portion, reading in _readings(portions, setting, jobs, cache):
        readings[portion] = reading
        done += portion.files
        if progress is not None:
            progress(done, total, portion.path)
    # Where they were read, and when, leaves no mark: equal paths keep the order of their portions.
    returns = [one for portion in portions for one in readings[portion].returns]
    errors += [one for portion in portions for one in readings[portion].errors]
    returns.sort(key=lambda r: r.path)
    errors.sort(key=lambda e: (e.path, e.code))
    return returns, errors


def _readings(
    portions: Sequence[Portion], setting: Setting, jobs: int | None, folder: str | Path | None
) -> Iterator[tuple[Portion, Reading]]:
    """Each portion and its reading, as they come."""
    cache = None if folder is None else Cache(folder, setting)
    missing = []
    for portion in portions:
        kept = None if cache is None else cache.get(cache.key(portion))
        if kept is None:
            missing.append(portion)
        else:
            yield portion, kept
    workers = min(jobs or _worth(missing), len(missing))
    if workers > 1:
        from communitycheck.returns.files.pool import read_in_pool

        yield from read_in_pool(missing, setting, None if folder is None else str(folder), workers)
    elif cache is None:
        for portion in missing:
            yield portion, read_portion(portion, setting)
    else:
        from communitycheck.returns.files.worker import read_and_keep

        for portion in missing:
            yield portion, read_and_keep(portion, setting, cache)[0]
    if cache is not None:
        cache.tidy()


def _worth(portions: Sequence[Portion]) -> int:
    """As many processes as there are cores, unless starting them would cost more than it gains."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, int(sum(map(_work, portions)))))


def _work(portion: Portion) -> float:
    """What a portion weighs, in starts of a worker."""
    large = portion.size > WORTH_BYTES and portion.path.lower().endswith(TEXT)
    return 0.0 if large else max(portion.files / WORTH_FILES, portion.size / WORTH_BYTES)
