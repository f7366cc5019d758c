"""The rule book: all standards of a folder, each with what it inherits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from communitycheck.errors import RuleFileError, UsageError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.standard import Jurisdiction, Source, Standard
from communitycheck.model.text import Text
from communitycheck.nearest import nearest
from communitycheck.standards.compile import compile_rules
from communitycheck.standards.dictionary import compile_dictionary, load_dictionary
from communitycheck.standards.files.faults import check_shape
from communitycheck.standards.files.schema import RuleBody, StandardIn
from communitycheck.standards.files.yaml_file import YamlFile, read_yaml
from communitycheck.standards.parameters import compile_parameter
from communitycheck.standards.raw_rule import RawRule, overridden
from communitycheck.standards.tables import compile_table

DICTIONARY = "dictionary.yaml"


@dataclass(slots=True)
class RuleBook:
    """Standards by id, compiled when first asked for.

    ``folders`` are searched in order; a standard in a later folder replaces one of the same id in an earlier.
    Where ``faults`` is a list, rules that cannot be compiled are left out and noted in it instead of raised.
    """

    dictionary: Dictionary
    files: dict[str, tuple[StandardIn, YamlFile]] = field(default_factory=dict)
    compiled: dict[str, tuple[Standard, list[RawRule]]] = field(default_factory=dict)
    faults: list[RuleFileError] | None = None

    def ids(self) -> list[str]:
        return sorted(self.files)

    def standard(self, name: str) -> Standard:
        """The standard called ``name``.

        Raises:
            UsageError: there is none; the message names the nearest.
        """
        if name not in self.files:
            near = nearest(name, self.files)
            raise UsageError("standard-unknown", name=name, near=near, known=", ".join(self.ids()))
        return self._compile(name, ())[0]

    def all(self) -> list[Standard]:
        return [self.standard(name) for name in self.ids()]

    def jurisdictions(self) -> list[Jurisdiction]:
        """Where the standards apply, none of them compiled for it."""
        return [_jurisdiction(self.files[name][0]) for name in self.ids()]

    def add_file(self, path: Path) -> str:
        """Read one more standard from ``path``; returns its id."""
        file = read_yaml(path)
        return self.add(check_shape(file, StandardIn), file)

    def add(self, shape: StandardIn, file: YamlFile) -> str:
        """Take in a standard that has been read; returns its id."""
        _check_ids(shape, file)
        known = self.files.get(shape.standard)
        if known is not None and known[1].name != file.name:
            self.compiled.clear()
        self.files[shape.standard] = (shape, file)
        return shape.standard

    def _compile(self, name: str, trail: tuple[str, ...]) -> tuple[Standard, list[RawRule]]:
        if name in self.compiled:
            return self.compiled[name]
        shape, file = self.files[name]
        parent, inherited = self._parent(shape, file, trail)
        raws = _merged(shape, file, inherited)
        base = self.dictionary if parent is None else self.dictionary.with_fields(parent.fields or {})
        dictionary = compile_dictionary(shape.fields, file, base) if shape.fields else base
        parameters = dict(parent.parameters) if parent is not None else {}
        for key, raw in shape.parameters.items():
            parameters[key] = compile_parameter(key, raw, name, file, dictionary)
        tables = dict(parent.tables) if parent is not None else {}
        for key, table in shape.tables.items():
            tables[key] = compile_table(key, table, name, file, tables)
        own_fields = {k: v for k, v in dictionary.fields.items() if self.dictionary.fields.get(k) is not v}
        standard = Standard(
            id=name,
            title=Text(shape.title.zh, shape.title.en),
            source=Source(shape.source.document, shape.source.issuer, shape.source.date, shape.source.url),
            jurisdiction=_jurisdiction(shape),
            rules=compile_rules(raws, name, dictionary, parameters, tables, self.faults),
            parameters=parameters,
            tables=tables,
            in_force_from=shape.in_force.from_,
            in_force_to=shape.in_force.to,
            horizon=shape.horizon,
            lineage=() if parent is None else (parent.id, *parent.lineage),
            sources={} if parent is None else {parent.id: parent.source, **parent.sources},
            fields=own_fields or None,
            file=file.name,
            sha256=file.sha256,
            note=Text(shape.note.zh, shape.note.en),
        )
        self.compiled[name] = (standard, raws)
        return self.compiled[name]

    def _parent(
        self, shape: StandardIn, file: YamlFile, trail: tuple[str, ...]
    ) -> tuple[Standard | None, list[RawRule]]:
        if shape.extends is None:
            return None, []
        line = file.line(("extends",))
        if shape.extends in (*trail, shape.standard):
            circle = " → ".join((*trail, shape.standard, shape.extends))
            raise RuleFileError("extends-circle", file=file.name, line=line, key="extends", circle=circle)
        if shape.extends not in self.files:
            near = nearest(shape.extends, self.files)
            raise RuleFileError(
                "extends-unknown",
                file=file.name,
                line=line,
                key="extends",
                name=shape.extends,
                near=near,
            )
        return self._compile(shape.extends, (*trail, shape.standard))


def load_rule_book(folders: Iterable[Path], files: Iterable[Path] = ()) -> RuleBook:
    """Read every standard in ``folders`` (later ones win) and in ``files``.

    The first folder must hold ``dictionary.yaml``; a later one may hold one that adds to it.

    Raises:
        RuleFileError: the first fault, with file, line and key.
    """
    dictionary = Dictionary({})
    book = RuleBook(dictionary)
    for folder in folders:
        if not folder.is_dir():
            raise RuleFileError("rules-dir-missing", file=str(folder))
        if (folder / DICTIONARY).is_file():
            own = load_dictionary(folder / DICTIONARY)
            book.dictionary = book.dictionary.with_fields(own.fields)
        for path in sorted(folder.glob("*.y*ml")):
            if path.name != DICTIONARY and path.suffix in (".yaml", ".yml"):
                book.add_file(path)
    for path in files:
        book.add_file(path)
    return book


def _jurisdiction(shape: StandardIn) -> Jurisdiction:
    place = shape.jurisdiction
    return Jurisdiction(place.code, place.name, tuple(place.divisions))


def _check_ids(shape: StandardIn, file: YamlFile) -> None:
    seen: set[str] = set()
    for i, rule in enumerate(shape.rules):
        if rule.id in seen:
            raise RuleFileError(
                "rule-id-twice", file=file.name, line=file.line(("rules", i, "id")), key=f"rules[{i}].id", name=rule.id
            )
        seen.add(rule.id)
    if shape.override and shape.extends is None:
        raise RuleFileError("override-without-extends", file=file.name, line=file.line(("override",)), key="override")


def _merged(shape: StandardIn, file: YamlFile, inherited: list[RawRule]) -> list[RawRule]:
    """Inherited rules with this standard's overrides, then its own."""
    known = {r.id for r in inherited}
    for rule_id in shape.override:
        if rule_id not in known:
            near = nearest(rule_id, known)
            raise RuleFileError(
                "override-unknown",
                file=file.name,
                line=file.line(("override", rule_id)),
                key=f"override.{rule_id}",
                name=rule_id,
                near=near,
            )
    raws = [
        overridden(r, shape.override[r.id], shape.standard, file) if r.id in shape.override else r for r in inherited
    ]
    for i, rule in enumerate(shape.rules):
        if rule.id in known:
            raise RuleFileError(
                "rule-id-inherited",
                file=file.name,
                line=file.line(("rules", i, "id")),
                key=f"rules[{i}].id",
                name=rule.id,
            )
        body = RuleBody.model_construct(**{k: getattr(rule, k) for k in rule.model_fields_set if k != "id"})
        raws.append(RawRule(rule.id, body, shape.standard, file, ("rules", i)))
    return raws
