"""Files of a baseline, schema ``communitycheck-baseline/1``: one fail a line, in an order that does not hang on rows.

{"schema": "communitycheck-baseline/1",
"written": {"version": "0.1.0", "as_of": "2023-12-31", "standards": ["liaoning-2021"]},
"fails": [
{"standard": …, "rule": …, "entity": …, "code": …, "name": …, "region": {"county": …}, "outcome": "fail",
 "observed": 312.0, "required": 400.0, "shortfall": 88.0, "unit": "m2", "threshold_hash": …}
]}
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Iterator, Mapping
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

import numpy as np

from communitycheck.errors import UsageError
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.entity import Entity
from communitycheck.model.places.regions import numbered
from communitycheck.model.result import Outcome
from communitycheck.model.table import Ints, Table
from communitycheck.model.text import Text
from communitycheck.planning.baseline.entries import Baseline, Hashes
from communitycheck.planning.compare.side import RuleKey, RuleVerdicts, RunSide, SubjectKind
from communitycheck.planning.compare.subjects import CODE, WHOLE, group_of, known_by, levels_at, of_lists
from communitycheck.reporting.json_objects import line
from communitycheck.reporting.words.numbers import clean
from communitycheck.system.files import NoFileError, open_plain
from communitycheck.system.limits import OverLimit
from communitycheck.system.side_files import side_file
from communitycheck.version import __version__

SCHEMA = "communitycheck-baseline/1"
_TEXTS = ("standard", "rule", "entity", "code", "name", "unit", "threshold_hash")
_NUMBERS = ("observed", "required", "shortfall")
_NAMED = ("standard", "rule", "entity")
_NEEDED = {*_TEXTS, *_NUMBERS, "region", "outcome"}
_KEYS = {*_NEEDED, "group"}
_LEVELS = set(REGION_LEVELS)
_CHUNK = 1 << 14  # entries written at once


def baseline_json(baseline: Baseline) -> Iterator[str]:
    """The file in pieces."""
    side = baseline.side
    written = {
        "version": __version__,
        "as_of": side.day.isoformat(),
        "standards": [standard for standard, _ in side.standards],
    }
    yield f'{{"schema": "{SCHEMA}",\n"written": {line(written)},\n"fails": ['
    separator = "\n"
    ranks = {kind: _ranks(table) for kind, table in side.subjects.items()}
    for key in sorted(side.verdicts):
        one = side.verdicts[key]
        order = np.argsort(ranks[one.kind][one.rows], kind="stable").astype(np.int32)
        for start in range(0, len(order), _CHUNK):
            texts = _lines(one, order[start : start + _CHUNK], side.subjects[one.kind], baseline.hashes[key])
            yield separator + ",\n".join(texts)
            separator = ",\n"
    yield "]\n}\n"


def _ranks(table: Table) -> Ints:
    """The place of each subject in the order of regions, names and codes."""
    every = np.arange(len(table), dtype=np.int32)
    ids, paths = numbered(table, REGION_LEVELS)
    names, codes, where = table.names_at(every), table.texts_at(CODE, every), ids.tolist()
    known = [tuple(name or "" for name in path) for path in paths]
    order = sorted(range(len(table)), key=lambda k: (known[where[k]], names[k], codes[k]))
    found = np.empty(len(table), np.int32)
    found[order] = every
    return found


def _lines(one: RuleVerdicts, places: Ints, table: Table, hashes: Hashes) -> list[str]:
    """The entries at ``places`` as text. What many of them have in common is written once."""
    rows = one.rows[places]
    names, codes = table.names_at(rows), table.texts_at(CODE, rows)
    columns = (one.observed_lo, one.observed_hi, one.required_lo, one.required_hi, one.short)
    figures = [column[places].tolist() for column in columns]
    head = line({"standard": one.key.standard, "rule": one.key.rule, "entity": one.key.entity})[:-1]
    head += ', "group": true' if one.kind.group else ""
    regions: dict[tuple[str, ...], str] = {}
    found = []
    for name, code, region, hashed, low, high, least, most, short in zip(
        names, codes, levels_at(table, rows), hashes[places].tolist(), *figures, strict=True
    ):
        path = (*region, *region.values())
        where = regions.get(path) or regions.setdefault(path, line(region))
        found.append(
            f'{head}, "code": {line(code)}, "name": {line("" if name == WHOLE else name)}, "region": {where}, '
            f'"outcome": "fail", "observed": {_figure(low, high)}, "required": {_figure(least, most)}, '
            f'"shortfall": {_figure(short, short)}, "unit": {line(one.unit)}, "threshold_hash": {line(hashed)}}}'
        )
    return found


def _figure(low: float, high: float) -> str:
    if low == high:
        return _number(low)
    return "null" if math.isnan(low) or math.isnan(high) else f"[{_number(low)}, {_number(high)}]"


def _number(value: float) -> str:
    found = clean(value)
    return "null" if found is None else repr(found)


def load_baseline(path: str | Path, dictionary: Dictionary) -> Baseline:
    """The baseline of a file.

    Raises:
        UsageError: it cannot be read, is no JSON or no baseline, has an unknown key or a value of another kind, or
            names one subject twice for a rule; with the line.
    """
    shown = str(path)
    reader = _Entries(shown, dictionary)
    try:
        with TextIOWrapper(open_plain(shown, follow=True), encoding="utf-8-sig") as file:
            day = _read_by_line(file, reader)
        if day is None:  # somebody laid it out otherwise
            reader = _Entries(shown, dictionary)
            day = _read_whole(side_file(shown).decode("utf-8-sig"), reader)
    except OverLimit as over:
        raise UsageError("side-file-too-large", path=shown, **over.values) from None
    except NoFileError:
        raise UsageError("side-file-no-file", path=shown) from None
    except OSError as error:
        raise UsageError("baseline-unreadable", path=shown, reason=error.strerror or "") from None
    except UnicodeDecodeError:
        raise UsageError("baseline-no-json", path=shown, line=1) from None
    return reader.baseline(day)


def _read_by_line(file: IO[str], reader: _Entries) -> date | None:
    """Take the entries one by one, so that no file is held whole; None where it is not laid out as we write it."""
    first, second, third = (file.readline(10_000) for _ in range(3))
    if first != f'{{"schema": "{SCHEMA}",\n' or not second.startswith('"written": ') or third != '"fails": [\n':
        return None
    try:
        day = reader.day(json.loads(second.removeprefix('"written": ').rstrip(",\n")))
        for number, text in enumerate(file):
            entry = text.rstrip("\n")
            if entry.endswith("}]"):
                reader.take(number, json.loads(entry[:-1]), number + 4)
                return day if file.read() == "}\n" else None
            if not entry.endswith("},"):
                return None
            reader.take(number, json.loads(entry[:-1]), number + 4)
    except (json.JSONDecodeError, RecursionError):
        pass
    return None


def _read_whole(text: str, reader: _Entries) -> date:
    try:
        held = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError("baseline-no-json", path=reader.path, line=error.lineno) from None
    except RecursionError:
        raise UsageError("baseline-no-json", path=reader.path, line=1) from None
    wrong = UsageError("baseline-no-baseline", path=reader.path, schema=SCHEMA)
    if not isinstance(held, dict) or held.get("schema") != SCHEMA:
        raise wrong
    day = reader.day(held.get("written"))
    if set(held) - {"schema", "written", "fails"} or not isinstance(held.get("fails"), list):
        raise wrong
    for number, one in enumerate(held["fails"]):
        reader.take(number, one, "")
    return day


class _Entries:
    """Takes entries one by one, and refuses the first that is none."""

    def __init__(self, path: str, dictionary: Dictionary) -> None:
        self.path, self.dictionary = path, dictionary
        self.subjects: dict[SubjectKind, dict[tuple[str, ...], int]] = {}
        self.rules: dict[tuple[RuleKey, SubjectKind], _RuleEntries] = {}
        self._texts: dict[str, str] = {}  # what many entries say is kept once

    def day(self, written: object) -> date:
        try:
            if isinstance(written, dict):
                return date.fromisoformat(written["as_of"])
        except (KeyError, TypeError, ValueError):
            pass
        raise UsageError("baseline-no-baseline", path=self.path, schema=SCHEMA)

    def take(self, number: int, one: object, line_: int | str) -> None:
        """Take the entry of that number; ``line_`` is where it stands, empty where nobody knows."""
        key, code = self._fault(one), "baseline-entry"
        if key is None:
            assert isinstance(one, dict)
            if self._added(one):
                return
            key, code = one["rule"], "baseline-twice"
        raise UsageError(code, path=self.path, line=line_, n=number + 1, key=key)

    def _fault(self, one: object) -> str | None:
        """The key that is missing, unknown or holds what does not belong there; None where all is well."""
        if not isinstance(one, dict):
            return ""
        if one.keys() - _KEYS or _NEEDED - one.keys():
            return str(next(iter([*sorted(_NEEDED - one.keys()), *sorted(one.keys() - _KEYS)])))
        wrong = [key for key in _TEXTS if not isinstance(one[key], str) or (key in _NAMED and not one[key])]
        wrong += [key for key in _NUMBERS if not _is_figure(one[key])]
        region = one["region"]
        is_place = isinstance(region, dict) and not region.keys() - _LEVELS
        if not is_place or not all(isinstance(name, str) for name in region.values()):
            wrong.append("region")
        if one["outcome"] != Outcome.FAIL.word:
            wrong.append("outcome")
        if not isinstance(one.get("group", False), bool):
            wrong.append("group")
        return wrong[0] if wrong else None

    def _added(self, one: dict[str, Any]) -> bool:
        """False where the rule has that subject already."""
        kind, region = SubjectKind(one["entity"], one.get("group", False)), one["region"]
        listed = self.subjects.setdefault(kind, {})
        places = (self._once(region.get(level, "")) for level in REGION_LEVELS)
        row = listed.setdefault((one["code"], one["name"], *places), len(listed))
        key = RuleKey(one["standard"], one["rule"], one["entity"])
        entries = self.rules.get((key, kind))
        if entries is None:
            entries = self.rules[key, kind] = _RuleEntries(one["unit"])
        return entries.add(row, one, self._once(one["threshold_hash"]))

    def _once(self, text: str) -> str:
        return self._texts.setdefault(text, text)

    def baseline(self, day: date) -> Baseline:
        side = RunSide(self.path, day, (), {}, {}, {}, in_part=True)
        for kind, listed in self.subjects.items():
            about = group_of(kind.entity) if kind.group else known_by(self._about(kind.entity))
            codes, names, *places = zip(*listed, strict=True)
            named = [name or WHOLE for name in names] if kind.group and kind.entity not in REGION_LEVELS else names
            side.subjects[kind] = of_lists(about, codes, named, dict(zip(REGION_LEVELS, places, strict=True)))
        hashes = {}
        for (key, kind), entries in self.rules.items():
            side.verdicts[key] = entries.verdicts(key, kind)
            hashes[key] = np.array(entries.hashes, object)
        return Baseline(self.path, side, hashes)

    def _about(self, entity: str) -> Entity:
        return self.dictionary.entities.get(entity) or Entity(entity)


class _RuleEntries:
    """The entries of one rule."""

    def __init__(self, unit: str) -> None:
        self.unit, self.rows = unit, dict[int, None]()
        self.figures: tuple[array[float], ...] = tuple(array("d") for _ in range(5))
        self.hashes: list[str] = []

    def add(self, row: int, one: Mapping[str, Any], hashed: str) -> bool:
        if row in self.rows:
            return False
        self.rows[row] = None
        ends = (*_ends(one["observed"]), *_ends(one["required"]), _ends(one["shortfall"])[0])
        for column, value in zip(self.figures, ends, strict=True):
            column.append(value)
        self.hashes.append(hashed)
        return True

    def verdicts(self, key: RuleKey, kind: SubjectKind) -> RuleVerdicts:
        rows = np.array(list(self.rows), np.int32)
        low, high, least, most, short = (np.array(column, np.float64) for column in self.figures)
        outcome = np.full(len(rows), np.uint8(Outcome.FAIL))
        return RuleVerdicts(
            key, kind, Text(), "", self.unit, "", "", rows, outcome, low, high, least, most, short
        )  # fmt: skip


def _is_figure(value: object) -> bool:
    if isinstance(value, list):
        return len(value) == 2 and all(end is None or _is_number(end) for end in value)
    return value is None or _is_number(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _ends(value: Any) -> tuple[float, float]:
    if isinstance(value, list):
        low, high = value
        return (-math.inf if low is None else float(low)), (math.inf if high is None else float(high))
    return (math.nan, math.nan) if value is None else (float(value), float(value))
