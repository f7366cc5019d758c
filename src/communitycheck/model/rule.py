"""A rule: our machine test of a clause, with the limit it holds an indicator against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Generic, Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from communitycheck.model.comparison import Comparison
from communitycheck.model.expression import Name, Node, Number, Truth
from communitycheck.model.expression.folding import Parameters, fold
from communitycheck.model.text import Text

Severity = Literal["mandatory", "expected", "advisory"]
SEVERITIES: tuple[Severity, ...] = ("mandatory", "expected", "advisory")


# What a rule's own message may name.
PLACEHOLDERS = ("name", "observed", "required", "shortfall")


class Limit(Struct, frozen=True):
    """One dated value of a threshold: an expression (most often a plain number)."""

    value: Node
    start: date | None = None
    clause: str = ""


class Threshold(Struct, frozen=True):
    """The limit an indicator is held against.

    ``limits`` are in order of their dates. ``upper`` is the second limit of a range; ``items`` are those of a list, of
    which the limit says how many are needed.
    """

    comparison: Comparison
    limits: tuple[Limit, ...] = ()
    upper: Node | None = None
    items: tuple[str, ...] = ()

    @property
    def items_needed(self) -> int:
        """How many of the items a list has to hold: all, unless the rule says fewer."""
        if not self.limits:
            return len(self.items)
        needed = self.limits[0].value
        assert isinstance(needed, Number)
        return int(needed.value)

    def at(self, day: date) -> Limit | None:
        """The limit in force on ``day``; None before the first."""
        current = None
        for limit in self.limits:
            if limit.start is None or limit.start <= day:
                current = limit
        return current

    def folded(self, parameter: Parameters) -> Threshold:
        """The threshold with parameters worked into its limits."""
        limits = tuple(replace(limit, value=fold(limit.value, parameter)) for limit in self.limits)
        return replace(self, limits=limits, upper=None if self.upper is None else fold(self.upper, parameter))


class RelativeTolerance(Struct, frozen=True):
    """Both sides may differ by a ``share`` of the limit."""

    share: float


T = TypeVar("T")
V = TypeVar("V", covariant=True)


class OfClass(Struct, Generic[V], frozen=True):
    """``value`` for the subjects that meet ``where``, of those that no earlier class has; None is all others."""

    where: Node | None
    value: V


def folded_classes(classes: Sequence[OfClass[T]], parameter: Parameters) -> tuple[OfClass[T], ...]:
    """The classes with parameters worked into their conditions."""
    return tuple(one if one.where is None else replace(one, where=fold(one.where, parameter)) for one in classes)


# What loads but is better written otherwise, for lint: code, key, values.
Remark = tuple[str, str, Mapping[str, object]]


class Rule(Struct, frozen=True, eq=False):
    """Our machine test of a clause.

    Attributes:
        applies_to: the kind of subject whose records are read.
        where: which of them are in scope; None is all.
        by: group levels (``county``, ``city``...); empty judges each record.
        indicator: the number or truth judged; None for a manual rule.
        unit: canonical unit of the indicator; ``dimension`` likewise.
        tolerance: slack of ``equals``, absolute or of the limit; ``printed`` takes it from the digits that the return
            prints, None is no slack beyond the noise of arithmetic.
        plausible: range of the indicator outside of which the data, not the subject, is at fault.
        lever: the field by which a shortfall is closed.
        severity: how binding it is; where that hangs on the class (``severities``), the strictest of them.
        due: the day by which it has to be met; where that hangs on the class (``dues``), the earliest of them.
        layer: id of the standard that set this version of the rule.
        message: what a fail says in place of our sentence, with ``PLACEHOLDERS`` in braces; ``advice`` comes after it.
        explainable: whether a fail that the return explains in its column of explanations is excused.
        manual: why it cannot be judged from a return.
        entries: catalogue entries that the rule encodes, restatements included.
        remarks: what is better written otherwise.
        line: where it stands in its file.
    """

    id: str
    standard: str
    title: Text
    clause: str
    applies_to: str
    severity: Severity
    where: Node | None = None
    by: tuple[str, ...] = ()
    indicator: Node | None = None
    threshold: Threshold | None = None
    unit: str = ""
    dimension: str | None = None
    tolerance: float | Literal["printed"] | RelativeTolerance | None = None
    plausible: tuple[float | None, float | None] | None = None
    lever: str | None = None
    due: date | None = None
    severities: tuple[OfClass[Severity], ...] = ()
    dues: tuple[OfClass[date], ...] = ()
    note: Text = Text()
    message: Text | None = None
    advice: Text | None = None
    explainable: bool = False
    layer: str = ""
    manual: Text | None = None
    entries: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    file: str = ""
    line: int = 0

    @property
    def mended_by(self) -> str:
        """The field that closes a shortfall: its lever, else the one field that its indicator is; empty where there is
        none."""
        return self.lever or (self.indicator.name if isinstance(self.indicator, Name) else "")

    @property
    def judged(self) -> list[Node]:
        """Indicator, every dated limit and the upper limit, as far as there are such."""
        held = self.threshold
        limits = [] if held is None else [*(limit.value for limit in held.limits), held.upper]
        return [node for node in (self.indicator, *limits) if node is not None]

    @property
    def class_conditions(self) -> list[Node]:
        """By what the subjects are told apart for whom severity or deadline differ."""
        return [one.where for one in (*self.severities, *self.dues) if one.where is not None]

    @property
    def expressions(self) -> list[Node]:
        """Every expression of the rule: scope, what is judged, and classes."""
        return [*([] if self.where is None else [self.where]), *self.judged, *self.class_conditions]

    @property
    def least_severity(self) -> Severity:
        """The mildest that it is for anybody."""
        return max((one.value for one in self.severities), key=SEVERITIES.index, default=self.severity)

    @property
    def days_due(self) -> list[date]:
        """Every day that is a deadline for somebody, each once."""
        days = [one.value for one in self.dues] or ([] if self.due is None else [self.due])
        return sorted(set(days))

    @property
    def last_due(self) -> date | None:
        """The latest day that anybody has; None where it is due at once for all."""
        return max(self.days_due, default=None)

    def folded(self, parameter: Parameters) -> Rule:
        """The rule as it is judged: parameters worked into scope, indicator and threshold."""
        where = None if self.where is None else fold(self.where, parameter)
        return replace(
            self,
            where=None if where == Truth(True) else where,
            indicator=None if self.indicator is None else fold(self.indicator, parameter),
            threshold=None if self.threshold is None else self.threshold.folded(parameter),
            severities=folded_classes(self.severities, parameter),
            dues=folded_classes(self.dues, parameter),
        )
