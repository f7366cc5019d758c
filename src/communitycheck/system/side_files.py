"""Files beside the returns: rules, mappings, settings, lists of paths. Small ones, and nothing but files."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from communitycheck.system.limits import limit, refuse_more


class NoFileError(OSError):
    """A pipe or a device: it never ends, or waits for somebody who never writes."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.EINVAL, os.strerror(errno.EINVAL), path)


def side_file(path: str | Path) -> bytes:
    """The bytes of such a file. A pipe is not waited for, and no more is read than is allowed.

    Raises:
        OSError: it cannot be read; ``NoFileError`` where it is no file.
        OverLimit: ``settings``.
    """
    place = str(path)
    handle = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise NoFileError(place)
        content = file.read(limit("settings") + 1)
    refuse_more("settings", max(len(content), found.st_size))
    return content
