"""A part of a result: the verdicts on some of its subjects."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from msgspec.structs import replace

from communitycheck.model.result import RuleResult
from communitycheck.model.subjects import Subjects
from communitycheck.model.table import Ints

T = TypeVar("T")


def part_of(result: RuleResult, subjects: Subjects, places: Ints) -> RuleResult:
    """The verdicts at ``places`` (ascending) alone, on ``subjects``."""
    at = np.searchsorted(result.missed, places)
    inside = at < len(result.missed)
    hit = np.zeros(len(places), dtype=bool)
    hit[inside] = result.missed[at[inside]] == places[inside]
    short = at[hit]
    return replace(
        result,
        subjects=subjects,
        outcome=result.outcome[places],
        reason=result.reason[places],
        observed_lo=result.observed_lo[places],
        observed_hi=result.observed_hi[places],
        required_lo=result.required_lo[places],
        required_hi=result.required_hi[places],
        missed=np.nonzero(hit)[0].astype(np.int32),
        shortfall=result.shortfall[short],
        add=None if result.add is None else result.add[short],
        add_least=None if result.add_least is None else result.add_least[short],
        numerator=None if result.numerator is None else (result.numerator[0][places], result.numerator[1][places]),
        denominator=None if result.denominator is None else result.denominator[places],
        gaps=None if result.gaps is None else result.gaps[places],
        again=None if result.again is None else result.again[places],
        items_missing=_of(result.items_missing, places),
        unlisted=_of(result.unlisted, places),
        over_nothing=_of(result.over_nothing, places),
        twins=_of(result.twins, places),
        untold=_of(result.untold, places),
        waived=_of(result.waived, places),
        open_severity=None if result.open_severity is None else result.open_severity[places],
        baseline=None if result.baseline is None else result.baseline[places],
        part_of=places if result.part_of is None else result.part_of[places],
    )


def _of(by_place: dict[int, T], places: Ints) -> dict[int, T]:
    """Those at ``places``, by their new positions."""
    if not by_place:
        return {}
    return {new: by_place[old] for new, old in enumerate(places.tolist()) if old in by_place}
