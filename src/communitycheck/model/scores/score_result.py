"""What scoring gives: one ``ScoreResult`` for an assessment sheet and all its subjects.

What is not known gives a range: ``lo`` and ``hi`` are the fewest and the most points that the unknown may come to.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from communitycheck.model.result import CHUNK, OUTCOMES, Outcome, RuleResult, Verdict
from communitycheck.model.scores.score import Grade, Score, ScoreItem
from communitycheck.model.subjects import Subject, Subjects
from communitycheck.model.table import Bools, Floats, Ints


class ItemResult(Struct, eq=False):
    """The points of one item, along the subjects of the score. ``left_out`` are subjects to which it does not apply,
    ``may_leave_out`` those of which that is not known: they have the points, or no item.

    ``places`` are the subjects' positions in ``result``, which is what its rule came to; both are None where that says
    nothing about single subjects.
    """

    item: ScoreItem
    lo: Floats
    hi: Floats
    left_out: Bools
    may_leave_out: Bools
    result: RuleResult | None = None
    places: Ints | None = None

    def range_of(self, i: int) -> tuple[float, float]:
        return float(self.lo[i]), float(self.hi[i])

    def outcome(self, i: int) -> Outcome | None:
        """What its rule came to for subject ``i``; None where that says nothing about single subjects."""
        return None if self.result is None or self.places is None else OUTCOMES[self.result.outcome[self.places[i]]]

    def verdict(self, i: int) -> Verdict | None:
        """What its rule says of subject ``i``."""
        return None if self.result is None or self.places is None else self.result.verdict(int(self.places[i]))

    def picked(self, places: Ints) -> ItemResult:
        own = None if self.places is None else self.places[places]
        return replace(
            self,
            lo=self.lo[places],
            hi=self.hi[places],
            left_out=self.left_out[places],
            may_leave_out=self.may_leave_out[places],
            places=own,
        )


class ScoreResult(Struct, eq=False):
    """The scores of all subjects, as arrays of one length; NaN where nothing of the sheet applies.

    ``may_not_apply`` are those for whom the sheet may or may not be, ``outside`` those for whom it is not.
    ``worst`` and ``best`` are places among the grades (-1 where there is none); ``vetoed`` says of each veto which
    subjects it holds for, ``may_veto`` where that is not known.
    """

    score: Score
    subjects: Subjects
    lo: Floats
    hi: Floats
    worst: Ints
    best: Ints
    may_not_apply: Bools
    outside: Subjects
    items: list[ItemResult] = field(default_factory=list)
    vetoed: list[Bools] = field(default_factory=list)
    may_veto: list[Bools] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lo)

    def range_of(self, i: int) -> tuple[float, float]:
        return float(self.lo[i]), float(self.hi[i])

    def order(self) -> Ints:
        """The subjects from the lowest score to the highest, by what is certain; those without a score at the end."""
        return np.lexsort((np.arange(len(self)), self.hi, self.lo)).astype(np.int32)

    def named(self, places: Ints) -> Iterator[tuple[int, Subject]]:
        """The positions ``places``, each with its subject; much quicker than one by one."""
        for start in range(0, len(places), CHUNK):
            some = places[start : start + CHUNK]
            for i, seen in zip(some.tolist(), self.subjects.with_cells(some, ()), strict=True):
                yield i, seen.subject

    def picked(self, subjects: Subjects, places: Ints, outside: Subjects) -> ScoreResult:
        """The scores of ``subjects``, which stand at ``places``, and who of them is ``outside``."""
        return replace(
            self,
            subjects=subjects,
            lo=self.lo[places],
            hi=self.hi[places],
            worst=self.worst[places],
            best=self.best[places],
            may_not_apply=self.may_not_apply[places],
            outside=outside,
            items=[one.picked(places) for one in self.items],
            vetoed=[some[places] for some in self.vetoed],
            may_veto=[some[places] for some in self.may_veto],
        )

    def grades_of(self, i: int) -> tuple[Grade, ...]:
        """The grades that subject ``i`` may have, from the worst to the best: one where it is known, else two."""
        ends = dict.fromkeys((int(self.worst[i]), int(self.best[i])))
        return tuple(self.score.grades[k] for k in ends if k >= 0)
