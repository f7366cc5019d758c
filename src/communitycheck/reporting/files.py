"""Writing a file: whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any

from communitycheck.errors import CommunityCheckError, WriteError
from communitycheck.own_list import digest_of
from communitycheck.system.files import OPEN_FILES_STAY, is_device, replace, without_a_place
from communitycheck.system.processes import machine
from communitycheck.system.scratch import of_a_dead_run

# What a file is made of: pieces of text, some perhaps in UTF-8 already, or what writes bytes to it.
Content = Iterable[str | memoryview] | Callable[[IO[bytes]], None]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
# A file under way bears the machine and the process that writes it, so that what a killed run left is known for dead.
_TEMPORARY = re.compile(r"\.communitycheck-(?P<machine>[0-9a-f]{8})-(?P<pid>\d+)-[0-9a-f]{8}\.tmp")

_BUFFER = 1 << 16
_QUOTED = 200  # characters of what Python says of a fault
# Of a path longer than this Windows says that it is not there, unless it has been set up for long ones.
_LONGEST_ON_WINDOWS = 248


@contextmanager
def beside(path: Path, content: Content, encoding: str = "utf-8") -> Iterator[tuple[Path, str]]:
    """A temporary file in the folder of ``path`` with that content, to be put in its place, and its hash; else it goes.

    What killed runs have left half written in that folder is cleared away first.

    Raises:
        WriteError: the folder is missing or closed, a disk is full; nothing is left behind.
    """
    check_place(path)
    _clear_leavings(path.parent)
    temporary = path.with_name(f".communitycheck-{machine()}-{os.getpid()}-{os.urandom(4).hex()}.tmp")
    target, written = None, False
    try:
        target = _Target(temporary)
        with io.BufferedWriter(target, _BUFFER) as sink:
            _fill(sink, content, encoding)
            written = True
            sink.flush()
            os.fsync(sink.fileno())
        yield temporary, target.digest or digest_of(temporary)
    except OSError as error:
        raise explained(error, path, elsewhere=target is not None and not (target.failed or written)) from error
    except CommunityCheckError:
        raise
    except Exception as error:
        if written or os.environ.get("COMMUNITYCHECK_DEBUG"):
            raise
        text = " ".join(str(error).split())[:_QUOTED]  # a fault of ours, which spares the other files
        raise WriteError("write-our-fault", path=str(path), kind=type(error).__name__, text=text) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _fill(sink: IO[bytes], content: Content, encoding: str) -> None:
    if callable(content):
        content(sink)
        return
    sink.write("".encode(encoding))  # the byte-order mark, if the encoding has one
    plain = encoding.removesuffix("-sig")
    for chunk in content:
        sink.write(chunk.encode(plain, "backslashreplace") if isinstance(chunk, str) else chunk)


def put_in_place(temporary: Path, path: Path) -> None:
    """Let ``temporary`` take the place of ``path``, in one step and with the rights that it had.

    Raises:
        OSError: it cannot.
    """
    if path.exists():
        with contextlib.suppress(OSError):
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
    replace(temporary, path)


class _Target(io.FileIO):
    """The file that is written; it remembers whether it was itself what failed, and not the folder for temporary ones
    that a workbook passes through.

    It is summed up on the way, unless the writer goes back in it, as that of an archive does.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(file, "xb")
        self.failed = False
        self._sum = hashlib.sha256()
        self._end = 0
        self._straight = True

    @property
    def digest(self) -> str | None:
        """The hash of what was written; None where that has to be read."""
        return self._sum.hexdigest() if self._straight else None

    def write(self, data: Any) -> int:
        try:
            count = super().write(data)
        except OSError:
            self.failed = True
            raise
        if self._straight:
            self._sum.update(memoryview(data)[:count])
            self._end += count
        return count

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        place = super().seek(offset, whence)
        self._straight &= place == self._end
        return place

    def truncate(self, size: int | None = None) -> int:
        self._straight = False
        return super().truncate(size)


@cache  # once for each folder: a batch writes thousands of files into one
def _clear_leavings(folder: Path) -> None:
    """Remove temporary files whose writer is certainly dead; those of a run that goes on beside this one stay."""
    with contextlib.suppress(OSError):
        for file in folder.glob(".communitycheck-*.tmp"):
            with contextlib.suppress(OSError):
                if of_a_dead_run(file.name, _TEMPORARY, file.stat().st_mtime):
                    file.unlink()


def check_place(path: Path) -> None:
    """Refuse at once a file that could not be written.

    Raises:
        WriteError: as ``write_file`` would.
    """
    folder = path.parent
    if OPEN_FILES_STAY and is_device(path.name):
        raise WriteError("write-device-name", path=str(path), name=path.name)
    try:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            os.lstat(path)
        if path.is_dir():
            raise WriteError("write-is-folder", path=str(path))
        if path.exists() and not path.is_file():  # a device would be replaced by the report
            raise WriteError("write-not-file", path=str(path))
        if not folder.is_dir():
            raise WriteError("write-folder-missing", path=str(path), folder=str(folder))
        writable = os.access(path if path.exists() else folder, os.W_OK) and os.access(folder, os.W_OK)
    except (OSError, ValueError) as error:  # a name too long, or with a null character
        raise _not_written("write-failed", path, cause=_cause(error)) from error
    if not writable:
        raise _not_written("write-denied", path)


def check_folder(path: str | Path) -> None:
    """Refuse at once a folder that could not be made or written to.

    Raises:
        WriteError: as ``make_folder`` would.
    """
    folder = Path(path)
    try:
        there = next(one for one in (folder, *folder.parents, Path()) if one.exists())
    except (OSError, ValueError) as error:
        raise _not_written("write-failed", folder, cause=_cause(error)) from error
    if not there.is_dir():
        raise WriteError("write-is-file", path=str(there))
    if not os.access(there, os.W_OK | os.X_OK):
        raise _not_written("write-denied", there)


def make_folder(path: Path) -> None:
    """Make a folder and those it lies in, where they are missing.

    Raises:
        WriteError: a file bears its name, or it may not be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise WriteError("write-is-file", path=str(path)) from error
    except (OSError, ValueError) as error:
        raise (
            explained(error, path)
            if isinstance(error, OSError)
            else _not_written("write-failed", path, cause=str(error))
        ) from error


def explained(error: OSError, path: Path, *, elsewhere: bool = False) -> WriteError:
    """What is to be said of ``error``, met when ``path`` was to be written.

    Args:
        elsewhere: it was no fault of that file, but of the folder for temporary ones on the way to it.
    """
    if without_a_place(error):
        return _not_written("temporary-none", path)
    if error.errno in _FULL and elsewhere:
        return _not_written("temporary-full", path, folder=tempfile.gettempdir())
    if error.errno in _FULL:
        return _not_written("write-disk-full", path)
    if error.errno in _DENIED:
        return _not_written("write-denied", path)
    if OPEN_FILES_STAY and len(str(path.absolute())) >= _LONGEST_ON_WINDOWS:
        return WriteError("write-path-long", path=str(path))
    return _not_written("write-failed", path, cause=_cause(error))


def _not_written(code: str, path: Path, **values: object) -> WriteError:
    """An error that also says when a file of that name is there still: it is not the one that was to be written."""
    older = ""
    with contextlib.suppress(OSError, ValueError):
        older = path.name if path.is_file() else ""
    return WriteError(code, path=str(path), older=older, **values)


def _cause(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
