"""One standard of a book, with what it inherits: the files' shapes -> model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from communitycheck.errors import RuleFileError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression.lookup_table import LookupTable
from communitycheck.model.standard import Jurisdiction, Parameter, Rule, Source, Standard
from communitycheck.model.text import Text
from communitycheck.nearest import nearest
from communitycheck.standards.compile import compile_rules
from communitycheck.standards.dictionary import compile_dictionary, compile_units, stand_in
from communitycheck.standards.entities import with_levels
from communitycheck.standards.files.fault_list import FaultList, sorted_once
from communitycheck.standards.files.partial import Damage
from communitycheck.standards.files.schema import StandardIn
from communitycheck.standards.files.yaml_file import Path_, YamlFile, dotted
from communitycheck.standards.formulas import Formulas
from communitycheck.standards.parameters import compile_parameter
from communitycheck.standards.raw_rule import RawRule, overridden
from communitycheck.standards.reforms.layers import reform_numbers, reformed_rules
from communitycheck.standards.tables import compile_table

if TYPE_CHECKING:
    from communitycheck.model.scores.score import Score
    from communitycheck.standards.reforms.reform import Reform
    from communitycheck.standards.scoring.scores import RawScore


class Compiled(NamedTuple):
    """A standard with what compiling it found out.

    ``broken`` are names of fields and parameters that have a fault. It is ``sound`` where nothing but formulas of its
    rules is wrong.
    """

    standard: Standard
    raws: list[RawRule]
    faults: list[RuleFileError]
    broken: frozenset[str] = frozenset()
    names_known: bool = True
    sound: bool = True
    scores: tuple[RawScore, ...] = ()


def compile_standard(
    shape: StandardIn,
    file: YamlFile,
    damage: Damage | None,
    above: Compiled | None,
    common: Dictionary,
    reforms: Iterable[Reform],
    faults: FaultList,
) -> Compiled:
    """What the file of a standard says, on top of what it inherits.

    Args:
        damage: what the file lacks of its shape. above: the standard that it extends.
        common: the dictionary of all standards. reforms: are put on top of what the file says.
        faults: what is known of the file's already.
    """
    damage, name = damage or Damage(), shape.standard
    parent = None if above is None else above.standard
    raws = reformed_rules(_merged(shape, file, damage, above, faults), reforms, name)
    base = common if parent is None else parent.dictionary_on(common)
    units = {} if parent is None else parent.units
    units = compile_units(shape.units, file, units, faults) if shape.units else units
    base = with_levels(base.with_units(units), shape.levels, file, faults)
    dictionary, broken = compile_dictionary(shape, file, base, faults, lost=damage.names("entities"))
    lost = damage.names("fields")
    dictionary = dictionary.with_fields({key: stand_in(key) for key in lost if key not in dictionary.fields})
    parameters, tables, unread = _numbers(shape, file, dictionary, parent, damage, faults)
    reform_numbers(reforms, name, parameters, tables, dictionary, faults)
    broken = broken | lost | unread | (above.broken if above is not None else frozenset())
    names_known = damage.names_known and (shape.extends is None or (above is not None and above.names_known))
    own_fields = {k: v for k, v in dictionary.fields.items() if common.fields.get(k) is not v}
    own_entities = {k: v for k, v in dictionary.entities.items() if common.entities.get(k) is not v}
    sound = not faults.found and (above is None or above.sound)
    formulas = Formulas(dictionary, parameters, tables, broken, names_known=names_known)
    rules = compile_rules(raws, name, formulas, faults)
    sheets, scores = _scores(shape, file, above, damage, raws, formulas, rules, faults)
    standard = Standard(
        id=name,
        title=Text(shape.title.zh, shape.title.en),
        source=Source(shape.source.document, shape.source.issuer, shape.source.date, shape.source.url),
        jurisdiction=jurisdiction_of(shape),
        rules=rules,
        scores=scores,
        parameters=parameters,
        tables=tables,
        in_force_from=shape.in_force.from_,
        in_force_to=shape.in_force.to,
        horizon=shape.horizon,
        lineage=() if parent is None else (parent.id, *parent.lineage),
        sources={} if parent is None else {parent.id: parent.source, **parent.sources},
        fields=own_fields or None,
        units=units,
        entities=own_entities,
        file=file.name,
        sha256=file.sha256,
        note=Text(shape.note.zh, shape.note.en),
    )
    if above is not None:
        faults.note(*above.faults)
    return Compiled(standard, raws, sorted_once(faults.found), broken, names_known, sound, sheets)


def _numbers(
    shape: StandardIn,
    file: YamlFile,
    dictionary: Dictionary,
    parent: Standard | None,
    damage: Damage,
    faults: FaultList,
) -> tuple[dict[str, Parameter], dict[str, LookupTable], frozenset[str]]:
    """Parameters and tables with those of ``parent``, and the names of the own ones that have a fault."""
    layer = shape.standard
    parameters = dict(parent.parameters) if parent is not None else {}
    tables = dict(parent.tables) if parent is not None else {}
    broken = damage.names("parameters") | damage.names("tables")
    for key, raw in shape.parameters.items():
        parameters.pop(key, None)
        with faults.noted():
            parameters[key] = compile_parameter(key, raw, layer, file, dictionary)
    for key, table in shape.tables.items():
        before = len(faults.found)
        with faults.noted():
            tables[key] = compile_table(key, table, layer, file, tables, dictionary.units)
        broken |= {key} if len(faults.found) > before else set()
    unread = damage.names("parameters") | (shape.parameters.keys() - parameters.keys())
    parameters |= {key: Parameter(key, ((None, 0.0),), layer=layer) for key in unread}
    return parameters, tables, broken | unread


def _scores(
    shape: StandardIn,
    file: YamlFile,
    above: Compiled | None,
    damage: Damage,
    raws: list[RawRule],
    formulas: Formulas,
    rules: tuple[Rule, ...],
    faults: FaultList,
) -> tuple[tuple[RawScore, ...], tuple[Score, ...]]:
    """The assessment sheets, inherited ones among them, as files have them and compiled."""
    inherited = [] if above is None else list(above.scores)
    if not (shape.score or inherited):
        return (), ()
    from communitycheck.standards.scoring.scores import compile_scores, raw_scores  # few standards have one

    sheets = raw_scores(shape.score, file, shape.standard, inherited, faults)
    # What is wrong with a field or with the shape of a sheet is told alone: a sheet could only repeat it.
    if formulas.broken or not formulas.names_known or any(entry[0] == "score" for entry in damage.entries):
        return tuple(sheets), ()
    left_out = None if any(entry[0] == "rules" for entry in damage.entries) else {raw.id for raw in raws}
    return tuple(sheets), compile_scores(sheets, shape.standard, formulas, rules, left_out, faults)


def jurisdiction_of(shape: StandardIn) -> Jurisdiction:
    """Where the standard applies."""
    place = shape.jurisdiction
    return Jurisdiction(place.code, place.name, tuple(place.divisions))


def _about_rule(code: str, file: YamlFile, path: Path_, name: str, **values: str) -> RuleFileError:
    at = (*path, "id") if path[0] == "rules" else path
    return RuleFileError(code, file=file.name, line=file.line(at), key=dotted(at), name=name, **values)


def check_ids(shape: StandardIn, file: YamlFile, faults: FaultList) -> None:
    """Each rule has an id of its own, and only a standard that extends another overrides rules."""
    seen: set[str] = set()
    for i, rule in enumerate(shape.rules):
        if rule.id in seen:
            faults.note(_about_rule("rule-id-twice", file, ("rules", i), rule.id))
        seen.add(rule.id)
    if shape.override and shape.extends is None:
        line = file.line(("override",))
        faults.note(RuleFileError("override-without-extends", file=file.name, line=line, key="override"))


def _merged(
    shape: StandardIn, file: YamlFile, damage: Damage, above: Compiled | None, faults: FaultList
) -> list[RawRule]:
    """Inherited rules with this standard's overrides, then its own."""
    inherited = [] if above is None else above.raws
    known = {r.id for r in inherited}
    for rule_id in shape.override:
        if above is not None and above.sound and rule_id not in known:
            near = nearest(rule_id, known)
            faults.note(_about_rule("override-unknown", file, ("override", rule_id), rule_id, near=near))
    raws = [
        overridden(r, shape.override[r.id], shape.standard, file, damaged=("override", r.id) in damage.entries)
        if r.id in shape.override
        else r
        for r in inherited
    ]
    for i, rule in enumerate(shape.rules):
        if rule.id in known:
            faults.note(_about_rule("rule-id-inherited", file, ("rules", i), rule.id))
        path: Path_ = ("rules", i)
        named = (*path, "id") in file.lines and (*path, "id") not in file.spoilt
        raws.append(
            RawRule(rule.id if named else dotted(path), rule, shape.standard, file, path, path in damage.entries)
        )
    return raws
