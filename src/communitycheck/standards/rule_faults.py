"""Everything that is wrong with a rule that cannot be compiled: each of its keys is looked at for itself."""

from __future__ import annotations

from communitycheck.errors import RuleFileError
from communitycheck.model.comparison import COMPARISONS
from communitycheck.model.expression import names_in
from communitycheck.nearest import named
from communitycheck.standards.classes import dues_of, severities_of
from communitycheck.standards.dictionary import unit_of
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.formulas import Formulas, plausible_ends
from communitycheck.standards.language.names import field_names
from communitycheck.standards.own_words import explainable_of, own_words
from communitycheck.standards.raw_rule import RawRule

# What is said of a name that is none: it may be one that stands in the part of the file that could not be read.
_TABLE = "expression-table-unknown"
_NAMES = ("expression-name", "expression-name-near", "rule-lever", _TABLE)


def rule_faults(raw: RawRule, formulas: Formulas, first: RuleFileError | None) -> list[RuleFileError]:
    """The faults of ``raw``.

    Args:
        first: at which compiling stopped; None where the rule cannot be compiled because something is left out of it.
    """
    faults = FaultList()
    body = raw.body
    read: set[str] = set()
    for key, text in raw.formulas():
        with faults.noted():
            if key in body.compared:
                read.update(names_in(formulas.limit(raw, key, text)))
            else:
                read.update(names_in(formulas.expression(raw, key, text, truth=key == "where")))
    with faults.noted():
        severities_of(raw, formulas)
    with faults.noted():
        dues_of(raw, formulas)
    with faults.noted():
        formulas.lever(raw)
    with faults.noted():
        plausible_ends(raw, formulas)
    for key in ("message", "advice"):
        with faults.noted():
            own_words(raw, key)
    with faults.noted():
        explainable_of(raw)
    if body.unit:
        try:
            unit_of(body.unit, formulas.dictionary.units, raw.file, (*raw.path, "unit"))
        except RuleFileError as error:
            error.key = raw.key("unit")
            faults.note(error)
    # What comes of a name that has a fault itself is none of this rule's.
    found = [f for f in faults.found if f.code != _TABLE or f.values["name"] not in formulas.broken]
    sure = len(found) == len(faults.found) and formulas.names_known and formulas.broken.isdisjoint(read)
    if not formulas.names_known:
        known = field_names(formulas.dictionary.fields.values())
        found = [f for f in found if f.code not in _NAMES or named(str(f.values["name"]), known)]
    if first is not None and sure:
        found += [first, *first.others]
    return found


def lacking(raw: RawRule) -> list[RuleFileError]:
    """The keys that a rule needs and has not, and limits of which it has too many."""
    body, found = raw.body, []
    if body.title is None:
        found.append(raw.fault("rule-no-title"))
    if body.applies_to is None:
        found.append(raw.fault("rule-no-entity"))
    if body.manual is not None:
        return found
    if body.indicator is None:
        found.append(raw.fault("rule-no-indicator"))
    compared = body.compared
    given = [key for key in compared if key != "at_least" or "covers" not in compared]
    if not given:
        found.append(raw.fault("rule-no-threshold", known=", ".join(COMPARISONS)))
    if len(given) > 1:
        found.append(raw.fault("rule-two-thresholds", given[-1], given=", ".join(given)))
    return found
