"""The least amount with which something passes, and the proof that one step less does not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from communitycheck.model.dictionary import Field
from communitycheck.model.table import Bools, Floats, Ints

# Whether each of the subjects at these places passes with so much more.
Passes = Callable[[Ints, Floats], Bools]

FAR = 1e8  # further than anybody looks, and near enough that a share that only draws near its limit still misses it
_WHOLE = ("int", "count", "truth", "times", "days")
_NOISE = 1e-9  # of a step, or relative to an amount of very many


def step_of(field: Field) -> float:
    """In which steps people add: whole numbers of what is counted, else hundredths, of shares in hundredths of 1 %."""
    return 1.0 if field.type in _WHOLE else 0.0001 if field.type == "share" else 0.01


def least_addition(passes: Passes, guess: Floats, step: float, farthest: Floats) -> Floats:
    """For each subject, none of which passes as it is, the least number of steps with which it does; NaN where it does
    not even with ``farthest``.

    Where the guess is right, one look at it and one just below are the whole work. Else the amount is doubled until it
    passes, and closed in on; so more must not be worse than less. Where a single amount passes that is no whole number
    of steps, and was guessed, it is taken as it is.
    """
    n, every = len(guess), np.arange(len(guess), dtype=np.int32)
    most = np.floor(farthest / step * (1 + _NOISE) + _NOISE)
    low, high, alone = np.zeros(n), np.full(n, np.nan), np.full(n, np.nan)
    known = np.isfinite(guess) & (guess > 0)
    first = np.where(known, np.ceil(np.where(known, guess, 0.0) / step * (1 - _NOISE) - _NOISE), 1.0)
    first = np.clip(first, 1.0, np.maximum(most, 0.0))
    _narrow(every[most >= 1], first, passes, low, high, step)
    _narrow(_picked(np.isfinite(high) & (high - low > 1)), high - 1, passes, low, high, step)
    off = _picked(np.isnan(high) & known & (guess <= farthest))
    if len(off):
        alone[off[passes(off, guess[off])]] = guess[off[passes(off, guess[off])]]
    left = _picked(np.isnan(high) & np.isnan(alone) & (low < most))
    if len(left):  # most that no amount helps are known at once
        _narrow(left, most, passes, low, high, step)
        high[left] = np.nan
    while len(left := _picked(np.isnan(high) & np.isnan(alone) & (low < most))):
        _narrow(left, np.minimum(np.maximum(2 * low, 1.0), most), passes, low, high, step)
    while len(left := _picked(np.isfinite(high) & (high - low > 1))):
        _narrow(left, np.floor((low + high) / 2), passes, low, high, step)
    return np.where(np.isnan(alone), np.round(high * step, 4), alone)


def _narrow(places: Ints, tried: Floats, passes: Passes, low: Floats, high: Floats, step: float) -> None:
    """Look at so many steps each, and keep what that tells."""
    if not len(places):
        return
    met = passes(places, np.round(tried[places] * step, 4))
    high[places[met]], low[places[~met]] = tried[places[met]], tried[places[~met]]


def _picked(chosen: Bools) -> Ints:
    return np.flatnonzero(chosen).astype(np.int32)
