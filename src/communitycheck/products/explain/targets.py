"""Which verdicts are meant by a rule and a subject, and what to say where none is or several are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct, field

from communitycheck.checking.standard_run import StandardRun
from communitycheck.errors import UsageError
from communitycheck.messages import catalogue
from communitycheck.model.report import Report
from communitycheck.model.result import Groups, Reason, RuleResult, Subject, Subjects
from communitycheck.model.text import Text
from communitycheck.printable import one_line
from communitycheck.products.explain.explanation import Explained, Judged
from communitycheck.products.explain.find_subjects import find, is_in, nearest_names, places_in, spot_of
from communitycheck.standards.choose import open_rule_book

CHOICES = 12  # namesakes that a question lists
_NOT_REACHED = (Reason.NOT_CARRIED, Reason.OUTSIDE)
_NAMED = 3  # subjects named as examples


class Target(Struct, frozen=True):
    """One verdict: a result of a run, and the subject's position in it."""

    run: StandardRun
    result: RuleResult
    i: int

    @property
    def subject(self) -> Subject:
        return self.result.subjects.subject(self.i)

    @property
    def reason(self) -> Reason:
        return Reason(int(self.result.reason[self.i]))

    @property
    def place(self) -> tuple[object, ...]:
        """What tells the subject from its namesakes."""
        subject = self.subject
        if isinstance(self.result.subjects, Groups):
            return subject.entity, "group", subject.region, subject.name
        at, _ = self.result.subjects.at(self.i, ())
        return subject.entity, "record", at


class AllVerdicts(Struct):
    """All verdicts of a run with what they were judged by."""

    report: Report
    runs: list[StandardRun]
    pairs: list[tuple[StandardRun, RuleResult]] = field(default_factory=list)

    def __post_init__(self) -> None:
        by_standard = {run.standard.id: run for run in self.runs}
        self.pairs = [(by_standard[r.rule.standard], r) for r in self.report.results]

    def explained(self) -> Explained:
        report = self.report
        return Explained(
            report.version,
            report.as_of,
            report.as_of_from,
            report.standards,
            report.dictionary,
            [],
            unread=report.unread,
            waivers=report.waivers,
            paths=tuple(r.path for r in report.returns),
        )

    def targets(self, subject: str) -> list[Target]:
        found = [Target(run, r, i) for run, r in self.pairs if is_judged(r) for i in find(r.subjects, subject)]
        # The same subject in another table of the return, or under a standard that does not reach it.
        reached = {(t.result.rule.id, t.subject) for t in found if t.reason not in _NOT_REACHED}
        return [t for t in found if t.reason not in _NOT_REACHED or (t.result.rule.id, t.subject) not in reached]

    def judged(self) -> list[tuple[StandardRun, Judged]]:
        """The rules that were judged, each with all its subjects."""
        return [(run, Judged(r, np.arange(len(r), dtype=np.int32))) for run, r in self.pairs if is_judged(r)]

    def in_region(self, name: str) -> list[tuple[StandardRun, Judged]]:
        """The rules that judged subjects in a region of that name, with those; empty where there is none."""
        found = ((run, Judged(one.result, places_in(one.result.subjects, name))) for run, one in self.judged())
        return [(run, one) for run, one in found if len(one.places)]

    def governing(self, subject: str | None) -> list[tuple[StandardRun, RuleResult]]:
        """The results of the standards that have the subject among their records; all where none has."""
        holders = {
            run.standard.id
            for run in self.runs
            for one in run.governed.values()
            if subject and any(not one.out_of_jurisdiction[i] for i in find(one.records, subject))
        }
        return [(run, r) for run, r in self.pairs if not holders or run.standard.id in holders]


def is_judged(result: RuleResult) -> bool:
    """False for a rule that has one answer for everybody: not checked for want of a column, or checked by hand."""
    return result.checked and result.rule.manual is None


def refuse_namesakes(targets: list[Target], subject: str) -> None:
    """Ask which subject is meant where several of one kind have the name.

    Raises:
        UsageError: the question, with each one's place.
    """
    places: dict[tuple[object, ...], Target] = {}
    for target in targets:
        places.setdefault(target.place, target)
    kinds = [place[:2] for place in places]
    if len(set(kinds)) == len(kinds):
        return
    short = [_choice(t) for t in places.values()]
    lines = (
        short[:CHOICES]
        if len(set(short)) == len(short)
        else [_choice(t, with_file=True) for t in list(places.values())[:CHOICES]]
    )
    more = max(len(places) - CHOICES, 0)
    code = "explain-namesakes-more" if more else "explain-namesakes"
    raise UsageError(code, name=subject, n=len(places), choices="\n  ".join(["", *lines]), more=more)


def _choice(target: Target, *, with_file: bool = False) -> str:
    """How to name just this one: its path, and its place in the file; with the file where sheets are called alike."""
    subject = target.subject
    at, _ = target.result.subjects.at(target.i, ())
    path = "/".join((*subject.region, subject.name))
    sheet = "" if at is None else f"{at.path}[{at.sheet}]" if with_file and at.sheet else at.sheet or at.path
    place = "" if at is None else f"{sheet}!{at.cell or at.row}"
    return one_line("  ".join(p for p in (path, subject.code, place) if p))


def refuse_unjudged(verdicts: AllVerdicts, subject: str, rule: str) -> None:
    """Say why a subject has no verdict, unless the rules have one answer for everybody.

    Raises:
        UsageError: nobody has that name, or the rule does not judge that kind of subject.
    """
    records: list[Subjects] = [one.records for run in verdicts.runs for one in run.governed.values()]
    groups = [r.subjects for _, r in verdicts.pairs if isinstance(r.subjects, Groups)]
    known = next((s.subject(i) for s in (*records, *groups) for i in find(s, subject)[:1]), None)
    judged = [r for _, r in verdicts.pairs if is_judged(r)]
    known_as = verdicts.report.dictionary
    if known is None:
        _of_earlier_period(verdicts.report, subject)
        _no_record_there(verdicts.report, subject)
        near = nearest_names([*(r.subjects for r in judged), *records], subject)
        raise UsageError("explain-subject-unknown", name=subject, near="、".join(map(one_line, near)) or "—")
    if not judged:
        return
    kinds = {e: known_as.entity(e).plural for r in judged for e in (r.rule.by or (r.rule.applies_to,))}
    examples = dict.fromkeys(r.subjects.subject(i).name for r in judged for i in range(min(len(r), _NAMED)))
    raise UsageError(
        "explain-not-judged",
        rule=rule,
        name=one_line(known.name),
        kind=known_as.entity(known.entity).label,
        kinds=Text(*("、".join(k.in_lang(lang) for k in kinds.values()) for lang in ("zh", "en"))),
        examples="、".join(one_line(e) for e in list(examples)[:_NAMED] if e) or "—",
    )


def _of_earlier_period(report: Report, subject: str) -> None:
    """Say that a later return took the place of the record.

    Raises:
        UsageError: ``subject`` names a record of an earlier period.
    """
    for one in report.past:
        if found := find(one.records, subject):
            at, _ = one.records.at(found[0], ())
            code = "explain-earlier-record" if one.again else "explain-not-reported-again"
            name = one.records.subject(found[0]).name
            raise UsageError(code, name=one_line(name), place=at, period=one.period, later=one.later)


def _no_record_there(report: Report, subject: str) -> None:
    """Say what stands in a row that is no record.

    Raises:
        UsageError: ``subject`` names a place in a sheet that was read.
    """
    spot = spot_of(subject)
    sheets = [s for r in report.returns for s in r.sheets if spot and is_in(s, spot)]
    if spot is None or spot.row is None or not sheets or (len(sheets) > 1 and not spot.place and spot.sheet is None):
        return
    reason = next((why for s in sheets for row, why in s.skipped_rows if row == spot.row), "")
    if any(spot.row in s.header_rows for s in sheets):
        said = "explain-row-header"
    else:
        said = f"row-{reason}" if f"row-{reason}" in catalogue() else "explain-row-outside"
    raise UsageError("explain-no-record-there", place=one_line(subject), reason=Text(*catalogue()[said]))


def judged_elsewhere(
    rule: str, report: Report, rules_dir: str | Path | None, standards: Sequence[str | Path]
) -> UsageError:
    """The rule is known, but no standard that has it judged anything here."""
    book = open_rule_book(rules_dir, standards)
    wanted, _, layer = rule.partition("@")
    holders = [s for s in book.all() if any(r.id.upper() == wanted.upper() for r in s.rules)]
    if layer and layer not in [s.id for s in holders]:
        holding = ", ".join(s.id for s in holders)
        return UsageError("explain-no-such-layer", rule=wanted, layer=layer, holders=holding)
    names = ", ".join(f"{s.id} ({s.jurisdiction.name})" for s in holders)
    used = ", ".join(s.id for s in report.standards)
    return UsageError("explain-rule-elsewhere", rule=rule, standards=names, used=used or "—")
