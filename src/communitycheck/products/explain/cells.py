"""The cells behind a verdict as they were written, and the records behind a group's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communitycheck.model.expression import names_in
from communitycheck.model.table import State
from communitycheck.printable import clip, one_line
from communitycheck.products.explain.explanation import Input, Member, Standing, Value
from communitycheck.products.explain.words import Words
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.words.numbers import count, shown

HEADER = 40  # characters of a header, and of a cell's text
MEMBERS = 10  # records listed of each standing
_TONES = {Standing.AGAINST: "bad", Standing.BLANK: "doubt", Standing.FOR: "good"}


def cells_block(words: Words) -> Block | None:
    """Every field that was read: the value used, its cell, the text there, the header above it."""
    one, say = words.one, words.say
    if not one.inputs:
        return None
    block = Block("cells", say("explain-heading-inputs"))
    places = {(i.at.path, i.at.sheet, i.at.key) for top in one.inputs for i in _all(top) if i.at is not None}
    if len(places) == 1:
        path, sheet, key = next(iter(places))
        block.pairs = [(say("column-path"), one_line(path))]
        if sheet:
            block.pairs.append((say("column-sheet"), one_line(sheet)))
        if key:
            block.pairs.append((say("column-row"), one_line(key)))
    block.columns = [
        TableColumn(say("explain-column-field"), wrap=True),
        TableColumn(say("explain-column-value"), wrap=True),
        TableColumn(say("explain-column-cell"), wrap=True, least=6),
        TableColumn(say("explain-column-written"), wrap=True),
        TableColumn(say("explain-column-header"), wrap=True),
    ]
    for top in one.inputs:
        _rows(top, words, block, several=len(places) > 1, depth=0)
    block.lines = list(dict.fromkeys(line for top in one.inputs for i in _all(top) for line in _remarks(i, words)))
    return block


def _rows(one: Input, words: Words, block: Block, *, several: bool, depth: int, earlier: bool = False) -> None:
    say = words.say
    label = say("explain-earlier", field=words.label(one.key)) if earlier else words.label(one.key)
    if one.kind:
        label = say("explain-above", field=label, entity=words.wording.entity(one.kind))
    field = "  " * (depth - 1) + say("explain-part-of", field=label) if depth else label
    block.add_row(
        field,
        shown_value(one, words),
        _cell(one, words, several=several),
        _written(one, words),
        clip(one_line(one.header), HEADER) if one.at is not None else "",
        tone="" if one.state is State.KNOWN else "doubt",
    )
    for part in one.parts:
        _rows(part, words, block, several=several, depth=depth + 1)
    if one.before is not None:
        _rows(one.before, words, block, several=several, depth=depth, earlier=True)


def _cell(one: Input, words: Words, *, several: bool) -> str:
    if one.at is None or not one.at.cell:
        return words.say("explain-derived-mark") if one.derived is not None else words.say("explain-no-cell")
    sheet = f"[{one_line(one.at.sheet)}] " if several and one.at.sheet else ""
    file = f"{one_line(one.at.path)} " if words.several_files else ""
    return file + sheet + words.wording.spot(one.at) if several else file + sheet + one.at.cell


def _written(one: Input, words: Words) -> str:
    if one.at is None:
        return ""
    if one.private:
        return words.say("explain-written-private")
    if one.written is None:
        known = one.state is State.KNOWN and one.value is not None
        return words.say("explain-written-carried" if known else "explain-written-empty")
    return words.say("explain-written", text=clip(one_line(one.written), HEADER))


def shown_value(one: Input, words: Words) -> str:
    """The value as it was used, a category by the word people write, or why there is none."""
    if one.state is not State.KNOWN and one.value is None:
        return words.say(f"state-{one.state.name.lower()}")
    if isinstance(one.value, str):
        return words.category(one.key, one.value)
    return words.arithmetic.value(one.value, one.unit)


def _remarks(one: Input, words: Words) -> Iterator[str]:
    """How the text became the value: what it was worked out from, units, opening times, notices."""
    say, arithmetic = words.say, words.arithmetic
    if one.derived is not None:
        label, names = words.label(one.key), arithmetic.names(one.derived)
        if isinstance(one.value, bool | float) or one.value is None:
            equation = arithmetic.equation(one.derived, one.unit)
            yield say("explain-derivation", field=label, names=names, equation=equation)
        else:
            yield say("explain-derivation-plain", field=label, names=names)
    if one.at is None or not one.at.cell:
        return
    if one.factor != 1.0:
        field = (words.one.standard.fields or {}).get(one.key)
        declared = field.declared if field is not None and field.factor == one.factor else ""
        unit = shown(declared, words.wording.lang)
        code = "explain-factor-declared" if declared else "explain-factor"
        yield say(code, cell=one.at.cell, unit=unit, factor=arithmetic.value(one.factor))
    if one.intervals:
        parts = [
            say("explain-interval", text=one_line(text), hours=arithmetic.value(hours)) for text, hours in one.intervals
        ]
        total = " + ".join(arithmetic.value(hours) for _, hours in one.intervals)
        total += f" = {arithmetic.value(one.value, one.unit)}"
        yield say("explain-intervals", cell=one.at.cell, sum=say("semicolon").join([*parts, total]))
    for notice in one.notices:
        yield say("explain-cell-notice", cell=notice.at.cell or one.at.cell, notice=words.wording.notice(notice))


def _all(one: Input) -> Iterator[Input]:
    yield one
    for part in (*one.parts, *filter(None, (one.before,))):
        yield from _all(part)


def _of_member(member: Member, fields: Iterable[str], value: Value, unused: float | None, words: Words) -> str:
    """What a record adds to an aggregate, or why it adds nothing that is known."""
    if value is not None:
        return words.arithmetic.value(value)
    if unused is not None:
        return words.say("explain-unused", value=words.arithmetic.value(unused))
    of_fields = set(fields)
    state = next((state for key, state, _ in member.troubled if key in of_fields), State.BLANK)
    return words.say(f"state-{state.name.lower()}")


def members_block(words: Words) -> Block | None:
    """The records that count against, are blank, or count for it; those that fail first, each kind capped."""
    group, say, wording = words.one.group, words.say, words.wording
    if group is None or not group.members:
        return None
    entities = wording.entities(group.members[0].subject.entity)
    block = Block("members", say("explain-heading-members", entities=entities))
    listed: list[Member] = []
    for standing in Standing:
        listed += [m for m in group.members if m.standing is standing][:MEMBERS]
    numbers = any(not isinstance(v, bool) and v is not None for m in listed for v in m.values)
    unmet = any(m.unmet for m in listed)
    block.columns = [TableColumn(say("column-name"), wrap=True, least=16), TableColumn(say("explain-column-standing"))]
    if numbers:
        for aggregate in group.aggregates:
            name = words.arithmetic.inner(aggregate.node)
            block.columns.append(TableColumn(name, right=True, wrap=True, least=8))
    if unmet:
        block.columns.append(TableColumn(say("explain-column-unmet"), wrap=True))
    block.columns.append(TableColumn(say("explain-column-where"), wrap=True))
    for member in listed:
        name = "/".join(p for p in (wording.region(member.subject), wording.name(member.subject)) if p)
        cells = [name, say(f"explain-standing-{member.standing.value}")]
        if numbers:
            aggregates = zip(group.aggregates, member.values, member.unused, strict=True)
            cells += [_of_member(member, names_in(a.node), v, unused, words) for a, v, unused in aggregates]
        if unmet:
            shown = (say("explain-unmet", rule=r, outcome=wording.outcome(o)) for r, o in member.unmet)
            cells.append(wording.listed(shown))
        sheet = f"[{one_line(member.at.sheet)}] " if member.at is not None and member.at.sheet else ""
        cells.append((sheet + wording.spot(member.at, member.cells)).strip())
        block.add_row(*cells, tone=_TONES.get(member.standing, ""))
    impossible = [(m.subject, one) for m in listed for one in m.impossible]
    block.lines = list(
        dict.fromkeys(
            say("summary-pair", label=wording.name(subject), value=wording.impossible(one, words.one.rule.standard))
            for subject, one in impossible
        )
    )
    total = sum(group.standings.values())
    if len(listed) < total:
        block.more = say("explain-more-members", n=count(len(listed)), total=count(total))
    return block
