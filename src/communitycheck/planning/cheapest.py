"""Which members of a group can be brought to meet its condition with least."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from communitycheck.checking.evaluation.evaluate import truth
from communitycheck.checking.governing.governed import GovernedRecords
from communitycheck.checking.missed.least import FAR, least_addition, step_of
from communitycheck.model.expression import Node, names_in, rules_in
from communitycheck.model.rule import Rule
from communitycheck.model.table import Bools, Floats, Ints, among
from communitycheck.planning.needs import Candidates, NeedKind, RuleNeed


def cheapest(
    node: Node,
    rule: Rule,
    governed: GovernedRecords,
    places: Ints,
    needs: Mapping[tuple[str, str], Sequence[RuleNeed]],
) -> Candidates:
    """The governed records at ``places``, which do not meet ``node``, the cheapest first."""
    table, rows = governed.table, governed.records.rows(places)
    named = rules_in(node)
    if named:
        return _by_rules([part for i in named for part in needs.get((rule.standard, i), ())], governed, rows)
    lever = governed.dictionary.fields.get(rule.mended_by)
    if lever is None or lever.type == "truth" or lever.key not in names_in(node):
        return Candidates(table, rows, "equal")
    few = governed.context().picked(places)

    def passes(some: Ints, amounts: Floats) -> Bools:
        here = few.picked(some)
        here.shift = {lever.key: amounts}
        found: Bools = np.broadcast_to(truth(node, here).yes, len(here))
        return found

    amounts = least_addition(passes, np.full(len(rows), np.nan), step_of(lever), np.full(len(rows), FAR))
    amounts = np.where(np.isnan(amounts), np.inf, amounts)
    order = np.argsort(amounts, kind="stable")
    return Candidates(table, rows[order], "amount", {lever.key: amounts[order]}, {lever.key: lever})


def _by_rules(parts: list[RuleNeed], governed: GovernedRecords, rows: Ints) -> Candidates:
    """By what the rules need that they do not meet: of one lever its amount, of several how
    many of them."""
    levers = list(dict.fromkeys(part.rule.mended_by for part in parts))
    amounts = np.zeros((len(levers), len(rows)))
    for part in parts:
        k = levers.index(part.rule.mended_by)
        at = np.minimum(np.searchsorted(part.rows, rows), max(len(part.rows) - 1, 0))
        hit = part.rows[at] == rows if len(part.rows) else np.zeros(len(rows), bool)
        asked = np.where(among(part.kind[at], NeedKind.NONE), np.inf, part.most[at]) if hit.any() else amounts[k]
        amounts[k] = np.where(hit, np.maximum(amounts[k], asked), amounts[k])
    order = np.argsort(amounts[0], kind="stable") if len(levers) == 1 else np.lexsort((rows, (amounts > 0).sum(axis=0)))
    fields = {key: governed.dictionary.fields[key] for key in levers}
    lacking = {key: mine[order] for key, mine in zip(levers, amounts, strict=True)}
    return Candidates(governed.table, rows[order], "amount" if len(levers) == 1 else "levers", lacking, fields)
