"""What ``conflicts`` found."""

from __future__ import annotations

from msgspec import Struct, field

from communitycheck.errors import ReturnError
from communitycheck.model.report import Report
from communitycheck.model.returns import Notice
from communitycheck.planning.conflicts.find_conflicts import ReturnConflicts


class FoundConflicts(Struct, frozen=True):
    """What each two returns say differently, and the report whose words it has.

    Attributes:
        left_out: rows, columns, sheets and returns that were held against nothing.
        why_none: why no two returns list a subject in common; empty where two do.
    """

    report: Report
    pairs: list[ReturnConflicts]
    left_out: list[Notice] = field(default_factory=list)
    why_none: list[Notice] = field(default_factory=list)

    @property
    def unread(self) -> list[ReturnError]:
        return self.report.unread

    @property
    def exit_code(self) -> int:
        """0; 1 where two returns say different things; 2 where one could not be read; 3 where none do so, but no two
        could be held against each other, something in them was held against nothing, or of some subjects nobody knows
        whether both list them."""
        if self.unread:
            return 2
        if any(one.count for one in self.pairs):
            return 1
        open_ = self.left_out or any(one.perhaps or one.unused for one in self.pairs)
        return 0 if any(one.compared for one in self.pairs) and not open_ else 3
