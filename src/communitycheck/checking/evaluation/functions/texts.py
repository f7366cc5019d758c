"""Functions of text. Each looks at the different texts of a column once, never at every record.

A text that was blotted out because it identifies a person (``***********``) is not known, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from communitycheck.model.expression import values as v
from communitycheck.model.expression.text_patterns import matching
from communitycheck.model.expression.values import Num, Tru, Txt
from communitycheck.model.places.code_formats import VALID, credit_code, division_code

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
    return _told(text, division_code)


def is_credit_code(text: Txt) -> Tru:
    return _told(text, credit_code)


def is_identity_number(said: Txt) -> Tru:
    return v.text_is(said, {VALID})


def length(text: Txt) -> Num:
    """How many characters the text has."""
    found = np.array([*map(len, text.names), np.nan], np.float64)[text.codes]
    return Num(found, found, text.na)


def _told(text: Txt, holds: Callable[[str], bool]) -> Tru:
    return _known(text, np.array([holds(name) for name in text.names], bool))


def _known(text: Txt, holds: v.Array) -> Tru:
    """What is said of each different text, for each record; nothing of a blank or of a text that was blotted out."""
    open_ = np.array([*(HIDDEN in name for name in text.names), True])
    yes = np.append(holds, False) & ~open_
    no = ~yes & ~open_
    return Tru(yes[text.codes], no[text.codes], text.na)
