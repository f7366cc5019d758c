"""What was judged and what it needs: all that the formats of ``gap`` draw."""

from __future__ import annotations

from dataclasses import dataclass

from communitycheck.errors import ReturnError
from communitycheck.model.report import Report
from communitycheck.planning.budget import BudgetPlan
from communitycheck.planning.costs import Costs
from communitycheck.planning.needs import LeverNeed, Needs
from communitycheck.planning.projection import Projection


@dataclass(frozen=True, slots=True)
class FoundGap:
    """What was judged, and what it needs; ``level`` is that of the regions asked for, None is the widest that tells
    several apart. ``plan`` is what a budget is spent on, where there is one and something to spend it on,
    ``given`` the needs with whom it gives more than they lack today;
    ``projection`` says how the figures of another year were found, where they are not those of today."""

    report: Report
    needs: Needs
    level: str | None = None
    costs: Costs = Costs()
    plan: BudgetPlan | None = None
    given: tuple[LeverNeed, ...] = ()
    projection: Projection | None = None

    @property
    def levers(self) -> list[LeverNeed]:
        """What single subjects need, with what the budget gives."""
        return list(self.given) if self.plan is not None else self.needs.levers

    @property
    def unread(self) -> list[ReturnError]:
        return self.report.unread
