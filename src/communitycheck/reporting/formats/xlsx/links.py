"""Links from a workbook into the returns: relative, so that they hold where both are sent along together."""

from __future__ import annotations

import os
import re
from pathlib import Path

from communitycheck.model.address import Address

LONGEST = 255  # characters that Excel takes in the target of a link
NO_SHEETS = (".csv", ".tsv", ".txt")
# What a URI may not hold, and the signs that part it. Excel keeps Chinese as it is.
_ESCAPED = re.compile(r"[%#\"<>\[\]`^{}| ]")
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d*")


class Targets:
    """Where links lead, from a file that will lie in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, tuple[str, bool] | None] = {}

    def of(self, at: Address, first: str | None) -> str | None:
        """The link to the cell ``first`` (``F12``, or ``月报!F12`` on another sheet), else to the place itself.

        None where there is no file to open, or it is a database. An archive is opened as a whole.
        """
        if at.key is not None:
            return None
        file = self._file(at.path)
        if file is None:
            return None
        name, is_workbook = file
        sheet, cell = _spot(at, first)
        if not is_workbook or not sheet:
            return name
        quoted = sheet.replace("'", "''")
        target = f"{name}#'{quoted}'!{cell}"
        return target if len(target) - len(name) <= LONGEST else name

    def _file(self, path: str) -> tuple[str, bool] | None:
        if path not in self._files:
            self._files[path] = self._found(path)
        return self._files[path]

    def _found(self, shown: str) -> tuple[str, bool] | None:
        """The file's relative name as a link, and whether it has sheets."""
        path = Path(shown)
        try:
            file = next((p for p in (path, *path.parents) if p.is_file()), None)  # a member lies in an archive
            if file is None:
                return None
            near = os.path.relpath(file, self._folder)
        except (OSError, ValueError):  # another drive, or no name a file can have
            return None
        name = _ESCAPED.sub(lambda found: f"%{ord(found[0]):02X}", near)
        if not name.isprintable() or len(name) > LONGEST:
            return None
        return f"external:{name}", file == path and path.suffix.lower() not in NO_SHEETS


def _spot(at: Address, first: str | None) -> tuple[str, str]:
    """Sheet and cell."""
    sheet, spot = at.sheet or "", first or at.cell or ""
    if "!" in spot:
        sheet, _, spot = spot.rpartition("!")
    if spot.isalpha():  # a column, of a transposed sheet
        spot += "1"
    return sheet, spot if _CELL.fullmatch(spot) else f"A{at.row or 1}"
