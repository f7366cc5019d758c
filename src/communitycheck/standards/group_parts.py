"""What a rule over groups may ask: what their records come to, and what their own regions are called."""

from __future__ import annotations

from collections.abc import Sequence

from communitycheck.errors import RuleFileError
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.expression import (
    GROUP_FUNCTIONS,
    Call,
    Node,
    children,
    names_in,
    outside_aggregates,
    walk,
)
from communitycheck.standards.formulas import Formulas
from communitycheck.standards.raw_rule import RawRule

# Functions that ask of the cells of a single record; groups have none.
_OF_ONE = ("is_blank", "is_unique", "rank", "above", "previous", "change", "exists_in")


def check_group_part(raw: RawRule, key: str, node: Node, by: Sequence[str], formulas: Formulas) -> None:
    """Of each group its own regions are known, and what its records come to; no field of one of them.

    Raises:
        RuleFileError: a field outside of group functions, or one such function inside another.
    """
    of_one = [call for call in walk(node) if isinstance(call, Call) and call.function in _OF_ONE]
    named = levels_of_all(by) - {name for call in of_one for name in names_in(call)}
    loose = [n.name for n in outside_aggregates(node) if n.name not in formulas.parameters and n.name not in named]
    if loose:
        levels = ", ".join(level for level in REGION_LEVELS if level in levels_of_all(by))
        raise raw.fault("rule-field-outside-aggregate", key, name=loose[0], level=by[0], named=levels)
    _refuse_nested(raw, key, node, inside=False)


def levels_of_all(by: Sequence[str]) -> set[str]:
    """The region levels that every group has a name of: down to the largest of those that are judged."""
    return set(REGION_LEVELS[: min(map(REGION_LEVELS.index, by)) + 1]) if by else set()


def _refuse_nested(raw: RawRule, key: str, node: Node, *, inside: bool) -> None:
    aggregate = isinstance(node, Call) and node.function in GROUP_FUNCTIONS
    if aggregate and inside:
        raise raw.fault("rule-nested-aggregate", key)
    for child in children(node):
        _refuse_nested(raw, key, child, inside=inside or aggregate)


def group_without_by(raw: RawRule, key: str, node: Node, formulas: Formulas) -> RuleFileError:
    """Over records of its own kind a rule says the group with ``by``; of another kind only regions have records."""
    own = raw.body.applies_to
    for name in names_in(node):
        field = formulas.dictionary.fields.get(name)
        if field is not None and field.entities and own not in field.entities:
            return raw.fault("rule-aggregate-below", key, entity=own, field=name, below=field.entities[0])
        kinds = formulas.dictionary.entities
        below = next((one.key for one in kinds.values() if own in one.within), "")
        if field is not None and below and own in kinds and kinds[own].kind == "thing":
            return raw.fault("rule-aggregate-below", key, entity=own, field=name, below=below)
    return raw.fault("rule-aggregate-without-by", key)
