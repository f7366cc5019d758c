"""Files: putting one in the place of another, and whether two names are one file."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import stat
import time
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

# On Windows no file can be deleted, or replaced, while a program holds it open or has mapped it into memory.
OPEN_FILES_STAY = os.name == "nt"
# Names that mean devices on Windows, whatever suffix follows.
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
# So long a scanner for viruses may look into a new file.
PATIENCE = 1.0
# And so long is waited for another run to be done with the list of a folder.
LOCK_PATIENCE = 10.0


def without_a_place(trouble: BaseException) -> bool:
    """Whether neither the system's folder for temporary files nor any other takes a byte.

    ``tempfile`` says so with the error of a file that is missing, and names none.
    """
    if not isinstance(trouble, FileNotFoundError) or trouble.filename is not None:
        return False
    return "temporary" in str(trouble)


def replace(temporary: Path, target: Path) -> None:
    """Put ``temporary`` in the place of ``target``, in one step.

    Raises:
        OSError: it cannot be; on Windows mostly since a program has ``target`` open.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            temporary.replace(target)
            return
        except PermissionError:
            if not OPEN_FILES_STAY or time.monotonic() > end:
                raise
            time.sleep(0.05)


def identities(path: str | os.PathLike[str]) -> set[object]:
    """Two names of one file have one of these in common, also where a disk takes ``A.csv`` and ``a.csv`` for one."""
    place = os.path.realpath(path)
    try:
        found = os.stat(place)  # noqa: PTH116 - of a name with a null character Path makes an error elsewhere
    except (OSError, ValueError):
        return {place}
    return {place, (found.st_dev, found.st_ino)}


def same_name(path: str | os.PathLike[str]) -> str:
    """Equal for places that some system takes for one, whether there are files or not."""
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()


def is_device(name: str) -> bool:
    """Whether Windows takes the name of a file for that of a device: ``aux.xlsx``."""
    return _DEVICE.match(name) is not None


def any_of(path: str | os.PathLike[str], others: Iterable[object]) -> bool:
    """Whether the file is one of those whose ``identities`` are given."""
    return not identities(path).isdisjoint(others)


def leads_elsewhere(path: str | os.PathLike[str]) -> bool:
    """Whether a name is a link, or on Windows a junction, wherever it leads and whether anything is there."""
    is_junction = getattr(os.path, "isjunction", None)  # since Python 3.12
    return os.path.islink(path) or (is_junction is not None and is_junction(path))  # noqa: PTH114 - any text


class NoFileError(OSError):
    """A pipe or a device: it never ends, or waits for somebody who never writes."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.EINVAL, os.strerror(errno.EINVAL), path)


def open_plain(path: str | os.PathLike[str], *, follow: bool = False) -> io.BufferedReader:
    """Open a plain file for reading its bytes; no pipe is waited for, and a link followed only if ``follow``.

    Raises:
        OSError: there is none; ``NoFileError`` where it is a pipe or a device.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    opened = os.open(path, flags if follow else flags | getattr(os, "O_NOFOLLOW", 0))
    try:
        mode = os.fstat(opened).st_mode
        if not stat.S_ISDIR(mode) and not (stat.S_ISREG(mode) and is_plain(path)):
            raise NoFileError(os.fspath(path))
        return os.fdopen(opened, "rb")  # of a folder it says itself that it is one
    except OSError:
        os.close(opened)
        raise


def is_plain(path: str | os.PathLike[str]) -> bool:
    """Whether a file is there that can be read to its end.

    A pipe or a device is none, nor is what the kernel shows below ``/proc``: files by their kind that say they are
    empty, and give bytes without end or wait for some.
    """
    try:
        found = os.stat(path)  # noqa: PTH116 - of a name with a null character Path makes an error elsewhere
    except (OSError, ValueError):
        return False
    if not stat.S_ISREG(found.st_mode) or found.st_size:
        return stat.S_ISREG(found.st_mode)
    try:
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return True  # why it cannot be opened is told when it is to be read
    try:
        return os.read(opened, 1) == b"" or os.fstat(opened).st_size > 0  # somebody may be writing it just now
    except OSError:
        return False
    finally:
        os.close(opened)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold off other runs that ask the same of ``folder``; given back by the system where the run is killed.

    A share that has no locks lets everybody in at once.

    Raises:
        TimeoutError: another run holds it for long.
    """
    end = time.monotonic() + LOCK_PATIENCE
    held = None
    while held is None:
        try:
            held = _lock(folder)
        except (BlockingIOError, FileExistsError, PermissionError):
            if time.monotonic() > end:
                raise TimeoutError(f"{folder} is in use") from None
            time.sleep(0.02)
    try:
        yield
    finally:
        if held >= 0:
            os.close(held)


def _lock(folder: Path) -> int:
    """What holds the lock for as long as it is open; -1 where there are no locks.

    Raises:
        BlockingIOError, FileExistsError, PermissionError: another run holds it.
    """
    if OPEN_FILES_STAY:  # a folder cannot be opened there, but a file can be made that goes when it is closed
        gone_when_closed = getattr(os, "O_TEMPORARY", 0)
        if not gone_when_closed:
            return -1
        # Refused with PermissionError while the last one's file is going.
        return os.open(folder / ".communitycheck-files.lock", os.O_CREAT | os.O_EXCL | os.O_RDWR | gone_when_closed)
    import fcntl  # not there on Windows

    try:
        held = os.open(folder, os.O_RDONLY)
    except OSError:
        return -1
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        raise
    except OSError:
        os.close(held)
        return -1
    return held


def is_own(path: str | os.PathLike[str]) -> bool:
    """Whether a file is the user's, and so is the link that leads to it, if it is one.

    Windows tells no owner by these means, and everything counts as one's own; the rights of folders rule there.
    """
    if not hasattr(os, "geteuid"):
        return True
    try:
        owners = {os.lstat(path).st_uid}
        with contextlib.suppress(OSError):  # a link that leads nowhere
            owners.add(Path(path).stat().st_uid)
    except OSError:
        return False
    return owners == {os.geteuid()}
