"""A large text file that is opened in a thread while the standards it will be judged by are still being loaded.

Opening needs no dictionary, and Arrow reads without holding up Python. Whoever reads the file next takes what was
opened; nothing else of its reading changes.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextvars import copy_context
from pathlib import Path

from communitycheck.errors import ReturnError
from communitycheck.returns.files.formats.text.delimited import TEXT
from communitycheck.returns.files.open import Opened, open_file
from communitycheck.returns.files.sniff import kind_of

# Below this the thread costs more than it gains.
LARGE = 8 << 20

# State of start-up: what is being opened until its reader comes for it.
_begun: dict[str, _Opening] = {}


def begin_opening(paths: Sequence[object]) -> None:
    """Begin to open the one file that ``paths`` names, if it is a large text; what was begun before is dropped."""
    _begun.clear()
    if len(paths) != 1 or not isinstance(paths[0], str | Path):
        return
    file = Path(paths[0])
    try:
        if file.is_file() and file.stat().st_size > LARGE and kind_of(file) is TEXT:
            _begun[str(paths[0])] = _Opening(str(paths[0]))
    except (OSError, ValueError):
        return  # the one who reads it says what is wrong


def take_opened(path: str) -> Opened | ReturnError | None:
    """What opening gave, waited for; None where nothing was begun, or where opening itself went wrong."""
    opening = _begun.pop(path, None)
    return None if opening is None else opening.result()


class _Opening:
    """A file being opened. The thread ends with the process: an error elsewhere need not wait for it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._found: Opened | ReturnError | None = None
        self._thread = threading.Thread(target=copy_context().run, args=(self._open,), daemon=True)
        self._thread.start()

    def _open(self) -> None:
        try:
            self._found = open_file(self._path)
        except ReturnError as error:
            self._found = error
        except Exception:  # it is opened once more where there is somebody to tell
            self._found = None

    def result(self) -> Opened | ReturnError | None:
        self._thread.join()
        return self._found
