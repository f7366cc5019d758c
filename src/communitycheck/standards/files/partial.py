"""A faulty file as far as it has a shape: what fits nowhere is left out, so that the rest can be looked at."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from communitycheck.errors import RuleFileError, together
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.files.faults import Shape, keys_at, real_path, shape_faults
from communitycheck.standards.files.yaml_file import Path_, YamlFile, dotted

# What stands in for a key that every file must have; nobody is shown it.
_STAND_INS: dict[str, Any] = {
    "standard": "unnamed",
    "title": "-",
    "source": {"document": "-"},
    "jurisdiction": {"code": "000000", "name": "-"},
    "fields": {},
}
_NAMED = ("fields", "parameters", "tables", "override", "entities")
_ROUNDS = 20
# Where a key with nothing behind it says no more than one that is left out, and yet was written for something.
_JUDGED = ("rules", "override")


class Damage:
    """Which entries of a file something is left out of, and whether the names of its formulas can all be known."""

    def __init__(self, entries: frozenset[Path_] = frozenset(), *, names_known: bool = True) -> None:
        self.entries = entries
        self.names_known = names_known

    def __bool__(self) -> bool:
        return bool(self.entries)

    def names(self, home: str) -> frozenset[str]:
        """Which fields or parameters something is left out of."""
        return frozenset(str(entry[1]) for entry in self.entries if entry[0] == home and len(entry) > 1)


def shaped(file: YamlFile, shape: type[Shape], faults: FaultList) -> tuple[Shape, Damage]:
    """The file's data as ``shape``, and what is left out of it.

    Raises:
        RuleFileError: it is no mapping at all.
    """
    entries = {_entry(path) for path in file.spoilt if path}
    blank = [path for path, text in file.written.items() if not text and path[0] in _JUDGED and _is_key(path)]
    try:
        read = shape.model_validate(file.data)
        told: set[str] = set()
    except ValidationError as error:
        found = shape_faults(file, shape, error)
        told = {f.key or "" for f in found}
        if not isinstance(file.data, dict):
            raise found[0] from None
        spoilt = {dotted(path) for path in file.spoilt}
        faults.note(*(f for f in found if spoilt.isdisjoint(_holders(f.key or ""))))
        read = _cut(file, shape, found, entries)
    for path in blank:
        if dotted(path) not in told:
            faults.note(RuleFileError("rule-file-blank", file=file.name, line=file.line(path), key=dotted(path)))
            entries.add(_entry(path))
    known = keys_at(shape, ())
    unsure = any(len(e) == 1 and (e[0] not in known or e[0] in (*_NAMED, "extends")) for e in entries)
    return read, Damage(frozenset(entries), names_known=not unsure)


def _is_key(path: Path_) -> bool:
    """A key of a rule itself."""
    return len(path) == 3 and isinstance(path[2], str)


def _holders(key: str) -> list[str]:
    """The dotted key and each that it stands within."""
    return [key, *(key[:i] for i, sign in enumerate(key) if sign in ".[")]


def _cut(file: YamlFile, shape: type[Shape], found: list[RuleFileError], entries: set[Path_]) -> Shape:
    """The data without what fits nowhere; ``entries`` are told of it."""
    data: Any = deepcopy(file.data)
    for _ in range(_ROUNDS):
        try:
            return shape.model_validate(data)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                missing = str(one["loc"][-1]) if one["type"] == "missing" else ""
                path = real_path(file, one["loc"][:-1] if missing else one["loc"])
                entries.add(_entry(path or (str(one["loc"][0]),)))
                _leave_out(data, path, missing)
    raise together(found)


def _entry(path: Path_) -> Path_:
    """The rule, field or parameter that a path leads into, or else the key at the top."""
    return path[:2] if path[0] == "rules" or path[0] in _NAMED else path[:1]


def _leave_out(data: dict[str, Any], path: Path_, missing: str) -> None:
    if not path:
        data[missing] = _STAND_INS.get(missing, "")
        return
    home, entry = data.get(str(path[0])), _entry(path)
    if len(entry) == 1 or not isinstance(home, dict | list):
        data.pop(str(path[0]), None)
        return
    where: Any = entry[1]
    inside = home[where] if isinstance(home, list) or where in home else None
    if isinstance(inside, dict) and len(path) > 2:
        inside.pop(path[2], None)
    elif isinstance(home, dict):
        home.pop(where, None)
    elif isinstance(inside, dict) and missing:
        inside[missing] = f"rule-{where + 1}"
    else:
        home[where] = {"id": f"rule-{where + 1}"}
