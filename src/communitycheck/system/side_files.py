"""Files beside the returns: rules, mappings, settings, lists of paths. Small ones, and nothing but files."""

from __future__ import annotations

import os
from pathlib import Path

from communitycheck.system.files import open_plain
from communitycheck.system.limits import limit, refuse_more


def side_file(path: str | Path) -> bytes:
    """The bytes of such a file. A pipe is not waited for, and no more is read than is allowed.

    Raises:
        OSError: it cannot be read; ``NoFileError`` where it is no file.
        OverLimit: ``settings``.
    """
    with open_plain(str(path), follow=True) as file:
        size = os.fstat(file.fileno()).st_size
        content = file.read(limit("settings") + 1)
    refuse_more("settings", max(len(content), size))
    return content
