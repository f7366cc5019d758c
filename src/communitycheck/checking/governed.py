"""The records of one table that one standard governs, and which fields a rule asks of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from communitycheck.checking.evaluate import RecordContext
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Call, names_in, unanswerable
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.subjects import Records
from communitycheck.model.table import Bools, Ints, Table
from communitycheck.model.values import Value


@dataclass(slots=True)
class GovernedRecords:
    """The records of one table that one standard governs, and what has been found about them so far."""

    standard: Standard
    dictionary: Dictionary
    records: Records  # the same object for all results, so that it may serve as a key
    out_of_jurisdiction: Bools  # one for each governed record
    maybe_more_local: Bools  # one for each: a more local standard may govern it instead, nobody knows
    as_of: date
    more_local_rules: frozenset[str] = frozenset()  # rules that a more local standard changes
    outcomes: dict[str, np.ndarray] = field(default_factory=dict)
    # For a rule whose threshold names aggregates: what works them out over the records below.
    recompute: Callable[[Rule], Callable[[Call], Value]] | None = None
    _context: RecordContext | None = None
    _sheet_fields: tuple[list[frozenset[str]], Ints] | None = None

    def __len__(self) -> int:
        return len(self.records)

    @property
    def table(self) -> Table:
        return self.records.table

    def inside_jurisdiction(self) -> Ints:
        """The positions of the governed records that lie in the jurisdiction: those that groups are made of."""
        return np.flatnonzero(~self.out_of_jurisdiction).astype(np.int32)

    def context(self) -> RecordContext:
        """The records as the rules see them; one context for all rules, so that picked columns are copied once."""
        if self._context is None:
            index = self.records.index
            self._context = RecordContext(self.table, self.standard.parameters, self.as_of, index, self.outcomes)
        return self._context

    def sheet_fields(self) -> tuple[list[frozenset[str]], Ints]:
        """The fields that the table's sheets have columns for: the different sets, and which of them each sheet has."""
        if self._sheet_fields is None:
            sets = [frozenset(c.field for c in sheet.columns if c.field) for sheet in self.table.sheets]
            number = {fields: i for i, fields in enumerate(dict.fromkeys(sets))}
            self._sheet_fields = list(number), np.array([number[fields] for fields in sets], np.int32)
        return self._sheet_fields


def fields_of(rule: Rule, dictionary: Dictionary, table: Table | None = None) -> tuple[str, ...]:
    """Fields that the rule reads, a derived one given as those it is derived from where the table lacks it."""
    found: list[str] = []
    for name in dict.fromkeys(n for node in rule.expressions for n in names_in(node)):
        entry = dictionary.fields.get(name)
        if entry is None:
            continue
        if entry.derived is None or table is None or any(s.column_of(name) for s in table.sheets):
            found.append(name)
        else:
            found += names_in(entry.derived)
    return tuple(dict.fromkeys(found))


def lacking_fields(rule: Rule, table: Table, known: Iterable[str], as_of: date) -> tuple[str, ...]:
    """Fields without which the rule cannot be judged at all and that neither a column nor ``known`` gives."""
    have = set(table.columns) | set(known)
    nodes = [n for n in (rule.indicator, rule.where) if n is not None]
    if rule.threshold is not None:
        limit = rule.threshold.at(as_of)
        nodes += [limit.value] if limit is not None else []
        nodes += [rule.threshold.upper] if rule.threshold.upper is not None else []
    return tuple(dict.fromkeys(name for node in nodes for name in sorted(unanswerable(node, have))))
