"""The front door of ``check --mark-up``: the returns of a report, each as a marked-up copy in a folder."""

from __future__ import annotations

import hashlib
import os
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO

from msgspec import Struct, field

from communitycheck.errors import NotMarkedError, ReturnError, UsageError, WriteError
from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.returns import Return
from communitycheck.own_list import MARKED
from communitycheck.printable import inline
from communitycheck.products.markup.copy import mark_up
from communitycheck.products.markup.marks import Marks, marks_of
from communitycheck.products.markup.ooxml.extract import extract
from communitycheck.products.markup.ooxml.parts import Package
from communitycheck.products.markup.own_rows import OwnRows, own_rows
from communitycheck.products.markup.plain import SHEET, write_plain
from communitycheck.products.markup.words import MarkupWords
from communitycheck.reporting.files import explained, make_folder
from communitycheck.reporting.own_folder import OwnFolder, taken_away
from communitycheck.returns.files.archive import members
from communitycheck.returns.files.open import open_file
from communitycheck.returns.grid import Grid
from communitycheck.system.files import any_of, identities, is_device, leads_elsewhere, same_name
from communitycheck.system.limits import OverLimit
from communitycheck.system.scratch import scratch_folder

# A workbook of another kind would have to be built anew, and lose what no library knows of.
_WORKBOOK, _TEXT = "xlsx", "csv"
_LONGEST_NAME = 240  # bytes of a name in UTF-8; most disks take 255
_BLOCK = 20_000  # rows of a text return taken at a time
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*\\', "_") | {chr(k): "_" for k in range(32)})


class MarkedCopies(Struct):
    """What became of the returns: each is written, clean, refused or failed.

    Attributes:
        written: path of the return -> the copy.
        clean: how many had nothing to mark.
        refused: those of which no copy can be made, and why. failed: copies that could not be written.
        signed: returns whose digital signature does not hold for the copy.
        beside: copies under a new name, by the place of one that somebody has mended, which stays.
    """

    folder: Path
    written: dict[str, Path] = field(default_factory=dict)
    clean: int = 0
    refused: list[NotMarkedError] = field(default_factory=list)
    failed: list[WriteError] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    beside: dict[Path, Path] = field(default_factory=dict)


def mark_up_returns(
    report: Report,
    folder: str | Path,
    lang: Lang,
    *,
    given: Sequence[str | Path] = (),
    shared: Collection[str] = (),
    own: OwnFolder | None = None,
) -> MarkedCopies:
    """Write a marked-up copy of every return in which something calls for mending.

    Args:
        folder: where to; made if it is missing.
        given: the paths the report was made of; copies keep their places below the folders among them.
        shared: paths of returns that hold records of other regions: their copies have the rows of the report's region
            alone.
        own: where ``folder`` lies among other results, these.

    A copy that somebody has mended is never replaced: the new one gets a name beside it.

    Raises:
        UsageError: a copy would take the place of a return.
        WriteError: the folder cannot be made, or a link lies in the way.
    """
    copies = MarkedCopies(Path(folder))
    marks = {path: found for path, found in marks_of(report).items() if found.calls_for_mending}
    copies.clean = len(report.returns) - len(marks)
    todo = {}
    for one in report.returns:
        if one.path in marks and one.format in (_WORKBOOK, _TEXT):
            todo[one.path] = one
        elif one.path in marks:
            copies.refused.append(NotMarkedError("not-marked-format", path=one.path, format=one.format))
    targets = places(list(todo.values()), copies.folder, given)
    _spare_the_returns(report, targets)
    if not todo:
        return copies
    make_folder(copies.folder)
    words, gone = MarkupWords(report, lang), dict(todo)
    with OwnFolder(copies.folder) if own is None else nullcontext(own) as results:
        results.refuse_places(targets.values())
        free = _FreePlaces(results, report, targets.values())
        for path, file in _originals(list(todo)):
            del gone[path]
            try:
                rows = own_rows(report, todo[path]) if path in shared else None
                place = free.of(targets[path])
                _write(todo[path], file, place, marks[path], words, copies, rows, results)
                copies.written[path] = place
                if place != targets[path]:
                    copies.beside[targets[path]] = place
            except NotMarkedError as trouble:
                copies.refused.append(trouble)
            except WriteError as trouble:
                copies.failed.append(trouble)
        if own is None:  # else those who write more into that folder tell it
            _leave_out_what_is_gone(copies, results.gone())
    copies.refused += [NotMarkedError("not-marked-changed", path=path) for path in gone]
    copies.refused.sort(key=lambda e: e.path)
    return copies


def _leave_out_what_is_gone(copies: MarkedCopies, gone: Sequence[Path]) -> None:
    for path in [path for path, place in copies.written.items() if place in gone]:
        copies.failed.append(taken_away(copies.written.pop(path)))


# --- where copies lie


def places(returns: Sequence[Return], folder: Path, given: Sequence[str | Path] = ()) -> dict[str, Path]:
    """Path of a return -> its copy in ``folder``: below the folder that was given, else by its name.

    Where two would meet, all keep the folders that they do not share. A text return becomes ``name.csv.xlsx``.
    """
    roots = [Path(g).absolute() for g in given if Path(g).is_dir()]
    found = {one.path: _below(one.path, roots) for one in returns}
    if len({_folded(p) for p in found.values()}) < len(found):
        files = {one.path: Path(one.path).absolute() for one in returns}
        shared = Path(os.path.commonpath([(_archive_of(path) or Path(path)).absolute().parent for path in files]))
        found = {path: PurePosixPath(file.relative_to(shared).as_posix()) for path, file in files.items()}
    kinds = {one.path: one.format for one in returns}
    taken: set[str] = set()
    result = {}
    for path, place in found.items():
        parts = [_safe(part) for part in place.parts]
        if kinds[path] == _TEXT:
            parts[-1] += ".xlsx"
        parts = [_short(part) for part in parts]
        name, number = parts[-1], 1
        while _folded(PurePosixPath(*parts)) in taken:  # names that differ in what some disk cannot hold
            number += 1
            stem, dot, suffix = name.rpartition(".")
            parts[-1] = f"{stem} ({number}){dot}{suffix}" if stem else f"{name} ({number})"
        taken.add(_folded(PurePosixPath(*parts)))
        result[path] = folder.joinpath(*parts)
    return result


def _below(path: str, roots: Sequence[Path]) -> PurePosixPath:
    file = Path(path).absolute()
    above = [root for root in roots if root in file.parents]
    if above:
        return PurePosixPath(file.relative_to(max(above, key=lambda r: len(r.parts))).as_posix())
    archive = _archive_of(path)
    return PurePosixPath(Path(path).relative_to((archive or Path(path)).parent).as_posix())


def _archive_of(path: str) -> Path | None:
    """The archive that a return lies in; None for a file of its own."""
    return None if _is_file(Path(path)) else next(filter(_is_file, Path(path).parents), None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # the name of a member may be one that no file can have
        return False


def _safe(part: str) -> str:
    """A name that any disk takes and that leads nowhere else."""
    name = inline(part).replace("\ufffd", "_").translate(_FORBIDDEN).rstrip(". ") or "_"
    return f"_{name}" if is_device(name) else name


def _short(name: str) -> str:
    """A name that is not too long for a disk, also with a number behind it; its suffixes stay."""
    if len(os.fsencode(name)) <= _LONGEST_NAME:
        return name
    suffix = "".join(PurePosixPath(name).suffixes[-2:])[-16:]
    room = _LONGEST_NAME - len(os.fsencode(suffix))
    return os.fsencode(name.removesuffix(suffix))[:room].decode("utf-8", "ignore") + suffix


def _folded(place: PurePosixPath) -> str:
    return unicodedata.normalize("NFC", str(place)).casefold()


class _FreePlaces:
    """Where a copy goes: to its place, or beside one there that somebody has mended."""

    def __init__(self, results: OwnFolder, report: Report, targets: Iterable[Path]) -> None:
        self._results = results
        self._read = _read_files(report)
        self._taken = {same_name(target) for target in targets}

    def of(self, target: Path) -> Path:
        """The first of ``x.xlsx``, ``x (2).xlsx`` … where nothing lies, or a copy of ours that nobody has touched."""
        place, number = target, 1
        # A folder or a link in the way is left to be refused by its name.
        while _is_file(place) and not leads_elsewhere(place) and not self._results.is_ours(place):
            number += 1
            place = target.with_name(f"{target.stem} ({number}){target.suffix}")
            while same_name(place) in self._taken or any_of(place, self._read):
                number += 1
                place = target.with_name(f"{target.stem} ({number}){target.suffix}")
        self._taken.add(same_name(place))
        return place


def _read_files(report: Report) -> set[object]:
    """The files that were read, and those that could not be."""
    paths = [*(r.path for r in report.returns), *(e.path for e in report.unread)]
    return {one for p in paths for one in identities(_archive_of(p) or p)}


def _spare_the_returns(report: Report, targets: Mapping[str, Path]) -> None:
    read = _read_files(report)
    for target in targets.values():
        if any_of(target, read):
            raise UsageError("markup-over-input", path=str(target))


# --- the returns as they were submitted


def _originals(paths: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Each return with a file that holds it, for as long as it is the current one; what is gone is left out."""
    inside: dict[Path, set[str]] = {}
    for path in paths:
        archive = _archive_of(path)
        if archive is not None:
            inside.setdefault(archive, set()).add(path)
        elif _is_file(Path(path)):
            yield path, Path(path)
    for archive, wanted in inside.items():
        try:
            for name, member, *_ in members(archive, str(archive), timed=False):
                if name in wanted and isinstance(member, Path):
                    wanted.discard(name)
                    yield name, member
        except (ReturnError, OverLimit):  # the archive was read before and is another one now
            continue


def _write(
    one: Return,
    file: Path,
    target: Path,
    marks: Marks,
    words: MarkupWords,
    copies: MarkedCopies,
    own: dict[str, OwnRows] | None,
    results: OwnFolder,
) -> None:
    if _sha256(file) != one.sha256:
        raise NotMarkedError("not-marked-changed", path=one.path)
    make_folder(target.parent)
    remarks = [] if own is None else [words.say("markup-own-rows")]
    signed: list[bool] = []
    if one.format == _TEXT:
        with _as_workbook(one, file, target, words, own) as (workbook, sheet, clipped):

            def plain(sink: IO[bytes]) -> None:
                mark_up(workbook, sink, marks, words, names={"": sheet}, remarks=[*remarks, *clipped])

            results.write(target, plain, kind=MARKED)
        return
    with _own_part(one, file, target, own) as workbook:

        def content(sink: IO[bytes]) -> None:
            signed.append(mark_up(workbook, sink, marks, words, remarks=remarks).signed)

        results.write(target, content, kind=MARKED)
    if any(signed):
        copies.signed.append(one.path)


@contextmanager
def _scratch(target: Path) -> Iterator[str]:
    """A folder for what comes before ``target``."""
    try:
        folder = scratch_folder()
    except OSError as error:
        raise explained(error, target, elsewhere=True) from error
    with folder as name:
        yield name


@contextmanager
def _own_part(one: Return, file: Path, target: Path, own: dict[str, OwnRows] | None) -> Iterator[Path]:
    """The workbook, or one of the rows of a region alone."""
    if own is None:
        yield file
        return
    with _scratch(target) as folder:
        workbook = Path(folder) / "own.xlsx"
        package = Package(file, one.path)
        try:
            with workbook.open("wb") as sink:
                extract(package, {name: kept.wanted() for name, kept in own.items()}, sink)
        except (ValueError, LookupError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            raise package.broken("") from error
        except OSError as error:
            raise explained(error, target, elsewhere=True) from error
        finally:
            package.close()
        yield workbook


@contextmanager
def _as_workbook(
    one: Return, file: Path, target: Path, words: MarkupWords, own: dict[str, OwnRows] | None
) -> Iterator[tuple[Path, str, list[str]]]:
    """A text return as a workbook: the file, the name of its sheet, and what is to be said of it."""
    grid = open_file(file, display=one.path).grids[0]
    with _scratch(target) as folder:
        workbook = Path(folder) / "plain.xlsx"
        try:
            with workbook.open("wb") as sink:
                clipped = write_plain(
                    _rows(grid) if own is None else _own_texts(_rows(grid), own.get("", OwnRows())),
                    *(sink, words.report.as_of, words.wording.lang),
                    scratch=folder,
                    fold_gaps=own is not None,
                )
        except ValueError as error:
            raise NotMarkedError("not-marked-too-large", path=one.path) from error
        except OSError as error:
            raise explained(error, target, elsewhere=True) from error
        yield workbook, SHEET, [words.say("markup-texts-clipped", n=clipped)] if clipped else []


def _rows(grid: Grid) -> Iterator[list[str | None]]:
    for first in range(0, grid.n_rows, _BLOCK):
        yield from grid.rows(first, first + _BLOCK - 1)


def _own_texts(rows: Iterator[list[str | None]], own: OwnRows) -> Iterator[list[str | None]]:
    """The rows up to the last one that is kept; of the others nothing is left but their place."""
    last = max(own.rows, default=0)
    for number, row in enumerate(islice(rows, last), start=1):
        yield own.texts(number, row) if number in own.rows else []


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
