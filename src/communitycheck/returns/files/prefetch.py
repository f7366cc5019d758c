"""A workbook or a large text that is opened in a thread while the standards it is judged by are still being loaded.

Opening needs no dictionary. Another process reads the workbook, and Arrow the text without holding up Python. Whoever
reads the file next takes what was opened; nothing else of its reading changes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from pathlib import Path

from communitycheck.errors import ReturnError
from communitycheck.returns.files.formats.file_format import FileFormat
from communitycheck.returns.files.formats.text.delimited import TEXT
from communitycheck.returns.files.open import Opened, open_file
from communitycheck.returns.files.sniff import kind_of
from communitycheck.system.files import is_plain

# Below this a thread for a text costs more than it gains.
LARGE = 8 << 20

# How soon Ctrl-C is noticed by who waits for a file, on a system where waiting is deaf to it.
WAKE_UP = 0.2

# What the run in this context has begun to open, until its reader comes for it.
_begun: ContextVar[dict[str, _Opening] | None] = ContextVar("opened ahead", default=None)


@contextmanager
def opened_ahead(paths: Sequence[object]) -> Iterator[None]:
    """Open the one file that ``paths`` names, if that is worth a thread, for whoever reads it within."""
    token = _begun.set(_begin(paths))
    try:
        yield
    finally:
        _begun.reset(token)


def _begin(paths: Sequence[object]) -> dict[str, _Opening]:
    if len(paths) != 1 or not isinstance(paths[0], str | Path):
        return {}
    file = Path(paths[0])
    try:
        if is_plain(file) and _is_worth_it(file):
            return {str(paths[0]): _Opening(str(paths[0]))}
    except (OSError, ValueError):
        pass  # the one who reads it says what is wrong
    return {}


def _is_worth_it(file: Path) -> bool:
    kind = kind_of(file)
    return isinstance(kind, FileFormat) and (kind.apart or (kind is TEXT and file.stat().st_size > LARGE))


def take_opened(path: str) -> Opened | ReturnError | None:
    """What opening gave, waited for; None where nothing was begun, or where opening itself went wrong."""
    opening = (_begun.get() or {}).pop(path, None)
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
        while self._thread.is_alive():
            self._thread.join(WAKE_UP)
        return self._found
