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
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from communitycheck.errors import UsageError
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.entity import Entity
from communitycheck.model.result import Outcome
from communitycheck.model.text import Text
from communitycheck.planning.baseline.entries import Baseline
from communitycheck.planning.compare.side import RuleKey, RuleVerdicts, RunSide, SubjectKind
from communitycheck.planning.compare.subjects import CODE, WHOLE, group_of, known_by, levels_at, of_lists
from communitycheck.reporting.json_objects import Object, array, line
from communitycheck.reporting.words.numbers import clean
from communitycheck.version import __version__

SCHEMA = "communitycheck-baseline/1"
_TEXTS = ("standard", "rule", "entity", "code", "name", "unit", "threshold_hash")
_NUMBERS = ("observed", "required", "shortfall")
_KEYS = {*_TEXTS, *_NUMBERS, "region", "outcome", "group"}


def baseline_json(baseline: Baseline) -> Iterator[str]:
    """The file in pieces."""
    side = baseline.side
    written = {
        "version": __version__,
        "as_of": side.day.isoformat(),
        "standards": [standard for standard, _ in side.standards],
    }
    yield f'{{"schema": "{SCHEMA}",\n"written": {line(written)},\n'
    yield from array("fails", sorted(_entries(baseline), key=_order), last=True)
    yield "}\n"


def _order(one: Mapping[str, object]) -> tuple[str, ...]:
    region = one["region"]
    assert isinstance(region, dict)
    place = [region.get(level, "") for level in REGION_LEVELS]
    return (*(str(one[key]) for key in ("standard", "rule", "entity")), *place, str(one["name"]), str(one["code"]))


def _entries(baseline: Baseline) -> Iterator[Object]:
    side = baseline.side
    for key, one in side.verdicts.items():
        table = side.subjects[one.kind]
        names, codes = table.names_at(one.rows), table.texts_at(CODE, one.rows)
        columns = (
            (one.observed_lo, one.observed_hi),
            (one.required_lo, one.required_hi),
            (one.short, one.short),
        )
        figures = [list(zip(low.tolist(), high.tolist(), strict=True)) for low, high in columns]
        places = levels_at(table, one.rows)
        for name, code, place, hashed, *ends in zip(
            names, codes, places, baseline.hashes[key].tolist(), *figures, strict=True
        ):
            yield {
                "standard": key.standard,
                "rule": key.rule,
                "entity": key.entity,
                **({"group": True} if one.kind.group else {}),
                "code": code,
                "name": "" if name == WHOLE else name,
                "region": place,
                "outcome": Outcome.FAIL.word,
                **{what: _figure(*two) for what, two in zip(_NUMBERS, ends, strict=True)},
                "unit": one.unit,
                "threshold_hash": hashed,
            }


def _figure(low: float, high: float) -> object:
    if low == high:
        return clean(low)
    return None if math.isnan(low) or math.isnan(high) else [clean(low), clean(high)]


def load_baseline(path: str | Path, dictionary: Dictionary) -> Baseline:
    """The baseline of a file.

    Raises:
        UsageError: it cannot be read, is no JSON or no baseline, has an unknown key or a value of another kind, or
            names one subject twice for a rule; with the line.
    """
    shown = str(path)
    try:
        text = Path(path).read_text("utf-8-sig")
    except OSError as error:
        raise UsageError("baseline-unreadable", path=shown, reason=error.strerror or "") from None
    except UnicodeDecodeError:
        raise UsageError("baseline-no-json", path=shown, line=1) from None
    try:
        held = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError("baseline-no-json", path=shown, line=error.lineno) from None
    except RecursionError:
        raise UsageError("baseline-no-json", path=shown, line=1) from None
    if not isinstance(held, dict) or held.get("schema") != SCHEMA:
        raise UsageError("baseline-no-baseline", path=shown, schema=SCHEMA)
    reader = _Entries(shown, _lines(text), dictionary)
    day = reader.day(held.get("written"))
    if set(held) - {"schema", "written", "fails"} or not isinstance(held.get("fails"), list):
        raise UsageError("baseline-no-baseline", path=shown, schema=SCHEMA)
    for number, one in enumerate(held["fails"]):
        reader.take(number, one)
    return reader.baseline(day)


def _lines(text: str) -> list[int]:
    """The line on which each entry stands, where the file is as we write it."""
    return [n for n, one in enumerate(text.split("\n"), 1) if one.startswith('{"standard"')]


class _Entries:
    """Takes entries one by one, and refuses the first that is none."""

    def __init__(self, path: str, lines: list[int], dictionary: Dictionary) -> None:
        self.path, self.lines, self.dictionary = path, lines, dictionary
        self.subjects: dict[SubjectKind, dict[tuple[Any, ...], int]] = {}
        self.rules: dict[tuple[RuleKey, SubjectKind], list[tuple[int, Mapping[str, Any]]]] = {}
        self.seen: set[tuple[RuleKey, int]] = set()

    def _refuse(self, number: int, key: str, code: str = "baseline-entry") -> UsageError:
        line_ = self.lines[number] if number < len(self.lines) else ""
        return UsageError(code, path=self.path, line=line_, n=number + 1, key=key)

    def day(self, written: object) -> date:
        try:
            if isinstance(written, dict):
                return date.fromisoformat(written["as_of"])
        except (KeyError, TypeError, ValueError):
            pass
        raise UsageError("baseline-no-baseline", path=self.path, schema=SCHEMA)

    def take(self, number: int, one: object) -> None:
        if not isinstance(one, dict):
            raise self._refuse(number, "")
        for key in sorted({*_TEXTS, *_NUMBERS, "region", "outcome"} - one.keys()) + sorted(one.keys() - _KEYS):
            raise self._refuse(number, key)
        for key in _TEXTS:
            if not isinstance(one[key], str) or (key in ("standard", "rule", "entity") and not one[key]):
                raise self._refuse(number, key)
        for key in _NUMBERS:
            if not _is_figure(one[key]):
                raise self._refuse(number, key)
        region, group = one["region"], one.get("group", False)
        if not isinstance(region, dict) or region.keys() - set(REGION_LEVELS):
            raise self._refuse(number, "region")
        if not all(isinstance(name, str) for name in region.values()):
            raise self._refuse(number, "region")
        if one["outcome"] != Outcome.FAIL.word:
            raise self._refuse(number, "outcome")
        if not isinstance(group, bool):
            raise self._refuse(number, "group")
        kind = SubjectKind(one["entity"], group)
        listed = self.subjects.setdefault(kind, {})
        subject = (one["code"], one["name"], *(region.get(level, "") for level in REGION_LEVELS))
        row = listed.setdefault(subject, len(listed))
        key_ = RuleKey(one["standard"], one["rule"], one["entity"])
        if (key_, row) in self.seen:
            raise self._refuse(number, one["rule"], "baseline-twice")
        self.seen.add((key_, row))
        self.rules.setdefault((key_, kind), []).append((row, one))

    def baseline(self, day: date) -> Baseline:
        side = RunSide(self.path, day, (), {}, {}, {}, in_part=True)
        for kind, listed in self.subjects.items():
            about = group_of(kind.entity) if kind.group else known_by(self._about(kind.entity))
            codes, names, *places = zip(*listed, strict=True)
            named = [name or WHOLE for name in names] if kind.group and kind.entity not in REGION_LEVELS else names
            side.subjects[kind] = of_lists(about, codes, named, dict(zip(REGION_LEVELS, places, strict=True)))
        hashes = {}
        for (key, kind), entries in self.rules.items():
            side.verdicts[key] = _columns(key, kind, entries)
            hashes[key] = np.array([one["threshold_hash"] for _, one in entries], object)
        return Baseline(self.path, side, hashes)

    def _about(self, entity: str) -> Entity:
        return self.dictionary.entities.get(entity) or Entity(entity)


def _columns(key: RuleKey, kind: SubjectKind, entries: list[tuple[int, Mapping[str, Any]]]) -> RuleVerdicts:
    observed, required, short = (
        np.array([_ends(one[what]) for _, one in entries], np.float64).reshape(-1, 2) for what in _NUMBERS
    )
    return RuleVerdicts(
        key, kind, Text(), "", entries[0][1]["unit"], "", "",
        np.array([row for row, _ in entries], np.int32),
        np.full(len(entries), np.uint8(Outcome.FAIL)),
        observed[:, 0].copy(), observed[:, 1].copy(), required[:, 0].copy(), required[:, 1].copy(), short[:, 0].copy(),
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
