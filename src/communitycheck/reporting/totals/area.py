"""One area of a report: a region, or one subject, with what it has met, missed and has to mend."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field

from communitycheck.model.address import Address
from communitycheck.model.result import RuleResult, Subject


@dataclass(frozen=True, slots=True)
class Missed:
    """Fails of one rule in one area, waived ones left out. ``amount`` is None where amounts do not add up."""

    result: RuleResult
    count: int
    amount: float | None
    unit: str


@dataclass(slots=True)
class Trouble:
    """Cells of one area that gave no value: their state, or the reason, the field to blame, and a few of them."""

    code: str
    key: str
    standard: str
    count: int
    at: list[tuple[Address | None, tuple[str, ...]]] = field(default_factory=list)


@dataclass(slots=True)
class Area:
    """Passed, failed, waived and undecided count verdicts of binding rules on single subjects; ``advisory`` those that
    advisory rules found short. ``path`` is empty for several areas together, and its last name for an area without one.
    ``needs`` is what closes all fails, by field: of several rules that ask a subject for the same field the largest
    amount counts. ``groups`` are fails of indicators of the whole region.
    """

    subjects: int
    passed: int
    failed: int
    waived: int
    undecided: int
    advisory: int
    to_mend: int
    _: KW_ONLY
    needs: dict[str, float]
    path: tuple[str, ...] = ()
    subject: Subject | None = None
    missed: list[Missed] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    groups: list[tuple[RuleResult, int]] = field(default_factory=list)

    @property
    def judged(self) -> int:
        return self.passed + self.failed

    def less(self, others: list[Area]) -> Area:
        """What is left of a total without ``others``."""
        counts = (getattr(self, name) - sum(getattr(a, name) for a in others) for name in COUNTS)
        needs = {key: n - sum(a.needs.get(key, 0.0) for a in others) for key, n in self.needs.items()}
        return Area(*counts, needs=needs)


COUNTS = ("subjects", "passed", "failed", "waived", "undecided", "advisory", "to_mend")
