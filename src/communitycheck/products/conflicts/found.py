"""What ``conflicts`` found."""

from __future__ import annotations

from dataclasses import dataclass

from communitycheck.errors import ReturnError
from communitycheck.model.report import Report
from communitycheck.planning.conflicts import ReturnConflicts


@dataclass(frozen=True, slots=True)
class FoundConflicts:
    """What each two returns say differently, and the report whose words it has."""

    report: Report
    pairs: list[ReturnConflicts]

    @property
    def unread(self) -> list[ReturnError]:
        return self.report.unread

    @property
    def exit_code(self) -> int:
        """0; 1 where two returns say different things; 2 where one could not be read; 3 where none do so, but no two
        could be held against each other, or of some subjects nobody knows whether both list them."""
        if self.unread:
            return 2
        if any(one.count for one in self.pairs):
            return 1
        whole = any(one.compared for one in self.pairs) and not any(one.perhaps for one in self.pairs)
        return 0 if whole else 3
