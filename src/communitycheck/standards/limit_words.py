"""How a limit stands in a rule file, and how it is better written."""

from __future__ import annotations

from communitycheck.model.expression import Number, show
from communitycheck.model.text import Text
from communitycheck.model.units import canonical, parse_unit
from communitycheck.standards.language.bare_numbers import one_of, unit_forms, written_out
from communitycheck.standards.language.side import Side


def spelled(limit: Side) -> str:
    """``30 m2``, in the unit in which it is written; a formula or parameter by itself."""
    node = limit.node
    if not isinstance(node, Number):
        return show(node)
    if node.dimension in (None, "ratio") and limit.written is None:
        return show(node)
    if limit.written is None:
        return f"{node.value:.12g} {canonical(node.dimension or '')}"
    gap = "" if limit.written.text in ("%", "‰") else " "
    return f"{_in_written(limit):.12g}{gap}{limit.written.text}"


def suggested(measured: Side, limit: Side) -> Text:
    """How the limit is meant, with its number where that is certain; else the units in which it may be written."""
    if measured.dimension is None or (not measured.dimension and measured.written is None):
        return one_of(["%", "ratio"])
    if limit.is_bare:
        return written_out(limit, measured)
    forms = unit_forms(measured)
    above = parse_unit(forms[0].split("/")[0], {})
    per_is_lacking = limit.written is not None and len(limit.written.parts) == 1 and above is not None
    if per_is_lacking and limit.written is not None and above is not None and above.dimension == limit.dimension:
        if isinstance(limit.node, Number):
            value = f"{_in_written(limit):.12g} {limit.written.text}"
            return one_of(["/".join((value, *form.split("/")[1:])) for form in forms])
        forms = tuple("/".join((limit.written.text, *form.split("/")[1:])) for form in forms)
    return one_of(list(forms))


def _in_written(limit: Side) -> float:
    assert isinstance(limit.node, Number) and limit.written is not None
    return float(f"{limit.node.value / (limit.declared or 1.0):.12g}")
