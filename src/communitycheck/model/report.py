"""The one Report that every format is made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, field

from communitycheck.errors import ReturnError
from communitycheck.model.baseline import BaselineApplied, BaselineState
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.periods.past_records import PastRecords
from communitycheck.model.places.regions import Region
from communitycheck.model.result import OUTCOMES, Outcome, Records, RuleResult, Verdict
from communitycheck.model.returns import (
    COUNT_DIFFERS,
    GROUP_COUNT_DIFFERS,
    PERIOD_IMPOSSIBLE,
    PERIOD_NOT_BEGUN,
    PLACE_UNKNOWN,
    SERIAL_GAP,
    YEARS_IN_QUESTION,
    Notice,
    Return,
)
from communitycheck.model.standard import SEVERITIES, Standard
from communitycheck.model.waiver import OwnExplanation, WaiversApplied

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from communitycheck.model.scores.score_result import ScoreResult

STRAYS = "records-in-no-jurisdiction"
_OF_VERDICTS = ("no-data", "error", "not-checked")


class Gate(Struct, frozen=True):
    """What decides the exit code. ``fail_on`` is a severity or ``never``."""

    fail_on: str = "expected"
    strict: bool = False
    allow_incomplete: bool = False

    def holds(self, severity: str) -> bool:
        """True where a fail of that severity counts."""
        if self.fail_on == "never":
            return False
        return SEVERITIES.index(severity) <= SEVERITIES.index(self.fail_on)


class Report(Struct, eq=False):
    """Everything one run found, or what of it concerns one region.

    Attributes:
        results: one for each rule of each standard, in the order of the rule files.
        unread: returns that could not be read, with the reason.
        as_of: the day that deadlines and dated thresholds were held against; ``as_of_from`` says where it came
            from: ``option``, ``return`` or ``today``.
        records: every record that was read, those of each kind together, with their regions filled in; by default
            those of the returns' own tables.
        stray: those that no standard judged because they lie in no jurisdiction, or nobody knows in which.
        governed: standard -> the records that it governs, of the kinds that its rules judge.
        past: those that were not judged because a return of a later period took their place.
        baseline: what became of the baseline that was given; None where none was.
        region: the region that the report is of; None is all that was read.
        scores: the assessment sheets of the standards; no exit code and no rate comes of them.
        waivers: what became of each waiver that was given; None where none were.
        options: the options given that decide what is judged and how, as (option, value).
        batches: where the verdicts that are told one by one are too many to be held in ``results``: all of them, some
            records at a time, each part with the place in ``results`` of the rule that it is of. What ``results`` then
            have one by one are the worst, and the rest counts.
    """

    version: str
    as_of: date
    as_of_from: str
    standards: list[Standard]
    dictionary: Dictionary
    returns: list[Return]
    results: list[RuleResult]
    notices: list[Notice] = field(default_factory=list)
    unread: list[ReturnError] = field(default_factory=list)
    gate: Gate = field(default_factory=Gate)
    records: list[Records] = field(default_factory=list)
    stray: list[Records] = field(default_factory=list)
    governed: dict[str, list[Records]] = field(default_factory=dict)
    region: Region | None = None
    options: tuple[tuple[str, str], ...] = ()
    scores: list[ScoreResult] = field(default_factory=list)
    past: list[PastRecords] = field(default_factory=list)
    waivers: WaiversApplied | None = None
    baseline: BaselineApplied | None = None
    batches: Iterable[list[tuple[int, RuleResult]]] | None = None

    def __post_init__(self) -> None:
        if not self.records:
            self.records = [Records(t) for r in self.returns for t in r.tables]

    def outcomes(self) -> dict[Outcome, int]:
        """Verdicts by outcome, over all rules; sums to the number of verdicts."""
        tally = dict.fromkeys(OUTCOMES, 0)
        for result in self.results:
            for outcome, n in result.counts().items():
                tally[outcome] += n
        return tally

    @property
    def subjects(self) -> int:
        """How many subjects were read, of all kinds; one that returns of several periods report is one."""
        return sum(r.count for r in self.records) - self.repeated

    @property
    def repeated(self) -> int:
        """How many records are of subjects that a return of a later period reports again."""
        return sum(len(one.records) for one in self.past if one.again)

    @property
    def unplaced(self) -> int:
        """How many records no standard judged."""
        return sum(r.count for r in self.stray)

    @property
    def waived(self) -> int:
        return sum(len(r.waived) for r in self.results)

    def waived_by_state(self) -> Counter[BaselineState]:
        """How many fails of each state to the baseline are waived as well; nothing without a baseline."""
        found: Counter[BaselineState] = Counter()
        for result in self.results:
            if result.baseline is not None and result.waived:
                found.update(BaselineState(state) for state in result.baseline[list(result.waived)].tolist())
        return found

    @property
    def explained(self) -> int:
        """How many of the waived fails the returns explain themselves."""
        return sum(isinstance(one, OwnExplanation) for r in self.results for one in r.waived.values())

    @property
    def excuses(self) -> bool:
        """Whether waivers were given, or explanations taken: rates are then printed with and without them."""
        return self.waivers is not None or self.waived > 0

    def verdicts(self, *, all_outcomes: bool = False) -> Iterator[Verdict]:
        for result in self.results:
            yield from result.verdicts(all_outcomes=all_outcomes)

    def to_frame(self, *, all_verdicts: bool = False) -> pd.DataFrame:
        """The verdicts as a DataFrame, one row each: see ``communitycheck.model.views.frame``.

        Args:
            all_verdicts: also what passed and what was out of scope.
        """
        from communitycheck.model.views.frame import frame_of  # pandas takes half a second to load

        return frame_of(self.results, all_verdicts=all_verdicts)

    def to_polars(self, *, all_verdicts: bool = False) -> pl.DataFrame:
        """The same for polars, which has to be installed.

        Args:
            all_verdicts: also what passed and what was out of scope.
        """
        import polars as pl  # no part of the toolkit

        return pl.from_pandas(self.to_frame(all_verdicts=all_verdicts))

    def __repr__(self) -> str:
        from communitycheck.model.views.report_face import line_of  # for Python shells alone

        facts = {"returns": len(self.returns), "unread": len(self.unread), "subjects": self.subjects}
        facts |= {outcome.word: n for outcome, n in self.outcomes().items()}
        return line_of(self.as_of, facts, self.exit_code)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from communitycheck.model.views.report_face import html_of  # for notebooks alone

        return html_of(repr(self), self.results, self.unread)

    @property
    def exit_code(self) -> int:
        """0 complete, 1 a gating fail, 2 something could not be read, 3 incomplete; 2 beats 1 beats 3."""
        if self.unread:
            return 2
        gating = [r for r in self.results if self.gate.holds(r.rule.severity)]
        if any(r.counting().any() for r in gating):
            return 1
        return 3 if self.open_points() and not self.gate.allow_incomplete else 0

    def fields_in_question(self) -> set[str]:
        """The fields that keep gating rules waiting, each of which a column of a return may be."""
        lacking = {key for result in self._waiting() for key in result.lacking}
        return lacking & self._may_be()

    def _periods_in_doubt(self) -> int:
        if self.as_of_from == "option":
            return 0
        told = {n.at.path for n in self.notices if n.code in (PERIOD_NOT_BEGUN, PERIOD_IMPOSSIBLE)}
        dated = {r.path for r in self.returns if any(s.period for s in r.sheets)}
        begun = dated - {n.at.path for n in self.notices if n.code == PERIOD_NOT_BEGUN}
        return len(told - begun)

    def _may_be(self) -> set[str]:
        every = (sheet for one in self.returns for sheet in one.sheets)
        return {key for sheet in every for _, fields in sheet.in_question() for key in fields}

    def _waiting(self) -> list[RuleResult]:
        """Gating rules that are not checked, and would be if a column that is there were known to be theirs."""
        unchecked = [r for r in self.results if not r.checked and self.gate.holds(r.rule.severity)]
        may_be = self._may_be() if unchecked else set()
        return [r for r in unchecked if may_be.intersection(r.lacking)]

    def left_open(self) -> dict[str, int]:
        """Of ``open_points`` those of what was not read, placed or asked, which no verdict tells."""
        return left_open(self.open_points())

    @property
    def answer_code(self) -> int:
        """The exit code of an answer in which a fail decides nothing: 0; 2 where a return could not be read, 3 where
        something was left open of which the answer itself tells nothing."""
        return 2 if self.unread else 3 if self.left_open() else 0

    def open_points(self) -> dict[str, int]:
        """Why the answer is incomplete, and how many there are of each; empty where it is complete.

        ``no-data`` and ``error`` are verdicts of rules that gate, ``in-question`` such rules that wait for a
        column of which nobody knows whether it is theirs, ``not-checked`` the others without one where the gate is
        strict, ``no-jurisdiction`` records that no standard judges, ``place`` those that may lie where a more local
        standard adds rules, ``period`` returns whose own period cannot be, where no day was given to judge by,
        ``years`` columns of several years, or beside them, of which nobody knows what they hold or of when,
        ``not-reported-again`` subjects that a later return of their place leaves out, ``unread-rows`` rows that nobody
        could read, ``missing-records`` places where a return says itself that it has more records than are there;
        ``nothing-judged`` is 1 where no rule came to an answer.
        """
        gating = [r for r in self.results if self.gate.holds(r.rule.severity)]
        outcomes = self.outcomes()
        waiting = self._waiting()
        found = {
            "no-data": sum(r.counts()[Outcome.NO_DATA] for r in gating),
            "error": sum(r.counts()[Outcome.ERROR] for r in gating),
            "in-question": len(waiting),
            "not-checked": sum(not r.checked for r in gating) - len(waiting) if self.gate.strict else 0,
            "no-jurisdiction": self.unplaced,
            "place": sum(n.values["count"] for n in self.notices if n.code == PLACE_UNKNOWN),
            "period": self._periods_in_doubt(),
            "years": sum(n.values["count"] for n in self.notices if n.code in YEARS_IN_QUESTION),
            "not-reported-again": sum(len(one.records) for one in self.past if not one.again),
            "unread-rows": sum(len(sheet.unread_rows) for one in self.returns for sheet in one.sheets),
            "missing-records": sum(map(_says_more, self.notices)),
            "nothing-judged": int(not any(outcomes[o] for o in (Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE))),
        }
        return {cause: n for cause, n in found.items() if n}


def left_open(points: Mapping[str, int]) -> dict[str, int]:
    """Of the reasons for which a check is incomplete all but those that stand in single verdicts, or that only a strict
    gate asks about."""
    found = {cause.replace("_", "-"): n for cause, n in points.items()}
    return {cause: n for cause, n in found.items() if cause not in _OF_VERDICTS}


def _says_more(notice: Notice) -> bool:
    """The return states more records than it has: a number is left out, or a count is larger."""
    if notice.code in (COUNT_DIFFERS, GROUP_COUNT_DIFFERS):
        return bool(notice.values["stated"] > notice.values["counted"])
    return notice.code == SERIAL_GAP


def stray_notices(stray: list[Records]) -> list[Notice]:
    """A notice for the records of each kind that no standard judges, with the place of the first."""
    return [
        Notice(STRAYS, at, values={"count": records.count})
        for records in stray
        if (at := records.at(0, ())[0]) is not None
    ]
