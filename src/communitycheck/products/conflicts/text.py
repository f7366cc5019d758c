"""What ``conflicts`` found, for people: a line for each two returns, then what each two say differently."""

from __future__ import annotations

from itertools import islice

from communitycheck.model.returns import Notice
from communitycheck.model.subjects import Subject
from communitycheck.planning.conflicts.find_conflicts import ReturnConflicts
from communitycheck.printable import clip, one_line
from communitycheck.products.conflicts.found import FoundConflicts
from communitycheck.products.conflicts.lines import conflict_lines, perhaps_lines, unused_lines
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
    say, names = wording.say, _names(found)
    head = Block("conflicts", say("conflicts-title"), columns=[
        TableColumn(say("conflicts-column-one"), wrap=True, least=14),
        TableColumn(say("conflicts-column-other"), wrap=True, least=14),
        TableColumn(say("column-entity"), wrap=True, least=6),
        TableColumn(say("label-period"), named=True, wrap=True, least=8),
        TableColumn(say("conflicts-column-common"), right=True, wrap=True, least=8),
        TableColumn(say("conflicts-column-compared"), right=True, wrap=True, least=8),
        TableColumn(say("conflicts-column-count"), right=True, wrap=True, least=8),
        TableColumn(say("conflicts-column-questions"), right=True, named=True, wrap=True, least=8),
        TableColumn(say("conflicts-column-open"), right=True, named=True, wrap=True, least=8),
    ])  # fmt: skip
    for one in found.pairs:
        asked, not_used = (count(n) if n else "" for n in (len(one.perhaps), one.left_open))
        period = "" if one.period is None else one.period.words.in_lang(wording.lang)
        head.add_row(
            *(one_line(names[side.argument()]) for side in (one.one, one.other)), wording.entity(one.table.entity),
            period, count(one.common), count(one.compared), count(one.count), asked, not_used,
            tone="bad" if one.count else "doubt" if not_used or asked else "",
        )  # fmt: skip
    head.lines += [_told(notice, wording) for notice in found.why_none]
    differing = (_listed(one, names, wording, most, more) for one in found.pairs if one.count)
    perhaps = (_perhaps(one, names, wording, most, more) for one in found.pairs if one.perhaps)
    unused = (_unused(one, names, wording, most, more) for one in found.pairs if one.unused)
    return [head.without_blanks(), *differing, *perhaps, *unused, *_left_out(found, wording, most, more)]


def _names(found: FoundConflicts) -> dict[str, str]:
    """What each return is called: the shortest end of its path, with the sheet where one was asked for."""
    returns = {side.argument(): side.path for one in found.pairs for side in (one.one, one.other)}
    names = shortest_names(returns.values())
    return {argument: names[path] + argument.removeprefix(path) for argument, path in returns.items()}


def _told(notice: Notice, wording: Wording) -> str:
    """A notice behind its place."""
    place, text = wording.place(notice.at), wording.notice(notice)
    return wording.say("conflicts-at", at=place, text=text) if place else text


def _left_out(found: FoundConflicts, wording: Wording, most: int | None, more: str) -> list[Block]:
    """What was held against nothing."""
    if not found.left_out:
        return []
    n = len(found.left_out)
    block = Block("conflicts-left-out", wording.say("conflicts-heading-left-out", n=count(n)))
    block.lines = [_told(notice, wording) for notice in found.left_out[:most]]
    if n > len(block.lines):
        block.more = wording.say(more, n=count(n - len(block.lines)))
    return [block]


def _listed(
    one: ReturnConflicts, names: dict[str, str], wording: Wording, most: int | None, more: str
) -> Block:
    say = wording.say
    first, second = (one_line(names[side.argument()]) for side in (one.one, one.other))
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
            *(
                say("conflicts-value", value=clip(value, NAME), at=one_line(_cell_alone(at, side.path)))
                for value, at, side in (
                    (found.value, found.at, one.one),
                    (found.other, found.other_at, one.other),
                )
            ),
        )
    if one.count > len(block.rows):
        block.more = say(more, n=count(one.count - len(block.rows)))
    return block


def _perhaps(one: ReturnConflicts, names: dict[str, str], wording: Wording, most: int | None, more: str) -> Block:
    """Who may be in common."""
    say = wording.say
    first, second = (one_line(names[side.argument()]) for side in (one.one, one.other))
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
        sides = listed(found.subjects, found.at, one.one.path), listed(found.others, found.other_at, one.other.path)
        block.add_row(*sides, found.reason(wording), tone="doubt")
    if len(one.perhaps) > len(block.rows):
        block.more = say(more, n=count(len(one.perhaps) - len(block.rows)))
    return block


def _unused(one: ReturnConflicts, names: dict[str, str], wording: Wording, most: int | None, more: str) -> Block:
    """Cells of which one says something that is not used."""
    say = wording.say
    first, second = (one_line(names[side.argument()]) for side in (one.one, one.other))
    block = Block(
        "conflicts-unused", say("conflicts-heading-unused", one=first, other=second, n=count(one.left_open)), columns=[
            TableColumn(say("column-name"), wrap=True, least=10),
            TableColumn(say("conflicts-column-field"), wrap=True, least=10),
            TableColumn(say("conflicts-column-unused"), wrap=True, least=24),
        ],
    )  # fmt: skip
    for found in islice(unused_lines(one), most):
        name = clip(wording.name(found.subject), NAME)
        cells = zip((first, second), (found.at, found.other_at), (one.one.path, one.other.path), strict=True)
        places = (f"{side} {_cell_alone(at, path)}" for side, at, path in cells)
        block.add_row(name, wording.label(found.field), found.reason(wording, *places), tone="doubt")
    if one.left_open > len(block.rows):
        block.more = say(more, n=count(one.left_open - len(block.rows)))
    return block


def _cell_alone(place: str, path: str) -> str:
    """``[设施]!F12``, or ``F12`` of a file without sheets, where the file is named above."""
    return place.removeprefix(path).removeprefix("!")
