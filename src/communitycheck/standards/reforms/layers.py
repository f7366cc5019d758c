"""Reforms on top of what the files of a standard say; a later one changes what an earlier one has left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression.lookup_table import LookupTable
from communitycheck.model.standard import Parameter
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.parameters import compile_parameter
from communitycheck.standards.raw_rule import RawRule, overridden
from communitycheck.standards.reforms.reform import Reform
from communitycheck.standards.tables import compile_table


def reformed_rules(raws: list[RawRule], reforms: Iterable[Reform], standard: str) -> list[RawRule]:
    """The rules of a standard with what reforms change in them."""
    for reform in reforms:
        changes = reform.shape.override
        raws = [
            overridden(raw, changes[raw.id], standard, reform.file)
            if raw.id in changes and reform.reaches(standard, raw.layer)
            else raw
            for raw in raws
        ]
    return raws


def reform_numbers(
    reforms: Iterable[Reform],
    standard: str,
    parameters: dict[str, Parameter],
    tables: dict[str, LookupTable],
    dictionary: Dictionary,
    faults: FaultList,
) -> None:
    """Put the parameters and tables that reforms give a standard in place."""
    for reform in reforms:
        file = reform.file
        for key, raw in reform.shape.parameters.items():
            if reform.brings(standard, _layer(key, parameters)):
                with faults.noted():
                    parameters[key] = compile_parameter(key, raw, standard, file, dictionary)
        for key, table in reform.shape.tables.items():
            if reform.brings(standard, _layer(key, tables)):
                with faults.noted():
                    tables[key] = compile_table(key, table, standard, file, tables, dictionary.units)


def _layer(key: str, known: Mapping[str, Parameter] | Mapping[str, LookupTable]) -> str | None:
    found = known.get(key)
    return None if found is None else found.layer
