"""What a baseline holds, for people."""

from __future__ import annotations

import math

from communitycheck.model.result import end_as_written
from communitycheck.planning.baseline.entries import Baseline
from communitycheck.planning.compare.subjects import subjects_at
from communitycheck.printable import clip, one_line
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.words.numbers import amounts, count
from communitycheck.reporting.words.sentences import Wording

LISTED = 20
NAME = 30


def baseline_blocks(baseline: Baseline, wording: Wording, *, details: bool) -> list[Block]:
    """The rules with how many fails are held of each, then whose they are."""
    say = wording.say
    head = Block("baseline", say("baseline-title"), columns=[
        TableColumn(say("column-rule"), wrap=True, least=8),
        TableColumn(say("column-standard"), wrap=True, least=8),
        TableColumn(say("column-entity"), wrap=True, least=6),
        TableColumn(say("baseline-column-fails"), right=True),
    ])  # fmt: skip
    head.pairs = [
        (say("baseline-label-file"), one_line(baseline.path)),
        (say("label-as-of"), baseline.side.day.isoformat()),
        (say("baseline-column-fails"), count(len(baseline))),
    ]
    verdicts = sorted(baseline.side.verdicts.values(), key=lambda one: one.key)
    for one in verdicts:
        head.add_row(one.key.rule, one.key.standard, wording.entity(one.key.entity), count(len(one.rows)))
    listed = Block("baseline-fails", say("baseline-heading-fails"), columns=[
        TableColumn(say("column-rule"), wrap=True, least=8),
        TableColumn(say("column-name"), wrap=True, least=10),
        TableColumn(say("column-code"), named=True),
        TableColumn(say("column-region"), spare=True),
        TableColumn(say("column-observed"), right=True),
        TableColumn(say("column-threshold"), right=True),
    ])  # fmt: skip
    for one in verdicts:
        rows = one.rows if details else one.rows[: max(LISTED - len(listed.rows), 0)]
        observed, required = (
            (_figure(low, high, one.unit, wording) for low, high in zip(lows.tolist(), highs.tolist(), strict=True))
            for lows, highs in ((one.observed_lo, one.observed_hi), (one.required_lo, one.required_hi))
        )
        who = subjects_at(baseline.side.subjects[one.kind], rows)
        for subject, *figures in zip(who, observed, required, strict=False):
            name = clip(wording.name(subject), NAME)
            listed.add_row(one.key.rule, name, one_line(subject.code), wording.region(subject), *figures)
    if left := len(baseline) - len(listed.rows):
        listed.more = say("compare-more", n=count(left))
    return [head, listed.without_blanks()] if listed.rows else [head]


def _figure(low: float, high: float, unit: str, wording: Wording) -> str:
    """A figure, or its two ends as they were written; empty where nobody knows it."""
    known = [math.isfinite(end) for end in (low, high)]
    if not any(known):
        return ""
    low_text, high_text = (
        amounts([end_as_written(end)], unit, wording.lang)[0] if told else ""
        for end, told in zip((low, high), known, strict=True)
    )
    return low_text if low == high else wording.range(low_text, high_text)
