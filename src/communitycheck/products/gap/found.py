"""What was judged and what it needs: all that the formats of ``gap`` draw."""

from __future__ import annotations

from msgspec import Struct

from communitycheck.errors import ReturnError
from communitycheck.model.report import Report
from communitycheck.planning.budget import BudgetPlan
from communitycheck.planning.costs import Costs
from communitycheck.planning.needs import LeverNeed, Needs
from communitycheck.planning.projection import Projection


class FoundGap(Struct, frozen=True):
    """What was judged, and what it needs; ``levers`` are its levers with those whom a budget gives one that they lack
    nothing of today. ``level`` is that of the regions asked for, None is the widest that tells several apart. ``plan``
    is what a budget is spent on, where there is one and something to spend it on;
    ``projection`` says how the figures of another year were found, where they are not those of today."""

    report: Report
    needs: Needs
    levers: list[LeverNeed]
    level: str | None = None
    costs: Costs = Costs()
    plan: BudgetPlan | None = None
    projection: Projection | None = None

    @property
    def unread(self) -> list[ReturnError]:
        return self.report.unread

    @property
    def exit_code(self) -> int:
        """0; 2 where returns could not be read; 3 where something was not read, placed or asked."""
        return self.report.answer_code
