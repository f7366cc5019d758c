"""What has to be added under the rules as they are and as they would be, lever by lever: what a reform takes."""

from __future__ import annotations

from msgspec import Struct

from communitycheck.model.dictionary import Field
from communitycheck.planning.costs import Costs, Money, money_of
from communitycheck.planning.needs import LeverNeed, Needs
from communitycheck.planning.regions import RegionNeed, whole_need

_NOTHING = RegionNeed("", (), 0, 0, 0, 0.0, 0.0, 0)


class LeverEffect(Struct, frozen=True, eq=False):
    """One lever of one kind of subject: what all of them together need before and after, and what that costs with the
    cheapest method (None without a price)."""

    entity: str
    lever: Field
    standard: str
    before: RegionNeed
    after: RegionNeed
    cost_before: Money | None
    cost_after: Money | None

    @property
    def comparable(self) -> bool:
        """Whether the two sums are of the same: not where an amount helps somebody on one side alone."""
        return self.before.none == self.after.none

    @property
    def more(self) -> float | None:
        """What is needed for certain beyond what was; None where the two are not to be compared."""
        if not self.comparable:
            return None
        return round(self.after.least - self.before.least, 4)

    @property
    def cost_more(self) -> float | None:
        if self.cost_before is None or self.cost_after is None or not self.comparable:
            return None
        return round(self.cost_after.least - self.cost_before.least, 2)


def lever_effects(before: Needs, after: Needs, costs: Costs) -> list[LeverEffect]:
    """Every lever that somebody needs more of, before or after."""
    one, other = _by_lever(before), _by_lever(after)
    return [_effect(one.get(key, []), other.get(key, []), costs) for key in dict.fromkeys([*other, *one])]


def _by_lever(needs: Needs) -> dict[tuple[str, str], list[LeverNeed]]:
    """The needs by kind of subject and lever; standards have tables of their own."""
    found: dict[tuple[str, str], list[LeverNeed]] = {}
    for need in needs.levers:
        found.setdefault((need.table.entity, need.lever.key), []).append(need)
    return found


def _effect(was: list[LeverNeed], now: list[LeverNeed], costs: Costs) -> LeverEffect:
    some = (now or was)[0]
    before, after = _sum(was), _sum(now)
    price = costs.cheapest(some)
    money = [None if price is None else money_of(one, price.price) for one in (before, after)]
    return LeverEffect(
        some.table.entity, some.lever, some.parts[0].rule.standard, before, after, money[0], money[1]
    )  # fmt: skip


def _sum(needs: list[LeverNeed]) -> RegionNeed:
    found = _NOTHING
    for one in map(whole_need, needs):
        found = RegionNeed(
            "", (), found.short + one.short, found.open + one.open, found.none + one.none,
            round(found.least + one.least, 4), round(found.most + one.most, 4), found.unbounded + one.unbounded,
        )  # fmt: skip
    return found
