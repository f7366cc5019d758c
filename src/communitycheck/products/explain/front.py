"""The front door of ``explain``: one verdict taken apart, with the cells it rests on as they were written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from communitycheck.check import check
from communitycheck.checking.standard_run import StandardRun
from communitycheck.errors import UsageError
from communitycheck.messages import Lang, catalogue
from communitycheck.model.address import Address
from communitycheck.model.dictionary import Field
from communitycheck.model.report import Report
from communitycheck.model.result import Groups, Outcome, Reason, RuleResult, Subject, Subjects
from communitycheck.model.returns import Notice
from communitycheck.model.text import Text
from communitycheck.products.explain.explanation import Explained, Explanation, Input, Layer
from communitycheck.products.explain.find_subjects import find, is_in, nearest, spot_of
from communitycheck.products.explain.json import explanation_json
from communitycheck.products.explain.text import explanation_text
from communitycheck.products.explain.trace import trace, trace_unchecked
from communitycheck.reporting.words.sanitise import one_line
from communitycheck.returns.written import cells_as_written
from communitycheck.standards.choose import open_rule_book

LISTED = 50  # verdicts of a short list
CHOICES = 12  # namesakes that a question lists
_NOT_ASKED = (Reason.NOT_CARRIED, Reason.OUTSIDE)
_NAMED = 3  # subjects named as examples


@dataclass(frozen=True, slots=True)
class _Target:
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


@dataclass(slots=True)
class _Case:
    """All verdicts of a run with what they were judged by."""

    report: Report
    runs: list[StandardRun]
    pairs: list[tuple[StandardRun, RuleResult]] = field(default_factory=list)

    def __post_init__(self) -> None:
        by_standard = {b.standard.id: b for b in self.runs}
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
            paths=tuple(r.path for r in report.returns),
        )

    def targets(self, subject: str) -> list[_Target]:
        found = [_Target(b, r, i) for b, r in self.pairs if _judged(r) for i in find(r.subjects, subject)]
        # The same subject in another table of the return, or under a standard that does not reach it.
        asked = {(t.result.rule.id, t.subject) for t in found if t.reason not in _NOT_ASKED}
        return [t for t in found if t.reason not in _NOT_ASKED or (t.result.rule.id, t.subject) not in asked]

    def governing(self, subject: str | None) -> list[tuple[StandardRun, RuleResult]]:
        """The results of the standards that have the subject among their records; all where none has."""
        holders = {
            b.standard.id
            for b in self.runs
            for d in b.governed.values()
            if subject and any(not d.out_of_jurisdiction[i] for i in find(d.records, subject))
        }
        return [(b, r) for b, r in self.pairs if not holders or b.standard.id in holders]


def explain(
    paths: Sequence[str | Path] | str | Path,
    rule: str | None = None,
    subject: str | None = None,
    *,
    standards: Sequence[str | Path] = (),
    rules_dir: str | Path | None = None,
    region: str | None = None,
    as_of: date | None = None,
    mapping: str | Path | None = None,
    every: bool = False,
) -> Explained:
    """Take verdicts apart.

    Args:
        paths, standards, rules_dir, region, as_of, mapping: as for ``check``.
        rule: its id, also ``LN-01@shenyang-2023``; None lists every rule of the subject.
        subject: a name, ``区/名``, a region code, or a place (``城市社区!12``, ``F12``); None lists those that fail.
        every: explain all subjects of that name instead of asking which.

    Raises:
        UsageError: an unknown rule or subject, with the nearest; several subjects of one name; a rule that does not
            judge that subject.
    """
    if not (rule or "").strip() and not (subject or "").strip():
        raise UsageError("explain-needs")
    rule = rule.strip() if rule and rule.strip() else None
    subject = subject.strip() if subject and subject.strip() else None
    runs: list[StandardRun] = []
    report = check(
        paths,
        standards,
        rules_dir=rules_dir,
        region=region,
        as_of=as_of,
        select=[rule] if rule else (),
        mapping=mapping,
        on_standard=runs.append,
    )
    case = _Case(report, runs)
    found = case.explained()
    if not report.returns:
        return found
    if rule and not report.results:
        raise _elsewhere(rule, report, rules_dir, standards)
    if rule and subject:
        found.explanations = _verdicts(case, rule, subject, every=every)
    elif rule:
        _of_rule(case, found)
    elif subject:
        _of_subject(case, subject, found, every=every)
    _add_layers(found.explanations, rules_dir, standards)
    if not found.short:
        _add_cells(found.explanations, report)
    return found


def _judged(result: RuleResult) -> bool:
    return result.checked and result.rule.manual is None


def _verdicts(case: _Case, rule: str, subject: str, *, every: bool) -> list[Explanation]:
    targets = case.targets(subject)
    if not every:
        _refuse_namesakes(targets, subject)
    if targets:
        return [trace(t.run, t.result, t.i) for t in targets[:LISTED]]
    _known_subject(case, subject, rule)
    return _whole(case.governing(subject))


def _whole(pairs: Iterable[tuple[StandardRun, RuleResult]]) -> list[Explanation]:
    """Rules that have one answer for everybody: not checked for want of a column, or checked by hand."""
    return [
        trace_unchecked(run, result) if not result.checked else trace(run, result, 0)
        for run, result in pairs
        if not _judged(result)
    ]


def _of_rule(case: _Case, found: Explained) -> None:
    """The subjects that do not pass; where the rule has one subject, or one answer for all, that one whole."""
    whole = _whole(case.pairs)
    judged = [(b, r) for b, r in case.pairs if _judged(r)]
    if sum(len(r) for _, r in judged) <= 1:
        found.explanations = whole + [trace(b, r, 0) for b, r in judged if len(r)]
        if found.explanations:
            return
    found.results = [r for _, r in judged]
    found.failing = sum(len(r.missed) for _, r in judged)
    for run, result in judged:
        worst = result.worst(LISTED)
        later = result.missed[result.outcome[result.missed] == Outcome.NOT_DUE][:LISTED]
        places = [*worst, *(int(i) for i in later)][: LISTED - len(found.explanations)]
        found.explanations += [trace(run, result, i, remedies=False) for i in places]


def _of_subject(case: _Case, subject: str, found: Explained, *, every: bool) -> None:
    """Every rule of the subject."""
    targets = case.targets(subject)
    if not every:
        _refuse_namesakes(targets, subject)
    if not targets:
        _known_subject(case, subject, "")
    found.subject = targets[0].subject if targets else Subject("", subject)
    found.explanations = [trace(t.run, t.result, t.i, remedies=False) for t in targets]
    kinds = {(t.run.standard.id, t.subject.entity) for t in targets}
    found.explanations += [
        trace_unchecked(run, result)
        for run, result in case.pairs
        if not result.checked and (run.standard.id, (result.rule.by or (result.rule.applies_to,))[0]) in kinds
    ]


def _refuse_namesakes(targets: list[_Target], subject: str) -> None:
    """Ask which subject is meant where several of one kind have the name.

    Raises:
        UsageError: the question, with each one's place.
    """
    places: dict[tuple[object, ...], _Target] = {}
    for target in targets:
        places.setdefault(target.place, target)
    kinds = [place[:2] for place in places]
    if len(set(kinds)) == len(kinds):
        return
    lines = [_choice(t) for t in list(places.values())[:CHOICES]]
    more = max(len(places) - CHOICES, 0)
    code = "explain-namesakes-more" if more else "explain-namesakes"
    raise UsageError(code, name=subject, n=len(places), choices="\n  ".join(["", *lines]), more=more)


def _choice(target: _Target) -> str:
    """How to name just this one: its path, and its place in the file."""
    subject = target.subject
    at, _ = target.result.subjects.at(target.i, ())
    path = "/".join((*subject.region, subject.name))
    place = "" if at is None else f"{at.sheet or at.path}!{at.cell or at.row}"
    return one_line("  ".join(p for p in (path, subject.code, place) if p))


def _known_subject(case: _Case, subject: str, rule: str) -> None:
    """Say why a subject has no verdict, unless the rules have one answer for everybody.

    Raises:
        UsageError: nobody has that name, or the rule does not judge that kind of subject.
    """
    records: list[Subjects] = [d.records for b in case.runs for d in b.governed.values()]
    groups = [r.subjects for _, r in case.pairs if isinstance(r.subjects, Groups)]
    known = next((s.subject(i) for s in (*records, *groups) for i in find(s, subject)[:1]), None)
    judged = [r for _, r in case.pairs if _judged(r)]
    if known is None:
        _no_record_there(case.report, subject)
        near = nearest([*(r.subjects for r in judged), *records], subject)
        raise UsageError("explain-subject-unknown", name=subject, near="、".join(map(one_line, near)) or "—")
    if not judged:
        return
    kinds = {e: Text(*_entities(e)) for r in judged for e in (r.rule.by or (r.rule.applies_to,))}
    examples = dict.fromkeys(r.subjects.subject(i).name for r in judged for i in range(min(len(r), _NAMED)))
    raise UsageError(
        "explain-not-judged",
        rule=rule,
        name=one_line(known.name),
        kind=Text(*_entity(known.entity)),
        kinds=Text(*("、".join(k.in_lang(lang) for k in kinds.values()) for lang in ("zh", "en"))),
        examples="、".join(one_line(e) for e in list(examples)[:_NAMED] if e) or "—",
    )


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


def _entity(entity: str) -> tuple[str, str]:
    return catalogue().get(f"entity-{entity}", (entity, entity))


def _entities(entity: str) -> tuple[str, str]:
    return catalogue().get(f"entities-{entity}", (entity, entity))


def _elsewhere(rule: str, report: Report, rules_dir: str | Path | None, standards: Sequence[str | Path]) -> UsageError:
    """The rule is known, but no standard that has it judged anything here."""
    book = open_rule_book(rules_dir, standards)
    wanted, _, layer = rule.partition("@")
    holders = [s for s in book.all() if any(r.id.upper() == wanted.upper() for r in s.rules)]
    if layer and layer not in [s.id for s in holders]:
        near = get_close_matches(layer, [s.id for s in holders], n=1, cutoff=0.0)
        return UsageError("explain-no-such-layer", rule=wanted, layer=layer, near=near[0] if near else "—")
    names = ", ".join(f"{s.id} ({s.jurisdiction.name})" for s in holders)
    used = ", ".join(s.id for s in report.standards)
    return UsageError("explain-rule-elsewhere", rule=rule, standards=names, used=used or "—")


def _add_layers(
    explanations: Iterable[Explanation], rules_dir: str | Path | None, standards: Sequence[str | Path]
) -> None:
    """The standard that set this version of the rule, then those above it that word it otherwise."""
    book = None
    for one in explanations:
        line = (one.standard.id, *one.standard.lineage)
        layer = one.rule.layer if one.rule.layer in line else one.standard.id
        one.layers = [Layer(one.standard, one.rule)] if layer == one.standard.id else []
        for name in line[line.index(layer) + len(one.layers) :]:
            book = book or open_rule_book(rules_dir, standards)
            above = book.standard(name)
            rule = next((r for r in above.rules if r.id == one.rule.id), None)
            if rule is not None and (rule.layer or name) == name:
                one.layers.append(Layer(above, rule))


def _add_cells(explanations: Sequence[Explanation], report: Report) -> None:
    """The text of every cell as it stands in the file, and what was said of it in reading."""
    wanted: dict[Address, Field] = {}
    inputs: list[tuple[Input, Address]] = []
    for explanation in explanations:
        known = report.dictionary.with_fields(explanation.standard.fields or {}).fields
        for one in (x for top in explanation.inputs for x in _all(top)):
            if one.at is not None:
                at = replace(one.at, row=None)
                inputs.append((one, at))
                wanted[at] = known[one.key]
    written = cells_as_written(wanted)
    heads = {(s.path, s.name): s.header_rows for r in report.returns for s in r.sheets}
    for one, at in inputs:
        if at in written:
            one.written, one.private = written[at].text, written[at].private
            hours = written[at].intervals
            if isinstance(one.value, float) and len(hours) > 1 and abs(sum(h for _, h in hours) - one.value) < 1e-9:
                one.intervals = hours
        head = heads.get((at.path, at.sheet or ""), [])
        one.notices = [n for n in report.notices if _about(n, at, one.written, head)]


def _all(one: Input) -> Iterable[Input]:
    yield one
    for part in one.parts:
        yield from _all(part)


def _about(notice: Notice, at: Address, written: str | None, head: Sequence[int]) -> bool:
    """True for a notice about the cell, its whole column, or (it is given but once) another cell that says the same."""
    there = notice.at
    if (there.path, there.sheet or "") != (at.path, at.sheet or "") or not there.cell or not at.cell:
        return False
    if there.cell == at.cell:
        return True
    if there.cell.rstrip("0123456789") != at.cell.rstrip("0123456789"):
        return False
    return there.row in head or bool(written and notice.text == written)


__all__ = ["LISTED", "explain"]


def render_explanation(
    found: Explained, format: str, lang: Lang, *, colour: bool = False, width: int | None = None
) -> Iterator[str]:
    """Verdicts taken apart, as ``text`` or ``json``.

    Raises:
        UsageError: it is neither.
    """
    match format:
        case "text":
            return explanation_text(found, lang, colour=colour, width=width)
        case "json":
            return explanation_json(found, lang)
        case _:
            raise UsageError("format-unknown", format=format, known="text, json")
