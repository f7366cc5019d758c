"""One verdict taken apart: the expressions with their values, the cells those came from, what would make it pass."""

from __future__ import annotations

from datetime import date
from enum import Enum

import numpy as np
from msgspec import Struct, field

from communitycheck.errors import ReturnError
from communitycheck.model.address import Address
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Node
from communitycheck.model.result import OUTCOMES, Outcome, RuleResult, Subject, Verdict
from communitycheck.model.returns import Notice
from communitycheck.model.scores.score import Score
from communitycheck.model.scores.score_result import ScoreResult
from communitycheck.model.standard import Limit, Rule, Standard
from communitycheck.model.subjects import Impossible
from communitycheck.model.table import Ints, State, among
from communitycheck.model.text import Text
from communitycheck.model.waiver import WaiversApplied

# A number, a truth, text, a range where only bounds are known; None where nothing is.
Value = float | bool | str | tuple[float, float] | None


class Worked(Struct, frozen=True, eq=False):
    """An expression worked out for one subject; each part stands for itself, however many are alike.

    ``parts`` are its operands, worked out likewise; a field, a parameter or an aggregate has none. ``unit`` is that
    of a field or parameter. ``void`` says why the question does not arise: ``zero-denominator`` or ``exempt``.
    """

    node: Node
    value: Value
    parts: tuple[Worked, ...] = ()
    unit: str = ""
    void: str = ""


class Input(Struct):
    """A field of the subject's record.

    ``value`` is in ``unit``. ``written`` is the text of the cell in the file (None where it is empty, or the file was
    not asked), left out where it names a person (``private``). ``factor`` turns a number written in the header's unit
    into the canonical one; ``intervals`` are the opening times that hours add up from. A field that no column
    carries has ``derived``, worked out from the fields in ``parts``. ``before`` is the field of the same subject one
    period before, where the rule asks for it. ``kind`` is the kind of region above that it is a field of; empty where
    it is the subject's own.
    """

    key: str
    value: Value
    state: State
    unit: str = ""
    at: Address | None = None
    header: str = ""
    factor: float = 1.0
    half_step: float | None = None
    written: str | None = None
    private: bool = False
    intervals: tuple[tuple[str, float], ...] = ()
    notices: list[Notice] = field(default_factory=list)
    derived: Worked | None = None
    parts: tuple[Input, ...] = ()
    before: Input | None = None
    kind: str = ""


class ParameterUsed(Struct, frozen=True):
    """A parameter with the value in force; ``since`` when, and ``following`` the next (from, value) to come.

    ``switch``: it chose between two readings and was worked into the expressions.
    """

    name: str
    value: float | None
    unit: str
    dimension: str | None
    clause: str
    layer: str
    note: Text
    since: date | None = None
    following: tuple[date, float] | None = None
    switch: bool = False


class Layer(Struct, frozen=True):
    """How one standard of the lineage, the rule's own first, words the rule."""

    standard: Standard
    rule: Rule


class Wanted(Struct, frozen=True):
    """A column that the return lacks, and headers that would be recognised."""

    key: str
    label: Text
    headers: tuple[str, ...] = ()


class Standing(Enum):
    """How one record counts towards its group's indicator."""

    AGAINST = "against"
    BLANK = "blank"
    FOR = "for"
    COUNTED = "counted"


class Member(Struct, frozen=True):
    """A record of a group. ``values`` has one for each aggregate; ``unmet`` are rules of ``meets`` it did not pass.

    ``troubled`` are its cells that give no value, ``unused`` the figures, one for each aggregate, that stand in such a
    cell and were taken out, and ``impossible`` why.
    """

    subject: Subject
    standing: Standing
    values: tuple[Value, ...]
    at: Address | None
    cells: tuple[str, ...]
    unmet: tuple[tuple[str, Outcome], ...] = ()
    troubled: tuple[tuple[str, State, str], ...] = ()
    unused: tuple[float | None, ...] = ()
    impossible: tuple[Impossible, ...] = ()


class Aggregate(Struct, frozen=True):
    """One ``share``, ``sum``, ``mean`` or ``count`` with what was counted."""

    node: Node
    value: Value
    numerator: tuple[float, float] | None
    denominator: float | None
    blanks: int


class Group(Struct):
    """The records behind a group's indicator.

    ``standings`` counts all of them, ``unsure`` those of them of which nobody knows whether they are in the rule's
    scope, ``outside`` those out of it, ``exempt`` those stated not to apply, ``again`` those of subjects that others
    count for; ``members`` lists at most ``MEMBERS``, those that count against
    first. ``recordwise``: each blank was bounded by its own record's other figure.
    """

    aggregates: tuple[Aggregate, ...]
    standings: dict[Standing, int]
    outside: int = 0
    exempt: int = 0
    members: list[Member] = field(default_factory=list)
    recordwise: bool = False
    again: int = 0
    unsure: int = 0


MEMBERS = 200


class Change(Struct, frozen=True):
    """One field as it is and as it would have to be. ``how`` is ``at-least``, ``at-most`` or ``exactly``."""

    key: str
    now: Value
    to: float | bool
    unit: str
    how: str


class Remedy(Struct, frozen=True):
    """A way to pass, tried out by judging again. ``kind``: ``fields`` (``changes``, all together), ``items`` (``items``
    to be named), ``records`` (``n`` more records have to count for it), ``blanks`` (of the blank records at least
    ``n`` have to) or ``total`` (``n`` more of the lever over the whole group).
    """

    kind: str
    observed: Value
    required: Value
    changes: tuple[Change, ...] = ()
    items: tuple[str, ...] = ()
    n: float | None = None
    key: str = ""
    unit: str = ""


class Explanation(Struct):
    """One verdict of one rule, taken apart. ``verdict`` is None where the rule was not checked as a whole.

    Attributes:
        expression: the indicator with its switches folded; ``required`` and ``upper`` likewise for the threshold.
        limits: all dated values of the threshold; ``limit`` is the one in force.
        slack: what ``equals`` allows the two sides to differ by.
        scope: the conditions of ``where`` that have to hold together; ``in_scope`` is None where that is unknown.
    """

    rule: Rule
    standard: Standard
    verdict: Verdict | None
    add_unit: str = ""
    expression: Worked | None = None
    required: Worked | None = None
    upper: Worked | None = None
    slack: float | None = None
    limits: tuple[Limit, ...] = ()
    limit: Limit | None = None
    where: Node | None = None
    scope: tuple[Worked, ...] = ()
    in_scope: bool | None = True
    inputs: list[Input] = field(default_factory=list)
    parameters: list[ParameterUsed] = field(default_factory=list)
    layers: list[Layer] = field(default_factory=list)
    group: Group | None = None
    items_present: tuple[str, ...] = ()
    remedies: list[Remedy] = field(default_factory=list)
    wanted: tuple[Wanted, ...] = ()
    error: str = ""


class Judged(Struct, frozen=True):
    """The answer of one rule for all its subjects, or for those at ``places``, which lie in one region."""

    result: RuleResult
    places: Ints

    def counts(self) -> dict[Outcome, int]:
        outcomes = self.result.outcome[self.places]
        return {one: int(np.count_nonzero(among(outcomes, one))) for one in OUTCOMES}

    @property
    def failing(self) -> int:
        """How many fail, or will when they are due."""
        return int(np.isin(self.result.missed, self.places).sum())

    def worst(self, most: int) -> list[int]:
        """Positions of those that do not pass, the largest relative shortfall first, what is not yet due last."""
        missed, outcome = self.result.missed, self.result.outcome
        if len(self.places) == len(self.result):
            fails = self.result.worst(most)
        else:
            inside = set(self.places.tolist())
            fails = [i for i in self.result.worst(len(missed)) if i in inside][:most]
        later = missed[among(outcome[missed], Outcome.NOT_DUE) & np.isin(missed, self.places)]
        return [*fails, *(int(i) for i in later[:most])]


class Explained(Struct):
    """What ``explain`` found.

    ``explanations`` are whole ones; where only a subject or only a rule was named, ``subject`` or ``judged`` says
    which, and the explanations are the short list (for a rule: of those that did not pass, the worst first).
    ``scores`` are the assessment sheets of the subject, with its place in them.
    ``waivers`` is what became of those that were given.
    ``region`` is the place that was named in place of a subject, in which the rule's subjects lie.
    """

    version: str
    as_of: date
    as_of_from: str
    standards: list[Standard]
    dictionary: Dictionary
    explanations: list[Explanation]
    subject: Subject | None = None
    judged: list[Judged] = field(default_factory=list)
    region: str = ""
    unread: list[ReturnError] = field(default_factory=list)
    waivers: WaiversApplied | None = None
    paths: tuple[str, ...] = ()
    scores: list[tuple[ScoreResult, int]] = field(default_factory=list)
    unscored: list[Score] = field(default_factory=list)

    @property
    def short(self) -> bool:
        """A list of verdicts, a line each."""
        return self.subject is not None or bool(self.judged)


__all__ = [
    "MEMBERS",
    "Aggregate",
    "Change",
    "Explained",
    "Explanation",
    "Group",
    "Input",
    "Judged",
    "Layer",
    "Member",
    "ParameterUsed",
    "Remedy",
    "Standing",
    "Value",
    "Wanted",
    "Worked",
]
