"""The built-in standards as they were compiled when the toolkit was made.

Rule files are read, checked key by key and compiled by ``layered.py``, whoever wrote them. Those that travel with the
toolkit are the same in every run, so what they were compiled to stands beside this file as JSON, a line for each
standard, written by ``python tools/built_in.py``. The first line says of which files: where one of them differs by a
byte, or one of our classes by a field, all of it is passed over and the files are compiled anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.standard import Jurisdiction, Standard
from communitycheck.resources import data_dir
from communitycheck.standards.compiled.standard_json import FIELDS, from_json, to_json

COMPILED = Path(__file__).with_name("built_in.jsonl")


class BuiltIn(Struct, frozen=True):
    """What the rule files of ``folder`` were compiled to: the dictionary, and of each standard by its id the name of
    its file and its jurisdiction. The standard itself is made when it is asked for. ``digest`` changes with any of the
    files."""

    folder: Path
    digest: str
    dictionary: Dictionary
    files: dict[str, tuple[str, Jurisdiction]]
    lines: dict[str, bytes]
    made: dict[str, Standard] = field(default_factory=dict)

    def standard(self, name: str) -> Standard:
        if name not in self.made:
            self.made[name] = from_json(self.lines[name], self.path_of)
        return self.made[name]

    def path_of(self, file: str) -> str:
        return str(self.folder / file)


def built_in(folder: Path) -> BuiltIn | None:
    """What the files of ``folder`` were compiled to; None where nothing was written of just these."""
    if folder != data_dir("rules"):
        return None
    try:
        head, files, dictionary, *lines = COMPILED.read_bytes().splitlines()
        if head.decode() != _head(folder):
            return None
    except (OSError, ValueError):
        return None
    known = from_json(files, str)
    digest = hashlib.sha256(head).hexdigest()
    return BuiltIn(folder, digest, from_json(dictionary, str), known, dict(zip(known, lines, strict=True)))


def compiled(folder: Path, dictionary: Dictionary, standards: Iterable[Standard]) -> Iterator[str]:
    """The lines from which ``built_in`` reads the dictionary and the standards of ``folder``."""
    standards = list(standards)
    yield _head(folder)
    yield to_json({one.id: (Path(one.file).name, one.jurisdiction) for one in standards})
    yield to_json(dictionary)
    for one in standards:
        yield to_json(one)


def _head(folder: Path) -> str:
    """What each rule file of the folder holds, and which fields our classes have."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    return json.dumps({"files": digests, "fields": FIELDS}, separators=(",", ":"))
