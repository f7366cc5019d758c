"""Scores in words: the table of subjects by score, and the sheet of one of them item by item."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome
from communitycheck.model.scores.score import Score, ScoreItem
from communitycheck.model.scores.score_result import ItemResult, ScoreResult
from communitycheck.model.subjects import Subject
from communitycheck.printable import clip, one_line
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.words.numbers import amount, count, grouped, plain, together
from communitycheck.reporting.words.sentences import Wording

LISTED = 20  # subjects of the table
DEAREST = 3  # items that cost a subject most
NAME = 40  # characters of a name
DECIMALS = 2  # of points


def score_blocks(report: Report, wording: Wording) -> Iterator[Block]:
    """One table for each sheet, the lowest score first."""
    for found in report.scores:
        if len(found) or len(found.outside):
            yield _table(found, wording)


def _table(found: ScoreResult, wording: Wording) -> Block:
    say, score = wording.say, found.score
    title = one_line(score.title.in_lang(wording.lang))
    block = Block(
        "scores",
        say("heading-scores", title=title, total=points_of(score.total)),
        columns=[
            TableColumn(say("column-name"), wrap=True, least=12),
            TableColumn(say("column-region"), spare=True),
            TableColumn(say("column-score"), right=True),
            TableColumn(say("column-grade")),
            TableColumn(say("column-lost"), wrap=True, least=16, share=4),
            TableColumn(say("column-open-points"), right=True),
        ],
    )
    for i in found.order()[:LISTED].tolist():
        subject = found.subjects.subject(i)
        low, high = found.range_of(i)
        block.add_row(
            clip(wording.name(subject), NAME),
            wording.region(subject),
            range_text(low, high, wording),
            grade_text(found, i, wording),
            wording.listed(_remarks(found, i, wording)),
            points_of(high - low) if high > low else "",
            tone="doubt" if high > low or low != low or found.may_not_apply[i] else "",
        )
    if (found.hi > found.lo).any():
        block.lines.append(say("scores-range"))
    if len(found.outside):
        block.lines.append(say("scores-outside", n=count(len(found.outside))))
    if len(found) > LISTED:
        block.more = say("scores-more", n=count(len(found) - LISTED))
    return block


def points_of(value: float) -> str:
    return grouped(plain(round(value, DECIMALS)))


def item_heading(item: ScoreItem, lang: Lang) -> str:
    """What stands over the points of an item: ``A-1 Area (20)``, or ``(+5)`` and ``(−5)`` beside the total."""
    sign = {"weight": "", "bonus": "+", "penalty": "−"}[item.kind]
    return f"{item.id} {item.title.in_lang(lang)} ({sign}{points_of(item.most)})"


def range_text(low: float, high: float, wording: Wording) -> str:
    """``87.5``, or ``62–78`` where something is not known."""
    if low != low:
        return wording.say("none")
    if low == high:
        return points_of(low)
    return "–".join(together([round(low, DECIMALS), round(high, DECIMALS)]))


def grade_text(found: ScoreResult, i: int, wording: Wording) -> str:
    return "–".join(grade.name.in_lang(wording.lang) for grade in found.grades_of(i))


def _remarks(found: ScoreResult, i: int, wording: Wording) -> Iterator[str]:
    yield from doubts(found, i, wording)
    yield from _vetoes(found, i, wording)
    if lost := dearest(found, i, wording):
        yield lost


def doubts(found: ScoreResult, i: int, wording: Wording) -> Iterator[str]:
    """That nobody knows whether the sheet is for the subject."""
    if found.may_not_apply[i]:
        yield wording.say("score-may-not-apply")


def _vetoes(found: ScoreResult, i: int, wording: Wording) -> Iterator[str]:
    """What caps the subject's grade."""
    for veto, holds in zip(found.score.vetoes, found.vetoed, strict=True):
        if holds[i]:
            yield wording.say("score-vetoed", title=veto.title.in_lang(wording.lang))


def dearest(found: ScoreResult, i: int, wording: Wording) -> str:
    """The items that surely cost the subject most."""
    lost = [(_lost(one, i), k, one.item) for k, one in enumerate(found.items)]
    worst = sorted((-cost, k, item) for cost, k, item in lost if cost > 0)[:DEAREST] if lost else []
    return wording.listed(f"{item.title.in_lang(wording.lang)} −{points_of(-cost)}" for cost, _, item in worst)


def _lost(one: ItemResult, i: int) -> float:
    if one.left_out[i] or one.item.kind == "bonus":
        return 0.0
    return float(one.lo[i] if one.item.kind == "penalty" else one.item.most - one.hi[i])


def sheet_block(found: ScoreResult, i: int, wording: Wording) -> Block:
    """The sheet of one subject: each item with clause, what was observed, points, and how they come about."""
    say, score = wording.say, found.score
    subject = found.subjects.subject(i)
    title = f"{one_line(score.title.in_lang(wording.lang))} — {wording.name(subject)}"
    block = Block(
        "score-sheet",
        say("heading-scores", title=title, total=points_of(score.total)),
        columns=[
            TableColumn(say("column-score-item"), wrap=True, least=14),
            TableColumn(say("column-clause"), spare=True),
            TableColumn(say("column-observed"), right=True),
            TableColumn(say("column-points"), right=True),
            TableColumn(say("column-of-points"), right=True, wrap=True, least=6),
            TableColumn(say("column-how"), wrap=True, least=18),
        ],
    )
    for one in found.items:
        low, high = one.range_of(i)
        lost = one.item.kind == "penalty"
        most = points_of(one.item.most)
        block.add_row(
            f"{one.item.id} {one.item.title.in_lang(wording.lang)}",
            one.item.clause,
            _observed(one, i, wording),
            ("−" if lost and high else "") + ("" if one.left_out[i] else range_text(low, high, wording)),
            most if one.item.kind == "weight" else say(f"score-{one.item.kind}", points=most),
            how(one, i, wording),
            tone="doubt" if high > low else "bad" if _lost(one, i) > 0 else "good",
        )
    low, high = found.range_of(i)
    block.lines.append(say("score-sum", points=range_text(low, high, wording), grade=grade_text(found, i, wording)))
    block.lines += doubts(found, i, wording)
    for veto, holds, may in zip(score.vetoes, found.vetoed, found.may_veto, strict=True):
        code = "score-veto-holds" if holds[i] else "score-veto-open" if may[i] else "score-veto-clear"
        grade = score.grades[veto.cap].name.in_lang(wording.lang)
        block.lines.append(say(code, title=veto.title.in_lang(wording.lang), grade=grade))
    return block


def outside_block(score: Score, subject: Subject, wording: Wording) -> Block:
    """That the sheet is not for the subject."""
    title = f"{one_line(score.title.in_lang(wording.lang))} — {wording.name(subject)}"
    block = Block("score-sheet", wording.say("heading-scores", title=title, total=points_of(score.total)))
    block.lines.append(wording.say("score-outside"))
    return block


def _observed(one: ItemResult, i: int, wording: Wording) -> str:
    verdict = one.verdict(i)
    if verdict is None or one.result is None or one.item.way == "if":
        return ""
    return wording.full(wording.figures(verdict, one.result.add_unit))


def how(one: ItemResult, i: int, wording: Wording) -> str:
    """How the points come about, as the sheet has it."""
    told = _how(one, i, wording)
    return wording.say("score-how-may-leave-out", how=told) if one.may_leave_out[i] else told


def _how(one: ItemResult, i: int, wording: Wording) -> str:
    say, item = wording.say, one.item
    verdict = one.verdict(i)
    if item.way == "manual" or item.rule is None:
        return say("score-how-manual")
    if one.left_out[i]:
        return say("score-how-left-out")
    if verdict is not None and verdict.outcome is Outcome.NOT_APPLICABLE:
        return say("score-how-none")
    outcome = say("score-unknown") if verdict is None else wording.outcome(verdict.outcome)
    values = {"most": points_of(item.most), "step": points_of(item.step)}
    match item.way:
        case "rule":
            return say("score-how-rule", rule=item.rule.id, outcome=outcome)
        case "full":
            return say("score-how-full", threshold=wording.threshold(item.rule), outcome=outcome)
        case "proportional":
            return say("score-how-proportional", required=wording.threshold(item.rule).lstrip("≥> "), **values)
        case "tiers":
            return say("score-how-tiers", tiers=wording.listed(tier_words(item, wording)))
        case "deduct" | "each":
            return say(f"score-how-{item.way}", per=amount(item.per, item.rule.unit, wording.lang), **values)
        case _:
            known = {Outcome.PASS: "score-holds", Outcome.FAIL: "score-holds-not"}
            code = "score-unknown" if verdict is None else known.get(verdict.outcome, "score-unknown")
            return say("score-how-if", outcome=say(code))


def tier_words(item: ScoreItem, wording: Wording) -> Iterator[str]:
    """What each tier gives."""
    assert item.rule is not None
    for band in item.bands:
        points = points_of(band.points)
        if band.start == -np.inf:
            yield wording.say("score-tier-rest", points=points)
        else:
            start = f"{'≥' if band.included else '>'} {amount(band.start, item.rule.unit, wording.lang)}"
            yield wording.say("score-tier", start=start, points=points)
