"""A secret of the user's, by which a run knows again what an earlier one wrote into a folder that others can reach.

It lies in the folder in which the system wants a program to keep its state, readable by the user alone, and is made
when it is first asked for.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from communitycheck.system.files import is_own, open_plain, replace

LENGTH = 32


def user_key() -> bytes:
    """The key, the same in every run.

    Raises:
        OSError: it is not there and cannot be made, or others may read or have written it.
    """
    place = state_folder() / "key"
    found = _read(place)
    if found is None:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(place)
        found = _read(place)
    if found is None:
        raise OSError(f"{place} is not a key")
    return found


def state_folder() -> Path:
    """Where programs keep what is theirs for this user; on every system where ``XDG_STATE_HOME`` says."""
    home = Path("~").expanduser()
    named = os.environ.get("XDG_STATE_HOME", "")
    if Path(named).is_absolute():  # another would put the key wherever one happens to be; its specification ignores it
        folder: str | Path = named
    elif sys.platform == "win32":
        folder = os.environ.get("LOCALAPPDATA", "") or home / "AppData" / "Local"
    elif sys.platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        folder = home / ".local" / "state"
    return Path(folder) / "communitycheck"


def _read(place: Path) -> bytes | None:
    """None where there is no key, or one cut short."""
    try:
        with open_plain(place) as stream:
            mode = os.fstat(stream.fileno()).st_mode
            found = stream.read(LENGTH + 1)
    except FileNotFoundError:
        return None
    if not is_own(place) or not is_own(place.parent) or (hasattr(os, "geteuid") and mode & 0o077):
        raise PermissionError(f"{place} can be read by others")
    return found if len(found) == LENGTH else None


def _make(place: Path) -> None:
    """Put a key there, unless another run has just done so."""
    temporary = place.with_name(f"{os.getpid()}-{os.urandom(6).hex()}.tmp")
    opened = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(opened, "wb") as stream:
            stream.write(os.urandom(LENGTH))
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(temporary, place)  # in one step, and not over another's
        except FileExistsError:
            if _read(place) is None:  # cut short, by a full disk perhaps
                replace(temporary, place)
        except (OSError, AttributeError):  # a disk that knows no links
            replace(temporary, place)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
