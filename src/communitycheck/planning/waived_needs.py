"""What waivers take out of the needs of a run. A waiver excuses, it builds nothing: its fails are listed by themselves.

What a return explains itself is no approval, and stays among the needs.
"""

from __future__ import annotations

import numpy as np

from communitycheck.model.dictionary import Field
from communitycheck.model.result import Records, RuleResult
from communitycheck.model.waiver import Waiver
from communitycheck.planning.needs import GroupNeed, NeedKind, RuleNeed, WaivedNeed


def waivers_in(result: RuleResult) -> dict[int, Waiver]:
    """The waivers of a result, by the place of their subject."""
    return {i: one for i, one in sorted(result.waived.items()) if isinstance(one, Waiver)}


def without_waived(need: RuleNeed, result: RuleResult, lever: Field | None) -> tuple[RuleNeed, list[WaivedNeed]]:
    """The need of a rule without the rows of waived fails, and those."""
    waived = waivers_in(result)
    assert isinstance(result.subjects, Records)
    rows = result.subjects.rows(np.array(list(waived), np.int32))
    place_of = {row: k for k, row in enumerate(need.rows.tolist())} if waived else {}
    known = {i: place_of[row] for i, row in zip(waived, rows.tolist(), strict=True) if row in place_of}
    apart = [_apart(need, result, i, one, known.get(i), lever) for i, one in waived.items()]
    stays = np.ones(len(need.rows), bool)
    stays[list(known.values())] = False
    return RuleNeed(
        need.rule, need.rows[stays], need.least[stays], need.most[stays], need.kind[stays], need.why[stays]
    ), apart


def _apart(
    need: RuleNeed, result: RuleResult, i: int, waiver: Waiver, at: int | None, lever: Field | None
) -> WaivedNeed:
    if at is None or need.kind[at] == NeedKind.NONE:
        return WaivedNeed(result, i, waiver)
    return WaivedNeed(result, i, waiver, lever, float(need.least[at]), float(need.most[at]))


def groups_without_waived(needs: list[GroupNeed], result: RuleResult) -> tuple[list[GroupNeed], list[WaivedNeed]]:
    """The needs of the groups of a result that no waiver excuses, and those that one does."""
    waived = waivers_in(result)
    known = {one.i: one for one in needs}
    apart = []
    for i, one in waived.items():
        mine = known.get(i)
        lever = None if mine is None else mine.lever
        ends = (np.nan, np.nan) if mine is None or lever is None else (mine.least, mine.most)
        apart.append(WaivedNeed(result, i, one, lever, *ends))
    return [one for one in needs if one.i not in waived], apart
