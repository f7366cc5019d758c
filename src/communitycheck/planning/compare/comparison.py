"""Two sides held against each other: everything a comparison has to say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct, field

from communitycheck.checking.repeated.ladder import Rung
from communitycheck.model.result import Outcome
from communitycheck.model.table import Bytes, Ints, among
from communitycheck.planning.compare.causes import causes, is_another
from communitycheck.planning.compare.changes import RuleChanges, rule_changes
from communitycheck.planning.compare.pairs import KindPairs, pair_subjects
from communitycheck.planning.compare.renames import Rename, Unused
from communitycheck.planning.compare.side import RunSide, SubjectKind


class ComparedRule(Struct, eq=False):
    """A rule with what changed and why; ``another`` says whether it asks something else now (None: nobody knows)."""

    changes: RuleChanges
    cause: Bytes
    another: bool | None
    comparable: bool


class ComparedRuns(Struct, eq=False):
    """What became of the verdicts of ``before`` in ``after``.

    Attributes:
        judged_between: the later figures were judged by the earlier rules as well.
        failed: by kind and side the number of fails of each subject, for those that one side alone has.
    """

    before: RunSide
    after: RunSide
    pairs: dict[SubjectKind, KindPairs]
    rules: list[ComparedRule]
    unused: list[Unused]
    judged_between: bool = False
    failed: dict[tuple[SubjectKind, bool], Ints] = field(default_factory=dict)

    @property
    def comparable(self) -> bool:
        return self.in_part or all(pairs.comparable for pairs in self.pairs.values())

    @property
    def in_reverse(self) -> bool:
        """Whether the side that was given as the earlier one is the later."""
        return self.before.is_later_than(self.after)

    @property
    def whole(self) -> bool:
        """Whether both sides have been judged."""
        return bool(self.before.rules and self.after.rules)

    @property
    def answered(self) -> bool:
        """Whether any rule has come to an answer on the later side; a report of what did not pass does not say so."""
        answers = (Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE)
        return self.after.in_part or any(among(one.outcome, *answers).any() for one in self.after.verdicts.values())

    @property
    def in_part(self) -> bool:
        """One side is a report of what did not pass: who is gone and who has come nobody knows."""
        return self.before.in_part or self.after.in_part

    @property
    def exit_code(self) -> int:
        """0; 2 where a side has returns that could not be read; 3 where the two are not comparable, or no rule has come
        to an answer on the later side, or that was not read in full."""
        if self.before.unread or self.after.unread:
            return 2
        return 0 if self.comparable and self.answered and not self.after.open else 3


def compared(
    before: RunSide, after: RunSide, between: RunSide | None = None, renames: Sequence[Rename] = ()
) -> ComparedRuns:
    """Hold two sides against each other.

    Args:
        between: the later figures judged by the earlier rules, where those differ from the later ones.
    """
    pairs, unused = pair_subjects(before, after, renames)
    rows_between: dict[SubjectKind, Ints] = {}
    if between is not None:
        again, _ = pair_subjects(after, between)
        rows_between = {kind: one.matched.found for kind, one in again.items()}
    rules = []
    for one in rule_changes(before, after, pairs):
        cause = causes(one, before, after, between, rows_between.get(one.kind))
        known = before.in_part or after.in_part or pairs[one.kind].comparable
        rules.append(ComparedRule(one, cause, is_another((one.key.standard, one.key.rule), before, after), known))
    found = ComparedRuns(before, after, pairs, rules, unused, between is not None)
    for is_after, side in ((False, before), (True, after)):
        for kind in pairs:
            found.failed[kind, is_after] = _fails(side, kind)
    return found


def needs_trial(before: RunSide, after: RunSide) -> bool:
    """Whether any rule of both sides asks something else than before."""
    return any(is_another(key, before, after) is not False for key in before.rules.keys() & after.rules.keys())


def _fails(side: RunSide, kind: SubjectKind) -> Ints:
    """How many rules each subject fails."""
    table = side.subjects.get(kind)
    found = np.zeros(0 if table is None else len(table), np.int32)
    for one in side.verdicts.values():
        if one.kind == kind:
            failed = one.rows[among(one.outcome, Outcome.FAIL)]
            found += np.bincount(failed, minlength=len(found)).astype(np.int32)
    return found


def renamed(pairs: KindPairs) -> Ints:
    """Places of those before that were found under another name, another code, or because somebody says so."""
    how = pairs.matched.how
    likely = among(how, Rung.RECODED, Rung.ENDING, Rung.DECLARED)
    by_code = np.flatnonzero(among(how, Rung.CODE))
    if len(by_code):
        likely[by_code] = pairs.other_name[by_code]
    return np.flatnonzero(likely).astype(np.int32)
