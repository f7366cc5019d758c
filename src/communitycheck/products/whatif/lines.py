"""Those who change side, one by one, the nearest to the new limit first."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from communitycheck.model.result import Verdict
from communitycheck.model.table import Ints
from communitycheck.planning.compare.changes import VerdictChange
from communitycheck.planning.whatif.effects import SIDES, RuleEffect

CHUNK = 2048


class SideLine(Struct, frozen=True):
    """One subject that changes side: the verdict on it by the rule as it is, and as it would be."""

    change: VerdictChange
    before: Verdict
    after: Verdict

    @property
    def cells(self) -> tuple[str, ...]:
        return self.after.cells or self.before.cells


def side_lines(effect: RuleEffect) -> Iterator[SideLine]:
    """Everybody, those who newly fail first."""
    for change in SIDES:
        yield from lines_of(effect, change, effect.changing(change))


def lines_of(effect: RuleEffect, change: VerdictChange, subjects: Ints) -> Iterator[SideLine]:
    """Some of those who change in one way."""
    for start in range(0, len(subjects), CHUNK):
        some = subjects[start : start + CHUNK]
        verdicts = zip(effect.before.verdicts(some), effect.after.verdicts(some), strict=True)
        yield from (SideLine(change, before, after) for before, after in verdicts)
