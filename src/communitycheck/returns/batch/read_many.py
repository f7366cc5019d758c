"""Many files -> Returns: found, taken from the cache or read, by one process or several, in the order of paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from communitycheck.errors import ReturnError, tell
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Return
from communitycheck.returns.batch.parts import Part, PartRead, ReadingOptions, parts_of, read_part
from communitycheck.returns.batch.sharing import Sharing
from communitycheck.returns.columns.mapping.mapping import Mapping
from communitycheck.returns.files.archive import members_passed
from communitycheck.returns.files.find import look_for_files
from communitycheck.returns.read import loaded_mapping
from communitycheck.system.processes import cores
from communitycheck.system.user_key import state_folder, user_key

if TYPE_CHECKING:
    from communitycheck.returns.batch.cache import Cache

# How many files are read, of how many, and the one just read.
Progress = Callable[[int, int, str], None]

# A process takes as long to start as it takes to read so many small files, or so many bytes of a larger one. A large
# text file keeps several cores busy by itself, and handing it over takes longer than reading it.
WORTH_FILES = 12
WORTH_BYTES = 1 << 20
# A text in which no table was found may be any text.
_NO_TABLE = frozenset({"not-text", "no-cells", "text-irregular", "line-too-long"})
TEXT = (".csv", ".tsv", ".txt")


def read_returns(
    paths: Iterable[str | Path],
    dictionary: Dictionary,
    *,
    mapping: Mapping | str | Path | None = None,
    to_show: bool = False,
    together: bool = False,
    jobs: int | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
    passed: list[str] | None = None,
) -> tuple[list[Return], list[ReturnError]]:
    """Read files, folders, patterns and ``@list.txt``; zips give the files inside.

    One file that cannot be read does not stop the others, not even where its process dies.

    Args:
        mapping: what is given about the sheets, or the file that says so.
        to_show: see ``ReadingOptions``.
        together: whether the tables of many returns may be parts of larger ones (see ``Sharing``), as nobody will
            change them.
        jobs: how many processes read; None: one for a few small files, else one for each core.
        cache: a folder of readings from earlier runs (see ``Cache``).
        progress: called in this thread after each file.
        passed: is given what the folders and archives hold that is passed over, as it is no return.

    Returns:
        The returns and the errors, each in the order of their paths, whatever the order they were given in and
        whatever ``jobs`` and ``cache``.
    """
    options = ReadingOptions(dictionary, loaded_mapping(mapping, dictionary), to_show)
    files, errors, inside = look_for_files(paths)
    parts = parts_of(files)
    total, done = sum(part.files for part in parts), 0
    read: dict[Part, PartRead] = {}
    sharing = Sharing(together=together)
    for part, found in _read(parts, options, jobs, cache):
        read[part] = found
        sharing.add(found.returns)
        done += part.files
        if progress is not None:
            progress(done, total, part.path)
    # Where they were read, and when, leaves no mark: equal paths keep the order of their parts.
    returns = [one for part in parts for one in read[part].returns]
    errors += [one for part in parts for one in read[part].errors]
    if inside.perhaps:
        none = {e.path for e in errors if e.path in inside.perhaps and e.code in _NO_TABLE}
        told = {e.path for e in errors} - none
        none |= {one.path for one in returns if one.path in inside.perhaps and not (one.tables or one.path in told)}
        returns = [one for one in returns if one.path not in none]
        errors = [e for e in errors if e.path not in none]
        inside.passed += none
    if passed is not None:
        members = (f"{one.path}/{name}" for one in files for name in members_passed(one.path))
        passed += sorted([*inside.passed, *members])
    returns.sort(key=lambda r: r.path)
    errors.sort(key=lambda e: (e.path, e.code))
    return returns, errors


def _read(
    parts: Sequence[Part], options: ReadingOptions, jobs: int | None, folder: str | Path | None
) -> Iterator[tuple[Part, PartRead]]:
    """What each part held, as they come."""
    cache = None if folder is None else _opened(folder, options)
    missing = []
    for part in parts:
        kept = None if cache is None else cache.get(cache.key(part))
        if kept is None:
            missing.append(part)
        else:
            yield part, kept
    workers = min(jobs or workers_worth_starting(missing), len(missing))
    if workers > 1:
        from communitycheck.returns.batch.parallel import read_in_parallel  # one file is read without

        yield from read_in_parallel(missing, options, cache, workers)
    elif cache is None:
        for part in missing:
            yield part, read_part(part, options)
    else:
        from communitycheck.returns.batch.part_reader import read_and_keep  # for a cache alone

        for part in missing:
            yield part, read_and_keep(part, options, cache)[0]
    if cache is not None:
        cache.tidy()
        if cache.dropped:
            tell("cache-dropped", path=str(folder), count=cache.dropped)


def _opened(folder: str | Path, options: ReadingOptions) -> Cache | None:
    """The cache; none where what lies in it could not be known for one's own."""
    from communitycheck.returns.batch.cache import Cache  # few runs have one

    try:
        secret = user_key()
    except OSError as trouble:
        tell("cache-no-key", path=str(state_folder()), cause=trouble.strerror or str(trouble))
        return None
    return Cache(folder, options, secret)


def workers_worth_starting(parts: Sequence[Part]) -> int:
    """As many processes as there are cores, unless starting them would cost more than it gains."""
    return max(1, min(cores(), int(sum(map(_work, parts)))))


def _work(part: Part) -> float:
    """What it takes to read a part, in starts of a process."""
    large = part.size > WORTH_BYTES and part.path.lower().endswith(TEXT)
    return 0.0 if large else max(part.files / WORTH_FILES, part.size / WORTH_BYTES)
