"""What was probably meant by a word that nobody knows: behind every “did you mean”."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

# How much of two words has to be the same: of two Chinese characters one may be wrong, of ten letters four, or five
# where the first is right, which is seldom mistyped.
ALIKE, ALIKE_IN_LETTERS = 0.5, 0.6
# Of a name among very many, more: something is a little like everything.
ALIKE_IN_NAMES = 0.75
_MOST_NEAR = 9


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


def nearest_named(word: str, names: Mapping[str, Iterable[str]]) -> str:
    """The key of ``names`` that ``word`` means: it is another name of it, or much like the key or such a name."""
    if found := named(word, names) or nearest(word, names):
        return found
    return next(iter(nearest_keys(word, names)), "")


def nearest_keys(word: str, names: Mapping[str, Iterable[str]]) -> list[str]:
    """The keys of ``names`` one of whose other names is much like ``word``, the most alike first."""
    from difflib import get_close_matches

    others: dict[str, str] = {}
    for key, every in names.items():
        for other in every:
            others.setdefault(_key(other), key)
    near = get_close_matches(_key(word), others, n=_MOST_NEAR, cutoff=ALIKE_IN_NAMES)
    return list(dict.fromkeys(others[one] for one in near))


def named(word: str, names: Mapping[str, Iterable[str]]) -> str:
    """The key that ``word`` is another name of, or is itself but for capitals and the like; empty where there is none.

    Of two keys that share a name the one has it whose list names it earlier: a label before a heading.
    """
    wanted = _key(word)
    ranks = (
        (rank, key) for key, every in names.items() for rank, one in enumerate((key, *every)) if _key(one) == wanted
    )
    return min(ranks, key=lambda found: found[0], default=(0, ""))[1] if wanted else ""


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
