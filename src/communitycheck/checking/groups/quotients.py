"""One sum over a group divided by another, with blanks and records that may or may not count kept as bounds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec import Struct

from communitycheck.checking.groups.so_far import RowColumns
from communitycheck.model.expression import values as v
from communitycheck.model.expression.values import Num
from communitycheck.model.table import Bools, Floats, Ints

# By how much, relative to it, an end lies off that is not reached.
_HAIR = 1e-8


class Terms(Struct):
    """The argument of an aggregate: its bounds in each record, where it is blank, and who counts or may count.
    ``differ`` marks subjects of which several records say different things."""

    low: Floats
    high: Floats
    blank: Bools
    inside: Bools
    doubtful: Bools
    differ: Bools | None = None


class Quotient(Struct):
    """The two sums over those who certainly count, and record by record what those add who may count.

    ``codes`` says to which group each of these belongs. ``open_`` are groups with records of which neither figure is
    known, but that their quotient lies in ``within``: as large as they may be, they pull the whole to either end of it.
    """

    above: Num
    below: Num
    doubtful_above: Num
    doubtful_below: Num
    codes: Ints
    open_: Bools | None = None
    within: tuple[float, float] = (0.0, np.inf)

    def value(self, more_above: Floats | float = 0.0, more_below: Floats | float = 0.0) -> Num:
        """The quotient for each group, with something added to the sums."""
        known = self._of_known(more_above, more_below)
        if self.open_ is None:
            return known
        nothing = np.isnan(known.lo)
        least, most = self.within
        low = np.where(self.open_, np.where(nothing, least, np.minimum(known.lo, least)), known.lo)
        # An end that is drawn near but never reached while one record lies off it.
        high = np.where(self.open_, np.where(nothing, most, np.maximum(known.hi, most * (1 - _HAIR))), known.hi)
        na = None if known.na is None else np.where(self.open_, np.uint8(0), known.na)
        return Num(low, high, na)

    def _of_known(self, more_above: Floats | float, more_below: Floats | float) -> Num:
        above, below = _plus(self.above, more_above), _plus(self.below, more_below)
        certain = v.divide(above, below)
        if not len(self.codes):
            return certain
        touched = np.bincount(self.codes, minlength=len(above.lo)) > 0
        x, y = self.doubtful_above, self.doubtful_below
        high = self._most(above.hi, below, x.hi)
        low = -self._most(-above.lo, below, -x.lo)
        # Where all that is divided by may be nothing, or may be below it, nobody knows what comes out.
        least = below.lo + np.bincount(self.codes, weights=np.minimum(y.lo, 0.0), minlength=len(below.lo))
        low, high = (np.where(least > 0, end, np.nan) for end in (low, high))
        na = None if certain.na is None else np.where(touched, np.uint8(0), certain.na)
        return Num(np.where(touched, low, certain.lo), np.where(touched, high, certain.hi), na)

    def _most(self, above: Floats, below: Num, x: Floats) -> Floats:
        """The largest quotient, where what is divided by is above 0: with those counted in who raise it.

        What is divided by is as small as may be while the quotient is above 0, and as large as may be below it. Each
        round takes those that lie beyond the quotient of the round before, until it moves no more.
        """
        n, codes, y = len(above), self.codes, self.doubtful_below
        boundless = np.bincount(codes, weights=x == np.inf, minlength=n) > 0
        with v.unknown_numbers():
            end = above / np.where(above >= 0, below.lo, below.hi)
            for _ in range(2 * len(codes) + 2):
                level = end[codes]
                part = np.where(level >= 0, y.lo, y.hi)
                pulls = x - level * part > 0
                some = codes[pulls]
                top = above + np.bincount(some, weights=x[pulls], minlength=n)
                base = np.where(end >= 0, below.lo, below.hi)
                moved = top / (base + np.bincount(some, weights=part[pulls], minlength=n))
                further = ~boundless & (moved > end)
                if not further.any():
                    break
                end = np.where(further, moved, end)
        found: Floats = np.where(boundless, np.inf, end)
        return found


def quotient(
    x: Terms,
    y: Terms,
    codes: Ints,
    total: Callable[[Floats, str], Floats],
    plausible: tuple[float | None, float] | None,
    held: Callable[[RowColumns], RowColumns] | None = None,
) -> Quotient:
    """``sum(x) / sum(y)`` over those that both sides can be asked of.

    Args:
        codes: the group of each record, -1 for none.
        total: sums up a column by groups; the word says which it is.
        plausible: the range of x / y in each record: a blank x is bounded by its own y, and the reverse, where y is not
            negative.
        held: adds those that may count of the records before, where they come some at a time.
    """
    inside, doubtful = both(x, y)
    doubtful &= codes >= 0
    open_, within = None, (0.0, np.inf)
    if plausible is not None:
        within = _stated(plausible, x, inside | doubtful)
        # Records that come later may be below 0: of such a range only all of them tell.
        assert held is None or plausible[0] is not None or within[0] == 0, "a range that is open below"
        x, y = _narrowed(x, y, inside | doubtful, *within)
        neither = x.blank & y.blank & (y.low >= 0) & (inside | doubtful)
        if held is not None or neither.any():
            open_ = total(neither.astype(np.float64), "neither") > 0
            inside, doubtful = inside & ~neither, doubtful & ~neither
    places = np.flatnonzero(doubtful)
    ends = [total(np.where(inside, end, 0.0), what) for end, what in ((x.low, "above"), (y.low, "below"))]
    exact = held is None and x.high is x.low and y.high is y.low
    above, below = Num(ends[0], ends[0]), Num(ends[1], ends[1])
    if not exact:
        above, below = (
            Num(ends[0], total(np.where(inside, x.high, 0.0), "most above")),
            Num(ends[1], total(np.where(inside, y.high, 0.0), "most below")),
        )
        if held is not None and np.array_equal([above.lo, below.lo], [above.hi, below.hi], equal_nan=True):
            above, below = Num(ends[0], ends[0]), Num(ends[1], ends[1])
    few: RowColumns = (codes[places], x.low[places], x.high[places], y.low[places], y.high[places])
    codes, x_low, x_high, y_low, y_high = few if held is None else held(few)
    return Quotient(above, below, Num(x_low, x_high), Num(y_low, y_high), codes, open_, within)


def both(x: Terms, y: Terms) -> tuple[Bools, Bools]:
    """Who counts on both sides, and who may."""
    inside = x.inside & y.inside
    return inside, (x.inside | x.doubtful) & (y.inside | y.doubtful) & ~inside


def _stated(plausible: tuple[float | None, float], x: Terms, among: Bools) -> tuple[float, float]:
    """The range of the quotient in each record; what is not negative by nature gives none below 0."""
    least, most = plausible
    if least is None:
        least = 0.0 if (x.low[among] >= 0).all() else -np.inf
    return least, most


def _narrowed(x: Terms, y: Terms, among: Bools, least: float, most: float) -> tuple[Terms, Terms]:
    """Bounds of blanks that the figure beside them leaves, where their quotient lies between ``least`` and ``most``."""
    no_x, no_y = x.blank & ~y.blank & (y.low >= 0) & among, y.blank & ~x.blank & (y.low >= 0) & among
    if no_x.any():
        with v.unknown_numbers():  # where nothing is known of the figure beside, either
            low, high = x.low, np.where(no_x, np.minimum(x.high, most * (y.high if most >= 0 else y.low)), x.high)
            if least > -np.inf:
                low = np.where(no_x, np.maximum(low, least * (y.low if least >= 0 else y.high)), low)
        x = Terms(low, high, x.blank, x.inside, x.doubtful, x.differ)
    if no_y.any() and most > 0:
        low = np.where(no_y, np.maximum(y.low, x.low / most), y.low)
        high = np.where(no_y, np.minimum(y.high, x.high / least), y.high) if least > 0 else y.high
        y = Terms(low, high, y.blank, y.inside, y.doubtful, y.differ)
    return x, y


def _plus(total: Num, more: Floats | float) -> Num:
    if isinstance(more, float):
        return total
    low = total.lo + more
    return Num(low, low if total.exact else total.hi + more)
