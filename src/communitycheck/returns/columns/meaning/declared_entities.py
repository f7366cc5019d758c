"""Records of a kind that a standard declares: libraries, care homes, schools. What tells them is the column that names
them, what their names end in, and the words of the standard for them in titles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from communitycheck.model.dictionary import Field
from communitycheck.model.entity import Entity
from communitycheck.returns.text_columns import TextArray, first_held

# So many of the names have to end like one.
_MOST = 0.6


def declared_entity(
    declared: Sequence[Entity],
    others: Sequence[Entity],
    named: Mapping[str, TextArray],
    fields: Sequence[Field],
    titles: Sequence[str],
    level: str | None,
) -> str | None:
    """The kind of the records, where it is one of ``declared``; empty where it may be one and cannot be told; None
    where the records are of another kind, or nothing tells.

    Args:
        others: communities, streets, estates.
        named: key of a name, region or code field -> its cells.
        fields: all fields that the columns may be.
        titles: the sheet's name and its title lines.
        level: the level of the places that a column headed just 名称 names, where it names places.
    """
    own = [entity for entity in declared if entity.name_field in named]
    if own:
        rivals = [entity for entity in others if entity.name_field in named]
        return _named(own, rivals, named, fields)
    plain = named.get("subject_name")
    if plain is None:
        return None
    told = _ending(declared, plain)
    return told if told is not None or level is not None else _titled(declared, titles)


def _named(
    own: Sequence[Entity], rivals: Sequence[Entity], named: Mapping[str, TextArray], fields: Sequence[Field]
) -> str | None:
    """Of several columns of names the one with the most of them names the records. Where two have as many, the figures
    tell whose they are; and where these do not, each record is the thing that lies in the other."""
    around = {field for entity in own for field in entity.within}
    finest = [entity for entity in own if entity.name_field not in around]
    best = max(finest or own, key=lambda entity: distinct(named[entity.name_field]))
    cells = named[best.name_field]
    here = distinct(cells)
    verdicts = [_against(best, rival, here, named, fields) for rival in (*rivals, *own) if rival is not best]
    if None in verdicts:
        return None
    return "" if "" in verdicts else best.key


def _against(
    one: Entity, rival: Entity, here: float, named: Mapping[str, TextArray], fields: Sequence[Field]
) -> str | None:
    """Which of two kinds the records are: the key of ``one``, None for the rival, empty where nothing tells."""
    there = distinct(named[rival.name_field])
    if here != there:
        return one.key if here > there else None
    mine = sum(one.key in field.entities and rival.key not in field.entities for field in fields)
    theirs = sum(rival.key in field.entities and one.key not in field.entities for field in fields)
    if mine != theirs:
        return one.key if mine > theirs else None
    inside = rival.name_field in one.within and not named[one.name_field].null_count
    return one.key if inside else ""


def _ending(declared: Sequence[Entity], cells: TextArray) -> str | None:
    """The kind that most of the names end like: 市图书馆, Camden Library."""
    names = [name.strip().casefold() for name in first_held(cells, 2000).unique().to_pylist() if name.strip()]
    found = None
    for entity in declared:
        ends = tuple(word.casefold() for word in (entity.label.zh, entity.label.en) if word)
        if sum(name.endswith(ends) for name in names) >= _MOST * max(1, len(names)):
            found = entity.key if found is None else ""
    return found


def _titled(declared: Sequence[Entity], titles: Sequence[str]) -> str | None:
    """The kind that the sheet's name or a title speaks of; of 图书馆 and 儿童图书馆 the longer."""
    spoken = {
        word: entity.key
        for entity in declared
        for word in (entity.label.zh, entity.label.en, entity.plural.en)
        if word and any(_speaks(title, word) for title in titles)
    }
    longest = [word for word in spoken if not any(word != other and word in other for other in spoken)]
    keys = {spoken[word] for word in longest}
    return None if not keys else keys.pop() if len(keys) == 1 else ""


def _speaks(title: str, word: str) -> bool:
    if word.isascii():
        return re.search(rf"(?<![a-z]){re.escape(word.casefold())}(?![a-z])", title.casefold()) is not None
    return word in title


def distinct(cells: TextArray) -> float:
    """Different texts per filled cell; the first few thousand stand for all."""
    head = first_held(cells, 5000)
    return len(head.unique()) / len(head) if len(head) else 0.0
