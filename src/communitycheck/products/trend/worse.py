"""Who got worse from the last period but one to the latest, a line each."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from communitycheck.model.subjects import Subject
from communitycheck.model.table import Ints
from communitycheck.planning.compare.side import RuleVerdicts
from communitycheck.planning.trend.find_trends import Trends, Worsened
from communitycheck.planning.trend.pace import Bounds

CHUNK = 2048  # lines made at once


class WorseLine(Struct, frozen=True):
    """One rule and one subject; ``was`` is what it was called where that differs."""

    rule: RuleVerdicts
    subject: Subject
    was: Subject | None
    before: Bounds
    after: Bounds


def worse_lines(trends: Trends, most: int | None = None) -> Iterator[WorseLine]:
    """All of them rule by rule, or of each rule the first so many."""
    pairs = trends.runs[-2].pairs if len(trends.runs) > 1 else {}
    for one in trends.worse:
        kind = pairs[one.changes.kind]
        places = one.places[:most]
        for start in range(0, len(places), CHUNK):
            some = places[start : start + CHUNK]
            both = kind.sides(one.changes.rows[some], one.changes.rows_after[some])
            for (was, subject), (before, after) in zip(both, _values(one, some), strict=True):
                other = was if (was.name, was.code) != (subject.name, subject.code) else None
                yield WorseLine(one.changes.rule, subject, other, before, after)


def _values(one: Worsened, some: Ints) -> Iterator[tuple[Bounds, Bounds]]:
    changes = one.changes
    assert changes.before is not None and changes.after is not None
    sides = ((changes.before, changes.at[some]), (changes.after, changes.at_after[some]))
    columns = [end[at].tolist() for side, at in sides for end in (side.observed_lo, side.observed_hi)]
    for low, high, low_after, high_after in zip(*columns, strict=True):
        yield Bounds(low, high), Bounds(low_after, high_after)
