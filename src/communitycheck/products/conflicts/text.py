"""What ``conflicts`` found, for people: a line for each two returns, then what each two say differently."""

from __future__ import annotations

from itertools import islice

from communitycheck.model.subjects import Subject
from communitycheck.planning.conflicts import ReturnConflicts
from communitycheck.printable import clip, one_line
from communitycheck.products.conflicts.found import FoundConflicts
from communitycheck.products.conflicts.lines import conflict_lines, perhaps_lines
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.sentences import Wording
from communitycheck.returns.columns.mapping.mapping import shortest_names

LISTED = 10  # lines of a list before the rest is counted
NAME = 30


def conflict_blocks(
    found: FoundConflicts, wording: Wording, *, most: int | None, more: str = "compare-more"
) -> list[Block]:
    """Each two returns with subjects in common, then the first ``most`` conflicts of each; ``more`` is the code of the
    message that tells of the rest."""
    say, names = wording.say, shortest_names(path for one in found.pairs for path in (one.path, one.other))
    head = Block("conflicts", say("conflicts-title"), columns=[
        TableColumn(say("conflicts-column-one"), wrap=True, least=14),
        TableColumn(say("conflicts-column-other"), wrap=True, least=14),
        TableColumn(say("column-entity"), wrap=True, least=6),
        TableColumn(say("conflicts-column-common"), right=True, wrap=True, least=8),
        TableColumn(say("conflicts-column-compared"), right=True, wrap=True, least=8),
        TableColumn(say("conflicts-column-count"), right=True, wrap=True, least=8),
        TableColumn(say("conflicts-column-questions"), right=True, named=True, wrap=True, least=8),
    ])  # fmt: skip
    for one in found.pairs:
        asked = count(len(one.perhaps)) if one.perhaps else ""
        head.add_row(
            one_line(names[one.path]), one_line(names[one.other]), wording.entity(one.table.entity), count(one.common),
            count(one.compared), count(one.count), asked, tone="bad" if one.count else "",
        )  # fmt: skip
    if not found.pairs:
        head.lines.append(say("conflicts-none"))
    differing = (_listed(one, names, wording, most, more) for one in found.pairs if one.count)
    perhaps = (_perhaps(one, names, wording, most, more) for one in found.pairs if one.perhaps)
    return [head.without_blanks(), *differing, *perhaps]


def _listed(
    one: ReturnConflicts, names: dict[str, str], wording: Wording, most: int | None, more: str
) -> Block:
    say = wording.say
    first, second = one_line(names[one.path]), one_line(names[one.other])
    title = say("conflicts-heading", one=first, other=second, n=count(one.count))
    block = Block("conflicts-pair", title, columns=[
        TableColumn(say("column-name"), wrap=True, least=10),
        TableColumn(say("column-region"), spare=True),
        TableColumn(say("conflicts-column-field"), wrap=True, least=10),
        TableColumn(say("conflicts-column-one"), wrap=True, least=12),
        TableColumn(say("conflicts-column-other"), wrap=True, least=12),
    ])  # fmt: skip
    for found in islice(conflict_lines(one, wording), most):
        block.add_row(
            clip(wording.name(found.subject), NAME),
            wording.region(found.subject),
            wording.label(found.field),
            say("conflicts-value", value=clip(found.value, NAME), at=one_line(_cell_alone(found.at, one.path))),
            say("conflicts-value", value=clip(found.other, NAME), at=one_line(_cell_alone(found.other_at, one.other))),
        )
    if one.count > len(block.rows):
        block.more = say(more, n=count(one.count - len(block.rows)))
    return block


def _perhaps(one: ReturnConflicts, names: dict[str, str], wording: Wording, most: int | None, more: str) -> Block:
    """Who may be in common."""
    say = wording.say
    first, second = one_line(names[one.path]), one_line(names[one.other])
    title = say("conflicts-heading-perhaps", one=first, other=second, n=count(len(one.perhaps)))
    block = Block("conflicts-perhaps", title, columns=[
        TableColumn(say("conflicts-column-one"), wrap=True, least=14),
        TableColumn(say("conflicts-column-other"), wrap=True, least=14),
        TableColumn(say("conflicts-column-why"), wrap=True, least=16),
    ])  # fmt: skip

    def listed(subjects: list[Subject], places: list[str], path: str) -> str:
        return wording.listed(
            say("conflicts-value", value=clip(wording.name(who), NAME), at=one_line(_cell_alone(at, path)))
            for who, at in zip(subjects, places, strict=True)
        )

    for found in islice(perhaps_lines(one), most):
        sides = listed(found.subjects, found.at, one.path), listed(found.others, found.other_at, one.other)
        block.add_row(*sides, found.reason(wording), tone="doubt")
    if len(one.perhaps) > len(block.rows):
        block.more = say(more, n=count(len(one.perhaps) - len(block.rows)))
    return block


def _cell_alone(place: str, path: str) -> str:
    """``[设施]!F12``, or ``F12`` of a file without sheets, where the file is named above."""
    return place.removeprefix(path).removeprefix("!")
