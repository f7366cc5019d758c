"""Files: putting one in the place of another, and whether two names are one file."""

from __future__ import annotations

import os
import re
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path

# On Windows no file can be deleted, or replaced, while a program holds it open or has mapped it into memory.
OPEN_FILES_STAY = os.name == "nt"
# Names that mean devices on Windows, whatever suffix follows.
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
# So long a scanner for viruses may look into a new file.
PATIENCE = 1.0


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
