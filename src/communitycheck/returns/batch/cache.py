"""Parts read, kept on disk, so that a file that has not changed is not read again.

An entry is found by what the reading depends on: the bytes of the file and the path it is shown by, the data
dictionary, the mapping, and the reader itself with the libraries it stands on. Change one of these and the file is
read anew; the old entry is never found again and is cleared away in time. Entries appear whole or not at all, each as
soon as its file is read, so a batch that was stopped goes on where it ended, and two batches may share a folder.

What lies there is taken as if an enemy had written it. An entry bears a seal made with a key of this user's
(``system/user_key.py``) over its place, its size and its checksum: one that is not sealed so, damaged, cut short or no
plain file is dropped, told and written again, before anything of it is read. What lies in it is data and is never run.
The folder holds the figures of the returns, so it is made for its owner alone, and another user's is refused::

    MARK, filled up to 32 bytes; seal; what ``pack`` wrote
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import sys
import time
from pathlib import Path

from communitycheck.errors import WriteError
from communitycheck.returns.batch.packing import HEAD, pack, unpack
from communitycheck.returns.batch.parts import Part, PartRead, ReadingOptions
from communitycheck.system.files import is_own, leads_elsewhere, open_plain, replace
from communitycheck.version import __version__

# Refusals that say something of the machine or the moment: another run may do better.
_PASSING = frozenset({
    "too-large", "took-too-long", "unreadable-file", "file-missing", "file-changing", "reader-died", "reading-failed",
    "truncated", "temporary-folder-full", "temporary-folder-none", "system-refused", "memory-short",
    "archive-too-large", "archive-took-too-long", "arrow-too-large", "arrow-took-too-long",
    "database-too-large", "database-took-too-long", "database-unfinished", "database-in-use", "driver-missing",
})  # fmt: skip
_LIBRARIES = ("numpy", "pyarrow", "python-calamine", "xlrd", "openpyxl", "charset-normalizer", "duckdb")
# Entries that no run has used for so long are cleared away, and so are leavings of runs that were killed.
DAYS = 90
_LEAVINGS = 3600.0
MARK = b"communitycheck-entry/1\n"
_FRONT = 32


class Cache:
    """A folder of readings.

    Args:
        folder: made if absent.
        options: what files are read by.
        secret: a key that no one else has.

    Attributes:
        dropped: how many entries were not what this user's runs have written.

    Raises:
        WriteError: the folder cannot be made or written to, or is another user's.
    """

    def __init__(self, folder: str | Path, options: ReadingOptions, secret: bytes) -> None:
        self.folder = Path(folder)
        self.secret = secret
        self.dropped = 0
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            tag = self.folder / "CACHEDIR.TAG"
            if not tag.exists():
                _put(tag, b"Signature: 8a477f597d28d172789f06886806bc55\n")
        except OSError as trouble:
            raise WriteError("cache-closed", path=str(folder), cause=trouble.strerror or str(trouble)) from trouble
        if not is_own(self.folder):
            raise WriteError("cache-not-own", path=str(folder))
        self._read_by = hashlib.sha256(_reader().encode() + pack(options)).hexdigest()

    def key(self, part: Part) -> str | None:
        """What the reading of a part is kept under; None where the file cannot be opened."""
        try:
            if not Path(part.path).is_file():  # a pipe would have to be waited for
                return None
            with Path(part.path).open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except (OSError, ValueError):
            return None
        facts = "\0".join((self._read_by, digest, part.path, f"{part.number}/{part.of}", *part.sheets))
        return hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, key: str | None) -> PartRead | None:
        """The reading kept under ``key``, or None."""
        if key is None:
            return None
        place = self._place(key)
        try:
            found = self._opened(place, key)
            os.utime(place)
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            self.dropped += 1
            with contextlib.suppress(OSError):
                place.unlink()
            return None
        return found

    def _opened(self, place: Path, key: str) -> PartRead:
        """What lies in an entry.

        Raises:
            FileNotFoundError: there is none.
            OSError, ValueError: it is none of ours.
        """
        with open_plain(place) as stream:
            start = _FRONT + hashlib.sha256().digest_size
            size = os.fstat(stream.fileno()).st_size - start
            front, seal, head = stream.read(_FRONT), stream.read(start - _FRONT), stream.read(HEAD)
            if not front.startswith(MARK) or not hmac.compare_digest(seal, self._seal(key, head, size)):
                raise ValueError("not sealed by this user")
            stream.seek(start)
            data = bytearray(size)  # read into at once; what is put together from pieces is copied
            return unpack(memoryview(data)[: stream.readinto(data)], PartRead)

    def _seal(self, key: str, head: bytes, size: int) -> bytes:
        """Over the head alone: it holds the checksum of the rest."""
        return hmac.digest(self.secret, b"\0".join((MARK, key.encode(), str(size).encode(), head)), "sha256")

    def put(self, key: str | None, part: Part, data: bytes, found: PartRead) -> None:
        """Keep ``data``, ``found`` packed, unless the file has changed meanwhile. A full disk is no error."""
        if key is None or any(error.code in _PASSING for error in found.errors) or self.key(part) != key:
            return
        with contextlib.suppress(OSError):
            place = self._place(key)
            place.parent.mkdir(mode=0o700, exist_ok=True)
            if is_own(place.parent) and not leads_elsewhere(place.parent):
                _put(place, MARK.ljust(_FRONT, b"\0"), self._seal(key, data[:HEAD], len(data)), data)

    def tidy(self) -> None:
        """Clear away what no run has used for long."""
        now = time.time()
        with contextlib.suppress(OSError):
            inside = [one for one in self.folder.glob("??") if not leads_elsewhere(one)]
            entries = [p for one in inside for p in one.glob("*") if p.suffix in (".reading", ".tmp")]
            for entry in (*self.folder.glob("*.tmp"), *entries):
                age = now - entry.lstat().st_mtime
                if age > (_LEAVINGS if entry.suffix == ".tmp" else DAYS * 86400):
                    with contextlib.suppress(OSError):
                        entry.unlink()

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.reading"


def _put(place: Path, *pieces: bytes) -> None:
    temporary = place.with_name(f"{os.getpid()}-{os.urandom(6).hex()}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.writelines(pieces)
        replace(temporary, place)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _reader() -> str:
    """What tells one reader from another: the code that reads, and the versions of the libraries it calls."""
    from importlib.metadata import PackageNotFoundError, version

    digest = hashlib.sha256(__version__.encode())
    root = Path(__file__).parents[1]
    if getattr(sys, "frozen", False):  # the stand-alone program holds no sources that could be looked at
        program = Path(sys.executable).stat()
        digest.update(f"{program.st_size} {program.st_mtime_ns}\n".encode())
    for source in [*sorted(root.rglob("*.py")), *sorted((root.parent / "model").glob("*.py"))]:
        digest.update(source.read_bytes())
    for name in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()
