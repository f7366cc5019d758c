"""Pairs out of thousands of rules over one indicator: who says something new, found row by row.

Of plain rules (``plain_rules``) only one pair of each kind is looked at by ``check_pair``; a kind is told by how the
sets of the two lie to each other, worked out for a whole row at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

import numpy as np

from communitycheck.standards.lint.plain_rules import BITS, PlainRule
from communitycheck.standards.lint.reasoning.sets import Domain, Interval, Reals, Texts

Array = np.ndarray[Any, Any]
# How the second of a pair lies to the first: bit by bit.
_MEET, _WITHIN, _AROUND = 1, 2, 4


class _Intervals:
    """The sets that many rules ask of one variable, as intervals; without a demand every value will do."""

    def __init__(self, domains: Sequence[Domain | None], ranks: dict[str, int]) -> None:
        ends = [_interval(one, ranks) for one in domains]
        self.low = np.array([(e.low, 0.0 if e.low_in else 1.0) for e in ends])
        self.high = np.array([(e.high, 0.0 if e.high_in else -1.0) for e in ends])

    def lie(self, i: int, js: Array) -> Array:
        low, high = self.low[js], self.high[js]
        meet = _at_most(self.low[i], high) & _at_most(low, self.high[i])
        within = _at_most(self.low[i], low) & _at_most(high, self.high[i])
        around = _at_most(low, self.low[i]) & _at_most(self.high[i], high)
        return _bits(meet, within, around)


class _WordSets:
    """The same for words, as bits of a whole number; the last stands for every word that no rule names."""

    def __init__(self, domains: Sequence[Domain | None], ranks: dict[str, int]) -> None:
        every = (1 << (len(ranks) + 1)) - 1
        self.sets = np.array([_mask(one, ranks, every) for one in domains], dtype=np.int64)

    def lie(self, i: int, js: Array) -> Array:
        mine, other = self.sets[i], self.sets[js]
        return _bits((mine & other) != 0, (other & ~mine) == 0, (mine & ~other) == 0)


class PairTable:
    """How plain rules over one indicator lie to each other."""

    def __init__(self, rules: Sequence[PlainRule]) -> None:
        likenesses: dict[tuple[object, ...], int] = {}
        self.likeness = np.array([likenesses.setdefault(r.likeness, len(likenesses)) for r in rules], dtype=np.int64)
        self._demands = _Intervals([r.demand for r in rules], {})
        self._fields = [tuple(r.scope) for r in rules]
        self._asked = {
            name: _variable([r.scope.get(name) for r in rules]) for name in {n for r in rules for n in r.scope}
        }
        self._count = np.array([len(r.scope) for r in rules])
        self._asks = {name: np.array([name in r.scope for r in rules]) for name in self._asked}

    def kinds(self, i: int, js: Array) -> Array:
        """For the pairs (i, j) a number each, equal only where lint finds the same."""
        scopes = np.full(len(js), _MEET | _WITHIN | _AROUND)
        shared = np.zeros(len(js), dtype=np.int64)
        for name in self._fields[i]:
            scopes &= self._asked[name].lie(i, js)
            shared += self._asks[name][js]
        # A field that the other asks alone: its scope holds no more than this one, and not all of it.
        scopes[self._count[js] > shared] &= ~_AROUND
        found: Array = (self.likeness[js] * 8 + scopes) * 8 + self._demands.lie(i, js)
        return found


def _variable(domains: Sequence[Domain | None]) -> _Intervals | _WordSets:
    words = sorted({word for one in domains if isinstance(one, Texts) for word in one.names})
    ranks = {word: rank for rank, word in enumerate(words)}
    return _WordSets(domains, ranks) if 0 < len(words) <= BITS else _Intervals(domains, ranks)


def _interval(domain: Domain | None, ranks: dict[str, int]) -> Interval:
    match domain:
        case Reals((interval,)):
            return interval
        case Texts(names) if len(names) == 1:
            (word,) = names
            return Interval(ranks[word], ranks[word])
        case _:
            return Interval(-inf, inf)


def _mask(domain: Domain | None, ranks: dict[str, int], every: int) -> int:
    if not isinstance(domain, Texts):
        return every
    named = sum(1 << ranks[word] for word in domain.names)
    return every & ~named if domain.others else named


def _at_most(a: Array, b: Array) -> Array:
    """Whether the end ``a`` lies at or below ``b``: an open end stands a step inside the closed one."""
    met: Array = (a[..., 0] < b[..., 0]) | ((a[..., 0] == b[..., 0]) & (a[..., 1] <= b[..., 1]))
    return met


def _bits(meet: Array, within: Array, around: Array) -> Array:
    found: Array = meet * _MEET + within * _WITHIN + around * _AROUND
    return found
