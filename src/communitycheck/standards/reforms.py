"""Reforms: what a draft would change in standards that are there, laid on top of them as one more layer.

The rule book that is reformed is a copy; a later reform changes what an earlier one has left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from communitycheck.errors import RuleFileError
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression.lookup_table import LookupTable
from communitycheck.model.standard import Parameter
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.files.faults import check_shape
from communitycheck.standards.files.schema import ReformIn
from communitycheck.standards.files.yaml_file import YamlFile, read_yaml
from communitycheck.standards.parameters import compile_parameter
from communitycheck.standards.raw_rule import RawRule, overridden
from communitycheck.standards.tables import compile_table


@dataclass(frozen=True, slots=True, eq=False)
class Reform:
    """Changes of rules, parameters and tables.

    Where ``extends`` names a standard, it is that one, with what it inherits, that is changed, and those that extend it
    take over what they do not set themselves. Without, it is every standard that itself sets what is changed.
    """

    shape: ReformIn
    file: YamlFile

    def reaches(self, standard: str, layer: str) -> bool:
        """Whether what ``layer`` has set is changed in ``standard``."""
        return standard == (layer if self.shape.extends is None else self.shape.extends)

    def brings(self, standard: str, layer: str | None) -> bool:
        """The same for a parameter or table, which may be new (None) where the standard is named."""
        return self.shape.extends == standard if layer is None else self.reaches(standard, layer)


def load_reform(path: str | Path) -> Reform:
    """Read the file of a reform.

    Raises:
        RuleFileError: its faults, each with file, line and key.
    """
    file = read_yaml(Path(path))
    shape = check_shape(file, ReformIn)
    if not (shape.override or shape.parameters or shape.tables):
        raise RuleFileError("reform-empty", file=file.name)
    return Reform(shape, file)


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


__all__ = ["Reform", "load_reform", "reform_numbers", "reformed_rules"]
