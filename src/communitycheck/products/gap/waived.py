"""The fails that waivers excuse: what they would take is told, and is in no amount and no cost."""

from __future__ import annotations

import math
from collections.abc import Iterator

from communitycheck.model.report import Report
from communitycheck.planning.needs import WaivedNeed
from communitycheck.printable import clip, one_line
from communitycheck.products.gap.found import FoundGap
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.json_objects import Object, subject_object
from communitycheck.reporting.waivers.objects import excuse_object
from communitycheck.reporting.waivers.words import days
from communitycheck.reporting.words.numbers import clean, count, stated
from communitycheck.reporting.words.sentences import Wording

LISTED, NAME = 10, 40


def waived_block(found: FoundGap, wording: Wording, *, details: bool, how: str = "") -> Block | None:
    """A line for each, in the order of the rules; the first ten unless ``details``."""
    say, every = wording.say, found.needs.waived
    if not every:
        return None
    block = Block("gap-waived", say("gap-heading-waived", n=count(len(every))), columns=[
        TableColumn(say("column-rule"), wrap=True, least=10),
        TableColumn(say("column-name"), wrap=True, least=12),
        TableColumn(say("column-region"), spare=True),
        TableColumn(say("gap-column-would-take"), named=True, wrap=True, least=12),
        TableColumn(say("gap-column-days"), wrap=True, least=10),
        TableColumn(say("gap-column-line"), right=True),
    ])  # fmt: skip
    for one in every if details else every[:LISTED]:
        subject = one.result.subjects.subject(one.i)
        block.add_row(
            wording.rule_id(one.result.rule), clip(wording.name(subject), NAME), wording.region(subject),
            _amount(one, wording), days(one.waiver, wording), str(one.waiver.line), tone="doubt",
        )  # fmt: skip
    if left := len(every) - len(block.rows):
        block.more = say("gap-more-subjects", n=count(left), how=how)
    return block.without_blanks()


def _amount(one: WaivedNeed, wording: Wording) -> str:
    if one.lever is None or math.isnan(one.least):
        return ""
    low, high = (
        stated(round(end, 4), one.lever.shown_unit, wording.lang) if math.isfinite(end) else ""
        for end in (one.least, one.most)
    )
    amount = low if one.least == one.most else wording.range(low, high)
    label = one_line(wording.label(one.lever.key, one.result.rule.standard))
    return wording.say("gap-of-lever", lever=label, amount=amount)


def waived_objects(report: Report, waived: list[WaivedNeed]) -> Iterator[Object]:
    """As JSON."""
    for one in waived:
        known = one.lever is not None and not math.isnan(one.least)
        yield {
            "rule": one.result.rule.id,
            "standard": one.result.rule.standard,
            "subject": subject_object(one.result.subjects.subject(one.i)),
            "lever": one.lever.key if one.lever is not None else None,
            "at_least": clean(one.least) if known else None,
            "at_most": clean(one.most) if known else None,
            "waiver": excuse_object(one.waiver, report.as_of),
        }
