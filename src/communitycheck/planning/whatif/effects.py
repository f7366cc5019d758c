"""What a reform does to the subjects of each rule: their outcomes before and after, side by side.

Both runs judge the same records of the same returns, so that nobody has to be matched: records stand in the same rows
of their table, groups have the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct

from communitycheck.model.places.regions import Numbers, Path, RegionIndex, levels_above
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, RuleResult, Verdict
from communitycheck.model.rule import Rule
from communitycheck.model.subjects import Groups, Records
from communitycheck.model.table import Bools, Bytes, Ints, Table, among
from communitycheck.planning.compare.changes import VerdictChange, changes_of

_MOST_REGIONS = 3000
SIDES = (VerdictChange.NEWLY_FAILING, VerdictChange.FIXED, VerdictChange.NOT_DUE, VerdictChange.NO_LONGER_CHECKED,
         VerdictChange.NEWLY_CHECKED)  # fmt: skip


class JudgedOnce(Struct, frozen=True, eq=False):
    """The verdicts of one rule in one run: the outcome of each subject, and in which of ``results`` and at which place
    it stands (-1: nowhere)."""

    results: list[RuleResult]
    outcome: Bytes
    part: Ints
    place: Ints

    @property
    def rule(self) -> Rule:
        return self.results[0].rule

    def counts(self, which: Ints | None = None) -> dict[Outcome, int]:
        """How many subjects had each outcome, of all or of some."""
        some = self.outcome if which is None else self.outcome[which]
        return {one: int(np.count_nonzero(among(some, one))) for one in Outcome}

    def verdicts(self, subjects: Ints) -> list[Verdict]:
        """The verdicts on some subjects, each of which has one."""
        found: dict[int, Verdict] = {}
        for number, result in enumerate(self.results):
            mine = subjects[self.part[subjects] == number]
            found |= dict(zip(mine.tolist(), result.verdicts_at(self.place[mine]), strict=True))
        return [found[i] for i in subjects.tolist()]


class RuleEffect(Struct, frozen=True, eq=False):
    """One rule before and after; ``change`` runs along its subjects. Of records ``table`` is their table."""

    before: JudgedOnce
    after: JudgedOnce
    change: Bytes
    table: Table | None

    @property
    def rule(self) -> Rule:
        return self.after.rule

    def count(self, change: VerdictChange) -> int:
        return int(np.count_nonzero(among(self.change, change)))

    @property
    def changed(self) -> int:
        """How many change sides."""
        return sum(self.count(change) for change in SIDES)

    def changing(self, change: VerdictChange) -> Ints:
        """Who changes so, the nearest to the new limit first."""
        subjects = np.flatnonzero(among(self.change, change)).astype(np.int32)
        distance = np.full(len(subjects), np.inf)
        for number, result in enumerate(self.after.results):
            mine = self.after.part[subjects] == number
            at = self.after.place[subjects[mine]]
            with np.errstate(invalid="ignore"):
                distance[mine] = np.abs(result.observed_lo[at] - result.required_lo[at])
        return subjects[np.lexsort((subjects, np.nan_to_num(distance, nan=np.inf)))]

    def levels(self) -> list[str]:
        """The levels of regions above its records that the return states, the largest first."""
        if self.table is None:
            return []
        return [level for level in levels_above(self.table.entity) if level in self.table.regions]

    def regions(self, level: str, index: RegionIndex) -> list[RegionEffect]:
        """Every region of a level with somebody in scope before or after, in the order of their names; none where they
        are too many."""
        if self.table is None:
            return []
        numbers, paths = index.of(self.table, level)
        if len(paths) > _MOST_REGIONS:
            return []
        return sorted(_by_region(self, level, numbers, paths), key=lambda one: one.path)


class RegionEffect(Struct, frozen=True):
    """One rule in one region: passed, missed and not known, before and after, and who newly fails and newly passes."""

    level: str
    names: Path
    passed: tuple[int, int]
    missed: tuple[int, int]
    unknown: tuple[int, int]
    newly_failing: int
    fixed: int

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if name is not None)


def _by_region(effect: RuleEffect, level: str, numbers: Numbers, paths: Sequence[Path]) -> Iterator[RegionEffect]:
    n = len(paths)

    def counted(which: Bools) -> list[int]:
        return [int(k) for k in np.bincount(numbers[which], minlength=n)]

    def both(*outcomes: Outcome) -> list[tuple[int, int]]:
        was, now = (counted(among(one.outcome, *outcomes)) for one in (effect.before, effect.after))
        return list(zip(was, now, strict=True))

    passed, missed, unknown = both(Outcome.PASS), both(Outcome.FAIL, Outcome.NOT_DUE), both(Outcome.NO_DATA)
    failing, fixed = (
        counted(among(effect.change, change)) for change in (VerdictChange.NEWLY_FAILING, VerdictChange.FIXED)
    )
    for k, path in enumerate(paths):
        if any((*passed[k], *missed[k], *unknown[k])):
            yield RegionEffect(level, path, passed[k], missed[k], unknown[k], failing[k], fixed[k])


def effects_of(before: Report, after: Report) -> list[RuleEffect]:
    """Each rule that either run has verdicts of, in the order of the later one."""
    one, other = _by_rule(before.results), _by_rule(after.results)
    found = []
    for key in dict.fromkeys([*other, *one]):
        pairs = _pairs(one.get(key, []), other.get(key, []))
        found += [_effect(was, now) for was, now in pairs]
    return found


def _by_rule(results: Iterable[RuleResult]) -> dict[tuple[str, str], list[RuleResult]]:
    found: dict[tuple[str, str], list[RuleResult]] = {}
    for result in results:
        if result.checked and result.rule.manual is None:
            found.setdefault((result.rule.standard, result.rule.id), []).append(result)
    return found


def _pairs(was: list[RuleResult], now: list[RuleResult]) -> Iterator[tuple[list[RuleResult], list[RuleResult]]]:
    """The results of one rule before and after, as far as both are of the same kind of subjects."""
    if was and now and was[0].is_group == now[0].is_group and was[0].rule.applies_to == now[0].rule.applies_to:
        yield was, now


def _effect(was: list[RuleResult], now: list[RuleResult]) -> RuleEffect:
    first, numbers = now[0].subjects, dict[tuple[str, Path], int]()
    table = first.table if isinstance(first, Records) else None
    places = [[_rows(one, numbers) for one in some] for some in (was, now)]
    n = len(numbers) if table is None else len(table)
    before, after = (_judged(some, rows, n) for some, rows in zip((was, now), places, strict=True))
    return RuleEffect(before, after, changes_of(before.outcome, after.outcome), table)


def _rows(result: RuleResult, numbers: dict[tuple[str, Path], int]) -> Ints:
    """The rows of the records of a result; groups are numbered by their names."""
    subjects = result.subjects
    if isinstance(subjects, Records):
        return subjects.rows(np.arange(len(result), dtype=np.int32))
    assert isinstance(subjects, Groups)
    keys = zip(subjects.levels, subjects.paths, strict=True)
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int32)


def _judged(results: Sequence[RuleResult], rows: Sequence[Ints], n: int) -> JudgedOnce:
    outcome = np.full(n, np.uint8(Outcome.NOT_APPLICABLE))
    part, place = np.full(n, -1, np.int32), np.full(n, -1, np.int32)
    for number, (result, mine) in enumerate(zip(results, rows, strict=True)):
        outcome[mine], part[mine], place[mine] = result.outcome, number, np.arange(len(result), dtype=np.int32)
    return JudgedOnce(list(results), outcome, part, place)
