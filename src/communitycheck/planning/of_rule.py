"""What each record that a rule does not pass needs of its lever, found by judging again with more of it."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from communitycheck.checking.missed.least import FAR, Passes, least_addition, step_of
from communitycheck.checking.standard_run import StandardRun
from communitycheck.checking.trial import Trial
from communitycheck.model.dictionary import Field
from communitycheck.model.expression import divisors_in, names_in
from communitycheck.model.expression.values import unknown_numbers
from communitycheck.model.result import Outcome, Reason, Records, RuleResult
from communitycheck.model.rule import Rule
from communitycheck.model.table import Bools, Column, Floats, Ints, State, Table, among
from communitycheck.planning.needs import NeedKind, NoAmount, RuleNeed

_CHUNK = 1 << 17  # records looked at together
_ROUNDS = 4  # of a guess closed in on
_NOT_KNOWN = (Reason.MISSING, Reason.UNDECIDED, Reason.SCOPE_UNKNOWN)


def lever_of(rule: Rule, run: StandardRun) -> Field | None:
    """The field that closes the fails of a rule on single records; None where none does.

    Where the rule names none, that is what it judges, unless the standard measures other things by it: nobody adds
    residents."""
    field = run.dictionary.fields.get(rule.mended_by)
    if not rule.lever and rule.mended_by in _measured_by(run):
        return None
    if rule.by or field is None or not field.is_number or field.type == "truth":
        return None
    return field if rule.threshold is not None and rule.threshold.comparison.adding_helps else None


def _measured_by(run: StandardRun) -> set[str]:
    """The fields that some rule of the standard divides by."""
    nodes = (node for rule in run.standard.rules for node in rule.judged)
    return {name for node in nodes for below in divisors_in(node) for name in names_in(below)}


def need_of_rule(result: RuleResult, run: StandardRun) -> RuleNeed | None:
    """Row by row what the rule's lever lacks; None where it has none."""
    records, lever = result.subjects, lever_of(result.rule, run)
    if lever is None or not isinstance(records, Records):
        return None
    governed, rule = run.governed[result.rule.applies_to], replace(run.folded(result.rule), lever=None)
    at = np.arange(len(result), dtype=np.int32) if result.part_of is None else result.part_of
    guess, sure = np.full(len(result), np.nan), np.full(len(result), np.nan)
    if result.add is not None and result.least is not None:
        guess[result.missed], sure[result.missed] = result.add, result.least
    loose = (result.observed_lo != result.observed_hi) | (result.required_lo != result.required_hi)
    parts = []
    unscoped = among(result.reason, Reason.SCOPE_UNKNOWN)
    known = among(result.reason, *_NOT_KNOWN) & among(result.outcome, Outcome.NO_DATA)
    missed = np.zeros(len(result), bool)
    missed[result.missed] = True
    for chosen, judged_by in (
        ((missed | known) & ~unscoped, rule),
        (known & unscoped, replace(rule, where=None)),  # it may have to meet the rule
    ):
        every = np.flatnonzero(chosen).astype(np.int32)
        for start in range(0, len(every), _CHUNK):
            places = every[start : start + _CHUNK]
            trial = Trial(judged_by, governed, at[places])
            search = _LeverSearch(trial, lever, guess[places], sure[places], loose[places])
            parts.append(search.need(result.rule, records.rows(places), missed[places]))
    return _joined(result.rule, parts) if parts else None


class _LeverSearch:
    """Looks for the least amounts of the lever for the records of a trial.

    Args:
        guess: how much it may be; NaN where nobody knows. Where it is known it is above 0.
        sure: how much checking says is missing for certain; NaN where it does not.
        loose: what is observed or required is known within bounds alone.
    """

    def __init__(self, trial: Trial, lever: Field, guess: Floats, sure: Floats, loose: Bools) -> None:
        self.trial, self.lever, self.sure = trial, lever, sure
        self.loose = loose | trial.not_exact()
        table = trial.governed.table
        self.own = lever.of(table.entity)
        self.rows = trial.governed.records.rows(trial.places)
        self.low, self.high, self.known = stated(table, self.own, self.rows)
        self.step = step_of(lever)
        unknown = np.flatnonzero(np.isnan(guess)).astype(np.int32)
        self.guess, self.fine = guess.copy(), np.zeros(len(guess), bool)
        if len(unknown):
            now = self._judged(unknown, np.zeros(len(unknown)))
            self.fine[unknown] = among(now.outcome, Outcome.PASS)
            self.guess[unknown] = self._onwards(unknown, np.zeros(len(unknown)), now)
        limit = np.inf if self.own.high is None else self.own.high
        top = np.where(np.isfinite(self.high), self.high, self.low)
        far = np.maximum(FAR, 2 * np.nan_to_num(self.guess, nan=0.0, posinf=0.0, neginf=0.0))
        self.farthest = np.where(np.isfinite(top), np.clip(limit - top, 0.0, far), 0.0)

    def need(self, rule: Rule, rows: Ints, missed: Bools) -> RuleNeed:
        missed = missed & self.known  # to what is not known nobody can add
        surely, perhaps = self._passing(may=False), self._passing(may=True)
        every = np.arange(len(rows), dtype=np.int32)
        most = np.zeros(len(rows))
        lacking = every[missed | ~self.fine]  # of an open one whatever it says may do
        most[lacking] = self._least(surely, lacking, self.guess[lacking])
        least = np.where(missed, most, 0.0)
        # What is missing for certain is less where figures are known within bounds.
        before = np.maximum(np.where(np.isnan(most), 0.0, most) - self.step, 0.0)
        loose = every[missed & (self.loose | np.isnan(most))]
        loose = loose[np.isnan(most[loose]) | perhaps(loose, before[loose])]
        elsewise = self.guess[loose] - (self.high - self.low)[loose]
        least[loose] = self._least(perhaps, loose, np.where(np.isnan(self.sure[loose]), elsewise, self.sure[loose]))
        none = missed & np.isnan(least)
        kind = np.full(len(rows), NeedKind.OPEN, np.uint8)
        kind[missed] = np.where(least[missed] == most[missed], NeedKind.EXACT, NeedKind.BOUNDED)
        kind[none] = NeedKind.NONE
        why = np.full(len(rows), NoAmount.NEVER, np.uint8)
        stuck = every[none]
        beyond = surely(stuck, np.maximum(1000 * self.farthest[stuck], 1000.0))
        why[stuck[beyond]] = NoAmount.RANGE
        most = np.where(np.isnan(most) & ~none, np.inf, most)
        kept = missed | (most > 0)
        return RuleNeed(rule, rows[kept], least[kept], most[kept], kind[kept], why[kept])

    def _least(self, passes: Passes, places: Ints, guess: Floats) -> Floats:
        def here(some: Ints, amounts: Floats) -> Bools:
            return passes(places[some], amounts)

        def refine(some: Ints, amounts: Floats) -> Floats:
            return self._refined(places[some], amounts)

        return least_addition(here, guess, self.step, self.farthest[places], refine)

    def _passing(self, *, may: bool) -> Passes:
        """Whether the records pass, or ``may``, whatever they lack."""

        def passing(places: Ints, amounts: Floats) -> Bools:
            result = self._judged(places, amounts)
            passed = among(result.outcome, Outcome.PASS)
            if may:
                passed |= among(result.outcome, Outcome.NO_DATA) & ~among(result.reason, Reason.IMPLAUSIBLE)
            return passed

        return passing

    def _judged(self, places: Ints, amounts: Floats) -> RuleResult:
        low, high = self.low[places] + amounts, self.high[places] + amounts
        column = Column(self.lever.key, low, low if np.array_equal(low, high) else high, state=None)
        whole = self.trial
        few = whole if len(places) == len(self.rows) else Trial(whole.rule, whole.governed, whole.places[places])
        return few.judged({self.lever.key: column})

    def _onwards(self, places: Ints, start: Floats, now: RuleResult) -> Floats:
        """How much it takes in all if from ``start``, where it is ``now``, the indicator goes on as with the next
        unit."""
        then = self._judged(places, start + 1)
        with unknown_numbers():
            guess: Floats = start + (now.required_hi - now.observed_lo) / (then.observed_lo - now.observed_lo)
        return guess

    def _refined(self, places: Ints, guess: Floats) -> Floats:
        """The guess closed in on where the indicator moves on a curve."""
        guess = np.where(np.isfinite(guess) & (guess > 0), guess, 1.0)
        for _ in range(_ROUNDS):
            better = self._onwards(places, guess, self._judged(places, guess))
            before, guess = guess, np.where(np.isfinite(better), np.clip(better, 0.0, self.farthest[places]), guess)
            if (np.abs(guess - before) < self.step / 4).all():
                break
        return guess


def stated(table: Table, lever: Field, rows: Ints) -> tuple[Floats, Floats, Bools]:
    """Between which two figures the lever stands in the rows, and where that is known; of one that is not the least
    that it can be, since with more of it less is missing."""
    least = lever.possible[0]
    floor = np.full(len(rows), least if np.isfinite(least) else np.nan)
    column = table.columns.get(lever.key)
    if column is None or column.lo is None or column.hi is None:
        return floor, floor, np.zeros(len(rows), bool)
    low, high = column.lo[rows], column.hi[rows]
    known = np.isfinite(low)
    if column.state is not None:
        known &= among(column.state[rows], State.KNOWN)
    return np.where(known, low, floor), np.where(known, high, floor), known


def _joined(rule: Rule, parts: list[RuleNeed]) -> RuleNeed:
    if len(parts) == 1:
        return parts[0]
    rows = np.concatenate([part.rows for part in parts])
    order = np.argsort(rows, kind="stable")
    return RuleNeed(
        rule,
        rows[order],
        np.concatenate([part.least for part in parts])[order],
        np.concatenate([part.most for part in parts])[order],
        np.concatenate([part.kind for part in parts])[order],
        np.concatenate([part.why for part in parts])[order],
    )
