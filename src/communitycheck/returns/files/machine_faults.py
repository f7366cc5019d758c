"""Faults of the machine that were met while a file was read, told apart from faults of the file."""

from __future__ import annotations

import errno
import os

from communitycheck.system.files import without_a_place

_FULL = {getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name)}
_REFUSED = {
    getattr(errno, name)
    for name in ("EMFILE", "ENFILE", "EIO", "ENODEV", "ENXIO", "ESTALE", "ETIMEDOUT", "EAGAIN", "EACCES", "EPERM")
    if hasattr(errno, name)
}


def machine_fault(trouble: BaseException) -> tuple[str, dict[str, str]] | None:
    """The code of the message, and its values; None where it says nothing of the machine.

    Of a damaged archive as well Python says that an argument is invalid, so that not every error of the system counts.
    """
    number = (trouble.errno if isinstance(trouble, OSError) else None) or 0
    if number in _FULL:  # reading writes there alone
        return "temporary-folder-full", {}
    if without_a_place(trouble):
        return "temporary-folder-none", {}
    if number in _REFUSED:
        return "system-refused", {"cause": os.strerror(number)}
    return None
