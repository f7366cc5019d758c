"""The least amount with which something passes, and the proof that one step less does not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from communitycheck.model.dictionary import Field
from communitycheck.model.table import Bools, Floats, Ints

# Whether each of the subjects at these places passes with so much more.
Passes = Callable[[Ints, Floats], Bools]
# For the subjects at these places a better guess than this one.
Refine = Callable[[Ints, Floats], Floats]

FAR = 1e8  # further than anybody looks, and near enough that a share that only draws near its limit still misses it
WHOLE = ("int", "count", "truth", "times", "days")
_NOISE = 1e-9  # of a step, or relative to an amount of very many


def step_of(field: Field) -> float:
    """In which steps people add: whole numbers of what is counted, else hundredths, of shares in hundredths of 1 %."""
    return 1.0 if field.type in WHOLE else 0.0001 if field.type == "share" else 0.01


def least_addition(
    passes: Passes, guess: Floats, step: float, farthest: Floats, refine: Refine | None = None
) -> Floats:
    """For each subject, none of which passes as it is, the least number of steps with which it does; NaN where it does
    not even with ``farthest``.

    Where the guess is right, one look at it and one just below are the whole work. Else the amount is doubled until it
    passes, and closed in on; so more must not be worse than less. Where what was guessed passes and is less than the
    next whole step (17,654.022), or no whole number of steps passes, it is taken as it is.
    """
    search = _Steps(passes, step, np.floor(farthest / step * (1 + _NOISE) + _NOISE))
    every = np.arange(len(guess), dtype=np.int32)
    search.look_around(every[search.most >= 1], guess)
    alone = np.full(len(guess), np.nan)
    known = np.isfinite(guess) & (guess > 0) & (guess <= farthest)
    between = (np.round(guess, 4) == guess) & (guess > search.low * step) & (guess < np.round(search.high * step, 4))
    off = _picked(known & (np.isnan(search.high) | (between if step < 1 else False)))
    if len(off):
        alone[off] = np.where(passes(off, guess[off]), guess[off], np.nan)
    search.give_up(np.isnan(alone))
    if refine is not None and len(left := _picked(search.wide & np.isnan(alone))):
        better = np.full(len(guess), np.nan)
        better[left] = refine(left, guess[left])
        search.look_around(left[np.isfinite(better[left])], better)
    search.close_in(np.isnan(alone))
    return np.where(np.isnan(alone), np.round(search.high * step, 4), alone)


class _Steps:
    """Numbers of steps: the most that are known not to suffice, the least that are known to (NaN: none yet)."""

    def __init__(self, passes: Passes, step: float, most: Floats) -> None:
        self.passes, self.step, self.most = passes, step, most
        self.low, self.high = np.zeros(len(most)), np.full(len(most), np.nan)

    @property
    def wide(self) -> Bools:
        """Where more than one number of steps may be the least."""
        wide: Bools = np.where(np.isfinite(self.high), self.high - self.low > 1, self.low < self.most)
        return wide

    def look_around(self, places: Ints, guess: Floats) -> None:
        """Try the whole number of steps from a guess on, one less where that passes and one more where it does not."""
        known = np.isfinite(guess) & (guess > 0)
        first = np.ceil(np.where(known, guess, 0.0) / self.step * (1 - _NOISE) - _NOISE)
        first = np.clip(first, np.minimum(self.low + 1, self.most), self.most)
        self._try(places, first)
        met = np.isfinite(self.high[places])
        less, more = places[met], places[~met & known[places]]
        self._try(less[self.high[less] - self.low[less] > 1], self.high - 1)
        self._try(more[self.low[more] < self.most[more]], self.low + 1)

    def give_up(self, wanted: Bools) -> None:
        """Those that the most does not help are known at once."""
        left = _picked(np.isnan(self.high) & wanted & (self.low < self.most))
        self._try(left, self.most)
        self.high[left] = np.nan

    def close_in(self, wanted: Bools) -> None:
        while len(left := _picked(np.isnan(self.high) & wanted & (self.low < self.most))):
            self._try(left, np.minimum(np.maximum(2 * self.low, 1.0), self.most))
        while len(left := _picked(np.isfinite(self.high) & (self.high - self.low > 1))):
            self._try(left, np.floor((self.low + self.high) / 2))

    def _try(self, places: Ints, tried: Floats) -> None:
        """Look at so many steps each, and keep what that tells."""
        if not len(places):
            return
        met = self.passes(places, np.round(tried[places] * self.step, 4))
        self.high[places[met]], self.low[places[~met]] = tried[places[met]], tried[places[~met]]


def _picked(chosen: Bools) -> Ints:
    return np.flatnonzero(chosen).astype(np.int32)
