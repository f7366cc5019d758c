"""Which files of a folder, or members of an archive, are taken for returns by their names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from communitycheck.returns.files.formats.registry import SUFFIXES


def may_be_return(name: str) -> bool:
    """True for the name of a spreadsheet or an archive, save hidden files and what Excel and WPS lay beside one."""
    return PurePath(name).suffix.lower() in SUFFIXES and not name.startswith("~$") and not is_hidden(name)


def is_hidden(name: str) -> bool:
    """What a file or a folder is called that no one looks into: ``.git``, and what macOS adds to an archive."""
    return name.startswith((".", "__MACOSX"))


def path_may_be_return(parts: Sequence[str]) -> bool:
    """The same for a path, all of whose folders must be open to look into."""
    return bool(parts) and may_be_return(parts[-1]) and not any(map(is_hidden, parts[:-1]))
