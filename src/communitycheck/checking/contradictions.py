"""Figures that cannot all be, taken out of the tables before any rule is judged.

More volunteers than members: nobody knows which of the two is wrong, so neither is used. The rule whose ``plausible``
range they break says what they work out at; to every other rule, and to every sum and share, they are unknown, and the
verdict names the rule, its range and the cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from communitycheck.checking.combine import add_derived
from communitycheck.checking.evaluation.evaluate import in_scope
from communitycheck.checking.impossible import Range, beyond, in_each_record
from communitycheck.checking.standard_run import StandardRun
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Node, names_in, rules_in, unanswerable
from communitycheck.model.table import Column, Contradiction, Ints, State, Table, among


def refuse_impossible(runs: Sequence[StandardRun]) -> None:
    """Mark the figures that a rule of any of the standards calls impossible in the tables that hold them.

    All are found before any is marked, so that the order of standards and rules does not matter.
    """
    found = [one for run in runs for one in _impossible(run)]
    for table, contradiction in found:
        table.contradictions.append(contradiction)
        for key, rows in contradiction.rows.items():
            column = table.columns[key]
            state = np.zeros(len(table), np.uint8) if column.state is None else column.state.copy()
            state[rows[among(state[rows], State.KNOWN)]] = State.CONTRADICTED
            table.columns[key] = replace(column, state=state)
    for governed in (mine for run in runs for mine in run.governed.values() if found):
        governed.look_again()


def _impossible(run: StandardRun) -> Iterator[tuple[Table, Contradiction]]:
    """The figures that a rule of the standard calls impossible, with the table that has them."""
    seen: set[tuple[str, Node, Range, Node | None]] = set()
    for rule in map(run.folded, run.standard.rules):
        node, governed = in_each_record(rule), run.governed.get(rule.applies_to)
        if node is None or governed is None or rule.plausible is None:
            continue
        if (rule.applies_to, node, rule.plausible, rule.where) in seen or (rule.where and rules_in(rule.where)):
            continue
        seen.add((rule.applies_to, node, rule.plausible, rule.where))
        table, before = governed.table, dict(governed.table.columns)
        names = [n for part in (node, rule.where) if part is not None for n in names_in(part)]
        add_derived(table, run.dictionary, names, run.as_of)
        if not any(unanswerable(part, set(table.columns)) for part in (node, rule.where) if part is not None):
            context = governed.with_past()
            odd = beyond(node, rule.plausible, context)[1] & ~in_scope(rule.where, context).no
            rows = context.records.rows(np.flatnonzero(odd).astype(np.int32))
            if len(rows):
                table.columns = before  # what is derived from them has to be worked out anew
                parts: dict[str, Ints] = {}
                for key, some in _stated(names_in(node), rows, before, run.dictionary):
                    parts[key] = np.union1d(parts[key], some) if key in parts else some
                yield table, Contradiction(rule.id, rule.standard, *rule.plausible, rule.unit, parts)
        table.columns = before


def _stated(
    names: Iterable[str], rows: Ints, columns: dict[str, Column], dictionary: Dictionary
) -> Iterator[tuple[str, Ints]]:
    """The fields, with the rows, that a return states behind those that are worked out from them."""
    for name in names:
        column, field, left = columns.get(name), dictionary.fields.get(name), rows
        if column is not None and column.lo is not None:
            absent = np.zeros(len(rows), bool) if column.state is None else among(column.state[rows], State.ABSENT)
            yield name, rows[~absent]
            left = rows[absent]
        if len(left) and field is not None and field.derived is not None:
            yield from _stated(names_in(field.derived), left, columns, dictionary)
