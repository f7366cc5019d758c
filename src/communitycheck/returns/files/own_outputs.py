"""Reports that the toolkit itself has written into a folder of returns, which are no returns."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from communitycheck.messages import LANGS, say
from communitycheck.model.output_marks import MANIFEST, Manifest

# Our workbooks begin with a part of this day, 31 January 1980; some returns do too.
_OUR_DAY = b"\x00\x00\x3f\x00"
_OUR_SHEETS = ("sheet-summary", "sheet-rules", "sheet-notices", "sheet-provenance")
_LOOKED_AT = 1 << 20  # bytes of a list of sheets; our own is far shorter, a hostile one may be endless when unpacked
_OUR_COLUMNS = ("rule", "title", "standard", "clause", "severity", "outcome")


def without_reports(files: Iterable[str], named: Path) -> list[str]:
    """``files`` found in ``named``, less those that a folder of bundles among or above them lists as its own, and
    less the workbooks and tables of verdicts that a run has left among them.

    Marked-up returns are read where the bundles, or a folder of them, were named: they come back mended. Found on the
    way through a larger folder, they would count its returns twice.
    """
    top = named.resolve()
    known: dict[Path, frozenset[str]] = {}

    def own(folder: Path) -> frozenset[str]:
        if folder not in known:
            manifest = read_manifest(folder)
            if manifest is None:
                known[folder] = frozenset()
            else:
                marked = () if top.is_relative_to(folder) else manifest.marked
                known[folder] = frozenset((MANIFEST, *manifest.reports, *marked))
        return known[folder]

    kept = []
    for file in files:
        real = Path(file).resolve()
        listed = any(real.relative_to(folder).as_posix() in own(folder) for folder in real.parents)
        if not listed and not is_report(file):
            kept.append(file)
    return kept


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in ``folder``; None where there is none that can be read."""
    try:
        return Manifest.parse((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # no such file, or none of text
        return None


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
    import zlib

    try:
        with zipfile.ZipFile(file) as parts, parts.open("xl/workbook.xml") as part:
            book = part.read(_LOOKED_AT).decode("utf-8", "replace")
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return False
    sheets = set(re.findall(r'<sheet name="([^"]*)"', book))
    return any(sheets.issuperset(say(code, lang) for code in _OUR_SHEETS) for lang in LANGS)


@cache
def _our_headers() -> tuple[bytes, ...]:
    return tuple(",".join(say(f"column-{c}", lang) for c in _OUR_COLUMNS).encode() + b"," for lang in LANGS)
