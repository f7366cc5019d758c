"""The block of a report about its waivers."""

from __future__ import annotations

from communitycheck.model.report import Report
from communitycheck.printable import clip
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.waivers.words import heading, remarks, waiver_rows
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.sentences import Wording

NAME = 40


def waiver_block(report: Report, wording: Wording, most: int, *, all_rows: bool) -> Block | None:
    """What became of the waivers: all of them, or those that want a look; at most so many."""
    applied = report.waivers
    if applied is None:
        return None
    say = wording.say
    rows = [row for row in waiver_rows(report, wording) if all_rows or row.calls]
    block = Block(
        "waivers",
        heading(applied, wording),
        columns=[
            TableColumn(say("column-waiver-state")),
            TableColumn(say("column-rule")),
            TableColumn(say("column-waiver-subject"), wrap=True, least=16),
            TableColumn(say("column-waiver-until"), wrap=True, least=13),
            TableColumn(say("column-waiver-note"), wrap=True, least=16),
            TableColumn(say("column-waiver-reason"), spare=True, named=True),
        ],
    )
    for row in rows[:most]:
        reason = say("waiver-by", reason=row.reason, approver=row.approver, document=row.document)
        if row.remedy_by:
            reason += say("comma") + say("waiver-remedy-by", day=row.remedy_by)
        block.add_row(row.state, row.rule, clip(row.subject, 2 * NAME), row.days, row.note, reason, tone=row.tone)
    block.lines += remarks(applied, wording)
    if len(rows) > most:
        block.more = say("more-lines", n=count(len(rows) - most))
    return block
