"""How a limit is better written."""

from __future__ import annotations

from communitycheck.model.expression import Number
from communitycheck.model.text import Text
from communitycheck.model.units import parse_unit
from communitycheck.standards.language.bare_numbers import in_written, one_of, unit_forms, written_out
from communitycheck.standards.language.side import Side


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
            value = f"{in_written(limit):.12g} {limit.written.text}"
            return one_of(["/".join((value, *form.split("/")[1:])) for form in forms])
        forms = tuple("/".join((limit.written.text, *form.split("/")[1:])) for form in forms)
    return one_of(list(forms))
