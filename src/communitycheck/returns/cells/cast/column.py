"""A column of text -> a typed column, by the type of its field."""

from __future__ import annotations

from communitycheck.model.dictionary import Field
from communitycheck.model.table import Column
from communitycheck.returns.cells.cast.findings import Finding
from communitycheck.returns.cells.cast.numbers import cast_numbers
from communitycheck.returns.cells.cast.scale import Scale
from communitycheck.returns.cells.cast.shares import cast_shares
from communitycheck.returns.cells.cast.words import cast_words
from communitycheck.returns.text_columns import Encoded, TextArray


def cast(
    field: Field, array: TextArray, scale: Scale, codes: Encoded | None = None
) -> tuple[Column, list[Finding]]:
    """Read a column of text as ``field``.

    Args:
        array: Arrow array of strings, one for each record; null is an empty cell.
        codes: what ``encode`` makes of it, where that is known already.

    Returns:
        The column, and what there is to say about its cells.
    """
    if field.type == "share":
        return cast_shares(field, array, scale)
    if field.is_number:
        return cast_numbers(field, array, scale, codes)
    return cast_words(field, array, codes)
