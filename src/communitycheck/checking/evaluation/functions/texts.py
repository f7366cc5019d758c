"""Functions of text. Each looks at the different texts of a column once, never at every record.

A text that was blotted out because it identifies a person (``***********``) is not known, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from communitycheck.model.expression import truths
from communitycheck.model.expression import values as v
from communitycheck.model.expression.text_patterns import matching
from communitycheck.model.expression.values import Num, Tru, Txt
from communitycheck.model.places.code_formats import (
    CREDIT_CODE_LENGTH,
    DIVISION_CODE_LENGTHS,
    VALID,
    credit_code,
    division_code,
)

HIDDEN = "***"


def matches(text: Txt, pattern: str) -> Tru:
    return _known(text, matching(text.names, pattern))


def starts_with(text: Txt, beginning: str) -> Tru:
    return _told(text, lambda name: name.startswith(beginning))


def ends_with(text: Txt, end: str) -> Tru:
    return _told(text, lambda name: name.endswith(end))


def contains(text: Txt, part: str) -> Tru:
    return _told(text, lambda name: part in name)


def is_division_code(text: Txt) -> Tru:
    return _told(text, division_code, DIVISION_CODE_LENGTHS)


def is_credit_code(text: Txt) -> Tru:
    return _told(text, credit_code, (CREDIT_CODE_LENGTH,))


def is_identity_number(said: Txt) -> Tru:
    return truths.text_is(said, {VALID})


def length(text: Txt) -> Num:
    """How many characters the text has."""
    found = np.array([*map(len, text.names), np.nan], np.float64)[text.codes]
    return Num(found, found, text.na)


def _told(text: Txt, holds: Callable[[str], bool], lengths: Sequence[int] = ()) -> Tru:
    """``lengths``: those that a text must have; one that was blotted out keeps its own."""
    return _known(text, np.array([holds(name) for name in text.names], bool), lengths)


def _known(text: Txt, holds: v.Array, lengths: Sequence[int] = ()) -> Tru:
    """What is said of each different text, for each record; nothing of a blank or of a text that was blotted out."""
    open_ = np.array([*(HIDDEN in name and not _of_other_length(name, lengths) for name in text.names), True])
    yes = np.append(holds, False) & ~open_
    no = ~yes & ~open_
    return Tru(yes[text.codes], no[text.codes], text.na)


def _of_other_length(blotted_out: str, lengths: Sequence[int]) -> bool:
    """Whether the whole of a text was blotted out, and it was longer or shorter than any of the lengths."""
    return bool(lengths) and set(blotted_out) == {"*"} and len(blotted_out) not in lengths
