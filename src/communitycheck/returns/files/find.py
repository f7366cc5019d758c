"""Paths as users give them -> files: folders, patterns such as ``2020/**/*.xlsx``, and ``@list.txt``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field

from communitycheck.errors import ReturnError
from communitycheck.nearest import nearest_file
from communitycheck.returns.files.chosen import AskedFile, divided, is_url
from communitycheck.returns.files.encoding import decoded, encoding_of
from communitycheck.returns.files.formats.registry import usual_suffixes
from communitycheck.returns.files.names import is_hidden, may_be_return
from communitycheck.returns.files.odd_files import PASS, PERHAPS, is_return
from communitycheck.returns.files.own_outputs import unlisted, without_reports
from communitycheck.system.files import NoFileError, open_plain
from communitycheck.system.limits import OverLimit
from communitycheck.system.side_files import side_file

_TAG = b"Signature: 8a477f597d28d172789f06886806bc55"  # of a folder of caches, at the head of its CACHEDIR.TAG


class Inside(Struct):
    """What folders hold besides returns.

    Attributes:
        passed: files and folders that are passed over.
        perhaps: files among those found that are returns only if a table is in them.
        closed: folders that let nobody in.
    """

    passed: list[str] = field(default_factory=list)
    perhaps: set[str] = field(default_factory=set)
    closed: list[str] = field(default_factory=list)


def find_files(paths: Iterable[str | Path]) -> tuple[list[str], list[ReturnError]]:
    """All files behind ``paths``, each once, sorted, and an error for each path that leads nowhere.

    ``FILE::SHEET`` stands for a sheet of a file, or of each file that fits a pattern; a database is given by its URL.
    ``@list.txt`` stands for the paths in that file, one a line, relative to the folder of the list; what follows
    ``#`` at the start of a line is a remark. The list may be UTF-8, UTF-16 or GB18030.
    """
    files, errors, _ = look_for_files(paths)
    return [one.path for one in files], errors


def look_for_files(paths: Iterable[str | Path]) -> tuple[list[AskedFile], list[ReturnError], Inside]:
    """The same with the sheets that are asked for, and with what the folders hold besides."""
    found: dict[Path, AskedFile] = {}
    errors: dict[str, ReturnError] = {}
    besides = Inside()
    for given, listed in _entries(paths, errors):
        if is_url(given):
            from communitycheck.returns.files.database_urls import taken  # seldom needed

            try:
                one = taken(given)
            except ReturnError as error:
                errors[error.path] = error
            else:
                found[Path(one.path)] = one.and_also(found.get(Path(one.path), one))
            continue
        files, code, inside = _behind(given)
        errors.update({folder: ReturnError("folder-closed", path=folder) for folder in inside.closed})
        if code:
            errors[given] = _nothing(code, given, listed)
        for one in files:
            real = Path(os.path.realpath(one.path))
            found[real] = one.and_also(found.get(real, one))
        besides.perhaps |= inside.perhaps
        besides.passed += inside.passed
    besides.passed = [one for one in besides.passed if Path(os.path.realpath(one)) not in found]
    return sorted(found.values(), key=lambda one: one.path), list(errors.values()), besides


def is_list(path: str | Path) -> bool:
    """True for ``@list.txt``; a file that is itself called so is given as ``./@list.txt``."""
    return str(path).startswith("@") and len(str(path)) > 1


def _entries(paths: Iterable[str | Path], errors: dict[str, ReturnError]) -> Iterator[tuple[str, str]]:
    """Each path and, where a list names it, ``list.txt:12``."""
    for given in paths:
        if not is_list(given):
            yield str(given), ""
            continue
        file = Path(str(given)[1:])
        try:
            yield from _listed(file)
        except ReturnError as error:
            errors[str(file)] = error


def named_in_list(path: str) -> list[str]:
    """The paths that ``@list.txt`` names, as they stand there; none where it cannot be read."""
    try:
        return [entry for entry, _ in _listed(Path(path[1:]))] if is_list(path) else []
    except ReturnError:
        return []


def _listed(file: Path) -> Iterator[tuple[str, str]]:
    shown = str(file)
    try:
        data = side_file(file)
    except OverLimit as over:
        raise ReturnError("list-too-long", path=shown, **over.values) from None
    except NoFileError:
        raise ReturnError("not-a-file", path=shown) from None
    except OSError:
        raise ReturnError("list-missing", path=shown, near=nearest_file(file)) from None
    encoding = encoding_of(data) if data else "utf-8"
    if encoding is None or b"\x00" in data[:2]:
        raise ReturnError("list-not-text", path=shown)
    folder, empty = file.parent, True
    for number, line in enumerate(decoded(data, encoding).lstrip("\ufeff").splitlines(), 1):
        entry = line.strip().strip('"').strip()
        if entry and not line.lstrip().startswith("#"):
            empty = False
            place = entry if is_url(entry) else os.path.normpath(folder / entry)
            yield place, f"{shown}:{number}"
    if empty:
        raise ReturnError("list-empty", path=shown)


def _behind(given: str) -> tuple[list[AskedFile], str, Inside]:
    """The files behind one path; where there are none, the code that says why; and what else its folders hold."""
    files, code, inside = _files_behind(given)
    for file, sheet in divided(given) if code in ("file-missing", "pattern-empty") else ():
        if os.path.isdir(file):  # noqa: PTH112 - as below
            return [], "sheet-of-folder", Inside()
        files, other, beside = _files_behind(file)
        if files or beside.closed:
            return [AskedFile(one, (sheet,)) for one in files], other, beside
    return [AskedFile(file) for file in files], code, inside


def _files_behind(given: str) -> tuple[list[str], str, Inside]:
    inside = Inside()
    if os.path.isdir(given):  # noqa: PTH112 - of a name that is too long or holds a null character, Path makes an error
        files = in_folder(Path(given), inside)
        return files, "" if files or inside.closed else "folder-empty", inside
    if closed := _closed_above(given):
        inside.closed.append(closed)
        return [], "", inside
    try:
        there = Path(given).exists()
    except (OSError, ValueError):
        return [], "file-missing", inside
    if there:
        return [given], "", inside
    if not re.search(r"[*?\[]", given):
        return [], "file-missing", inside
    matches = sorted(_matching(given))
    files = [file for m in matches for file in (in_folder(Path(m), inside) if Path(m).is_dir() else [m])]
    sorted_ = without_reports(files, Path())
    files, inside.passed = sorted_.files, [*inside.passed, *sorted_.copies]
    return files, "" if files or inside.closed else "pattern-empty", inside


def _closed_above(given: str) -> str:
    """The folder on the way to a file, or to what fits a pattern, that may not be looked into; empty where none is."""
    for folder in reversed(Path(given).parents):
        place = str(folder)
        if not os.path.isdir(place):  # noqa: PTH112 - as above
            return ""
        if not os.access(place, os.X_OK):
            return place
    return ""


def _nothing(code: str, given: str, listed: str) -> ReturnError:
    if listed:
        return ReturnError("listed-leads-nowhere", path=given, line=listed)
    if code == "folder-empty":
        return ReturnError(code, path=given, suffixes=usual_suffixes())
    if code == "file-missing":
        return ReturnError(code, path=given, near=nearest_file(next(divided(given), (given, ""))[0]))
    return ReturnError(code, path=given)


def _matching(pattern: str) -> list[str]:
    """Files and folders that fit a pattern."""
    anchor = Path(pattern).anchor
    root = Path(anchor)
    try:
        return [str(found) for found in root.glob(pattern[len(anchor) :])]
    except (ValueError, NotImplementedError):
        return []


def in_folder(folder: Path, inside: Inside) -> list[str]:
    """Files of a folder and below that are returns by their name or, where it does not tell, by what is in them.

    What is left out is told to ``inside``, but for our own reports: lock files, hidden and other files by their
    paths, folders that are not looked into with a ``/`` behind.
    """
    found, passed = [], []
    for place, below, names in os.walk(folder, onerror=lambda trouble: inside.closed.append(str(trouble.filename))):
        shut = {name for name in below if is_hidden(name) or Path(place, name).is_symlink() or _is_cache(place, name)}
        below[:] = sorted(name for name in below if name not in shut)
        passed += [f"{Path(place, name)}/" for name in sorted(shut)]
        for name in sorted(names):
            file = Path(place, name)
            if may_be_return(name):
                found += [str(file)] if file.is_file() else []
                continue
            what = PASS if is_hidden(name) or name.startswith("~$") else is_return(file)
            if what == PASS:
                passed.append(str(file))
                continue
            found.append(str(file))
            if what == PERHAPS:
                inside.perhaps.add(str(file))
    sorted_ = without_reports(found, folder)
    inside.passed += [*unlisted(passed, folder), *sorted_.copies]
    return sorted_.files


def _is_cache(place: str, name: str) -> bool:
    """Whether a folder bears the tag of caches, by its specification: a file of that name alone is none."""
    try:
        with open_plain(Path(place, name, "CACHEDIR.TAG")) as tag:
            return tag.read(len(_TAG)) == _TAG
    except OSError:
        return False
