"""Which standards and rules a run uses: the rule book with the user's own on top, and what was picked out of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from communitycheck.errors import RuleFileError, UsageError
from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.standard import Rule, Standard
from communitycheck.nearest import nearest
from communitycheck.resources import data_dir
from communitycheck.standards.book import DICTIONARY, RuleBook, load_rule_book

if TYPE_CHECKING:
    from communitycheck.standards.files.yaml_file import YamlFile


def open_rule_book(rules_dir: str | Path | None = None, standards: Iterable[str | Path] = ()) -> RuleBook:
    """The built-in standards, with those of ``rules_dir`` and the YAML files among ``standards`` on top."""
    return load_rule_book(rule_folders(rules_dir), [Path(s) for s in standards if is_rule_file(s)])


def rule_folders(rules_dir: str | Path | None) -> list[Path]:
    """The built-in rules, then the user's own."""
    return [data_dir("rules")] + ([Path(rules_dir)] if rules_dir else [])


def built_in_shadow(standards: Iterable[str | Path], rules_dir: str | Path | None) -> tuple[str, str] | None:
    """The first file among these that takes the place of a built-in standard with something else, and the id of that.

    The rules of a folder are ``*.yaml`` and ``*.yml``; a dictionary in it that gives a built-in field another meaning
    counts too, with the name of the field. A file that cannot be read is left to who uses it.
    """
    from communitycheck.standards.files.yaml_file import read_yaml  # where all standards are built in, none is read

    folder = None if rules_dir is None else Path(rules_dir)
    files = sorted(folder.glob("*.y*ml")) if folder is not None and folder.is_dir() else []
    for path in [*files, *(Path(s) for s in standards if is_rule_file(s))]:
        try:
            file = read_yaml(path)
        except RuleFileError:
            continue
        data = file.data if isinstance(file.data, dict) else {}
        if path.name == DICTIONARY:
            fields = data.get("fields")
            taken = _built_in_fields() & set(fields if isinstance(fields, dict) else ())
        else:
            taken = {str(data.get("standard"))} & {built_in.stem for built_in in data_dir("rules").glob("*.yaml")}
        for name in sorted(taken):
            if not _is_copy(file, path.name if path.name == DICTIONARY else f"{name}.yaml"):
                return str(path), name
    return None


def _built_in_fields() -> set[str]:
    return set(open_rule_book().dictionary.fields)


def _is_copy(file: YamlFile, name: str) -> bool:
    """Whether the file is that built-in one, byte for byte."""
    built_in = data_dir("rules") / name
    return built_in.is_file() and hashlib.sha256(built_in.read_bytes()).hexdigest() == file.sha256


def is_rule_file(standard: str | Path) -> bool:
    """Whether a standard is named by its file, not by its id."""
    return isinstance(standard, Path) or standard.lower().endswith((".yaml", ".yml"))


def named_standards(book: RuleBook, standards: Iterable[str | Path]) -> list[Standard]:
    """The standards of these ids and files, each once.

    Raises:
        UsageError: there is no standard of an id; the nearest is named.
    """
    by_file = {file.name: name for name, file in book.files.items()}
    ids = [by_file[str(Path(s))] if is_rule_file(s) else str(s) for s in standards]
    return [book.standard(name) for name in dict.fromkeys(ids)]


def load_standard(standard: str | Path, *, rules_dir: str | Path | None = None) -> Standard:
    """A standard with everything it inherits in place.

    Args:
        standard: the id of one that comes with the toolkit or lies in ``rules_dir``, or the path of a YAML file.

    Raises:
        UsageError: there is no standard of that id; the nearest is named.
        RuleFileError: a fault in a rule file, with file, line and key.
    """
    return named_standards(open_rule_book(rules_dir, [standard]), [standard])[0]


def whole_dictionary(book: RuleBook, standards: Iterable[Standard]) -> Dictionary:
    """The data dictionary with the own fields of ``standards``."""
    dictionary = book.dictionary
    for standard in standards:
        dictionary = standard.dictionary_on(dictionary)
    return dictionary


def region_level(word: str, option: str, standards: Sequence[str | Path], rules_dir: str | Path | None = None) -> str:
    """The level of regions that ``word`` names: by its key, or as one of ``standards`` calls it.

    Raises:
        UsageError: there is no such level; those that there are are named, each as the standards call it.
    """
    book = open_rule_book(rules_dir, standards)
    dictionary = whole_dictionary(book, named_standards(book, standards))
    if found := dictionary.level(word):
        return found
    names = {level: dictionary.entity(level).label for level in REGION_LEVELS}
    own = {
        level: name.en or name.zh for level, name in names.items() if name != book.dictionary.entity(level).label
    }  # what the standards call a level anew
    choices = [f"{level} ({own[level]})" if level in own else level for level in REGION_LEVELS]
    near = nearest(word, [*REGION_LEVELS, *own.values()])
    code = "option-level" if word in dictionary.entities else "option-choice"
    raise UsageError(code, option=option, value=word, near=near, choices=", ".join(choices))


class RuleFilter(Struct, frozen=True):
    """Which rules are judged: those that fit a pattern of ``select`` (all, if there is none) and none of ``ignore``."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]

    def __call__(self, rule: Rule) -> bool:
        chosen = not self.select or any(_fits(rule.id, p, rule.standard) for p in self.select)
        return chosen and not any(_fits(rule.id, p, rule.standard) for p in self.ignore)


def rule_filter(standards: Iterable[Standard], select: Sequence[str], ignore: Sequence[str]) -> RuleFilter:
    """The filter of these patterns.

    Raises:
        UsageError: a pattern that no rule of ``standards`` fits; the nearest rule is named.
    """
    known = list(dict.fromkeys(r.id for s in standards for r in s.rules))
    for pattern in (*select, *ignore):
        if not any(_fits(rule, pattern) for rule in known):
            near = nearest(pattern, known)
            raise UsageError("rule-unknown", name=pattern, near=near)
    return RuleFilter(tuple(select), tuple(ignore))


def _fits(rule: str, pattern: str, standard: str = "") -> bool:
    """``LN-01``, ``ln-*`` and, as reports print it, ``LN-01@shenyang-2023``."""
    wanted, _, layer = pattern.partition("@")
    return fnmatchcase(rule.upper(), wanted.upper()) and (not layer or not standard or layer == standard)
