"""Zip archives of returns: their members, unpacked one at a time under limits.

The name of a member is only ever shown, never used as a path, so it can point nowhere.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from communitycheck.errors import ReturnError
from communitycheck.returns.files.allowance import Allowance
from communitycheck.returns.files.formats.no_return import ARCHIVE
from communitycheck.returns.files.formats.registry import ARCHIVES
from communitycheck.returns.files.machine_faults import machine_fault
from communitycheck.returns.files.names import path_may_be_return
from communitycheck.returns.files.over_limit import limits_of
from communitycheck.returns.files.sniff import kind_of
from communitycheck.returns.files.zip_faults import ZIP_FAULTS
from communitycheck.system.limits import limit, refuse_more
from communitycheck.system.scratch import scratch_folder


class ArchiveMember(NamedTuple):
    """A member of an archive: the name to show, where it lies while it is the current one or the error that it gave,
    the seconds of the processor that are left for it, and those that all of the archive may take."""

    name: str
    found: Path | ReturnError
    seconds: float
    allowed: float


def members(
    file: Path, shown: str, allowance: Allowance | None = None, *, depth: int = 1, part: int = 0, parts: int = 1,
    timed: bool = True,
) -> Iterator[ArchiveMember]:
    """Members that may be returns.

    Nested archives are entered. A member that cannot be unpacked comes as the error it gave. With ``parts``, the
    archive is divided into so many parts, and only the members of part ``part`` (from 0) come.

    Args:
        allowance: of the archive around it; None: this is the outermost one.
        timed: whether seconds count, as they do not for what has been read before.

    Raises:
        ReturnError: ``truncated``.
        OverLimit: the outermost archive with all that is in it asks for too much.
    """
    try:
        archive = zipfile.ZipFile(file)
    except ZIP_FAULTS as fault:
        code, values = machine_fault(fault) or ("truncated", {})
        raise ReturnError(code, path=shown, **values) from None
    with archive, scratch_folder() as folder:
        found = [info for info in archive.infolist() if _wanted(info)]
        if allowance is None:
            plain = sum(not info.filename.lower().endswith(ARCHIVES) for info in found)
            allowance = Allowance(file.stat().st_size, plain, parts, timed=timed)
        allowance.take(len(found), sum(info.file_size for info in found))
        if len({info.header_offset for info in found}) < len(found):
            raise ReturnError("truncated", path=shown)  # members that share their bytes are the work of no archiver
        for number, info in list(enumerate(sorted(found, key=member_name)))[part::parts]:
            seconds = allowance.left()
            name = f"{shown}/{member_name(info)}"
            place = Path(folder) / str(number)
            trouble = _unpack(archive, info, place, name)
            if trouble is not None:
                yield ArchiveMember(name, trouble, seconds, allowance.seconds)
            elif _is_archive(place):
                yield from _nested(place, name, allowance, depth + 1)
            else:
                yield ArchiveMember(name, place, seconds, allowance.seconds)
            with contextlib.suppress(OSError):  # still open somewhere: it goes with the folder
                place.unlink(missing_ok=True)


def count_members(file: Path) -> int:
    """How many members of an archive may be returns; 0 where its directory cannot be read, or holds too many."""
    found = sum(map(_wanted, _directory(file)))
    return found if found <= limit("members") else 0


def members_passed(file: str) -> list[str]:
    """The members of a file that is called an archive, which are passed over: no name of a return, or hidden."""
    if not file.lower().endswith(ARCHIVES):
        return []
    listed = _directory(Path(file))[: limit("members")]
    return [member_name(info) for info in listed if not info.is_dir() and not _wanted(info)]


def _directory(file: Path) -> list[zipfile.ZipInfo]:
    """What an archive lists; nothing where that cannot be read, or where a pipe would have to be waited for."""
    try:
        if not file.is_file():
            return []
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except ZIP_FAULTS:
        return []


def _nested(
    place: Path, name: str, allowance: Allowance, depth: int
) -> Iterator[ArchiveMember]:
    try:
        with limits_of(name):
            refuse_more("depth", depth)
        yield from members(place, name, allowance, depth=depth)
    except ReturnError as trouble:
        yield ArchiveMember(name, trouble, allowance.seconds, allowance.seconds)


def _wanted(info: zipfile.ZipInfo) -> bool:
    return not info.is_dir() and path_may_be_return(member_name(info).split("/"))


def member_name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: without the UTF-8 flag it is mostly GBK, which zipfile reads as cp437."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding) if raw else name
                break
            except UnicodeDecodeError:
                continue
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def _is_archive(place: Path) -> bool:
    return kind_of(place) is ARCHIVE


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: Path, name: str) -> ReturnError | None:
    """Write one member to ``place``; what it unpacks to may not exceed what it says."""
    if info.flag_bits & 1:
        return ReturnError("password-protected", path=name)
    try:
        with archive.open(info) as source, place.open("wb") as sink:
            left = info.file_size
            while block := source.read(1 << 20):
                left -= len(block)
                if left < 0:
                    return ReturnError("truncated", path=name)
                sink.write(block)
    except ZIP_FAULTS as fault:
        code, values = machine_fault(fault) or ("truncated", {})
        return ReturnError(code, path=name, **values)
    return None
