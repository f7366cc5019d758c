"""The rule book: all standards of a folder, each with what it inherits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from communitycheck.errors import RuleFileError, UsageError, together
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression.lookup_table import LookupTable
from communitycheck.model.standard import Jurisdiction, Parameter, Rule, Source, Standard
from communitycheck.model.text import Text
from communitycheck.nearest import nearest
from communitycheck.standards.compile import compile_rules
from communitycheck.standards.dictionary import compile_dictionary, compile_units, load_dictionary, stand_in
from communitycheck.standards.entities import with_levels
from communitycheck.standards.files.fault_list import FaultList, sorted_once
from communitycheck.standards.files.partial import Damage, shaped
from communitycheck.standards.files.schema import StandardIn
from communitycheck.standards.files.yaml_file import Path_, YamlFile, dotted, read_yaml
from communitycheck.standards.formulas import Formulas
from communitycheck.standards.parameters import compile_parameter
from communitycheck.standards.raw_rule import RawRule, overridden
from communitycheck.standards.reforms.layers import reform_numbers, reformed_rules
from communitycheck.standards.reforms.reform import Reform
from communitycheck.standards.tables import compile_table

if TYPE_CHECKING:
    from communitycheck.model.scores.score import Score
    from communitycheck.standards.scoring.scores import RawScore

DICTIONARY = "dictionary.yaml"


class _Compiled(NamedTuple):
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


@dataclass(slots=True)
class RuleBook:
    """Standards by id, compiled when first asked for.

    ``folders`` are searched in order; a standard in a later folder replaces one of the same id in an earlier.
    Where ``faults`` is a list, what cannot be compiled is left out and noted in it instead of raised. ``damage`` says
    of the files that do not have their shape what they lack. ``reforms`` are put on top of what the files say.
    """

    dictionary: Dictionary
    files: dict[str, tuple[StandardIn, YamlFile]] = field(default_factory=dict)
    compiled: dict[str, _Compiled] = field(default_factory=dict)
    faults: FaultList | None = None
    damage: dict[str, tuple[Damage, FaultList]] = field(default_factory=dict)
    reforms: tuple[Reform, ...] = ()

    def reformed(self, reforms: Iterable[Reform]) -> RuleBook:
        """A copy with ``reforms`` on top, in their order; this book stays as it is."""
        return RuleBook(self.dictionary, dict(self.files), damage=self.damage, reforms=(*self.reforms, *reforms))

    def ids(self) -> list[str]:
        return sorted(self.files)

    def standard(self, name: str) -> Standard:
        """The standard called ``name``.

        Raises:
            UsageError: there is none; the message names the nearest.
            RuleFileError: it or one that it extends has faults.
        """
        if name not in self.files:
            near = nearest(name, self.files)
            raise UsageError("standard-unknown", name=name, near=near, known=", ".join(self.ids()))
        found = self._compile(name, ())
        if self.faults is not None:
            self.faults.note(*found.faults)
        elif found.faults:
            raise together(found.faults)
        return found.standard

    def all(self) -> list[Standard]:
        return [self.standard(name) for name in self.ids()]

    def jurisdictions(self) -> list[Jurisdiction]:
        """Where the standards apply, none of them compiled for it."""
        return [_jurisdiction(self.files[name][0]) for name in self.ids()]

    def add_file(self, path: Path) -> str:
        """Read one more standard from ``path``; returns its id. Faults that leave it readable wait for its rules."""
        faults = FaultList()
        file = read_yaml(path, faults)
        shape, damage = shaped(file, StandardIn, faults)
        return self.add(shape, file, damage, faults)

    def add(self, shape: StandardIn, file: YamlFile, damage: Damage, faults: FaultList) -> str:
        """Take in a standard that has been read; returns its id."""
        if ("standard",) in damage.entries:
            shape = shape.model_copy(update={"standard": file.name})
        _check_ids(shape, file, faults)
        known = self.files.get(shape.standard)
        if known is not None and known[1].name != file.name:
            self.compiled.clear()
        self.files[shape.standard] = (shape, file)
        self.damage.pop(shape.standard, None)
        if damage or faults.found:
            self.damage[shape.standard] = damage, faults
        return shape.standard

    def raise_damage(self) -> None:
        """Raise everything that is wrong with the files that do not have their shape, if there are any."""
        found = [fault for name in self.damage for fault in self._compile(name, ()).faults]
        if found:
            raise together(found)

    def is_sound(self, name: str) -> bool:
        """Whether the rules that could be compiled mean what they seem to: nothing but formulas of others is wrong."""
        return self._compile(name, ()).sound

    def raws(self, name: str) -> list[RawRule]:
        """The rules of the standard ``name`` as its files have them."""
        return self._compile(name, ()).raws

    def _compile(self, name: str, trail: tuple[str, ...]) -> _Compiled:
        known = self.compiled.get(name)
        # Of a circle each member is told for itself.
        if known is not None and not (trail and _has_circle(known)):
            return known
        found = self._compiled_anew(name, trail)
        if not (trail and _has_circle(found)):
            self.compiled[name] = found
        return found

    def _compiled_anew(self, name: str, trail: tuple[str, ...]) -> _Compiled:
        shape, file = self.files[name]
        damage, known_faults = self.damage.get(name, (Damage(), FaultList()))
        faults = FaultList(known_faults.found)
        above = self._above(shape, file, trail, faults)
        parent = None if above is None else above.standard
        raws = reformed_rules(_merged(shape, file, damage, above, faults), self.reforms, name)
        base = self.dictionary if parent is None else parent.dictionary_on(self.dictionary)
        units = {} if parent is None else parent.units
        units = compile_units(shape.units, file, units, faults) if shape.units else units
        base = with_levels(base.with_units(units), shape.levels, file, faults)
        dictionary, broken = compile_dictionary(shape, file, base, faults, lost=damage.names("entities"))
        lost = damage.names("fields")
        dictionary = dictionary.with_fields({key: stand_in(key) for key in lost if key not in dictionary.fields})
        parameters, tables, unread = _numbers(shape, file, dictionary, parent, damage, faults)
        reform_numbers(self.reforms, name, parameters, tables, dictionary, faults)
        broken = broken | lost | unread | (above.broken if above is not None else frozenset())
        names_known = damage.names_known and (shape.extends is None or (above is not None and above.names_known))
        own_fields = {k: v for k, v in dictionary.fields.items() if self.dictionary.fields.get(k) is not v}
        own_entities = {k: v for k, v in dictionary.entities.items() if self.dictionary.entities.get(k) is not v}
        sound = not faults.found and (above is None or above.sound)
        formulas = Formulas(dictionary, parameters, tables, broken, names_known=names_known)
        rules = compile_rules(raws, name, formulas, faults)
        sheets, scores = _scores(shape, file, above, damage, raws, formulas, rules, faults)
        standard = Standard(
            id=name,
            title=Text(shape.title.zh, shape.title.en),
            source=Source(shape.source.document, shape.source.issuer, shape.source.date, shape.source.url),
            jurisdiction=_jurisdiction(shape),
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
        return _Compiled(standard, raws, sorted_once(faults.found), broken, names_known, sound, sheets)

    def _above(self, shape: StandardIn, file: YamlFile, trail: tuple[str, ...], faults: FaultList) -> _Compiled | None:
        """The standard that this one extends; where there is none of that name, the one that was probably meant."""
        if shape.extends is None:
            return None
        fault = partial(RuleFileError, file=file.name, line=file.line(("extends",)), key="extends")
        if shape.extends in (*trail, shape.standard):
            circle = " → ".join((*trail, shape.standard, shape.extends))
            faults.note(fault("extends-circle", circle=circle))
            return None
        name = shape.extends
        if name not in self.files:
            near = nearest(name, self.files)
            faults.note(fault("extends-unknown", name=name, near=near))
            if not near or near in (*trail, shape.standard):
                return None
            name = near
        return self._compile(name, (*trail, shape.standard))


def load_rule_book(folders: Iterable[Path], files: Iterable[Path] = ()) -> RuleBook:
    """Read every standard in ``folders`` (later ones win) and in ``files``.

    The first folder must hold ``dictionary.yaml``; a later one may hold one that adds to it.

    Raises:
        RuleFileError: the first fault, with file, line and key; in it all others of the files that lack their shape.
    """
    dictionary = Dictionary({})
    book = RuleBook(dictionary)
    for folder in folders:
        if not folder.is_dir():
            raise RuleFileError("rules-dir-missing", file=str(folder))
        if (folder / DICTIONARY).is_file():
            own = load_dictionary(folder / DICTIONARY, book.dictionary)
            book.dictionary = book.dictionary.with_fields(own.fields, own.entities)
        for path in sorted(folder.glob("*.y*ml")):
            if path.name != DICTIONARY and path.suffix in (".yaml", ".yml"):
                book.add_file(path)
    for path in files:
        book.add_file(path)
    book.raise_damage()
    return book


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
    above: _Compiled | None,
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


def _has_circle(compiled: _Compiled) -> bool:
    return any(fault.code == "extends-circle" for fault in compiled.faults)


def _jurisdiction(shape: StandardIn) -> Jurisdiction:
    place = shape.jurisdiction
    return Jurisdiction(place.code, place.name, tuple(place.divisions))


def _check_ids(shape: StandardIn, file: YamlFile, faults: FaultList) -> None:
    seen: set[str] = set()
    for i, rule in enumerate(shape.rules):
        if rule.id in seen:
            faults.note(_about_rule("rule-id-twice", file, ("rules", i), rule.id))
        seen.add(rule.id)
    if shape.override and shape.extends is None:
        line = file.line(("override",))
        faults.note(RuleFileError("override-without-extends", file=file.name, line=line, key="override"))


def _about_rule(code: str, file: YamlFile, path: Path_, name: str, **values: str) -> RuleFileError:
    at = (*path, "id") if path[0] == "rules" else path
    return RuleFileError(code, file=file.name, line=file.line(at), key=dotted(at), name=name, **values)


def _merged(
    shape: StandardIn, file: YamlFile, damage: Damage, above: _Compiled | None, faults: FaultList
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
