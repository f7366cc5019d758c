"""Written forms of a closed list of values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from communitycheck.returns.cells.words import tidy

UNCLEAR = "?"
Forms = Mapping[str, tuple[str, ...]]


@cache
def _packed(form: str) -> str:
    return tidy(form).replace(" ", "").casefold()


def match_form(text: str, forms: Forms, unclear: tuple[str, ...] = ()) -> tuple[str | None, str]:
    """Which value the text writes.

    Returns:
        The value and the form that ended the text where it was longer than the form (else ""); the value is
        ``UNCLEAR`` for a refused form or one that fits two values, None where nothing fits.
    """
    text = _packed(text)
    exact = _exact(text, forms)
    if exact is not None:
        return exact, ""
    if text in map(_packed, unclear):
        return UNCLEAR, ""
    bracketed = re.fullmatch(r"([^()]+)\(([^()]*)\)", text)
    if bracketed:
        outside, inside = _exact(bracketed[1], forms), _exact(bracketed[2], forms)
        if outside is not None:
            return (outside if inside in (None, outside) else UNCLEAR), ""
    return _by_ending(text, forms, unclear)


def _exact(text: str, forms: Forms) -> str | None:
    return next((value for value, written in forms.items() if any(_packed(f) == text for f in written)), None)


def _by_ending(text: str, forms: Forms, unclear: tuple[str, ...]) -> tuple[str | None, str]:
    """The longest form of two characters or more at the end: 某某城市社区."""
    fits = [(_packed(f), value) for value, written in forms.items() for f in written]
    fits += [(_packed(f), UNCLEAR) for f in unclear]
    fits = [(form, value) for form, value in fits if len(form) > 1 and not form.isdigit()]
    form, value = max(((f, v) for f, v in fits if text.endswith(f)), key=lambda fit: len(fit[0]), default=("", UNCLEAR))
    if not form:
        return None, ""
    before = text[: -len(form)]
    if re.search(r"[非不未原拟]", before) or any(f in before for f, v in fits if v != value):
        return UNCLEAR, form
    return value, form
