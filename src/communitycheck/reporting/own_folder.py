"""A folder that files are written into: what the toolkit did not write there, it does not replace.

A file that is there already is replaced only where the folder's list (``own_list.py``) says that we wrote it and it has
not been touched since, or where it is what would be written anyway. All else stays, unless the user has said
``--force``; a marked-up copy that somebody has mended stays even then. Links on the way are never followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from communitycheck.errors import WriteError
from communitycheck.own_list import LIST, MARKED, REPORT, Journal, OwnList, digest_of, keeps_list, read_own_list
from communitycheck.reporting.files import Content, beside, explained, put_in_place
from communitycheck.system.files import leads_elsewhere

NAMED = 3  # files named in one line
Stamp = tuple[int, ...]


class OwnFolder:
    """Writes files into a folder and below, and keeps the list there; to be used in a ``with``.

    Args:
        root: the folder; it may itself be a link. It need not be there yet.
        force: replace what others wrote, too.
    """

    def __init__(self, root: Path, *, force: bool = False) -> None:
        self.root = root
        self.force = force
        self._known: OwnList | None = None
        self._journal: Journal | None = None
        self._seen: dict[Path, Stamp] = {}  # files that were found to be ours, as they were then
        self._written: dict[Path, None] = {}

    def __enter__(self) -> OwnFolder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._journal is not None:
            self._journal.merge()

    @property
    def known(self) -> OwnList:
        """What the list said when it was first asked."""
        if self._known is None:
            self._known = self._read()
        return self._known

    def refuse_others(self, paths: Iterable[Path], contents: Mapping[Path, bytes] | None = None) -> None:
        """Refuse by name, before any work, what must not be replaced.

        Args:
            contents: what would be written, where it is known already.

        Raises:
            WriteError: files that others wrote or changed, links on the way to them, or the name of the list.
        """
        others = []
        for path in paths:
            self.refuse_places([path])
            if self.force or not os.path.lexists(path) or not path.is_file() or self.is_ours(path):
                continue
            if contents is None or not _holds(path, contents.get(path)):
                others.append(path)
        if others:
            raise self._not_ours(others)

    def is_ours(self, path: Path) -> bool:
        """Whether we wrote the file that is there, and nobody has touched it since."""
        try:
            stamp = _stamp(path)
            while self._seen.get(path) != stamp:
                name, digest = self._name(path), digest_of(path)
                # Another run may have written it since the list was read.
                if self.known.knows(name, digest) or self._read().knows(name, digest):
                    self._seen[path] = stamp
                elif (now := _stamp(path)) != stamp:  # and may just now have put another in its place
                    stamp = now
                else:
                    return False
        except OSError:
            return False
        return True

    def refuse_places(self, paths: Iterable[Path]) -> None:
        """Refuse files that are links, or whose folders below this one are, and the name of the list.

        Raises:
            WriteError: there is one; it is named.
        """
        for path in paths:
            if keeps_list(path.name):
                raise WriteError("write-list-name", path=str(path))
            for step in (*path.parents[: len(path.relative_to(self.root).parts) - 1], path, self.root / LIST):
                if leads_elsewhere(step):
                    raise WriteError("write-is-link", path=str(step))

    def write(self, path: Path, content: Content, encoding: str = "utf-8", *, kind: str = REPORT) -> None:
        """Write a file whole or not at all.

        Raises:
            WriteError: it must not be replaced, the folder is missing or closed, a disk is full.
        """
        self.refuse_places([path])
        with beside(path, content, encoding) as (temporary, digest):
            try:
                name = self._name(path)
                ours = self.is_ours(path)
                free = ours or (self.force and kind != MARKED) or not os.path.lexists(path)
                if not free and digest_of(path) != digest:
                    raise self._not_ours([path])
                self._note(kind, name, digest)
                try:
                    put_in_place(temporary, path)
                except OSError:
                    if ours:  # what is there is still what we wrote before
                        with suppress(OSError):
                            self._note(kind, name, digest_of(path))
                    raise
            except OSError as error:
                raise explained(error, path) from error
        self._written[path] = None
        with suppress(OSError):
            self._seen[path] = _stamp(path)

    def gone(self) -> list[Path]:
        """Of what was written here the files that somebody has taken away since; each is told once."""
        found = [path for path in self._written if not os.path.lexists(path)]
        for path in found:
            del self._written[path]
        return found

    def _note(self, kind: str, name: str, digest: str) -> None:
        if self._journal is None:
            self._journal = Journal(self.root)
        self._journal.note(kind, name, digest)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _not_ours(self, paths: list[Path]) -> WriteError:
        if self.known.damaged:
            return WriteError("write-list-damaged", path=str(paths[0]), list=str(self.root / LIST))
        named, more = ", ".join(map(str, paths[:NAMED])), len(paths) - NAMED
        if more > 0:
            return WriteError("write-not-ours-more", paths=named, n=more)
        return WriteError("write-not-ours", paths=named)

    def _read(self) -> OwnList:
        return read_own_list(self.root)


def taken_away(path: Path) -> WriteError:
    """What is to be said of a file that was written and is gone before the run ends."""
    return WriteError("write-taken-away", path=str(path))


def write_file(
    path: Path, content: Content, encoding: str = "utf-8", *, force: bool = False, kind: str = REPORT
) -> None:
    """Write one file into a folder, as ``OwnFolder`` does.

    Raises:
        WriteError: as there.
    """
    with OwnFolder(path.parent, force=force) as folder:
        folder.write(path, content, encoding, kind=kind)


def refuse_others(paths: Iterable[Path], *, force: bool = False) -> None:
    """Refuse what ``write_file`` would refuse of these, before any work.

    Raises:
        WriteError: as there.
    """
    by_folder: dict[Path, list[Path]] = {}
    for path in paths:
        by_folder.setdefault(path.parent, []).append(path)
    for folder, inside in by_folder.items():
        OwnFolder(folder, force=force).refuse_others(inside)


def _holds(path: Path, content: bytes | None) -> bool:
    try:
        return content is not None and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _stamp(path: Path) -> Stamp:
    found = path.lstat()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
