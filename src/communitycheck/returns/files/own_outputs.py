"""Reports that the toolkit itself has written into a folder of returns, which are no returns."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from communitycheck.messages import LANGS, say
from communitycheck.own_list import MARKED, REPORT, OwnList, digest_of, keeps_list, read_own_list

# Our workbooks begin with a part of this day, 31 January 1980; some returns do too.
_OUR_DAY = b"\x00\x00\x3f\x00"
_OUR_SHEETS = ("sheet-summary", "sheet-rules", "sheet-notices", "sheet-provenance")
_LOOKED_AT = 1 << 20  # bytes of a list of sheets; our own is far shorter, a hostile one may be endless when unpacked
_OUR_COLUMNS = ("rule", "title", "standard", "clause", "severity", "outcome")


def without_reports(files: Iterable[str], named: Path) -> list[str]:
    """``files`` found in ``named``, less the reports that a list among or above them names, and less the workbooks
    and tables of verdicts that a run has left among them.

    A report that has another content than we gave it is no longer known by its name. Marked-up returns are read where
    the folder of their list, or one below it, was named: they come back mended. Found on the way through a larger
    folder, they would count its returns twice.
    """
    top = Path(os.path.realpath(named))  # of a link that leads to itself Path would make an error
    known: dict[Path, OwnList] = {}

    def listed(real: Path) -> bool:
        if keeps_list(real.name):
            return True
        for folder in real.parents:
            if folder not in known:
                known[folder] = read_own_list(folder)
            if known[folder].names and _is_own(known[folder], real, folder, marked=not top.is_relative_to(folder)):
                return True
        return False

    return [file for file in files if not listed(Path(os.path.realpath(file))) and not is_report(file)]


def _is_own(listed: OwnList, real: Path, folder: Path, *, marked: bool) -> bool:
    name = real.relative_to(folder).as_posix()
    kind = listed.names.get(name)
    if kind == REPORT:
        with suppress(OSError):
            return not listed.has_digests(name) or listed.knows(name, digest_of(real)) or _has_our_sheets(str(real))
    return kind == MARKED and marked


def is_report(file: str) -> bool:
    """True for a report that ``check -o`` has written as a workbook or as CSV."""
    try:
        if not Path(file).is_file():  # a pipe would have to be waited for
            return False
        with Path(file).open("rb") as opened:
            begin = opened.read(256).removeprefix("\ufeff".encode())
    except OSError:
        return False
    if begin.startswith(b"PK\x03\x04"):
        return begin[10:14] == _OUR_DAY and _has_our_sheets(file)
    return begin.startswith(_our_headers())


def _has_our_sheets(file: str) -> bool:
    import re
    import zipfile

    # brings zipfile with it, which few files here need
    from communitycheck.returns.files.zip_faults import ZIP_FAULTS

    try:
        with zipfile.ZipFile(file) as parts, parts.open("xl/workbook.xml") as part:
            book = part.read(_LOOKED_AT).decode("utf-8", "replace")
    except (KeyError, *ZIP_FAULTS):
        return False
    sheets = set(re.findall(r'<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"', book))
    return any(sheets.issuperset(say(code, lang) for code in _OUR_SHEETS) for lang in LANGS)


@cache
def _our_headers() -> tuple[bytes, ...]:
    return tuple(",".join(say(f"column-{c}", lang) for c in _OUR_COLUMNS).encode() + b"," for lang in LANGS)
