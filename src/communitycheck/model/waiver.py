"""Waivers: dated, reasoned, approved exceptions. The fail underneath stays visible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from communitycheck.model.address import Address

EXPIRING = timedelta(days=30)


class WaiverState(Enum):
    """Where a waiver stands on the day that is judged by."""

    ACTIVE = "active"
    EXPIRING = "expiring"  # holds for 30 days at most
    NO_END = "no_end"  # holds until somebody takes it out
    PENDING = "pending"
    EXPIRED = "expired"

    @property
    def holds(self) -> bool:
        return self in (WaiverState.ACTIVE, WaiverState.EXPIRING, WaiverState.NO_END)


class WaivedSubject(Struct, frozen=True):
    """Whom a waiver is for: a code, a name within a region, or all that a pattern of names or codes fits.

    ``region`` is written as people do: 沈阳市和平区, 沈阳市/和平区, 210102.
    """

    code: str = ""
    name: str = ""
    pattern: str = ""
    region: str = ""

    @property
    def words(self) -> str:
        """As it is written: 沈阳市和平区/甲社区, 210102001003."""
        return "/".join(part for part in (self.region, self.name or self.pattern or self.code) if part)


class Waiver(Struct, frozen=True):
    """One approved exception from a rule, of a standard where one is named. ``until`` is its last day."""

    rule: str
    subject: WaivedSubject
    reason: str
    approver: str
    document: str = ""
    start: date | None = None
    until: date | None = None
    remedy_by: date | None = None
    standard: str = ""
    line: int = 0

    @property
    def rule_words(self) -> str:
        return f"{self.rule}@{self.standard}" if self.standard else self.rule

    def state(self, day: date) -> WaiverState:
        if self.start is not None and day < self.start:
            return WaiverState.PENDING
        if self.until is None:
            return WaiverState.NO_END
        if day > self.until:
            return WaiverState.EXPIRED
        return WaiverState.EXPIRING if self.until - day <= EXPIRING else WaiverState.ACTIVE


class WaiverUse(Enum):
    """What a waiver found to waive."""

    FAILS = "fails"
    NOT_NEEDED = "not_needed"  # its subject was judged by its rule and does not fail
    NOT_A_FAIL = "not_a_fail"  # no data, not due and the like: nothing that a waiver could change
    COVERED = "covered"  # another waiver of the file stands before it
    NO_SUBJECT = "no_subject"  # its rule judged no such subject
    PLACE_UNKNOWN = "place_unknown"  # it judged one of that name of which nobody knows where it lies
    SEVERAL = "several"  # it fits several subjects, so that it waives none
    SEVERAL_STANDARDS = "several_standards"  # several standards judge its subject by a rule of that id
    NOT_JUDGED = "not_judged"  # its rule judged nobody in this run


class WaiverOutcome(Struct, frozen=True):
    """What became of a waiver in a run.

    Attributes:
        fails: the fails beneath it, which it waives where it holds.
        subjects: how many subjects it fits.
        near: the name most like one that was not found, the place that the returns give for one whose place is not
            certain, or the rule with one of the standards that have it.
    """

    waiver: Waiver
    state: WaiverState
    use: WaiverUse
    fails: int = 0
    subjects: int = 0
    near: str = ""

    @property
    def waived(self) -> int:
        return self.fails if self.state.holds else 0

    @property
    def word(self) -> str:
        """``unused`` where it holds and its subject was judged and does not need it, else the state by its days."""
        return "unused" if self.state.holds and self.use is WaiverUse.NOT_NEEDED else self.state.value


class WaiverFile(Struct, frozen=True):
    """The waivers of a file, in its order."""

    path: str
    sha256: str
    waivers: tuple[Waiver, ...]


class WaiversApplied(Struct, frozen=True):
    """A file of waivers, and what became of each in a run."""

    path: str
    sha256: str
    outcomes: Sequence[WaiverOutcome]

    def within(self, excused: Iterable[Waiver | OwnExplanation]) -> WaiversApplied:
        """Those by which some fails are excused, with the number of these."""
        fails = Counter(one.line for one in excused if isinstance(one, Waiver))
        found = [replace(one, fails=n) for one in self.outcomes if (n := fails[one.waiver.line])]
        return WaiversApplied(self.path, self.sha256, found)


class OwnExplanation(Struct, frozen=True):
    """What a return says itself of a fail, in its column of explanations, where the rule takes that."""

    reason: str
    at: Address | None = None
    cell: str = ""
