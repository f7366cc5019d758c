"""What is read as one piece: a file, or a part of a large archive.

A part is what a process is given, what a cache keeps and what a progress bar counts. How an archive is divided
depends on the archive alone, so that a cache serves whatever the number of processes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from communitycheck.errors import ReturnError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Return
from communitycheck.returns.columns.mapping.mapping import Mapping
from communitycheck.returns.files.archive import count_members
from communitycheck.returns.files.chosen import AskedFile, is_url
from communitycheck.returns.files.formats.registry import ARCHIVES
from communitycheck.returns.files.machine_faults import machine_fault
from communitycheck.returns.files.open import open_any
from communitycheck.returns.files.prefetch import take_opened
from communitycheck.returns.read import build
from communitycheck.system.limits import held, in_force

# Members of an archive that make one part.
MEMBERS = 50


@dataclass(frozen=True, slots=True)
class Part:
    """``path`` as shown; part ``number`` of ``of`` of an archive; ``files`` in it; ``size`` in bytes on disk; the
    ``sheets`` that are asked for, all where none are named; what to connect to a database with.
    """

    path: str
    size: int = 0
    number: int = 0
    of: int = 1
    files: int = 1
    sheets: tuple[str, ...] = ()
    connection: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What files are read by. ``to_show`` how each was read, a file that cannot be judged for a question about its
    columns, or since it is a form that nobody has filled in, is both among the returns and among the errors; else only
    among the errors."""

    dictionary: Dictionary
    mapping: Mapping | None = None
    to_show: bool = False
    limits: dict[str, int] = field(default_factory=in_force)


@dataclass(slots=True)
class PartRead:
    """What a part held: returns, and errors for what could not be read."""

    returns: list[Return]
    errors: list[ReturnError]


def parts_of(files: Iterable[AskedFile]) -> list[Part]:
    """The parts of files, in their order."""
    parts: list[Part] = []
    for one in files:
        file = one.path
        if is_url(file):
            from communitycheck.returns.files.database_urls import connection_of  # seldom needed

            parts.append(Part(file, sheets=one.sheets, connection=connection_of(file)))
            continue
        try:
            size = Path(file).stat().st_size
        except OSError:
            size = 0
        archive = Path(file).suffix.lower() in ARCHIVES and os.path.isfile(file)  # noqa: PTH113 - a name may be too long
        count = count_members(Path(file)) if archive else 1
        of = max(1, -(-count // MEMBERS))
        parts += [Part(file, size // of, i, of, max(1, len(range(i, count, of))), one.sheets) for i in range(of)]
    return parts


def read_part(part: Part, options: ReadingOptions) -> PartRead:
    """Read one part under the limits of the options; whatever goes wrong becomes an error of the file it went wrong
    in."""
    with held(options.limits):
        return _read_part(part, options)


def _read_part(part: Part, options: ReadingOptions) -> PartRead:
    found = PartRead([], [])
    place = part.path
    try:
        early = None if part.sheets else take_opened(part.path)
        wanted = open_any(part.connection or part.path, part=part.number, parts=part.of, sheets=part.sheets)
        files = wanted if early is None else [early]
        for opened in files:
            place = opened.path
            try:
                if isinstance(opened, ReturnError):
                    raise opened
                told: list[ReturnError] = []
                found.returns.append(
                    build(opened, options.dictionary, options.mapping, told if options.to_show else None)
                )
                found.errors += told
            except ReturnError as error:
                found.errors.append(error)
            except Exception as fault:
                found.errors.append(_our_fault(fault, place))
    except Exception as fault:
        found.errors.append(_our_fault(fault, place))
    return found


def _our_fault(fault: Exception, path: str) -> ReturnError:
    if os.environ.get("COMMUNITYCHECK_DEBUG"):
        raise fault
    if isinstance(fault, MemoryError):  # of this process, which no limit holds
        return ReturnError("memory-short", path=path)
    of_machine = machine_fault(fault)
    if of_machine is not None:
        return ReturnError(of_machine[0], path=path, **of_machine[1])
    text = " ".join(str(fault).split())[:200]
    return ReturnError("reading-failed", path=path, kind=type(fault).__name__, text=text)
