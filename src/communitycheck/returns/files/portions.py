"""What is read as one piece: a file, or a part of a large archive.

A portion is what a worker is given, what a cache keeps and what a progress bar counts. How an archive is parted
depends on the archive alone, so that a cache serves whatever the number of workers.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from communitycheck.errors import QuestionError, ReturnError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Return
from communitycheck.returns.columns.mapping import Mapping

# Members of an archive that make one portion.
MEMBERS = 50


@dataclass(frozen=True, slots=True)
class Portion:
    """``path`` as shown; part ``part`` of ``parts`` of an archive; ``files`` in it; ``size`` in bytes on disk."""

    path: str
    size: int = 0
    part: int = 0
    parts: int = 1
    files: int = 1


@dataclass(frozen=True, slots=True)
class Setting:
    """What files are read by. With ``open_questions`` a file with a question about its columns is both among the
    returns, without these columns, and among the errors; else only among the errors."""

    dictionary: Dictionary
    mapping: Mapping | None = None
    open_questions: bool = False


@dataclass(slots=True)
class Reading:
    """What a portion held: returns, and errors for what could not be read."""

    returns: list[Return]
    errors: list[ReturnError]


def portions_of(files: Iterable[str]) -> list[Portion]:
    """The portions of files, in their order."""
    portions: list[Portion] = []
    for file in files:
        try:
            size = Path(file).stat().st_size
        except OSError:
            size = 0
        count = _members(file)
        parts = max(1, -(-count // MEMBERS))
        portions += [Portion(file, size // parts, i, parts, max(1, len(range(i, count, parts)))) for i in range(parts)]
    return portions


def _members(file: str) -> int:
    if Path(file).suffix.lower() != ".zip":
        return 1
    from communitycheck.returns.files.archive import count_members

    return count_members(Path(file))


def read_portion(portion: Portion, setting: Setting) -> Reading:
    """Read one portion; whatever goes wrong becomes an error of the file it went wrong in."""
    from communitycheck.returns.files.ahead import take
    from communitycheck.returns.files.open import open_any
    from communitycheck.returns.read import build

    reading = Reading([], [])
    place = portion.path
    try:
        early = take(portion.path)
        files = [early] if early is not None else open_any(portion.path, part=portion.part, parts=portion.parts)
        for opened in files:
            place = opened.path
            try:
                if isinstance(opened, ReturnError):
                    raise opened
                questions: list[QuestionError] = []
                asked = questions if setting.open_questions else None
                reading.returns.append(build(opened, setting.dictionary, setting.mapping, asked))
                reading.errors += questions
            except ReturnError as error:
                reading.errors.append(error)
            except Exception as fault:
                reading.errors.append(_our_fault(fault, place))
    except Exception as fault:
        reading.errors.append(_our_fault(fault, place))
    return reading


def _our_fault(fault: Exception, path: str) -> ReturnError:
    if os.environ.get("COMMUNITYCHECK_DEBUG"):
        raise fault
    if isinstance(fault, MemoryError):
        return ReturnError("too-large", path=path)
    text = " ".join(str(fault).split())[:200]
    return ReturnError("reading-failed", path=path, kind=type(fault).__name__, text=text)
