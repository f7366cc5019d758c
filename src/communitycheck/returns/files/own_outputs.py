"""Reports that the toolkit itself has written into a folder of returns, which are no returns."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct

from communitycheck.messages import LANGS, say
from communitycheck.own_list import MARKED, REPORT, OwnList, keeps_list, read_own_list
from communitycheck.returns.files.names import may_be_return
from communitycheck.returns.files.odd_files import PASS, is_return
from communitycheck.system.files import is_plain, open_plain

# Our workbooks begin with a part of this day, 31 January 1980; some returns do too.
_OUR_DAY = b"\x00\x00\x3f\x00"
_OUR_SHEETS = ("sheet-summary", "sheet-rules", "sheet-notices", "sheet-provenance")
_LOOKED_AT = 1 << 20  # bytes of a list of sheets; our own is far shorter, a hostile one may be endless when unpacked
_OUR_COLUMNS = ("rule", "title", "standard", "clause", "severity", "outcome")
_OF_SCORES = ("scores", "standard", "entity", "region", "name", "code", "score-low", "score-high")
_OF_MANIFESTS = ("column-path", "column-status", "column-reason-code", "column-reason", "column-file-format")
_OF_INDEXES = ("index-folder", "label-subjects", "column-judged", "column-passed", "column-failed", "column-rate")


class Sorted(Struct):
    """Files of a folder: what is to be read, and marked-up copies that would count their returns twice."""

    files: list[str]
    copies: list[str]


def without_reports(files: Iterable[str], named: Path) -> Sorted:
    """``files`` found in ``named``, less the workbooks and tables that runs have left among them.

    A list that lies in the folder may have come with it, and would hide a return from all judgement: it may say which
    of our reports somebody has edited, or which of our copies is marked up, and what the file itself does not bear out
    is read. Marked-up returns are read where the folder of their list, or one below it, was named: they come back
    mended. Found on the way through a larger folder, they would count its returns twice.
    """
    named = Path(os.path.realpath(named))  # of a link that leads to itself Path would make an error
    lists: dict[Path, OwnList] = {}
    sorted_ = Sorted([], [])
    for file in files:
        real = Path(os.path.realpath(file))
        if keeps_list(real.name) or is_report(file):
            continue
        kinds = _listed_as(real, named, lists)
        if REPORT in kinds and (_has_our_sheets(file) or _is_no_table(file)):
            continue
        (sorted_.copies if MARKED in kinds and _is_marked_up(file) else sorted_.files).append(file)
    return sorted_


def is_no_return(path: str) -> bool:
    """Whether a file is there and is what a run has left, or of no kind that returns are; a new run may replace it."""
    return is_plain(path) and (is_report(path) or _is_no_table(path))


def unlisted(files: Iterable[str], named: Path) -> list[str]:
    """Of files that are passed over anyway those that no list calls ours; the others need not be told."""
    named, lists = Path(os.path.realpath(named)), dict[Path, OwnList]()
    found = []
    for file in files:
        real = Path(os.path.realpath(file))
        if not keeps_list(real.name) and not _listed_as(real, named, lists):
            found.append(file)
    return found


def _listed_as(real: Path, named: Path, lists: dict[Path, OwnList]) -> set[str]:
    """What the lists in the folders above a file call it: a report, or a marked-up copy beyond the folder named."""
    kinds = set()
    for folder in real.parents:
        if folder not in lists:
            lists[folder] = read_own_list(folder)
        kind = lists[folder].names.get(real.relative_to(folder).as_posix()) if lists[folder].names else None
        if kind == REPORT or (kind == MARKED and not named.is_relative_to(folder)):
            kinds.add(kind)
    return kinds


def is_report(file: str) -> bool:
    """True for a report that ``check -o`` has written as a workbook or as CSV."""
    try:
        if not is_plain(file):  # a pipe would have to be waited for
            return False
        with Path(file).open("rb") as opened:
            begin = opened.read(256).removeprefix("\ufeff".encode())
    except OSError:
        return False
    if begin.startswith(b"PK\x03\x04"):
        return begin[10:14] == _OUR_DAY and _has_our_sheets(file)
    behind = begin.partition(b",")[2]
    return begin.startswith(_our_headers()) or behind.startswith(_our_indexes())


def _is_no_table(file: str) -> bool:
    """Whether neither the name nor the content is that of a return, as of a page; a pattern finds such files too."""
    return not may_be_return(Path(file).name) and is_return(Path(file)) == PASS


def _has_our_sheets(file: str) -> bool:
    sheets = _sheets(file)
    return any(sheets.issuperset(say(code, lang) for code in _OUR_SHEETS) for lang in LANGS)


def _is_marked_up(file: str) -> bool:
    """Whether a workbook has the sheet that a marked-up copy is given; another of that name has a number behind."""
    return any(sheet.startswith(say("markup-sheet", lang)) for sheet in _sheets(file) for lang in LANGS)


def _sheets(file: str) -> set[str]:
    """The names of the sheets of an xlsx; none of any other file."""
    import re
    import zipfile

    # brings zipfile with it, which few files here need
    from communitycheck.returns.files.zip_faults import ZIP_FAULTS

    try:
        with open_plain(file, follow=True) as f, zipfile.ZipFile(f) as parts, parts.open("xl/workbook.xml") as part:
            book = part.read(_LOOKED_AT).decode("utf-8", "replace")
    except (KeyError, *ZIP_FAULTS):
        return set()
    return set(re.findall(r'<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"', book))


@cache
def _our_headers() -> tuple[bytes, ...]:
    """How our tables of verdicts, of scores and of returns begin."""
    heads = []
    for lang in LANGS:
        heads += [[say(f"column-{c}", lang) for c in columns] for columns in (_OUR_COLUMNS, _OF_SCORES)]
        heads.append([say(code, lang) for code in _OF_MANIFESTS])
    return tuple(",".join(head).encode() + b"," for head in heads)


@cache
def _our_indexes() -> tuple[bytes, ...]:
    """How our tables of regions go on behind the level, which a standard may call what it likes."""
    return tuple(",".join(say(code, lang) for code in _OF_INDEXES).encode() + b"," for lang in LANGS)
