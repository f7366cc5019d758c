"""The rule book: all standards of a folder, each with what it inherits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from communitycheck.errors import RuleFileError, UsageError, together
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.standard import Jurisdiction, Standard
from communitycheck.nearest import nearest
from communitycheck.standards.compiled.built_in import BuiltIn, built_in
from communitycheck.standards.compiled.kept import keep_standard, kept_standard
from communitycheck.standards.files.fault_list import FaultList

if TYPE_CHECKING:
    from communitycheck.standards.files.partial import Damage
    from communitycheck.standards.files.schema import StandardIn
    from communitycheck.standards.files.yaml_file import YamlFile
    from communitycheck.standards.layered import Compiled
    from communitycheck.standards.raw_rule import RawRule
    from communitycheck.standards.reforms.reform import Reform

DICTIONARY = "dictionary.yaml"


@dataclass(slots=True)
class StandardFile:
    """A file of the book. What it says in full is read when somebody first asks, unless it is known already.

    Attributes:
        name: its path as it is shown.
        said: what it says, as far as it has been read.
    """

    name: str
    jurisdiction: Jurisdiction
    said: tuple[StandardIn, YamlFile] | None = field(default=None, compare=False)

    @property
    def shape(self) -> StandardIn:
        return self._read()[0]

    @property
    def yaml(self) -> YamlFile:
        return self._read()[1]

    def _read(self) -> tuple[StandardIn, YamlFile]:
        if self.said is None:
            shape, file, _, faults = _shaped(Path(self.name))
            faults.raise_any()
            self.said = shape, file
        return self.said


@dataclass(slots=True)
class RuleBook:
    """Standards by id, compiled when first asked for.

    ``folders`` are searched in order; a standard in a later folder replaces one of the same id in an earlier.
    Where ``faults`` is a list, what cannot be compiled is left out and noted in it instead of raised. ``damage`` says
    of the files that do not have their shape what they lack. ``reforms`` are put on top of what the files say.
    ``built_in`` is what the toolkit's own files were compiled to, as long as no other file changes what they mean, and
    ``kept`` what an earlier run has compiled others to on top of it.
    """

    dictionary: Dictionary
    files: dict[str, StandardFile] = field(default_factory=dict)
    compiled: dict[str, Compiled] = field(default_factory=dict)
    faults: FaultList | None = None
    damage: dict[str, tuple[Damage, FaultList]] = field(default_factory=dict)
    reforms: tuple[Reform, ...] = ()
    built_in: BuiltIn | None = None
    kept: dict[str, Standard] = field(default_factory=dict)

    @classmethod
    def of_built_in(cls, found: BuiltIn) -> RuleBook:
        """The standards that travel with the toolkit."""
        files = {key: StandardFile(str(found.folder / name), place) for key, (name, place) in found.files.items()}
        return cls(found.dictionary, files, built_in=found)

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
        if self.built_in is not None and name in self.built_in.files:
            return self.built_in.standard(name)
        if name in self.kept:
            return self.kept[name]
        found = self._compile(name, ())
        if self.faults is not None:
            self.faults.note(*found.faults)
        elif found.faults:
            raise together(found.faults)
        elif self.built_in is not None:
            keep_standard(found.standard, self.built_in)
        return found.standard

    def all(self) -> list[Standard]:
        return [self.standard(name) for name in self.ids()]

    def jurisdictions(self) -> list[Jurisdiction]:
        """Where the standards apply, none of them compiled for it."""
        return [self.files[name].jurisdiction for name in self.ids()]

    def add_dictionary(self, path: Path) -> None:
        """Take in what a folder's own dictionary adds to the one of all."""
        from communitycheck.standards.dictionary import load_dictionary  # the built-in one is there compiled

        own = load_dictionary(path, self.dictionary)
        self.dictionary = self.dictionary.with_fields(own.fields, own.entities)
        self._forget()

    def add_file(self, path: Path) -> str:
        """Read one more standard from ``path``; returns its id. Faults that leave it readable wait for its rules."""
        found = None if self.built_in is None else kept_standard(path, self.built_in)
        if found is None:
            return self.add(*_shaped(path))
        name, place, standard = found
        if name in self.files:
            self.compiled.clear()
        self.files[name], self.kept[name] = StandardFile(str(path), place), standard
        return name

    def add_files(self, paths: Iterable[Path]) -> None:
        """Read standards that were asked for by their files, each once.

        Raises:
            UsageError: two of them are called by one id.
        """
        given: dict[str, Path] = {}
        for path in dict.fromkeys(paths):
            name = self.add_file(path)
            if name in given:
                raise UsageError("standard-id-twice", name=name, file=str(given[name]), other=str(path))
            given[name] = path

    def add(self, shape: StandardIn, file: YamlFile, damage: Damage, faults: FaultList) -> str:
        """Take in a standard that has been read; returns its id."""
        from communitycheck.standards.layered import check_ids, jurisdiction_of  # as in ``_compiled_anew``

        if ("standard",) in damage.entries:
            shape = shape.model_copy(update={"standard": file.name})
        check_ids(shape, file, faults)
        known = self.files.get(shape.standard)
        if known is not None and known.name != file.name:
            self._forget()
        self.files[shape.standard] = StandardFile(file.name, jurisdiction_of(shape), (shape, file))
        self.damage.pop(shape.standard, None)
        if damage or faults.found:
            self.damage[shape.standard] = damage, faults
        return shape.standard

    def _forget(self) -> None:
        """What was compiled so far may mean something else from now on."""
        self.compiled.clear()
        self.kept.clear()
        self.built_in = None

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

    def _compile(self, name: str, trail: tuple[str, ...]) -> Compiled:
        known = self.compiled.get(name)
        # Of a circle each member is told for itself.
        if known is not None and not (trail and _has_circle(known)):
            return known
        found = self._compiled_anew(name, trail)
        if not (trail and _has_circle(found)):
            self.compiled[name] = found
        return found

    def _compiled_anew(self, name: str, trail: tuple[str, ...]) -> Compiled:
        from communitycheck.standards.layered import compile_standard  # the built-in standards are there compiled

        shape, file = self.files[name].shape, self.files[name].yaml
        damage, known = self.damage.get(name, (None, FaultList()))
        faults = FaultList(known.found)
        above = self._above(shape, file, trail, faults)
        return compile_standard(shape, file, damage, above, self.dictionary, self.reforms, faults)

    def _above(self, shape: StandardIn, file: YamlFile, trail: tuple[str, ...], faults: FaultList) -> Compiled | None:
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


def load_rule_book(folders: Iterable[Path], files: Iterable[Path] = (), *, anew: bool = False) -> RuleBook:
    """Read every standard in ``folders`` (later ones win) and in ``files``.

    The first folder must hold ``dictionary.yaml``; a later one may hold one that adds to it. What is built in is taken
    as it was compiled when the toolkit was made, unless it is to be compiled ``anew``.

    Raises:
        RuleFileError: the first fault, with file, line and key; in it all others of the files that lack their shape.
        UsageError: two of ``files`` are called by one id.
    """
    first, *others = folders
    found = None if anew else built_in(first)
    book = RuleBook(Dictionary({})) if found is None else RuleBook.of_built_in(found)
    for folder in others if found else (first, *others):
        if not folder.is_dir():
            raise RuleFileError("rules-dir-missing", file=str(folder))
        if (folder / DICTIONARY).is_file():
            book.add_dictionary(folder / DICTIONARY)
        for path in sorted(folder.glob("*.y*ml")):
            if path.name != DICTIONARY and path.suffix in (".yaml", ".yml"):
                book.add_file(path)
    book.add_files(files)
    book.raise_damage()
    return book


def _shaped(path: Path) -> tuple[StandardIn, YamlFile, Damage, FaultList]:
    """The file of a standard, what it lacks of its shape, and what is wrong with it."""
    from communitycheck.standards.files.partial import shaped  # as in ``_compiled_anew``
    from communitycheck.standards.files.schema import StandardIn  # so is this
    from communitycheck.standards.files.yaml_file import read_yaml  # and this

    faults = FaultList()
    file = read_yaml(path, faults)
    shape, damage = shaped(file, StandardIn, faults)
    return shape, file, damage, faults


def _has_circle(compiled: Compiled) -> bool:
    return any(fault.code == "extends-circle" for fault in compiled.faults)
