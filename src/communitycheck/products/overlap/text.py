"""What ``overlap`` found, for people: the forms, what they have in common, and where each of them asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from communitycheck.model.address import Address
from communitycheck.planning.overlap import Asked, Derivable, Overlap, SharedField
from communitycheck.printable import clip, one_line
from communitycheck.products.overlap.found import FoundOverlap
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.outline import notice_block, unread_block
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.sentences import Wording
from communitycheck.returns.columns.mapping.mapping import shortest_names

LISTED = 15  # entries of a list before the rest is counted
MATRIX = 12  # forms of which the matrix has a place on a page
HEADER = 40  # characters of a header
NAME = 60  # and of a file with its sheet

Names = dict[int, str]  # number of a form -> the number, its file and sheet


def overlap_blocks(found: FoundOverlap, wording: Wording, *, most: int | None) -> list[Block]:
    """All that was found; of each list the first ``most`` entries."""
    one = found.overlap
    files = shortest_names(form.path for form in one.forms)
    places = {form.number: wording.place(Address(files[form.path], form.sheet or None)) for form in one.forms}
    names = {number: f"{number} {clip(place, NAME)}" for number, place in places.items()}
    blocks = [_forms(one, names, wording, most), _matrix(one, names, wording, most), _shared(one, wording, most)]
    blocks += [_twice(one, wording, most), _derivable(one, wording, most), _alike(one, wording, most)]
    blocks += [_not_known(one, wording, most)]
    blocks += [_questions(one, wording), notice_block(found.notices, wording, wording.place)]
    return [block for block in [*blocks, unread_block(found.unread, wording)] if block]


def _forms(found: Overlap, names: Names, wording: Wording, most: int | None) -> Block:
    say = wording.say
    block = Block("overlap", say("overlap-title"), columns=[
        TableColumn(say("overlap-column-form"), wrap=True, least=16),
        TableColumn(say("column-entity"), wrap=True, least=9, named=True),
        TableColumn(say("label-period"), named=True),
        TableColumn(say("overlap-column-fields"), right=True, wrap=True, least=4),
        TableColumn(say("overlap-column-shared"), right=True, wrap=True, least=9),
        TableColumn(say("overlap-column-alone"), right=True, wrap=True, least=6),
        TableColumn(say("overlap-column-others"), right=True, wrap=True, least=6),
    ])  # fmt: skip
    for form in islice(found.forms, most):
        alone = found.alone(form)
        block.add_row(
            names[form.number], wording.entity(form.entity) if form.entity else "",
            form.period.isoformat() if form.period else "", count(len(form.fields)), count(len(form.fields) - alone),
            count(alone), count(len(form.others)),
        )  # fmt: skip
    block.more = _rest(len(found.forms), most, wording)
    if not found.comparable:
        block.lines.append(say("overlap-too-few"))
    elif not found.shared:
        block.lines.append(say("overlap-none"))
    block.lines.append(say("overlap-left-out"))
    for group in found.same_headers:
        block.lines.append(say("overlap-same-headers", forms=wording.listed(str(form.number) for form in group)))
    return block.without_blanks()


def _matrix(found: Overlap, names: Names, wording: Wording, most: int | None) -> Block | None:
    """Form by form how many fields both ask for; of many forms the pairs that have most in common."""
    if not found.comparable:
        return None
    say, forms = wording.say, found.forms
    if len(forms) > MATRIX:
        pairs = [(found.in_common(one, other), one, other) for one, other in combinations(forms, 2)]
        pairs = sorted((pair for pair in pairs if pair[0]), key=lambda pair: -pair[0])
        block = Block("overlap-pairs", say("overlap-heading-pairs"), columns=[
            TableColumn(say("overlap-column-one"), wrap=True, least=16),
            TableColumn(say("overlap-column-other"), wrap=True, least=16),
            TableColumn(say("overlap-column-common"), right=True),
        ])  # fmt: skip
        for n, one, other in islice(pairs, most):
            block.add_row(names[one.number], names[other.number], count(n))
        block.more = _rest(len(pairs), most, wording)
        return block if pairs else None
    numbers = [TableColumn(str(form.number), right=True) for form in forms]
    block = Block(
        "overlap-matrix", say("overlap-heading-matrix"), columns=[TableColumn(say("overlap-column-form")), *numbers]
    )
    for one in forms:
        cells = [found.in_common(one, other) for other in forms]
        block.add_row(names[one.number], *(count(n) if n else "·" for n in cells))
    block.lines.append(say("overlap-matrix-how"))
    return block


def _shared(found: Overlap, wording: Wording, most: int | None) -> Block | None:
    if not found.shared:
        return None
    block = _of_places("overlap-shared", wording.say("overlap-heading-shared", n=count(len(found.shared))), wording)
    for one in islice(found.shared, most):
        _add_places(block, one, wording)
    block.more = _rest(len(found.shared), most, wording)
    return block.without_blanks()


def _twice(found: Overlap, wording: Wording, most: int | None) -> Block | None:
    if not found.twice:
        return None
    block = _of_places("overlap-twice", wording.say("overlap-heading-twice", n=count(len(found.twice))), wording)
    for one in islice(found.twice, most):
        _add_places(block, one, wording)
    block.more = _rest(len(found.twice), most, wording)
    return block.without_blanks()


def _of_places(key: str, title: str, wording: Wording) -> Block:
    say = wording.say
    return Block(key, title, columns=[
        TableColumn(say("column-field"), wrap=True, least=12),
        TableColumn(say("column-entity"), wrap=True, least=9, named=True),
        TableColumn(say("overlap-column-forms"), right=True, wrap=True, least=4),
        TableColumn(say("overlap-column-number"), right=True, wrap=True, least=4),
        TableColumn(say("column-cell")),
        TableColumn(say("column-header"), wrap=True, least=14),
        TableColumn(say("column-unit"), named=True),
        TableColumn(say("overlap-column-remark"), named=True, spare=True),
    ])  # fmt: skip


def _add_places(block: Block, one: SharedField, wording: Wording) -> None:
    """A row for each place; the field stands on the first of them."""
    lead = [wording.label(one.key), wording.entity(one.entity) if one.entity else "", count(one.forms)]
    for at in one.asked:
        block.add_row(
            *lead, str(at.form.number), at.column.at, _header(at), wording.unit_of_column(at.column),
            wording.listed(_remarks(one, at, wording)), tone="doubt" if one.units_differ or one.periods_differ else "",
        )  # fmt: skip
        lead = ["", "", ""]


def _remarks(one: SharedField, at: Asked, wording: Wording) -> Iterator[str]:
    """What makes two places differ all the same."""
    if one.units_differ and at.column.factor != 1.0:
        yield wording.say("overlap-other-unit")
    if one.periods_differ and at.form.period:
        yield at.form.period.isoformat()
    if one.entity and at.form.entity is None:
        yield wording.say("overlap-kind-not-told")
    if at.column.confidence < 1.0:
        yield wording.say("overlap-by-likeness", share=f"{at.column.confidence:.0%}")


def _derivable(found: Overlap, wording: Wording, most: int | None) -> Block | None:
    if not found.derivable:
        return None
    say = wording.say
    block = Block("overlap-derived", say("overlap-heading-derived", n=count(len(found.derivable))))
    for made in islice(found.derivable, most):
        block.lines.append(_follows(made, wording))
    block.more = _rest(len(found.derivable), most, wording)
    return block


def _follows(made: Derivable, wording: Wording) -> str:
    key = made.asked.column.field or ""
    if made.summed:
        (_, below), *_ = made.source
        return wording.say(
            "overlap-summed", field=wording.label(key), at=_place(made.asked, wording),
            below=_place(below, wording), level=wording.entities(below.form.entity or ""),
        )  # fmt: skip
    source = (
        wording.say("overlap-source", field=wording.label(name), at=_place(at, wording)) for name, at in made.source
    )
    return wording.say(
        "overlap-derived", field=wording.label(key), at=_place(made.asked, wording), source=wording.listed(source)
    )


def _place(at: Asked, wording: Wording) -> str:
    return wording.say("overlap-place", number=at.form.number, cell=at.column.at)


def _alike(found: Overlap, wording: Wording, most: int | None) -> Block | None:
    if not found.alike:
        return None
    say = wording.say
    block = Block("overlap-alike", say("overlap-heading-alike", n=count(len(found.alike))), columns=[
        TableColumn(say("column-header"), wrap=True, least=14),
        TableColumn(say("overlap-column-forms"), right=True, wrap=True, least=4),
        TableColumn(say("column-at"), wrap=True, least=20),
    ])  # fmt: skip
    for one in islice(found.alike, most):
        places = wording.listed(_place(at, wording) for at in one.asked)
        block.add_row(_header(one.asked[0]), count(one.forms), places)
    block.more = _rest(len(found.alike), most, wording)
    block.lines.append(say("overlap-alike-how"))
    return block


def _not_known(found: Overlap, wording: Wording, most: int | None) -> Block | None:
    asked = found.not_known
    if not asked:
        return None
    say = wording.say
    block = Block("overlap-not-known", say("overlap-heading-not-known", n=count(len(asked))), columns=[
        TableColumn(say("overlap-column-number"), right=True, wrap=True, least=4),
        TableColumn(say("column-cell")),
        TableColumn(say("column-header"), wrap=True, least=14),
    ])  # fmt: skip
    for at in islice(asked, most):
        block.add_row(str(at.form.number), at.column.at, _header(at))
    block.more = _rest(len(asked), most, wording)
    block.lines.append(say("overlap-not-known-how"))
    return block


def _questions(found: Overlap, wording: Wording) -> Block | None:
    if not found.questions:
        return None
    block = Block("overlap-questions", wording.say("overlap-heading-questions", n=count(len(found.questions))))
    for question in found.questions:
        place = wording.place(Address(question.path, question.sheet))
        block.lines.append(wording.say("unread-line", path=place, message=wording.error(question)))
    return block


def _header(at: Asked) -> str:
    return clip(one_line(at.column.header), HEADER)


def _rest(known: int, most: int | None, wording: Wording) -> str:
    return wording.say("compare-more", n=count(known - most)) if most is not None and known > most else ""
