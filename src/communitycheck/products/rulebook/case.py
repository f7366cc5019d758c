"""One case of a rule: a few fields in, the expected outcome out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from communitycheck.checking.table_of_records import RecordValue
from communitycheck.errors import CommunityCheckError
from communitycheck.model.result import Outcome


@dataclass(frozen=True, slots=True)
class Case:
    """One case, and where it stands."""

    standard: str
    rule: str
    name: str
    records: tuple[Mapping[str, RecordValue], ...]
    expected: tuple[Outcome, ...]
    every: bool
    subjects: tuple[str, ...] = ()
    shortfall: float | None = None
    add: float | None = None
    parameters: Mapping[str, float | str] = field(default_factory=dict)
    as_of: date | None = None
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What a case gave. ``shows`` are the kinds of ``WANTED`` that it demonstrates."""

    case: Case
    found: tuple[Outcome, ...]
    shortfall: float | None
    add: float | None
    passed: bool
    shows: tuple[str, ...] = ()
    error: CommunityCheckError | None = None
