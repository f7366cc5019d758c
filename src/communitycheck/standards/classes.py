"""Severity and deadline of a rule where they hang on the class of the subject: a list of ``where`` and value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from communitycheck.model.expression import is_group, rules_in
from communitycheck.model.standard import SEVERITIES, OfClass, Remark, Severity
from communitycheck.standards.files.schema import DueOfClassIn, SeverityOfClassIn
from communitycheck.standards.formulas import Formulas
from communitycheck.standards.group_parts import check_group_part
from communitycheck.standards.raw_rule import RawRule
from communitycheck.standards.rule_units import settled_where

T = TypeVar("T", Severity, date)


def severities_of(
    raw: RawRule, formulas: Formulas, remarks: list[Remark] | None = None
) -> tuple[Severity, tuple[OfClass[Severity], ...]]:
    """The strictest severity, and those of the classes where the rule has several.

    Args:
        remarks: takes what there is to say of their conditions.
    """
    stated = raw.body.severity
    if not isinstance(stated, list):
        return stated or "expected", ()
    classes = _classes(raw, "severity", [(one, one.value) for one in stated], formulas, remarks)
    if classes[-1].where is not None:
        raise raw.fault("rule-class-rest", "severity", value=classes[-1].value)
    if len(classes) == 1:
        return classes[0].value, ()
    return min((one.value for one in classes), key=SEVERITIES.index), classes


def dues_of(
    raw: RawRule, formulas: Formulas, remarks: list[Remark] | None = None
) -> tuple[date | None, tuple[OfClass[date], ...]]:
    """The earliest deadline, and those of the classes where the rule has several; whoever is in none has none."""
    stated = raw.body.due
    if not isinstance(stated, list):
        return stated, ()
    classes = _classes(raw, "due", [(one, one.value) for one in stated], formulas, remarks)
    if len(classes) == 1 and classes[0].where is None:
        return classes[0].value, ()
    return (None if classes[-1].where is not None else min(one.value for one in classes)), classes


def _classes(
    raw: RawRule,
    key: str,
    stated: Sequence[tuple[SeverityOfClassIn | DueOfClassIn, T]],
    formulas: Formulas,
    remarks: list[Remark] | None,
) -> tuple[OfClass[T], ...]:
    body = raw.body
    if body.manual is not None:
        raise raw.fault("rule-class-manual", key)
    found: list[OfClass[T]] = []
    for n, (one, value) in enumerate(stated):
        here = replace(raw, id=f"{raw.id}.{key}", path=(*raw.path, key, n))
        if one.where is None:
            if n + 1 < len(stated):
                raise here.fault("rule-class-unreached", n=len(stated) - n - 1)
            found.append(OfClass(None, value))
            continue
        where = formulas.expression(here, "where", one.where, truth=True)
        if rules_in(where) or (is_group(where) and not body.by):
            raise here.fault("rule-class-group-function", "where")
        if body.by:
            check_group_part(here, "where", where, body.by, formulas)
        where, said = settled_where(here, where, formulas)
        if remarks is not None:
            remarks += ((code, key, values) for code, _, values in said)
        found.append(OfClass(where, value))
    return tuple(found)
