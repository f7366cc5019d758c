"""What was probably meant by a word that nobody knows: behind every “did you mean”."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

# How much of two words has to be the same: of two Chinese characters one may be wrong, of ten letters four, or five
# where the first is right, which is seldom mistyped.
ALIKE, ALIKE_IN_LETTERS = 0.5, 0.6


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like ``word``; empty where none is like it, and messages leave out what would name it."""
    return next(iter(nearest_few(word, known, 1)), "")


def nearest_few(word: str, known: Iterable[str], most: int) -> list[str]:
    """At most so many known words, the most alike first.

    Capitals, full width, spaces, and ``_`` for ``-`` make no difference.
    """
    from difflib import get_close_matches  # for a mistake alone

    by_key: dict[str, str] = {}
    for one in known:
        by_key.setdefault(_key(one), one)
    wanted = _key(word)
    cutoff = ALIKE_IN_LETTERS if wanted.isascii() else ALIKE
    near = get_close_matches(wanted, by_key, n=most, cutoff=cutoff)
    begun = [key for key in by_key if key[:1] == wanted[:1]]
    return [by_key[key] for key in near or get_close_matches(wanted, begun, n=most, cutoff=ALIKE)]


def nearest_file(path: str | Path) -> str:
    """The file or folder most like one that is missing, in the same folder: first of the same name but for its suffix.

    Empty where none is, or nobody may look.
    """
    wanted = Path(path)
    try:
        names = sorted(one.name for one in wanted.parent.iterdir() if not one.name.startswith((".", "~$")))
    except (OSError, ValueError):
        return ""
    stem = _key(wanted.stem)
    same = [name for name in names if stem and stem in (_key(Path(name).stem), _key(name))]
    near = nearest(wanted.name, same or names)
    found = near or (same[0] if same else "")
    return str(wanted.with_name(found)) if found else ""


def _key(word: str) -> str:
    return "".join(unicodedata.normalize("NFKC", word).replace("_", "-").split()).casefold()
