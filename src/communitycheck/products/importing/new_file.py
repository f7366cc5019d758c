"""The front door of ``rules import``: a book of audit formulas becomes a rule file for the rule book that is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from communitycheck.errors import RuleFileError, UsageError
from communitycheck.own_list import FORM
from communitycheck.products.importing.front import COUNTRY, import_formulas
from communitycheck.products.importing.lines import FormulaLine
from communitycheck.products.importing.rules import Imported
from communitycheck.reporting.own_folder import refuse_others, write_file
from communitycheck.standards import RuleBook
from communitycheck.standards.choose import open_rule_book
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.files.partial import shaped
from communitycheck.standards.files.schema import StandardIn
from communitycheck.standards.files.yaml_file import parse_yaml
from communitycheck.standards.find_region import find_region


def import_rules(
    path: str | Path,
    output: str | Path | None = None,
    *,
    sheets: Sequence[str] = (),
    region: str | None = None,
    entity: str | None = None,
    force: bool = False,
) -> Imported:
    """Make a standard of the audit formulas in a spreadsheet.

    Args:
        output: the rule file to write, after which the standard is named; one that others wrote or edited is left
            alone unless ``force``. Without it nothing is written.
        sheets: read these alone; all by default.
        entity: the kind of subject whose figures they are about; by default what the book says, else a period.
        region: code or name of the region where the rules apply; the whole country by default.

    Raises:
        ReturnError: the file cannot be read, or holds no column of formulas.
        UsageError: an unknown sheet or region, or an ``output`` that is no YAML file.
        WriteError: the rule file cannot be written, or must not be replaced.
    """
    target = None if output is None else Path(output)
    if target is not None and target.suffix.lower() not in (".yaml", ".yml"):
        raise UsageError("import-not-yaml", path=output)
    if target is not None:
        refuse_others([target], force=force)
    book = open_rule_book()
    place = COUNTRY if region is None else find_region(region, book.jurisdictions()).place
    named = target.stem if target is not None else None
    unfit: dict[FormulaLine, RuleFileError] = {}
    while True:
        found = import_formulas(
            path,
            sheets=sheets,
            standard=named,
            jurisdiction=place,
            dictionary=book.dictionary,
            entity=entity,
            unfit=unfit,
        )
        more = _unfit(found, book)
        if not more.keys() - unfit.keys():
            break
        unfit |= more
    if target is not None:
        write_file(target, [found.text], force=force, kind=FORM)
    return found


def _unfit(found: Imported, book: RuleBook) -> dict[FormulaLine, RuleFileError]:
    """Lines whose rules the rule language refuses, for instance as their two sides measure different things."""
    faults = FaultList()
    file = parse_yaml(found.text.encode(), found.standard, faults)
    shape, damage = shaped(file, StandardIn, faults)
    grown = RuleBook(book.dictionary, dict(book.files), dict(book.compiled), faults=FaultList())
    grown.standard(grown.add(shape, file, damage, faults))
    told = grown.faults.found if grown.faults is not None else []
    unfit: dict[FormulaLine, RuleFileError] = {}
    for fault in told:
        named = [rule for rule in found.lines if (fault.key or "").startswith(f"{rule}.")]
        if named:  # the id of one may begin another's
            unfit.setdefault(found.lines[max(named, key=len)], fault)
    return unfit
