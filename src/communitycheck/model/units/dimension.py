"""What a number measures: a product of powers of a few atoms, each counted in one unit of its own.

An area is ``length ** 2``; opening hours are ``hours / days``; a share has no dimension at all.
"""

from __future__ import annotations

from msgspec import Struct

# Numbers of things: of different things, but each a plain number.
COUNTS = ("persons", "households", "items")


class Dimension(Struct, frozen=True):
    """Powers of atoms, by name, none of them zero."""

    powers: tuple[tuple[str, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.powers)

    def __mul__(self, other: Dimension) -> Dimension:
        return self._with(other, 1)

    def __truediv__(self, other: Dimension) -> Dimension:
        return self._with(other, -1)

    def _with(self, other: Dimension, sign: int) -> Dimension:
        powers = dict(self.powers)
        for atom, power in other.powers:
            powers[atom] = powers.get(atom, 0) + sign * power
        return Dimension(tuple(sorted((atom, power) for atom, power in powers.items() if power)))

    @property
    def is_single(self) -> bool:
        """It is of one atom, and not per anything: an area, a sum of money, persons."""
        return len(self.powers) == 1 and self.powers[0][1] > 0

    @property
    def is_count(self) -> bool:
        """A number of persons, households or things."""
        return len(self.powers) == 1 and self.powers[0][0] in COUNTS and self.powers[0][1] == 1

    @property
    def is_rate_of_counts(self) -> bool:
        """So many things of one kind to things of another."""
        return not self.without_counts and not sum(power for _, power in self.powers)

    @property
    def without_counts(self) -> Dimension:
        """What is left where every number of things is taken for a plain number."""
        return Dimension(tuple((atom, power) for atom, power in self.powers if atom not in COUNTS))


def of(**powers: int) -> Dimension:
    """``of(length=2)`` is an area."""
    return Dimension(tuple(sorted(powers.items())))


NONE = Dimension()
