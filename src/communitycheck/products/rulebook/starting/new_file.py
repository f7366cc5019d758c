"""The front door of ``rules new``: a starter rule file is written."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import communitycheck.standards
from communitycheck.errors import CommunityCheckError, RuleFileError, UsageError
from communitycheck.messages import Lang, say
from communitycheck.own_list import FORM
from communitycheck.products.rulebook.starting.first_rule import first_rule
from communitycheck.products.rulebook.starting.starter import Answers, starter
from communitycheck.products.rulebook.starting.starter_cases import starter_cases
from communitycheck.reporting.files import make_folder
from communitycheck.reporting.own_folder import refuse_others, write_file
from communitycheck.standards import RuleBook
from communitycheck.standards.choose import named_standards, open_rule_book
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.files.partial import shaped
from communitycheck.standards.files.schema import StandardIn
from communitycheck.standards.files.yaml_file import parse_yaml
from communitycheck.standards.find_region import find_region

_SCHEMAS = Path(communitycheck.standards.__file__).parent / "files" / "schemas"


def new_rule_file(
    file: str | Path,
    *,
    extends: str | Path | None = None,
    title: str = "",
    document: str = "",
    issuer: str = "",
    date: date | None = None,
    region: str | None = None,
    rule: str = "",
    rules_dir: str | Path | None = None,
    force: bool = False,
) -> tuple[Path, str]:
    """Write a starter rule file, and cases for it in ``cases`` beside it.

    A file that others wrote or edited is left alone unless ``force``.

    Args:
        extends: the standard that the new one builds on.
        title, document, issuer, date: of the standard; what is not given stays an example to be written over.
        region: code or name of the region where it applies.
        rule: the first rule by example, as in ``综合服务设施面积 不低于 400 平方米`` or ``facility_area >= 400 m2``.

    Returns:
        The file, and the id of the standard in it.

    Raises:
        UsageError: no name of a YAML file, an id that is taken, an unknown standard or region, a rule that cannot be
            understood.
        WriteError: the file cannot be written, or must not be replaced.
    """
    path = Path(file)
    if path.suffix not in (".yaml", ".yml"):
        raise UsageError("new-suffix", near=f"{file}.yaml" if not path.suffix else str(path.with_suffix(".yaml")))
    parents = [extends] if extends else []
    book = open_rule_book(rules_dir, parents)
    parent = next(iter(named_standards(book, parents)), None)
    name = _id_of(path)
    if name in book.files:
        raise UsageError("new-id-taken", path=str(path), name=name)
    answers = Answers(
        title,
        document,
        issuer,
        date,
        find_region(region, book.jurisdictions()).place if region else None,
        first_rule(rule, book.dictionary) if rule else None,
    )
    # Editors find the JSON Schema in the installed package.
    text = starter(name, str(path), _schema("standard-1"), parent, answers)
    beside = path.parent / "cases" / path.name
    cases = starter_cases(name, str(beside), _schema("cases-1"), _with_new(book, text, str(path), rule))
    refuse_others([path, *([beside] if cases else [])], force=force)
    write_file(path, [text], force=force, kind=FORM)
    if cases:
        make_folder(beside.parent)
        write_file(beside, [cases], force=force, kind=FORM)
    return path, name


def _with_new(book: RuleBook, text: str, name: str, rule: str) -> RuleBook:
    """The book with the new standard in it.

    Raises:
        UsageError: the rule that was given by example makes no sound file.
    """
    faults = FaultList()
    file = parse_yaml(text.encode(), name, faults)
    shape, damage = shaped(file, StandardIn, faults)
    grown = RuleBook(book.dictionary, dict(book.files), dict(book.compiled))
    try:
        grown.standard(grown.add(shape, file, damage, faults))
    except RuleFileError as error:
        why = CommunityCheckError(error.code, **error.values)
        raise UsageError("new-rule-faulty", text=rule, why=_Said(why)) from None
    return grown


class _Said:
    """A message within another."""

    def __init__(self, error: CommunityCheckError) -> None:
        self._error = error

    def in_lang(self, lang: Lang) -> str:
        return say(self._error.code, lang, **self._error.values)


def _id_of(path: Path) -> str:
    """The file's name as a standard's id: what an id may not hold becomes a hyphen."""
    name = re.sub(r"[^\w.-]+", "-", path.stem).strip("-_.")[:80]
    return name or "my-standard"


def _schema(name: str) -> str:
    """Where editors find the JSON Schema of that name."""
    return (_SCHEMAS / f"{name}.json").resolve().as_uri()
