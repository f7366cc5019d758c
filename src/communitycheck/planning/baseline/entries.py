"""The fails that a baseline holds, in columns: a side of a comparison, with the hash of its rule for each of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from communitycheck.model.result import Outcome
from communitycheck.model.table import Bools, Ints, Table, among
from communitycheck.planning.compare.pairs import pair_subjects
from communitycheck.planning.compare.side import COLUMNS, RuleKey, RuleVerdicts, RunSide, SubjectKind
from communitycheck.planning.compare.subjects import at_rows

_NEAR = 1e-6  # what digits that were cut may make of a difference, relative to the figures

Hashes = npt.NDArray[np.object_]


class Baseline(Struct, eq=False):
    """Attributes:
    path: the file.
    side: the fails as verdicts; of whom it does not list it says nothing.
    hashes: by rule, of each fail what the rule asked when it was written.
    """

    path: str
    side: RunSide
    hashes: dict[RuleKey, Hashes]

    def __len__(self) -> int:
        return sum(len(one.rows) for one in self.side.verdicts.values())


Excused = Mapping[RuleKey, Bools]


def baseline_of(side: RunSide, path: str, excused: Excused) -> Baseline:
    """The fails of a run but those that are excused: an excuse has an end, and a baseline would hide it."""
    found = RunSide(path, side.day, side.standards, side.subjects, {}, side.rules, in_part=True)
    hashes: dict[RuleKey, Hashes] = {}
    for key, one in side.verdicts.items():
        failed = np.flatnonzero(among(one.outcome, Outcome.FAIL) & ~excused[key]).astype(np.int32)
        if len(failed):
            found.verdicts[key] = picked(one, failed)
            hashes[key] = np.full(len(failed), one.hash, object)
    return compact(Baseline(path, found, hashes))


def told_apart(side: RunSide) -> dict[SubjectKind, Bools]:
    """Whom of a run a later one could find again: those that find themselves among all of it. Of a name that stands
    twice nobody could say later whose fail it was, also where one of the two fails alone."""
    plain = replace(side, places={})  # a baseline knows no rows
    pairs, _ = pair_subjects(plain, plain)
    return {kind: one.matched.found == np.arange(len(one.before), dtype=np.int32) for kind, one in pairs.items()}


def picked(one: RuleVerdicts, places: Ints) -> RuleVerdicts:
    """The verdicts at ``places`` alone."""
    columns = {name: getattr(one, name)[places] for name in ("rows", *COLUMNS)}
    return RuleVerdicts(
        one.key, one.kind, one.title, one.severity, one.unit, one.hash, one.direction, **columns, truth=one.truth
    )


def compact(baseline: Baseline) -> Baseline:
    """The baseline without the subjects of whom it holds no fail."""
    side = baseline.side
    subjects: dict[SubjectKind, Table] = {}
    place_of: dict[SubjectKind, Ints] = {}
    for kind, table in side.subjects.items():
        rows = [one.rows for one in side.verdicts.values() if one.kind == kind]
        used = np.unique(np.concatenate(rows)).astype(np.int32) if rows else np.zeros(0, np.int32)
        if len(used):
            subjects[kind] = at_rows(table, used)
            place_of[kind] = np.full(len(table), -1, np.int32)
            place_of[kind][used] = np.arange(len(used), dtype=np.int32)
    verdicts = {}
    for key, one in side.verdicts.items():
        if len(one.rows):
            every = np.arange(len(one.rows), dtype=np.int32)
            verdicts[key] = picked(one, every)
            verdicts[key].rows = place_of[one.kind][one.rows]
    found = RunSide(side.shown, side.day, side.standards, subjects, verdicts, side.rules, in_part=True)
    return Baseline(baseline.path, found, {key: some for key, some in baseline.hashes.items() if len(some)})


def at_odds(one: RuleVerdicts) -> Bools:
    """Which fails have figures that no check gives together: ends in the wrong order, what is observed within what is
    required, a shortfall that is not the distance of the two or is of figures that are not there."""
    with np.errstate(invalid="ignore"):
        size = np.maximum(np.abs(np.nan_to_num(one.required_lo, posinf=0.0, neginf=0.0)), 1e-9)
        size = np.maximum(size, np.abs(np.nan_to_num(one.observed_lo, posinf=0.0, neginf=0.0)))
        apart = np.maximum(one.required_lo - one.observed_hi, one.observed_lo - one.required_hi)
        wrong: Bools = (one.observed_lo > one.observed_hi) | (one.required_lo > one.required_hi)
        wrong |= apart < -_NEAR * size
        told = ~np.isnan(one.short)
        wrong |= told & ~(np.abs(one.short - apart) <= _NEAR * size)
        wrong |= np.isnan(one.required_lo) & ~np.isnan(one.observed_lo)
    return wrong
