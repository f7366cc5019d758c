"""One case of a rule: a few fields in, the expected outcome out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from communitycheck.checking.table_of_records import RecordValue
from communitycheck.errors import CommunityCheckError
from communitycheck.model.result import Outcome
from communitycheck.products.rulebook.score_cases import Bounds, Mark

__all__ = ["Bounds", "Case", "CaseResult"]


class Case(Struct, frozen=True):
    """One case, and where it stands. ``beside`` are records of other kinds that the rule looks at, by their kind.

    A case of an assessment sheet has a ``mark`` in place of outcomes; ``rule`` is then the id of the sheet.
    """

    standard: str
    rule: str
    name: str
    records: tuple[Mapping[str, RecordValue], ...]
    expected: tuple[Outcome, ...]
    every: bool
    beside: Mapping[str, tuple[Mapping[str, RecordValue], ...]] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    shortfall: float | None = None
    add: float | None = None
    mark: Mark | None = None
    parameters: Mapping[str, float | str] = field(default_factory=dict)
    as_of: date | None = None
    file: str = ""
    line: int = 0
    number: int = 0  # its place in the file, from 0


class CaseResult(Struct, frozen=True):
    """What a case gave.

    ``observed`` and ``required`` are those of the first subject with another outcome than expected, or else of the
    first; ``shows`` are the kinds of ``WANTED`` that the case demonstrates, of a sheet the ids of its items.
    ``marks`` are the scores of its subjects.
    """

    case: Case
    found: tuple[Outcome, ...]
    shortfall: float | None
    add: float | None
    passed: bool
    observed: Bounds | None = None
    required: Bounds | None = None
    unit: str = ""
    shows: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    error: CommunityCheckError | None = None
