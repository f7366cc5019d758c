"""Standards of users' own files as an earlier run has compiled them.

A file is checked in full and compiled once. What comes of one without any fault is kept in the folder of the toolkit's
state and found again by what it depends on: the bytes of the file, the built-in standards, and the code that compiles.
Change one of these and it is compiled anew. As with readings (``returns/batch/cache.py``) what lies there is taken as
if an enemy had written it: it bears a seal made with a key of this user's, it is data and is never run, and one that is
not sealed so is as good as none::

    MARK; seal; a line for the id and the jurisdiction; one for the standard
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from communitycheck.model.standard import Jurisdiction, Standard
from communitycheck.standards.compiled.built_in import BuiltIn
from communitycheck.standards.compiled.standard_json import from_json, to_json
from communitycheck.system.files import is_own, leads_elsewhere, open_plain, replace
from communitycheck.system.limits import OverLimit
from communitycheck.system.side_files import side_file
from communitycheck.system.user_key import state_folder, user_key
from communitycheck.version import __version__

MARK = b"communitycheck-standard/1\n"
_SEAL = 32
# What has lain there for so long is cleared away.
_DAYS = 90
# The folders whose code decides what a file is compiled to.
_CODE = ("standards", "model", "messages")


def kept_standard(file: Path, base: BuiltIn) -> tuple[str, Jurisdiction, Standard] | None:
    """Id, jurisdiction and standard of a file on top of what is built in; None where no run has kept it."""
    try:
        key = _key(side_file(file), file, base)
        with open_plain(_place(key)) as stream:
            found = stream.read()
        front, seal, body = found[: len(MARK)], found[len(MARK) :][:_SEAL], found[len(MARK) + _SEAL :]
        if front != MARK or not hmac.compare_digest(seal, _seal(key, body)):
            return None
    except (OSError, ValueError, OverLimit):  # who reads the file says what is wrong with it
        return None
    names, standard = body.splitlines()
    paths = {file.name: str(file)} | {name: base.path_of(name) for name, _ in base.files.values()}
    name, place = from_json(names, str)
    return name, place, from_json(standard, paths.__getitem__)


def keep_standard(standard: Standard, base: BuiltIn) -> None:
    """Keep what the file of a standard was compiled to. Where it cannot be, the next run compiles it as well."""
    file = Path(standard.file)
    if file.name in {name for name, _ in base.files.values()} or not set(standard.lineage) <= set(base.files):
        return
    with contextlib.suppress(OSError, ValueError, TypeError, OverLimit):
        raw = side_file(file)
        if hashlib.sha256(raw).hexdigest() != standard.sha256:
            return
        body = f"{to_json((standard.id, standard.jurisdiction))}\n{to_json(standard)}\n".encode()
        key = _key(raw, file, base)
        place, seal = _place(key), _seal(key, body)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_own(place.parent) or leads_elsewhere(place.parent):
            return
        _clear(place.parent)
        temporary = place.with_name(f"{os.getpid()}-{os.urandom(6).hex()}.tmp")
        try:
            with temporary.open("xb") as stream:
                stream.writelines((MARK, seal, body))
            replace(temporary, place)
        finally:
            temporary.unlink(missing_ok=True)


def _key(raw: bytes, file: Path, base: BuiltIn) -> str:
    """By what a compiled standard is found."""
    digest = hashlib.sha256(f"{__version__} {base.digest} {_code()} {file.name}\n".encode("utf-8", "surrogatepass"))
    digest.update(raw)
    return digest.hexdigest()


def _code() -> str:
    """Size and time of every source, as Python itself tells whether one has changed."""
    if getattr(sys, "frozen", False):  # the stand-alone program holds no sources that could be looked at
        sources: list[Path | os.DirEntry[str]] = [Path(sys.executable)]
    else:
        package = Path(__file__).parents[2]
        sources = [source for room in _CODE for source in _sources(package / room)]
    facts = [(source.name, one.st_size, one.st_mtime_ns) for source in sources for one in (source.stat(),)]
    return hashlib.sha256(repr(sorted(facts)).encode()).hexdigest()


def _sources(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as inside:
        for one in inside:
            if one.name.endswith(".py"):
                yield one
            elif one.is_dir() and one.name != "__pycache__":
                yield from _sources(Path(one.path))


def _seal(key: str, body: bytes) -> bytes:
    return hmac.digest(user_key(), b"\0".join((MARK, key.encode(), body)), "sha256")


def _place(key: str) -> Path:
    return state_folder() / "standards" / key


def _clear(folder: Path) -> None:
    """Take away what was kept long ago."""
    for one in folder.iterdir():
        with contextlib.suppress(OSError):
            if time.time() - one.lstat().st_mtime > _DAYS * 86400:
                one.unlink()
