"""Which fields a rule asks of a table, and which of them the table lacks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from communitycheck.model.dictionary import REGION_LEVELS, Dictionary
from communitycheck.model.expression import (
    FUNCTIONS,
    GROUP_FUNCTIONS,
    Call,
    Name,
    Node,
    String,
    above_in,
    names_in,
    outside_aggregates,
    own_names,
    unanswerable,
    walk,
)
from communitycheck.model.standard import Rule
from communitycheck.model.table import Table


def fields_of(rule: Rule, dictionary: Dictionary, table: Table | None = None) -> tuple[str, ...]:
    """Fields that the rule reads, a derived one given as those it is derived from where the table lacks it."""
    found: list[str] = []
    for name in dict.fromkeys(n for node in rule.expressions for n in own_names(node)):
        entry = dictionary.fields.get(name)
        if entry is None:
            continue
        if entry.derived is None or table is None or any(s.column_of(name) for s in table.sheets):
            found.append(name)
        else:
            found += names_in(entry.derived)
    return tuple(dict.fromkeys(found))


def forms_of(rule: Rule, dictionary: Dictionary) -> dict[str, bool]:
    """The fields of which the indicator asks how their cells are written, and whether their column holds something else
    (a category by its value, a date by its day). Of an identity number nothing is shown."""
    found = {}
    for node in () if rule.indicator is None else walk(rule.indicator):
        function = FUNCTIONS[node.function] if isinstance(node, Call) else None
        for at, one in enumerate(node.arguments if isinstance(node, Call) else ()):
            field = dictionary.fields.get(one.name) if isinstance(one, Name) else None
            if function and field and function.taken(at) in ("text", "cell") and field.type != "identity":
                found[field.key] = field.type not in ("text", "code")
    return found


def listings_of(rule: Rule, dictionary: Dictionary) -> list[tuple[str, str]]:
    """The other kinds of records that ``exists_in`` asks, each with the field that lists the names."""
    found = []
    for node in (part for whole in rule.expressions for part in walk(whole)):
        match node:
            case Call("exists_in", (_, String(entity), *field)):
                own = dictionary.entity(entity).name_field
                named = next((one.value for one in field if isinstance(one, String)), own)
                found.append((entity, named))
            case _:
                pass
    return found


def above_of(rule: Rule) -> tuple[str, ...]:
    """The fields that a rule asks of the regions above."""
    return tuple(dict.fromkeys(name for node in rule.expressions for name in above_in(node)))


def lacking_fields(rule: Rule, table: Table, known: Iterable[str], as_of: date) -> tuple[str, ...]:
    """Fields without which the rule cannot be judged at all and that neither a column nor ``known`` gives."""
    have = set(table.columns) | set(known)
    own = set(REGION_LEVELS) if rule.by else set()  # a group knows what its region is called
    nodes = [n for n in (rule.indicator, rule.where) if n is not None]
    if rule.threshold is not None:
        limit = rule.threshold.at(as_of)
        nodes += [limit.value] if limit is not None else []
        nodes += [rule.threshold.upper] if rule.threshold.upper is not None else []
    lacking = (name for node in nodes for name in sorted(unanswerable(node, have | own & _outside(node))))
    return tuple(dict.fromkeys(lacking))


def _outside(node: Node) -> set[str]:
    """Names that are read outside of aggregates alone."""
    aggregates = [call for call in walk(node) if isinstance(call, Call) and call.function in GROUP_FUNCTIONS]
    inside = {name for call in aggregates for name in names_in(call)}
    return {name.name for name in outside_aggregates(node)} - inside
