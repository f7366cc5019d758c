"""Files read in a process of their own, its memory and processor time limited: the parent of ``reader_service.py``."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa

from communitycheck.errors import ReturnError
from communitycheck.returns.files.formats.file_format import Content
from communitycheck.returns.files.formats.reader_service import SheetContent, SheetReader, is_refusal, refused, serve
from communitycheck.returns.files.formats.spool import mapped
from communitycheck.returns.files.over_limit import InputKind, code_for, refusal_of
from communitycheck.returns.files.workers.framing import Limits
from communitycheck.returns.files.workers.standby import Standby
from communitycheck.returns.grid import Grid
from communitycheck.returns.text_columns import TextArray
from communitycheck.system.limits import OverLimit, in_force, limit

# What a file may take beyond the limits that are in force: so many times its content, and a second for so many bytes.
SWELLING = 6
PACE = 8e6

# Processes that wait for the next file. Starting one for each would cost more than reading most files.
READERS = Standby(serve, is_refusal)


def read_apart(
    reader: SheetReader | str,
    file: Path | str,
    shown: str,
    size: int,
    *,
    spool: str = "",
    kind: InputKind = "workbook",
    more: tuple[object, ...] = (),
    space: int = 0,
) -> Content:
    """What ``reader`` makes of a file.

    Args:
        reader: a function of a module; it is called in the other process. As ``module:function`` it is loaded there
            alone.
        file: the path of a file, or what else the reader takes.
        size: bytes of the file once unpacked. spool: a folder for large sheets. kind: for what the messages advise.
        more: further arguments of the reader. space: bytes of addresses that the reader takes before it reads.

    Raises:
        ReturnError: ``took-too-long``; ``too-large`` where the process died, mostly of its limit of memory; and what
            the reader refuses the file for.
    """
    job = {
        "reader": reader if isinstance(reader, str) else f"{reader.__module__}:{reader.__qualname__}",
        "file": file if isinstance(file, str) else str(file.absolute()), "spool": spool,
        "more": more, "limits": in_force(),
    }  # fmt: skip
    limits = Limits(limit("memory") + space + SWELLING * size, limit("seconds") + size / PACE)
    try:
        answer = READERS.ask(json.dumps(job).encode(), limits)
    except TimeoutError:
        raise refusal_of(OverLimit("seconds", most=round(limits.seconds)), shown, kind) from None
    content = json.loads(refused("too-large") if answer is None else answer)
    if content.get("error") == "too-large" and not content["values"]:
        raise refusal_of(OverLimit("memory", most=limits.memory), shown, kind)
    if "error" in content:
        raise ReturnError(code_for(content["error"], kind), path=shown, **content["values"])
    left_out = [(name, why) for name, why in content.get("left_out", ())]
    return Content([_grid(sheet, shown) for sheet in content["sheets"]], content["encoding"], left_out=left_out)


def _grid(sheet: SheetContent, shown: str) -> Grid:
    percent = sheet["percent"]
    columns = mapped(sheet) if "spool" in sheet else _built(sheet)
    keys = columns.pop() if sheet.get("keyed") else None
    return Grid(
        path=shown,
        sheet=sheet["name"],
        columns=columns,
        n_rows=sheet["rows"],
        merged=[(r1, c1, r2, c2) for r1, c1, r2, c2 in sheet["merged"]],
        hidden=sheet["hidden"],
        hidden_rows=sheet["hidden_rows"],
        hidden_columns=[(first, last) for first, last in sheet["hidden_columns"]],
        percent=None if percent is None else {(row, column) for row, column in percent},
        uncached=[(row, column) for row, column in sheet["uncached"]],
        values_only=sheet.get("values_only", False),
        row_keys=keys,
        comments={(row, column): text for row, column, text in sheet.get("comments", [])},
        struck={(row, column) for row, column in sheet.get("struck", [])},
    )


def _built(sheet: SheetContent) -> list[TextArray]:
    return [pa.array(column, pa.string()) for column in sheet["columns"]]
