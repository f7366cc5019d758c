"""One column that asks for a kind with yes and no: 是否城市社区. Of two kinds, a no is the other."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from communitycheck.model.dictionary import Field
from communitycheck.model.text import Text
from communitycheck.patterns import pattern
from communitycheck.returns.cells.truths import read_truth
from communitycheck.returns.columns.headers.header import Header
from communitycheck.returns.columns.headers.normal import normal
from communitycheck.returns.text_columns import TextArray

_ASKS = pattern(r"^(?:是否|是不是)(?:就是|为|是|属于?|系)?(?=.)")
_QUESTION = Field("", Text(), "truth")
# More words than these are no answers of yes and no.
_FEW = 12


def kind_asked(header: Header, fields: Mapping[str, Field]) -> tuple[Field, str] | None:
    """The category and the value of it that a header asks for; None where it asks for none, or may for several."""
    words = [_ASKS.sub("", level) for level in header.levels[-1:] if _ASKS.match(level)]
    found = [(field, kind) for field in fields.values() for word in words if (kind := _kind(field, word))]
    return found[0] if len(found) == 1 else None


def kinds_answered(field: Field, kind: str, cells: TextArray) -> TextArray | None:
    """Answers of yes and no as words of the category; None where the cells hold others."""
    texts = cells.drop_null().unique()
    if not 0 < len(texts) <= _FEW:
        return None
    other = next(value for value in field.values if value != kind)
    said = {1.0: field.values[kind][0], 0.0: field.values[other][0]}
    answers = {text: read_truth(text, _QUESTION) for text in texts.to_pylist()}
    read = {text: said[cell.lo] for text, cell in answers.items() if cell.known and cell.lo == cell.hi}
    if not read:
        return None
    encoded = cells.dictionary_encode()
    turned = pa.array([read.get(text, text) for text in encoded.dictionary.to_pylist()], pa.string())
    return turned.take(encoded.indices)


def _kind(field: Field, word: str) -> str | None:
    """The value of a category of two kinds that a word is."""
    if field.type != "category" or len(field.values) != 2:
        return None
    return next((value for value, words in field.values.items() if word in map(normal, words)), None)
