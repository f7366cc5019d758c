"""A JSON report of ``check`` as one side of a comparison."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

import numpy as np

from communitycheck.errors import UsageError
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.entity import Entity
from communitycheck.model.expression.calendar_days import span_of
from communitycheck.model.places.place_names import ENDINGS
from communitycheck.model.places.regions import levels_above
from communitycheck.model.result import OUTCOMES
from communitycheck.model.text import Text
from communitycheck.planning.compare.places import UNKNOWN, Home, SubjectPlaces
from communitycheck.planning.compare.side import RuleKey, RuleVerdicts, RunSide, SubjectKind, side_open
from communitycheck.planning.compare.subjects import group_of, known_by, of_lists
from communitycheck.system.files import NoFileError, open_plain
from communitycheck.system.limits import OverLimit
from communitycheck.system.side_files import side_file

SCHEMA = "communitycheck-report/1"
_BEGINS = b'{"schema"'
_CODES = {one.word: int(one) for one in OUTCOMES}
Path_ = tuple[str, ...]


def is_report_file(path: str | Path) -> bool:
    """Whether it is a file that begins as our JSON does, whatever it is called."""
    try:
        with Path(path).open("rb") as file:
            begin = file.read(200).lstrip(b"\xef\xbb\xbf \t\r\n")
    except (OSError, ValueError):
        return False
    return begin.replace(b" ", b"").replace(b"\n", b"").startswith(_BEGINS) or (
        Path(path).suffix.lower() == ".json" and begin.startswith(b"{")
    )


def side_of_file(path: str | Path, dictionary: Dictionary) -> RunSide:
    """The subjects and verdicts of a report file.

    Raises:
        UsageError: it is no JSON, no report of ``check``, or one that was cut short.
    """
    shown = str(path)
    try:
        with TextIOWrapper(open_plain(shown, follow=True), encoding="utf-8-sig") as file:
            side = _by_line(file, shown, dictionary)
        if side is not None:
            return side
        held = json.loads(side_file(shown).decode("utf-8-sig"))  # somebody laid it out otherwise
    except OverLimit as over:
        raise UsageError("side-file-too-large", path=shown, **over.values) from None
    except NoFileError:
        raise UsageError("side-file-no-file", path=shown) from None
    except OSError as error:
        raise UsageError("compare-unreadable", path=shown, reason=error.strerror or "") from None
    except (ValueError, RecursionError):
        raise UsageError("compare-no-json", path=shown) from None
    if not isinstance(held, dict) or held.get("schema") != SCHEMA:
        raise UsageError("compare-no-report", path=shown, schema=SCHEMA)
    try:
        return _side(held, held["verdicts"], shown, dictionary)
    except _UNLIKE:
        raise UsageError("compare-no-report", path=shown, schema=SCHEMA) from None


# What comes of a file that is no report.
_UNLIKE = (KeyError, TypeError, ValueError, AttributeError)


def _by_line(file: IO[str], shown: str, dictionary: Dictionary) -> RunSide | None:
    """A report laid out as we write it, of which no more than a verdict is held at once; None where it is not."""
    if file.readline(10_000) != f'{{"schema": "{SCHEMA}",\n':
        return None
    above = []
    for text in file:
        if text == '"verdicts": [\n':
            break
        above.append(text)
    else:
        return None
    try:
        head = json.loads("{" + "".join(above).rstrip(",\n") + "}")
        return _side(head, _verdict_lines(file), shown, dictionary)
    except _UNLIKE:
        return None


def _verdict_lines(file: IO[str]) -> Iterator[Mapping[str, Any]]:
    """The verdicts, a line each, to the end of their list.

    Raises:
        ValueError: the list has no end.
    """
    for text in file:
        if text.endswith("}],\n"):
            yield json.loads(text[:-3])
            return
        yield json.loads(text.removesuffix(",\n"))
    raise ValueError


def _side(
    held: Mapping[str, Any], verdicts: Iterable[Mapping[str, Any]], shown: str, dictionary: Dictionary
) -> RunSide:
    run, summary = held["run"], held["summary"]
    reader, taken = _VerdictReader(held, dictionary), 0
    for one in verdicts:
        reader.take(one)
        taken += 1
    return RunSide(
        shown,
        date.fromisoformat(run["as_of"]),
        tuple((s["id"], s["title"]) for s in run["standards"]),
        {kind: listed.table() for kind, listed in reader.subjects.items()},
        {key: some.columns() for key, some in reader.verdicts.items()},
        {(r["standard"], r["id"]): r.get("threshold_hash") or "" for r in held["rules"]},
        {kind: listed.places() for kind, listed in reader.subjects.items() if not kind.group},
        in_part=taken < summary["verdicts"],
        unread=summary["unread"],
        open=side_open(summary["incomplete"]),
    )


class _VerdictReader:
    """Takes verdicts one by one."""

    def __init__(self, held: Mapping[str, Any], dictionary: Dictionary) -> None:
        self.rules = {(r["standard"], r["id"]): r for r in held["rules"]}
        self.dictionary = dictionary
        self.subjects: dict[SubjectKind, _ListedSubjects] = {}
        self.verdicts: dict[RuleKey, _Verdicts] = {}
        self.levels = _Levels(held["groups"])

    def take(self, one: Mapping[str, Any]) -> None:
        rule, subject = self.rules[one["standard"], one["rule"]], one["subject"]
        entity = subject["entity"]
        kind, key = SubjectKind(entity, bool(rule["by"])), RuleKey(one["standard"], one["rule"], entity)
        listed = self.subjects.get(kind)
        if listed is None:
            about = group_of(entity) if kind.group else known_by(_about(entity, self.dictionary))
            listed = self.subjects[kind] = _ListedSubjects(about, self.levels)
        found = self.verdicts.get(key)
        if found is None:
            found = self.verdicts[key] = _Verdicts(key, kind, rule, one["unit"])
        found.add(listed.row(subject, one.get("at")), one)


def _about(entity: str, dictionary: Dictionary) -> Entity:
    return dictionary.entities.get(entity) or Entity(entity)


class _Levels:
    """Which level each name of a region's path is of: a report says so of the regions that it adds up."""

    def __init__(self, groups: list[Mapping[str, Any]]) -> None:
        self._known = {(*one["region"], one["name"]): one["level"] for one in groups}
        self._done: dict[tuple[Path_, str], tuple[str, ...]] = {}

    def of(self, path: Path_, entity: str) -> tuple[str, ...]:
        if (path, entity) not in self._done:
            self._done[path, entity] = tuple(self._found(path, list(levels_above(entity))))
        return self._done[path, entity]

    def _found(self, path: Path_, levels: list[str]) -> Iterator[str]:
        for k, name in enumerate(path):
            left = len(path) - k - 1
            open_ = levels[: len(levels) - left] or levels
            level = self._known.get(path[: k + 1], "")
            if level not in open_:
                level = next((one for one in open_ if name.endswith(ENDINGS[one])), open_[0])
            yield level
            del levels[: levels.index(level) + 1]


class _ListedSubjects:
    """Everybody of one kind, each once. Two that say the same of themselves stand in two places of a return."""

    def __init__(self, about: Entity, levels: _Levels) -> None:
        self.about, self.levels = about, levels
        self._rows: dict[tuple[object, ...], int] = {}
        self._listed: list[tuple[str, str, Path_]] = []
        self._homes: dict[Home, int] = {}
        self._stand: list[tuple[int, int]] = []

    def row(self, subject: Mapping[str, Any], at: Mapping[str, Any] | None) -> int:
        path = tuple(subject["region"])
        place = () if at is None else (at["path"], at["sheet"], at["row"])
        key = (subject["code"], subject["name"], path, place)
        found = self._rows.get(key)
        if found is None:
            found = self._rows[key] = len(self._listed)
            self._listed.append((subject["code"], subject["name"], path))
            self._stand.append((UNKNOWN, UNKNOWN) if at is None else self._place(at))
        return found

    def _place(self, at: Mapping[str, Any]) -> tuple[int, int]:
        number = self._homes.setdefault(Home(at["path"], at["sheet"]), len(self._homes))
        return number, UNKNOWN if at["row"] is None else int(at["row"])

    def places(self) -> SubjectPlaces:
        stand = np.array(self._stand, np.int32).reshape(-1, 2)
        return SubjectPlaces(list(self._homes), stand[:, 0], stand[:, 1])

    def table(self) -> Any:
        regions: dict[str, list[str | None]] = {level: [None] * len(self._listed) for level in REGION_LEVELS}
        for k, (_, _, path) in enumerate(self._listed):
            for level, name in zip(self.levels.of(path, self.about.key), path, strict=True):
                regions[level][k] = name
        codes, names = [one[0] for one in self._listed], [one[1] for one in self._listed]
        return of_lists(self.about, codes, names, regions)


class _Verdicts:
    """The verdicts of one rule, as lists."""

    def __init__(self, key: RuleKey, kind: SubjectKind, rule: Mapping[str, Any], unit: str) -> None:
        self.key, self.kind, self.rule, self.unit = key, kind, rule, unit
        self.rows: list[int] = []
        self.outcomes: list[int] = []
        self.ends: tuple[list[float], ...] = ([], [], [], [])
        self.short: list[float] = []
        self.truth = False

    def add(self, row: int, one: Mapping[str, Any]) -> None:
        self.rows.append(row)
        self.outcomes.append(_CODES[one["outcome"]])
        self.truth |= isinstance(one["observed"], bool)
        for ends, value in zip(self.ends, (*_ends(one["observed"]), *_ends(one["required"])), strict=True):
            ends.append(value)
        short = one["shortfall"]
        self.short.append(math.nan if short is None else float(short))

    def columns(self) -> RuleVerdicts:
        title = self.rule["title"]
        low, high, low_required, high_required = (np.array(ends, np.float64) for ends in self.ends)
        return RuleVerdicts(
            self.key,
            self.kind,
            Text(title, title),
            self.rule["severity"],
            self.unit,
            self.rule.get("threshold_hash") or "",
            "",
            np.array(self.rows, np.int32),
            np.array(self.outcomes, np.uint8),
            low,
            high,
            low_required,
            high_required,
            np.array(self.short, np.float64),
            self.truth,
        )


def _ends(value: object) -> tuple[float, float]:
    """A value of a report as two bounds; NaN where it gives none."""
    if isinstance(value, bool | int | float):
        return float(value), float(value)
    if isinstance(value, str):
        days = span_of(value)
        return (math.nan, math.nan) if days is None else (float(days[0]), float(days[1]))
    if isinstance(value, list) and len(value) == 2:
        low, high = (math.nan if end is None else _ends(end)[0] for end in value)
        return (-math.inf if low != low else low), (math.inf if high != high else high)
    return math.nan, math.nan
