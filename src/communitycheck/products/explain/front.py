"""The front door of ``explain``: one verdict taken apart, with the cells it rests on as they were written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from communitycheck.check import check
from communitycheck.checking.standard_run import StandardRun
from communitycheck.errors import UsageError
from communitycheck.messages import Lang
from communitycheck.model.address import Address
from communitycheck.model.dictionary import Field
from communitycheck.model.report import Report
from communitycheck.model.result import RuleResult, Subject
from communitycheck.model.returns import Notice
from communitycheck.products.explain.explanation import Explained, Explanation, Input, Judged, Layer
from communitycheck.products.explain.find_subjects import find
from communitycheck.products.explain.json import explanation_json
from communitycheck.products.explain.targets import (
    AllVerdicts,
    is_judged,
    judged_elsewhere,
    refuse_namesakes,
    refuse_unjudged,
)
from communitycheck.products.explain.text import explanation_text
from communitycheck.products.explain.trace import trace, trace_unchecked
from communitycheck.returns.written import cells_as_written
from communitycheck.standards.choose import open_rule_book

LISTED = 50  # verdicts of a short list


def explain(
    paths: Sequence[str | Path] | str | Path,
    rule: str | None = None,
    subject: str | None = None,
    *,
    standards: Sequence[str | Path] = (),
    rules_dir: str | Path | None = None,
    region: str | None = None,
    as_of: date | None = None,
    period: str | None = None,
    mapping: str | Path | None = None,
    waivers: str | Path | None = None,
    every: bool = False,
) -> Explained:
    """Take verdicts apart.

    Args:
        paths, standards, rules_dir, region, as_of, period, mapping: as for ``check``.
        rule: its id, also ``LN-01@shenyang-2023``; None lists every rule of the subject.
        subject: a name, ``区/名``, a region code, or a place (``城市社区!12``, ``F12``); None lists those that fail.
        waivers: a file of waivers; a fail says by which it is excused, or which would be it and does not hold.
        every: explain all subjects of that name instead of asking which.

    Raises:
        UsageError: an unknown rule or subject, with the nearest; several subjects of one name; a rule that does not
            judge that subject.
    """
    if not (rule or "").strip() and not (subject or "").strip():
        raise UsageError("explain-needs")
    rule, subject = ((text or "").strip() or None for text in (rule, subject))
    runs: list[StandardRun] = []
    report = check(
        paths, standards, rules_dir=rules_dir, region=region, as_of=as_of, period=period,
        select=[rule] if rule else (), mapping=mapping, waivers=waivers, on_standard=runs.append,
    )  # fmt: skip
    verdicts = AllVerdicts(report, runs)
    found = verdicts.explained()
    if not report.returns:
        return found
    if rule and not report.results:
        raise judged_elsewhere(rule, report, rules_dir, standards)
    if rule and subject and not verdicts.targets(subject) and (inside := verdicts.in_region(subject)):
        found.region = subject
        _of_rule(inside, found)
    elif rule and subject:
        found.explanations = _verdicts(verdicts, rule, subject, every=every)
    elif rule:
        _of_all(verdicts, found)
    elif subject:
        _of_subject(verdicts, subject, found, every=every)
    _add_layers(found.explanations, rules_dir, standards)
    if not found.short:
        _add_cells(found.explanations, report)
    return found


def _verdicts(verdicts: AllVerdicts, rule: str, subject: str, *, every: bool) -> list[Explanation]:
    targets = verdicts.targets(subject)
    if not every:
        refuse_namesakes(targets, subject)
    if targets:
        return [trace(t.run, t.result, t.i) for t in targets[:LISTED]]
    refuse_unjudged(verdicts, subject, rule)
    return _whole(verdicts.governing(subject))


def _whole(pairs: Iterable[tuple[StandardRun, RuleResult]]) -> list[Explanation]:
    """Rules that have one answer for everybody: not checked for want of a column, or checked by hand."""
    return [
        trace_unchecked(run, result) if not result.checked else trace(run, result, 0)
        for run, result in pairs
        if not is_judged(result)
    ]


def _of_all(verdicts: AllVerdicts, found: Explained) -> None:
    """The subjects that do not pass; where the rule has one subject, or one answer for all, that one whole."""
    found.explanations, judged = _whole(verdicts.pairs), verdicts.judged()
    if sum(len(one.places) for _, one in judged) <= 1:
        found.explanations += [trace(run, one.result, 0) for run, one in judged if len(one.places)]
        if found.explanations:
            return
    _of_rule(judged, found)


def _of_rule(judged: Sequence[tuple[StandardRun, Judged]], found: Explained) -> None:
    """The subjects that do not pass, of all or of one region."""
    found.judged = [one for _, one in judged]
    for run, one in judged:
        places = one.worst(LISTED)[: LISTED - len(found.explanations)]
        found.explanations += [trace(run, one.result, i, remedies=False) for i in places]


def _of_subject(verdicts: AllVerdicts, subject: str, found: Explained, *, every: bool) -> None:
    """Every rule and score of the subject, which may have a score alone."""
    sheets = verdicts.report.scores
    found.scores = [(sheet, i) for sheet in sheets for i in find(sheet.subjects, subject)]
    found.unscored = [sheet.score for sheet in sheets if find(sheet.outside, subject)]
    outside = (sheet.outside.subject(i) for sheet in sheets for i in find(sheet.outside, subject))
    scored = [*(sheet.subjects.subject(i) for sheet, i in found.scores), *outside]
    targets = verdicts.targets(subject)
    if not every:
        refuse_namesakes(targets, subject)
    if not targets and not scored:
        refuse_unjudged(verdicts, subject, "")
    found.subject = next(iter([*(t.subject for t in targets), *scored]), Subject("", subject))
    found.explanations = [trace(t.run, t.result, t.i, remedies=False) for t in targets]
    kinds = {(t.run.standard.id, t.subject.entity) for t in targets}
    found.explanations += [
        trace_unchecked(run, result)
        for run, result in verdicts.pairs
        if not result.checked and (run.standard.id, (result.rule.by or (result.rule.applies_to,))[0]) in kinds
    ]


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
        known = explanation.standard.dictionary_on(report.dictionary).fields
        for one in (x for top in explanation.inputs for x in _all(top)):
            if one.at is not None:
                at = one.at if one.at.key is not None else replace(one.at, row=None)
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
    for part in (*one.parts, *filter(None, (one.before,))):
        yield from _all(part)


def _about(notice: Notice, at: Address, written: str | None, head: Sequence[int]) -> bool:
    """True for a notice about the cell, its whole column, or (it is given but once) another cell that says the same."""
    there = notice.at
    if (there.path, there.sheet or "") != (at.path, at.sheet or "") or not there.cell or not at.cell:
        return False
    if there.cell == at.cell and there.key == at.key:
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
