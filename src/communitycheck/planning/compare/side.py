"""One of two runs: its subjects and, by rule, its verdicts, in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from msgspec import Struct, field

from communitycheck.model.report import left_open
from communitycheck.model.result import Outcome
from communitycheck.model.returns import Notice
from communitycheck.model.table import Bytes, Floats, Ints, Table
from communitycheck.model.text import Text
from communitycheck.planning.compare.places import SubjectPlaces

NOWHERE = 255  # the outcome of a subject that a rule has no verdict on
NO_VERDICT = "no_verdict"
COLUMNS = ("outcome", "observed_lo", "observed_hi", "required_lo", "required_hi", "short")


def side_open(points: Mapping[str, int]) -> dict[str, int]:
    """Of the reasons for which a check is incomplete those that a comparison has to tell of a side; whether a side came
    to any answer is a question of its own."""
    return {cause: n for cause, n in left_open(points).items() if cause != "nothing-judged"}


def outcome_word(code: int) -> str:
    return NO_VERDICT if code == NOWHERE else Outcome(code).word


class RuleKey(NamedTuple):
    """A rule of a standard, for one kind of subject: that of its records, or the level of its groups."""

    standard: str
    rule: str
    entity: str


class SubjectKind(NamedTuple):
    """What subjects are: records of an entity, or groups of records at a level."""

    entity: str
    group: bool


class RuleVerdicts(Struct, eq=False):
    """The verdicts of one rule on subjects of one kind.

    Attributes:
        hash: of what the rule asks; empty where that is not known.
        direction: where better values lie, ``up`` or ``down``; empty where neither is better.
        rows: their subjects, in the side's table of that kind.
        short: by how much the limit was missed; NaN where it was not, or nobody knows.
        truth: what is observed is yes (1) or no (0).
        parts: of a report the numbers of the results that they are from, and how many are of each; ``places`` are
            theirs there.
    """

    key: RuleKey
    kind: SubjectKind
    title: Text
    severity: str
    unit: str
    hash: str
    direction: str
    rows: Ints
    outcome: Bytes
    observed_lo: Floats
    observed_hi: Floats
    required_lo: Floats
    required_hi: Floats
    short: Floats
    truth: bool = False
    parts: tuple[tuple[int, int], ...] = ()
    places: Ints = field(default_factory=lambda: np.zeros(0, np.int32))

    def spread(self, n: int) -> Ints:
        """For each of ``n`` subjects the place of its verdict; -1 where there is none."""
        found = np.full(n, -1, np.int32)
        found[self.rows] = np.arange(len(self.rows), dtype=np.int32)
        return found


class RunSide(Struct, eq=False):
    """One of two runs.

    Attributes:
        shown: what people call it: the paths that were given.
        standards: their ids and titles.
        subjects: by kind, everyone judged or listed, with what tells them apart.
        rules: (standard, rule) -> hash of what it asks, of every rule, also those that no column could answer.
        places: by kind, where those of its subjects stand that are records.
        in_part: it is a report of what did not pass: of all others nothing is known.
        unread: how many returns could not be read.
        open: why what was read does not tell all, apart from single verdicts, and how often.
        asked: the columns that rules wait for until somebody says what they are; a report does not tell them.
        stated: the last day of the latest period that its returns state.
    """

    shown: str
    day: date
    standards: tuple[tuple[str, str], ...]
    subjects: dict[SubjectKind, Table]
    verdicts: dict[RuleKey, RuleVerdicts]
    rules: dict[tuple[str, str], str]
    places: dict[SubjectKind, SubjectPlaces] = field(default_factory=dict)
    in_part: bool = False
    unread: int = 0
    open: dict[str, int] = field(default_factory=dict)
    asked: Sequence[Notice] = ()
    stated: date | None = None

    def is_later_than(self, other: RunSide) -> bool:
        """By the periods that they state; of one that states none by the day that it was judged by."""
        return (self.stated or self.day) > (other.stated or other.day)
