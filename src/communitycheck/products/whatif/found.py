"""What was judged twice, and how many pass at every limit: all that the formats of ``whatif`` draw."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from communitycheck.errors import ReturnError
from communitycheck.model.report import Report
from communitycheck.model.rule import Rule
from communitycheck.planning.whatif.curve import LimitCurve
from communitycheck.planning.whatif.effects import RuleEffect
from communitycheck.planning.whatif.lever_effects import LeverEffect


class FoundCurve(Struct, frozen=True, eq=False):
    """The curve of one rule between two limits; an open end is that of the observed figures. ``now`` is the limit that
    is in force."""

    curve: LimitCurve
    low: float
    high: float
    now: float | None


class FoundWhatIf(Struct, frozen=True, eq=False):
    """What a reform changes.

    Attributes:
        changes: the options that say what is changed, as they were given.
        level: that of the regions asked for; None is the widest that tells several apart.
        rate: the share for which the limit is looked for.
        levers: what it takes, before and after.
        hanging: rules that ask for what the rule of a span says.
    """

    before: Report
    after: Report
    changes: Sequence[str]
    effects: list[RuleEffect]
    curves: list[FoundCurve] = field(default_factory=list)
    level: str | None = None
    rate: float | None = None
    levers: list[LeverEffect] = field(default_factory=list)
    hanging: list[Rule] = field(default_factory=list)

    @property
    def unread(self) -> list[ReturnError]:
        return self.before.unread

    @property
    def exit_code(self) -> int:
        """0; 2 where returns could not be read; 3 where something was not read, placed or asked."""
        return self.after.answer_code
