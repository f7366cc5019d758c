"""The service of the processes that files are read in: one file after another, each by the reader that its job names.

Loaded there, and by readers, which start bare: it imports little. A job is JSON: ``reader`` (``module:function``),
``file``, ``spool``, a folder for what is too much to hand over as JSON, ``more`` arguments, and the ``limits`` in
force. So is the answer:
a ``BookContent``, or ``error`` with a message code and ``values`` for the message.
"""

from __future__ import annotations

import importlib
import json
import os
import zipfile
import zlib
from collections.abc import Callable
from typing import NotRequired, TypedDict

from communitycheck.returns.files.machine_faults import machine_fault
from communitycheck.system.limits import OverLimit, held

# Rows of cells; None is an empty one.
Cells = list[list[str | None]]
Place = tuple[int, int]


class SheetContent(TypedDict):
    """One sheet. Its cells are in ``columns``, or in the Arrow file ``spool``, whose columns stand at ``places``.

    ``errors``: rows, columns of the Arrow file and texts of cells that are not of the type of their column.
    ``values_only``, ``comments`` and ``struck`` are left out where there are none. ``keyed``: the last column of the
    Arrow file is the ``row_keys``. Of the rest see ``Grid``.
    """

    name: str
    rows: int
    columns: NotRequired[Cells]
    spool: NotRequired[str]
    places: NotRequired[list[int]]
    errors: NotRequired[list[tuple[int, int, str | None]]]
    merged: list[tuple[int, int, int, int]]
    hidden: bool
    hidden_rows: list[int]
    hidden_columns: list[Place]
    percent: list[Place] | None
    uncached: list[Place]
    values_only: NotRequired[bool]
    keyed: NotRequired[bool]
    comments: NotRequired[list[tuple[int, int, str]]]
    struck: NotRequired[list[Place]]


class BookContent(TypedDict):
    """``left_out``: sheets that were not read, each with the reason."""

    sheets: list[SheetContent]
    encoding: str | None
    left_out: NotRequired[list[tuple[str, str]]]


# The path of a file, the folder to spool to (empty: none), of a database the tables asked for -> what the file holds.
SheetReader = Callable[..., BookContent]


class Refusal(Exception):
    """A reader's own word on why a file cannot be read.

    Args:
        code: of the message. values: what it prints in addition to the path.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def serve(_: bytes) -> Callable[[bytes], bytes]:
    # Arrow's own allocators reserve address space by the gigabyte, which the limit of memory counts as used.
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
    return _read


def _read(job: bytes) -> bytes:
    order = json.loads(job)
    module, name = order["reader"].split(":")
    try:
        with held(order["limits"]):
            reader: SheetReader = getattr(importlib.import_module(module), name)
            content = reader(order["file"], order["spool"], *order["more"])
        return json.dumps(content).encode()
    except MemoryError:
        return refused("too-large")
    except OverLimit as over:
        return refused(over.code, **over.values)
    except Refusal as refusal:
        return refused(refusal.code, **refusal.values)
    except SystemExit:  # the parent wants this process to end
        raise
    except BaseException as trouble:  # a panic in a Rust reader is no Exception
        code, values = machine_fault(trouble) or (code_of(trouble), {})
        return refused(code, **values)


def refused(code: str, **values: str) -> bytes:
    return json.dumps({"error": code, "values": values}).encode()


def is_refusal(answer: bytes) -> bool:
    return answer.startswith(b'{"error"')


def code_of(trouble: BaseException) -> str:
    """The message for what a reader raised."""
    name = type(trouble).__name__
    if "capacity overflow" in str(trouble) or "allocat" in str(trouble):
        return "too-large"
    if name == "PasswordError" or "password" in str(trouble).lower() or "encrypted" in str(trouble).lower():
        return "password-protected"
    if isinstance(trouble, zipfile.BadZipFile | zlib.error | EOFError) or name == "ZipError":
        return "truncated"
    return "unreadable-file"


def sheet_of_rows(name: str, cells: Cells) -> SheetContent:
    """A sheet of rows of text, without the blank rows and columns at its ends."""
    while cells and not any(cells[-1]):
        cells.pop()
    width = max((len(row) for row in cells), default=0)
    columns = [[row[c] if c < len(row) else None for row in cells] for c in range(width)]
    while columns and not any(columns[-1]):
        columns.pop()
    return {**plain_sheet(name, len(cells)), "columns": columns}


def plain_sheet(name: str, rows: int) -> SheetContent:
    """A sheet of which nothing is known but its name and the number of its rows."""
    return {
        "name": name, "rows": rows, "merged": [], "hidden": False, "hidden_rows": [], "hidden_columns": [],
        "percent": None, "uncached": [],
    }  # fmt: skip
