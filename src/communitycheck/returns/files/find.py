"""Paths as users give them -> files: folders, patterns such as ``2020/**/*.xlsx``, and ``@list.txt``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from communitycheck.errors import ReturnError
from communitycheck.nearest import nearest_file
from communitycheck.returns.files.encoding import decoded, encoding_of
from communitycheck.returns.files.formats.registry import usual_suffixes
from communitycheck.returns.files.names import is_hidden, may_be_return
from communitycheck.returns.files.own_outputs import without_reports
from communitycheck.system.limits import OverLimit
from communitycheck.system.side_files import NoFileError, side_file


def find_files(paths: Iterable[str | Path]) -> tuple[list[str], list[ReturnError]]:
    """All files behind ``paths``, each once, sorted, and an error for each path that leads nowhere.

    ``@list.txt`` stands for the paths in that file, one a line, relative to the folder of the list; what follows
    ``#`` at the start of a line is a remark. The list may be UTF-8, UTF-16 or GB18030.
    """
    found: dict[Path, str] = {}
    errors: dict[str, ReturnError] = {}
    for given, listed in _entries(paths, errors):
        inside, code, closed = _behind(given)
        errors.update({folder: ReturnError("folder-closed", path=folder) for folder in closed})
        if code:
            errors[given] = _nothing(code, given, listed)
        for file in inside:
            real = Path(os.path.realpath(file))
            found[real] = min(found.get(real, file), file)
    return sorted(found.values()), list(errors.values())


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
            yield os.path.normpath(folder / entry), f"{shown}:{number}"
    if empty:
        raise ReturnError("list-empty", path=shown)


def _behind(given: str) -> tuple[list[str], str, list[str]]:
    """The files behind one path; where there are none, the code that says why; and folders that let nobody in."""
    closed: list[str] = []
    if os.path.isdir(given):  # noqa: PTH112 - of a name that is too long or holds a null character, Path makes an error
        inside = in_folder(Path(given), closed)
        return inside, "" if inside or closed else "folder-empty", closed
    try:
        there = Path(given).exists()
    except (OSError, ValueError):
        return [], "file-missing", []
    if there:
        return [given], "", []
    if not re.search(r"[*?\[]", given):
        return [], "file-missing", []
    matches = sorted(_matching(given))
    inside = [file for m in matches for file in (in_folder(Path(m), closed) if Path(m).is_dir() else [m])]
    inside = without_reports(inside, Path())
    return inside, "" if inside or closed else "pattern-empty", closed


def _nothing(code: str, given: str, listed: str) -> ReturnError:
    if listed:
        return ReturnError("listed-leads-nowhere", path=given, line=listed)
    if code == "folder-empty":
        return ReturnError(code, path=given, suffixes=usual_suffixes())
    if code == "file-missing":
        return ReturnError(code, path=given, near=nearest_file(given))
    return ReturnError(code, path=given)


def _matching(pattern: str) -> list[str]:
    """Files and folders that fit a pattern."""
    anchor = Path(pattern).anchor
    root = Path(anchor)
    try:
        return [str(found) for found in root.glob(pattern[len(anchor) :])]
    except (ValueError, NotImplementedError):
        return []


def in_folder(folder: Path, closed: list[str]) -> list[str]:
    """Files of a folder and below that look like returns; lock files, hidden ones and our own reports are left out.

    A folder that cannot be looked into is added to ``closed``.
    """
    found = []
    for place, below, names in os.walk(folder, onerror=lambda trouble: closed.append(str(trouble.filename))):
        below[:] = sorted(name for name in below if not is_hidden(name))
        files = (Path(place) / name for name in sorted(names) if may_be_return(name))
        found += [str(file) for file in files if file.is_file()]
    return without_reports(found, folder)
