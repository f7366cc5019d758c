"""What a group of records needs: of a share how many more of them have to meet it, and which are the cheapest; of sums
how much more in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct

from communitycheck.checking.evaluation.certain import certain_truth
from communitycheck.checking.evaluation.evaluate import number
from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.groups.context import GroupContext
from communitycheck.checking.judge import group_contexts
from communitycheck.checking.missed.least import FAR, least_addition, step_of
from communitycheck.checking.missed.levers import counts_in_full
from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.expression import Call, Node
from communitycheck.model.expression.values import Num, unknown_numbers
from communitycheck.model.result import Outcome, Reason, RuleResult
from communitycheck.model.rule import Rule
from communitycheck.model.table import Bools, Floats, Ints, among
from communitycheck.planning.cheapest import cheapest
from communitycheck.planning.needs import GroupNeed, RuleNeed

_OPEN = (Reason.BLANKS_UNDECIDED, Reason.REPEATS_UNDECIDED)


def group_needs(
    result: RuleResult, run: StandardRun, needs: Mapping[tuple[str, str], Sequence[RuleNeed]]
) -> Iterator[GroupNeed]:
    """What each group that does not pass needs.

    Args:
        needs: standard and rule -> what single records need to meet it, for shares of those that do.
    """
    rule, governed = run.folded(result.rule), run.governed.get(result.rule.applies_to)
    if governed is None or not result.checked or rule.threshold is None or rule.indicator is None:
        return
    if rule.threshold.comparison.direction != "up" or rule.threshold.at(run.as_of) is None:
        return
    start = 0
    for context, inside in group_contexts(rule, governed):
        level = _Level(rule, run, governed, context, inside, start)
        start += len(context)
        places = level.asked(result)
        if not len(places):
            continue
        if isinstance(rule.indicator, Call) and rule.indicator.function == "share":
            yield from level.shares(result, places, needs)
        else:
            yield from level.sums(result, places)


class _Level(Struct, eq=False, dict=True):
    """The groups of one level; their places in the result begin at ``start``."""

    rule: Rule
    run: StandardRun
    governed: GovernedRecords
    context: GroupContext
    inside: Ints
    start: int

    @cached_property
    def required(self) -> Num:
        """The limit of each group."""
        assert self.rule.threshold is not None
        limit = self.rule.threshold.at(self.governed.as_of)
        assert limit is not None
        return number(limit.value, self.context)

    def asked(self, result: RuleResult) -> Ints:
        """The groups that missed their limit, and those that their blanks leave open."""
        mine = slice(self.start, self.start + len(self.context))
        outcome, reason = result.outcome[mine], result.reason[mine]
        missed = among(outcome, Outcome.FAIL, Outcome.NOT_DUE)
        open_ = among(outcome, Outcome.NO_DATA) & among(reason, *_OPEN)
        found: Ints = np.flatnonzero(missed | open_).astype(np.int32)
        return found

    def _is_open(self, result: RuleResult, k: int) -> bool:
        return int(result.outcome[self.start + k]) == Outcome.NO_DATA

    def _met(self, observed: Num, places: Ints, *, may: bool) -> Bools:
        """Whether the groups at ``places`` surely reach the limit, or ``may``."""
        assert self.rule.threshold is not None
        met = self.rule.threshold.comparison.test(observed, self._at(self.required, places))
        found: Bools = ~met.no if may else met.yes
        return found

    def shares(
        self, result: RuleResult, places: Ints, needs: Mapping[tuple[str, str], Sequence[RuleNeed]]
    ) -> Iterator[GroupNeed]:
        call = self.rule.indicator
        assert isinstance(call, Call)
        share = number(call, self.context)
        (low, high), counted, _, at_worst = next(b for c, b in self.context.breakdowns if c == call)
        with unknown_numbers():
            at_best = np.where(share.hi > 0, high / share.hi, counted)
        worst = self._more(places, low, at_worst, may=False)
        best = self._more(places, high, np.round(at_best).astype(np.float64), may=True)
        failing = self._failing(call, places)
        for n, k in enumerate(places.tolist()):
            open_ = self._is_open(result, k)
            yield GroupNeed(
                result,
                self.start + k,
                0.0 if open_ else float(best[n]),
                float(worst[n]),
                "items",
                open_,
                counted=int(at_worst[k]),
                met=int(low[k]),
                candidates=cheapest(call.arguments[0], self.rule, self.governed, self.inside[failing[k]], needs),
            )

    def _more(self, places: Ints, met: Floats, everyone: Floats, *, may: bool) -> Floats:
        """How many more have to meet it, ceil(target x N) - passed; NaN where all together are too few."""
        yes, of = met[places], everyone[places]

        def passes(some: Ints, more: Floats) -> Bools:
            with unknown_numbers():
                share = (yes[some] + more) / of[some]
            return self._met(Num(share, share), places[some], may=may)

        found = least_addition(passes, np.full(len(places), np.nan), 1.0, of - yes)
        every = np.arange(len(places), dtype=np.int32)
        return np.where(passes(every, np.zeros(len(places))), 0.0, found)

    def _failing(self, call: Call, places: Ints) -> dict[int, Ints]:
        """Those of the groups at ``places`` that count and do not meet the condition."""
        no = certain_truth(call.arguments[0], self.context.records, self.context.scope.yes).no
        members = np.flatnonzero(self.context.scope.yes & no).astype(np.int32)
        codes = self.context.grouping.codes[members]
        order = np.argsort(codes, kind="stable")
        ends = np.searchsorted(codes[order], [places, places + 1])
        return {k: members[order[low:high]] for k, low, high in zip(places.tolist(), *ends.tolist(), strict=True)}

    def sums(self, result: RuleResult, places: Ints) -> Iterator[GroupNeed]:
        lever, indicator = self.run.dictionary.fields.get(self.rule.lever or ""), self.rule.indicator
        if lever is None or indicator is None or not counts_in_full(indicator, lever.key):
            return
        least, most = (self._least(places, lever.key, indicator, step_of(lever), may=may) for may in (True, False))
        for n, k in enumerate(places.tolist()):
            open_ = self._is_open(result, k)
            low = 0.0 if open_ or np.isnan(least[n]) else float(least[n])
            high = float("inf") if np.isnan(most[n]) else float(most[n])
            yield GroupNeed(result, self.start + k, low, high, lever.shown_unit, open_, lever=lever)

    def _least(self, places: Ints, key: str, indicator: Node, step: float, *, may: bool) -> Floats:
        def passes(some: Ints, amounts: Floats) -> Bools:
            value = self._observed(places[some], key, indicator, amounts)
            return self._met(value, places[some], may=may)

        n, every = len(places), np.arange(len(places), dtype=np.int32)
        now, then = (self._observed(places, key, indicator, amount) for amount in (np.zeros(n), np.ones(n)))
        needed = self._at(self.required, places).lo
        with unknown_numbers():
            ends = (now.hi, then.hi) if may else (now.lo, then.lo)
            guess = (needed - ends[0]) / (ends[1] - ends[0])
        far = np.maximum(FAR, 2 * np.nan_to_num(guess, nan=0.0, posinf=0.0, neginf=0.0))
        found = least_addition(passes, guess, step, far)
        return np.where(passes(every, np.zeros(n)), 0.0, found)

    def _observed(self, places: Ints, key: str, indicator: Node, amounts: Floats) -> Num:
        """The indicator of the groups at ``places`` with so much more of the lever in all."""
        added = np.zeros(len(self.context))
        added[places] = amounts
        self.context.added = {key: added}
        value = number(indicator, self.context)
        self.context.added = {}
        return self._at(value, places)

    def _at(self, value: Num, places: Ints) -> Num:
        low, high = (np.broadcast_to(end, len(self.context))[places] for end in (value.lo, value.hi))
        return Num(low, high)
