"""The list that the toolkit keeps in a folder of the files it has written there, each with the hash of its content.

By it a run knows what it may replace, and the reader which files are no returns. It may have come from anywhere, so it
is read as a stranger's: one that cannot be understood counts as none, and for what may be replaced only that part
counts which bears the seal of this user (``system/user_key.py``). What other users have listed in a folder that is
shared stays in it, each part under its own seal.

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
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, TypeGuard

from communitycheck.printable import as_json
from communitycheck.system.files import alone_in, open_plain, replace
from communitycheck.system.processes import machine
from communitycheck.system.scratch import of_a_dead_run
from communitycheck.system.user_key import Seal

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


Noted = tuple[str, str, str]  # kind, name and hash


@dataclass(slots=True)
class OwnList:
    """What is known of a folder: by kind the names in it, with ``/``, and the hashes that each may have.

    Attributes:
        digests: those that this user's runs have listed.
        unsealed: those that somebody else has, or an earlier version.
        damaged: there is a list, and it cannot be understood.
    """

    names: dict[str, str] = field(default_factory=dict)
    digests: dict[str, set[str]] = field(default_factory=dict)
    unsealed: dict[str, set[str]] = field(default_factory=dict)
    damaged: bool = False

    def add(self, note: Noted, *, sealed: bool) -> None:
        kind, name, digest = note
        self.names[name] = kind
        (self.digests if sealed else self.unsealed).setdefault(_same(name), set()).add(digest)

    def of_kind(self, kind: str) -> frozenset[str]:
        return frozenset(name for name, its in self.names.items() if its == kind)

    def knows(self, name: str, digest: str) -> bool:
        """Whether we wrote that content under that name, by whatever case a disk gives it."""
        return digest in self.digests.get(_same(name), ())

    def is_said_of(self, name: str, digest: str) -> bool:
        """Whether only what bears no seal of this user's says so."""
        return digest in self.unsealed.get(_same(name), ())


def read_own_list(folder: Path) -> OwnList:
    """What the lists and journals in ``folder`` say; empty where there are none."""
    found, seal = OwnList(), Seal()
    for kind, name in _old_entries(folder):
        found.names[name] = kind
    # Journals first: another run merges its own into the list before it takes it away.
    if os.path.exists(folder / LIST):  # noqa: PTH110 - so it is beside each journal; a closed folder makes no error
        for journal in _journals(folder):
            for note, sealed in _noted(journal, seal):
                found.add(note, sealed=sealed)
    parts = _parts(folder)
    found.damaged = parts is None
    by_whom = [(part.is_ours(seal), part) for part in parts or ()]
    for ours, part in sorted(by_whom, key=lambda one: one[0]):  # ours last: it says of which kind a file is
        for note in part.notes:
            found.add(note, sealed=ours)
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
            _put(folder, [], Seal())
        self.path = folder / f".communitycheck-{machine()}-{os.getpid()}-{os.urandom(4).hex()}.files"
        self._stream = self.path.open("xb", buffering=0)
        self._list_then = _stamp(folder / LIST)
        self._seal = Seal()

    def note(self, kind: str, name: str, digest: str) -> None:
        """Before a file takes its place; a note that does not fit is taken back."""
        note = (kind, name, digest)
        line = json.dumps([*note, self._seal.of(_sealed_text([note]))]).encode() + b"\n"
        before = self._stream.tell()
        try:
            if self._stream.write(line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError:
            with contextlib.suppress(OSError):
                self._stream.truncate(before)
                self._stream.seek(before)
            raise

    def merge(self) -> OSError | None:
        """Put what was noted into the list, and what dead runs of this user have noted.

        Returns:
            Why it could not be; then the journal stays.
        """
        self._stream.close()
        try:
            with alone_in(self.path.parent):
                self._merge_alone()
        except OSError as error:
            return error
        return None

    def _merge_alone(self) -> None:
        folder, seal = self.path.parent, self._seal
        parts = _parts(folder) or []
        ours = [part for part in parts if part.is_ours(seal)]
        merged = {name: (kind, digest) for part in ours for kind, name, digest in part.notes}
        alone = _stamp(folder / LIST) == self._list_then
        done = []
        for journal in _journals(folder):
            own = journal == self.path
            if own or of_a_dead_run(journal.name, _JOURNAL, journal.stat().st_mtime):
                noted = list(_noted(journal, seal))
                if not own and not all(sealed for _, sealed in noted):
                    continue  # its own user's to merge
                notes = [note for note, sealed in noted if sealed or not seal.can_be_put]
                merged |= _settled(folder, notes, merged, trusted=own and alone)
                done.append(journal)
        there = {name: entry for name, entry in merged.items() if os.path.lexists(folder / name)}
        others = [part for part in parts if part not in ours and part.has_more_than(there, folder)]
        _put(folder, [(kind, name, digest) for name, (kind, digest) in there.items()], seal, others)
        for journal in done:
            journal.unlink(missing_ok=True)


Entry = tuple[str, str]  # kind and hash


@dataclass(frozen=True, slots=True)
class _SealedPart:
    """What one user's runs have listed."""

    notes: tuple[Noted, ...]
    seal: str

    def is_ours(self, seal: Seal) -> bool:
        return seal.holds(_sealed_text(self.notes), self.seal)

    def has_more_than(self, listed: Mapping[str, Entry], folder: Path) -> bool:
        """Whether it says anything of what is there; without a seal it is worth no more than what is listed anyway."""
        there = {name for _, name, _ in self.notes if os.path.lexists(folder / name)}
        return bool(there if self.seal else there - listed.keys())

    def as_object(self) -> dict[str, object]:
        listed: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
        for kind, name, digest in sorted(self.notes):
            listed[kind][name] = digest
        return {**listed, "seal": self.seal}

    @classmethod
    def of(cls, content: Any) -> _SealedPart | None:
        """None where it cannot be understood."""
        notes = tuple((kind, name, digest) for kind in KINDS for name, digest in content.get(kind, {}).items())
        seal = content.get("seal", "")
        return cls(notes, seal) if isinstance(seal, str) and all(_is_note(note) for note in notes) else None


def _sealed_text(notes: Sequence[Noted]) -> bytes:
    return json.dumps([SCHEMA, sorted(notes)]).encode()


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


def _put(folder: Path, notes: Sequence[Noted], seal: Seal, others: Iterable[_SealedPart] = ()) -> None:
    ours = _SealedPart(tuple(notes), seal.of(_sealed_text(notes)))
    content = {"schema": SCHEMA, **ours.as_object(), "others": [part.as_object() for part in others]}
    text = as_json(content, indent=1) + "\n"
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


def _parts(folder: Path) -> list[_SealedPart] | None:
    """What the list says; None where it cannot be understood."""
    try:
        text = _text(folder / LIST)
        if text is None:
            return []
        content = json.loads(text)
        if content["schema"] != SCHEMA:
            return None
        parts = [_SealedPart.of(one) for one in (content, *content.get("others", ()))]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    found = [part for part in parts if part is not None]
    return found if len(found) == len(parts) else None


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


def _noted(journal: Path, seal: Seal) -> Iterator[tuple[Noted, bool]]:
    """The notes in a journal, as far as they are whole, and whether this user's runs wrote them."""
    with contextlib.suppress(OSError, ValueError):
        for line in (_text(journal) or "").splitlines():
            with contextlib.suppress(ValueError, RecursionError):
                found = json.loads(line)
                if isinstance(found, list) and _is_note(note := tuple(found[:3])):
                    yield note, seal.holds(_sealed_text([note]), "".join(map(str, found[3:])))


def _is_note(found: tuple[Any, ...]) -> TypeGuard[Noted]:
    if not (len(found) == 3 and all(isinstance(part, str) for part in found)):
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

