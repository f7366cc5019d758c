"""The list that the toolkit keeps in a folder of the files it has written there, each with the hash of its content.

By it a run knows what it may replace, and the reader which files are no returns. It may have come from anywhere, so it
is read as a stranger's: one that cannot be understood counts as none.

While a product is being written, each file is noted in a journal beside the list before it takes its place; the journal
is merged into the list when the product is done. What a killed run has left is known by its journal, which the next run
merges.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct, field

from communitycheck.printable import as_json
from communitycheck.system.files import alone_in, open_plain, replace
from communitycheck.system.processes import machine
from communitycheck.system.scratch import of_a_dead_run

LIST = ".communitycheck-files.json"
SCHEMA = "communitycheck-files/1"
# What runs of earlier versions have left: names without hashes.
OLD_LIST = ".communitycheck-bundles.json"
OLD_SCHEMA = "communitycheck-bundles/1"

# Wholly our own, and never taken for a return; a copy of a return, to be mended and read again; what people fill in.
REPORT, MARKED, FORM = "reports", "marked", "forms"
KINDS = (REPORT, MARKED, FORM)

_LONGEST = 64 << 20  # bytes of a list
_DIGEST = re.compile(r"[0-9a-f]{64}")
_JOURNAL = re.compile(r"\.communitycheck-(?P<machine>[0-9a-f]{8})-(?P<pid>\d+)-[0-9a-f]{8}\.files")


class OwnList(Struct):
    """What is known of a folder: by kind the names in it, with ``/``, and the hashes that each may have.

    Attributes:
        damaged: there is a list, and it cannot be understood.
    """

    names: dict[str, str] = field(default_factory=dict)
    digests: dict[str, set[str]] = field(default_factory=dict)
    damaged: bool = False

    def add(self, kind: str, name: str, digest: str = "") -> None:
        self.names[name] = kind
        known = self.digests.setdefault(_same(name), set())
        if digest:
            known.add(digest)

    def of_kind(self, kind: str) -> frozenset[str]:
        return frozenset(name for name, its in self.names.items() if its == kind)

    def has_digests(self, name: str) -> bool:
        """False of what only an earlier version has listed."""
        return bool(self.digests.get(_same(name)))

    def knows(self, name: str, digest: str) -> bool:
        """Whether we wrote that content under that name, by whatever case a disk gives it."""
        return digest in self.digests.get(_same(name), ())


def read_own_list(folder: Path) -> OwnList:
    """What the lists and journals in ``folder`` say; empty where there are none."""
    found = OwnList()
    for kind, name in _old_entries(folder):
        found.add(kind, name)
    # Journals first: another run merges its own into the list before it takes it away.
    if os.path.exists(folder / LIST):  # noqa: PTH110 - so it is beside each journal; a closed folder makes no error
        for journal in _journals(folder):
            for kind, name, digest in _noted(journal):
                found.add(kind, name, digest)
    listed = _entries(folder)
    found.damaged = listed is None
    for kind, name, digest in listed or ():
        found.add(kind, name, digest)
    return found


def keeps_list(name: str) -> bool:
    """Whether a file is called like one of the list's own."""
    return name in (LIST, OLD_LIST) or _JOURNAL.fullmatch(name) is not None


def digest_of(file: Path) -> str:
    """The hash of a file's content.

    Raises:
        OSError: it cannot be read, or is no plain file.
    """
    with open_plain(file) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Journal:
    """The files that this run writes into ``folder``, noted one by one.

    Raises:
        OSError: it cannot be made or written to.
    """

    def __init__(self, folder: Path) -> None:
        if not os.path.lexists(folder / LIST):
            with alone_in(folder):  # or an empty list takes the place of one that a quicker run has filled by now
                if not os.path.lexists(folder / LIST):
                    _put(folder, [])
        self.path = folder / f".communitycheck-{machine()}-{os.getpid()}-{os.urandom(4).hex()}.files"
        self._stream = self.path.open("xb", buffering=0)
        self._list_then = _stamp(folder / LIST)

    def note(self, kind: str, name: str, digest: str) -> None:
        """Before a file takes its place; a note that does not fit is taken back."""
        line = json.dumps([kind, name, digest]).encode() + b"\n"
        before = self._stream.tell()
        try:
            if self._stream.write(line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError:
            with contextlib.suppress(OSError):
                self._stream.truncate(before)
                self._stream.seek(before)
            raise

    def merge(self) -> None:
        """Put what was noted into the list, and what dead runs have noted. Where that fails the journal stays."""
        self._stream.close()
        folder = self.path.parent
        with contextlib.suppress(OSError), alone_in(folder):
            merged = {name: (kind, digest) for kind, name, digest in _entries(folder) or ()}
            alone = _stamp(folder / LIST) == self._list_then
            done = []
            for journal in _journals(folder):
                own = journal == self.path
                if own or of_a_dead_run(journal.name, _JOURNAL, journal.stat().st_mtime):
                    merged |= _settled(folder, list(_noted(journal)), merged, trusted=own and alone)
                    done.append(journal)
            there = {name: entry for name, entry in merged.items() if os.path.lexists(folder / name)}
            _put(folder, [(kind, name, digest) for name, (kind, digest) in there.items()])
            for journal in done:
                journal.unlink(missing_ok=True)


Noted = tuple[str, str, str]
Entry = tuple[str, str]  # kind and hash


def _settled(folder: Path, noted: Sequence[Noted], listed: Mapping[str, Entry], *, trusted: bool) -> dict[str, Entry]:
    """What holds of a journal.

    Unless it is to be trusted: a run that was killed may not have come to put its last file in its place, and another
    run may have written one of the same name later. Then the files are looked at.
    """
    last = {name: (kind, digest) for kind, name, digest in noted}
    if trusted:
        return last
    noted_at_all = {(name, digest) for _, name, digest in noted}
    found = {}
    for name, entry in last.items():
        if listed.get(name) == entry:
            continue
        with contextlib.suppress(OSError):
            digest = digest_of(folder / name)
            if (name, digest) in noted_at_all:
                found[name] = (entry[0], digest)
    return found


def _stamp(file: Path) -> tuple[int, ...]:
    try:
        found = file.lstat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _put(folder: Path, entries: Iterable[Noted]) -> None:
    listed: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for kind, name, digest in sorted(entries):
        listed[kind][name] = digest
    text = as_json({"schema": SCHEMA, **listed}, indent=1) + "\n"
    temporary = folder / f".communitycheck-{machine()}-{os.getpid()}-{os.urandom(4).hex()}.tmp"
    try:
        with temporary.open("xb") as sink:
            sink.write(text.encode("utf-8", "surrogateescape"))
            sink.flush()
            os.fsync(sink.fileno())
        replace(temporary, folder / LIST)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _entries(folder: Path) -> list[Noted] | None:
    """What the list says; None where it cannot be understood."""
    try:
        text = _text(folder / LIST)
        if text is None:
            return []
        content = json.loads(text)
        if content["schema"] != SCHEMA:
            return None
        found = [(kind, name, digest) for kind in KINDS for name, digest in content.get(kind, {}).items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return found if all(_is_note(list(entry)) for entry in found) else None


def _old_entries(folder: Path) -> Iterator[tuple[str, str]]:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        content = json.loads(_text(folder / OLD_LIST) or "{}")
        if content.get("schema") == OLD_SCHEMA:
            for kind, names in ((REPORT, content["reports"]), (MARKED, content["marked"])):
                yield from ((kind, str(name)) for name in names if _is_inside(str(name)))


def _journals(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries if _JOURNAL.fullmatch(entry.name))
    except OSError:
        return []


def _noted(journal: Path) -> Iterator[Noted]:
    """The notes in a journal, as far as they are whole."""
    with contextlib.suppress(OSError, ValueError):
        for line in (_text(journal) or "").splitlines():
            with contextlib.suppress(ValueError, RecursionError):
                note = json.loads(line)
                if _is_note(note):
                    yield tuple(note)


def _is_note(found: Any) -> bool:
    if not (isinstance(found, list) and len(found) == 3 and all(isinstance(part, str) for part in found)):
        return False
    kind, name, digest = found
    return kind in KINDS and _is_inside(name) and _DIGEST.fullmatch(digest) is not None


def _is_inside(name: str) -> bool:
    """Whether it names something below the folder of the list, and in one way only."""
    place = PurePosixPath(name)
    return str(place) == name != "." and not place.is_absolute() and ".." not in place.parts and "\0" not in name


def _text(file: Path) -> str | None:
    """A file of ours; None where there is none.

    Raises:
        OSError, ValueError: it is no plain file, is too long, or holds no text.
    """
    if not os.path.lexists(file):
        return None
    with open_plain(file) as stream:
        content = stream.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise ValueError(file)
    return content.decode("utf-8", "surrogateescape")


def _same(name: str) -> str:
    """Equal for names that some system takes for one."""
    return unicodedata.normalize("NFC", name).casefold()

