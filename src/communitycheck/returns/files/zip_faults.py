"""What Python raises of a damaged zip, whatever its members are packed with."""

from __future__ import annotations

import struct
import zipfile
import zlib

try:
    from lzma import LZMAError
except ImportError:  # a Python built without it says of such a member that it cannot unpack it

    class LZMAError(Exception):  # type: ignore[no-redef]
        """Never raised."""


ZIP_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, LZMAError, struct.error),
    *(EOFError, OSError, NotImplementedError, RuntimeError, ValueError),
)
