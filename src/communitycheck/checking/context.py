"""The records of one table that one standard governs, and which fields a rule asks of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from communitycheck.checking.evaluate import RecordScene
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Call, names_in, unanswerable
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.table import Bools, Ints, Table
from communitycheck.model.values import Value


@dataclass(slots=True)
class Docket:
    """The records of one table that one standard governs, and what has been found about them so far."""

    standard: Standard
    dictionary: Dictionary
    table: Table
    index: Ints | None  # None: all records
    outside: Bools  # along the governed records: outside the jurisdiction
    unclear: Bools  # it is not known whether a more local standard governs
    as_of: date
    more_local_rules: frozenset[str] = frozenset()  # rules that a more local standard changes
    outcomes: dict[str, np.ndarray] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.table) if self.index is None else len(self.index)

    below: Callable[[Rule], Callable[[Call], Value]] | None = None
    _scene: RecordScene | None = None
    _carried: tuple[list[frozenset[str]], Ints] | None = None

    def scene(self) -> RecordScene:
        """The records as the rules see them; one scene for all rules, so that picked columns are copied once."""
        if self._scene is None:
            self._scene = RecordScene(self.table, self.standard.parameters, self.as_of, self.index, self.outcomes)
        return self._scene

    def carried(self) -> tuple[list[frozenset[str]], Ints]:
        """The fields that the table's sheets carry: the different sets of them, and which one each sheet has."""
        if self._carried is None:
            sets = [frozenset(c.field for c in sheet.columns if c.field) for sheet in self.table.sheets]
            number = {fields: i for i, fields in enumerate(dict.fromkeys(sets))}
            self._carried = list(number), np.array([number[fields] for fields in sets], np.int32)
        return self._carried


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


def lacking_fields(rule: Rule, table: Table, besides: Iterable[str], as_of: date) -> tuple[str, ...]:
    """Fields without which the rule cannot be judged at all and that neither a column nor ``besides`` gives."""
    have = set(table.columns) | set(besides)
    nodes = [n for n in (rule.indicator, rule.where) if n is not None]
    if rule.threshold is not None:
        limit = rule.threshold.at(as_of)
        nodes += [limit.value] if limit is not None else []
        nodes += [rule.threshold.upper] if rule.threshold.upper is not None else []
    return tuple(dict.fromkeys(name for node in nodes for name in sorted(unanswerable(node, have))))
