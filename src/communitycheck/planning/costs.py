"""What additions cost, by a price for each lever and method. Without a price there is no money."""

from __future__ import annotations

from msgspec import Struct

from communitycheck.model.text import Text
from communitycheck.planning.needs import LeverNeed
from communitycheck.planning.regions import RegionNeed


class Price(Struct, frozen=True):
    """One method to add to a lever: ``price`` once and ``running`` each year (None where none is given), in yuan for
    one unit of the lever."""

    lever: str
    method: Text
    price: float
    running: float | None = None


class Money(Struct, frozen=True):
    """Between two amounts of yuan; ``most`` counts in what is not known."""

    least: float
    most: float


class Costs(Struct, frozen=True):
    prices: tuple[Price, ...] = ()

    def of(self, lever: str) -> list[Price]:
        """The methods for a lever, the cheapest first."""
        return sorted((one for one in self.prices if one.lever == lever), key=lambda one: one.price)

    def cheapest(self, need: LeverNeed) -> Price | None:
        return next(iter(self.of(need.lever.key)), None)


def money_for(least: float, most: float, price: float) -> Money:
    """What additions between ``least`` and ``most`` cost, to the fen; ``most`` may be infinite."""
    return Money(round(least * price, 2), round(most * price, 2))


def money_of(one: RegionNeed, price: float) -> Money:
    """What the additions of a region cost; ``most`` is infinite where some have no upper end."""
    return money_for(one.least, float("inf") if one.unbounded else one.most, price)
