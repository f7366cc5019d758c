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
import sys
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
from communitycheck.model.result import Outcome
from communitycheck.model.text import Text
from communitycheck.planning.baseline.entries import Baseline, at_odds
from communitycheck.planning.compare.side import RuleKey, RuleVerdicts, RunSide, SubjectKind
from communitycheck.planning.compare.subjects import WHOLE, group_of, known_by, of_lists
from communitycheck.products.compare.baseline_lines import entry_lines
from communitycheck.reporting.json_objects import line
from communitycheck.system.files import NoFileError, open_plain
from communitycheck.system.limits import OverLimit
from communitycheck.system.side_files import side_file
from communitycheck.version import __version__

SCHEMA = "communitycheck-baseline/1"
_FIRST, _SECOND, _THIRD = f'{{"schema": "{SCHEMA}",\n', '"written": ', '"fails": [\n'
_TEXTS = ("standard", "rule", "entity", "code", "name", "unit", "threshold_hash")
_NUMBERS = ("observed", "required", "shortfall")
_NAMED = ("standard", "rule", "entity")
_NEEDED = {*_TEXTS, *_NUMBERS, "region", "outcome"}
_KEYS = {*_NEEDED, "group"}
_LEVELS = set(REGION_LEVELS)


def baseline_json(baseline: Baseline) -> Iterator[str | memoryview]:
    """The file in pieces."""
    side = baseline.side
    written = {
        "version": __version__,
        "as_of": side.day.isoformat(),
        "standards": [standard for standard, _ in side.standards],
    }
    yield f"{_FIRST}{_SECOND}{line(written)},\n{_THIRD.rstrip()}"
    begun = False
    for text in entry_lines(baseline):
        yield text if begun else text[1:]  # no comma before the first
        begun = True
    yield "]\n}\n"


def load_baseline(path: str | Path, dictionary: Dictionary) -> Baseline:
    """The baseline of a file.

    Raises:
        UsageError: it cannot be read, is no JSON or no baseline, has an unknown key or a value of another kind, or
            names one subject twice for a rule, or has figures that do not go together; with the line.
    """
    shown = str(path)
    reader = _Entries(shown, dictionary)
    try:
        with open_plain(shown, follow=True) as file:
            baseline = _read_by_column(file, reader)
        if baseline is not None:
            return baseline
        with TextIOWrapper(open_plain(shown, follow=True), encoding="utf-8-sig") as file:
            day = _read_by_line(file, reader)
        if day is None:  # somebody laid it out otherwise
            reader = _Entries(shown, dictionary)
            day = _read_whole(side_file(shown).decode("utf-8-sig"), reader)
    except OverLimit as over:
        raise UsageError("side-file-too-large", path=shown, **over.values) from None
    except NoFileError:
        raise UsageError("side-file-no-file", path=shown) from None
    except FileNotFoundError:
        raise UsageError("baseline-not-found", path=shown) from None
    except OSError as error:
        raise UsageError("baseline-unreadable", path=shown, reason=error.strerror or "") from None
    except UnicodeDecodeError:
        raise UsageError("baseline-no-json", path=shown, line=1) from None
    return reader.baseline(day)


def _read_by_column(file: IO[bytes], reader: _Entries) -> Baseline | None:
    """Take all entries at once; None where they are not laid out as we write them, or something is wrong with one."""
    if file.readline(10_000) != _FIRST.encode():
        return None
    second, third = file.readline(10_000), file.readline(10_000)
    if not second.startswith(_SECOND.encode()) or third != _THIRD.encode():
        return None
    try:
        day = reader.day(json.loads(second.removeprefix(_SECOND.encode()).rstrip(b",\n")))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        return None
    from communitycheck.products.compare.baseline_columns import entry_columns  # Arrow

    found = entry_columns(file)
    if found is None or not found.sort(reader.dictionary) or any(at_odds(one).any() for one in found.verdicts.values()):
        return None
    side = RunSide(reader.path, day, (), found.subjects, found.verdicts, {}, in_part=True)
    return Baseline(reader.path, side, found.hashes)


def _read_by_line(file: IO[str], reader: _Entries) -> date | None:
    """Take the entries one by one, so that no file is held whole; None where it is not laid out as we write it."""
    first, second, third = (file.readline(10_000) for _ in range(3))
    if first != _FIRST or not second.startswith(_SECOND) or third != _THIRD:
        return None
    try:
        day = reader.day(json.loads(second.removeprefix(_SECOND).rstrip(",\n")))
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
            if self._added(one, number, line_):
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

    def _added(self, one: dict[str, Any], number: int, line_: int | str) -> bool:
        """False where the rule has that subject already."""
        kind, region = SubjectKind(one["entity"], one.get("group", False)), one["region"]
        listed = self.subjects.setdefault(kind, {})
        places = (self._once(region.get(level, "")) for level in REGION_LEVELS)
        row = listed.setdefault((one["code"], one["name"], *places), len(listed))
        key = RuleKey(one["standard"], one["rule"], one["entity"])
        entries = self.rules.get((key, kind))
        if entries is None:
            entries = self.rules[key, kind] = _RuleEntries(one["unit"])
        entries.at.append((number, line_))
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
            self._refuse_at_odds(side.verdicts[key], entries)
            hashes[key] = np.array(entries.hashes, object)
        return Baseline(self.path, side, hashes)

    def _refuse_at_odds(self, held: RuleVerdicts, entries: _RuleEntries) -> None:
        wrong = np.flatnonzero(at_odds(held))
        if len(wrong):
            number, line_ = entries.at[int(wrong[0])]
            raise UsageError("baseline-at-odds", path=self.path, line=line_, n=number + 1, key=held.key.rule)

    def _about(self, entity: str) -> Entity:
        return self.dictionary.entities.get(entity) or Entity(entity)


class _RuleEntries:
    """The entries of one rule."""

    def __init__(self, unit: str) -> None:
        self.unit, self.rows = unit, dict[int, None]()
        self.figures: tuple[array[float], ...] = tuple(array("d") for _ in range(5))
        self.hashes: list[str] = []
        self.at: list[tuple[int, int | str]] = []  # the number of each and its line

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
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _ends(value: Any) -> tuple[float, float]:
    if isinstance(value, list):
        low, high = value
        return (-math.inf if low is None else float(low)), (math.inf if high is None else float(high))
    return (math.nan, math.nan) if value is None else (float(value), float(value))
