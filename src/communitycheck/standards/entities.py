"""The entities of a dictionary or a standard: the kinds of subject that its rules judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from communitycheck.errors import RuleFileError
from communitycheck.messages.rule_words import ENTITIES
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary, Field
from communitycheck.model.entity import PERIOD_NAME, REGION_CODE, Entity
from communitycheck.model.text import Text
from communitycheck.nearest import nearest
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.files.schema import EntityIn, FieldIn, LevelIn
from communitycheck.standards.files.shape_parts import LevelName
from communitycheck.standards.files.yaml_file import YamlFile, dotted

# The levels above what does not say where it lies, the nearest first.
_ALL_LEVELS = tuple(reversed(REGION_LEVELS))


def with_entities(
    below: Dictionary,
    raw: Mapping[str, EntityIn],
    fields: Mapping[str, FieldIn],
    file: YamlFile,
    faults: FaultList,
) -> Dictionary:
    """``below`` with the entities of ``raw``, and with the fields that name them where nobody declared these.

    Args:
        fields: the fields that the same file declares.
    """
    known = {**below.entities, **{key: _entity(key, one) for key, one in raw.items()}}
    made: dict[str, Field] = {}
    for key, one in raw.items():
        path = ("entities", key)
        if key in below.entities:
            faults.note(_fault("entity-taken", file, path, name=key))
            continue
        other = next((one for one in below.entities.values() if _words(known[key]) & _words(one)), None)
        if other is not None:
            word = min(_words(known[key]) & _words(other))
            faults.note(_fault("entity-label-taken", file, (*path, "label"), name=word, other=other.key))
            continue
        places = {name: entity for name, entity in known.items() if entity.placed}
        check_entities(one.within or (), places, file, (*path, "within"), faults)
        with faults.noted():
            made |= _naming_field(known[key], below, fields, file)
        if one.code is not None and one.code not in below.fields:
            near = nearest(one.code, below.fields)
            faults.note(_fault("entity-field-unknown", file, (*path, "code"), name=one.code, near=near))
    entities: dict[str, Entity] = {}
    in_circles: set[str] = set()
    for key in raw:
        circle = _circle(key, known)
        if circle and not in_circles & set(circle):
            shown = " → ".join((*circle, circle[0]))
            faults.note(_fault("entity-circle", file, ("entities", key, "within"), circle=shown))
        in_circles |= set(circle)
        around = () if circle else dict.fromkeys(known[level].name_field for level in _around(key, known))
        entities[key] = replace(known[key], within=tuple(around))
    return below.with_fields(made, entities)


def with_levels(below: Dictionary, raw: Mapping[LevelName, LevelIn], file: YamlFile, faults: FaultList) -> Dictionary:
    """``below`` with what the levels of regions are called where the standard is in force: boroughs, wards."""
    fields: dict[str, Field] = {}
    entities: dict[str, Entity] = {}
    for key, one in raw.items():
        label = Text(one.label.zh, one.label.en)
        plural = Text(one.plural.zh or label.zh, one.plural.en or _several(label.en))
        entities[key] = replace(below.entities[key], label=label, plural=plural)
        headers = (*_headers(label), *one.aliases)
        with faults.noted():
            _refuse_taken(headers, [f for f in below.fields.values() if f.key != key], file, ("levels", key))
        field = below.fields[key]
        names = [word.casefold() for word in headers if word.isidentifier() and below.find(word.casefold()) is None]
        fields[key] = replace(
            field,
            label=_capital(label),
            also=tuple(dict.fromkeys((*field.also, *names))),
            aliases=tuple(dict.fromkeys((*headers, *field.aliases))),
        )
    return below.with_fields(fields, entities)


def check_entities(
    names: Iterable[str],
    entities: Mapping[str, Entity],
    file: YamlFile,
    path: tuple[str | int, ...],
    faults: FaultList,
) -> None:
    """Every name is that of an entity; of one that is not, the nearest is named."""
    for name in names:
        if name not in entities:
            code, values = unknown_entity(name, entities)
            faults.note(_fault(code, file, path, **values))


def unknown_entity(name: str, entities: Mapping[str, Entity]) -> tuple[str, dict[str, str]]:
    """The fault of a name that is no entity's: its code and values; the nearest is named."""
    near = nearest_entity(name, entities)
    code = "rule-file-choice-near" if near else "rule-file-choice"
    return code, {"found": name, "near": near, "wanted": ", ".join(entities)}


def nearest_entity(name: str, entities: Mapping[str, Entity]) -> str:
    """The key of the entity that is called most like that, in rules or by people; empty where none is."""
    called = {word: key for key, words in ENTITIES.items() if key in entities for word in words}
    called |= {word: key for key, entity in entities.items() for word in (*_words(entity), key)}
    near = nearest(name.casefold(), called)
    return called[near] if near else ""


def _entity(key: str, raw: EntityIn) -> Entity:
    label = Text(raw.label.zh, raw.label.en or ("" if raw.label.zh else key.replace("_", " ")))
    plural = Text(raw.plural.zh or raw.label.zh, raw.plural.en or _several(label.en))
    name = PERIOD_NAME if raw.kind == "period" else raw.name or key
    own_code = "" if raw.kind == "thing" else REGION_CODE
    within = _ALL_LEVELS if raw.within is None and raw.kind in ("place", "thing") else tuple(raw.within or ())
    return Entity(key, label, plural, name, raw.code or own_code, within, raw.kind)


def _several(word: str) -> str:
    """The plural of an English noun as most form it: libraries, churches, parks; others are declared."""
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "i", "o", "u"):
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s" if word else ""


def _words(entity: Entity) -> set[str]:
    texts = (entity.label.zh, entity.label.en, entity.plural.zh, entity.plural.en)
    return {text.strip().casefold() for text in texts if text}


def _naming_field(entity: Entity, below: Dictionary, fields: Mapping[str, FieldIn], file: YamlFile) -> dict[str, Field]:
    """The field that names the entity: as it is declared, else made of what people call the entity."""
    key, path = entity.name_field, ("entities", entity.key, "name")
    if not entity.placed:  # the reader names documents and periods by where they stand
        return {}
    found = below.fields.get(key)
    if found is not None and (found.type != "text" or found.personal):
        raise _fault("entity-name-no-text", file, path if key != entity.key else path[:2], name=key)
    if found is not None:
        own = key in fields and found.role is None
        return {key: replace(found, role="name")} if own else {}
    headers = _headers(entity.label)
    _refuse_taken(headers, below.fields.values(), file, (*path[:2], "label"))
    label = _capital(entity.label)
    named = Text(f"{label.zh}名称" if label.zh else "", f"{label.en} name" if label.en else "")
    return {key: Field(key, named, "text", aliases=headers, role="name")}


def _headers(label: Text) -> tuple[str, ...]:
    """The headers over the names of what is called so: 图书馆, 图书馆名称; library, library name."""
    chinese = (label.zh, f"{label.zh}名称", f"{label.zh}名") if label.zh else ()
    english = (label.en, f"{label.en} name", f"name of {label.en}") if label.en else ()
    return (*chinese, *english)


def _capital(label: Text) -> Text:
    return Text(label.zh, label.en[:1].upper() + label.en[1:])


def _refuse_taken(
    headers: Iterable[str], fields: Iterable[Field], file: YamlFile, path: tuple[str | int, ...]
) -> None:
    """A header that already is over something else; of figures the cells tell what is meant."""
    taken = {
        word.casefold(): field.key
        for field in fields
        if not field.is_number
        for word in (field.label.zh, field.label.en, *field.aliases)
    }
    for word in headers:
        if word.casefold() in taken:
            raise _fault("entity-header-taken", file, path, name=word, other=taken[word.casefold()])


def _circle(key: str, known: Mapping[str, Entity], trail: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The entities through which one lies in itself, or in another that does; none where it does not."""
    if key in trail:
        return trail[trail.index(key) :]
    inside = (_circle(level, known, (*trail, key)) for level in known[key].within if level in known)
    return next((circle for circle in inside if circle), ())


def _around(key: str, known: Mapping[str, Entity]) -> Iterator[str]:
    """What the entity lies in, and what that lies in, the nearest first."""
    for level in (one for one in known[key].within if one in known):
        yield level
        if level not in REGION_LEVELS:  # which of these there are, the entity says itself
            yield from _around(level, known)


def _fault(code: str, file: YamlFile, path: tuple[str | int, ...], **values: object) -> RuleFileError:
    return RuleFileError(code, file=file.name, line=file.line(path), key=dotted(path), **values)
